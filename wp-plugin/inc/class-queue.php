<?php
/**
 * Deletions that wait, and who gets them.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * Jobs as rows that any process on any server may look at. A user has one open job on a site: asking
 * again joins it, so that a second deletion never takes the first one's trash for trash of old. A job
 * that has failed, or was cancelled half-way, stays open for that.
 *
 * A claim is one UPDATE that names the state in which it expects the row: of several runners one
 * changes it, on whichever node of a cluster.
 */
final class Queue {

	/**
	 * How a job ends that belongs to the deletion of a whole network's user: with that. The runner leaves
	 * it alone, and takes up the deletion it is a part of.
	 */
	public const PART = 'part';

	/**
	 * Waiting and due, or running and silent for too long.
	 */
	private const DUE = "state IN ('queued', 'running') AND due <= UTC_TIMESTAMP() AND mode <> 'part'";

	/**
	 * Open, and nobody works on it.
	 */
	private const IDLE = "is_open = 1 AND ( state <> 'running' OR due <= UTC_TIMESTAMP() )";

	/**
	 * Open, whoever works on it.
	 */
	private const OPEN = 'is_open = 1';

	/**
	 * Columns that say who goes and who asked; who() has their values.
	 */
	public const WHO = 'site_id, user_id, login_hash, email_hash, source, cause, requested_by, mode, reassign, created';

	/**
	 * How many of the jobs that are due are looked at: others may be faster with the first.
	 */
	private const CANDIDATES = 20;

	/**
	 * Asks for a deletion, or joins the one that was asked for.
	 *
	 * @param int                  $user_id Who goes.
	 * @param array<string, mixed> $order   `source`: who asks, in a word; `cause`: what they said; `mode`:
	 *                                      `delete`, `permanent` or `reassign`; `reassign`: who inherits;
	 *                                      `site_id`: 0 for the network; `phase`: that a new one begins with;
	 *                                      `state` of a new one: Job::QUEUED or Job::HELD; `lock_out`: whether the
	 *                                      user is kept out while it waits.
	 * @return int|WP_Error The job's id.
	 */
	public static function enqueue( int $user_id, array $order ) {
		if ( ! Table::is_ready() ) {
			return self::no_table();
		}
		$order = self::complete( $order );
		$job   = self::open_of( $user_id, $order['site_id'] );
		if ( ! $job ) {
			if ( 0 === self::insert( $user_id, $order ) ) {
				return Deletion::no_such_user();
			}
			$job = self::open_of( $user_id, $order['site_id'] );
		}
		if ( ! $job ) {
			return new WP_Error( 'wpf_delete_no_table', __( 'The deletion could not be put on record.', 'wpf-delete' ) );
		}
		$id = $job->number( 'id' );
		$is_other = $job->reassign() !== $order['reassign'];
		$has_mode = ! $is_other && ( $job->text( 'mode' ) === $order['mode'] || '' !== $job->text( 'phase' ) );
		if ( ! $has_mode && ! self::change( $id, "is_open = 1 AND state <> 'running' AND phase = ''", array_intersect_key( $order, array_flip( array( 'mode', 'reassign' ) ) ) ) && $is_other ) {
			return new WP_Error( 'wpf_delete_other_heir', __( 'This user is being deleted already, and somebody else inherits, or nobody.', 'wpf-delete' ) );
		}
		$asker = array_intersect_key( $order, array_flip( array( 'source', 'cause' ) ) ) + array( 'requested_by' => get_current_user_id() );
		if ( in_array( $job->text( 'state' ), array( Job::FAILED, Job::CANCELLED ), true ) ) {
			self::requeue( $id, $asker );
		}
		if ( Job::QUEUED === $order['state'] ) {
			// Who asks in person does not wait for approval, or for the end of the grace period, and may have deleted
			// whom the CRM may not.
			self::change( $id, "is_open = 1 AND ( state = 'held' OR ( state = 'queued' AND phase = '' AND attempts = 0 ) )", array( 'state' => Job::QUEUED ) + $asker, 'due = LEAST( COALESCE( due, UTC_TIMESTAMP() ), UTC_TIMESTAMP() )' );
		}
		if ( $order['lock_out'] ) {
			self::lock_out( $user_id, $order['site_id'], $id );
		}
		return $id;
	}

	/**
	 * Has a job of the current site be due that waits for its time.
	 *
	 * @param int $id Which.
	 */
	public static function make_due( int $id ): bool {
		return self::change( $id, self::here() . " AND is_open = 1 AND state = 'queued' AND due > UTC_TIMESTAMP()", array(), 'due = UTC_TIMESTAMP()' );
	}

	/**
	 * Closes a job that has not begun, because who asked for it has taken that back.
	 *
	 * @param int $id Which.
	 */
	public static function withdraw( int $id ): bool {
		$job       = self::find( $id );
		$withdrawn = $job && self::change(
			$id,
			"is_open = 1 AND state IN ('held', 'queued') AND phase = ''",
			array(
				'state'      => Job::CANCELLED,
				'last_error' => 'wpf_delete_taken_back: ' . __( 'The CRM has taken it back.', 'wpf-delete' ),
			),
			'due = NULL, finished = UTC_TIMESTAMP(), is_open = NULL'
		);
		if ( $withdrawn ) {
			Mark::remove( $job->number( 'user_id' ), $job->number( 'site_id' ) );
		}
		return $withdrawn;
	}

	/**
	 * Keeps out whom a waiting job is about. Who is to leave a site of a network may use the others.
	 *
	 * @param int $user_id Whom.
	 * @param int $site_id The job's site.
	 * @param int $id      The job.
	 */
	public static function lock_out( int $user_id, int $site_id, int $id ): void {
		if ( ! is_multisite() || 0 === $site_id ) {
			Mark::reserve( $user_id, $site_id, (string) $id );
		}
	}

	/**
	 * Asks for a deletion, or joins one, and claims it at once: for who does not wait. A new one is on record
	 * as claimed from the beginning, which saves half of the statements.
	 *
	 * @param int                  $user_id Who goes.
	 * @param array<string, mixed> $order   As for enqueue().
	 * @param bool                 $seize   Whether the job is taken from whoever works on it, too.
	 * @return Job|WP_Error
	 */
	public static function begin( int $user_id, array $order, bool $seize = false ) {
		if ( ! Table::is_ready() ) {
			return self::no_table();
		}
		$complete = self::complete( $order );
		$owner    = self::word();
		if ( 1 === self::insert( $user_id, $complete, $owner ) ) {
			global $wpdb;
			$of_network = 0 === $complete['site_id'];
			$job        = self::job( $wpdb->prepare( 'id = %d', $wpdb->insert_id ), ! $of_network );
			if ( ! $job ) {
				// It is there; a runner takes it up when the claim has run out.
				return Statements::unanswered();
			}
			if ( $of_network ) {
				Mark::reserve( $user_id, 0, (string) $job->number( 'id' ) );
			}
			return $job;
		}
		$id = self::enqueue( $user_id, $order );
		if ( is_wp_error( $id ) ) {
			return $id;
		}
		return ( $seize ? self::seize( $id ) : self::take( $id ) ) ?? Deletion::is_being_deleted();
	}

	/**
	 * Claims the next job of the current site that is due.
	 */
	public static function next(): ?Job {
		global $wpdb;
		if ( ! Table::is_ready() ) {
			return null;
		}
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- constants and integers.
		$ids = $wpdb->get_col( 'SELECT id FROM ' . Table::name() . ' WHERE ' . self::here() . ' AND ' . self::DUE . ' ORDER BY due, id LIMIT ' . self::CANDIDATES );
		foreach ( $ids as $id ) {
			$job = self::claim( (int) $id, self::DUE );
			if ( $job ) {
				return $job;
			}
		}
		return null;
	}

	/**
	 * Claims this job, if it is due.
	 *
	 * @param int $id Which.
	 */
	public static function take_if_due( int $id ): ?Job {
		return self::claim( $id, self::DUE );
	}

	/**
	 * Claims this job at once, unless somebody works on it.
	 *
	 * @param int $id Which.
	 */
	public static function take( int $id ): ?Job {
		return self::claim( $id, self::IDLE, 'attempts = 1' );
	}

	/**
	 * Claims this job from whoever works on it: the other one keeps nothing from now on.
	 *
	 * @param int $id Which.
	 */
	public static function seize( int $id ): ?Job {
		return self::claim( $id, self::OPEN, 'attempts = 1' );
	}

	/**
	 * Calls a deletion off. One that runs stops before its next batch; what is gone is in the counts, and
	 * settled here, because nobody else may be left to do it. It is too late when all content is gone.
	 *
	 * Of a deletion that has not begun there is nothing to join; that somebody has called it off is remembered
	 * where the CRM asked, because the CRM asks again and again.
	 *
	 * @param int $id Which.
	 */
	public static function cancel( int $id ): bool {
		$job       = self::find( $id );
		$cancelled = $job && self::change(
			$id,
			"is_open = 1 AND state IN ('held', 'queued', 'running', 'failed') AND phase IN ('', 'purge', 'trash')",
			array( 'state' => Job::CANCELLED ),
			"due = NULL, finished = UTC_TIMESTAMP(), is_open = IF( phase = '', NULL, 1 )"
		);
		if ( $cancelled ) {
			Mark::remove( $job->number( 'user_id' ), $job->number( 'site_id' ) );
			Verdicts::remember( $job );
			Aftermath::of_the_cancelled( self::find( $id ) );
		}
		return $cancelled;
	}

	/**
	 * Gives a parked job another chance.
	 *
	 * @param int $id Which.
	 */
	public static function retry( int $id ): bool {
		return self::requeue( $id, array() );
	}

	/**
	 * Closes all open jobs of a user who is gone.
	 *
	 * @param int $user_id Who.
	 */
	public static function close_all( int $user_id ): void {
		global $wpdb;
		if ( Table::is_ready() ) {
			// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
			$wpdb->query( $wpdb->prepare( 'UPDATE ' . Table::name() . " SET state = 'done', is_open = NULL, owner = '', resume = NULL, unsettled = NULL, attachments = NULL, person = NULL, due = NULL, finished = UTC_TIMESTAMP() WHERE user_id = %d AND is_open = 1", $user_id ) );
		}
	}

	/**
	 * A job by its id, to look at.
	 *
	 * @param int $id Which.
	 */
	public static function find( int $id ): ?Job {
		global $wpdb;
		return self::job( $wpdb->prepare( 'id = %d', $id ) );
	}

	/**
	 * A user's open job on a site, to look at.
	 *
	 * @param int $user_id Whose.
	 * @param int $site_id Which site; 0 for the network.
	 */
	public static function open_of( int $user_id, int $site_id ): ?Job {
		global $wpdb;
		return self::job( $wpdb->prepare( 'user_id = %d AND site_id = %d AND is_open = 1', $user_id, $site_id ) );
	}

	/**
	 * Sites of a network on which a deletion of this user has begun.
	 *
	 * @param int $user_id Whose.
	 * @return int[]
	 */
	public static function sites_of( int $user_id ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
		return array_map( 'intval', $wpdb->get_col( $wpdb->prepare( 'SELECT site_id FROM ' . Table::name() . " WHERE user_id = %d AND is_open = 1 AND site_id > 0 AND phase <> ''", $user_id ) ) );
	}

	/**
	 * Seconds until a job of the current site is due.
	 *
	 * @return int|null Null when there is none.
	 */
	public static function seconds_until_due(): ?int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- constants and integers.
		$seconds = $wpdb->get_var( 'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), MIN(due)) FROM ' . Table::name() . ' WHERE ' . self::here() . " AND state IN ('queued', 'running') AND mode <> 'part'" );
		return null === $seconds ? null : max( 0, (int) $seconds );
	}

	/**
	 * Seconds for which the first job of the current site has been due.
	 */
	public static function seconds_overdue(): int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- constants and integers.
		return (int) $wpdb->get_var( 'SELECT TIMESTAMPDIFF(SECOND, MIN(due), UTC_TIMESTAMP()) FROM ' . Table::name() . ' WHERE ' . self::here() . ' AND ' . self::DUE );
	}

	/**
	 * Jobs of the current site that are parked, the last ones first, to look at.
	 *
	 * @param int $limit How many.
	 * @return Job[]
	 */
	public static function failed( int $limit ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- constants and integers.
		return array_map( static fn ( $row ) => new Job( $row ), $wpdb->get_results( 'SELECT * FROM ' . Table::name() . ' WHERE ' . self::here() . " AND state = 'failed' AND is_open = 1 ORDER BY id DESC LIMIT $limit", ARRAY_A ) );
	}

	/**
	 * How many open jobs of the current site there are, by state.
	 *
	 * @return array<string, int>
	 */
	public static function open_by_state(): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- constants and integers.
		$rows = $wpdb->get_results( 'SELECT state, COUNT(*) AS jobs FROM ' . Table::name() . ' WHERE ' . self::here() . ' AND is_open = 1 GROUP BY state' );
		return array_map( 'intval', array_column( $rows, 'jobs', 'state' ) );
	}

	/**
	 * Which jobs are the current site's: types and taxonomies are registered on the site, and on no other.
	 */
	public static function here(): string {
		return 'site_id IN (' . get_current_blog_id() . ( is_multisite() && is_main_site() ? ', 0)' : ')' );
	}

	/**
	 * What was not said about a deletion.
	 *
	 * @param array<string, mixed> $order As for enqueue().
	 */
	private static function complete( array $order ): array {
		return $order + array(
			'cause'    => '',
			'mode'     => isset( $order['reassign'] ) ? 'reassign' : 'delete',
			'reassign' => null,
			'site_id'  => get_current_blog_id(),
			'phase'    => '',
			'state'    => Job::QUEUED,
			'lock_out' => true,
		);
	}

	/**
	 * What is said when jobs cannot be put on record.
	 */
	public static function no_table(): WP_Error {
		return new WP_Error( 'wpf_delete_no_table', __( 'The table of deletions could not be created, so that nothing can be deleted safely.', 'wpf-delete' ) );
	}

	/**
	 * Writes a new row, unless the user is gone. It is refused when there is an open one, which another
	 * request may just have made.
	 *
	 * @param int                  $user_id Who goes.
	 * @param array<string, mixed> $order   As for enqueue(), complete.
	 * @param string               $owner   By whom it is claimed; nobody when empty.
	 * @return int|false Rows written: none for a user who is gone; false when it was refused.
	 */
	private static function insert( int $user_id, array $order, string $owner = '' ) {
		global $wpdb;
		$claimed = '' === $owner ? 0 : 1;
		$state   = $claimed ? Job::RUNNING : $order['state'];
		$due     = Job::HELD === $state ? 'NULL' : 'UTC_TIMESTAMP() + INTERVAL ' . (int) ( $claimed ? Job::LEASE : 0 ) . ' SECOND';
		$started = $claimed ? 'UTC_TIMESTAMP()' : 'NULL';
		$values  = $wpdb->prepare( '%s, %s, %s, %d', $order['phase'], $state, $owner, $claimed );

		$suppress = $wpdb->suppress_errors();
		// phpcs:ignore WordPress.DB.PreparedSQL -- prepared here and in who(); the table is ours.
		$written = $wpdb->query( 'INSERT INTO ' . Table::name() . ' (' . self::WHO . ', phase, state, owner, attempts, started, due) SELECT ' . self::who( $user_id, $order ) . ", $values, $started, $due FROM $wpdb->users WHERE ID = " . $user_id );
		$wpdb->suppress_errors( $suppress );
		return $written;
	}

	/**
	 * Who goes and who asked, as values for the columns WHO of a row that is made from the user's own.
	 *
	 * @param int                  $user_id Who goes.
	 * @param array<string, mixed> $order   As for enqueue().
	 * @return string Prepared.
	 */
	public static function who( int $user_id, array $order ): string {
		global $wpdb;
		$order = self::complete( $order );
		$user  = WP_User::get_data_by( 'id', $user_id );
		return $wpdb->prepare(
			'%d, ID, %s, %s, %s, %s, %d, %s, ' . ( null === $order['reassign'] ? 'NULL' : (int) $order['reassign'] ) . ', UTC_TIMESTAMP()', // phpcs:ignore WordPress.DB.PreparedSQL -- an integer.
			$order['site_id'],
			self::hash( $user ? $user->user_login : '' ),
			self::hash( $user ? $user->user_email : '' ),
			$order['source'],
			mb_substr( $order['cause'], 0, 255 ),
			get_current_user_id(),
			$order['mode']
		);
	}

	/**
	 * A word that nobody else has.
	 */
	private static function word(): string {
		return bin2hex( random_bytes( 10 ) );
	}

	/**
	 * By what a row is found when the user is gone. Without the site's salt it says nothing.
	 *
	 * @param string $text A login or an address.
	 */
	public static function hash( string $text ): string {
		return hash_hmac( 'sha256', strtolower( $text ), wp_salt() );
	}

	/**
	 * Claims a job.
	 *
	 * @param int    $id        Which.
	 * @param string $condition The state in which it may be.
	 * @param string $attempts  What becomes of the number of attempts: who asks in person is not one of them.
	 */
	private static function claim( int $id, string $condition, string $attempts = 'attempts = attempts + 1' ): ?Job {
		$before = self::find( $id );
		$owner  = self::word();
		$set    = array(
			'state' => Job::RUNNING,
			'owner' => $owner,
		);
		if ( $before && Job::RUNNING === $before->text( 'state' ) ) {
			$set['last_error'] = __( 'The process that worked on it has ended without a word.', 'wpf-delete' );
		}
		$claimed = $before && self::change( $id, $condition, $set, "$attempts, started = COALESCE(started, UTC_TIMESTAMP()), finished = NULL, due = UTC_TIMESTAMP() + INTERVAL " . Job::LEASE . ' SECOND' );
		$job     = $claimed ? self::find( $id ) : null;
		return $job && $job->text( 'owner' ) === $owner ? $job : null;
	}

	/**
	 * Has a job that was parked or cancelled wait for a runner.
	 *
	 * @param int                       $id  Which.
	 * @param array<string, string|int> $set More columns.
	 */
	private static function requeue( int $id, array $set ): bool {
		return self::change( $id, "is_open = 1 AND state IN ('failed', 'cancelled')", array( 'state' => Job::QUEUED ) + $set, "attempts = 0, owner = '', finished = NULL, due = UTC_TIMESTAMP()" );
	}

	/**
	 * One change of a row, if it is in the state in which it is expected.
	 *
	 * @param int                       $id        Which.
	 * @param string                    $condition That state.
	 * @param array<string, string|int|null> $set  Columns.
	 * @param string                    $more      Assignments that the database computes.
	 */
	private static function change( int $id, string $condition, array $set, string $more = 'id = id' ): bool {
		global $wpdb;
		$assignments = array( $more );
		foreach ( $set as $column => $value ) {
			$assignments[] = null === $value ? "$column = NULL" : $wpdb->prepare( "$column = %s", $value ); // phpcs:ignore WordPress.DB.PreparedSQL -- a column's name.
		}
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- prepared above, and constants.
		return 0 < (int) $wpdb->query( 'UPDATE ' . Table::name() . ' SET ' . implode( ', ', $assignments ) . ' WHERE id = ' . $id . " AND $condition" );
	}

	/**
	 * Reads a row.
	 *
	 * @param string $where  Prepared condition.
	 * @param bool   $is_new As for Job.
	 */
	private static function job( string $where, bool $is_new = false ): ?Job {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- prepared by the callers.
		$row = $wpdb->get_row( 'SELECT * FROM ' . Table::name() . " WHERE $where", ARRAY_A );
		return $row ? new Job( $row, $is_new ) : null;
	}
}
