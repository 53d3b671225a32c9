<?php
/**
 * The tool that is commonly reached for.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;

/** Percona's pt-archiver, on the rows of one table: it knows nothing of what hangs from a post. */
final class Archiver {

	/**
	 * Deletes an author's posts and revisions from wp_posts alone.
	 *
	 * @param mysqli $database The site's.
	 * @param int    $author   Whose.
	 */
	public static function purge_posts( mysqli $database, int $author ): void {
		list( $name, $socket ) = $database->query( 'SELECT DATABASE(), @@socket' )->fetch_row();
		Shell::run(
			array(
				'pt-archiver',
				// Without the index it would read the whole table in the order of its primary key.
				"--source=h=localhost,S=$socket,u=root,D=$name,t=wp_posts,i=post_author",
				"--where=post_author = $author",
				'--purge',
				'--bulk-delete',
				'--limit=1000',
				'--commit-each',
				'--no-check-charset',
			)
		);
	}

	/** Its version. */
	public static function version(): string {
		return trim( Shell::run( array( 'pt-archiver', '--version' ) ) );
	}
}
