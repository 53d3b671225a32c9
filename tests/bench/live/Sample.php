<?php
/**
 * How long requests took.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** Requests that were to be sent within a stretch of time, or within several. */
final class Sample {

	public const TOGETHER = 'together';

	/** @var array<string, float[]> Milliseconds in ascending order, by kind and together. */
	private array $milliseconds = array();

	/** @var string[] What went wrong, once for each request. */
	public readonly array $problems;

	/** @param array[] $outcomes See Exchange::outcome(). */
	private function __construct( private array $outcomes ) {
		$problems = array();
		foreach ( array( ...Visitors::kinds(), self::TOGETHER ) as $kind ) {
			$this->milliseconds[ $kind ] = array();
		}
		foreach ( $outcomes as $outcome ) {
			$this->milliseconds[ $outcome['kind'] ][] = $outcome['nanoseconds'] / 1e6;
			$this->milliseconds[ self::TOGETHER ][]   = $outcome['nanoseconds'] / 1e6;
			if ( null !== $outcome['problem'] ) {
				$problems[] = "{$outcome['kind']}: {$outcome['problem']}";
			}
		}
		array_walk( $this->milliseconds, static fn( &$values ) => sort( $values ) );
		$this->problems = $problems;
	}

	/** @param array[] $outcomes See Exchange::outcome(). */
	public static function of_all( array $outcomes ): self {
		return new self( $outcomes );
	}

	/**
	 * What falls into a stretch of time.
	 *
	 * @param array[] $outcomes See Exchange::outcome().
	 * @param int     $from     By hrtime().
	 * @param int     $to       By hrtime().
	 */
	public static function between( array $outcomes, int $from, int $to ): self {
		return new self( array_filter( $outcomes, static fn( $outcome ) => $from <= $outcome['planned'] && $outcome['planned'] < $to ) );
	}

	/** Several as one. */
	public static function joined( self ...$samples ): self {
		return new self( array_merge( ...array_map( static fn( $sample ) => $sample->outcomes, $samples ) ) );
	}

	/**
	 * The time that so many percent of the requests did not exceed: one that was measured, nothing between two.
	 *
	 * @param float  $percent Up to 100, which is the worst.
	 * @param string $kind    Kind of request.
	 * @return float|null Milliseconds; null without any request.
	 */
	public function percentile( float $percent, string $kind = self::TOGETHER ): ?float {
		$values = $this->milliseconds[ $kind ];
		return $values ? $values[ (int) ceil( $percent / 100 * count( $values ) ) - 1 ] : null;
	}

	/** @return array<string, array{count: int, failed: int, p50: ?float, p99: ?float, worst: ?float}> By kind and together. */
	public function figures(): array {
		$figures = array();
		foreach ( $this->milliseconds as $kind => $values ) {
			$figures[ $kind ] = array(
				'count'  => count( $values ),
				'failed' => self::TOGETHER === $kind ? count( $this->problems ) : count( preg_grep( "/^$kind:/", $this->problems ) ),
				'p50'    => $this->percentile( 50, $kind ),
				'p99'    => $this->percentile( 99, $kind ),
				'worst'  => $this->percentile( 100, $kind ),
			);
		}
		return $figures;
	}
}
