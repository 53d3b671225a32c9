<?php
/**
 * On what it was measured.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** The machine, as the kernel describes it. */
final class Machine {

	private const CORES = __DIR__ . '/../../target/release/examples/cores';

	/** @return array{processor: string, cores: int, memory: int, kernel: string} Memory in bytes. */
	public static function describe(): array {
		preg_match( '/^model name\s*:\s*(.+)$/m', file_get_contents( '/proc/cpuinfo' ), $found );
		return array(
			// Not every architecture has a name for it.
			'processor' => $found[1] ?? php_uname( 'm' ),
			'cores'     => (int) Shell::run( array( 'nproc' ) ),
			'memory'    => self::memory(),
			'kernel'    => php_uname( 's' ) . ' ' . php_uname( 'r' ),
		);
	}

	/** Seconds that one core waits for what another one has just written, there and back: see cores.rs. */
	public static function core_to_core(): float {
		return 1e-9 * (int) Shell::run( array( self::CORES ) );
	}

	/** Bytes. */
	public static function memory(): int {
		preg_match( '/^MemTotal:\s*(\d+) kB/m', file_get_contents( '/proc/meminfo' ), $found );
		return 1024 * (int) $found[1];
	}
}
