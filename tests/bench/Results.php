<?php
/**
 * What was measured.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/**
 * Collects the figures of all runs; medians of them, spread, and ratios. Every figure that is said to be of a
 * number of posts nobody has deleted is extrapolated, and marked so.
 */
final class Results {

	/** Figures of which the ratio to the floor and to core is of interest. */
	private const COMPARED = array( 'seconds', 'quiet', 'cpu' );

	/** @var array<string, Job> By name. */
	private array $jobs = array();

	/** @var array<string, array<int, array<int, array[]>>> Figures of each run by size of the author, by job. */
	private array $runs = array();

	/** @var array<string, array> By job. */
	private array $transactions = array();

	/** @param int $posts Of the big author, to which samples are extrapolated. */
	public function __construct( private int $posts ) {
	}

	/**
	 * One more run.
	 *
	 * @param array[] $figures As Bench::measure() returns them.
	 */
	public function add( Job $job, array $figures ): void {
		$this->jobs[ $job->name() ] = $job;
		$by_size                    = array();
		foreach ( array_values( $job->authors ) as $i => $size ) {
			unset( $figures[ $i ]['result'] );
			$by_size[ $size ][] = $figures[ $i ];
		}
		foreach ( $by_size as $size => $of_size ) {
			// One small user is like the other: a run's figures are those of the one in the middle.
			$this->runs[ $job->name() ][ $size ][] = self::medians( $of_size );
		}
	}

	/** @param array $transactions As Bench::transactions() returns them. */
	public function add_transactions( Job $job, array $transactions ): void {
		$this->transactions[ $job->name() ] = $transactions;
	}

	/**
	 * What is known of the jobs of some groups.
	 *
	 * @param string[] $groups Of jobs.
	 * @return array<string, array<int, array>> By job and size of the author: `runs`, `median`, `least`, `most`,
	 *         `extrapolated`, `to_floor`, `to_core`, `transactions`.
	 */
	public function of( array $groups ): array {
		$results = array();
		foreach ( $this->runs as $name => $sizes ) {
			if ( in_array( $this->jobs[ $name ]->group, $groups, true ) ) {
				foreach ( $sizes as $size => $runs ) {
					$results[ $name ][ $size ] = $this->summary( $this->jobs[ $name ], $size, $runs );
				}
			}
		}
		return $results;
	}

	/**
	 * Seconds until a purge returned, for the picture.
	 *
	 * @param string $way Of jobs.
	 * @return array<int, float> By number of posts, ascending.
	 */
	public function purge_seconds( string $way ): array {
		$seconds = array();
		foreach ( array( 'curve', 'purge' ) as $group ) {
			foreach ( $this->runs[ "$group:$way" ] ?? array() as $size => $runs ) {
				$seconds[ $size ] = self::medians( $runs )['seconds'];
			}
		}
		ksort( $seconds );
		return $seconds;
	}

	/** @param array[] $runs Figures of each. */
	private function summary( Job $job, int $size, array $runs ): array {
		$columns = self::columns( $runs );
		$median  = self::medians( $runs );
		$summary = array(
			'runs'   => $runs,
			'median' => $median,
			'least'  => array_map( 'min', $columns ),
			'most'   => array_map( 'max', $columns ),
		);
		if ( $size > 0 ) {
			$summary['per_second'] = array(
				'posts' => $size / $median['seconds'],
				'rows'  => $median['rows'] / $median['seconds'],
			);
			$summary['per_thousand_posts'] = array_map( static fn( $figure ) => 1000 * $figure / $size, array_intersect_key( $median, array_flip( array( 'statements', 'redo' ) ) ) );
		}
		if ( $job->is_by_core() && ! $job->is_small() ) {
			$summary['extrapolated'] = array_map( fn( $figure ) => $figure * $this->posts / $size, array_intersect_key( $median, array_flip( self::COMPARED ) ) );
		}
		foreach ( array( 'floor', 'core' ) as $way ) {
			$ratios = $this->ratios( $median, $size, "{$job->group}:$way" );
			if ( $ratios ) {
				$summary[ "to_$way" ] = $ratios;
			}
		}
		if ( isset( $this->transactions[ $job->name() ] ) ) {
			$summary['transactions'] = $this->transactions[ $job->name() ];
		}
		return $summary;
	}

	/** Ratios to another job's figures: post by post when the authors are not of one size. */
	private function ratios( array $median, int $size, string $other ): array {
		$sizes      = $this->runs[ $other ] ?? array();
		$other_size = isset( $sizes[ $size ] ) ? $size : array_key_first( $sizes );
		if ( null === $other_size ) {
			return array();
		}
		$of_other = self::medians( $sizes[ $other_size ] );
		$scale    = $other_size === $size ? 1 : $other_size / $size;
		$ratios   = array();
		foreach ( self::COMPARED as $figure ) {
			// The kernel counts CPU in hundredths of a second; some jobs take less.
			if ( isset( $median[ $figure ] ) && ( $of_other[ $figure ] ?? 0 ) > 0 ) {
				$ratios[ $figure ] = $scale * $median[ $figure ] / $of_other[ $figure ];
			}
		}
		return $ratios;
	}

	/** @param array[] $runs Figures of each. */
	private static function medians( array $runs ): array {
		return array_map(
			static function ( array $values ) {
				sort( $values );
				$middle = intdiv( count( $values ), 2 );
				return count( $values ) % 2 ? $values[ $middle ] : ( $values[ $middle - 1 ] + $values[ $middle ] ) / 2;
			},
			self::columns( $runs )
		);
	}

	/** @param array[] $runs Figures of each. */
	private static function columns( array $runs ): array {
		$columns = array();
		foreach ( array_keys( $runs[0] ) as $figure ) {
			$columns[ $figure ] = array_column( $runs, $figure );
		}
		return $columns;
	}
}
