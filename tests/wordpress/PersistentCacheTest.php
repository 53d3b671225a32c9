<?php
/**
 * Is a persistent object cache as fresh as an empty one after a deletion?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Redis;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/CachesTest.php';
require_once dirname( __DIR__ ) . '/support/Redis.php';

/**
 * One process reads everything into a real Redis, another deletes the user, a third reads everything again. What it
 * reads must be what a process with an empty cache reads, and the deletion must not have emptied the cache.
 */
final class PersistentCacheTest extends TestCase {

	public static function deletions(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			foreach ( ParityScenario::has_extension() ? array( 'bulk', 'replay' ) : array( 'core' ) as $lane ) {
				yield "$suite, $lane" => array( $suite, $lane );
			}
		}
	}

	/**
	 * @dataProvider deletions
	 */
	public function test_no_read_is_stale( string $suite, string $lane ): void {
		$redis = new Redis();
		try {
			$site = Fixture::own( Site::install( $suite, Fixture::name( "$suite redis" ), array( 'constants' => array( 'WPF_REDIS_SOCKET' => $redis->socket() ) ) ) );
			copy( __DIR__ . '/scripts/plugin/late-type.php', $site->path() . '/wp-content/mu-plugins/late-type.php' );
			copy( dirname( __DIR__ ) . '/support/object-cache.php', $site->path() . '/wp-content/object-cache.php' );

			$ids    = $site->run( __DIR__ . '/scripts/plugin/prepare-caches.php', array(), array( 'extension' => false ) );
			$read   = static fn () => $site->run( __DIR__ . '/scripts/plugin/caches.php', array( 'ids' => $ids ) )['first'];
			$primed = $read();
			$redis->client()->set( 'somebody else', 'is here' );
			$done = $site->run( __DIR__ . '/scripts/persistent-delete.php', array( 'user' => $ids['victim'], 'lane' => $lane ) );
			self::assertTrue( $done );
			$warm = $read();
			self::assertSame( 'is here', $redis->client()->get( 'somebody else' ), 'The cache was flushed.' );
			$redis->client()->flushDb();
			$cold = $read();

			if ( ! ParityScenario::has_extension() ) {
				$cold = array_diff_key( $cold, array_flip( CachesTest::CORE_FORGETS ) );
				$warm = array_diff_key( $warm, array_flip( CachesTest::CORE_FORGETS ) );
			}
			$unchanged = array_filter( array_keys( $cold ), static fn ( $name ) => $primed[ $name ] == $cold[ $name ] );
			self::assertSame( array(), array_values( $unchanged ), 'The deletion does not change these, which then prove nothing.' );
			self::assertEquals( $cold, $warm );
			$site->drop();
		} finally {
			$redis->stop();
		}
	}
}
