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
	 * A post type longer than any. Without one, core asks for posts whose type is the empty string.
	 */
	private const NO_TYPE = 'none, and no type is this long';

	/**
	 * Users whose posts have been dealt with.
	 *
	 * @var array<int, true>
	 */
	private static $served = array();

	/**
	 * Deals with the content.
	 *
	 * @param int          $id       Who goes.
	 * @param int|null     $reassign Who inherits.
	 * @param WP_User|null $user     Who goes. Others fire delete_user, too, and with less.
	 */
	public static function before( $id, $reassign = null, $user = null ): void {
		$id = Deletion::id( $id );
		if ( 0 === $id || Deletion::is_running_alone( $id ) || isset( self::$served[ $id ] ) ) {
			return;
		}
		if ( is_wp_error( Native::available() ) ) {
			// Core would delete for good what an earlier attempt has only trashed.
			if ( null === $reassign && Checkpoint::is_under_way( $id ) ) {
				$checkpoint = new Checkpoint( $id );
				self::finish_through_core( $id, $checkpoint );
				$checkpoint->remove();
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
		if ( ! apply_filters( 'wpf_delete_take_over', true, $user ?? new WP_User( $id ), $reassign ) ) {
			return;
		}
		$checkpoint = new Checkpoint( $id );
		$done       = ( new Content( $id, $reassign, $checkpoint ) )->delete();
		if ( is_wp_error( $done ) ) {
			/**
			 * Fires when the extension could not do, or not finish, what core then does or finishes.
			 *
			 * @param int       $id   Who goes.
			 * @param \WP_Error $done Why.
			 */
			do_action( 'wpf_delete_left_to_core', $id, $done );
		}
		if ( is_wp_error( $done ) && '' === $checkpoint->resume() ) {
			// Nothing was trashed: core does it all.
			$checkpoint->remove();
			return;
		}
		if ( is_wp_error( $done ) && null === $reassign ) {
			self::finish_through_core( $id, $checkpoint );
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
		return isset( self::$served[ $id ] ) ? array( self::NO_TYPE ) : $types;
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
	 * Deletes one by one what was left when the extension had to give up; not what lies in the trash, if
	 * it may have been put there a moment ago.
	 *
	 * @param int        $id         Who goes.
	 * @param Checkpoint $checkpoint Where it stands.
	 */
	private static function finish_through_core( int $id, Checkpoint $checkpoint ): void {
		global $wpdb;
		$checkpoint->count_terms_left();
		$types = Request::types_to_delete( $id );
		if ( ! $types ) {
			return;
		}
		$list   = implode( ', ', array_fill( 0, count( $types ), '%s' ) );
		$status = $checkpoint->trashing() ? "AND post_status <> 'trash'" : '';
		// phpcs:ignore WordPress.DB.PreparedSQLPlaceholders.UnfinishedPrepare -- placeholders and constant text.
		$ids = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE post_author = %d AND post_type IN ($list) $status ORDER BY ID", $id, ...$types ) );
		foreach ( $ids as $post_id ) {
			wp_delete_post( (int) $post_id );
		}
	}
}
