<?php
/**
 * All jobs.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use InvalidArgumentException;

/** What can be measured, and what was asked for. */
final class Jobs {

	/** Posts of the author that core and the core lane are tried on. */
	private const SAMPLE = 1000;

	private const WAYS = array(
		'purge'    => array( 'floor', 'batches', 'pt-archiver', 'bulk', 'replay', 'core-lane', 'core' ),
		'trash'    => array( 'floor', 'bulk', 'replay', 'core-lane', 'core' ),
		'reassign' => array( 'floor', 'bulk', 'core' ),
	);

	/**
	 * The jobs that were asked for, in their order here.
	 *
	 * @return Job[]
	 * @throws InvalidArgumentException When there is no such job.
	 */
	public static function chosen( Options $options, Authors $authors ): array {
		$jobs = array();
		foreach ( self::WAYS as $mode => $ways ) {
			foreach ( $ways as $way ) {
				$job                = new Job( $mode, $way, self::authors( $way, $options, $authors ) );
				$jobs[ $job->name ] = $job;
			}
		}
		$unknown = array_diff( $options->jobs, array_keys( $jobs ) );
		if ( $unknown ) {
			throw new InvalidArgumentException( 'There is no job ' . implode( ', ', $unknown ) . '. There are: ' . implode( ', ', array_keys( $jobs ) ) . '.' );
		}
		return $options->jobs ? array_intersect_key( $jobs, array_flip( $options->jobs ) ) : $jobs;
	}

	/** @return array<int, int> */
	private static function authors( string $way, Options $options, Authors $authors ): array {
		if ( in_array( $way, array( 'core', 'core-lane' ), true ) ) {
			return array( $authors->curve()[ self::SAMPLE ] => self::SAMPLE );
		}
		return array( $authors->big() => $options->posts );
	}
}
