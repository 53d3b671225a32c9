<?php
/**
 * Who uses the processor.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** Watches processes with their children, and the machine as a whole. */
final class Processor {

	/** A second of user space, on every architecture that PHP is built for. */
	private const TICKS = 100;

	/** @var array<string, float> Seconds used when the present lap began. */
	private array $seconds;

	private int $time;

	/** @param array<string, int> $processes Ids by name. */
	public function __construct( private array $processes ) {
		$this->lap();
	}

	/** @return array<string, float> Share of one core by name since the last time; what else the machine did as `others`. */
	public function lap(): array {
		$seconds       = $this->seconds();
		$time          = hrtime( true );
		$shares        = isset( $this->seconds ) ? array_map( fn( $then, $now ) => ( $now - $then ) / ( $time - $this->time ) * 1e9, $this->seconds, $seconds ) : $seconds;
		$this->seconds = $seconds;
		$this->time    = $time;
		return array_combine( array_keys( $seconds ), $shares );
	}

	/** @return array<string, float> Seconds used since each process, and the machine, began. */
	private function seconds(): array {
		$seconds = array();
		foreach ( $this->processes as $name => $pid ) {
			$children         = array_filter( explode( ' ', (string) @file_get_contents( "/proc/$pid/task/$pid/children" ) ), 'strlen' );
			$seconds[ $name ] = array_sum( array_map( array( self::class, 'of' ), array( $pid, ...$children ) ) );
		}
		// cpu, user, nice, system, idle, iowait, irq, softirq, steal
		$fields            = preg_split( '/\s+/', strtok( file_get_contents( '/proc/stat' ), "\n" ) );
		$seconds['others'] = ( $fields[1] + $fields[2] + $fields[3] + $fields[6] + $fields[7] + $fields[8] ) / self::TICKS - array_sum( $seconds );
		return $seconds;
	}

	/** Seconds that one process has used, its ended children included. */
	private static function of( int|string $pid ): float {
		$stat = (string) @file_get_contents( "/proc/$pid/stat" );
		// The second field is a name in parentheses, which may hold anything.
		$fields = explode( ' ', substr( $stat, (int) strrpos( $stat, ')' ) + 2 ) );
		return isset( $fields[14] ) ? ( $fields[11] + $fields[12] + $fields[13] + $fields[14] ) / self::TICKS : 0;
	}
}
