<?php
/**
 * How long transactions are.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;
use RuntimeException;

/** The server's own record of them, from now on. */
final class Transactions {

	/** How many the server remembers. */
	private const MEMORY = 200000;

	/** What it needs to be started with. */
	public const SETTINGS = array(
		'performance-schema'                                           => 'ON',
		'performance-schema-instrument'                                => 'transaction=ON',
		'performance-schema-consumer-events-transactions-current'      => 'ON',
		'performance-schema-consumer-events-transactions-history-long' => 'ON',
		'performance-schema-events-transactions-history-long-size'     => self::MEMORY,
	);

	public function __construct( private mysqli $server ) {
		$server->query( 'TRUNCATE TABLE performance_schema.events_transactions_history_long' );
	}

	/**
	 * Those that have been committed.
	 *
	 * @param bool $all Also statements outside of a transaction, each of which is one of its own. WordPress knows no
	 *                  others; next to batches they are reads that hold no lock, and would make the batches look short.
	 * @return array{count: int, longest: float, p99: float} In seconds.
	 */
	public function figures( bool $all ): array {
		$which   = $all ? '' : "AND AUTOCOMMIT = 'NO'";
		$seconds = $this->server->query( "SELECT TIMER_WAIT / 1e12 FROM performance_schema.events_transactions_history_long WHERE STATE = 'COMMITTED' $which ORDER BY TIMER_WAIT" )->fetch_all();
		$count   = count( $seconds );
		if ( 0 === $count ) {
			throw new RuntimeException( 'The server has recorded no transaction.' );
		}
		if ( (int) $this->server->query( 'SELECT COUNT(*) FROM performance_schema.events_transactions_history_long' )->fetch_row()[0] >= self::MEMORY ) {
			throw new RuntimeException( 'There were more transactions than the server remembers.' );
		}
		return array(
			'count'   => $count,
			'longest' => (float) $seconds[ $count - 1 ][0],
			'p99'     => (float) $seconds[ (int) ceil( 0.99 * $count ) - 1 ][0],
		);
	}
}
