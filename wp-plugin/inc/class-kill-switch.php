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
		global $wpdb;
		$on = defined( 'WPF_DELETE_DISABLED' ) && WPF_DELETE_DISABLED;
		if ( ! $on ) {
			// Past the cache: a runner lives for hours, and somebody else sets the option.
			$on = (bool) $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", self::NAME ) );
		}
		/**
		 * Filters whether no deletion may run.
		 *
		 * @param bool $on What constant and option say.
		 */
		return (bool) apply_filters( self::NAME, $on );
	}
}
