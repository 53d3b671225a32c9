<?php
/**
 * Is what WordPress remembers in the process that deleted a user as fresh as what another process reads?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';

/**
 * Everything is read so that it is cached, the user is deleted, everything is read again, and once more in a new process.
 */
final class CachesTest extends TestCase {

	/** What core forgets when it deletes a user itself (D8, D5), so that its reads are stale in the same process. */
	public const CORE_FORGETS = array( 'attached', 'count of late', 'count of attachments', 'last post', 'last change', 'logo' );

	public static function deletions(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			foreach ( array( '\WpfDelete\delete_user', 'wp_delete_user' ) as $function ) {
				yield "$suite, $function" => array( $suite, $function );
			}
		}
	}

	/**
	 * @dataProvider deletions
	 */
	public function test_reads_are_fresh( string $suite, string $function ): void {
		$site = Fixture::own( Site::install( $suite, Fixture::name( "$suite caches" ) ) );
		copy( __DIR__ . '/scripts/plugin/late-type.php', $site->path() . '/wp-content/mu-plugins/late-type.php' );
		$ids   = $site->run( __DIR__ . '/scripts/plugin/prepare-caches.php', array(), array( 'extension' => false ) );
		$same  = $site->run( __DIR__ . '/scripts/plugin/caches.php', array( 'ids' => $ids, 'function' => $function ) );
		$fresh = $site->run( __DIR__ . '/scripts/plugin/caches.php', array( 'ids' => $ids ) )['first'];

		if ( ! ParityScenario::has_extension() ) {
			$fresh          = array_diff_key( $fresh, array_flip( self::CORE_FORGETS ) );
			$same['second'] = array_diff_key( $same['second'], array_flip( self::CORE_FORGETS ) );
		}
		$unchanged = array_filter( array_keys( $fresh ), static fn ( $name ) => $same['first'][ $name ] == $fresh[ $name ] );
		self::assertSame( array(), array_values( $unchanged ), 'The deletion does not change these, which then prove nothing.' );
		self::assertEquals( $fresh, $same['second'] );
		$site->drop();
	}
}
