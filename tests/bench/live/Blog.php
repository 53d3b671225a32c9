<?php
/**
 * The site that is alive.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use RuntimeException;
use WpfDelete\Tests\Support\Site;

/** A seeded blog, on a server that is running. Seeded once: later runs begin with a copy of the server's data. */
final class Blog {

	/** Of so many posts one is the author's. */
	public const EVERY = 5;

	private const SUITE = 'sid';

	/**
	 * @param Site $site     The site.
	 * @param int  $posts    Posts of the author.
	 * @param int  $author   Who is going to be deleted.
	 * @param int  $first_id Id of the first of all posts; the next has this one plus two, for each has a revision.
	 */
	private function __construct( public readonly Site $site, public readonly int $posts, public readonly int $author, private int $first_id ) {
	}

	/**
	 * Seeds or copies.
	 *
	 * @param int      $posts    Posts of the author.
	 * @param Database $database Left running.
	 */
	public static function of( int $posts, Database $database ): self {
		$snapshot = Options::folder() . '/blog-' . self::fingerprint( $posts );
		$database->stop();
		if ( ! self::kept( $snapshot ) ) {
			Trial::say( 'seeding ' . number_format( $posts * self::EVERY ) . ' posts' );
			self::seed( $posts, $database, $snapshot );
		}
		self::execute( 'rm', '-rf', "$database->folder/data" );
		self::execute( 'cp', '-a', '--reflink=auto', "$snapshot/data", "$database->folder/data" );
		// Otherwise the kernel would write it back while the site is measured.
		self::execute( 'sync', '--file-system', "$database->folder/data" );
		$database->start();
		$blog = self::kept( $snapshot );
		$blog->warm();
		return $blog;
	}

	/** Posts of everybody. */
	public function size(): int {
		return $this->posts * self::EVERY;
	}

	/** @return array What Visitors have to know of it; a new password each time. */
	public function for_visitors(): array {
		return array(
			'size'     => $this->size(),
			'every'    => self::EVERY,
			'first_id' => $this->first_id,
		) + $this->site->run( __DIR__ . '/scripts/open.php' );
	}

	/** The version of WordPress. */
	public static function wordpress(): string {
		preg_match( "/wp_version = '([^']+)'/", file_get_contents( self::tree() . '/wp-includes/version.php' ), $found );
		return $found[1];
	}

	/** The folder of WordPress. */
	public static function tree(): string {
		return dirname( __DIR__, 3 ) . '/target/wordpress/' . self::SUITE;
	}

	/** What a snapshot is of, if it is there. */
	private static function kept( string $snapshot ): ?self {
		if ( ! is_file( "$snapshot/blog" ) ) {
			return null;
		}
		$blog = unserialize( file_get_contents( "$snapshot/blog" ), array( 'allowed_classes' => array( self::class, Site::class ) ) );
		return is_dir( $blog->site->path() ) ? $blog : null;
	}

	private static function seed( int $posts, Database $database, string $snapshot ): void {
		// One snapshot at a time is enough, and they are large.
		@mkdir( $database->folder, 0755, true );
		self::execute( 'rm', '-rf', "$database->folder/data", ...glob( Options::folder() . '/blog-*' ) );
		$database->start();
		$site = Site::install(
			self::SUITE,
			'bench_live',
			array(
				'constants' => array(
					'WP_DEBUG'     => false,
					'WP_DEBUG_LOG' => false,
				),
			)
		);
		symlink( __DIR__ . '/scripts/must-use.php', $site->path() . '/wp-content/mu-plugins/bench-live.php' );
		$seeded = $site->run( __DIR__ . '/scripts/seed.php', array( 'posts' => $posts * self::EVERY, 'every' => self::EVERY ), array( 'extension' => false ) );
		$database->finish();
		mkdir( $snapshot );
		self::execute( 'cp', '-a', '--reflink=auto', "$database->folder/data", "$snapshot/data" );
		file_put_contents( "$snapshot/blog", serialize( new self( $site, $posts, $seeded['author'], $seeded['first_id'] ) ) );
	}

	/** Whatever decides what a snapshot holds. */
	private static function fingerprint( int $posts ): string {
		$files = array( __FILE__, __DIR__ . '/scripts/seed.php', dirname( __DIR__, 2 ) . '/demo/scripts/seed/Prose.php', dirname( __DIR__, 2 ) . '/support/Site.php', self::tree() . '/wp-includes/version.php' );
		return $posts . '-' . substr( md5( implode( array_map( 'md5_file', $files ) ) ), 0, 8 );
	}

	/** Reads all of it, as the server of a site that has been up for days has done. */
	private function warm(): void {
		$database = $this->site->database();
		foreach ( $database->query( "SELECT DISTINCT TABLE_NAME, INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND INDEX_TYPE = 'BTREE'" )->fetch_all() as list( $table, $index ) ) {
			$database->query( "SELECT COUNT(*) FROM `$table` FORCE INDEX (`$index`)" );
		}
	}

	private static function execute( string ...$command ): void {
		$process = proc_open( $command, array( array( 'file', '/dev/null', 'r' ), STDERR, STDERR ), $pipes );
		if ( 0 !== proc_close( $process ) ) {
			throw new RuntimeException( "{$command[0]} failed." );
		}
	}
}
