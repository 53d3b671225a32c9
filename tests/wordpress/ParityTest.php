<?php
/**
 * After a deletion, is everything as core would have left it?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/Fixture.php';
require_once __DIR__ . '/ParitySnapshot.php';
require_once __DIR__ . '/ParityScenario.php';
require_once __DIR__ . '/ParityDeviations.php';

/**
 * Two copies of one site: core deletes the user on one, the plugin on the other. Every row of every table and every
 * uploaded file must then be the same, but for what ParityDeviations says. Without the extension nothing may differ.
 */
final class ParityTest extends TestCase {

	public static function deletions(): iterable {
		foreach ( self::suites() as $suite ) {
			foreach ( ParityScenario::names() as $scenario ) {
				foreach ( array( '\WpfDelete\delete_user', 'wp_delete_user' ) as $function ) {
					yield "$suite, $scenario, $function" => array( $suite, $scenario, $function );
				}
			}
		}
	}

	/**
	 * @dataProvider deletions
	 */
	public function test_leaves_what_core_leaves( string $suite, string $name, string $function ): void {
		$scenario = ParityScenario::named( $suite, $name );
		$core     = $scenario->core();
		$native   = $scenario->delete_by_plugin( 'native', $function );

		self::assertSame( $core['result'], $native['result'] );
		self::assertSame( array( 'delete_user', 'deleted_user' ), array_column( $core['hooks'], 0 ) );
		self::assertSame( $core['hooks'], $native['hooks'] );
		self::assertFileExists( $native['site']->path() . '/escaped.txt', 'A file outside of the uploads was deleted.' );

		if ( ParityScenario::has_extension() ) {
			self::assertEquals( $scenario->proofs(), $scenario->deviations()->notes() );
		}
		$expected = ParityScenario::has_extension() ? $scenario->deviations()->expected() : $core['state'];
		self::assert_same_state( $scenario->before, $expected, ParitySnapshot::of( $native['site'], $scenario->before ) );
		$native['site']->drop();
	}

	/** Fails with the first differences between two states. */
	public static function assert_same_state( array $before, array $expected, array $got ): void {
		$differences = ParitySnapshot::differences( $before, $expected, $got );
		self::assertCount( 0, $differences, "The first differences:\n" . implode( "\n", array_slice( $differences, 0, 20 ) ) . "\n" );
	}

	/** @return string[] */
	public static function suites(): array {
		return explode( ' ', getenv( 'WPF_SUITES' ) ?: 'bookworm trixie sid' );
	}
}
