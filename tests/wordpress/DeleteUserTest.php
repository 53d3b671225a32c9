<?php
/**
 * Does \WpfDelete\delete_user() keep its word when it is asked nonsense, and when the extension cannot reach the database?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';

/**
 * What is wrong is wrong for the extension's connection only, so that without the extension everything goes well.
 */
final class DeleteUserTest extends TestCase {

	private const DELETE = '\WpfDelete\delete_user';

	/** @var array<string, Site> By suite. */
	private static array $sites = array();

	public static function suites(): iterable {
		return TriggersTest::suites();
	}

	/**
	 * @dataProvider suites
	 */
	public function test_nonsense_changes_nothing( string $suite ): void {
		$site  = self::site( $suite );
		$id    = self::member( $site, 'not-asked-for' );
		$calls = array();
		foreach ( array( 99999, 0, -1, -$id, 2.5, (float) $id, '2.5', "$id.0", " $id", "$id ", "0$id", "{$id}abc", '', array(), array( $id ), true, false, null, '9223372036854775808', '18446744073709551617', PHP_INT_MAX, PHP_INT_MIN, 1e30, INF, NAN ) as $nobody ) {
			$calls[] = array( self::DELETE, $nobody );
		}
		$users = count( $calls );
		foreach ( array( 99999, $id, (string) $id, 0, '', '0', false, true, -1, array(), array( 1 ), 1.0, '1.5', 'admin', PHP_INT_MAX, '9223372036854775808' ) as $heir ) {
			$calls[] = array( self::DELETE, $id, $heir );
		}
		$before = $site->snapshot();
		$run    = $site->run( __DIR__ . '/scripts/plugin/delete-users.php', array( 'calls' => $calls ) );

		self::assertSame( array_fill( 0, count( $calls ), false ), $run['results'] );
		self::assertSame( array(), $run['hooks'] );
		self::assertSame(
			array_merge( array_fill( 0, $users, 'wpf_delete_invalid_user' ), array_fill( 0, count( $calls ) - $users, 'wpf_delete_invalid_reassign' ) ),
			array_column( $run['failed'], 1 )
		);
		// Nobody is told that a deletion of somebody failed who was never asked for.
		self::assertNotContains( $id, array_column( array_slice( $run['failed'], 6, $users - 6 ), 0 ) );
		self::assertNotContains( 2, array_column( array_slice( $run['failed'], 0, $users ), 0 ) );
		self::assertEquals( $before, $site->snapshot() );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_what_is_asked_for_is_done( string $suite ): void {
		$site  = self::site( $suite );
		$first = self::member( $site, 'by-int' );
		$users = array( 'by-int' => $first, 'by-digits' => self::member( $site, 'by-digits' ), 'by-novalue' => self::member( $site, 'by-novalue' ) );
		$run   = $site->run(
			__DIR__ . '/scripts/plugin/delete-users.php',
			array(
				'calls'   => array(
					array( self::DELETE, $first ),
					array( self::DELETE, (string) $users['by-digits'], null ),
					array( self::DELETE, $users['by-novalue'], 'novalue' ),
				),
				// Core's wp_delete_link() is in there.
				'without' => array( 'bookmark' ),
			)
		);
		self::assertSame( array( true, true, true ), $run['results'] );
		self::assertSame( array(), $run['failed'] );
		$hooks = array();
		foreach ( $users as $login => $id ) {
			array_push( $hooks, array( 'delete_user', $id, null, "WP_User $id" ), array( 'deleted_user', $id, null, "WP_User $id" ) );
			TriggersTest::assert_gone( $site, $id, $login );
		}
		self::assertSame( $hooks, $run['hooks'] );

		$id  = self::member( $site, 'inherited' );
		$run = $site->run( __DIR__ . '/scripts/plugin/delete-users.php', array( 'calls' => array( array( self::DELETE, $id, '1' ) ) ) );
		self::assertSame( array( array( 'delete_user', $id, 1, "WP_User $id" ), array( 'deleted_user', $id, 1, "WP_User $id" ) ), $run['hooks'] );
		self::assertSame( '6', self::rows( $site, "posts WHERE post_author = 1 AND post_title LIKE '%of inherited'" ) );
		self::assertSame( '1', self::rows( $site, "links WHERE link_owner = 1 AND link_name = 'link of inherited'" ) );
		TriggersTest::assert_gone( $site, $id, 'nobody', 0 );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_without_a_way_to_the_database_core_does_it( string $suite ): void {
		$site = self::site( $suite );
		$ways = array(
			'password' => array( 'only_extension' => array( 'dbpassword' => 'correct horse' ) ),
			'account'  => array( 'only_extension' => array( 'dbuser' => 'nobody' ) ),
			'socket'   => array( 'only_extension' => array( 'dbhost' => 'localhost:/nonexistent/socket' ) ),
			'host'     => array( 'only_extension' => array( 'dbhost' => '127.0.0.1:1' ) ),
			'nonsense' => array( 'only_extension' => array( 'dbhost' => "a\0b" ) ),
			'database' => array( 'only_extension' => array( 'dbname' => 'mysql' ) ),
			'filter'   => array( 'native' => false ),
			'myisam'   => array(),
			'begun'    => array( 'transaction' => true ),
		);
		foreach ( $ways as $login => $way ) {
			$id = self::member( $site, $login );
			if ( 'myisam' === $login ) {
				$site->database()->query( 'ALTER TABLE wp_posts ENGINE=MyISAM' );
			}
			$run = $site->run( __DIR__ . '/scripts/plugin/delete-users.php', $way + array( 'calls' => array( array( self::DELETE, $id ) ) ), array( 'ini' => array( 'zend.exception_ignore_args' => '0' ) ) );
			$site->database()->query( 'ALTER TABLE wp_posts ENGINE=InnoDB' );

			self::assertSame( array( true ), $run['results'], $login );
			self::assertSame( array(), $run['failed'], "Of $login, who is gone." );
			self::assertSame( array( array( 'delete_user', $id, null, "WP_User $id" ), array( 'deleted_user', $id, null, "WP_User $id" ) ), $run['hooks'], $login );
			self::assertLessThan( 5, $run['seconds'], $login );
			TriggersTest::assert_gone( $site, $id, $login );
		}
		self::assert_no_secret( (string) @file_get_contents( $site->path() . '/debug.log' ) );
	}

	/**
	 * The account of the extension may not delete comments: the first batch fails, after the attachments went.
	 *
	 * @dataProvider suites
	 */
	public function test_an_account_that_may_not_delete_everything( string $suite ): void {
		$site     = self::site( $suite );
		$id       = self::member( $site, 'half' );
		$name     = $site->database()->query( 'SELECT DATABASE()' )->fetch_row()[0];
		$socket   = $site->database()->query( 'SELECT @@socket' )->fetch_row()[0];
		$database = new \mysqli( 'localhost', 'root', '', '', 0, $socket );
		// Several runs may share the server.
		$account = 'half_' . getmypid();
		$database->query( "CREATE OR REPLACE USER '$account'@'localhost' IDENTIFIED BY 'half secret'" );
		$database->query( "GRANT SELECT, INSERT, UPDATE ON `$name`.* TO '$account'@'localhost'" );
		foreach ( array( 'posts', 'postmeta', 'commentmeta', 'term_relationships', 'users', 'usermeta', 'links' ) as $table ) {
			$database->query( "GRANT DELETE ON `$name`.`wp_$table` TO '$account'@'localhost'" );
		}
		$arguments = array(
			'calls'  => array( array( self::DELETE, $id ) ),
			'visits' => array( $id ),
		);
		$settings  = array( 'dbuser' => $account, 'dbpassword' => 'half secret' );
		$first     = $site->run( __DIR__ . '/scripts/plugin/delete-users.php', $arguments + array( 'only_extension' => $settings ), array( 'ini' => array( 'zend.exception_ignore_args' => '0' ) ) );
		$database->query( "DROP USER '$account'@'localhost'" );
		self::assert_no_secret( $first['secrets'] );

		self::assertSame( array( ! ParityScenario::has_extension() ), $first['results'] );
		if ( ParityScenario::has_extension() ) {
			self::assert_is_pending( $site, $id, 'half' );
			self::assertSame( array( array( $id, 'wpf_delete_schema' ) ), array_map( static fn ( $failure ) => array_slice( $failure, 0, 2 ), $first['failed'] ) );
			self::assertSame( '2', self::rows( $site, "posts WHERE post_author = $id AND post_type = 'post' AND post_status = 'publish'" ) );
		}
		$second = $site->run( __DIR__ . '/scripts/plugin/delete-users.php', array( 'calls' => array( array( self::DELETE, $id ) ) ) );
		self::assertSame( array( ParityScenario::has_extension() ), $second['results'] );
		self::assertSame( array( array( 'delete_user', $id, null, "WP_User $id" ), array( 'deleted_user', $id, null, "WP_User $id" ) ), array_merge( $first['hooks'], $second['hooks'] ) );
		TriggersTest::assert_gone( $site, $id, 'half' );
	}

	/** The user is there, is marked, is nowhere logged in, and stays out. */
	public static function assert_is_pending( Site $site, int $id, string $login ): void {
		self::assertSame( array( $id ), TriggersTest::remaining( $site, array( $id ) ) );
		self::assertSame( '1', self::rows( $site, "usermeta WHERE user_id = $id AND meta_key = '_wpf_delete_job'" ) );
		self::assertSame( '0', self::rows( $site, "usermeta WHERE user_id = $id AND meta_key = 'session_tokens'" ) );
		self::assertSame( '0', self::rows( $site, "usermeta WHERE user_id = $id AND meta_key = '_application_passwords' AND meta_value LIKE '%phone%'" ) );
		self::assertSame(
			array( $login => 'wpf_delete_pending', 'admin' => 1 ),
			$site->run( __DIR__ . '/scripts/plugin/authenticate.php', array( 'logins' => array( $login, 'admin' ) ) )
		);
	}

	/** No password and no SQL. */
	public static function assert_no_secret( string $text ): void {
		foreach ( array( 'correct horse', 'half secret', "pass' word", 'pass\\\' word' ) as $password ) {
			self::assertStringNotContainsString( $password, $text );
		}
		self::assertDoesNotMatchRegularExpression( '/\b(SELECT|UPDATE|INSERT|DELETE|CALL)\b[^\n]*\b(FROM|INTO|SET|WHERE)\b/', $text );
	}

	/** The suite's site. */
	private static function site( string $suite ): Site {
		self::$sites[ $suite ] ??= Fixture::own( TriggersTest::site( $suite )->copy( Fixture::name( "$suite delete" ) ) );
		return self::$sites[ $suite ];
	}

	private static function member( Site $site, string $login ): int {
		return TriggersTest::members( $site, array( $login => 'author' ) )[ $login ];
	}

	private static function rows( Site $site, string $what ): string {
		return $site->database()->query( "SELECT COUNT(*) FROM wp_$what" )->fetch_row()[0];
	}
}
