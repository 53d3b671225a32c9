<?php
/**
 * What the demo has to say.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/** Prints figures and differences. */
final class Report {

	/** The deviations of the design's section 5, in short. */
	private const DEVIATIONS = array(
		'D1'  => 'trashing does not save the post once more',
		'D2'  => 'what restores a post stays when its revision goes',
		'D3'  => 'empty posts are trashed too',
		'D4'  => 'no event is left to publish what is gone',
		'D5'  => 'logo and icon do not point at what is gone',
		'D6'  => 'files stay that others use',
		'D7'  => 'a retry does not delete what was trashed',
		'D8'  => 'forgotten caches are cleared',
		'D9'  => 'what was written meanwhile goes too',
		'D10' => 'posts are taken in a fixed order',
	);

	private const SHOWN = 20;

	/**
	 * Prints everything.
	 *
	 * @param Twins      $twins      What was deleted from.
	 * @param array      $core       Outcome of core's deletion.
	 * @param array      $plugin     Outcome of the plugin's.
	 * @param Comparison $comparison Their differences.
	 */
	public static function print( Twins $twins, array $core, array $plugin, Comparison $comparison ): void {
		printf( "\nJane is deleted from WordPress %s, with %s published posts and %s of other kinds.\n\n", $twins->wordpress(), number_format( $twins->options->posts ), number_format( count( $twins->posts_of_jane() ) - $twins->options->posts ) );
		self::line( array( '', 'seconds', 'queries', 'rows changed', 'posts' ) );
		foreach ( array( 'core' => $core, 'plugin' => $plugin ) as $name => $figures ) {
			self::line( array( $name, number_format( $figures['seconds'], 2 ), ...array_map( 'number_format', array( $figures['queries'], $figures['rows'], $figures['posts'] ) ) ) );
		}
		self::line( array( 'ratio', ...array_map( static fn( $what ) => number_format( $core[ $what ] / max( $plugin[ $what ], 1e-9 ), 1 ) . ' x', array( 'seconds', 'queries', 'rows', 'posts' ) ) ) );

		$rows = array();
		foreach ( $core['state'] as $table => $of_core ) {
			$rows[ $table ] = count( $of_core + $plugin['state'][ $table ] );
		}
		$files = $rows['files'];
		unset( $rows['files'] );
		printf( "\nCompared one by one: %s rows in %d tables, and %d files.\n", number_format( array_sum( $rows ) ), count( $rows ), $files );
		echo "\nDifferent on purpose (see README.md):\n";
		foreach ( $comparison->deviations() as $deviation => $rules ) {
			$counts = array();
			foreach ( $rules as $rule => $count ) {
				$counts[] = trim( "$rule " . number_format( $count ) );
			}
			printf( "  %-4s %-52s %s\n", $deviation, self::DEVIATIONS[ $deviation ], implode( ', ', $counts ) );
		}
		if ( ! $comparison->deviations() ) {
			echo "  none\n";
		}

		$unexpected = $comparison->unexpected();
		if ( ! $unexpected ) {
			echo "\nAny other difference: none\n";
			return;
		}
		printf( "\nUNEXPECTED differences: %s. The first:\n", number_format( count( $unexpected ) ) );
		echo implode( "\n", array_slice( $unexpected, 0, self::SHOWN ) ) . "\n";
	}

	/** One line of the table. */
	private static function line( array $cells ): void {
		vprintf( "%-8s %10s %10s %14s %8s\n", $cells );
	}
}
