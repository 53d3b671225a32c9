<?php
/**
 * Is everything as core would have left it when somebody listens, too?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/Fixture.php';
require_once __DIR__ . '/ParitySnapshot.php';
require_once __DIR__ . '/ParityScenario.php';
require_once __DIR__ . '/ParityDeviations.php';
require_once __DIR__ . '/ParityTest.php';

/**
 * The comparison of ParityTest with every post type in the replay lane: hooks are fired around the same SQL, so the
 * database must come out the same.
 */
final class LaneParityTest extends TestCase {

	public static function scenarios(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			foreach ( array( 'delete', 'erase', 'trash media' ) as $scenario ) {
				yield "$suite, $scenario" => array( $suite, $scenario );
			}
		}
	}

	/**
	 * @dataProvider scenarios
	 */
	public function test_the_replay_lane_leaves_what_the_bulk_lane_leaves( string $suite, string $name ): void {
		$scenario = ParityScenario::named( $suite, $name );
		$native   = $scenario->delete_by_plugin( 'replay', '\WpfDelete\delete_user', 'replay' );
		$expected = ParityScenario::has_extension() ? $scenario->deviations()->expected() : $scenario->core()['state'];

		self::assertTrue( $native['result'] );
		ParityTest::assert_same_state( $scenario->before, $expected, ParitySnapshot::of( $native['site'], $scenario->before ) );
		$native['site']->drop();
	}
}
