<?php
/**
 * How far the benchmark is.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** A line per step on stderr: what is done, and when it is done, how long it took. */
final class Progress {

	private float $began = 0;

	private int $percent = 0;

	/** The next step. */
	public function step( string $label ): void {
		$this->began   = microtime( true );
		$this->percent = 0;
		fwrite( STDERR, sprintf( 'bench: %-44s', $label ) );
	}

	/** How much of the step is done: a number for every tenth. */
	public function share( float $share ): void {
		if ( floor( $share * 10 ) > floor( $this->percent / 10 ) ) {
			$this->percent = (int) round( $share * 100 );
			fwrite( STDERR, " {$this->percent}%" );
		}
	}

	/**
	 * The step is done.
	 *
	 * @param string $figures What came of it.
	 */
	public function done( string $figures = '' ): void {
		fwrite( STDERR, sprintf( " %s (%.1f s)\n", $figures, microtime( true ) - $this->began ) );
	}
}
