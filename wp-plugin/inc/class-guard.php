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
 * The last word before a deletion: when it is asked for, and again when it begins.
 */
final class Guard {

	/**
	 * What makes a role one whose members the CRM may not have deleted, unless the owner says otherwise.
	 */
	private const POWERS = array( 'manage_options', 'delete_users' );

	/**
	 * May this user go?
	 *
	 * @param int  $user_id   Who.
	 * @param bool $by_person Whether a person asks who may delete users: members of protected roles may go then.
	 * @return true|WP_Error
	 */
	public static function may_go( int $user_id, bool $by_person = false ) {
		global $wpdb;
		// WP Fusion's auto-login makes users that exist in the cache only.
		if ( ! $wpdb->get_var( $wpdb->prepare( "SELECT ID FROM $wpdb->users WHERE ID = %d", $user_id ) ) ) {
			return Deletion::no_such_user();
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
		if ( is_multisite() && is_super_admin( $user_id ) ) {
			return new WP_Error( 'wpf_delete_super_admin', __( 'Super admins are never deleted.', 'wpf-delete' ) );
		}
		if ( self::is_last_administrator( $user ) ) {
			return new WP_Error( 'wpf_delete_last_administrator', __( 'This is the last administrator of the site.', 'wpf-delete' ) );
		}
		if ( ! $by_person && self::is_protected( $user ) ) {
			return new WP_Error( 'wpf_delete_protected', __( 'The CRM may not have users of this role deleted.', 'wpf-delete' ) );
		}
		/**
		 * Filters whether this user may be deleted.
		 *
		 * @param true|WP_Error $may       True, or why not.
		 * @param WP_User       $user      Who.
		 * @param bool          $by_person Whether a person asks, and not the CRM.
		 */
		return apply_filters( 'wpf_delete_may_go', true, $user, $by_person );
	}

	/**
	 * Roles whose members the CRM may not have deleted.
	 *
	 * @return string[]
	 */
	public static function protected_roles(): array {
		$chosen = Settings::get( 'protected_roles' );
		if ( is_array( $chosen ) ) {
			return $chosen;
		}
		$has_power = static fn ( $role ) => array_filter( array_intersect_key( (array) $role['capabilities'], array_flip( self::POWERS ) ) );
		return array_keys( array_filter( wp_roles()->roles, $has_power ) );
	}

	/**
	 * Has the user a protected role, or one of the powers by themself?
	 *
	 * @param WP_User $user Who.
	 */
	private static function is_protected( WP_User $user ): bool {
		$own = array_intersect_key( (array) $user->caps, array_flip( self::POWERS ) );
		return array_filter( $own ) || array_intersect( $user->roles, self::protected_roles() );
	}

	/**
	 * Is nobody else an administrator?
	 *
	 * @param WP_User $user Who.
	 */
	private static function is_last_administrator( WP_User $user ): bool {
		return in_array( 'administrator', $user->roles, true ) && ! get_users(
			array(
				'role'    => 'administrator',
				'exclude' => array( $user->ID ),
				'number'  => 1,
				'fields'  => 'ID',
			)
		);
	}
}
