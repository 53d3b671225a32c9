<?php
/**
 * When a deletion waits for databases that cannot keep up.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use Throwable;
use WP_Error;

/**
 * Between two slices, where no transaction is open, a deletion waits while a replica is too far behind, or a node
 * of a cluster holds up the others. The job stays claimed meanwhile, and what stops a job stops it there, too. Within
 * a transaction of whoever has called, nobody waits, because others would have to wait for the rows that it holds.
 *
 * A replica that nobody knows anything about may be far behind. So it is waited for, and after a while the job
 * meets an error: it says what is wrong, is tried again later, and is parked in the end.
 *
 * Who calls wp_delete_user() waits in person, and in the middle of WordPress's own work: not for long.
 */
final class Throttle {

	/**
	 * Seconds by which replicas may be behind.
	 */
	private const MAX_LAG = 2.0;

	/**
	 * Seconds between two looks.
	 */
	private const STEP = 0.2;

	/**
	 * Seconds after which it is an error that nobody knows.
	 */
	private const UNKNOWN = 30.0;

	/**
	 * Seconds after which a wait is worth a note in the job.
	 */
	private const LONG = 10.0;

	/**
	 * Seconds that callers of wp_delete_user() may still have to wait in this process.
	 *
	 * @var float
	 */
	private static $in_person = 10.0;

	/**
	 * Are there any databases that may have to be waited for?
	 */
	public static function has_reasons(): bool {
		return has_filter( 'wpf_delete_lag' ) || Replicas::are_named() || Cluster::is_there();
	}

	/**
	 * Waits for as long as more should not be written.
	 *
	 * @param Job $job Which has to wait.
	 * @return true|WP_Error Why the job stops.
	 */
	public static function wait( Job $job ) {
		$began    = hrtime( true ) / 1e9;
		$waited   = 0.0;
		$patience = $job->can_pause() ? INF : self::$in_person;
		$noted    = false;
		while ( $waited < $patience ) {
			$reason = self::reason( $job );
			// A server that does not answer takes its time.
			$waited = hrtime( true ) / 1e9 - $began;
			if ( null === $reason || self::is_in_transaction() ) {
				break;
			}
			$seconds = $job->seconds( self::STEP );
			$is_last = $seconds < self::STEP;
			if ( $job->can_pause() && 'wpf_delete_replica_unknown' === $reason->get_error_code() && ( $waited >= self::UNKNOWN || $is_last ) ) {
				return $reason;
			}
			if ( ! $noted && ( $waited >= self::LONG || $is_last ) ) {
				$job->note( $reason->get_error_code() . ': ' . $reason->get_error_message() );
				$noted = true;
			}
			usleep( (int) ( $seconds * 1e6 ) );
			$go_on = $job->go_on();
			if ( is_wp_error( $go_on ) ) {
				return $go_on;
			}
		}
		if ( ! $job->can_pause() ) {
			self::$in_person -= $waited;
		}
		return true;
	}

	/**
	 * Why more should not be written now.
	 *
	 * @param Job $job Who would write.
	 */
	private static function reason( Job $job ): ?WP_Error {
		/**
		 * Filters by how many seconds a replica may be behind before deletions wait.
		 *
		 * @param float $seconds Default 2.
		 */
		$limit  = (float) apply_filters( 'wpf_delete_max_lag', self::MAX_LAG );
		$reason = self::reason_of_the_site( $limit ) ?? Replicas::objection( $job, $limit );
		if ( ! $reason && Cluster::is_held_up() ) {
			return new WP_Error( 'wpf_delete_node_behind', __( 'A node of the database cluster could not keep up, and the deletion has waited for it.', 'wpf-delete' ) );
		}
		return $reason;
	}

	/**
	 * The same, as the site says.
	 *
	 * @param float $limit Seconds by which a replica may be behind.
	 */
	private static function reason_of_the_site( float $limit ): ?WP_Error {
		if ( ! has_filter( 'wpf_delete_lag' ) ) {
			return null;
		}
		try {
			/**
			 * Filters by how many seconds replicas are behind, for sites that know it.
			 *
			 * @param float|null $lag Null, which as an answer means: nobody knows.
			 */
			$lag = apply_filters( 'wpf_delete_lag', null );
		} catch ( Throwable $thrown ) {
			return new WP_Error( 'wpf_delete_replica_unknown', Announce::description( $thrown, 'wpf_delete_lag' ) );
		}
		if ( ! is_numeric( $lag ) ) {
			return new WP_Error( 'wpf_delete_replica_unknown', __( 'The filter wpf_delete_lag does not know how far replicas are behind.', 'wpf-delete' ) );
		}
		/* translators: %s: seconds. */
		return $lag > $limit ? new WP_Error( 'wpf_delete_replica_behind', sprintf( __( 'A replica was %s s behind, and the deletion has waited for it.', 'wpf-delete' ), round( $lag, 1 ) ) ) : null;
	}

	/**
	 * Has whoever called opened a transaction? MariaDB tells, and MySQL those who may read its performance schema.
	 */
	private static function is_in_transaction(): bool {
		global $wpdb;
		$row = $wpdb->get_row( "SHOW VARIABLES LIKE 'in_transaction'", ARRAY_A );
		if ( $row ) {
			return '1' === $row['Value'];
		}
		$suppress = $wpdb->suppress_errors();
		$open     = $wpdb->get_var( "SELECT COUNT(*) FROM performance_schema.events_transactions_current WHERE THREAD_ID = PS_CURRENT_THREAD_ID() AND STATE = 'ACTIVE' AND AUTOCOMMIT = 'NO'" );
		$wpdb->suppress_errors( $suppress );
		return (int) $open > 0;
	}
}
