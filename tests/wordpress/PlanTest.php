<?php
/**
 * Does a plan say what a deletion then does, and nothing else happen?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/ParityTest.php';

/**
 * The fixture of the parity tests is planned, then deleted from; what the plan says is compared with every row and file
 * before and after.
 */
final class PlanTest extends TestCase {

	/** What a person may ask for, by scenario of the parity tests. */
	private const MODES = array(
		'delete'      => array( 'delete', 'permanent' ),
		'erase'       => array( 'delete' ),
		'trash media' => array( 'delete' ),
		'reassign'    => array( 'reassign' ),
	);

	public static function deletions(): iterable {
		// Without the extension all that is counted is counted by statements that no version changes.
		foreach ( array_slice( ParityTest::suites(), ParityScenario::has_extension() ? 0 : -1 ) as $suite ) {
			foreach ( self::MODES as $scenario => $modes ) {
				foreach ( $modes as $mode ) {
					yield "$suite, $scenario, $mode" => array( $suite, $scenario, $mode );
				}
			}
		}
	}

	/**
	 * @dataProvider deletions
	 */
	public function test_is_what_a_deletion_then_does( string $suite, string $name, string $mode ): void {
		$scenario = ParityScenario::named( $suite, $name );
		$site     = $scenario->copy( 'plan' );
		$victim   = $scenario->fixture->victim();
		$site->run( __DIR__ . '/scripts/plan/count-terms.php', array(), array( 'time' => Fixture::SEEDED, 'extension' => false ) );

		$plan   = self::plan_twice( $site, $victim, 'reassign' === $mode ? array( 'reassign' => $scenario->fixture->users['heir'] ) : array( 'permanent' => 'permanent' === $mode ) );
		$before = $site->snapshot();
		$sizes  = array_map( static fn ( $file ) => filesize( $site->uploads() . "/$file" ), array_combine( array_keys( $before['files'] ), array_keys( $before['files'] ) ) );
		$order  = array( 'user' => $victim, 'mode' => $mode, 'reassign' => $plan['reassign'], 'lane' => '' );
		$did    = $site->run( __DIR__ . '/scripts/plan/delete.php', $order, array( 'time' => Fixture::DELETED ) );
		$after  = $site->snapshot();
		self::assertTrue( $did['result'] );

		self::assertSame( array( 'id' => $victim, 'login' => $before['tables']['users'][ $victim ]['user_login'], 'name' => $before['tables']['users'][ $victim ]['display_name'] ), $plan['user'] );
		self::assertSame( $mode, $plan['mode'] );
		self::assertSame( count( array_filter( $before['tables']['links'], static fn ( $link ) => (int) $link['link_owner'] === $victim ) ), $plan['links'] );
		$refused = ParityScenario::has_extension() || 'reassign' === $mode ? array() : $scenario->fixture->refused();
		self::assertSame( self::types( $before, $after, $victim, $refused ), self::told( $plan ) );
		self::assert_same_files( array_diff_key( $sizes, $after['files'] ), $plan['files'] );
		if ( ! ParityScenario::has_extension() ) {
			self::assertNull( $plan['rows'] );
			self::assertStringContainsString( 'not installed', $plan['native'] );
			self::assertSame( 'reassign' === $mode ? array() : array( 'core' ), array_values( array_unique( array_filter( array_column( $plan['types'], 'lane' ) ) ) ) );
			return;
		}
		self::assertTrue( $plan['native'] );
		$rows = self::rows( $before['tables'], $after['tables'], array_keys( $plan['rows'] ) );
		if ( 'reassign' !== $mode ) {
			// The fixture has two comments that answer each other. They go, and of the reply below them nobody can say in
			// advance that its parent stays what it was.
			++$rows['comments']['updated'];
		}
		self::assertSame( $rows, $plan['rows'] );
		self::assertContains( 'reassign' === $mode ? 'links' : 'term_taxonomy', array_keys( $plan['rows'] ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_says_what_nobody_expects( string $suite ): void {
		$site = self::site( $suite );
		$ids  = $site->run( __DIR__ . '/scripts/plan/surprises.php', array(), array( 'extension' => false ) );
		file_put_contents( $site->path() . '/wp-content/mu-plugins/order.php', "<?php add_action( 'init', static fn () => register_post_type( 'order', array( 'label' => 'Orders', 'supports' => array( 'title' ) ) ) );" );
		$plans = $this->plans( $site, array( array( $ids['author'] ), array( $ids['author'], array( 'reassign' => $ids['other'] ) ), array( $ids['plain'] ) ) );
		$job   = "Deletion {$ids['job']} of this user has been asked for already, and is “queued”; asking again joins it.";
		self::assertSame(
			array(
				$job,
				'2 parts of the site’s design belong to this user and go: the site will look different (Templates, Template Parts).',
				'The front page of the site is this user’s, and goes.',
				'The page for posts is this user’s, and goes.',
				'The privacy policy page is this user’s, and goes.',
				'1 post that is in the trash already is deleted for good.',
				'1 scheduled post will not be published.',
				'1 revision that this user made of posts of others goes; the posts stay as they are.',
				'1 menu item of others that points at what is deleted for good goes with it.',
				'1 page or upload of others is below what is deleted for good, and moves up to the next parent.',
				'1 post of others loses the post it belongs to.',
				'1 revision that others made of this user’s posts goes with them.',
				'1 comment by others is deleted with the post it is about.',
				'2 comments by others go to the trash with their posts, and come back with them.',
				'1 post of others loses its featured image.',
				'The site shows images of this user, which go: logo, site icon.',
				'1 upload was made for a post of somebody else, and may stand in its text.',
				'2 posts stay without an author, because their types do not go with users (Orders).',
			),
			$plans[0]['surprises']
		);
		self::assertSame( array( $job, '2 parts of the site’s design belong to this user and go to the heir (Templates, Template Parts).' ), $plans[1]['surprises'] );
		self::assertSame( array(), $plans[2]['surprises'] );
		self::assertSame( array( array( 'type' => 'post', 'label' => 'Posts', 'action' => 'trash', 'posts' => 1, 'lane' => ParityScenario::has_extension() ? 'bulk' : 'core' ) ), array_map( static fn ( $type ) => array_diff_key( $type, array( 'cause' => 1 ) ), $plans[2]['types'] ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_reads_what_the_user_has_and_not_the_site( string $suite ): void {
		$site = self::site( $suite );
		$ids  = $site->run( __DIR__ . '/scripts/plan/surprises.php', array(), array( 'extension' => false ) );
		$this->plans( $site, array( array( $ids['author'] ) ) );
		$few = $this->plans( $site, array( array( $ids['author'] ) ) )[0];
		$site->database()->query( "INSERT INTO wp_posts ( post_author, post_type, post_status, post_name, post_parent, post_content, post_title, post_excerpt, to_ping, pinged, post_content_filtered ) SELECT {$ids['other']}, ELT( 1 + seq MOD 4, 'post', 'page', 'attachment', 'revision' ), 'publish', CONCAT( 'many-', seq ), IF( seq MOD 3 = 0, {$ids['author']} + seq DIV 2, 0 ), 'text', 'title', '', '', '', '' FROM seq_1_to_20000" );
		$site->database()->query( 'INSERT INTO wp_comments ( comment_post_ID, comment_author, comment_content ) SELECT ID, "", "" FROM wp_posts WHERE post_name LIKE "many-%"' );
		$site->database()->query( 'INSERT INTO wp_postmeta ( post_id, meta_key, meta_value ) SELECT ID, "color", "red" FROM wp_posts WHERE post_name LIKE "many-%"' );
		$site->database()->query( 'ANALYZE TABLE wp_posts, wp_postmeta, wp_comments' );
		$many = $this->plans( $site, array( array( $ids['author'] ) ) )[0];
		self::assertLessThan( $few['reads']['rows'] + 1000, $many['reads']['rows'], 'There are 20,000 posts more.' );
		self::assertLessThan( $few['reads']['scans'] + 100, $many['reads']['scans'] );

		$site->database()->query( "UPDATE wp_posts SET post_author = {$ids['author']} WHERE post_name LIKE 'many-%' AND ID % 4 = 0" );
		$site->database()->query( 'ANALYZE TABLE wp_posts' );
		$fourth = $this->plans( $site, array( array( $ids['author'] ) ) )[0];
		self::assertLessThan( $few['reads']['scans'] + 1000, $fourth['reads']['scans'], 'The user wrote every fourth of 20,000 posts.' );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_estimates_from_what_was_measured( string $suite ): void {
		$site = self::site( $suite );
		$user = $site->run( __DIR__ . '/scripts/jobs/users.php', array( 'users' => 1, 'posts' => 399 ), array( 'extension' => false ) )[0];
		$lane = ParityScenario::has_extension() ? 'bulk' : 'core';
		$rate = array( 'bulk' => 2000.0, 'core' => 30.0 )[ $lane ];
		$ask  = fn ( array $args = array() ) => array_intersect_key( $this->plans( $site, array( array( $user, $args ) ), 'bulk' )[0], array( 'seconds' => 1, 'rate' => 1 ) );
		$told = static fn ( float $seconds, float $rate, bool $measured ) => array( 'seconds' => round( $seconds, 1 ), 'rate' => array( 'posts_per_second' => $rate, 'measured' => $measured ) );

		self::assertSame( $told( 400 / $rate, $rate, false ), $ask() );
		// Too small, not finished, another site's, and given away.
		$this->record( $site, array( array( 99, 1 ), array( 1000, 10, 'failed' ), array( 1000, 10, 'done', 2 ), array( 1000, 1, 'done', 1, 'reassign' ) ) );
		self::assertSame( $told( 400 / $rate, $rate, false ), $ask() );
		self::assertSame( $told( 400 / 1000, 1000.0, true ), $ask( array( 'reassign' => 1 ) ) );
		// The median, of the last twenty.
		$this->record( $site, array_merge( array_fill( 0, 30, array( 9000, 1 ) ), array_fill( 0, 9, array( 100, 1 ) ), array( array( 1000, 10 ), array( 1200, 10 ) ), array_fill( 0, 9, array( 3000, 10 ) ) ) );
		self::assertSame( $told( 400 / ( 'bulk' === $lane ? 110 : 30 ), 110.0, true ), $ask() );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_refuses_what_makes_no_sense( string $suite ): void {
		$site  = self::site( $suite );
		$user  = $site->run( __DIR__ . '/scripts/jobs/users.php', array( 'users' => 1, 'posts' => 2 ), array( 'extension' => false ) )[0];
		$plans = $this->plans( $site, array( array( 0 ), array( 4711 ), array( '1x' ), array( $user, array( 'reassign' => $user ) ), array( $user, array( 'reassign' => 4711 ) ), array( 1 ), array( (string) $user ) ) );
		self::assertSame( array( 'wpf_delete_invalid_user', 'wpf_delete_invalid_user', 'wpf_delete_invalid_user', 'wpf_delete_invalid_reassign', 'wpf_delete_invalid_reassign' ), array_slice( $plans, 0, 5 ) );
		self::assertSame( 'This is the last administrator of the site.', $plans[5]['may_go'] );
		self::assertTrue( $plans[6]['may_go'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_tells_whose_callback_chose_the_lane( string $suite ): void {
		$site = self::site( $suite );
		$user = $site->run( __DIR__ . '/scripts/jobs/users.php', array( 'users' => 1, 'posts' => 2 ), array( 'extension' => false ) )[0];
		file_put_contents( $site->path() . '/wp-content/mu-plugins/listener.php', "<?php\nadd_action( 'trash_page', 'listener' );\nfunction listener() {}" );
		$plan  = $this->plans( $site, array( array( $user ) ) )[0];
		$lanes = array_column( $plan['types'], 'lane', 'type' );
		$cause = array_column( $plan['types'], 'cause', 'type' );
		if ( ! ParityScenario::has_extension() ) {
			self::assertSame( array( 'page' => 'core', 'post' => 'core' ), $lanes );
			self::assertStringContainsString( 'not installed', $cause['page'] );
			return;
		}
		self::assertSame( array( 'page' => 'replay', 'post' => 'bulk' ), $lanes );
		self::assertSame( array( 'page' => 'trash_page: listener (mu-plugins/listener.php:3)', 'post' => '' ), $cause );
	}

	/**
	 * Each lane, and core without the extension: what a job has counted is what was planned.
	 *
	 * @dataProvider newest
	 */
	public function test_a_job_counts_what_was_planned( string $suite ): void {
		foreach ( array( 'bulk', 'replay', 'core' ) as $lane ) {
			foreach ( array( array(), array( 'permanent' => true ), array( 'reassign' => 1 ) ) as $args ) {
				$site = self::site( $suite );
				$user = $site->run( __DIR__ . '/scripts/jobs/users.php', array( 'users' => 1, 'posts' => 40 ), array( 'extension' => false ) )[0];
				$site->database()->query( "UPDATE wp_posts SET post_status = 'trash' WHERE post_author = $user AND ID % 4 = 0" );
				$plan   = $this->plans( $site, array( array( $user, $args ) ) )[0];
				$before = $site->snapshot();
				$did    = $site->run( __DIR__ . '/scripts/plan/delete.php', array( 'user' => $user, 'mode' => $plan['mode'], 'reassign' => $plan['reassign'], 'lane' => $lane ) );
				$counts = array();
				foreach ( array_intersect_key( array( 'purged' => 'purge', 'trashed' => 'trash', 'reassigned' => 'reassign' ), $did['counts'] ) as $how => $action ) {
					foreach ( $did['counts'][ $how ] as $type => $count ) {
						$counts[ "$type $action" ] = $count;
					}
				}
				ksort( $counts );
				self::assertSame( self::told( $plan ), $counts, $lane );
				self::assertSame( self::told( $plan ), self::types( $before, $site->snapshot(), $user, array() ), $lane );
			}
		}
	}

	/**
	 * @dataProvider newest
	 */
	public function test_on_a_network_the_account_stays( string $suite ): void {
		$site   = Fixture::own( Site::install( $suite, Fixture::name( "$suite plan network" ), array( 'multisite' => true ) ) );
		$user   = $site->run( __DIR__ . '/scripts/jobs/users.php', array( 'users' => 1, 'posts' => 4 ), array( 'extension' => false ) )[0];
		$plan   = $this->plans( $site, array( array( $user ) ) )[0];
		$before = $site->snapshot();
		$site->run( __DIR__ . '/scripts/plan/delete.php', array( 'user' => $user, 'mode' => 'delete', 'reassign' => null, 'lane' => '' ) );
		$after = $site->snapshot();
		self::assertArrayHasKey( $user, $after['tables']['users'] );
		self::assertContains( 'The user leaves this site only. The account, and what the user wrote on other sites of the network, stay.', $plan['surprises'] );
		self::assertSame( self::types( $before, $after, $user, array() ), self::told( $plan ) );
		if ( ParityScenario::has_extension() ) {
			self::assertArrayNotHasKey( 'users', $plan['rows'] );
			self::assertArrayNotHasKey( 'usermeta', $plan['rows'] );
			self::assertSame( self::rows( $before['tables'], $after['tables'], array_keys( $plan['rows'] ) ), $plan['rows'] );
		}
	}

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	public static function newest(): iterable {
		$suites = ParityTest::suites();
		$newest = end( $suites );
		yield $newest => array( $newest );
	}

	/** A site of a test's own, on which nothing has happened. */
	private static function site( string $suite ): Site {
		static $empty      = array();
		$empty[ $suite ] ??= Fixture::own( Site::install( $suite, Fixture::name( "$suite plan" ) ) );
		return Fixture::own( $empty[ $suite ]->copy( Fixture::name( "$suite plans" ) ) );
	}

	/** Plans of one process. */
	private function plans( Site $site, array $plans, string $lane = '' ): array {
		return $site->run( __DIR__ . '/scripts/plan/plan.php', compact( 'plans', 'lane' ) );
	}

	/** Deletions on record: posts, seconds, state, site and mode of each. */
	private function record( Site $site, array $deletions ): void {
		foreach ( $deletions as $deletion ) {
			list( $posts, $seconds, $state, $site_id, $mode ) = $deletion + array( 2 => 'done', 1, 'delete' );

			$counts = json_encode( array( 'purged' => array( 'post' => $posts - 10, 'page' => 4 ), 'trashed' => array( 'post' => 6 ) ) );
			$site->database()->query( "INSERT INTO wp_wpf_deletions ( site_id, user_id, is_open, login_hash, email_hash, source, mode, state, counts, created, started, finished ) VALUES ( $site_id, 99, NULL, '', '', 'cli', '$mode', '$state', '$counts', NOW(), '2026-01-01 00:00:00', '2026-01-01 00:00:00' + INTERVAL $seconds SECOND )" );
		}
	}

	/** Plans, and once more while the whole site is watched. */
	private static function plan_twice( Site $site, int $victim, array $args ): array {
		$ask    = static fn () => $site->run( __DIR__ . '/scripts/plan/plan.php', array( 'plans' => array( array( $victim, $args ) ) ), array( 'time' => Fixture::DELETED ) )[0];
		$first  = $ask();
		$before = $site->snapshot();
		$second = $ask();
		self::assertSame( $before, $site->snapshot() );
		unset( $first['reads'], $second['reads'] );
		self::assertSame( $first, $second );
		return $first;
	}

	/** The victim's posts by type and by what has become of them. */
	private static function types( array $before, array $after, int $victim, array $refused ): array {
		$types = array();
		foreach ( $before['tables']['posts'] as $id => $post ) {
			if ( (int) $post['post_author'] !== $victim ) {
				continue;
			}
			$now    = $after['tables']['posts'][ $id ] ?? null;
			$action = match ( true ) {
				null === $now => 'purge',
				// Core leaves these, which it would have trashed (D3).
				isset( $refused[ $id ] ), $now['post_status'] !== $post['post_status'] => 'trash',
				$now['post_author'] !== $post['post_author'] => 'reassign',
				default => 'keep',
			};
			$types[ "{$post['post_type']} $action" ] = ( $types[ "{$post['post_type']} $action" ] ?? 0 ) + 1;
		}
		ksort( $types );
		return $types;
	}

	/** The same as the plan tells it. */
	private static function told( array $plan ): array {
		$types = array();
		foreach ( $plan['types'] as $type ) {
			$types[ "{$type['type']} {$type['action']}" ] = $type['posts'];
		}
		ksort( $types );
		return $types;
	}

	/**
	 * Files that have gone, and what they took.
	 *
	 * @param int[] $gone Bytes of each.
	 * @param array $told What the plan says of files.
	 */
	private static function assert_same_files( array $gone, array $told ): void {
		self::assertFalse( $told['more'] );
		if ( ParityScenario::has_extension() ) {
			self::assertSame( array( count( $gone ), array_sum( $gone ) ), array( $told['count'], $told['bytes'] ) );
		} else {
			// Core does not look whether others use a file (D6).
			self::assertSame( count( $gone ), $told['count'] + $told['kept'] );
		}
	}

	/** Rows that the site has less, has more, or has otherwise. */
	private static function rows( array $before, array $after, array $tables ): array {
		$rows = array();
		foreach ( $tables as $table ) {
			$common         = array_intersect_key( $after[ $table ], $before[ $table ] );
			$rows[ $table ] = array(
				'inserted' => count( array_diff_key( $after[ $table ], $before[ $table ] ) ),
				'updated'  => count( array_filter( $common, static fn ( $row, $key ) => $row !== $before[ $table ][ $key ], ARRAY_FILTER_USE_BOTH ) ),
				'deleted'  => count( array_diff_key( $before[ $table ], $after[ $table ] ) ),
			);
		}
		return $rows;
	}
}
