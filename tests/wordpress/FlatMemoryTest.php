<?php
/**
 * Does a user with many posts need more memory than one with few, in lanes in which WordPress reads them?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * The bulk lane is measured by tests/phpt/memory.phpt and the benchmark.
 */
final class FlatMemoryTest extends JobsTestCase {

	/** Bytes; a post that stays in the cache takes 3,000, one with what core reads about it 12,000. */
	private const MORE = 1024 * 1024;

	public static function lanes(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield "$suite, replay" => array( $suite, 'replay', array( 300, 1200 ) );
			yield "$suite, core" => array( $suite, 'core', array( 50, 250 ) );
		}
	}

	/**
	 * @group native
	 * @dataProvider lanes
	 */
	public function test_posts_that_are_done_with_leave_nothing( string $suite, string $lane, array $sizes ): void {
		$this->begin( $suite );
		// The first one warms up.
		$users  = array_merge( $this->users( 1, $sizes[0] ), $this->users( 1, $sizes[0] ), $this->users( 1, $sizes[1] ) );
		$growth = $this->site->run( __DIR__ . '/scripts/jobs/memory.php', compact( 'users', 'lane' ) );
		self::assertSame( 0, $this->rows( 'users WHERE ID IN (' . implode( ', ', $users ) . ')' ) );
		self::assertLessThan( self::MORE, $growth[2] - $growth[1], implode( ', ', $growth ) );
	}
}
