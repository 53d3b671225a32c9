<?php
/**
 * Is a deletion that stopped half-way finished by asking again, without doing harm to what it had done?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use mysqli;
use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/DeleteUserTest.php';

/**
 * A trigger in the database refuses to have one post trashed, in the second batch; the connection of WordPress itself is
 * spared, so that without the extension the first attempt is also the last.
 */
final class InterruptedTest extends TestCase {

	private const DELETE = '\WpfDelete\delete_user';

	/** The extension's first two batches are 300 together, see delete-users.php. */
	private const POSTS  = 305;
	private const MARKED = 303;

	/** In the refusal's own text, which repeats values. */
	private const SECRET = 'the text of the server';

	/** How the second attempt is made. Users are named by it. */
	private const SECOND_ATTEMPTS = array(
		'again'           => array( self::DELETE, array() ),
		'by-hand'         => array( 'wp_delete_user', array() ),
		'off-again'       => array( self::DELETE, array( 'native' => false ) ),
		'off-by-hand'     => array( 'wp_delete_user', array( 'native' => false ) ),
		'unreach-by-hand' => array( 'wp_delete_user', array( 'only_extension' => array( 'dbpassword' => 'correct horse' ) ) ),
	);

	public static function suites(): iterable {
		return TriggersTest::suites();
	}

	/**
	 * @dataProvider suites
	 */
	public function test_asking_again_finishes_it( string $suite ): void {
		$site  = $this->site( $suite );
		$users = TriggersTest::members( $site, array_fill_keys( array_keys( self::SECOND_ATTEMPTS ), 'author' ) );
		$this->fill( $site, $users );
		$firsts = array();
		foreach ( $users as $login => $id ) {
			$firsts[ $login ] = self::delete( $site, array( self::DELETE, $id ), array( 'visits' => array( $id ) ) );
			if ( ! ParityScenario::has_extension() ) {
				self::assertSame( array( true ), $firsts[ $login ]['results'] );
				continue;
			}
			self::assertSame( array( false ), $firsts[ $login ]['results'] );
			self::assertSame( array( array( 'delete_user', $id, null, "WP_User $id" ) ), $firsts[ $login ]['hooks'] );
			self::assertSame( array( array( $id, 'wpf_delete_query' ) ), array_map( static fn ( $failure ) => array_slice( $failure, 0, 2 ), $firsts[ $login ]['failed'] ) );
			self::assertSame( '300', self::rows( $site, "posts WHERE post_author = $id AND post_status = 'trash'" ) );
			DeleteUserTest::assert_is_pending( $site, $id, $login );
			DeleteUserTest::assert_no_secret( $firsts[ $login ]['secrets'] );
			self::assertStringNotContainsString( self::SECRET, $firsts[ $login ]['secrets'] );
		}
		$site->database()->query( 'DROP TRIGGER refuse' );
		$site->database()->query( 'DROP TABLE spared' );

		foreach ( $users as $login => $id ) {
			list( $function, $options ) = self::SECOND_ATTEMPTS[ $login ];

			$second = self::delete( $site, array( $function, $id ), $options );
			self::assertSame( array( ParityScenario::has_extension() ), $second['results'], $login );
			$hooks = array( array( 'delete_user', $id, null, "WP_User $id" ), array( 'deleted_user', $id, null, "WP_User $id" ) );
			if ( self::DELETE !== $function && ParityScenario::has_extension() ) {
				// Core fires it, whatever was before.
				array_unshift( $hooks, $hooks[0] );
			}
			self::assertSame( $hooks, array_merge( $firsts[ $login ]['hooks'], $second['hooks'] ), $login );
			self::assert_all_in_the_trash( $site, $id, $login );
		}
		self::assertSame( array(), $this->sticky( $site ) );
		self::assertStringNotContainsString( self::SECRET, (string) @file_get_contents( $site->path() . '/debug.log' ) );
		$site->drop();
	}

	/**
	 * Core is in the middle of its own deletion and goes on whatever happens.
	 *
	 * @dataProvider suites
	 */
	public function test_a_take_over_that_fails_is_finished_by_core( string $suite ): void {
		$site  = $this->site( $suite );
		$users = TriggersTest::members( $site, array( 'users-screen' => 'author' ) );
		$this->fill( $site, $users );
		$id  = $users['users-screen'];
		$run = self::delete( $site, array( 'wp_delete_user', $id ) );
		self::assertSame( array( true ), $run['results'] );
		self::assertSame( array( array( 'delete_user', $id, null, "WP_User $id" ), array( 'deleted_user', $id, null, "WP_User $id" ) ), $run['hooks'] );
		self::assertSame( ParityScenario::has_extension() ? array( 'wpf_delete_query' ) : array(), array_column( $run['failed'], 1 ) );
		self::assert_all_in_the_trash( $site, $id, 'users-screen' );
		self::assertSame( array(), $this->sticky( $site ) );
		$site->drop();
	}

	/**
	 * What is wrong is said where the owner looks for it, and when it is mended the same job goes on.
	 *
	 * @group native
	 * @dataProvider suites
	 */
	public function test_a_privilege_that_is_missing_is_named( string $suite ): void {
		$site  = Fixture::own( TriggersTest::site( $suite )->copy( Fixture::name( "$suite narrow" ) ) );
		$id    = TriggersTest::members( $site, array( 'again' => 'author' ) )['again'];
		$other = TriggersTest::members( $site, array( 'by-hand' => 'author' ) )['by-hand'];
		$who   = "'narrow_$suite'@'localhost'";
		// Only root may grant.
		list( $socket, $name ) = $site->database()->query( 'SELECT @@socket, DATABASE()' )->fetch_row();

		$root = new mysqli( 'localhost', 'root', '', $name, 0, $socket );
		$root->query( "DROP USER IF EXISTS $who" );
		$root->query( "CREATE USER $who IDENTIFIED BY 'narrow'" );
		foreach ( array_column( $site->database()->query( 'SHOW TABLES' )->fetch_all(), 0 ) as $table ) {
			$privileges = 'wp_posts' === $table ? 'SELECT, INSERT, DELETE' : 'SELECT, INSERT, UPDATE, DELETE';
			$root->query( "GRANT $privileges ON $table TO $who" );
		}
		$narrow = array( 'only_extension' => array( 'dbuser' => "narrow_$suite", 'dbpassword' => 'narrow' ) );

		$run = self::delete( $site, array( self::DELETE, $id ), $narrow );
		self::assertSame( array( false ), $run['results'] );
		self::assertSame( array( array( $id, 'wpf_delete_schema' ) ), array_map( static fn ( $failure ) => array_slice( $failure, 0, 2 ), $run['failed'] ) );
		list( $error, $state ) = $site->database()->query( "SELECT last_error, state FROM wp_wpf_deletions WHERE user_id = $id" )->fetch_row();
		self::assertStringStartsWith( 'wpf_delete_schema: table wp_posts: this account lacks a privilege for it; it needs SELECT, INSERT, UPDATE and DELETE (error 1142, ', $error );
		self::assertSame( 'queued', $state );
		DeleteUserTest::assert_is_pending( $site, $id, 'again' );

		$root->query( "GRANT UPDATE ON wp_posts TO $who" );
		self::assertSame( array( true ), self::delete( $site, array( self::DELETE, $id ), $narrow )['results'] );
		TriggersTest::assert_gone( $site, $id, 'again' );
		self::assertSame( array( array( 'done' ) ), $site->database()->query( "SELECT state FROM wp_wpf_deletions WHERE user_id = $id" )->fetch_all(), 'The same job.' );
		self::assertSame( '1', self::rows( $site, "users WHERE ID = $other" ) );
		$root->query( "DROP USER $who" );
		$site->drop();
	}

	/** One call. */
	private static function delete( Site $site, array $call, array $options = array() ): array {
		return $site->run( __DIR__ . '/scripts/plugin/delete-users.php', array( 'calls' => array( $call ) ) + $options, array( 'ini' => array( 'zend.exception_ignore_args' => '0' ) ) );
	}

	private function site( string $suite ): Site {
		$site = Fixture::own( TriggersTest::site( $suite )->copy( Fixture::name( "$suite interrupted" ) ) );
		$site->database()->query( 'CREATE TABLE spared ( id BIGINT )' );
		$site->database()->query(
			"CREATE TRIGGER refuse BEFORE UPDATE ON wp_posts FOR EACH ROW
			IF OLD.post_title = 'marked' AND NEW.post_status = 'trash' AND CONNECTION_ID() NOT IN ( SELECT id FROM spared ) THEN
				SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '" . self::SECRET . "';
			END IF"
		);
		return $site;
	}

	private function fill( Site $site, array $users ): void {
		$site->run( __DIR__ . '/scripts/plugin/many-posts.php', array( 'users' => $users, 'posts' => self::POSTS, 'marked' => self::MARKED ), array( 'extension' => false ) );
		self::assertCount( count( $users ), $this->sticky( $site ) );
	}

	/** The user is gone with all else; each post and page is in the trash and can be restored from there. */
	private static function assert_all_in_the_trash( Site $site, int $id, string $login ): void {
		foreach ( array( "users WHERE ID = $id", "usermeta WHERE user_id = $id", "links WHERE link_owner = $id" ) as $what ) {
			self::assertSame( '0', self::rows( $site, $what ), "$login: $what" );
		}
		$expected = array( array( 'page', 'trash', '1' ), array( 'post', 'trash', (string) ( self::POSTS + 2 ) ) );
		$got      = $site->database()->query( "SELECT post_type, post_status, COUNT(*) FROM wp_posts WHERE post_author = $id GROUP BY 1, 2 ORDER BY 1" )->fetch_all();
		self::assertSame( $expected, $got, $login );
		self::assertSame( (string) ( self::POSTS + 3 ), self::rows( $site, "posts JOIN wp_postmeta ON post_id = ID WHERE post_author = $id AND meta_key = '_wp_trash_meta_status' AND meta_value = 'publish'" ), $login );
		// What was in the trash before is not.
		self::assertSame( '0', self::rows( $site, "posts WHERE post_title = 'trash of $login'" ), $login );
	}

	private function sticky( Site $site ): array {
		return unserialize( $site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'sticky_posts'" )->fetch_row()[0] );
	}

	private static function rows( Site $site, string $what ): string {
		return $site->database()->query( "SELECT COUNT(*) FROM wp_$what" )->fetch_row()[0];
	}
}
