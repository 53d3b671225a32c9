<?php
/**
 * The command line.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Deletes users natively, shows beforehand what that would do, and looks after deletions that were asked for.
 *
 * Each command ends with 0 when all that was asked for is done, with 1 when it could not begin, and with 2 when a part of
 * it was refused, has failed, or was not found.
 */
final class Command {

	/**
	 * What is shown of deletions.
	 */
	private const COLUMNS = array( 'id', 'user_id', 'user', 'state', 'source', 'mode', 'posts', 'created', 'finished', 'reason' );

	/**
	 * What is shown of single ones.
	 */
	private const MORE_COLUMNS = array( 'id', 'user_id', 'user', 'state', 'phase', 'source', 'cause', 'mode', 'reassign', 'posts', 'rows', 'attempts', 'reason', 'created', 'started', 'finished', 'due' );

	/**
	 * Lists deletions that were asked for on this site, the last ones first.
	 *
	 * ## OPTIONS
	 *
	 * [--state=<state>]
	 * : Only those in these states, with commas between them: observed, refused, held, queued, running, done, failed, cancelled.
	 *
	 * [--search=<text>]
	 * : Only those of this user: id, login, e-mail address, or name while the account exists.
	 *
	 * [--page=<page>]
	 * : Which page of the list.
	 * ---
	 * default: 1
	 * ---
	 *
	 * [--per-page=<number>]
	 * : How many are on a page.
	 * ---
	 * default: 20
	 * ---
	 *
	 * [--format=<format>]
	 * : How they are printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 *   - ids
	 *   - count
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     # Approve everything that is held.
	 *     wp wpf-delete approve $(wp wpf-delete list --state=held --per-page=1000 --format=ids)
	 *
	 *     # What became of a user who is gone?
	 *     wp wpf-delete list --search=jane@example.com
	 *
	 * @subcommand list
	 *
	 * @param string[]              $args    None.
	 * @param array<string, string> $options As above.
	 */
	public function list_( $args, $options ): void {
		$format = $options['format'] ?? 'table';
		$found  = History::find(
			array(
				'state'    => array_filter( explode( ',', $options['state'] ?? '' ) ),
				'search'   => $options['search'] ?? '',
				'page'     => max( 1, (int) ( $options['page'] ?? 1 ) ),
				'per_page' => max( 1, (int) ( $options['per-page'] ?? 20 ) ),
				'order'    => 'DESC',
			)
		);
		switch ( $format ) {
			case 'ids':
				\WP_CLI::line( implode( ' ', array_column( $found['items'], 'id' ) ) );
				break;
			case 'count':
				\WP_CLI::line( (string) $found['total'] );
				break;
			default:
				\WP_CLI\Utils\format_items( $format, $found['items'], self::COLUMNS );
		}
	}

	/**
	 * Shows how deletions stand: those named, or how many there are in each state.
	 *
	 * ## OPTIONS
	 *
	 * [<job>...]
	 * : Numbers of deletions.
	 *
	 * [--format=<format>]
	 * : How it is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     wp wpf-delete status
	 *     wp wpf-delete status 17 --format=json
	 *
	 * @param string[]              $args    Jobs.
	 * @param array<string, string> $options As above.
	 */
	public function status( $args, $options ): void {
		$format = $options['format'] ?? 'table';
		if ( $args ) {
			$items  = array();
			$missed = self::each(
				$args,
				static function ( int $id ) use ( &$items ) {
					return $items[] = History::item( $id ) ?? Actions::no_such_job();
				}
			);
			\WP_CLI\Utils\format_items( $format, array_filter( $items, 'is_array' ), self::MORE_COLUMNS );
			CommandReport::end( $missed );
			return;
		}
		$states = array();
		foreach ( Table::is_ready() ? Queue::open_by_state() : array() as $state => $jobs ) {
			$states[] = compact( 'state', 'jobs' );
		}
		\WP_CLI\Utils\format_items( $format, $states, array( 'state', 'jobs' ) );
		if ( 'table' === $format ) {
			foreach ( self::site() as $line ) {
				\WP_CLI::line( $line );
			}
		}
	}

	/**
	 * Works on deletions that are due on this site, until none is left.
	 *
	 * ## OPTIONS
	 *
	 * [--once]
	 * : Stop after one.
	 *
	 * [--time-limit=<seconds>]
	 * : Stop when this much time has passed; what is not finished goes on later.
	 *
	 * ## EXAMPLES
	 *
	 *     wp wpf-delete work --time-limit=50
	 *
	 * @param string[]              $args    None.
	 * @param array<string, string> $options As above.
	 */
	public function work( $args, $options ): void {
		$finished = Runner::work(
			isset( $options['time-limit'] ) ? (float) $options['time-limit'] : null,
			isset( $options['once'] ) ? 1 : null
		);
		/* translators: %d: number of deletions. */
		\WP_CLI::success( sprintf( _n( '%d deletion finished.', '%d deletions finished.', $finished, 'wpf-delete' ), $finished ) );
	}

	/**
	 * Calls deletions off. One that runs stops before its next batch; what is gone is gone.
	 *
	 * ## OPTIONS
	 *
	 * <job>...
	 * : Numbers of deletions.
	 *
	 * ## EXAMPLES
	 *
	 *     wp wpf-delete cancel 17
	 *
	 * @param string[] $args Jobs.
	 */
	public function cancel( $args ): void {
		self::on_jobs( 'cancel', $args, __( 'Cancelled.', 'wpf-delete' ) );
	}

	/**
	 * Has deletions be tried again that have failed, or go on that were cancelled half-way. They begin when this command ends.
	 *
	 * ## OPTIONS
	 *
	 * <job>...
	 * : Numbers of deletions.
	 *
	 * ## EXAMPLES
	 *
	 *     wp wpf-delete retry 17
	 *
	 * @param string[] $args Jobs.
	 */
	public function retry( $args ): void {
		self::on_jobs( 'retry', $args, __( 'Queued.', 'wpf-delete' ) );
	}

	/**
	 * Approves requests that are held. They begin when this command ends.
	 *
	 * ## OPTIONS
	 *
	 * <job>...
	 * : Numbers of deletions.
	 *
	 * ## EXAMPLES
	 *
	 *     wp wpf-delete approve 17 18
	 *
	 * @param string[] $args Jobs.
	 */
	public function approve( $args ): void {
		self::on_jobs( 'approve', $args, __( 'Approved.', 'wpf-delete' ) );
	}

	/**
	 * Rejects requests that are held.
	 *
	 * ## OPTIONS
	 *
	 * <job>...
	 * : Numbers of deletions.
	 *
	 * ## EXAMPLES
	 *
	 *     wp wpf-delete reject 17
	 *
	 * @param string[] $args Jobs.
	 */
	public function reject( $args ): void {
		self::on_jobs( 'reject', $args, __( 'Rejected.', 'wpf-delete' ) );
	}

	/**
	 * Does something about each of these deletions.
	 *
	 * @param string   $action One of Actions::ON_JOB.
	 * @param string[] $args   Numbers of deletions.
	 * @param string   $done   What is said when that was possible with all.
	 */
	private static function on_jobs( string $action, array $args, string $done ): void {
		CommandReport::end( self::each( $args, static fn ( int $id ) => Actions::on_job( $action, $id ) ), $done );
	}

	/**
	 * Asks for something about each of these deletions, and warns of what is not possible.
	 *
	 * @param string[] $args Numbers of deletions.
	 * @param callable $ask  Gets a number; returns a WP_Error if it is not possible.
	 * @return int With how many it was not.
	 */
	private static function each( array $args, callable $ask ): int {
		$missed = 0;
		foreach ( $args as $id ) {
			$answer = $ask( ctype_digit( (string) $id ) ? (int) $id : 0 );
			if ( is_wp_error( $answer ) ) {
				++$missed;
				\WP_CLI::warning( "$id: " . $answer->get_error_message() );
			}
		}
		return $missed;
	}

	/**
	 * What holds for all deletions of this site, for people.
	 *
	 * @return string[]
	 */
	private static function site(): array {
		$lines = array( 'delete' === Requests::mode() ? __( 'What the CRM asks for is done.', 'wpf-delete' ) : __( 'What the CRM asks for is only recorded.', 'wpf-delete' ) );
		if ( KillSwitch::is_on() ) {
			$lines[] = __( 'Deletions are switched off.', 'wpf-delete' );
		}
		return array_merge( $lines, LiveSite::reasons() );
	}
}
