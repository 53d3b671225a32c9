<?php
/**
 * Deleting a user from a whole network.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * The network's Users screen, WP-CLI and other plugins call wpmu_delete_user(). It visits the sites the
 * user is a member of, takes the user off each, and hands everything they wrote there to
 * wp_delete_post(), of whatever type and status: what had been trashed natively a moment before would
 * be deleted for good. Filtering the text of core's query would depend on every character of it, and
 * vetoing each deletion would take a query for each post in the trash. But the list of sites has a
 * filter. So the last listener on `wpmu_delete_user` makes core's visits itself, with the same hooks in
 * the same order; core then finds that the user is a member of no site, and goes on with the user's
 * own rows.
 */
final class Network {

	/**
	 * Users whose content goes from every site: who asked has called delete_network_user().
	 *
	 * @var array<int, true>
	 */
	private static $everywhere = array();

	/**
	 * Users whose sites are being visited.
	 *
	 * @var array<int, true>
	 */
	private static $visiting = array();

	/**
	 * Users whose sites have been visited.
	 *
	 * @var array<int, true>
	 */
	private static $served = array();

	/**
	 * Deletes a user from the network.
	 *
	 * @param mixed $id User id.
	 * @return bool|WP_Error What wpmu_delete_user() returns, or why nothing was deleted.
	 */
	public static function delete( $id ) {
		$deletion = Deletion::of( $id, null );
		if ( is_wp_error( $deletion ) ) {
			return $deletion;
		}
		if ( ! is_multisite() ) {
			return new WP_Error( 'wpf_delete_no_network', __( 'There is no network to delete the user from.', 'wpf-delete' ) );
		}
		$id = (int) $id;
		// Core says no without saying why.
		if ( is_super_admin( $id ) ) {
			return new WP_Error( 'wpf_delete_super_admin', __( 'Super admins are never deleted.', 'wpf-delete' ) );
		}
		return $deletion->run_on_network(
			static function () use ( $id ) {
				self::$everywhere[ $id ] = true;
				try {
					require_once ABSPATH . 'wp-admin/includes/ms.php';
					require_once ABSPATH . 'wp-admin/includes/user.php';
					return wpmu_delete_user( $id );
				} finally {
					unset( self::$everywhere[ $id ] );
				}
			}
		);
	}

	/**
	 * Visits the sites.
	 *
	 * @param int     $id   Who goes.
	 * @param WP_User $user Who goes.
	 */
	public static function before( $id, $user ): void {
		unset( self::$served[ $id ] );
		if ( isset( self::$visiting[ $id ] ) ) {
			return;
		}
		$everywhere = isset( self::$everywhere[ $id ] );
		if ( ! $everywhere ) {
			/** This filter is documented in inc/class-takeover.php */
			if ( is_wp_error( Native::available() ) || ! apply_filters( 'wpf_delete_take_over', true, $user, null ) ) {
				return;
			}
		}
		// Without it a user who owns a link is a fatal error.
		require_once ABSPATH . 'wp-admin/includes/bookmark.php';
		self::$visiting[ $id ] = true;
		try {
			foreach ( self::sites( $id, $everywhere ) as $site_id => $is_member ) {
				self::visit( $id, $site_id, $is_member, $everywhere );
			}
			self::$served[ $id ] = true;
		} finally {
			unset( self::$visiting[ $id ] );
		}
	}

	/**
	 * Leaves core no site to visit. There is none left anyway, unless a plugin makes users members in
	 * its own way.
	 *
	 * @param object[]|null $sites   Sites, or null for what usermeta says.
	 * @param int           $user_id Whose.
	 * @return object[]|null
	 */
	public static function sites_left_to_core( $sites, $user_id ) {
		return isset( self::$served[ (int) $user_id ] ) ? array() : $sites;
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
	 * The sites to visit: those core would, in its order; those which a deletion that was cut off had
	 * taken the user off already; and all others with anything of the user, if that is asked for.
	 *
	 * @param int  $id         Who goes.
	 * @param bool $everywhere Whether all others are asked for.
	 * @return array<int, bool> Whether the user is a member, by the site's id.
	 */
	private static function sites( int $id, bool $everywhere ): array {
		$sites  = self::memberships( $id, false );
		$sites += array_fill_keys( array_filter( Checkpoint::sites( $id ), 'get_site' ), false );
		if ( ! $everywhere ) {
			return $sites;
		}
		// Core leaves out sites that are archived, spam or marked as deleted.
		$sites += self::memberships( $id, true );
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site_id ) {
			if ( ! isset( $sites[ $site_id ] ) && self::has_content( $id, $site_id ) ) {
				$sites[ $site_id ] = false;
			}
		}
		return $sites;
	}

	/**
	 * The sites a user is a member of.
	 *
	 * @param int  $id  Who.
	 * @param bool $all Whether those count that are archived, spam or marked as deleted.
	 * @return array<int, true> By the site's id.
	 */
	private static function memberships( int $id, bool $all ): array {
		return array_fill_keys( wp_list_pluck( get_blogs_of_user( $id, $all ), 'userblog_id' ), true );
	}

	/**
	 * Does a site have posts or links of this user?
	 *
	 * @param int $id      Whose.
	 * @param int $site_id Where.
	 */
	private static function has_content( int $id, int $site_id ): bool {
		global $wpdb;
		$tables = $wpdb->tables( 'blog', true, $site_id );
		// A site without tables is nothing to complain of here, and many have dropped the one of links.
		$suppress = $wpdb->suppress_errors();
		// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- names of tables.
		$found = $wpdb->get_var( $wpdb->prepare( "SELECT 1 FROM {$tables['posts']} WHERE post_author = %d LIMIT 1", $id ) )
			|| $wpdb->get_var( $wpdb->prepare( "SELECT 1 FROM {$tables['links']} WHERE link_owner = %d LIMIT 1", $id ) );
		// phpcs:enable
		$wpdb->suppress_errors( $suppress );
		return $found;
	}

	/**
	 * Takes the user off a site and deletes what they wrote there.
	 *
	 * @param int  $id        Who goes.
	 * @param int  $site_id   From where.
	 * @param bool $is_member Whether the user is a member there.
	 * @param bool $lock_out  Whether the user may not log in again.
	 */
	private static function visit( int $id, int $site_id, bool $is_member, bool $lock_out ): void {
		switch_to_blog( $site_id );
		try {
			// On record before the user leaves: nothing else tells a second attempt of this site.
			$checkpoint = new Checkpoint( $id );
			if ( $lock_out && ! $checkpoint->announced() ) {
				$checkpoint->announce();
			}
			if ( $is_member ) {
				remove_user_from_blog( $id, $site_id );
			}
			self::delete_content( $id, $checkpoint );
		} finally {
			restore_current_blog();
		}
	}

	/**
	 * Deletes everything the user wrote on the current site.
	 *
	 * @param int        $id         Who goes.
	 * @param Checkpoint $checkpoint Where it stands.
	 */
	private static function delete_content( int $id, Checkpoint $checkpoint ): void {
		$kept_since = $checkpoint->core_began();
		if ( null === $kept_since && ! is_wp_error( Native::available() ) ) {
			$done = ( new Content( $id, null, $checkpoint, self::types( $id ) ) )->delete();
			if ( true === $done ) {
				self::finish_through_core( $id, 0 );
				return;
			}
			/** This action is documented in inc/class-takeover.php */
			do_action( 'wpf_delete_left_to_core', $id, $done );
		}
		if ( null === $kept_since ) {
			// The extension does not say which posts it has trashed; once it has begun, no trash is touched.
			$kept_since = $checkpoint->trashing() ? 0 : null;
			$checkpoint->count_terms_left();
			$checkpoint->core_begins( $kept_since ?? time() );
		}
		self::finish_through_core( $id, $kept_since );
	}

	/**
	 * Deletes one by one what is left: all of it without the extension; else what the user has written
	 * a moment ago. What goes for good goes before the first post is trashed, as natively.
	 *
	 * @param int      $id         Who goes.
	 * @param int|null $kept_since Unix time since when this deletion has trashed posts, which stay there.
	 */
	private static function finish_through_core( int $id, ?int $kept_since ): void {
		global $wpdb;
		$types = Request::types_to_trash( $id );
		// phpcs:disable WordPress.DB -- the list is placeholders, and conditions are prepared before.
		$has_trash = $types ? $wpdb->prepare( 'CAST(post_type AS BINARY) IN (' . implode( ', ', array_fill( 0, count( $types ), '%s' ) ) . ')', $types ) : 'FALSE';
		$is_kept   = null === $kept_since ? 'FALSE' : $wpdb->prepare( "$has_trash AND CAST(post_status AS BINARY) = 'trash' AND post_modified_gmt >= %s", gmdate( 'Y-m-d H:i:s', $kept_since ) );
		$ids       = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE post_author = %d AND NOT ($is_kept) ORDER BY $has_trash AND CAST(post_status AS BINARY) <> 'trash', CAST(post_type AS BINARY) <> 'attachment', ID", $id ) );
		// phpcs:enable
		// Strings, as wpmu_delete_user() hands them over.
		array_map( 'wp_delete_post', $ids );

		if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $wpdb->links ) ) ) ) {
			array_map( 'wp_delete_link', $wpdb->get_col( $wpdb->prepare( "SELECT link_id FROM $wpdb->links WHERE link_owner = %d", $id ) ) );
		}
	}

	/**
	 * Every type there is, registered or not.
	 *
	 * @param int $id Whose.
	 * @return string[]
	 */
	private static function types( int $id ): array {
		global $wpdb;
		$found = $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT CAST(post_type AS BINARY) FROM $wpdb->posts WHERE post_author = %d", $id ) );
		return array_merge( array_values( get_post_types() ), $found );
	}
}
