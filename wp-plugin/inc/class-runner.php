<?php
/**
 * Who works on jobs.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use Throwable;
use WP_Error;

/**
 * Takes one job after the other, and sees to it that each ends in the table as it ended in fact: done,
 * to go on later, or met an error. What dies without a word is found by the next runner.
 */
final class Runner {

	/**
	 * Seconds of work in a web request, unless `wpf_delete_seconds` says otherwise.
	 */
	private const SECONDS_ON_THE_WEB = 20;

	/**
	 * Seconds until an event when a request's time is over: one that is due at once Action Scheduler calls in
	 * the same request, again and again.
	 */
	private const PAUSE = 2;

	/**
	 * Jobs that this process works on; the last one is the innermost.
	 *
	 * @var Job[]
	 */
	private static $jobs = array();

	/**
	 * WP Fusion sends at the end of the request what it has queued for the CRM, at -1, and writes its log at 10.
	 */
	public const AFTER_WP_FUSION = 1000;

	/**
	 * Jobs that are worked on when the request ends.
	 *
	 * @var array<int, true>
	 */
	private static $at_the_end = array();

	/**
	 * When this request has to stop, by hrtime(); found out when it is first asked for.
	 *
	 * @var float|null
	 */
	private static $deadline = null;

	/**
	 * Works on whatever is due on this site, while there is time.
	 *
	 * @param float|null $seconds How long; null for as long as is right here.
	 * @param int|null   $jobs    At most how many jobs.
	 * @return int How many were finished.
	 */
	public static function work( ?float $seconds = null, ?int $jobs = null ): int {
		$deadline = null === $seconds ? self::deadline() : hrtime( true ) / 1e9 + $seconds;
		$finished = 0;
		Schedule::watch();
		for ( $taken = 0; ( null === $jobs || $taken < $jobs ) && ! KillSwitch::is_on() && ! self::is_over( $deadline ); $taken++ ) {
			$job = Queue::next();
			if ( ! $job ) {
				break;
			}
			$finished += self::attempt( $job, $deadline ) ? 1 : 0;
		}
		Schedule::renew( get_current_blog_id(), self::is_over( $deadline ) ? self::PAUSE : 0 );
		return $finished;
	}

	/**
	 * Has a job begin in this request, when everybody else is done with it and the answer is out. The schedule
	 * sees to what is not due, or not finished then.
	 *
	 * @param int $id Which.
	 */
	public static function at_the_end( int $id ): void {
		self::$at_the_end[ $id ] = true;
	}

	/**
	 * The request ends.
	 */
	public static function shutdown(): void {
		$ids              = array_keys( self::$at_the_end );
		self::$at_the_end = array();
		if ( ! $ids ) {
			return;
		}
		Schedule::renew( get_current_blog_id() );
		self::let_the_visitor_go();
		foreach ( $ids as $id ) {
			$job = Queue::find( $id );
			if ( $job && ! self::is_too_early_for( $job->number( 'user_id' ) ) ) {
				self::work_on( $id );
			}
		}
		Schedule::renew( get_current_blog_id() );
	}

	/**
	 * Ends the answer: who waits for it, the CRM for one, has nothing to do with what follows.
	 */
	private static function let_the_visitor_go(): void {
		foreach ( array( 'fastcgi_finish_request', 'litespeed_finish_request' ) as $finish ) {
			if ( function_exists( $finish ) ) {
				$finish();
			}
		}
	}

	/**
	 * Does the user have content of post types or taxonomies that are not registered yet? A webhook ends
	 * the request in the middle of `init`; what would have been registered after it would be left behind.
	 *
	 * @param int $user_id Who.
	 */
	private static function is_too_early_for( int $user_id ): bool {
		global $wpdb;
		if ( did_action( 'wp_loaded' ) ) {
			return false;
		}
		$types      = $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT post_type FROM $wpdb->posts WHERE post_author = %d", $user_id ) );
		$taxonomies = $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT taxonomy FROM $wpdb->posts JOIN $wpdb->term_relationships ON object_id = ID JOIN $wpdb->term_taxonomy USING (term_taxonomy_id) WHERE post_author = %d", $user_id ) );
		return array_diff( $types, get_post_types() ) || array_diff( $taxonomies, get_taxonomies() );
	}

	/**
	 * Works on one job, in what is left of this request's time, unless somebody else is faster.
	 *
	 * @param int $id Which.
	 */
	public static function work_on( int $id ): void {
		$job = KillSwitch::is_on() || self::is_over( self::deadline() ) ? null : Queue::take_if_due( $id );
		if ( $job ) {
			self::attempt( $job, self::deadline() );
		}
	}

	/**
	 * Runs a job for which nobody waits.
	 *
	 * @param Job        $job      Which.
	 * @param float|null $deadline When to stop, by hrtime(); null for never.
	 * @return bool Whether it is done.
	 */
	private static function attempt( Job $job, ?float $deadline ): bool {
		$result = self::run( $job, $deadline );
		return is_wp_error( $result ) && 'wpf_delete_paused' === $result->get_error_code() ? false : succeeded( $job->number( 'user_id' ), $result );
	}

	/**
	 * Deletes at once whom somebody asks for in person, however long it takes.
	 *
	 * @param int                  $user_id Who goes.
	 * @param array<string, mixed> $order   As for Queue::enqueue().
	 * @return true|WP_Error Why the deletion is not finished; it is tried again by itself, unless there is
	 *                       nothing to try.
	 */
	public static function delete_now( int $user_id, array $order ) {
		if ( KillSwitch::is_on() ) {
			return new WP_Error( 'wpf_delete_disabled', __( 'Deletions are switched off.', 'wpf-delete' ) );
		}
		if ( Deletion::is_running( $user_id ) ) {
			return Deletion::is_being_deleted();
		}
		// Before the claim: after it, nobody would come if the process died.
		Schedule::watch( $order['site_id'] ?? null );
		$job = Queue::begin( $user_id, $order );
		if ( is_wp_error( $job ) ) {
			return $job;
		}
		$result = self::run( $job );
		Schedule::renew_at_the_end( $job->number( 'site_id' ) );
		return $result;
	}

	/**
	 * Runs a job that this process has claimed.
	 *
	 * @param Job        $job      Which.
	 * @param float|null $deadline When to stop, by hrtime(); null for never.
	 * @return true|WP_Error Why the deletion is not finished.
	 */
	public static function run( Job $job, ?float $deadline = null ) {
		if ( $job->is_hopeless() ) {
			$job->fail( new WP_Error( 'wpf_delete_died', $job->text( 'last_error' ) ) );
			return self::tell( $job, new WP_Error( 'wpf_delete_died', $job->text( 'last_error' ) ) );
		}
		$may = Requests::may_begin( $job );
		if ( is_wp_error( $may ) ) {
			return self::tell( $job, $may );
		}
		// What dies half-way has to be taken up again; better to let it finish.
		ignore_user_abort( true );
		if ( function_exists( 'set_time_limit' ) ) {
			// phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- hosts forbid it with a warning.
			@set_time_limit( 0 );
		}
		$job->stop_at( $deadline );
		return self::tell(
			$job,
			self::hold(
				$job,
				static fn () => 'network' === $job->text( 'mode' ) ? Network::take_up( $job ) : ( new Deletion( $job ) )->run()
			)
		);
	}

	/**
	 * Does something in the course of a job, and records how that ended.
	 *
	 * @param Job      $job  Which.
	 * @param callable $work Returns true or a WP_Error.
	 * @return true|WP_Error
	 */
	private static function hold( Job $job, callable $work ) {
		self::$jobs[] = $job;
		try {
			$result = Announce::during( $job, $work );
		} catch ( Throwable $thrown ) {
			$result = new WP_Error( 'wpf_delete_exception', Announce::description( $thrown ) );
		}
		array_pop( self::$jobs );
		Native::release();
		self::conclude( $job, $result );
		return $result;
	}

	/**
	 * Records how the work on a job has ended.
	 *
	 * @param Job           $job    Which.
	 * @param true|WP_Error $result How.
	 */
	private static function conclude( Job $job, $result ): void {
		if ( true === $result ) {
			$job->finish();
			return;
		}
		switch ( $result->get_error_code() ) {
			case 'wpf_delete_paused':
				$job->release();
				break;
			case 'wpf_delete_invalid_user':
				$job->give_up( $result );
				break;
			default:
				// Does nothing to a job that was cancelled or taken over.
				$job->fail( $result );
		}
	}

	/**
	 * Tells how the work on a job has ended.
	 *
	 * @param Job           $job    Which.
	 * @param true|WP_Error $result How.
	 * @return true|WP_Error
	 */
	private static function tell( Job $job, $result ) {
		/**
		 * Fires when a runner lets go of a job: it is done, goes on later, or has met an error.
		 *
		 * @param Job            $job    The job.
		 * @param true|\WP_Error $result True when the user is gone; `wpf_delete_paused` when it goes on later.
		 */
		Announce::action( 'wpf_delete_job_left', $job, $result );
		return $result;
	}

	/**
	 * The request ends in the middle of a job: a listener has called exit(), or has used up all memory.
	 */
	public static function interrupted(): void {
		if ( ! self::$jobs ) {
			return;
		}
		// phpcs:ignore WordPress.PHP.IniSet -- what is left to do takes little, but there may be nothing left.
		ini_set( 'memory_limit', '-1' );
		foreach ( array_reverse( self::$jobs ) as $job ) {
			$error = error_get_last();
			$where = $error && E_ERROR === $error['type'] ? sprintf( '%s:%d', Listeners::short( $error['file'] ), $error['line'] ) : 'exit';
			/* translators: 1: where a request has ended, 2: names of hooks. */
			$job->fail( new WP_Error( 'wpf_delete_interrupted', sprintf( __( 'The request has ended in the middle (%1$s; %2$s).', 'wpf-delete' ), $where, implode( ', ', array_diff( $GLOBALS['wp_current_filter'], array( 'shutdown' ) ) ) ) ) );
		}
		self::$jobs = array();
		Schedule::renew( get_current_blog_id() );
	}

	/**
	 * When this request has to stop.
	 *
	 * @return float|null In seconds of hrtime(); null for never.
	 */
	private static function deadline(): ?float {
		if ( null === self::$deadline ) {
			/**
			 * Filters how long deletions may take in one request.
			 *
			 * @param float $seconds 20 on the web, 0 on the command line, which means: no limit.
			 */
			$seconds        = (float) apply_filters( 'wpf_delete_seconds', 'cli' === PHP_SAPI ? 0 : self::SECONDS_ON_THE_WEB );
			self::$deadline = $seconds > 0 ? hrtime( true ) / 1e9 + $seconds : INF;
		}
		return INF === self::$deadline ? null : self::$deadline;
	}

	/**
	 * Has that moment come?
	 *
	 * @param float|null $deadline By hrtime(); null for never.
	 */
	private static function is_over( ?float $deadline ): bool {
		return null !== $deadline && hrtime( true ) / 1e9 >= $deadline;
	}
}
