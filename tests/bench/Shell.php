<?php
/**
 * Commands of the system.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use RuntimeException;

/** Runs them to their end. */
final class Shell {

	/**
	 * What a command prints.
	 *
	 * @param string[] $command No shell is between.
	 */
	public static function run( array $command ): string {
		$output  = tmpfile();
		$process = proc_open( $command, array( array( 'file', '/dev/null', 'r' ), $output, $output ), $pipes );
		$status  = proc_close( $process );
		rewind( $output );
		$text = stream_get_contents( $output );
		if ( 0 !== $status ) {
			throw new RuntimeException( basename( $command[0] ) . " failed with status $status:\n$text" );
		}
		return $text;
	}
}
