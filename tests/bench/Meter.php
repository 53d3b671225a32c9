<?php
/**
 * What a job costs.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;
use RuntimeException;

/**
 * Measures a job in the process that does it, and watches the server afterwards: InnoDB clears away
 * what a transaction has left behind long after its COMMIT has returned.
 */
final class Meter {

	/** Rows written to tables; the server counts its own temporary tables elsewhere. */
	private const ROW_COUNTERS = array( 'Handler_write', 'Handler_update', 'Handler_delete' );

	/** The server is quiet while it uses less than this share of one core… */
	private const QUIET_SHARE = 0.05;

	/** …for so long, in seconds… */
	private const QUIET_WINDOW = 0.5;

	/** …and has no more transactions than this left to clear away. */
	private const QUIET_HISTORY = 0;

	/** Seconds between two looks. */
	private const LOOK = 0.05;

	/** Seconds after which something is wrong. */
	private const LIMIT = 1800;

	/**
	 * Nothing is measured yet.
	 *
	 * @param mysqli $server A connection that the job does not use.
	 * @param int    $pid    The server's process.
	 */
	public function __construct( private mysqli $server, private int $pid ) {
	}

	/**
	 * Does a job.
	 *
	 * @param callable $job Whatever it returns is under `result`.
	 * @return array{seconds: float, client_cpu: float, rows: int, statements: int, php: int, resident: int, result: mixed}
	 *         Seconds until the job returned; seconds of CPU that this process used, and children of it; rows
	 *         inserted, updated or deleted; statements; growth in bytes to the peak, of what PHP itself counts and of
	 *         this process.
	 */
	public function measure( callable $job ): array {
		// Forgets earlier peaks. Where the kernel or an older PHP cannot, the growth comes out too large, never too small.
		@file_put_contents( '/proc/self/clear_refs', '5' );
		if ( function_exists( 'memory_reset_peak_usage' ) ) {
			memory_reset_peak_usage();
		}
		$counters   = $this->counters();
		$resident   = self::resident( 'VmRSS' );
		$php        = memory_get_usage();
		$client_cpu = self::client_cpu();
		$start      = self::now();

		$result = $job();

		$figures = array(
			'seconds'    => self::now() - $start,
			'client_cpu' => self::client_cpu() - $client_cpu,
			'php'        => max( 0, memory_get_peak_usage() - $php ),
			'resident'   => max( 0, self::resident( 'VmHWM' ) - $resident ),
		);
		$after   = $this->counters();
		$rows    = array_map( static fn( $name ) => $after[ $name ] - $counters[ $name ], self::ROW_COUNTERS );
		return $figures + array(
			'rows'       => array_sum( $rows ),
			// Less the question that asked for the counters.
			'statements' => $after['Questions'] - $counters['Questions'] - 1,
			'result'     => $result,
		);
	}

	/**
	 * Does a job and returns when the server is quiet.
	 *
	 * @param callable $job Whatever it returns is under `result`.
	 * @return array What measure() returns, and `quiet`, `cpu` and `redo`: seconds until the server began to be
	 *         quiet, seconds of CPU that it had used then, and bytes of redo that it had written.
	 */
	public function measure_until_quiet( callable $job ): array {
		$redo    = $this->counters()['Innodb_lsn_current'];
		$cpu     = $this->cpu();
		$start   = self::now();
		$figures = $this->measure( $job );

		list( $quiet, $cpu_until_quiet ) = $this->wait_until_quiet( $start + $figures['seconds'] );
		return $figures + array(
			'quiet' => $quiet - $start,
			'cpu'   => $cpu_until_quiet - $cpu,
			'redo'  => $this->counters()['Innodb_lsn_current'] - $redo,
		);
	}

	/**
	 * The beginning of the first window in which the server is quiet.
	 *
	 * @param float $from Not earlier than this.
	 * @return array{float, float} The time, and the server's seconds of CPU at that time.
	 */
	private function wait_until_quiet( float $from ): array {
		$looks = array( array( $from, $this->cpu() ) );
		while ( true ) {
			usleep( (int) ( self::LOOK * 1e6 ) );
			$now     = array( self::now(), $this->cpu() );
			$looks[] = $now;
			while ( $now[0] - $looks[1][0] >= self::QUIET_WINDOW ) {
				array_shift( $looks );
			}
			list( $time, $cpu ) = $looks[0];
			$window             = $now[0] - $time;
			if ( $window >= self::QUIET_WINDOW && $now[1] - $cpu < self::QUIET_SHARE * $window && $this->counters()['Innodb_history_list_length'] <= self::QUIET_HISTORY ) {
				return $looks[0];
			}
			if ( $now[0] - $from > self::LIMIT ) {
				throw new RuntimeException( 'The server does not become quiet.' );
			}
		}
	}

	/** @return array<string, int> The server's counters by name. */
	private function counters(): array {
		$names = "'Questions', 'Innodb_lsn_current', 'Innodb_history_list_length', '" . implode( "', '", self::ROW_COUNTERS ) . "'";
		return array_map( 'intval', array_column( $this->server->query( "SHOW GLOBAL STATUS WHERE Variable_name IN ($names)" )->fetch_all(), 1, 0 ) );
	}

	/** Seconds of CPU that the server has used, in its own code and in the kernel's. */
	private function cpu(): float {
		$stat   = file_get_contents( "/proc/{$this->pid}/stat" );
		$fields = explode( ' ', substr( $stat, strrpos( $stat, ')' ) + 2 ) );
		// Fields 14 and 15 of the whole line; the kernel counts them in hundredths on every architecture.
		return ( (int) $fields[11] + (int) $fields[12] ) / 100;
	}

	/** Seconds of CPU that this process and its children have used. */
	private static function client_cpu(): float {
		$seconds = 0;
		foreach ( array( 0, 1 ) as $whose ) {
			$usage    = getrusage( $whose );
			$seconds += $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'] + ( $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'] ) / 1e6;
		}
		return $seconds;
	}

	/** A size of this process in bytes: VmRSS is the present one, VmHWM the peak. */
	private static function resident( string $name ): int {
		preg_match( "/^$name:\s*(\d+) kB/m", file_get_contents( '/proc/self/status' ), $found );
		return 1024 * (int) $found[1];
	}

	private static function now(): float {
		return hrtime( true ) / 1e9;
	}
}
