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
 * prove little, for what a deletion costs whatever its size then weighs too much.
 */
final class SpeedTest extends TestCase {

	private const POSTS  = 1000;
	private const OTHERS = 5000;
	private const TIMES  = 50;

	/** How often the extension deletes; the median counts. It takes so short a time that whatever else runs shows in it. */
	private const RUNS   = 3;

	private const GROWTH = 32 * 1024 * 1024;

	/** @var Site[] To be dropped. */
	private array $sites = array();

	protected function tearDown(): void {
		foreach ( $this->sites as $site ) {
			$site->drop();
		}
	}

	/** No suite has a reason to differ, so that one is enough. */
	public static function suites(): iterable {
		foreach ( explode( ' ', getenv( 'WPF_SUITES' ) ?: 'sid' ) as $suite ) {
			yield $suite => array( $suite );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_is_fifty_times_faster_than_core_and_stays_small( string $suite ): void {
		if ( '' === (string) getenv( 'WPF_EXTENSION' ) ) {
			self::markTestSkipped( 'Without the extension it is core that deletes.' );
		}
		$posts  = (int) ( getenv( 'WPF_SPEED_POSTS' ) ?: self::POSTS );
		$name   = 'speed_' . getmypid();
		$site   = $this->own( Site::install( $suite, $name ) );
		$seeded = $site->run(
			dirname( __DIR__ ) . '/demo/scripts/seed.php',
			array(
				'posts'  => $posts,
				'others' => self::OTHERS,
				'whole'  => false,
			),
			array(
				'user'      => 1,
				'extension' => false,
			)
		);
		$twin   = $this->own( $site->copy( "{$name}_core" ) );
		$core   = self::delete( $twin->with( array( 'WP_PLUGIN_DIR' => $twin->path() . '/no-plugins' ) ), 'wp_delete_user', $seeded['jane'], $posts, false );

		$runs = array();
		for ( $i = 0; $i < self::RUNS; $i++ ) {
			$twin   = $this->own( $site->copy( "{$name}_native" ) );
			$runs[] = self::delete( $twin, '\WpfDelete\delete_user', $seeded['jane'], $posts, true );
		}
		usort( $runs, static fn( $a, $b ) => $a['seconds'] <=> $b['seconds'] );
		$native = $runs[ intdiv( self::RUNS, 2 ) ];
		$times  = $core['seconds'] / $native['seconds'];
		$growth = max( ...array_column( $runs, 'resident' ), ...array_column( $runs, 'php' ) );
		fprintf( STDERR, "\nspeed: %d posts, core %.1f s, native %.2f s, %.0f times, +%.1f MB\n", $posts, $core['seconds'], $native['seconds'], $times, $growth / 1024 / 1024 );

		self::assertGreaterThanOrEqual( self::TIMES, $times, 'Core took so many times as long as the extension.' );
		self::assertLessThan( self::GROWTH, $growth, 'By so many bytes the process grew.' );
	}

	/** Deletes the author, and looks whether all of their posts are in the trash; returns what Meter measured. */
	private static function delete( Site $site, string $function, int $user, int $posts, bool $extension ): array {
		$arguments = array(
			'function' => $function,
			'user'     => $user,
			'progress' => null,
		);
		$figures   = $site->run( dirname( __DIR__ ) . '/demo/scripts/delete.php', $arguments, array( 'extension' => $extension ) );
		self::assertTrue( $figures['result'], "What $function() returned." );

		$statuses = $site->database()->query( "SELECT post_status, COUNT(*) FROM wp_posts WHERE post_author = $user AND post_type = 'post' GROUP BY post_status" )->fetch_all();
		self::assertSame( array( array( 'trash', (string) $posts ) ), $statuses, "What $function() made of the posts." );
		self::assertSame( array(), $site->database()->query( "SELECT ID FROM wp_users WHERE ID = $user" )->fetch_all() );
		return $figures;
	}

	private function own( Site $site ): Site {
		$this->sites[] = $site;
		return $site;
	}
}
