<?php
/**
 * Do core and the engine leave the same on sites that nobody thought of?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Random\Arena;
use WpfDelete\Tests\Random\Contest;
use WpfDelete\Tests\Random\Generator;

require_once __DIR__ . '/ParityTest.php';
require_once dirname( __DIR__ ) . '/random/Contest.php';

/**
 * A few seeds of tests/random/parity.php, of every mode and profile, on single sites and networks; and small sites on
 * which it once found a difference.
 */
final class RandomSitesTest extends TestCase {

	private const SEEDS = array( 22, 28, 33, 40, 46, 47, 60, 74, 118, 156 );

	private const NOW = '2026-01-02 08:00:00';

	/** @var array<string, Arena> */
	private static array $arenas = array();

	public static function seeds(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			foreach ( self::SEEDS as $seed ) {
				yield "$suite, seed $seed" => array( $suite, Generator::plan( $seed ) );
			}
		}
	}

	public static function sites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			foreach ( self::found() as $name => $plan ) {
				yield "$suite, $name" => array( $suite, $plan );
			}
		}
	}

	/**
	 * @dataProvider seeds
	 */
	public function test_a_random_site_is_left_as_core_leaves_it( string $suite, array $plan ): void {
		self::assert_no_difference( $suite, $plan );
	}

	/**
	 * @dataProvider sites
	 */
	public function test_a_site_that_failed_once_does_not_again( string $suite, array $plan ): void {
		self::assert_no_difference( $suite, $plan );
	}

	public function test_the_seeds_leave_nothing_out(): void {
		$seen = array();
		foreach ( self::SEEDS as $seed ) {
			$plan   = Generator::plan( $seed );
			$where  = $plan['network'] ? 'network' : 'single';
			$seen[] = "$where, {$plan['mode']}";
			$seen[] = "$where, {$plan['profile']}";
		}
		foreach ( array( 'single', 'network' ) as $where ) {
			foreach ( array_merge( Generator::MODES, Generator::PROFILES ) as $what ) {
				self::assertContains( "$where, $what", $seen );
			}
		}
	}

	/** A mutation that changes nothing any more would look as if nobody noticed it. */
	public function test_each_mutation_finds_its_place(): void {
		$root = dirname( __DIR__, 2 );
		$lost = array();
		foreach ( file( "$root/tests/random/mutations.txt", FILE_IGNORE_NEW_LINES ) as $line ) {
			list( $name, $file, $change ) = explode( ' | ', $line, 3 );

			$process = proc_open( array( 'perl', '-0pe', $change, "$root/$file" ), array( 1 => array( 'pipe', 'w' ) ), $pipes );
			$mutant  = stream_get_contents( $pipes[1] );
			self::assertSame( 0, proc_close( $process ), $name );
			if ( file_get_contents( "$root/$file" ) === $mutant ) {
				$lost[] = $name;
			}
		}
		self::assertSame( array(), $lost );
	}

	public function test_a_seed_is_the_same_site_each_time(): void {
		$plan = Generator::plan( 1 );
		mt_srand( 2 );
		self::assertSame( $plan, Generator::plan( 1 ) );
		self::assertNotSame( $plan['objects'], Generator::plan( 2 )['objects'] );
	}

	private static function assert_no_difference( string $suite, array $plan ): void {
		$where = $suite . ( $plan['network'] ? ' network' : '' );
		self::$arenas[ $where ] ??= new Arena( $suite, $plan['network'] );
		$contest = new Contest( self::$arenas[ $where ], $suite, $plan );
		self::assertSame( array(), array_slice( $contest->differences, 0, 20 ) );
	}

	/** @return array<string, array> Plans. */
	private static function found(): array {
		$calm = array( 'kind' => 'term', 'id' => 60, 'tt' => 90, 'taxonomy' => 'mood', 'name' => 'calm', 'slug' => 'calm', 'parent' => 0 );
		$file = static fn( string $path, array $sizes = array() ) => array(
			array( '_wp_attached_file', $path ),
			array( '_wp_attachment_metadata', serialize( array( 'file' => $path, 'sizes' => array_map( static fn( $size ) => array( 'file' => $size ), $sizes ) ) ) ),
		);
		$uploads = static fn( string ...$paths ) => array_map( static fn( $path ) => array( 'kind' => 'file', 'path' => "2026/01/$path" ), $paths );

		return array(
			'the only two published posts, and no option for the calendar' => self::plan( array( self::post( 100 ), self::post( 101 ) ) ),
			'the only published post, and no option for the calendar' => self::plan( array( self::post( 100 ), self::post( 101, array( 'status' => 'draft' ) ) ) ),
			'a slug that is cut to the one of another post' => self::plan( array( self::post( 100, array( 'name' => 'foo-' ) ), self::post( 101, array( 'name' => 'foo' ) ), self::post( 102, array( 'name' => '-' ) ), self::post( 103, array( 'name' => '' ) ) ) ),
			'a slug that loses a backslash to be that of another post' => self::plan( array( self::post( 100, array( 'name' => 'b\ar' ) ), self::post( 101, array( 'name' => 'bar' ) ), self::post( 102, array( 'name' => 'q\ux__trashed' ) ), self::post( 103, array( 'name' => 'qux' ) ) ) ),
			'two slugs that are equal until they lose a backslash' => self::plan( array( self::post( 100, array( 'name' => 'back\\' ) ), self::post( 101, array( 'name' => 'back\\' ) ), self::post( 102, array( 'name' => 'b\\ar' ) ), self::post( 103, array( 'name' => 'b\\ar' ) ), self::post( 104, array( 'name' => 'b\\ar__trashed', 'author' => Generator::COLLEAGUE ) ) ) ),
			'a long slug that is cut to the one of another post' => self::plan( array( self::post( 100, array( 'name' => str_repeat( 'Long', 50 ) ) ), self::post( 101, array( 'name' => substr( str_repeat( 'long', 50 ), 0, 191 ) ) ) ) ),
			'a network counts the posts of its sites' => self::plan( array( self::post( 100 ), self::post( 101, array( 'author' => Generator::COLLEAGUE ) ) ), array( 'network' => true ) ),
			'a network counts the posts that are left by a deletion for good' => self::plan( array( self::post( 100 ) ), array( 'network' => true, 'mode' => 'erase' ) ),
			'a network notes when a page went' => self::plan( array( self::post( 100, array( 'type' => 'page', 'terms' => array( 91 ) ) ), array( 'tt' => 91, 'taxonomy' => 'deck' ) + $calm ), array( 'network' => true ) ),
			'one of two attachments of a file has a size of its own' => self::plan(
				array(
					self::post( 100, array( 'type' => 'attachment', 'metas' => $file( '2026/01/a.jpg', array( 'a-1.jpg', 'a-2.jpg' ) ) ) ),
					self::post( 101, array( 'type' => 'attachment', 'author' => Generator::COLLEAGUE, 'metas' => $file( '2026/01/a.jpg', array( 'a-2.jpg' ) ) ) ),
					...$uploads( 'a.jpg', 'a-1.jpg', 'a-2.jpg' ),
				),
				array( 'profile' => 'wild' )
			),
			'a post that is no attachment names the file' => self::plan(
				array(
					self::post( 100, array( 'type' => 'attachment', 'metas' => $file( '2026/01/a.jpg' ) ) ),
					self::post( 101, array( 'author' => Generator::COLLEAGUE, 'metas' => $file( '2026/01/a.jpg' ) ) ),
					...$uploads( 'a.jpg' ),
				)
			),
			'a file whose name differs from another one in case' => self::plan(
				array(
					self::post( 100, array( 'type' => 'attachment', 'metas' => $file( '2026/01/A.jpg' ) ) ),
					self::post( 101, array( 'type' => 'attachment', 'author' => Generator::COLLEAGUE, 'metas' => $file( '2026/01/a.jpg' ) ) ),
					self::post( 102, array( 'type' => 'attachment', 'author' => Generator::COLLEAGUE, 'metas' => $file( '2026/01/A.jpg' ) ) ),
					...$uploads( 'A.jpg', 'a.jpg' ),
				),
				array( 'profile' => 'wild' )
			),
			'a trashed post goes before the book above it, in the replay lane, too' => self::plan(
				array(
					self::post( 100, array( 'status' => 'trash', 'parent' => 101 ) ),
					self::post( 101, array( 'type' => 'book', 'terms' => array() ) ),
					self::post( 102, array( 'type' => 'attachment', 'status' => 'inherit', 'author' => Generator::COLLEAGUE, 'parent' => 100 ) ),
				),
				array( 'lane' => 'replay' )
			),
			'a page in another spelling below a page' => self::plan(
				array(
					self::post( 100, array( 'type' => 'page' ) ),
					self::post( 101, array( 'type' => 'Page', 'author' => Generator::COLLEAGUE, 'parent' => 100 ) ),
					self::post( 102, array( 'type' => 'Attachment', 'author' => Generator::COLLEAGUE, 'parent' => 100 ) ),
					self::post( 103, array( 'type' => 'page', 'author' => Generator::COLLEAGUE, 'parent' => 101 ) ),
				),
				array( 'mode' => 'erase' )
			),
			'a term that counts an attachment by a parent trashed later' => self::plan(
				array(
					$calm,
					self::post( 100, array( 'type' => 'attachment', 'terms' => array( 90 ) ) ),
					self::post( 101 ),
					self::post( 102, array( 'type' => 'attachment', 'status' => 'inherit', 'author' => Generator::COLLEAGUE, 'parent' => 101, 'terms' => array( 90 ) ) ),
				),
				array( 'profile' => 'wild' )
			),
			'a term that counts what the replay lane trashes after it has purged' => self::plan(
				array(
					$calm,
					self::post( 100, array( 'status' => 'trash', 'terms' => array( 90 ) ) ),
					self::post( 101, array( 'author' => Generator::COLLEAGUE ) ),
					self::post( 102, array( 'type' => 'attachment', 'parent' => 101, 'terms' => array( 90 ) ) ),
				),
				array( 'profile' => 'wild', 'mode' => 'trash media', 'lane' => 'replay' )
			),
		);
	}

	/** A plan with the three users. */
	private static function plan( array $objects, array $settings = array() ): array {
		foreach ( array( Generator::VICTIM => 'author', Generator::COLLEAGUE => 'editor', Generator::HEIR => 'editor' ) as $id => $role ) {
			$objects[] = array( 'kind' => 'user', 'id' => $id, 'login' => "user$id", 'role' => $role, 'name' => "User $id", 'metas' => array() );
		}
		return $settings + array(
			'seed'      => 0,
			'profile'   => 'clean',
			'network'   => false,
			'mode'      => 'delete',
			'function'  => 'WpfDelete\delete_user',
			'actor'     => 1,
			'revisions' => 0,
			'batch'     => 300,
			'slice'     => 2000,
			'pace'      => 0.5,
			'lane'      => '',
			'objects'   => $objects,
		);
	}

	/** A published post of the victim, in the default category. */
	private static function post( int $id, array $fields = array() ): array {
		$is_post = 'post' === ( $fields['type'] ?? 'post' );
		return $fields + array(
			'kind'    => 'post',
			'id'      => $id,
			'type'    => 'post',
			'author'  => Generator::VICTIM,
			'status'  => 'publish',
			'name'    => "slug-$id",
			'title'   => "Title $id",
			'content' => "Content $id",
			'date'    => self::NOW,
			'gmt'     => self::NOW,
			'ping_status' => 'open',
			'guid'    => "http://example.test/?p=$id",
			'terms'   => $is_post ? array( 1 ) : array(),
		);
	}
}
