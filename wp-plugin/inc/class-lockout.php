<?php
/**
 * What keeps a user out whose account is to go.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Application_Passwords;
use WP_Error;
use WP_Session_Tokens;
use WP_User;

/**
 * Refuses whoever bears the mark: with a password, with a cookie, with an application password, in
 * REST and anywhere else. While content is being deleted its author would go on writing.
 */
final class Lockout {

	/**
	 * Refuses a password.
	 *
	 * @param WP_User|WP_Error|null $user Who wants in.
	 * @return WP_User|WP_Error|null
	 */
	public static function authenticate( $user ) {
		if ( $user instanceof WP_User && Mark::surely_locks_out( $user->ID ) ) {
			return self::refusal();
		}
		return $user;
	}

	/**
	 * Refuses an application password with a reason; determine_current_user() would refuse without.
	 *
	 * @param WP_Error $error Gets the refusal.
	 * @param WP_User  $user  Who wants in.
	 */
	public static function application_password( WP_Error $error, WP_User $user ): void {
		if ( Mark::surely_locks_out( $user->ID ) ) {
			$error->add( 'wpf_delete_pending', self::refusal()->get_error_message(), array( 'status' => 403 ) );
		}
	}

	/**
	 * Makes a nobody of a visitor with a cookie, a token or anything else that would still be good.
	 *
	 * @param int|false $user_id Who seems to visit.
	 * @return int|false
	 */
	public static function determine_current_user( $user_id ) {
		return $user_id && Mark::locks_out( (int) $user_id ) ? false : $user_id;
	}

	/**
	 * Ends all visits for good, before anything is deleted.
	 *
	 * @param int $user_id Whose.
	 */
	public static function end_visits( int $user_id ): void {
		$visits = WP_Session_Tokens::get_instance( $user_id );
		// Most people are not there when they go, and WordPress would look for what to delete once more.
		if ( $visits->get_all() ) {
			$visits->destroy_all();
		}
		WP_Application_Passwords::delete_all_application_passwords( $user_id );
	}

	/**
	 * What the user is told.
	 */
	private static function refusal(): WP_Error {
		return new WP_Error( 'wpf_delete_pending', __( 'This account is being deleted.', 'wpf-delete' ) );
	}
}
