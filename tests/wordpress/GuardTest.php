<?php
/**
 * Whom may the CRM not have deleted?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';

/**
 * Users whom WP Fusion loads with the tag and with the role, and who have to stay. In each run a user who may go does:
 * otherwise nobody would know whether anything was asked for.
 */
final class GuardTest extends TestCase {

	/** An id such as WP Fusion's auto-login makes up. */
	private const MADE_UP = 100000123;

	public static function suites(): iterable {
		return TriggersTest::suites();
	}

	/**
	 * @dataProvider suites
	 */
	public function test_administrators_stay( string $suite ): void {
		$site  = TriggersTest::site( $suite );
		$users = TriggersTest::members( $site, array( 'boss' => 'administrator', 'chief' => 'administrator', 'editor' => 'editor' ), true );
		$run   = TriggersTest::request(
			$site,
			array(
				array( 'get_tags', 1, array( '12' ) ),
				array( 'get_tags', $users['boss'], array( '12' ) ),
				array( 'pull_user_meta', $users['chief'], array( 'role' => 'deleted' ) ),
				array( 'get_tags', $users['editor'], array( '12' ) ),
			)
		);
		self::assertSame( array( 1, $users['boss'], $users['chief'] ), TriggersTest::remaining( $site, array( 1, ...array_values( $users ) ) ) );
		self::assertSame( array( $users['editor'], $users['editor'] ), array_column( $run['hooks'], 1 ) );
		self::assertSame( array( 'notice', 'notice', 'notice', 'info' ), array_column( $run['log'], 0 ) );
		self::assertSame( array( 1, $users['boss'], $users['chief'], $users['editor'] ), array_column( $run['log'], 1 ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_the_current_user_stays( string $suite ): void {
		$site  = TriggersTest::site( $suite );
		$users = TriggersTest::members( $site, array( 'visitor' => 'subscriber', 'somebody' => 'subscriber' ), true );
		$calls = array(
			array( 'get_tags', $users['visitor'], array( '12' ) ),
			array( 'get_tags', $users['somebody'], array( '12' ) ),
		);
		$run   = TriggersTest::request( $site, $calls, array(), $users['visitor'] );
		self::assertSame( array( $users['visitor'] ), TriggersTest::remaining( $site, $users ) );
		self::assertSame( array( 'notice', 'info' ), array_column( $run['log'], 0 ) );

		// Nothing but the visit protects that user.
		TriggersTest::request( $site, array( $calls[0] ) );
		self::assertSame( array(), TriggersTest::remaining( $site, $users ) );
	}

	/**
	 * Their usermeta is young and in use; they have a WP_User, but no row.
	 *
	 * @dataProvider suites
	 */
	public function test_users_of_auto_login_links_stay( string $suite ): void {
		$site  = TriggersTest::site( $suite );
		$users = TriggersTest::members( $site, array( 'real' => 'subscriber' ), true );
		$run   = TriggersTest::request(
			$site,
			array(
				array( 'get_userdata', self::MADE_UP ),
				array( 'update', self::MADE_UP, array( 'role' => 'deleted' ), array( '12' ) ),
				array( 'get_tags', $users['real'], array( '12' ) ),
			),
			array( 'cached' => array( self::MADE_UP ) )
		);
		self::assertNotFalse( $run['results'][0], 'The made-up user is not as WP Fusion makes it.' );
		self::assertSame( array( $users['real'], $users['real'] ), array_column( $run['hooks'], 1 ) );
		self::assertSame( array(), TriggersTest::remaining( $site, $users ) );

		$metas = array_column( $site->database()->query( 'SELECT meta_key FROM wp_usermeta WHERE user_id = ' . self::MADE_UP . ' ORDER BY umeta_id' )->fetch_all(), 0 );
		self::assertSame( array( 'crm_contact_id', 'crm_tags' ), $metas );
	}

	/**
	 * Whoever knows a contact id can make such a visit.
	 *
	 * @dataProvider suites
	 */
	public function test_a_visit_by_an_auto_login_link_deletes_nobody( string $suite ): void {
		$site  = TriggersTest::site( $suite );
		$users = TriggersTest::members( $site, array( 'contact' => 'subscriber' ), true );
		$calls = array( array( 'update', $users['contact'], array( 'role' => 'deleted' ), array( '12' ) ) );
		$run   = TriggersTest::request( $site, $calls, array( 'auto_login' => true ) );
		self::assertSame( array(), $run['hooks'] );
		self::assertSame( array_values( $users ), TriggersTest::remaining( $site, $users ) );

		TriggersTest::request( $site, $calls, array( 'auto_login' => false ) );
		self::assertSame( array(), TriggersTest::remaining( $site, $users ) );
	}

	/**
	 * On a network a user is taken off the site; WP Fusion applies its deletion tags twice on the way.
	 *
	 * @dataProvider suites
	 */
	public function test_a_network( string $suite ): void {
		$site  = Fixture::own( Site::install( $suite, Fixture::name( "$suite guard" ), array( 'multisite' => true ) ) );
		$users = TriggersTest::members( $site, array( 'super' => 'author', 'member' => 'author', 'author' => 'author', 'retried' => 'author' ) );
		$site->database()->query( "UPDATE wp_sitemeta SET meta_value = '" . serialize( array( 'admin', 'super' ) ) . "' WHERE meta_key = 'site_admins'" );
		$site->database()->query( 'UPDATE wp_links SET link_owner = 0' );
		$run = TriggersTest::request(
			$site,
			array(
				array( 'get_tags', $users['super'], array( '12' ) ),
				array( 'get_tags', $users['member'], array( '12' ) ),
			),
			array( 'deletion_tags' => array( '99' ) )
		);
		self::assertSame( array( array( 'delete_user', $users['member'] ), array( 'deleted_user', $users['member'] ) ), self::names_and_ids( $run['hooks'] ) );
		self::assertSame( '0', self::capabilities( $site, $users['member'] ) );
		self::assertSame( '1', self::capabilities( $site, $users['super'] ) );

		// Somebody else takes a user with the tag off the site: the tags that this applies are no new wish. Neither are
		// those applied while a deletion is taken up again.
		$run = TriggersTest::request(
			$site,
			array(
				array( 'wp_delete_user', $users['author'] ),
				array( '\WpfDelete\Queue::enqueue', $users['retried'], array( 'source' => 'tag', 'cause' => 'REMOVE USER' ) ),
				array( '\WpfDelete\Runner::work' ),
			),
			array( 'deletion_tags' => array( '12' ) )
		);
		$ids = array( $users['author'], $users['author'], $users['retried'], $users['retried'] );
		self::assertSame( $ids, array_column( $run['hooks'], 1 ) );
		self::assertSame( array( 'info' ), array_column( $run['log'], 0 ) );

		// The network still knows the user, and the CRM sends the tag once more: what is in the trash stays there.
		$run = TriggersTest::request( $site, array( array( 'get_tags', $users['member'], array( '12' ) ) ) );
		self::assertSame( array(), $run['hooks'] );
		self::assertSame( array( 'notice' ), array_column( $run['log'], 0 ) );
		foreach ( array( 'member', 'author', 'retried' ) as $login ) {
			$posts = $site->database()->query( "SELECT post_type, post_status FROM wp_posts WHERE post_author = {$users[ $login ]} AND post_type <> 'late' ORDER BY post_type" )->fetch_all();
			self::assertSame( array( array( 'page', 'trash' ), array( 'post', 'trash' ), array( 'post', 'trash' ) ), $posts );
		}
		self::assertSame( array_values( $users ), TriggersTest::remaining( $site, $users ) );
		$site->drop();
	}

	private static function capabilities( Site $site, int $id ): string {
		return $site->database()->query( "SELECT COUNT(*) FROM wp_usermeta WHERE user_id = $id AND meta_key = 'wp_capabilities'" )->fetch_row()[0];
	}

	private static function names_and_ids( array $hooks ): array {
		return array_map( static fn ( $hook ) => array_slice( $hook, 0, 2 ), $hooks );
	}
}
