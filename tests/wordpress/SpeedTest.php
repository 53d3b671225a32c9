<?php
/**
 * Is the native deletion as fast, and as small, as promised?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

/**
 * Core and the extension delete the same author from two copies of one site, one after the other on the same machine and
 * with the clock running: a frozen one costs time. WPF_SPEED_POSTS is the number of the author's posts. Few of them
 * prove little, for what a deletion costs whatever its size then weighs too much. One WordPress is enough, the newest:
 * the others have no reason to differ.
 *
 * @group speed
 */
final class SpeedTest extends TestCase {

	private const POSTS  = 1000;
	private const OTHERS = 5000;

	/** How often the extension deletes; the median counts. It takes so short a time that whatever else runs shows in it. */
	private const RUNS = 3;

	private const GROWTH = 32 * 1024 * 1024;

	/** @var Site[] To be dropped. */
	private array $sites = array();

	protected function tearDown(): void {
		foreach ( $this->sites as $site ) {
			$site->drop();
		}
	}

	public function test_posts_go_to_the_trash_fifty_times_faster_and_the_process_stays_small(): void {
		list( $core, $runs ) = $this->race( 'post', array() );
		self::assertGreaterThanOrEqual( 50, self::report( 'to the trash', $core, $runs ) );
		self::assertLessThan( self::GROWTH, self::growth( $runs ), 'By so many bytes the process grew.' );
	}

	public function test_a_custom_type_that_somebody_listens_to_goes_twenty_times_faster(): void {
		list( $core, $runs ) = $this->race( 'recipe', array( 'before_delete_post', 'deleted_post' ) );
		self::assertGreaterThanOrEqual( 20, self::report( 'with hooks', $core, $runs ) );
		self::assertLessThan( self::GROWTH, self::growth( $runs ), 'By so many bytes the process grew.' );
	}

	/**
	 * Deletes the author of so many posts of a type through core once, and natively several times.
	 *
	 * @param string   $type  Post type.
	 * @param string[] $hooks Hooks with a listener.
	 * @return array{array, array[]} What Meter measured.
	 */
	private function race( string $type, array $hooks ): array {
		$posts = self::posts();
		$name  = 'speed_' . getmypid();
		$site  = $this->own( Site::install( 'sid', $name ) );
		copy( dirname( __DIR__ ) . '/demo/scripts/types.php', $site->path() . '/wp-content/mu-plugins/types.php' );
		$arguments = array(
			'posts'  => $posts,
			'others' => self::OTHERS,
			'whole'  => false,
		);
		$jane      = $site->run( dirname( __DIR__ ) . '/demo/scripts/seed.php', $arguments, array( 'user' => 1, 'extension' => false ) )['jane'];
		$site->database()->query( "UPDATE wp_posts SET post_type = '$type' WHERE post_type = 'post' AND post_author = $jane" );

		$twin   = $this->own( $site->copy( "{$name}_core" ) );
		$delete = array(
			'user'     => $jane,
			'progress' => null,
			'hooks'    => $hooks,
		);
		$core   = self::delete( $twin->with( array( 'WP_PLUGIN_DIR' => $twin->path() . '/no-plugins' ) ), $delete + array( 'function' => 'wp_delete_user' ), $type, false );
		$runs   = array();
		for ( $i = 0; $i < self::RUNS; $i++ ) {
			$twin   = $this->own( $site->copy( "{$name}_native" ) );
			$runs[] = self::delete( $twin, $delete + array( 'function' => '\WpfDelete\delete_user' ), $type, true );
		}
		usort( $runs, static fn( $a, $b ) => $a['seconds'] <=> $b['seconds'] );
		return array( $core, $runs );
	}

	/** Deletes the author, and looks where all of their posts are; returns what Meter measured. */
	private static function delete( Site $site, array $arguments, string $type, bool $extension ): array {
		$figures = $site->run( dirname( __DIR__ ) . '/demo/scripts/delete.php', $arguments, array( 'extension' => $extension ) );
		self::assertTrue( $figures['result'], "What {$arguments['function']}() returned." );

		$statuses = $site->database()->query( "SELECT post_status, COUNT(*) FROM wp_posts WHERE post_author = {$arguments['user']} AND post_type = '$type' GROUP BY post_status" )->fetch_all();
		self::assertSame( 'post' === $type ? array( array( 'trash', (string) self::posts() ) ) : array(), $statuses, "What {$arguments['function']}() made of the posts." );
		self::assertSame( array(), $site->database()->query( "SELECT ID FROM wp_users WHERE ID = {$arguments['user']}" )->fetch_all() );
		foreach ( $arguments['hooks'] as $hook ) {
			self::assertGreaterThanOrEqual( self::posts(), $figures['heard'][ $hook ], "How often $hook was heard." );
		}
		return $figures;
	}

	/** How many times faster the median was than core; printed, too. */
	private static function report( string $what, array $core, array $runs ): float {
		$native = $runs[ intdiv( self::RUNS, 2 ) ];
		$times  = $core['seconds'] / $native['seconds'];
		fprintf( STDERR, "\nspeed: %d posts %s, core %.1f s, native %.2f s, %.0f times, +%.1f MB\n", self::posts(), $what, $core['seconds'], $native['seconds'], $times, self::growth( $runs ) / 1024 / 1024 );
		return $times;
	}

	/** By how many bytes the process grew at most. */
	private static function growth( array $runs ): int {
		return max( ...array_column( $runs, 'resident' ), ...array_column( $runs, 'php' ) );
	}

	/** How many posts the author has. */
	private static function posts(): int {
		return (int) ( getenv( 'WPF_SPEED_POSTS' ) ?: self::POSTS );
	}

	private function own( Site $site ): Site {
		$this->sites[] = $site;
		return $site;
	}
}
