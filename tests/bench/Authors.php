<?php
/**
 * Who writes on the benchmark's site.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/**
 * Users by what they are good for, and how many posts each has. Four of five posts are not the big
 * author's.
 */
final class Authors {

	public const METAS = 30;

	private const BIG   = 2;
	private const HEIR  = 3;
	private const CURVE = 4;

	/** Sizes of the smaller authors that show how time grows with posts. */
	private const SIZES = array( 10, 100, 1000, 10000 );

	/** Authors who are never deleted. */
	private const ORDINARY       = 20;
	private const ORDINARY_FIRST = 10;

	/** Small users of each kind, and how many posts one has. */
	private const SMALL       = 100;
	private const SMALL_FIRST = array(
		0  => 100,
		10 => 100 + self::SMALL,
	);

	/** @param int $posts Of the big author, at least 10,000. */
	public function __construct( private int $posts ) {
	}

	/** The author whose deletion is measured. */
	public function big(): int {
		return self::BIG;
	}

	/** Who inherits. */
	public function heir(): int {
		return self::HEIR;
	}

	/** @return array<int, int> Ids of smaller authors by how many posts they have. */
	public function curve(): array {
		$authors = array();
		foreach ( self::SIZES as $i => $size ) {
			if ( $size < $this->posts ) {
				$authors[ $size ] = self::CURVE + $i;
			}
		}
		return $authors;
	}

	/**
	 * Users of the common kind.
	 *
	 * @param int $posts How many each has: 0 or 10.
	 * @return int[] Ids.
	 */
	public function small( int $posts ): array {
		return range( self::SMALL_FIRST[ $posts ], self::SMALL_FIRST[ $posts ] + self::SMALL - 1 );
	}

	/** @return array<int, int> Posts of everybody, by id. */
	public function posts(): array {
		$posts = array( self::BIG => $this->posts, self::HEIR => 0 ) + array_flip( $this->curve() );
		foreach ( array_keys( self::SMALL_FIRST ) as $of_each ) {
			$posts += array_fill_keys( $this->small( $of_each ), $of_each );
		}
		$left = 5 * $this->posts - array_sum( $posts );
		for ( $i = 0; $i < self::ORDINARY; $i++ ) {
			$posts[ self::ORDINARY_FIRST + $i ] = intdiv( $left, self::ORDINARY ) + ( $i < $left % self::ORDINARY ? 1 : 0 );
		}
		return $posts;
	}
}
