<?php
/**
 * What the tests of the traps share.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';
require_once __DIR__ . '/LabelledState.php';

/**
 * The fixture's victim is deleted once per suite and scenario, for all tests.
 */
abstract class TrapsTestCase extends TestCase {

	/** Fixture::DELETED as `_wp_trash_meta_time` has it. */
	protected const DELETED_AT = '1772360430';

	protected const NO_DATE = '0000-00-00 00:00:00';

	/**
	 * What listeners are given: how many arguments on each suite, none where the hook is not fired; which of them is the
	 * id of a post whose type differs.
	 */
	protected const HOOKS = array(
		'delete_user'                => array( 3, 3, 3, null ),
		'deleted_user'               => array( 3, 3, 3, null ),
		'pre_delete_post'            => array( 3, 3, 3, null ),
		'before_delete_post'         => array( 2, 2, 2, 0 ),
		'delete_post'                => array( 2, 2, 2, 0 ),
		'deleted_post'               => array( 2, 2, 2, 0 ),
		'after_delete_post'          => array( 2, 2, 2, 0 ),
		'delete_post_book'           => array( 0, 2, 2, 0 ),
		'deleted_post_book'          => array( 0, 2, 2, 0 ),
		'pre_trash_post'             => array( 2, 3, 3, null ),
		'wp_trash_post'              => array( 1, 2, 2, 0 ),
		'trashed_post'               => array( 1, 2, 2, 0 ),
		'pre_delete_attachment'      => array( 3, 3, 3, null ),
		'delete_attachment'          => array( 2, 2, 2, 0 ),
		'delete_comment'             => array( 2, 2, 2, null ),
		'deleted_comment'            => array( 2, 2, 2, null ),
		'delete_term_relationships'  => array( 3, 3, 3, null ),
		'deleted_term_relationships' => array( 3, 3, 3, null ),
		'edit_term_taxonomy'         => array( 2, 2, 3, null ),
		'edited_term_taxonomy'       => array( 2, 2, 3, null ),
		'update_term_count'          => array( 0, 0, 3, null ),
		'transition_post_status'     => array( 3, 3, 3, null ),
	);

	/** @var array<string, array{LabelledState, LabelledState}> By suite and scenario. */
	private static array $deletions = array();

	/** @var array<string, array{Site, int}> By suite. */
	private static array $heard = array();

	public static function suites(): iterable {
		return TriggersTest::suites();
	}

	/**
	 * The site before and after the deletion; natively when this run has the extension, otherwise by core.
	 *
	 * @return array{LabelledState, LabelledState}
	 */
	protected static function deletion( string $suite, string $name ): array {
		if ( ! isset( self::$deletions[ "$suite $name" ] ) ) {
			$scenario = ParityScenario::named( $suite, $name );
			$deletion = $scenario->delete_by_plugin( 'traps', '\WpfDelete\delete_user' );
			$after    = ParitySnapshot::of( $deletion['site'], $scenario->before );
			self::assertTrue( $deletion['result'] );
			self::assertFileExists( $deletion['site']->path() . '/escaped.txt', 'A file outside of the uploads was deleted.' );
			$deletion['site']->drop();
			self::$deletions[ "$suite $name" ] = array(
				new LabelledState( $scenario->fixture, $scenario->before ),
				new LabelledState( $scenario->fixture, $after, array_keys( array_diff_key( $after['postmeta'], $scenario->before['postmeta'] ) ) ),
			);
		}
		return self::$deletions[ "$suite $name" ];
	}

	/** What is expected of the extension, or else of core. */
	protected static function native( mixed $native, mixed $core ): mixed {
		return ParityScenario::has_extension() ? $native : $core;
	}

	/** A user of the fixture, as columns have it. */
	protected static function user( string $suite, string $name ): string {
		return (string) Fixture::on( $suite )->users[ $name ];
	}

	/** Each label with the same value. */
	protected static function all( array $labels, mixed $value ): array {
		return array_fill_keys( $labels, $value );
	}

	/** A site whose listeners are asked what they hear, and the user to delete on it; the site is to be copied. */
	protected static function site_to_hear( string $suite ): array {
		if ( ! isset( self::$heard[ $suite ] ) ) {
			$site                  = Fixture::own( Site::install( $suite, Fixture::name( "$suite heard" ) ) );
			$seeded                = $site->run( __DIR__ . '/scripts/hooks-seed.php', array(), array( 'time' => Fixture::SEEDED, 'user' => 1, 'extension' => false ) );
			self::$heard[ $suite ] = array( $site, $seeded['user'] );
		}
		return self::$heard[ $suite ];
	}

	/** Each firing of HOOKS: hook, arguments. */
	protected static function heard( string $suite ): array {
		static $heard = array();
		if ( ! isset( $heard[ $suite ] ) ) {
			list( $site, $user ) = self::site_to_hear( $suite );
			$copy                = Fixture::own( $site->copy( Fixture::name( "$suite listening" ) ) );
			$arguments           = array(
				'function' => '\WpfDelete\delete_user',
				'user'     => $user,
				'order'    => ! ParityScenario::has_extension(),
				'hooks'    => array_keys( self::HOOKS ),
			);
			$heard[ $suite ]     = $copy->run( __DIR__ . '/scripts/hooks-record.php', $arguments, array( 'time' => Fixture::DELETED, 'user' => 1 ) )['heard'];
			$copy->drop();
		}
		return $heard[ $suite ];
	}

	/** Names of the hooks that were fired with a post of that type. */
	protected static function heard_of_posts( string $suite, string $type ): array {
		$hooks = array_filter( self::heard( $suite ), static fn( $one ) => in_array( $type, array_column( array_filter( $one[1], 'is_array' ), 'post_type' ), true ) );
		return array_values( array_unique( array_column( $hooks, 0 ) ) );
	}
}
