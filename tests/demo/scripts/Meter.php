<?php
/**
 * What a deletion costs.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/**
 * Time, statements, rows and memory between start() and stop(), in the process that deletes.
 *
 * Statements and rows are what the server itself has counted, on all connections: nobody else may use
 * it meanwhile.
 */
final class Meter {

	/** Rows written to tables; the server counts its own temporary tables elsewhere. */
	private const ROW_COUNTERS = array( 'Handler_write', 'Handler_update', 'Handler_delete' );

	private array $counters;
	private int $resident;
	private int $php;
	private int $time;

	/** Begins. */
	public static function start(): self {
		return new self();
	}

	private function __construct() {
		// Forgets earlier peaks. Where the kernel or an older PHP cannot, the growth comes out too large, never too small.
		@file_put_contents( '/proc/self/clear_refs', '5' );
		if ( function_exists( 'memory_reset_peak_usage' ) ) {
			memory_reset_peak_usage();
		}
		$this->counters = self::counters();
		$this->resident = self::resident( 'VmRSS' );
		$this->php      = memory_get_usage();
		$this->time     = hrtime( true );
	}

	/**
	 * Ends.
	 *
	 * @return array{seconds: float, queries: int, rows: int, resident: int, php: int} Statements; rows
	 *         inserted, updated or deleted; growth in bytes to the peak, of the process and of what PHP
	 *         itself has counted.
	 */
	public function stop(): array {
		$time     = hrtime( true );
		$counters = self::counters();
		$rows     = 0;
		foreach ( self::ROW_COUNTERS as $name ) {
			$rows += $counters[ $name ] - $this->counters[ $name ];
		}
		return array(
			'seconds'  => ( $time - $this->time ) / 1e9,
			// Less the question that asked for the counters.
			'queries'  => $counters['Questions'] - $this->counters['Questions'] - 1,
			'rows'     => $rows,
			'resident' => max( 0, self::resident( 'VmHWM' ) - $this->resident ),
			'php'      => max( 0, memory_get_peak_usage() - $this->php ),
		);
	}

	/** The server's counters by name. */
	private static function counters(): array {
		global $wpdb;
		$names = "'Questions', '" . implode( "', '", self::ROW_COUNTERS ) . "'";
		return array_map( 'intval', array_column( $wpdb->get_results( "SHOW GLOBAL STATUS WHERE Variable_name IN ($names)", ARRAY_N ), 1, 0 ) );
	}

	/** A size of this process in bytes: VmRSS is the present one, VmHWM the peak. */
	private static function resident( string $name ): int {
		preg_match( "/^$name:\s*(\d+) kB/m", file_get_contents( '/proc/self/status' ), $found );
		return 1024 * (int) $found[1];
	}
}
