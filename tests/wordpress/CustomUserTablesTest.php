<?php
/**
 * Sites whose users live in tables of another name.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/Fixture.php';
require_once __DIR__ . '/ParityScenario.php';
require_once __DIR__ . '/ParitySnapshot.php';
require_once __DIR__ . '/ParityTest.php';

/**
 * CUSTOM_USER_TABLE and CUSTOM_USER_META_TABLE: several sites may share their users this way. The tables of the usual
 * names are there as well, with a user of the same id.
 */
final class CustomUserTablesTest extends TestCase {

	private const TABLES = array(
		'CUSTOM_USER_TABLE'      => 'people',
		'CUSTOM_USER_META_TABLE' => 'people_meta',
	);

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_users_go_from_the_tables_they_are_in( string $suite ): void {
		$site = Fixture::own( Site::install( $suite, Fixture::name( "people $suite" ), array( 'constants' => self::TABLES + array( 'WP_POST_REVISIONS' => false ) ) ) );
		$user = $site->run( __DIR__ . '/scripts/custom-tables.php', array(), array( 'time' => Fixture::SEEDED, 'user' => 1 ) );
		foreach ( array( 'wp_users' => 'people', 'wp_usermeta' => 'people_meta' ) as $usual => $custom ) {
			$site->database()->query( "CREATE TABLE IF NOT EXISTS `$usual` LIKE `$custom`" );
			$site->database()->query( "REPLACE INTO `$usual` SELECT * FROM `$custom`" );
		}
		$before = ParitySnapshot::of( $site );
		$states = array();
		foreach ( array( 'wp_delete_user', '\WpfDelete\delete_user' ) as $function ) {
			$copy    = Fixture::own( $site->copy( Fixture::name( 'people copy' ) ) );
			$by_core = 'wp_delete_user' === $function ? array( 'WP_PLUGIN_DIR' => $copy->path() . '/no-plugins' ) : array();
			$done    = $copy->with( $by_core )->run(
				__DIR__ . '/scripts/delete.php',
				array( 'function' => $function, 'user' => $user, 'reassign' => null, 'order' => false, 'lane' => '' ),
				array( 'time' => Fixture::DELETED, 'user' => 1 ) + ( $by_core ? array( 'extension' => false ) : array() )
			);
			self::assertTrue( $done['result'] );
			$states[] = ParitySnapshot::of( $copy, $before );
			$copy->drop();
		}
		ParityTest::assert_same_state( $before, ...$states );
		self::assertArrayNotHasKey( $user, $states[1]['people'] );
		self::assertNotContains( (string) $user, array_column( $states[1]['people_meta'], 'user_id' ) );
		self::assertSame( $before['users'], $states[1]['users'] );
		self::assertSame( $before['usermeta'], $states[1]['usermeta'] );
		$site->drop();
	}
}
