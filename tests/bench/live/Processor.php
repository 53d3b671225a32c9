<?php
/**
 * Who has used the processor.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** Adds up what processes and their children have used since start. */
final class Processor {

	/** A second of user space, on every architecture that PHP is built for. */
	private const TICKS = 100;

	/** @param array<string, int> $processes Ids by name. */
	public function __construct( private array $processes ) {
	}

	/** @return array<string, float> Seconds by name since the process began; of the whole machine as `machine`. */
	public function seconds(): array {
		$seconds = array();
		foreach ( $this->processes as $name => $pid ) {
			$children         = array_filter( explode( ' ', (string) @file_get_contents( "/proc/$pid/task/$pid/children" ) ), 'strlen' );
			$seconds[ $name ] = array_sum( array_map( array( self::class, 'of' ), array( $pid, ...$children ) ) );
		}
		// user, nice, system, irq, softirq
		$fields             = preg_split( '/\s+/', strtok( file_get_contents( '/proc/stat' ), "\n" ) );
		$seconds['machine'] = ( $fields[1] + $fields[2] + $fields[3] + $fields[6] + $fields[7] ) / self::TICKS;
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
