<?php
/**
 * Authors with many posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Cluster;

use mysqli;

/** By SQL, so that it takes seconds: each post has 1 kB of text, three metas, a comment with a meta, and a category. */
final class Blog {

	/** Posts per transaction. */
	private const CHUNK = 5000;

	/**
	 * Makes them.
	 *
	 * @param mysqli $database Of a site.
	 * @param int[]  $authors  Ids, of nobody yet.
	 * @param int    $posts    Of each.
	 */
	public static function write( mysqli $database, array $authors, int $posts ): void {
		foreach ( $authors as $author ) {
			$database->query( "INSERT INTO wp_users (ID, user_login, user_nicename, user_email, user_registered) VALUES ($author, 'author-$author', 'author-$author', 'author-$author@example.test', '2020-01-01 00:00:00')" );
			$database->query( "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES ($author, 'wp_capabilities', 'a:1:{s:6:\"author\";b:1;}'), ($author, 'nickname', 'author')" );
			for ( $from = 1; $from <= $posts; $from += self::CHUNK ) {
				self::chunk( $database, $author, $from, min( $posts, $from + self::CHUNK - 1 ) );
			}
		}
		$database->query( 'UPDATE wp_term_taxonomy SET count = (SELECT COUNT(*) FROM wp_term_relationships WHERE wp_term_relationships.term_taxonomy_id = wp_term_taxonomy.term_taxonomy_id)' );
	}

	private static function chunk( mysqli $database, int $author, int $first, int $last ): void {
		$id = "$author * 1000000 + seq";
		$database->begin_transaction();
		foreach ( array(
			"wp_posts (ID, post_author, post_date, post_date_gmt, post_modified, post_modified_gmt, post_content, post_title, post_excerpt, to_ping, pinged, post_content_filtered, post_name, guid)
				SELECT $id, $author, '2020-01-01 00:00:00', '2020-01-01 00:00:00', '2020-01-01 00:00:00', '2020-01-01 00:00:00', REPEAT('All work and no play. ', 50), CONCAT('Post ', seq), '', '', '', '', CONCAT('post-', $id), CONCAT('http://example.test/?p=', $id)",
			"wp_postmeta (post_id, meta_key, meta_value) SELECT $id, CONCAT('key_', kind), 'value'",
			"wp_comments (comment_ID, comment_post_ID, comment_author, comment_content) SELECT $id, $id, 'Somebody', 'A comment.'",
			"wp_commentmeta (comment_id, meta_key, meta_value) SELECT $id, 'rating', '5'",
			"wp_term_relationships (object_id, term_taxonomy_id) SELECT $id, 1",
		) as $rows ) {
			$times = str_contains( $rows, 'kind' ) ? ', (SELECT 1 AS kind UNION SELECT 2 UNION SELECT 3) kinds' : '';
			$database->query( "INSERT INTO $rows FROM seq_{$first}_to_$last$times" );
		}
		$database->commit();
	}
}
