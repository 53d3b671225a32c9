<?php
/**
 * What the plugin left differently from core, and why.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

use ReflectionClass;
use WpfDelete\Tests\WordPress\Fixture;
use WpfDelete\Tests\WordPress\ParityDeviations;
use WpfDelete\Tests\WordPress\ParitySnapshot;

require_once dirname( __DIR__ ) . '/wordpress/ParityDeviations.php';

/**
 * Sorts all differences under the deviations that are documented, by the rules of the parity tests: they
 * turn what core left into what the plugin has to leave. What then still differs is unexpected.
 */
final class Comparison {

	/** What holds for this deletion: the trash is on, nobody is logged in, files are unlinked. */
	private const TRAITS = array( 'delete', 'trash', 'unlink', 'unprivileged' );

	/** @var array<string, array<string, int>> Numbers of objects by rule, by deviation. */
	private array $deviations = array();

	/** @var string[] */
	private array $unexpected = array();

	/**
	 * @param Twins $twins  What was deleted from.
	 * @param array $core   State that core left.
	 * @param array $plugin State that the plugin left.
	 */
	public function __construct( Twins $twins, array $core, array $plugin ) {
		$rules = new ParityDeviations( self::fixture( $twins ), self::TRAITS, $twins->before, $core );
		foreach ( $rules->notes() as $rule => $objects ) {
			list( $deviation, $what )                = explode( ' ', $rule, 2 ) + array( 1 => '' );
			$this->deviations[ $deviation ][ $what ] = count( $objects );
		}
		foreach ( ParitySnapshot::differences( $twins->before, $rules->expected(), $plugin ) as $difference ) {
			if ( self::is_a_matter_of_order( $difference ) ) {
				$this->deviations['D10']['slug number'] = 1 + ( $this->deviations['D10']['slug number'] ?? 0 );
			} else {
				$this->unexpected[] = $difference;
			}
		}
		ksort( $this->deviations, SORT_NATURAL );
	}

	/** @return array<string, array<string, int>> Numbers of objects by rule, by deviation. */
	public function deviations(): array {
		return $this->deviations;
	}

	/** @return string[] Differences that nothing explains. */
	public function unexpected(): array {
		return $this->unexpected;
	}

	/** Two slugs that only their numbers tell apart: core takes posts in no particular order. */
	private static function is_a_matter_of_order( string $difference ): bool {
		$found = preg_match( '/^posts \d+ post_name\n.*\n\s*expected "(.*)"\n\s*got\s+"(.*)"$/', $difference, $slugs );
		$plain = static fn( string $slug ) => preg_replace( '/(-\d+)?(__trashed)?(-\d+)?$/', '', $slug );
		return $found && $plain( $slugs[1] ) === $plain( $slugs[2] );
	}

	/** Jane's site as the rules want it described; the parity tests' own would be seeded by its constructor. */
	private static function fixture( Twins $twins ): Fixture {
		$fixture        = ( new ReflectionClass( Fixture::class ) )->newInstanceWithoutConstructor();
		$fixture->users = array( 'victim' => $twins->jane );
		foreach ( $twins->empty as $id => $slug ) {
			$fixture->posts[ "empty $id" ]   = $id;
			$fixture->refused[ "empty $id" ] = $slug;
		}
		return $fixture;
	}
}
