<?php
/**
 * Helping everybody who calls wp_delete_user().
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * The Users screen, REST, `wp user delete` and other plugins call wp_delete_user(). As the last
 * listener on `delete_user` the content is dealt with natively; core is then told that no post type is
 * left for it, because its loop would delete for good what was just trashed; and core finishes as it
 * always does.
 *
 * It is a job like any other, for as long as it takes: if the process dies, a runner finishes it.
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
	 * Jobs of calls under way, by user.
	 *
	 * @var array<int, Job>
	 */
	private static $jobs = array();

	/**
	 * Deals with the content.
	 *
	 * @param int          $id       Who goes.
	 * @param int|null     $reassign Who inherits.
	 * @param WP_User|null $user     Who goes.
	 */
	public static function before( $id, $reassign = null, $user = null ): void {
		$id = Deletion::id( $id );
		if ( 0 === $id || Deletion::is_running( $id ) || isset( self::$jobs[ $id ] ) || ! self::is_called_by( 'wp_delete_user' ) ) {
			return;
		}
		// What core makes of an heir who does not exist is core's business.
		if ( null !== $reassign && ! Deletion::can_inherit( (int) $reassign, $id ) ) {
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
		$job = self::job( $id, null === $reassign ? null : (int) $reassign );
		if ( $job ) {
			self::$jobs[ $id ] = $job;
			Announce::during( $job, static fn () => self::serve( $job, $user ) );
			Native::release();
		}
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
	 * The user is gone, and others are about to hear of it.
	 *
	 * @param int $id Who.
	 */
	public static function after( $id ): void {
		unset( self::$served[ $id ] );
		if ( isset( self::$jobs[ $id ] ) ) {
			self::$jobs[ $id ]->enter( Job::DELETED_USER );
		}
	}

	/**
	 * All have heard of it.
	 *
	 * @param int $id Who.
	 */
	public static function finished( $id ): void {
		$job = self::$jobs[ $id ] ?? null;
		if ( $job ) {
			unset( self::$jobs[ $id ] );
			$job->finish();
			Schedule::renew_at_the_end( get_current_blog_id() );
		}
	}

	/**
	 * Is it core that fires this hook? Others do so, too, and mean less by it.
	 *
	 * @param string $function The function of core that does.
	 */
	public static function is_called_by( string $function ): bool {
		return in_array( $function, array_column( debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS ), 'function' ), true ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- nothing else tells.
	}

	/**
	 * The job of this call: whatever another runner is at, core will not wait for it.
	 *
	 * @param int      $id       Who goes.
	 * @param int|null $reassign Who inherits.
	 */
	private static function job( int $id, ?int $reassign ): ?Job {
		$order = array(
			'source'   => 'wp_delete_user',
			'reassign' => $reassign,
			// All others have heard of delete_user.
			'phase'    => Job::PURGE,
		);
		// Before the claim: after it, nobody would come if the process died.
		Schedule::watch();
		$job = Queue::begin( $id, $order, true );
		if ( is_wp_error( $job ) ) {
			return null;
		}
		if ( '' === $job->text( 'phase' ) ) {
			$job->enter( Job::PURGE );
		}
		return $job;
	}

	/**
	 * Deals with the content, natively if that is possible.
	 *
	 * @param Job     $job  The job.
	 * @param WP_User $user Who goes.
	 */
	private static function serve( Job $job, WP_User $user ): void {
		// Core does not wait.
		$job->never_pause();
		$job->mark();
		$done = self::serve_natively( $job );
		if ( is_wp_error( $done ) && ! $job->has_begun() ) {
			// Nothing was trashed: core does it all.
			$job->leave_to_core();
		} else {
			if ( is_wp_error( $done ) && null === $job->reassign() ) {
				( new CoreContent( $job ) )->delete();
			}
			$job->enter_user( $user );
			self::$served[ $user->ID ] = true;
		}
		Mark::remove( $user->ID, $job->number( 'site_id' ) );
		if ( isset( self::$served[ $user->ID ] ) ) {
			self::delete_metas( $user->ID );
		}
	}

	/**
	 * Core would delete the user's metas one by one. On a network it keeps them until all sites are done.
	 *
	 * @param int $id Whose.
	 */
	private static function delete_metas( int $id ): void {
		global $wpdb;
		if ( ! is_multisite() && ! Lanes::user_metas_are_heard() ) {
			$wpdb->delete( $wpdb->usermeta, array( 'user_id' => $id ) );
			wp_cache_delete( $id, 'user_meta' );
		}
	}

	/**
	 * The extension does it.
	 *
	 * @param Job $job The job.
	 * @return true|WP_Error
	 */
	private static function serve_natively( Job $job ) {
		$available = KillSwitch::is_on() ? new WP_Error( 'wpf_delete_disabled' ) : Native::available();
		if ( is_wp_error( $available ) || $job->is_left_to_core() ) {
			return is_wp_error( $available ) ? $available : Job::lost();
		}
		$done = ( new Content( $job ) )->delete();
		if ( is_wp_error( $done ) ) {
			/**
			 * Fires when the extension could not do, or not finish, what core then does or finishes.
			 *
			 * @param int       $id   Who goes.
			 * @param \WP_Error $done Why.
			 */
			Announce::action( 'wpf_delete_left_to_core', $job->number( 'user_id' ), $done );
		}
		return $done;
	}
}
