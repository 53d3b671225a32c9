<?php
/**
 * What the page says about what was just done.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Kept for the current user between a form and the page that follows: nothing that is said comes from the
 * page's address, where anybody could have written it.
 */
final class Notices {

	/**
	 * Says something on the next page.
	 *
	 * @param bool   $is_good Whether it went well.
	 * @param string $message What, as plain text.
	 * @param array  $form    What was wrong with which field, and what had been entered: `wrong` and `entered`.
	 */
	public static function add( bool $is_good, string $message, array $form = array() ): void {
		$notices   = self::kept();
		$notices[] = compact( 'is_good', 'message', 'form' );
		set_transient( self::key(), $notices, 5 * MINUTE_IN_SECONDS );
	}

	/**
	 * Takes what is to be said.
	 *
	 * @return array<int, array{is_good: bool, message: string, form: array}>
	 */
	public static function take(): array {
		$notices = self::kept();
		if ( $notices ) {
			delete_transient( self::key() );
		}
		return $notices;
	}

	/**
	 * Says it.
	 *
	 * @param array $notices As taken.
	 */
	public static function show( array $notices ): void {
		foreach ( $notices as $notice ) {
			printf(
				'<div class="notice %1$s is-dismissible" role="%2$s"><p>%3$s</p></div>',
				$notice['is_good'] ? 'notice-success' : 'notice-error',
				$notice['is_good'] ? 'status' : 'alert',
				esc_html( $notice['message'] )
			);
		}
	}

	/**
	 * What is kept.
	 */
	private static function kept(): array {
		$notices = get_transient( self::key() );
		return is_array( $notices ) ? $notices : array();
	}

	/**
	 * Where.
	 */
	private static function key(): string {
		return 'wpf_delete_notices_' . get_current_user_id();
	}
}
