<?php
/**
 * The site from which every measurement starts.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use WpfDelete\Tests\Support\Site;

/** Seeded once for each number of posts and WordPress, and kept in target/bench. */
final class Snapshot {

	/** Never asked for its database: the server it would be connected to is stopped again and again. */
	private Site $site;

	private string $folder;

	/**
	 * Takes what is kept, or seeds.
	 *
	 * @param string   $folder   Of all snapshots.
	 * @param Options  $options  What was asked for.
	 * @param Authors  $authors  Who has how many posts.
	 * @param Server   $server   Stopped afterwards.
	 * @param Progress $progress Told about seeding.
	 */
	public function __construct( string $folder, private Options $options, Authors $authors, Server $server, Progress $progress ) {
		$name         = "{$options->suite}_{$options->posts}";
		$this->folder = "$folder/$name";
		// Another seed makes another site.
		$kept = "{$this->folder}/site-" . md5_file( __DIR__ . '/Seed.php' ) . md5_file( __DIR__ . '/Authors.php' );
		$site = is_file( $kept ) ? unserialize( file_get_contents( $kept ), array( 'allowed_classes' => array( Site::class ) ) ) : null;
		if ( $site && is_dir( $site->path() ) ) {
			$this->site = $site;
			return;
		}
		$progress->step( 'seeding ' . number_format( 5 * $options->posts ) . ' posts' );
		$server->start_empty();
		Shell::run( array( 'rm', '--recursive', '--force', '--', $this->folder ) );
		Shell::run( array( 'mkdir', '--parents', '--', $this->folder ) );
		// Debugging would slow WordPress down.
		$this->site = Site::install( $options->suite, "bench_$name", array( 'constants' => array( 'WP_DEBUG' => false ) ) );
		( new Seed( $authors ) )->sow( $this->site()->database(), array( $progress, 'share' ) );
		$server->stop_and_move( $this->data() );
		file_put_contents( $kept, serialize( $this->site ) );
		$progress->done();
	}

	/** The server's data, to be copied. */
	public function data(): string {
		return "{$this->folder}/data";
	}

	/** The site; its database is there while a server runs on a copy of the data. */
	public function site(): Site {
		return clone $this->site;
	}

	/** The version of WordPress. */
	public function wordpress(): string {
		preg_match( "/wp_version = '([^']+)'/", file_get_contents( dirname( __DIR__, 2 ) . "/target/wordpress/{$this->options->suite}/wp-includes/version.php" ), $found );
		return $found[1];
	}
}
