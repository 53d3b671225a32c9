<?php
/**
 * Requests for deletions that nobody at a keyboard makes.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * What the CRM says, a plugin or a script: it is looked at, recorded, held or queued, and it may be taken back as long
 * as nothing has begun. A slip in the CRM has to stop here.
 */
final class Requests {

	/**
	 * Who asks this way: a tag, a field, and code by request_deletion().
	 */
	public const SOURCES = array( 'tag', 'field', 'request' );

	/**
	 * What applies: what the owner has chosen, on the live site.
	 *
	 * @return string `observe` or `delete`.
	 */
	public static function mode(): string {
		return 'delete' === Settings::get( 'mode' ) && ! LiveSite::reasons() ? 'delete' : 'observe';
	}

	/**
	 * Asks for a deletion.
	 *
	 * @param int                  $user_id Who goes.
	 * @param array<string, mixed> $order   `source`: one of SOURCES; `cause`; `mode` and `reassign` where they
	 *                                      are not as the settings say.
	 * @return int|WP_Error The job's id, whatever its state: observed, held or queued. Why the user may not go.
	 */
	public static function ask( int $user_id, array $order ) {
		if ( ! Table::is_ready() ) {
			return Queue::no_table();
		}
		if ( Verdicts::is_called_off( $user_id, $order['source'] ) ) {
			return new WP_Error( 'wpf_delete_called_off', __( 'Somebody has called this off. It counts again when the CRM has taken the tag or the value back and sets it anew.', 'wpf-delete' ) );
		}
		$order += self::content();
		$may    = Guard::may_go( $user_id );
		if ( is_wp_error( $may ) ) {
			Verdicts::record( $user_id, $order, Job::REFUSED, $may );
			return $may;
		}
		if ( 'observe' === self::mode() ) {
			$id = Verdicts::record( $user_id, $order, Job::OBSERVED );
			return $id ? $id : Statements::unanswered();
		}
		$open  = Queue::open_of( $user_id, get_current_blog_id() );
		$state = $open ? $open->text( 'state' ) : '';
		switch ( $state ) {
			case '':
				return self::admit( $user_id, $order );
			case Job::FAILED:
				// Another chance.
				return Queue::enqueue( $user_id, array( 'lock_out' => false ) + $order );
			case Job::CANCELLED:
				return new WP_Error( 'wpf_delete_stopped', __( 'The deletion of this user was stopped half-way by somebody, who alone can have it go on.', 'wpf-delete' ) );
			default:
				return $open->number( 'id' );
		}
	}

	/**
	 * Approves a request that is held: it is due at once. Not while deletions are only observed.
	 *
	 * @param int $id Which.
	 */
	public static function approve( int $id ): bool {
		return 'delete' === self::mode() && 1 === self::settled( Held::release( $id ) );
	}

	/**
	 * Rejects a request that is held. The CRM has to take it back before it counts again.
	 *
	 * @param int $id Which.
	 */
	public static function reject( int $id ): bool {
		return 1 === self::settled( Held::reject( $id ) );
	}

	/**
	 * Approves all requests of this site that are held.
	 *
	 * @return int How many.
	 */
	public static function approve_all(): int {
		return 'delete' === self::mode() ? self::settled( Held::release() ) : 0;
	}

	/**
	 * Rejects all requests of this site that are held.
	 *
	 * @return int How many.
	 */
	public static function reject_all(): int {
		return self::settled( Held::reject() );
	}

	/**
	 * Has a job that waits for its time be due at once.
	 *
	 * @param int $id Which.
	 */
	public static function run_now( int $id ): bool {
		$is_due = Queue::make_due( $id );
		if ( $is_due ) {
			Schedule::renew( get_current_blog_id() );
		}
		return $is_due;
	}

	/**
	 * The CRM takes back what it said. Only a deletion that has not begun can be called off by that.
	 *
	 * @param int    $user_id About whom.
	 * @param string $source  `tag` or `field`.
	 * @return int|null The job that was called off.
	 */
	public static function take_back( int $user_id, string $source ): ?int {
		if ( ! Table::is_ready() ) {
			return null;
		}
		$job = Queue::open_of( $user_id, get_current_blog_id() );
		if ( ! $job && Verdicts::is_called_off( $user_id, $source ) ) {
			Verdicts::forget( $user_id );
		}
		if ( ! $job || $job->text( 'source' ) !== $source || ! Queue::withdraw( $job->number( 'id' ) ) ) {
			return null;
		}
		self::settled( 1 );
		return $job->number( 'id' );
	}

	/**
	 * May a job begin? Much may have happened since it was asked for: the user has become an administrator, the
	 * owner has stopped everything, the site has been copied, with its queue.
	 *
	 * @param Job $job Which, claimed. Is let go of if it may not.
	 * @return true|WP_Error
	 */
	public static function may_begin( Job $job ) {
		if ( ! $job->is_asked_by_crm() || '' !== $job->text( 'phase' ) ) {
			return true;
		}
		if ( 'observe' === self::mode() ) {
			$why = new WP_Error( 'wpf_delete_observing', __( 'Deletions are only observed. This one is held.', 'wpf-delete' ) );
			$job->hold( $why );
			return $why;
		}
		$may = Guard::may_go( $job->number( 'user_id' ) );
		if ( is_wp_error( $may ) ) {
			// A visit is over some time; everything else is for good.
			'wpf_delete_current_user' === $may->get_error_code() ? $job->fail( $may ) : $job->refuse( $may );
		}
		return $may;
	}

	/**
	 * What is to become of the content, as the settings say.
	 *
	 * @return array{mode: string, reassign: int|null}
	 */
	private static function content(): array {
		$mode = (string) Settings::get( 'content' );
		return array(
			'mode'     => $mode,
			'reassign' => 'reassign' === $mode ? (int) Settings::get( 'heir' ) : null,
		);
	}

	/**
	 * Holds a request, and lets it go on if there is a place for it.
	 *
	 * @param int                  $user_id Who goes.
	 * @param array<string, mixed> $order   As for ask().
	 * @return int|WP_Error
	 */
	private static function admit( int $user_id, array $order ) {
		$grace = MINUTE_IN_SECONDS * (int) Settings::get( 'grace' );
		$id    = Queue::enqueue(
			$user_id,
			array(
				'state'    => Job::HELD,
				'lock_out' => false,
			) + $order
		);
		if ( is_wp_error( $id ) ) {
			return $id;
		}
		if ( ! Allowance::take( $id ) ) {
			Allowance::tell();
			return $id;
		}
		Held::release( $id, $grace );
		if ( Settings::get( 'lock_out' ) ) {
			Queue::lock_out( $user_id, get_current_blog_id(), $id );
		}
		Schedule::renew_at_the_end( get_current_blog_id() );
		return $id;
	}

	/**
	 * Requests are not held any more.
	 *
	 * @param int $count How many.
	 * @return int The same.
	 */
	private static function settled( int $count ): int {
		if ( $count ) {
			Allowance::settle();
			Schedule::renew_at_the_end( get_current_blog_id() );
		}
		return $count;
	}
}
