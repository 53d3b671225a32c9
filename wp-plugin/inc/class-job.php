<?php
/**
 * One deletion that was asked for, in the hands of whoever has claimed it.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * The job's row is the only record of where a deletion stands: phase, point to go on from, and what is
 * still to be settled. A killed process leaves it as it was, and the next runner goes on from there.
 *
 * Each change is one UPDATE that names the word of the claim; whether it found the row decides whether
 * the job is still this process's. Times are the database's, so that all web servers share a clock.
 */
final class Job {

	public const HELD      = 'held';
	public const QUEUED    = 'queued';
	public const RUNNING   = 'running';
	public const DONE      = 'done';
	public const FAILED    = 'failed';
	public const CANCELLED = 'cancelled';

	/**
	 * What is on record of a user of whom nothing was deleted: the plugin only observes; the user may not go.
	 */
	public const OBSERVED = 'observed';
	public const REFUSED  = 'refused';

	/**
	 * Phases, in order; the first has no name. In `purge` delete_user has fired; from `trash` on, posts in
	 * the trash may be this deletion's own; in `user` all content is gone; in `deleted_user` the user is.
	 */
	public const PURGE        = 'purge';
	public const TRASH        = 'trash';
	public const USER         = 'user';
	public const DELETED_USER = 'deleted_user';

	/**
	 * Seconds of silence after which another runner takes over.
	 */
	public const LEASE = 120;

	/**
	 * Seconds after which a sign of life is due, between slices and in the middle of hooks.
	 */
	private const BEAT = 10;

	/**
	 * Minutes to wait after each attempt that came to nothing; after the last one the job is parked.
	 */
	private const BACK_OFF = array( 1, 5, 15, 60, 240 );

	/**
	 * What tells one state of the work from another, as SQL; state_of_work() is the same.
	 */
	public const STATE_OF_WORK = "SHA2(CONCAT_WS('|', owner, phase, resume, counts), 256)";

	/**
	 * What may have become of a post.
	 */
	private const FATES = array( 'purged', 'trashed', 'reassigned' );

	/**
	 * Begins the point to go on from when core does the work.
	 */
	private const CORE = 'core ';

	/**
	 * The row as it was read or last written.
	 *
	 * @var array<string, string|null>
	 */
	private $row;

	/**
	 * Posts and rows so far. Written with the next change of the row.
	 *
	 * @var array<string, array>
	 */
	private $counts;

	/**
	 * The row for the extension to look for.
	 *
	 * @var array{key: string, value: string}
	 */
	private $proof = array(
		'key'   => '',
		'value' => '',
	);

	/**
	 * When to stop, by hrtime(); null for never.
	 *
	 * @var float|null
	 */
	private $deadline = null;

	/**
	 * Whether the kill switch stops it.
	 *
	 * @var bool
	 */
	private $pauses = true;

	/**
	 * Columns that are written with the next change of the row, because nothing is lost without.
	 *
	 * @var array<string, string>
	 */
	private $later = array();

	/**
	 * When the claim was last renewed, in seconds of hrtime().
	 *
	 * @var float
	 */
	private $renewed;

	/**
	 * Whether this process has just written the row.
	 *
	 * @var bool
	 */
	private $is_new;

	/**
	 * From a row of the table. Queue claims them.
	 *
	 * @param array<string, string|null> $row    The row.
	 * @param bool                       $is_new Whether this process has just written it: the user was there, and
	 *                                           bears no mark of this job.
	 */
	public function __construct( array $row, bool $is_new = false ) {
		$this->read( $row );
		$this->is_new  = $is_new;
		$this->renewed = hrtime( true ) / 1e9;
	}

	/**
	 * A column.
	 *
	 * @param string $column `id`, `user_id`, `site_id`, `reassign`, `requested_by` or `attempts`.
	 */
	public function number( string $column ): int {
		return (int) $this->row[ $column ];
	}

	/**
	 * A column.
	 *
	 * @param string $column `source`, `cause`, `mode`, `state`, `phase`, `resume` or `last_error`.
	 */
	public function text( string $column ): string {
		return (string) ( $this->later[ $column ] ?? $this->row[ $column ] );
	}

	/**
	 * Is it so new that the user, who was there when it was written, need not be looked for?
	 */
	public function is_new(): bool {
		return $this->is_new;
	}

	/**
	 * Was it asked for by somebody who is not a person?
	 */
	public function is_asked_by_crm(): bool {
		return in_array( $this->text( 'source' ), Requests::SOURCES, true );
	}

	/**
	 * Who inherits, or null.
	 */
	public function reassign(): ?int {
		return null === $this->row['reassign'] ? null : (int) $this->row['reassign'];
	}

	/**
	 * What is gone: rows by table, posts by what became of them and type.
	 *
	 * @return array<string, array>
	 */
	public function counts(): array {
		return $this->counts;
	}

	/**
	 * How many posts are gone, in the trash, or somebody else's.
	 */
	public function posts(): int {
		return (int) array_sum( array_map( fn ( $how ) => array_sum( $this->counts[ $how ] ?? array() ), self::FATES ) );
	}

	/**
	 * Gives the job this long; without it, all the time in the world.
	 *
	 * @param float|null $deadline When to stop, in seconds of hrtime(); null for never.
	 */
	public function stop_at( ?float $deadline ): void {
		$this->deadline = $deadline;
	}

	/**
	 * Lets nothing but the loss of the job stop it.
	 */
	public function never_pause(): void {
		$this->pauses = false;
	}

	/**
	 * What tells the state of the work from any before: each batch has another.
	 */
	public function state_of_work(): string {
		$columns = array( $this->row['owner'], $this->row['phase'], $this->row['resume'], $this->row['counts'] );
		return hash( 'sha256', implode( '|', array_filter( $columns, static fn ( $column ) => null !== $column ) ) );
	}

	/**
	 * May it be stopped, to go on later?
	 */
	public function can_pause(): bool {
		return $this->pauses;
	}

	/**
	 * Seconds left, at most as many as given.
	 *
	 * @param float $at_most Seconds.
	 */
	public function seconds( float $at_most ): float {
		return null === $this->deadline ? $at_most : max( 0.1, min( $at_most, $this->deadline - hrtime( true ) / 1e9 ) );
	}

	/**
	 * May work go on? Asked between slices.
	 *
	 * @return true|WP_Error `wpf_delete_paused`, or `wpf_delete_claimed` for a job that was cancelled or taken over.
	 */
	public function go_on() {
		if ( null !== $this->deadline && hrtime( true ) / 1e9 >= $this->deadline ) {
			return new WP_Error( 'wpf_delete_paused', __( 'The time for this request is over; the deletion goes on in another one.', 'wpf-delete' ) );
		}
		list( $is_off, $id ) = KillSwitch::is_on_and( $this->find( array( self::RUNNING ) ) );
		if ( $this->pauses && $is_off ) {
			return new WP_Error( 'wpf_delete_paused', __( 'Deletions are switched off.', 'wpf-delete' ) );
		}
		$is_mine = $this->is_silent() ? $this->write( array() ) : null !== $id;
		return $is_mine ? true : self::lost();
	}

	/**
	 * A sign of life, where listeners take their time for each of many objects.
	 */
	public function stay_alive(): void {
		if ( $this->is_silent() ) {
			$this->write( array() );
		}
	}

	/**
	 * What is said of a job that was cancelled or taken over, or of which nothing could be put on record.
	 */
	public static function lost(): WP_Error {
		return new WP_Error( 'wpf_delete_claimed', __( 'This deletion was cancelled, another runner has taken it over, or the database does not accept its record.', 'wpf-delete' ) );
	}

	/**
	 * Reads what the extension has written into the row, after a call that has ended without a report.
	 */
	public function reload(): void {
		$row = Queue::find( $this->number( 'id' ) );
		if ( $row && $row->text( 'owner' ) === $this->text( 'owner' ) ) {
			$this->read( $row->row );
		}
	}

	/**
	 * Marks the user as this job's, with the word of this claim.
	 *
	 * @return bool Whether the job still is this process's.
	 */
	public function mark(): bool {
		$value       = $this->row['id'] . ' ' . $this->row['owner'];
		$this->proof = Mark::put( $this->number( 'user_id' ), $this->number( 'site_id' ), $value, $this->is_new );
		if ( $this->found( array( self::RUNNING ) ) ) {
			return true;
		}
		// Whoever has called it off a moment ago has taken off the mark, too, but before this one was there.
		Mark::remove( $this->number( 'user_id' ), $this->number( 'site_id' ), $value );
		return false;
	}

	/**
	 * The row for the extension to look for.
	 *
	 * @return array{key: string, value: string}
	 */
	public function proof(): array {
		return $this->proof;
	}

	/**
	 * The claim, for the extension to look for and to renew.
	 *
	 * @return array{job: int, owner: string, lease: int}
	 */
	public function claim(): array {
		return array(
			'job'   => $this->number( 'id' ),
			'owner' => $this->text( 'owner' ),
			'lease' => self::LEASE,
		);
	}

	/**
	 * Moves on to a phase. Whatever follows may rely on it being in the database.
	 *
	 * @param string $phase Which.
	 * @return bool Whether the job still is this process's.
	 */
	public function enter( string $phase ): bool {
		return $this->write( array( 'phase' => $phase ) );
	}

	/**
	 * Moves on to the phase in which the user's own rows go, and keeps for deleted_user what it is to be
	 * given: nothing else will know.
	 *
	 * @param WP_User $user Who goes.
	 */
	public function enter_user( WP_User $user ): bool {
		$data = (array) $user->data;
		unset( $data['user_pass'], $data['user_activation_key'] );
		return $this->write(
			array(
				'phase'  => self::USER,
				'person' => wp_json_encode( array( $data, $user->caps ) ),
			)
		);
	}

	/**
	 * The user as kept.
	 */
	public function person(): WP_User {
		list( $data, $caps ) = json_decode( $this->text( 'person' ), true ) ?? array( array( 'ID' => $this->row['user_id'] ), array() );

		$user       = new WP_User( (object) ( $data + array_fill_keys( array( 'user_pass', 'user_activation_key' ), '' ) ) );
		$user->caps = $caps;
		$user->get_role_caps();
		return $user;
	}

	/**
	 * Can posts in the trash be this deletion's own? The extension puts it on record with the first one that
	 * it trashes, in the same transaction.
	 */
	public function is_trashing(): bool {
		return ! in_array( $this->text( 'phase' ), array( '', self::PURGE ), true ) || self::is_past_purge( $this->text( 'resume' ) );
	}

	/**
	 * Has the extension looked for what goes to the trash?
	 *
	 * @param string $resume Its point to go on from.
	 */
	private static function is_past_purge( string $resume ): bool {
		list( , $phase, , $round ) = explode( '|', $resume ) + array( '', self::PURGE, '', '0' );
		return self::PURGE !== $phase || '0' !== $round;
	}

	/**
	 * Has core begun to delete the content? Then it goes on: the extension would not know its trash.
	 */
	public function is_left_to_core(): bool {
		return str_starts_with( $this->text( 'resume' ), self::CORE );
	}

	/**
	 * Records that core begins to delete the content, from now on and to the end, and since when posts in
	 * the trash may be this deletion's own: what the extension has put there cannot be told by its time.
	 */
	public function leave_to_core(): bool {
		return $this->is_left_to_core() || $this->write( array( 'resume' => self::CORE . ( $this->is_trashing() ? 0 : time() ) ) );
	}

	/**
	 * Since when posts in the trash may be this deletion's own.
	 *
	 * @return int|null Unix time; null when none can be.
	 */
	public function trashing_since(): ?int {
		if ( $this->is_left_to_core() ) {
			return (int) substr( $this->text( 'resume' ), strlen( self::CORE ) );
		}
		return $this->is_trashing() ? 0 : null;
	}

	/**
	 * Terms that the extension has left to count: the last part of its point to go on from.
	 *
	 * @return int[] Term taxonomy ids.
	 */
	public function terms_left(): array {
		return array_filter( array_map( 'intval', explode( ',', substr( (string) strrchr( $this->text( 'resume' ), '|' ), 1 ) ) ) );
	}

	/**
	 * Has the extension begun to work on the content?
	 */
	public function has_begun(): bool {
		return '' !== $this->text( 'resume' );
	}

	/**
	 * What batches have done that nobody has settled: the process that had them done has died before.
	 *
	 * @return array[] Reports, as far as they matter.
	 */
	public function unsettled(): array {
		return array_map( static fn ( $line ) => json_decode( $line, true ), array_filter( explode( "\n", $this->text( 'unsettled' ) ) ) );
	}

	/**
	 * Bytes that the notes of those take.
	 */
	public function noted(): int {
		return strlen( $this->text( 'unsettled' ) );
	}

	/**
	 * Records that what reports say is settled, if it is all that is noted. There is more when a commit got no
	 * answer and has gone through all the same; one that is still under way is waited for, because it
	 * holds the row. Even of a job that was cancelled: what is gone is gone, and counts.
	 *
	 * @param array[]     $slices The extension's reports, or what its notes say.
	 * @param int         $noted  Bytes that their notes take.
	 * @param string|null $resume Where to go on; null for what the notes say.
	 * @return bool Whether that was all, and the job still is this process's.
	 */
	public function settled( array $slices, int $noted, ?string $resume = null ): bool {
		$is_work = array_filter( array_column( $slices, 'rows' ) );
		if ( null !== $resume && 0 === $noted && ! $is_work ) {
			// It has only looked.
			$this->later['resume'] = $resume;
			return true;
		}
		$before = $this->counts;
		array_map( array( $this, 'count' ), $slices );
		$done = array( 'unsettled' => null );
		if ( null !== $resume ) {
			$done['resume'] = $resume;
			if ( self::PURGE === $this->text( 'phase' ) && self::is_past_purge( $resume ) ) {
				$done['phase'] = self::TRASH;
			}
		}
		if ( $is_work ) {
			// Whatever went wrong before: it is going forward.
			$done['attempts'] = '0';
		}
		$is_all = $this->write( $done, array( self::RUNNING, self::CANCELLED ), self::LEASE, " AND LENGTH(COALESCE(unsettled, '')) = $noted" );
		if ( ! $is_all ) {
			$this->counts = $before;
		}
		return $is_all;
	}

	/**
	 * Records what was counted, and that it is going forward; even of a job that was cancelled.
	 */
	public function came_further(): bool {
		return $this->write( array( 'attempts' => '0' ), array( self::RUNNING, self::CANCELLED ) );
	}

	/**
	 * Adds a report's posts and rows to the counts.
	 *
	 * @param array $slice The extension's report, or a part of it.
	 */
	public function count( array $slice ): void {
		foreach ( self::FATES as $how ) {
			foreach ( $slice[ $how ] ?? array() as $type => $ids ) {
				$this->counts[ $how ][ $type ] = ( $this->counts[ $how ][ $type ] ?? 0 ) + count( $ids );
			}
		}
		foreach ( $slice['rows'] ?? array() as $table => $kinds ) {
			foreach ( $kinds as $kind => $count ) {
				$this->counts['rows'][ $table ][ $kind ] = ( $this->counts['rows'][ $table ][ $kind ] ?? 0 ) + $count;
			}
		}
	}

	/**
	 * Keeps what is known of attachments that are about to go, until the next ones are.
	 *
	 * @param Attachments $attachments Those.
	 */
	public function remember( Attachments $attachments ): bool {
		return $this->write( array( 'attachments' => $attachments->to_text() ) );
	}

	/**
	 * The attachments kept last.
	 */
	public function remembered(): Attachments {
		return Attachments::from_text( $this->text( 'attachments' ) );
	}

	/**
	 * Keeps what went wrong, where the work goes on nevertheless.
	 *
	 * @param string $error What.
	 */
	public function note( string $error ): void {
		if ( $this->text( 'last_error' ) !== $error ) {
			$this->write( array( 'last_error' => $error ) );
		}
	}

	/**
	 * Lets go of a job that is not finished, for anybody to take up at once.
	 */
	public function release(): void {
		$this->let_go( self::QUEUED, 0, array( 'attempts' => '0' ) );
	}

	/**
	 * Lets go of a job that has met an error: it waits, longer each time, and is parked in the end.
	 *
	 * @param WP_Error $why What it has met.
	 */
	public function fail( WP_Error $why ): void {
		// After some progress it is the first one again.
		$attempts = max( 1, $this->number( 'attempts' ) );
		$wait     = self::BACK_OFF[ $attempts - 1 ] ?? null;
		$error    = array(
			'attempts'   => (string) $attempts,
			'last_error' => $why->get_error_code() . ': ' . $why->get_error_message(),
		);
		if ( null === $wait ) {
			$this->let_go( self::FAILED, null, $error );
		} else {
			$this->let_go( self::QUEUED, $wait * MINUTE_IN_SECONDS, $error );
		}
	}

	/**
	 * Has it been tried, or begun, too often without coming further?
	 */
	public function is_hopeless(): bool {
		return $this->number( 'attempts' ) > count( self::BACK_OFF ) + 1;
	}

	/**
	 * Closes a job for which there is nothing to do.
	 *
	 * @param WP_Error $why Why not.
	 */
	public function give_up( WP_Error $why ): void {
		$this->let_go( self::FAILED, null, array( 'last_error' => $why->get_error_code() . ': ' . $why->get_error_message() ) + self::nothing_left() );
	}

	/**
	 * Has a job that has not begun wait for somebody's approval.
	 *
	 * @param WP_Error $why Why.
	 */
	public function hold( WP_Error $why ): void {
		$this->let_go( self::HELD, null, array( 'last_error' => $why->get_error_code() . ': ' . $why->get_error_message() ) );
	}

	/**
	 * Closes a job of a user who may not go any more.
	 *
	 * @param WP_Error $why Why not.
	 */
	public function refuse( WP_Error $why ): void {
		$this->let_go( self::REFUSED, null, array( 'last_error' => $why->get_error_code() . ': ' . $why->get_error_message() ) + self::nothing_left() );
	}

	/**
	 * Closes a job that is done.
	 */
	public function finish(): bool {
		return $this->let_go( self::DONE, null, self::nothing_left() );
	}

	/**
	 * Columns of a job of which nothing is left to do. Nothing of a person stays.
	 *
	 * @return array<string, null>
	 */
	private static function nothing_left(): array {
		return array_fill_keys( array( 'is_open', 'resume', 'unsettled', 'attachments', 'person' ), null );
	}

	/**
	 * Gives the job up, in another state.
	 *
	 * @param string                     $state Which.
	 * @param int|null                   $wait  Seconds until it may be taken up; null for never.
	 * @param array<string, string|null> $set   More columns.
	 */
	private function let_go( string $state, ?int $wait, array $set ): bool {
		return $this->write( array( 'state' => $state ) + $set, array( self::RUNNING ), $wait );
	}

	/**
	 * Is a sign of life due?
	 */
	private function is_silent(): bool {
		return hrtime( true ) / 1e9 - $this->renewed >= self::BEAT;
	}

	/**
	 * Takes a row for what is on record.
	 *
	 * @param array<string, string|null> $row The row.
	 */
	private function read( array $row ): void {
		$this->row    = $row;
		$this->later  = array();
		$this->counts = (array) json_decode( (string) $row['counts'], true );
	}

	/**
	 * One change of the row, if it is this process's. It renews the claim unless it ends it.
	 *
	 * @param array<string, string|null> $set    Columns.
	 * @param string[]                   $states States in which the row may be.
	 * @param int|null                   $due    Seconds until anybody may take the job; null for never.
	 * @param string                     $only   One more condition, constant.
	 * @return bool Whether that is in the database.
	 */
	private function write( array $set, array $states = array( self::RUNNING ), ?int $due = self::LEASE, string $only = '' ): bool {
		global $wpdb;
		$set          += $this->later;
		$set['counts'] = wp_json_encode( $this->counts );
		$assignments   = array( null === $due ? 'due = NULL' : 'due = UTC_TIMESTAMP() + INTERVAL ' . $due . ' SECOND' );
		foreach ( $set as $column => $value ) {
			$assignments[] = null === $value ? "$column = NULL" : $wpdb->prepare( "$column = %s", $value ); // phpcs:ignore WordPress.DB.PreparedSQL -- a column's name.
		}
		if ( isset( $set['state'] ) ) {
			$assignments[] = "owner = ''";
			$assignments[] = in_array( $set['state'], array( self::QUEUED, self::HELD ), true ) ? 'finished = NULL' : 'finished = UTC_TIMESTAMP()';
		}
		$statement = 'UPDATE ' . Table::name() . ' SET ' . implode( ', ', $assignments ) . ' WHERE ' . $this->mine( $states ) . $only;
		// Once more after an error: a hook that has fired and is not on record would fire again.
		// phpcs:disable WordPress.DB.PreparedSQL.NotPrepared -- prepared above, column by column.
		$changed = $wpdb->query( $statement );
		$changed = false === $changed ? $wpdb->query( $statement ) : $changed;
		// phpcs:enable
		// Rows are counted that have changed, not those that were found.
		if ( false === $changed || ( 0 === $changed && ! $this->found( $states, $only ) ) ) {
			return false;
		}
		$this->row     = $set + $this->row;
		$this->later   = array();
		$this->renewed = hrtime( true ) / 1e9;
		return true;
	}

	/**
	 * Is the row there, in one of these states and by this claim?
	 *
	 * @param string[] $states States.
	 * @param string   $only   One more condition, constant.
	 */
	private function found( array $states, string $only = '' ): bool {
		global $wpdb;
		return null !== $wpdb->get_var( $this->find( $states ) . $only ); // phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- prepared in mine().
	}

	/**
	 * The question for it.
	 *
	 * @param string[] $states States.
	 */
	private function find( array $states ): string {
		return 'SELECT id FROM ' . Table::name() . ' WHERE ' . $this->mine( $states );
	}

	/**
	 * The condition for that.
	 *
	 * @param string[] $states States.
	 */
	private function mine( array $states ): string {
		global $wpdb;
		return $wpdb->prepare( 'id = %d AND owner = %s AND state IN (' . implode( ', ', array_fill( 0, count( $states ), '%s' ) ) . ')', $this->row['id'], $this->row['owner'], ...$states ); // phpcs:ignore WordPress.DB.PreparedSQLPlaceholders -- placeholders.
	}
}
