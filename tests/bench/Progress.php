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

	private int $number = 0;

	private int $steps = 0;

	/**
	 * How many steps there will be from now on.
	 *
	 * @param int $steps The number.
	 */
	public function expect( int $steps ): void {
		$this->number = 0;
		$this->steps  = $steps;
	}

	/** The next step. */
	public function step( string $label ): void {
		$this->began   = microtime( true );
		$this->percent = 0;
		++$this->number;
		$count = $this->steps ? "{$this->number} of {$this->steps}: " : '';
		fwrite( STDERR, sprintf( 'bench: %-40s', "$count$label" ) );
	}

	/** How much of the step is done: a number for every tenth. */
	public function share( float $share ): void {
		if ( floor( $share * 10 ) > floor( $this->percent / 10 ) ) {
			$this->percent = (int) round( $share * 100 );
			fwrite( STDERR, " {$this->percent}%" );
		}
	}

	/** The step is done. */
	public function done(): void {
		fwrite( STDERR, sprintf( " %.1f s\n", microtime( true ) - $this->began ) );
	}
}
