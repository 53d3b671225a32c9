<?php
/**
 * Site Health: does any deletion wait in vain?
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * What keeps jobs from being finished, and requests that wait for somebody's word.
 */
final class HealthJobs {

	public const TEST = 'wpf_delete_jobs';

	/**
	 * Seconds after which a job that nobody takes up is worth a word.
	 */
	private const TOO_LONG = HOUR_IN_SECONDS;

	/**
	 * How many failed jobs are named.
	 */
	private const NAMED = 10;

	/**
	 * The test's result.
	 *
	 * @return array
	 */
	public static function test() {
		$badge    = __( 'Security', 'wpf-delete' );
		$problems = self::problems();
		$held     = $problems && ! Table::is_ready() ? array() : self::held();
		if ( $problems ) {
			return Health::result( self::TEST, $badge, 'critical', __( 'Deletions of users are not finished', 'wpf-delete' ), array_merge( $problems, $held ) );
		}
		if ( $held ) {
			return Health::result( self::TEST, $badge, 'recommended', __( 'Deletions of users wait for your approval', 'wpf-delete' ), $held );
		}
		return Health::result( self::TEST, $badge, 'good', __( 'No deletion of a user waits in vain', 'wpf-delete' ), array( __( 'Every deletion that was asked for is done, or is being worked on.', 'wpf-delete' ) ) );
	}

	/**
	 * What keeps deletions from being finished, for people.
	 *
	 * @return string[]
	 */
	private static function problems(): array {
		if ( ! Table::is_ready() ) {
			return array( __( 'The table of deletions does not exist and could not be created: does the database account lack the CREATE privilege? Nothing can be deleted safely until it is there.', 'wpf-delete' ) );
		}
		$problems = array();
		if ( KillSwitch::is_on() ) {
			$problems[] = __( 'Deletions are switched off by WPF_DELETE_DISABLED, or by the option or the filter wpf_delete_disabled.', 'wpf-delete' );
		}
		foreach ( Queue::failed( self::NAMED ) as $job ) {
			/* translators: 1: number of a deletion, 2: id of a user, 3: what went wrong. */
			$problems[] = sprintf( __( 'Deletion %1$d (of user %2$d) has failed and waits for somebody to look at it; asking for it once more tries again. %3$s', 'wpf-delete' ), $job->number( 'id' ), $job->number( 'user_id' ), $job->text( 'last_error' ) );
		}
		if ( Queue::seconds_overdue() > self::TOO_LONG ) {
			$problems[] = __( 'Deletions have been due for more than an hour, and nobody has taken them up. Do scheduled events run on this site?', 'wpf-delete' );
		}
		if ( Retention::is_late() ) {
			$problems[] = __( 'Scheduled events of WordPress have not run for more than a day, so that deletions do not go on by themselves and old records stay. Have the server call wp-cron.php every few minutes, or “wp wpf-delete work”; DISABLE_WP_CRON in wp-config.php is right only if something does.', 'wpf-delete' );
		}
		return $problems;
	}

	/**
	 * Requests above the cap.
	 *
	 * @return string[]
	 */
	private static function held(): array {
		$count = Queue::open_by_state()[ Job::HELD ] ?? 0;
		/* translators: %d: how many. */
		return $count ? array( sprintf( _n( '%d deletion was asked for beyond the cap and waits to be approved or rejected.', '%d deletions were asked for beyond the cap and wait to be approved or rejected.', $count, 'wpf-delete' ), $count ) ) : array();
	}
}
