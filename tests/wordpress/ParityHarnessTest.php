<?php
/**
 * Does the comparison of ParityTest see differences, and only differences?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/ParityTest.php';

/**
 * Core is compared with itself, then with itself and one thing altered.
 *
 * @group core
 */
final class ParityHarnessTest extends TestCase {

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_core_is_equal_to_itself( string $suite ): void {
		foreach ( ParityScenario::names() as $name ) {
			$scenario = ParityScenario::named( $suite, $name );
			$state    = $scenario->core()['state'];
			$second   = $scenario->delete_by_core( 'second' );
			ParityTest::assert_same_state( $scenario->before, $state, ParitySnapshot::of( $second['site'], $scenario->before ) );
			self::assertNotSame( array(), ParitySnapshot::differences( array(), $scenario->before, $state ), 'The deletion changed nothing.' );
			$second['site']->drop();
		}
	}

	/**
	 * A rule that shows elsewhere would hide a mistake; one that does not show would prove nothing.
	 *
	 * @dataProvider suites
	 */
	public function test_deviations_show_where_the_fixture_asks( string $suite ): void {
		foreach ( ParityScenario::names() as $name ) {
			$scenario = ParityScenario::named( $suite, $name );
			self::assertEquals( $scenario->proofs(), $scenario->deviations()->notes(), "Deviations of '$name' on $suite." );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_the_victim_owns_enough( string $suite ): void {
		$fixture = Fixture::on( $suite );
		$victim  = (string) $fixture->users['victim'];
		$posts   = ParitySnapshot::of( $fixture->site )['posts'];
		self::assertGreaterThanOrEqual( 300, count( array_keys( array_column( $posts, 'post_author' ), $victim, true ) ) );
	}

	/**
	 * @dataProvider alterations
	 */
	public function test_an_altered_row_is_seen( string $change, string $where ): void {
		$suite    = ParityTest::suites()[0];
		$scenario = ParityScenario::named( $suite, 'reassign' );
		$core     = $scenario->delete_by_core( 'altered' );
		$state    = ParitySnapshot::of( $core['site'], $scenario->before );
		$core['site']->database()->query( $change );
		self::assertSame( 1, $core['site']->database()->affected_rows );

		$differences = ParitySnapshot::differences( $scenario->before, $state, ParitySnapshot::of( $core['site'], $scenario->before ) );
		self::assertCount( 1, $differences );
		self::assertStringStartsWith( $where, $differences[0] );
	}

	public static function alterations(): array {
		return array(
			'a title'           => array( "UPDATE wp_posts SET post_title = CONCAT( post_title, ' ' ) WHERE post_title = 'Title of quoted-slug'", 'posts ' ),
			'a count'           => array( 'UPDATE wp_term_taxonomy SET count = 8 WHERE term_taxonomy_id = 9001', 'term_taxonomy 9001 count' ),
			'a meta'            => array( "UPDATE wp_postmeta SET meta_key = 'Note' WHERE meta_value = 'kept-draft'", 'postmeta ' ),
			'a new meta'        => array( "INSERT INTO wp_postmeta ( post_id, meta_key, meta_value ) VALUES ( 1, 'new', 'new' )", 'postmeta of post 1, new 1 row' ),
			'a row less'        => array( 'DELETE FROM wp_links WHERE link_id = 201', 'links 201 row' ),
			'an option'         => array( "UPDATE wp_options SET option_value = 'a:0:{}' WHERE option_name = 'sticky_posts'", 'options sticky_posts option_value' ),
			'how it autoloads'  => array( "UPDATE wp_options SET autoload = 'maybe' WHERE option_name = 'sticky_posts'", 'options sticky_posts autoload' ),
			'a relationship'    => array( 'DELETE FROM wp_term_relationships WHERE term_taxonomy_id = 9500 LIMIT 1', 'term_relationships ' ),
		);
	}

	public function test_a_file_less_is_seen(): void {
		$scenario = ParityScenario::named( ParityTest::suites()[0], 'reassign' );
		$core     = $scenario->delete_by_core( 'altered' );
		$state    = ParitySnapshot::of( $core['site'], $scenario->before );
		unlink( $core['site']->uploads() . '/2026/01/image.jpg' );
		$differences = ParitySnapshot::differences( $scenario->before, $state, ParitySnapshot::of( $core['site'], $scenario->before ) );
		self::assertCount( 1, $differences );
		self::assertStringStartsWith( 'files 2026/01/image.jpg row', $differences[0] );
	}
}
