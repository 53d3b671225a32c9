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

	/** Posts of the author on whom ways are tried that take as long as core. */
	public const SAMPLE = 1000;

	/** By what they are compared in. */
	private const WAYS = array(
		'purge'    => array( 'floor', 'batches', 'pt-archiver', 'bulk', 'replay', 'core-lane', 'core' ),
		'trash'    => array( 'floor', 'batches', 'bulk', 'replay', 'core-lane', 'core' ),
		'reassign' => array( 'floor', 'batches', 'bulk', 'core' ),
		'curve'    => array( 'floor', 'bulk', 'core' ),
		'small'    => array( 'bulk', 'core' ),
	);

	/** What they do when their group does not say it: small users go as they do on most sites. */
	private const MODES = array(
		'curve' => 'purge',
		'small' => 'trash',
	);

	/**
	 * The jobs that were asked for, in their order here.
	 *
	 * @return Job[]
	 * @throws InvalidArgumentException When there is no such job.
	 */
	public static function chosen( Options $options, Authors $authors ): array {
		$unknown = array_diff( $options->jobs, self::names() );
		if ( $unknown ) {
			throw new InvalidArgumentException( 'There is no job ' . implode( ', ', $unknown ) . '. There are: ' . implode( ', ', self::names() ) . '.' );
		}
		$jobs = array();
		foreach ( $options->jobs ? array_intersect( self::names(), $options->jobs ) : self::names() as $name ) {
			list( $group, $way ) = explode( ':', $name );
			$jobs[]              = new Job( $group, self::MODES[ $group ] ?? $group, $way, self::authors( $group, in_array( $way, Job::BY_CORE, true ), $authors ) );
		}
		return $jobs;
	}

	/** @return string[] Names of all groups. */
	public static function groups(): array {
		return array_keys( self::WAYS );
	}

	/** @return string[] Names of all jobs. */
	public static function names(): array {
		$names = array();
		foreach ( self::WAYS as $group => $ways ) {
			foreach ( $ways as $way ) {
				$names[] = "$group:$way";
			}
		}
		return $names;
	}

	/** @return array<int, int> Posts of who goes, by id. */
	private static function authors( string $group, bool $by_core, Authors $authors ): array {
		$posts = $authors->posts();
		if ( 'small' === $group ) {
			$ids = array_merge( $authors->small( 0 ), $authors->small( 10 ) );
		} elseif ( 'curve' === $group ) {
			// The sample is a point of the curve, too, but is measured in the group `purge`.
			$ids = array_filter( $authors->curve(), static fn( $size ) => ! $by_core || $size < self::SAMPLE, ARRAY_FILTER_USE_KEY );
		} else {
			$ids = array( $by_core ? $authors->curve()[ self::SAMPLE ] : $authors->big() );
		}
		return array_intersect_key( $posts, array_flip( $ids ) );
	}
}
