<?php
/**
 * The switch that stops every runner.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * On by the constant WPF_DELETE_DISABLED, the option `wpf_delete_disabled` or the filter of that name.
 * It is looked at before each slice, which is one batch, so that a runner under way stops within it; jobs
 * wait until it is off. What WordPress deletes by itself is not helped meanwhile.
 */
final class KillSwitch {

	/**
	 * Of the option and of the filter.
	 */
	public const NAME = 'wpf_delete_disabled';

	/**
	 * Is it on?
	 */
	public static function is_on(): bool {
		return self::is_on_and( 'NULL' )[0];
	}

	/**
	 * Is it on, and what is the answer to a question that is asked on the way?
	 *
	 * @param string $question SQL for one value.
	 * @return array{bool, string|null} The value is null, too, when the statement has failed.
	 */
	public static function is_on_and( string $question ): array {
		global $wpdb;
		// Past the cache: a runner lives for hours, and somebody else sets the option.
		$option                 = $wpdb->prepare( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", self::NAME );
		list( $value, $answer ) = $wpdb->get_row( "SELECT ($option), ($question)", ARRAY_N ) ?? array( null, null ); // phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- prepared by whoever asks.
		/**
		 * Filters whether no deletion may run.
		 *
		 * @param bool $on What constant and option say.
		 */
		$on = (bool) apply_filters( self::NAME, ( defined( 'WPF_DELETE_DISABLED' ) && WPF_DELETE_DISABLED ) || $value );
		return array( $on, $answer );
	}
}
