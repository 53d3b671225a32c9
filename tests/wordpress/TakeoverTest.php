<?php
/**
 * Does wp_delete_user(), called by anybody, leave the right things to the extension, and all else to core?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';

/**
 * The function is called from a script, as the Users screen, REST and other plugins do.
 */
final class TakeoverTest extends TestCase {

	/** @var array<string, Site> By suite. */
	private static array $sites = array();

	public static function suites(): iterable {
		return TriggersTest::suites();
	}

	/**
	 * Two users in one process, then one who is left to core, then one more: nothing of one deletion shows in the next.
	 *
	 * @dataProvider suites
	 */
	public function test_several_in_one_process( string $suite ): void {
		$site  = self::site( $suite );
		$users = TriggersTest::members( $site, array_fill_keys( array( 'one', 'two', 'vetoed', 'three', 'stays' ), 'author' ) );
		$stays = array_pop( $users );
		$run   = self::delete( $site, array_map( static fn ( $id ) => array( 'wp_delete_user', $id ), array_values( $users ) ), array( 'veto' => array( $users['vetoed'] ) ) );

		self::assertSame( array( true, true, true, true ), $run['results'] );
		self::assertSame( array(), $run['failed'] );
		self::assertSame( self::hooks( $users ), $run['hooks'] );
		foreach ( $users as $login => $id ) {
			TriggersTest::assert_gone( $site, $id, $login );
			// Core's own loop is left nothing where the extension has served; the filter is asked twice then.
			$types  = $run['types'][ $id ];
			$native = ParityScenario::has_extension() && 'vetoed' !== $login;
			self::assertSame( $native ? 2 : 1, count( $types ), $login );
			self::assertContains( 'late', $types[0] );
			self::assertSame( $native ? array( 'none, and no type is this long' ) : $types[0], end( $types ), $login );
		}
		// Somebody who asks about another user meanwhile is told the truth.
		self::assertContains( 'post', $run['types_of_others'] );
		self::assertSame( array( $stays ), TriggersTest::remaining( $site, array( $stays ) ) );
		self::assertSame( '4', self::rows( $site, "posts WHERE post_author = $stays AND post_status = 'publish'" ) );
		self::assertSame( '0', self::rows( $site, "usermeta WHERE meta_key = '_wpf_delete_job'" ) );
	}

	/**
	 * The extension cannot see what is not committed, and would wait for its locks.
	 *
	 * @dataProvider suites
	 */
	public function test_inside_a_transaction_core_does_it_at_once( string $suite ): void {
		$site = self::site( $suite );
		foreach ( array( 'wp_delete_user', '\WpfDelete\delete_user' ) as $number => $function ) {
			$users = TriggersTest::members( $site, array( "begun-$number" => 'author', "after-$number" => 'author' ) );
			$run   = self::delete( $site, array( array( $function, $users[ "begun-$number" ] ) ), array( 'transaction' => true ) );
			self::assertSame( array( true ), $run['results'] );
			self::assertLessThan( 5, $run['seconds'], 'The extension has waited for a lock.' );
			self::assertSame( self::hooks( array( $users[ "begun-$number" ] ) ), $run['hooks'] );
			TriggersTest::assert_gone( $site, $users[ "begun-$number" ], "begun-$number" );

			// The same in a process whose transaction is over.
			$run = self::delete( $site, array( array( $function, $users[ "after-$number" ] ) ) );
			self::assertSame( array( true ), $run['results'] );
			TriggersTest::assert_gone( $site, $users[ "after-$number" ], "after-$number" );
		}
		self::assertSame( '0', self::rows( $site, "usermeta WHERE meta_key = '_wpf_delete_job'" ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_one_deletion_inside_another( string $suite ): void {
		$site  = self::site( $suite );
		$cases = array(
			array( 'wp_delete_user', 'wp_delete_user' ),
			array( 'wp_delete_user', '\WpfDelete\delete_user' ),
			array( '\WpfDelete\delete_user', 'wp_delete_user' ),
			array( '\WpfDelete\delete_user', '\WpfDelete\delete_user' ),
		);
		foreach ( $cases as $number => list( $outer, $inner ) ) {
			$users        = TriggersTest::members( $site, array( "outer-$number" => 'author', "inner-$number" => 'author' ) );
			list( $a, $b ) = array_values( $users );
			$run          = self::delete( $site, array( array( $outer, $a ) ), array( 'within' => array( $a => array( array( $inner, $b ) ) ) ) );
			self::assertSame( array( true ), $run['results'] );
			list( list( $begun, $ended ), $nested ) = array( self::hooks( array( $a ) ), self::hooks( array( $b ) ) );
			self::assertSame( array( $begun, ...$nested, $ended ), $run['hooks'], "$inner inside $outer" );
			foreach ( $users as $login => $id ) {
				TriggersTest::assert_gone( $site, $id, $login );
			}
		}
	}

	/**
	 * On a network a user who was taken off the site may come back and be taken off again, in one process.
	 *
	 * @dataProvider suites
	 */
	public function test_a_member_who_comes_back( string $suite ): void {
		$site   = Fixture::own( Site::install( $suite, Fixture::name( "$suite back" ), array( 'multisite' => true ) ) );
		$id     = TriggersTest::members( $site, array( 'back' => 'author' ) )['back'];
		$status = "posts WHERE post_author = $id AND post_title = 'page 2 of back' AND post_status";
		$page   = (int) $site->database()->query( "SELECT ID FROM wp_posts WHERE post_title = 'page 2 of back'" )->fetch_row()[0];
		$calls  = array(
			array( 'wp_delete_user', $id ),
			array( 'add_user_to_blog', 1, $id, 'author' ),
			array( 'wp_publish_post', $page ),
		);
		$site->database()->query( 'UPDATE wp_links SET link_owner = 0' );
		self::delete( $site, $calls );
		self::assertSame( '1', self::rows( $site, "$status = 'publish'" ) );
		self::delete( $site, array( ...$calls, $calls[0] ) );
		self::assertSame( '1', self::rows( $site, "$status = 'trash'" ) );
		self::assertSame( '0', self::rows( $site, "usermeta WHERE user_id = $id AND meta_key IN ( '_wpf_delete_job', 'wp_capabilities' )" ) );
		$site->drop();
	}

	/**
	 * Heirs that core takes without asking who they are: the plugin must not know better in core's function.
	 *
	 * @dataProvider suites
	 */
	public function test_heirs_are_as_in_core( string $suite ): void {
		$plugin = self::site( $suite )->copy( Fixture::name( "$suite heirs" ) );
		$heirs  = array( 'real' => 1, 'digits' => '1', 'nobody' => 0, 'false' => false, 'empty' => '', 'missing' => 99999, 'below' => -1, 'true' => true, 'text' => 'admin', 'fraction' => 1.5 );
		$users  = TriggersTest::members( Fixture::own( $plugin ), array_fill_keys( array( ...array_keys( $heirs ), 'self' ), 'author' ) );
		$core   = Fixture::own( $plugin->copy( Fixture::name( "$suite core" ) ) );
		$before = ParitySnapshot::of( $core );
		$calls  = array( array( 'wp_delete_user', $users['self'], $users['self'] ) );
		foreach ( $heirs as $login => $heir ) {
			$calls[] = array( 'wp_delete_user', $users[ $login ], $heir );
		}
		$time = array( 'time' => '2026-12-31 12:00:00' );
		$run  = self::delete( $plugin, $calls, array(), $time );
		self::assertSame( array_fill( 0, count( $calls ), true ), $run['results'] );

		$alone = self::delete( $core->with( array( 'WP_PLUGIN_DIR' => $core->path() . '/no-plugins' ) ), $calls, array(), $time + array( 'extension' => false ) );
		self::assertSame( $alone['hooks'], $run['hooks'] );
		ParityTest::assert_same_state( $before, ParitySnapshot::of( $core, $before ), ParitySnapshot::of( $plugin, $before ) );
		self::assertSame( '12', self::rows( $plugin, "posts WHERE post_author = 1 AND post_title REGEXP 'of (real|digits)$'" ) );
		self::assertSame( array(), TriggersTest::remaining( $plugin, $users ) );
		$plugin->drop();
		$core->drop();
	}

	/** Calls in one process. */
	private static function delete( Site $site, array $calls, array $arguments = array(), array $options = array() ): array {
		return $site->run( __DIR__ . '/scripts/plugin/delete-users.php', array( 'calls' => $calls ) + $arguments, $options );
	}

	/** The suite's site. */
	private static function site( string $suite ): Site {
		self::$sites[ $suite ] ??= Fixture::own( TriggersTest::site( $suite )->copy( Fixture::name( "$suite takeover" ) ) );
		return self::$sites[ $suite ];
	}

	/** What the two hooks are to be called with. */
	private static function hooks( array $ids ): array {
		$hooks = array();
		foreach ( $ids as $id ) {
			array_push( $hooks, array( 'delete_user', $id, null, "WP_User $id" ), array( 'deleted_user', $id, null, "WP_User $id" ) );
		}
		return $hooks;
	}

	private static function rows( Site $site, string $what ): string {
		return $site->database()->query( "SELECT COUNT(*) FROM wp_$what" )->fetch_row()[0];
	}
}
