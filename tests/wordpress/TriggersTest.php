<?php
/**
 * Does the CRM have the right users deleted, when WP Fusion is done with them, and nobody else?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/ParityTest.php';

/**
 * WP Fusion's hooks are fired in its order by a stand-in, scripts/plugin/wp-fusion.php; the rest is real.
 */
final class TriggersTest extends TestCase {

	private const TAGS = array(
		'REMOVE USER' => '12',
		'Gone'        => 34,
		'Label'       => 'Label',
	);

	/** What an owner chooses who wants users to go at once. */
	public const SETTINGS = array(
		'mode'      => 'delete',
		'tag'       => '12',
		'tag_label' => 'REMOVE USER',
		'grace'     => 0,
		'cap_hour'  => 1000,
		'cap_day'   => 1000,
	);

	/** @var array<string, Site> By suite. */
	private static array $sites = array();

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_a_tag_deletes_at_the_end_of_the_request( string $suite ): void {
		$site  = self::site( $suite );
		$users = self::members( $site, array( 'tagged' => 'subscriber', 'tagged-int' => 'author', 'resynced' => 'author' ) );
		$run   = self::request(
			$site,
			array(
				array( 'get_tags', $users['tagged'], array( '7', '12' ) ),
				array( 'get_tags', $users['tagged-int'], array( 12 ) ),
				// Unchanged tags are told too.
				array( 'get_tags', $users['resynced'], array( '12' ) ),
				array( 'get_tags', $users['resynced'], array( '12' ) ),
			)
		);
		foreach ( $users as $login => $id ) {
			self::assertContains( $id, $run['there'], "$login went before WP Fusion was done." );
			self::assert_gone( $site, $id, $login );
		}
		self::assertSame( self::hooks_of( $users ), self::without_content( $run['hooks'] ) );
		self::assertSame( array( 'info', 'info', 'info' ), array_column( $run['log'], 0 ) );
		self::assertArrayNotHasKey( 'failed', $run );
		self::assertSame( array( 'wpf_delete_forget' ), self::events( $site ) );
	}

	/**
	 * After `wpf_user_updated` WP Fusion writes the tags that came with it.
	 *
	 * @dataProvider suites
	 */
	public function test_a_role_deletes_after_the_tags_are_written( string $suite ): void {
		$site  = self::site( $suite );
		$roles = array(
			'role-plain'  => 'deleted',
			'role-list'   => array( 'deleted', 'subscriber' ),
			'role-padded' => "  deleted\n",
			'role-case'   => 'Deleted',
			'role-both'   => array( ' DELETED ' ),
		);
		$users = self::members( $site, array_fill_keys( array_keys( $roles ), 'subscriber' ) );
		$calls = array();
		foreach ( $roles as $login => $role ) {
			$calls[] = array( 'update', $users[ $login ], array( 'first_name' => 'A', 'role' => $role ), array( '7', '8' ) );
		}
		$run = self::request( $site, $calls );
		foreach ( $users as $login => $id ) {
			self::assertContains( $id, $run['there'], "$login went before WP Fusion was done." );
			self::assert_gone( $site, $id, $login );
		}
		self::assertSame( self::hooks_of( $users ), self::without_content( $run['hooks'] ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_an_imported_contact_with_the_tag_goes_at_once( string $suite ): void {
		$site = self::site( $suite );
		$run  = self::request( $site, array( array( 'import', 'imported', array( 'role' => 'subscriber' ), array( '12' ) ) ) );
		self::assertContains( $run['results'][0], $run['there'] );
		self::assert_gone( $site, $run['results'][0], 'imported', 0 );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_nothing_else_deletes( string $suite ): void {
		$site  = self::site( $suite );
		$calls = array(
			array( 'get_tags', array( '12abc' ) ),
			array( 'get_tags', array( 0, '0', '', 1, 2, '012', '12 ', ' 12', '12.0', 120, 1.2 ) ),
			array( 'get_tags', array( 'REMOVE USER', 'REMOVE', 'remove user', 'REMOVE USER 2' ) ),
			array( 'get_tags', array() ),
			array( 'get_tags', array( true, null ) ),
			array( 'pull_user_meta', array( 'role' => 'subscriber' ) ),
			array( 'pull_user_meta', array( 'role' => 'not deleted' ) ),
			array( 'pull_user_meta', array( 'role' => 'deleted user' ) ),
			array( 'pull_user_meta', array( 'role' => array( 'subscriber', 'deleted' ) ) ),
			array( 'pull_user_meta', array( 'role' => array() ) ),
			array( 'pull_user_meta', array( 'role' => array( array( 'deleted' ) ) ) ),
			array( 'pull_user_meta', array( 'role' => '' ) ),
			array( 'pull_user_meta', array( 'role' => 0 ) ),
			array( 'pull_user_meta', array( 'role' => true ) ),
			array( 'pull_user_meta', array( 'Role' => 'deleted', 'wp_role' => 'deleted' ) ),
			array( 'pull_user_meta', array() ),
		);
		$users = self::members( $site, array_fill_keys( array_map( static fn ( $number ) => "kept-$number", array_keys( $calls ) ), 'subscriber' ), true );
		foreach ( array_values( $users ) as $number => $id ) {
			$calls[ $number ] = array( $calls[ $number ][0], $id, $calls[ $number ][1] );
		}
		$run = self::request( $site, $calls );
		self::assertSame( array(), $run['hooks'] );
		self::assertSame( array_values( $users ), self::remaining( $site, $users ) );

		// The same user with the right word: what is refused above is refused for what it says.
		$id  = $users['kept-1'];
		$run = self::request( $site, array( array( 'get_tags', $id, array( '12' ) ) ) );
		self::assert_gone( $site, $id, 'kept-1', 0 );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_a_tag_that_is_not_resolved_deletes_nobody( string $suite ): void {
		$site  = self::site( $suite );
		$users = self::members( $site, array( 'unresolved' => 'subscriber' ), true );
		$id    = $users['unresolved'];
		$tags  = array( '', '0', '1', 'REMOVE USER', false, 0 );
		array_push( $tags, '12', '13', '2024', '57' );
		$known = array(
			'another name'   => array( 'REMOVE USERS' => '12' ),
			'another id'     => array( 'REMOVE USER' => '13' ),
			'none'           => array(),
			'no CRM'         => null,
			'a label no id'  => array( 'REMOVE USER' => 'REMOVE USER' ),
		);
		foreach ( $known as $how => $resolved ) {
			$run = self::request( $site, array( array( 'get_tags', $id, $tags ) ), array( 'tags' => $resolved ) );
			self::assertSame( array(), $run['hooks'], $how );
		}
		// WP Fusion would take this name for the id of a tag.
		$run = self::request( $site, array( array( 'get_tags', $id, $tags ) ), array( 'tags' => array( '2024' => '57' ), 'settings' => array( 'tag' => '57', 'tag_label' => '2024' ) ) );
		self::assertSame( array(), $run['hooks'] );
		self::assertSame( array( $id ), self::remaining( $site, $users ) );
		$by_label = array( 'tag' => 'Label', 'tag_label' => 'Label' );
		self::request( $site, array( array( 'get_tags', $id, array( 'Label' ) ) ), array( 'settings' => $by_label ) );
		self::assert_gone( $site, $id, 'unresolved', 0 );
	}

	/**
	 * WP Fusion Lite has no webhooks: many of its users' tags are loaded by their login.
	 *
	 * @dataProvider suites
	 */
	public function test_whoever_logs_in_goes_after_that_request( string $suite ): void {
		$site  = self::site( $suite );
		$users = self::members( $site, array( 'logs-in' => 'subscriber' ), true );
		$run   = self::request( $site, array( array( 'wp_signon', array( 'user_login' => 'logs-in', 'user_password' => 'password' ) ) ), array( 'login_tags' => array( '12' ) ) );
		self::assertSame( array(), $run['hooks'] );
		self::assertSame( array_values( $users ), self::remaining( $site, $users ) );
		$site->run( __DIR__ . '/scripts/plugin/cron.php', array(), array( 'dies' => true, 'ignore' => '/WordPress\.org/' ) );
		self::assert_gone( $site, $users['logs-in'], 'logs-in', 0 );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_settings_say_what_deletes( string $suite ): void {
		$site  = self::site( $suite );
		$users = self::members( $site, array( 'a' => 'subscriber', 'b' => 'subscriber', 'c' => 'subscriber', 'd' => 'subscriber' ), true );
		$run   = self::request(
			$site,
			array(
				array( 'get_tags', $users['a'], array( '34' ) ),
				array( 'get_tags', $users['b'], array( '12' ) ),
				array( 'pull_user_meta', $users['c'], array( 'status' => 'left' ) ),
				array( 'pull_user_meta', $users['d'], array( 'role' => 'deleted' ) ),
			),
			array( 'settings' => array( 'tag' => '34', 'tag_label' => 'Gone', 'field' => 'status', 'value' => 'Left' ) )
		);
		self::assertSame( array( $users['b'], $users['d'] ), self::remaining( $site, $users ) );

		$silent = array(
			array( 'tag' => '', 'field' => '', 'value' => 'deleted' ),
			array( 'tag' => '', 'field' => 'role', 'value' => '' ),
			array( 'mode' => 'observe' ),
		);
		foreach ( $silent as $settings ) {
			$run = self::request(
				$site,
				array(
					array( 'get_tags', $users['b'], array( '12', '', '34' ) ),
					array( 'pull_user_meta', $users['d'], array( 'role' => 'deleted', '' => 'deleted' ) ),
					array( 'pull_user_meta', $users['d'], array( 'role' => '' ) ),
				),
				array( 'settings' => $settings )
			);
			self::assertSame( array(), $run['hooks'] );
		}
		self::assertSame( array( $users['b'], $users['d'] ), self::remaining( $site, $users ) );
		$site->database()->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_settings'" );
	}

	/**
	 * WP Fusion applies its "deletion tags" in delete_user; the tag that asked for the deletion is still among them.
	 *
	 * @dataProvider suites
	 */
	public function test_tags_applied_by_the_deletion_do_not_delete_once_more( string $suite ): void {
		$site  = self::site( $suite );
		$users = self::members( $site, array( 'again' => 'subscriber', 'again-role' => 'subscriber' ) );
		$run   = self::request(
			$site,
			array(
				array( 'get_tags', $users['again'], array( '12' ) ),
				array( 'update', $users['again-role'], array( 'role' => 'deleted' ), array( '12', '7' ) ),
			),
			array( 'deletion_tags' => array( '99' ) )
		);
		$hooks = array();
		foreach ( $users as $id ) {
			// All content was in place for delete_user, and none for deleted_user.
			$hooks[] = array( 'delete_user', $id, null, "WP_User $id", 5 );
			$hooks[] = array( 'deleted_user', $id, null, "WP_User $id", 0 );
		}
		self::assertSame( $hooks, $run['hooks'] );
		self::assertSame( array( 'info', 'info' ), array_column( $run['log'], 0 ) );
		foreach ( $users as $login => $id ) {
			self::assert_gone( $site, $id, $login );
		}
		// WP Fusion's queue had its turn before; it is given others for what the deletions made it queue.
		self::assertSame( array( array(), array( "apply tags to contact-{$users['again']}" ), array( "apply tags to contact-{$users['again-role']}" ) ), $run['turns'] );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_others_go_on_hearing_of_all_users_of_a_batch( string $suite ): void {
		$site     = self::site( $suite );
		$users    = self::members( $site, array( 'first' => 'subscriber', 'second' => 'subscriber', 'third' => 'subscriber' ), true );
		$calls    = array();
		$expected = array();
		foreach ( $users as $login => $id ) {
			$calls[] = array( 'get_tags', $id, 'first' === $login ? array( '12' ) : array( '7' ) );
			array_push( $expected, array( 1, $id ), array( 10, $id ), array( 11, $id ) );
		}
		$run = self::request( $site, $calls );
		self::assertSame( $expected, $run['modified'] );
		self::assertSame( array( $users['second'], $users['third'] ), self::remaining( $site, $users ) );
	}

	/**
	 * wp-admin/includes/bookmark.php is not loaded in a webhook; core's wp_delete_link() is in there. A type of these
	 * users' posts is registered after the webhook's turn, or would be, had WP Fusion not ended the request.
	 *
	 * @dataProvider suites
	 */
	public function test_a_webhook_in_the_middle_of_init( string $suite ): void {
		$site  = self::site( $suite );
		$users = self::members( $site, array( 'webhook-on' => 'author', 'webhook-die' => 'author' ) );
		$file  = array( 'STAND_IN_FILE' => __DIR__ . '/scripts/plugin/wp-fusion.php' );
		foreach ( array( 'on' => false, 'die' => true ) as $end => $dies ) {
			$id = $users[ "webhook-$end" ];
			$site->with( $file + array( 'STAND_IN_WEBHOOK' => "$id $end" ) )->run( __DIR__ . '/scripts/plugin/true.php', array(), array( 'dies' => $dies ) );
			// What cannot be done rightly in that request is due at once in the next.
			$site->run( __DIR__ . '/scripts/plugin/cron.php', array(), array( 'dies' => true, 'ignore' => '/WordPress\.org/' ) );
			self::assert_gone( $site, $id, "webhook-$end" );
		}
		self::assertSame( array( 'wpf_delete_forget' ), self::events( $site ) );
	}

	/** The suite's site. */
	public static function site( string $suite ): Site {
		self::$sites[ $suite ] ??= self::install( $suite, 'triggers' );
		return self::$sites[ $suite ];
	}

	/** A new site, with a post type that is registered late. */
	public static function install( string $suite, string $name ): Site {
		$site = Fixture::own( Site::install( $suite, Fixture::name( "$suite $name" ) ) );
		copy( __DIR__ . '/scripts/plugin/late-type.php', $site->path() . '/wp-content/mu-plugins/late-type.php' );
		return $site;
	}

	/**
	 * Makes users.
	 *
	 * @param array<string, string> $members Roles by login.
	 * @param bool                  $bare    Without content.
	 * @return array<string, int> Ids by login.
	 */
	public static function members( Site $site, array $members, bool $bare = false ): array {
		return $site->run( __DIR__ . '/scripts/plugin/members.php', array( 'members' => $members, 'bare' => $bare ), array( 'extension' => false ) );
	}

	/** One request, and all that was seen until its end. See scripts/plugin/trigger.php. */
	public static function request( Site $site, array $calls, array $arguments = array(), int $user = 0 ): array {
		$report                = $site->path() . '/report';
		$arguments['settings'] = ( $arguments['settings'] ?? array() ) + self::SETTINGS;
		$arguments            += array(
			'calls'  => $calls,
			'tags'   => self::TAGS,
			'report' => $report,
		);
		$result     = $site->run( __DIR__ . '/scripts/plugin/trigger.php', $arguments, array( 'user' => $user ) );
		self::assertFileExists( $report, 'The request died before its end.' );
		$seen = unserialize( file_get_contents( $report ), array( 'allowed_classes' => false ) );
		unlink( $report );
		return $result + $seen;
	}

	/** Of a user nothing is left but posts in the trash and comments, which core leaves too. */
	public static function assert_gone( Site $site, int $id, string $login, int $trashed = 3 ): void {
		$left = array();
		foreach ( array( 'users' => 'ID', 'usermeta' => 'user_id', 'links' => 'link_owner' ) as $table => $column ) {
			$left[ $table ] = (int) $site->database()->query( "SELECT COUNT(*) FROM wp_$table WHERE $column = $id" )->fetch_row()[0];
		}
		$left['posts'] = $site->database()->query( "SELECT CONCAT( post_type, ' ', post_status ) FROM wp_posts WHERE post_author = $id ORDER BY post_type DESC" )->fetch_all();
		self::assertSame(
			array( 'users' => 0, 'usermeta' => 0, 'links' => 0, 'posts' => 3 === $trashed ? array( array( 'post trash' ), array( 'post trash' ), array( 'page trash' ) ) : array() ),
			$left,
			"What is left of $login."
		);
		self::assertSame( array(), glob( $site->uploads() . "/*/*/image-$login.jpg" ) );
		self::assertSame( '0', $site->database()->query( "SELECT COUNT(*) FROM wp_posts WHERE post_title = 'trash of $login'" )->fetch_row()[0] );
	}

	/** Which of these users are there. */
	public static function remaining( Site $site, array $ids ): array {
		$ids = array_map( 'intval', array_column( $site->database()->query( 'SELECT ID FROM wp_users WHERE ID IN (' . implode( ',', $ids ) . ') ORDER BY ID' )->fetch_all(), 0 ) );
		return $ids;
	}

	/** The plugin's events on the calendar. */
	private static function events( Site $site ): array {
		$cron = $site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'cron'" )->fetch_row()[0];
		$all  = array_filter( unserialize( $cron ), 'is_array' );
		return array_values( array_filter( array_merge( array(), ...array_map( 'array_keys', array_values( $all ) ) ), static fn ( $hook ) => str_starts_with( $hook, 'wpf_delete' ) ) );
	}

	/** What the two hooks are to be called with. */
	private static function hooks_of( array $ids ): array {
		$hooks = array();
		foreach ( $ids as $id ) {
			$hooks[] = array( 'delete_user', $id, null, "WP_User $id" );
			$hooks[] = array( 'deleted_user', $id, null, "WP_User $id" );
		}
		return $hooks;
	}

	private static function without_content( array $hooks ): array {
		return array_map( static fn ( $hook ) => array_slice( $hook, 0, 4 ), $hooks );
	}
}
