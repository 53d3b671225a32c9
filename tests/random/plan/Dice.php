<?php
/**
 * Chance that can be repeated.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

use Random\Engine\Mt19937;
use Random\Randomizer;

/** Throws of one seed. The state is its own, so that nobody else's random numbers move it. */
final class Dice {

	private Randomizer $randomizer;

	public function __construct( int $seed ) {
		$this->randomizer = new Randomizer( new Mt19937( $seed ) );
	}

	/** A number from $low to $high. */
	public function number( int $low, int $high ): int {
		return $this->randomizer->getInt( $low, $high );
	}

	/** True in so many of a hundred cases. */
	public function chance( int $percent ): bool {
		return $this->number( 1, 100 ) <= $percent;
	}

	/** One of a list. */
	public function pick( array $list ): mixed {
		return array_values( $list )[ $this->number( 0, count( $list ) - 1 ) ];
	}

	/** A key, as often as its value says. */
	public function weighted( array $weights ): int|string {
		$throw = $this->number( 1, array_sum( $weights ) );
		foreach ( $weights as $key => $weight ) {
			$throw -= $weight;
			if ( $throw <= 0 ) {
				return $key;
			}
		}
	}

	/** Some of a list, at most $most, in its order. */
	public function some( array $list, int $most ): array {
		$count = min( $this->number( 0, $most ), count( $list ) );
		return $count ? array_map( static fn( $key ) => $list[ $key ], $this->randomizer->pickArrayKeys( $list, $count ) ) : array();
	}

	/** The list in another order. */
	public function shuffled( array $list ): array {
		return $this->randomizer->shuffleArray( $list );
	}
}
