<?php
/**
 * When the runner runs.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * One event for all jobs of a site, at the moment when the first of them is due: with Action Scheduler
 * where the site has it, else with WP-Cron. A job that runs is due when its runner has been silent for
 * too long; so there is an event for whoever is killed, too.
 */
final class Schedule {

	/**
	 * The event's name, and that of its successor: Action Scheduler makes no second one while the first
	 * is running, so that the first cannot make its own.
	 */
	public const HOOKS = array( 'wpf_delete_work', 'wpf_delete_go_on' );

	private const GROUP = 'wpf-delete';

	/**
	 * Seconds by which an event may be early: not each renewal has to change it.
	 */
	private const EARLY = MINUTE_IN_SECONDS;

	/**
	 * Seconds between looks at the kill switch.
	 */
	private const SWITCHED_OFF = 5 * MINUTE_IN_SECONDS;

	/**
	 * Sites whose calendars have to be looked at when the request ends.
	 *
	 * @var array<int, true>
	 */
	private static $at_the_end = array();

	/**
	 * Has a site's calendar say what the table says.
	 *
	 * @param int $site_id  Which site; 0 for jobs of the network, which the main site sees to.
	 * @param int $at_least Seconds before which nobody is to come.
	 */
	public static function renew( int $site_id, int $at_least = 0 ): void {
		self::on_site(
			$site_id,
			static function () use ( $at_least ) {
				$wait = Queue::seconds_until_due();
				if ( null === $wait ) {
					self::clear();
				} else {
					self::at( max( $wait, KillSwitch::is_on() ? self::SWITCHED_OFF : $at_least ), self::EARLY );
				}
			}
		);
	}

	/**
	 * The same when the request ends, once for all users that it deletes. Until then there is the event that
	 * watch() has made.
	 *
	 * @param int $site_id As for renew().
	 */
	public static function renew_at_the_end( int $site_id ): void {
		self::$at_the_end[ $site_id ] = true;
	}

	/**
	 * The request ends.
	 */
	public static function shutdown(): void {
		$sites            = array_keys( self::$at_the_end );
		self::$at_the_end = array();
		foreach ( $sites as $site_id ) {
			self::renew( $site_id );
		}
	}

	/**
	 * Makes sure of an event for whoever is about to work: should the process be killed, somebody has to come
	 * when its claim has run out, and an event that has called it is over.
	 *
	 * @param int|null $site_id Of which site's calendar, as for renew(); null for the current one's.
	 */
	public static function watch( ?int $site_id = null ): void {
		self::on_site( $site_id ?? get_current_blog_id(), static fn () => self::at( Job::LEASE, Job::LEASE ) );
	}

	/**
	 * Does something on the site on whose calendar a job stands.
	 *
	 * @param int      $site_id The job's; 0 for the network, which the main site sees to.
	 * @param callable $work    What.
	 */
	private static function on_site( int $site_id, callable $work ): void {
		$site_id = 0 === $site_id ? get_main_site_id() : $site_id;
		if ( ! is_multisite() || get_current_blog_id() === $site_id ) {
			$work();
			return;
		}
		switch_to_blog( $site_id );
		try {
			$work();
		} finally {
			restore_current_blog();
		}
	}

	/**
	 * Takes everything off the calendar.
	 */
	public static function clear(): void {
		foreach ( self::HOOKS as $hook ) {
			if ( wp_next_scheduled( $hook ) ) {
				wp_clear_scheduled_hook( $hook );
			}
			if ( function_exists( 'as_unschedule_all_actions' ) ) {
				as_unschedule_all_actions( $hook, array(), self::GROUP );
			}
		}
	}

	/**
	 * Makes sure of an event.
	 *
	 * @param int $wait  Seconds until it is to be at the latest.
	 * @param int $early Seconds by which it may be before that.
	 */
	private static function at( int $wait, int $early ): void {
		$hook    = self::HOOKS[ doing_action( self::HOOKS[0] ) ? 1 : 0 ];
		$time    = time() + $wait;
		$is_then = static fn ( $next ) => $next && $next <= $time && $next >= $time - $early;
		if ( function_exists( 'as_enqueue_async_action' ) ) {
			// True for one that is to be run as soon as possible.
			$next = as_next_scheduled_action( $hook, array(), self::GROUP );
			if ( true !== $next && ! $is_then( $next ) ) {
				self::with_action_scheduler( $hook, $wait );
			}
			return;
		}
		$next = wp_next_scheduled( $hook );
		if ( ! $is_then( $next ) ) {
			if ( $next ) {
				wp_unschedule_event( $next, $hook );
			}
			wp_schedule_single_event( $time, $hook );
		}
	}

	/**
	 * Makes the only event of Action Scheduler.
	 *
	 * @param string $hook The event.
	 * @param int    $wait Seconds until then.
	 */
	private static function with_action_scheduler( string $hook, int $wait ): void {
		as_unschedule_all_actions( $hook, array(), self::GROUP );
		if ( 0 === $wait ) {
			as_enqueue_async_action( $hook, array(), self::GROUP, true );
		} else {
			as_schedule_single_action( time() + $wait, $hook, array(), self::GROUP, true );
		}
	}
}
