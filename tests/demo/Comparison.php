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
		$this->unexpected = ParitySnapshot::differences( $twins->before, $rules->expected(), $plugin );
		$this->take_out_matters_of_order();
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

	/**
	 * D10: core takes posts in no particular order, and who comes first gets the slug without a number.
	 * Such slugs differ in nothing but their numbers, and are as a whole the same.
	 */
	private function take_out_matters_of_order(): void {
		$slugs = array();
		foreach ( $this->unexpected as $i => $difference ) {
			$found = preg_match( '/^posts \d+ post_name\n.*\n\s*expected "(.*)"\n\s*got\s+"(.*)"$/', $difference, $pair );
			if ( $found && self::without_numbers( $pair[1] ) === self::without_numbers( $pair[2] ) ) {
				$slugs['expected'][ $i ] = $pair[1];
				$slugs['got'][ $i ]      = $pair[2];
			}
		}
		$same = array_map( array( Fixture::class, 'sorted' ), $slugs );
		if ( $slugs && $same['expected'] === $same['got'] ) {
			$this->deviations['D10']['slug number'] = count( $slugs['got'] );
			$this->unexpected                       = array_values( array_diff_key( $this->unexpected, $slugs['got'] ) );
		}
	}

	/** `name__trashed-3` and `name-3__trashed` as `name`. */
	private static function without_numbers( string $slug ): string {
		return preg_replace( '/(-\d+)?(__trashed)?(-\d+)?$/', '', $slug );
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
