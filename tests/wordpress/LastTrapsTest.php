<?php
/**
 * The traps around posts: what follows the deletion, heirs, hooks, networks.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TrapsTestCase.php';

/**
 * Continues FurtherTrapsTest, in the same way; what the fixture cannot show has small sites of its own.
 */
final class LastTrapsTest extends TrapsTestCase {

	/** The suites, to tell values for each apart. */
	private const SUITES = array( 'bookworm', 'trixie', 'sid' );

	/**
	 * @dataProvider suites
	 */
	public function test_22_options_and_caches_that_follow( string $suite ): void {
		// The calendar's: others have posts; the last one went, with one that core refuses to trash (D3); core looks while
		// the last one is still there.
		$expected = array(
			'delete'      => array( '1', null ),
			'trash media' => array( self::native( '', '1' ), null ),
			'erase'       => array( '1', self::native( null, '1' ) ),
			'reassign'    => array( '1', self::native( null, '1' ) ),
		);
		foreach ( $expected as $name => list( $calendar, $authors ) ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			self::assertEquals( array( '4', '1', '1' ), array( $before->option( 'user_count' ), $before->option( 'wp_calendar_block_has_published_posts' ), $before->option( '_transient_is_multi_author' ) ) );
			self::assertEquals( array( '3', $calendar, $authors ), array( $after->option( 'user_count' ), $after->option( 'wp_calendar_block_has_published_posts' ), $after->option( '_transient_is_multi_author' ) ), $name );
		}
		list( $site, $user ) = self::site_to_hear( $suite );
		$copy                = Fixture::own( $site->copy( Fixture::name( "$suite changed" ) ) );
		$changed             = $copy->run( __DIR__ . '/scripts/traps/last-changed.php', array( 'user' => $user ) );
		$copy->drop();
		// Of users since 6.3.
		self::assertSame( array( 'posts', 'terms', 'comment' ), array_slice( $changed, 0, 3 ) );
		if ( 'bookworm' !== $suite ) {
			self::assertSame( array( 'users' ), array_slice( $changed, 3 ) );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_23_an_heir_gets_posts_and_links_and_nothing_else_changes( string $suite ): void {
		list( $before, $after ) = self::deletion( $suite, 'reassign' );
		$victim                 = self::user( $suite, 'victim' );
		$expected               = $before->tables;
		$heirs                  = array();
		foreach ( array( 'posts' => 'post_author', 'links' => 'link_owner' ) as $table => $column ) {
			foreach ( $expected[ $table ] as $id => $row ) {
				if ( $row[ $column ] === $victim ) {
					$expected[ $table ][ $id ][ $column ] = self::user( $suite, 'heir' );
					$heirs[ $row['post_status'] ?? $table ] = true;
				}
			}
		}
		self::assertEqualsCanonicalizing( array( 'links', 'publish', 'future', 'draft', 'pending', 'private', 'auto-draft', 'inherit', 'mystatus', 'trash' ), array_keys( $heirs ) );
		foreach ( array( 'posts', 'links', 'postmeta', 'comments', 'commentmeta', 'terms', 'term_taxonomy', 'term_relationships', 'files' ) as $table ) {
			self::assertSame( $expected[ $table ], $after->tables[ $table ], $table );
		}
		self::assertSame( array_diff_key( $before->tables['users'], array( $victim => true ) ), $after->tables['users'] );
		self::assertSame( array_filter( $before->tables['usermeta'], static fn( $row ) => $row['user_id'] !== $victim ), $after->tables['usermeta'] );
		foreach ( array( 'sticky_posts', 'cron', 'page_on_front', 'site_icon' ) as $name ) {
			self::assertSame( $before->option( $name ), $after->option( $name ) );
		}

		// To core nobody is an heir, too: false, 0 and the like are not null. The plugin's own function asks back.
		list( $site, $user ) = self::site_to_hear( $suite );
		foreach ( array( false, 0, '' ) as $nobody ) {
			$copy = Fixture::own( $site->copy( Fixture::name( "$suite nobody" ) ) );
			$copy->database()->query( "INSERT INTO wp_links ( link_url, link_name, link_owner, link_notes ) VALUES ( 'https://example.org/', 'left', $user, '' )" );
			$rows = static fn( $author ) => $copy->database()->query( "SELECT ID, post_type, post_status, post_modified FROM wp_posts WHERE post_author = $author ORDER BY ID" )->fetch_all();
			$had  = $rows( $user );
			$run  = $copy->run( __DIR__ . '/scripts/plugin/delete-users.php', array( 'calls' => array( array( '\WpfDelete\delete_user', $user, $nobody ), array( 'wp_delete_user', $user, $nobody ) ) ) );
			self::assertSame( array( false, true ), $run['results'] );
			self::assertSame( array( array( $user, 'wpf_delete_invalid_reassign' ) ), array_map( static fn( $failure ) => array_slice( $failure, 0, 2 ), $run['failed'] ) );
			self::assertSame( array( array( 'delete_user', $user, 0, "WP_User $user" ), array( 'deleted_user', $user, 0, "WP_User $user" ) ), $run['hooks'] );
			self::assertSame( array( $had, array() ), array( $rows( 0 ), $rows( $user ) ) );
			self::assertGreaterThan( 10, count( $had ) );
			self::assertSame( array( '0' ), $copy->database()->query( "SELECT link_owner FROM wp_links WHERE link_name = 'left'" )->fetch_row() );
			$copy->drop();
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_24_metas_twice_dates_of_zero_and_what_hooks_are_given( string $suite ): void {
		list( , $after ) = self::deletion( $suite, 'delete' );
		self::assertSame( array( 'draft', 'publish' ), $after->metas( 'stale-trash-metas', '_wp_trash_meta_status' ) );
		self::assertSame( array( '1700000000', self::DELETED_AT ), $after->metas( 'stale-trash-metas', '_wp_trash_meta_time' ) );
		self::assertSame( array( 'older', 'title-of-stale-trash-metas' ), $after->metas( 'stale-trash-metas', '_wp_desired_post_slug' ) );
		self::assertSame( array( 'no-date' => 'trash', 'post-draft-1' => 'trash' ), $after->column( 'post_status', array( 'no-date', 'post-draft-1' ) ) );

		$number = array_search( $suite, self::SUITES, true );
		$type   = 'sid' === $suite ? 'integer' : 'string';
		$given  = array();
		foreach ( self::heard( $suite ) as list( $hook, $arguments ) ) {
			$given[ $hook ][] = $arguments;
		}
		foreach ( self::HOOKS as $hook => $expected ) {
			$counts = array_values( array_unique( array_map( 'count', $given[ $hook ] ?? array() ) ) );
			self::assertSame( 0 === $expected[ $number ] ? array() : array( $expected[ $number ] ), $counts, $hook );
			if ( null !== $expected[3] && $counts ) {
				// Of what goes by itself; others go with it, and are given as numbers.
				self::assertContains( $type, array_map( 'gettype', array_column( $given[ $hook ], $expected[3] ) ), $hook );
			}
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_25_a_network_keeps_the_user_and_a_retry_purges_nothing( string $suite ): void {
		$site                                   = Fixture::own( Site::install( $suite, Fixture::name( "$suite trap" ), array( 'multisite' => true ) ) );
		list( 'user' => $user, 'site' => $blog ) = $site->run( __DIR__ . '/scripts/traps/network-seed.php', array(), array( 'user' => 1, 'extension' => false ) );
		$count                                  = static fn( $what ) => (int) $site->database()->query( "SELECT COUNT(*) FROM wp_$what" )->fetch_row()[0];
		$delete                                 = static fn( $function, $dies ) => $site->run( __DIR__ . '/scripts/traps/network-delete.php', array( 'function' => $function, 'user' => $user, 'site' => $blog, 'dies' => $dies ), array( 'user' => 1, 'dies' => $dies ) );
		$first                                  = $site->snapshot()['tables']['posts'];

		// The process ends in the middle, and the deletion is asked for again.
		$delete( 'wp_delete_user', true );
		$mine = "2_posts WHERE post_author = $user AND post_type";
		self::assertSame( self::native( 3, 1 ), $count( "$mine = 'post' AND post_status = 'trash'" ) );
		self::assertTrue( $delete( 'wp_delete_user', false ) );
		self::assertSame( 3, $count( "$mine = 'post' AND post_status = 'trash'" ) );
		self::assertSame( 3, $count( "$mine = 'post'" ) );
		self::assertSame( 2, $count( "$mine IN ( 'nav_menu_item', 'unregistered' )" ) );
		self::assertSame( 0, $count( "2_links WHERE link_owner = $user" ) );
		self::assertSame( 1, $count( '2_posts WHERE post_type = "post" AND post_status = "publish"' ) );
		self::assertSame( 1, $count( "2_options WHERE option_name = 'post_count' AND option_value = '1'" ) );

		// A member of the other site still.
		self::assertSame( 1, $count( "users WHERE ID = $user" ) );
		self::assertSame( 1, $count( "usermeta WHERE user_id = $user AND meta_key = 'wp_capabilities'" ) );
		self::assertSame( 0, $count( "usermeta WHERE user_id = $user AND meta_key IN ( 'wp_2_capabilities', 'wp_2_user_level' )" ) );
		self::assertSame( 0, $count( 'signups' ) );
		self::assertSame( $first, $site->snapshot()['tables']['posts'] );
		self::assertSame( 1, $count( "links WHERE link_owner = $user" ) );

		// From the whole network goes what is on its sites, of whatever type, and the user.
		self::assertTrue( $delete( 'wpmu_delete_user', false ) );
		self::assertSame( 3, $count( "posts WHERE post_author = $user AND post_type = 'post' AND post_status = 'trash'" ) );
		self::assertSame( 3, $count( "posts WHERE post_author = $user" ) );
		self::assertSame( array( 0, 0, 0 ), array( $count( "users WHERE ID = $user" ), $count( "usermeta WHERE user_id = $user" ), $count( "links WHERE link_owner = $user" ) ) );
		$site->drop();
	}
}
