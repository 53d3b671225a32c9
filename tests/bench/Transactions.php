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
		'performance-schema'                                               => 'ON',
		'performance-schema-instrument'                                    => 'transaction=ON',
		'performance-schema-consumer-events-transactions-current'          => 'ON',
		'performance-schema-consumer-events-transactions-history-long'     => 'ON',
		'performance-schema-events-transactions-history-long-size'         => self::MEMORY . '',
	);

	public function __construct( private mysqli $server ) {
		$server->query( 'TRUNCATE TABLE performance_schema.events_transactions_history_long' );
	}

	/**
	 * Those that somebody began; a statement outside of them is one of its own and counts where there are
	 * no others.
	 *
	 * @return array{count: int, longest: float, p99: float} In seconds.
	 */
	public function figures(): array {
		foreach ( array( 'NO', 'YES' ) as $autocommit ) {
			$seconds = array_column( $this->server->query( "SELECT TIMER_WAIT / 1e12 FROM performance_schema.events_transactions_history_long WHERE STATE = 'COMMITTED' AND AUTOCOMMIT = '$autocommit' ORDER BY TIMER_WAIT" )->fetch_all(), 0 );
			$count   = count( $seconds );
			if ( self::MEMORY === $count ) {
				throw new RuntimeException( 'There were more transactions than the server remembers.' );
			}
			if ( $count ) {
				return array(
					'count'   => $count,
					'longest' => (float) end( $seconds ),
					'p99'     => (float) $seconds[ (int) ceil( 0.99 * $count ) - 1 ],
				);
			}
		}
		throw new RuntimeException( 'The server has recorded no transaction.' );
	}
}
