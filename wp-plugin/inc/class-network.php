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
	 * Who asks when others call wpmu_delete_user().
	 */
	private const WPMU = 'wpmu_delete_user';

	/**
	 * A job of the network's, whose parts are its sites'.
	 */
	private const ORDER = array(
		'mode'    => 'network',
		'site_id' => 0,
	);

	/**
	 * Jobs under way, by user.
	 *
	 * @var array<int, Job>
	 */
	private static $jobs = array();

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
	 * @return true|WP_Error Why the user was not deleted.
	 */
	public static function delete( $id ) {
		$asked = Deletion::asked_for( $id, null );
		if ( is_wp_error( $asked ) ) {
			return $asked;
		}
		if ( ! is_multisite() ) {
			return new WP_Error( 'wpf_delete_no_network', __( 'There is no network to delete the user from.', 'wpf-delete' ) );
		}
		list( $id ) = $asked;
		// Core says no without saying why.
		if ( is_super_admin( $id ) ) {
			return new WP_Error( 'wpf_delete_super_admin', __( 'Super admins are never deleted.', 'wpf-delete' ) );
		}
		return Runner::delete_now( $id, array( 'source' => 'api' ) + self::ORDER );
	}

	/**
	 * Does the work of a job, or what is left of it.
	 *
	 * @param Job $job Claimed by this process.
	 * @return true|WP_Error
	 */
	public static function take_up( Job $job ) {
		$id = $job->number( 'user_id' );
		if ( isset( self::$jobs[ $id ] ) ) {
			return Deletion::is_being_deleted();
		}
		if ( Job::DELETED_USER === $job->text( 'phase' ) ) {
			Queue::close_all( $id );
			return true;
		}
		require_once ABSPATH . 'wp-admin/includes/ms.php';
		require_once ABSPATH . 'wp-admin/includes/user.php';
		self::$jobs[ $id ] = $job;
		if ( self::WPMU !== $job->text( 'source' ) ) {
			self::$everywhere[ $id ] = true;
		}
		try {
			if ( Deletion::exists( $id ) ) {
				Lockout::end_visits( $id );
				return wpmu_delete_user( $id ) ? true : new WP_Error( 'wpf_delete_refused', __( 'WordPress has refused to delete this user.', 'wpf-delete' ) );
			}
			if ( Job::USER !== $job->text( 'phase' ) ) {
				return Deletion::no_such_user();
			}
			clean_user_cache( $job->person() );
			if ( ! $job->enter( Job::DELETED_USER ) ) {
				return Job::lost();
			}
			/** This action is documented in wp-admin/includes/user.php */
			Announce::action( 'deleted_user', $id, null, $job->person() );
			Queue::close_all( $id );
			return true;
		} finally {
			unset( self::$jobs[ $id ], self::$everywhere[ $id ] );
		}
	}

	/**
	 * Visits the sites.
	 *
	 * @param int     $id   Who goes.
	 * @param WP_User $user Who goes.
	 */
	public static function before( $id, $user ): void {
		unset( self::$served[ $id ] );
		if ( isset( self::$visiting[ $id ] ) || ! Takeover::is_called_by( 'wpmu_delete_user' ) ) {
			return;
		}
		$job = self::$jobs[ $id ] ?? self::job( $id, $user );
		if ( ! $job ) {
			return;
		}
		$job->never_pause();
		// Without it a user who owns a link is a fatal error.
		require_once ABSPATH . 'wp-admin/includes/bookmark.php';
		self::$jobs[ $id ]     = $job;
		self::$visiting[ $id ] = true;
		try {
			$job->enter( Job::PURGE );
			foreach ( self::sites( $id, isset( self::$everywhere[ $id ] ) ) as $site_id => $is_member ) {
				self::visit( $id, $site_id, $is_member );
				$job->go_on();
			}
			$job->enter_user( $user );
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
	 * The user is gone, and others are about to hear of it.
	 *
	 * @param int $id Who.
	 */
	public static function after( $id ): void {
		if ( isset( self::$served[ $id ] ) && isset( self::$jobs[ $id ] ) ) {
			self::$jobs[ $id ]->enter( Job::DELETED_USER );
		}
	}

	/**
	 * All have heard of it. What each site remembers can be forgotten: nobody will ask again.
	 *
	 * @param int $id Who.
	 */
	public static function finished( $id ): void {
		if ( isset( self::$served[ $id ] ) ) {
			unset( self::$served[ $id ], self::$jobs[ $id ] );
			Queue::close_all( $id );
			Schedule::renew_at_the_end( 0 );
		}
	}

	/**
	 * The job of somebody else's call.
	 *
	 * @param int     $id   Who goes.
	 * @param WP_User $user Who goes.
	 * @return Job|null Null where core does it alone.
	 */
	private static function job( int $id, WP_User $user ): ?Job {
		/** This filter is documented in inc/class-takeover.php */
		if ( ! Table::is_ready() || ! apply_filters( 'wpf_delete_take_over', true, $user, null ) ) {
			return null;
		}
		// What was begun natively, core would end with the trash.
		if ( ( KillSwitch::is_on() || is_wp_error( Native::available() ) ) && ! Queue::sites_of( $id ) ) {
			return null;
		}
		// Before the claim: after it, nobody would come if the process died.
		Schedule::watch( 0 );
		$job = Queue::begin( $id, array( 'source' => self::WPMU ) + self::ORDER, true );
		return is_wp_error( $job ) ? null : $job;
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
		$sites += array_fill_keys( array_filter( Queue::sites_of( $id ), 'get_site' ), false );
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
	 */
	private static function visit( int $id, int $site_id, bool $is_member ): void {
		switch_to_blog( $site_id );
		try {
			$part = Queue::begin( $id, array( 'source' => 'network', 'mode' => Queue::PART, 'phase' => Job::PURGE ), true );
			$part = is_wp_error( $part ) ? null : $part;
			if ( $part ) {
				$part->never_pause();
				if ( '' === $part->text( 'phase' ) ) {
					// On record before the user leaves: nothing else tells a second attempt of this site.
					$part->enter( Job::PURGE );
				}
			}
			if ( $is_member ) {
				remove_user_from_blog( $id, $site_id );
			}
			if ( $part ) {
				Announce::during( $part, static fn () => self::delete_content( $part ) );
			}
		} finally {
			restore_current_blog();
		}
	}

	/**
	 * Deletes everything the user wrote on the current site: natively, and the rest through core. That is
	 * all of it without the extension; else what the user has written a moment ago.
	 *
	 * @param Job $part The site's part of the job.
	 */
	private static function delete_content( Job $part ): void {
		$id = $part->number( 'user_id' );
		if ( ! $part->is_left_to_core() && ! KillSwitch::is_on() && ! is_wp_error( Native::available() ) ) {
			$part->mark();
			$done = ( new Content( $part, self::types( $id ) ) )->delete();
			Native::release();
			if ( is_wp_error( $done ) ) {
				/** This action is documented in inc/class-takeover.php */
				Announce::action( 'wpf_delete_left_to_core', $id, $done );
			}
		}
		$content = new CoreContent( $part, self::types( $id ) );
		// Nobody comes back for what could not be written: the user goes from the whole network.
		Statements::twice( static fn () => $content->delete() );
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
