<?php
/**
 * Helping everybody who calls wp_delete_user().
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_User;

/**
 * The Users screen, REST, `wp user delete` and other plugins call wp_delete_user(). As the last
 * listener on `delete_user` the content is dealt with natively; core is then told that no post type is
 * left for it, because its loop would delete for good what was just trashed; and core finishes as it
 * always does.
 */
final class Takeover {

	/**
	 * Users whose posts have been dealt with.
	 *
	 * @var array<int, true>
	 */
	private static $served = array();

	/**
	 * Deals with the content.
	 *
	 * @param int      $id       Who goes.
	 * @param int|null $reassign Who inherits.
	 * @param WP_User  $user     Who goes.
	 */
	public static function before( $id, $reassign, $user ): void {
		if ( Deletion::is_running_alone( $id ) || isset( self::$served[ $id ] ) ) {
			return;
		}
		if ( is_wp_error( Native::available() ) ) {
			// Core would delete for good what an earlier attempt has only trashed.
			if ( null === $reassign && Checkpoint::is_under_way( $id ) ) {
				self::finish_through_core( $id );
				( new Checkpoint( $id ) )->remove();
				self::$served[ $id ] = true;
			}
			return;
		}
		// What core makes of an heir who does not exist is core's business.
		if ( null !== $reassign && ! Deletion::can_inherit( $reassign, $id ) ) {
			return;
		}
		/**
		 * Filters whether a call of wp_delete_user() is served natively.
		 *
		 * @param bool     $take_over Default true.
		 * @param WP_User  $user      Who goes.
		 * @param int|null $reassign  Who inherits.
		 */
		if ( ! apply_filters( 'wpf_delete_take_over', true, $user, $reassign ) ) {
			return;
		}
		$checkpoint = new Checkpoint( $id );
		$done       = ( new Content( $id, $reassign, $checkpoint ) )->delete();
		if ( is_wp_error( $done ) ) {
			/** This action is documented in inc/namespace.php */
			do_action( 'wpf_delete_failed', $id, $done );
		}
		if ( is_wp_error( $done ) && '' === $checkpoint->resume() ) {
			// Nothing was trashed: core does it all.
			$checkpoint->remove();
			return;
		}
		if ( is_wp_error( $done ) && null === $reassign ) {
			self::finish_through_core( $id );
		}
		$checkpoint->remove();
		self::$served[ $id ] = true;
	}

	/**
	 * Leaves core no post type for a user whose posts have been dealt with.
	 *
	 * @param string[] $types Types core would delete.
	 * @param int      $id    Who goes.
	 * @return string[]
	 */
	public static function types_left_to_core( $types, $id ) {
		return isset( self::$served[ $id ] ) ? array() : $types;
	}

	/**
	 * Forgets a user who is gone.
	 *
	 * @param int $id Who.
	 */
	public static function after( $id ): void {
		unset( self::$served[ $id ] );
	}

	/**
	 * Deletes one by one what was left when the extension had to give up, except what lies in the
	 * trash: it may have been put there a moment ago.
	 *
	 * @param int $id Who goes.
	 */
	private static function finish_through_core( int $id ): void {
		global $wpdb;
		$types = Request::types_to_delete( $id );
		if ( ! $types ) {
			return;
		}
		$list = implode( ', ', array_fill( 0, count( $types ), '%s' ) );
		// phpcs:ignore WordPress.DB.PreparedSQLPlaceholders.UnfinishedPrepare -- the list is placeholders.
		$ids = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE post_author = %d AND post_type IN ($list) AND post_status <> 'trash' ORDER BY ID", $id, ...$types ) );
		foreach ( $ids as $post_id ) {
			wp_delete_post( (int) $post_id );
		}
	}
}
