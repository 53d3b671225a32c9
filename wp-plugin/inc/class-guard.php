<?php
/**
 * Who may be deleted because a CRM says so.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * The last word before a deletion that nobody at a keyboard asked for.
 */
final class Guard {

	/**
	 * May this user go?
	 *
	 * @param int $user_id Who.
	 * @return true|WP_Error
	 */
	public static function may_go( int $user_id ) {
		global $wpdb;
		// WP Fusion's auto-login makes users that exist in the cache only.
		if ( ! $wpdb->get_var( $wpdb->prepare( "SELECT ID FROM $wpdb->users WHERE ID = %d", $user_id ) ) ) {
			return new WP_Error( 'wpf_delete_invalid_user', __( 'There is no such user.', 'wpf-delete' ) );
		}
		// On a network they stay in the table, and tags may still be loaded for them: what their deletion
		// has put into the trash would be deleted for good.
		if ( is_multisite() && ! is_user_member_of_blog( $user_id ) ) {
			return new WP_Error( 'wpf_delete_not_a_member', __( 'This user does not belong to this site.', 'wpf-delete' ) );
		}
		if ( get_current_user_id() === $user_id ) {
			return new WP_Error( 'wpf_delete_current_user', __( 'A user is not deleted in the middle of their own visit.', 'wpf-delete' ) );
		}
		$user = new WP_User( $user_id );
		if ( $user->has_cap( 'manage_options' ) || is_super_admin( $user_id ) ) {
			return new WP_Error( 'wpf_delete_administrator', __( 'Administrators are never deleted by the CRM.', 'wpf-delete' ) );
		}
		/**
		 * Filters whether the CRM may have this user deleted.
		 *
		 * @param true|WP_Error $may  True, or why not.
		 * @param WP_User       $user Who.
		 */
		return apply_filters( 'wpf_delete_may_go', true, $user );
	}
}
