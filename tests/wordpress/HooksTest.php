<?php
/**
 * Do listeners hear what core would have told them?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/ParityTest.php';
require_once __DIR__ . '/ParityScenario.php';

/**
 * One listener on every action and veto of a deletion. Each object - a post, a comment, a meta, a term - must see the
 * same hooks with the same arguments in the same order through the replay lane as through core. Between objects the
 * order may differ in one way, which is tested as well: what comes before a batch comes before all of it.
 */
final class HooksTest extends TestCase {

	private const SEEDED  = '2026-03-01 12:00:00';
	private const DELETED = '2026-03-02 12:00:00';

	/** By hook: which argument names the object, and what it is. */
	private const HOOKS = array(
		'pre_delete_post'            => array( 1, 'post' ),
		'before_delete_post'         => array( 0, 'post' ),
		'delete_post'                => array( 0, 'post' ),
		'deleted_post'               => array( 0, 'post' ),
		'after_delete_post'          => array( 0, 'post' ),
		'wp_delete_post_revision'    => array( 0, 'post' ),
		'clean_post_cache'           => array( 0, 'post' ),
		'clean_page_cache'           => array( 0, 'post' ),
		'clean_object_term_cache'    => array( 0, 'post' ),
		'delete_term_relationships'  => array( 0, 'post' ),
		'deleted_term_relationships' => array( 0, 'post' ),
		'wp_update_comment_count'    => array( 0, 'post' ),
		'pre_trash_post'             => array( 1, 'post' ),
		'wp_trash_post'              => array( 0, 'post' ),
		'trashed_post'               => array( 0, 'post' ),
		'transition_post_status'     => array( 2, 'post' ),
		'edit_post'                  => array( 0, 'post' ),
		'post_updated'               => array( 0, 'post' ),
		'save_post'                  => array( 0, 'post' ),
		'wp_insert_post'             => array( 0, 'post' ),
		'wp_after_insert_post'       => array( 0, 'post' ),
		'trash_post_comments'        => array( 0, 'post' ),
		'trashed_post_comments'      => array( 0, 'post' ),
		'pre_delete_attachment'      => array( 1, 'post' ),
		'delete_attachment'          => array( 0, 'post' ),
		'add_post_meta'              => array( 0, 'post' ),
		'added_post_meta'            => array( 1, 'post' ),
		'delete_post_meta'           => array( 1, 'post' ),
		'deleted_post_meta'          => array( 1, 'post' ),
		'delete_postmeta'            => array( 0, 'meta' ),
		'deleted_postmeta'           => array( 0, 'meta' ),
		'delete_comment'             => array( 0, 'comment' ),
		'deleted_comment'            => array( 0, 'comment' ),
		'wp_set_comment_status'      => array( 0, 'comment' ),
		'transition_comment_status'  => array( 2, 'comment' ),
		'clean_comment_cache'        => array( 0, 'comment' ),
		'delete_comment_meta'        => array( 1, 'comment' ),
		'deleted_comment_meta'       => array( 1, 'comment' ),
		'delete_commentmeta'         => array( 0, 'comment meta' ),
		'deleted_commentmeta'        => array( 0, 'comment meta' ),
		'edit_term_taxonomy'         => array( 0, 'term' ),
		'edited_term_taxonomy'       => array( 0, 'term' ),
		'clean_term_cache'           => array( 1, 'taxonomy' ),
		'wp_delete_file'             => array( 0, 'file' ),
	);

	/** Hooks that are fired while all rows of a batch are there. */
	private const BEFORE = array( 'pre_delete_post', 'pre_delete_attachment', 'before_delete_post', 'delete_attachment', 'pre_trash_post', 'wp_trash_post' );

	/** Hooks whose names carry a type or a status: pattern of the firsts, and the object. */
	private const TYPED = array(
		'delete_post_%s'  => array( 0, 'post' ),
		'deleted_post_%s' => array( 0, 'post' ),
		'edit_post_%s'    => array( 0, 'post' ),
		'save_post_%s'    => array( 0, 'post' ),
		'trash_%s'        => array( 0, 'post' ),
	);

	/** Ends a site's name, so that runs at the same time do not meet. */
	private static array $sites = array();

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_each_object_sees_its_hooks_as_through_core( string $suite ): void {
		list( $core, $native ) = self::recordings( $suite );

		$expected = self::by_object( $core );
		$got      = self::by_object( $native );
		self::assertGreaterThan( 100, count( $expected ), 'The listener heard of too few objects.' );
		self::assertSame( array(), array_diff( array_keys( $expected ), array_keys( $got ) ), 'Objects nobody was told about.' );
		self::assertSame( array(), array_diff( array_keys( $got ), array_keys( $expected ) ), 'Objects core tells nobody about.' );
		foreach ( $expected as $object => $heard ) {
			if ( ParityScenario::has_extension() ) {
				$heard = self::before_first( $heard );
			}
			self::assertSame( array_column( $heard, 0 ), array_column( $got[ $object ], 0 ), "Hooks of $object" );
			self::assertEquals( $heard, $got[ $object ], "Arguments for $object" );
		}
	}

	/**
	 * @group native
	 * @dataProvider suites
	 */
	public function test_what_comes_before_comes_before_the_whole_batch( string $suite ): void {
		list( , $native ) = self::recordings( $suite );
		$first = array();
		foreach ( $native as $position => list( $hook, $given ) ) {
			$of_book = 'deleted_post' === $hook && 'book' === ( $given[1]['post_type'] ?? '' );
			if ( $of_book || ( 'before_delete_post' === $hook && 'book' === $given[1]['post_type'] ) ) {
				$first[ $hook ][] = $position;
			}
		}
		self::assertLessThan( min( $first['deleted_post'] ), max( $first['before_delete_post'] ) );
	}

	public static function tearDownAfterClass(): void {
		foreach ( self::$sites as $site ) {
			$site->drop();
		}
		self::$sites = array();
	}

	/**
	 * What was heard through core, and through the plugin.
	 *
	 * @return array{array[], array[]}
	 */
	private static function recordings( string $suite ): array {
		static $recordings = array();
		if ( ! isset( $recordings[ $suite ] ) ) {
			$site          = Site::install( $suite, "hooks_{$suite}_" . getmypid() );
			self::$sites[] = $site;
			$user          = $site->run( __DIR__ . '/scripts/hooks-seed.php', array(), array( 'time' => self::SEEDED, 'user' => 1, 'extension' => false ) )['user'];
			foreach ( array( 'wp_delete_user', '\WpfDelete\delete_user' ) as $function ) {
				$twin          = $site->copy( "hooks_{$suite}_" . count( $recordings[ $suite ] ?? array() ) . '_' . getmypid() );
				self::$sites[] = $twin;
				$by_core       = 'wp_delete_user' === $function;
				$run           = array(
					'function' => $function,
					'user'     => $user,
					'order'    => $by_core || '' === (string) getenv( 'WPF_EXTENSION' ),
					'hooks'    => self::hooks(),
				);
				$options       = array( 'time' => self::DELETED, 'user' => 1 );
				if ( $by_core ) {
					$twin     = $twin->with( array( 'WP_PLUGIN_DIR' => $twin->path() . '/no-plugins' ) );
					$options += array( 'extension' => false );
				}
				$done = $twin->run( __DIR__ . '/scripts/hooks-record.php', $run, $options );
				self::assertTrue( $done['result'] );
				$recordings[ $suite ][] = array_map( static fn( $one ) => self::without_site( $one, $twin ), $done['heard'] );
			}
		}
		return $recordings[ $suite ];
	}

	/** Names of all hooks. */
	private static function hooks(): array {
		$hooks = array_keys( self::HOOKS );
		foreach ( self::TYPED as $pattern => $_ ) {
			foreach ( array( 'post', 'page', 'book', 'attachment', 'revision', 'nav_menu_item' ) as $type ) {
				$hooks[] = sprintf( $pattern, $type );
			}
		}
		foreach ( array( 'publish', 'draft', 'private', 'pending' ) as $status ) {
			$hooks[] = "{$status}_to_trash";
		}
		foreach ( array( 'approved', 'unapproved', 'spam' ) as $status ) {
			$hooks[] = "comment_{$status}_to_delete";
		}
		return array_merge( $hooks, array( 'comment_delete_comment', 'comment_delete_pingback' ) );
	}

	/** Paths differ between twins. */
	private static function without_site( array $one, Site $site ): array {
		array_walk_recursive(
			$one,
			static function ( &$value ) use ( $site ) {
				$value = is_string( $value ) ? str_replace( $site->path(), 'SITE', $value ) : $value;
			}
		);
		return $one;
	}

	/**
	 * The rule between objects: what comes before a batch comes before all of it. A post whose parent goes in the same
	 * batch is asked first, and sees its cache cleaned for the parent's sake afterwards.
	 */
	private static function before_first( array $heard ): array {
		$is_before = static fn( $one ) => in_array( $one[0], self::BEFORE, true );
		return array_merge( array_values( array_filter( $heard, $is_before ) ), array_values( array_filter( $heard, static fn( $one ) => ! $is_before( $one ) ) ) );
	}

	/** What each object saw, in order. */
	private static function by_object( array $heard ): array {
		$objects = array();
		foreach ( $heard as list( $hook, $given ) ) {
			list( $argument, $kind ) = self::HOOKS[ $hook ] ?? array( 0, str_starts_with( $hook, 'comment_' ) ? 'comment' : 'post' );
			$object = $given[ $argument ];
			if ( is_array( $object ) ) {
				$object = $object['ID'] ?? $object['comment_ID'] ?? implode( ',', $object );
			}
			$objects[ "$kind $object" ][] = array( $hook, $given );
		}
		return $objects;
	}
}
