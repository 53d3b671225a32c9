<?php
/**
 * The same by hand.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;

/**
 * What somebody who knows the database would write for this one author: set-based SQL in one transaction that
 * changes the rows which the engine has to change, and cares for nothing else. No lookups for menus, children
 * or slugs that are taken, no hooks, no caches, no way to go on after an interruption, and everything locked
 * until the end.
 */
final class Floor {

	/**
	 * Deletes an author.
	 *
	 * @param mysqli $database The site's.
	 * @param string $mode     `purge`, `trash` or `reassign`.
	 * @param int    $author   Who goes.
	 * @param int    $heir     Who inherits, if so.
	 */
	public static function delete( mysqli $database, string $mode, int $author, int $heir ): void {
		$content = match ( $mode ) {
			'purge'    => array_merge( self::choose( $author ), self::purge() ),
			'trash'    => array_merge( self::choose( $author ), self::trash() ),
			'reassign' => array( "UPDATE wp_posts SET post_author = $heir WHERE post_author = $author" ),
		};
		$database->query( 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED' );
		$database->begin_transaction();
		foreach ( $content as $sql ) {
			$database->query( $sql );
		}
		foreach ( self::user( $author ) as $sql ) {
			$database->query( $sql );
		}
		$database->commit();
	}

	/** @return string[] The user's own rows. */
	public static function user( int $author ): array {
		return array(
			"DELETE FROM wp_usermeta WHERE user_id = $author",
			"DELETE FROM wp_users WHERE ID = $author",
		);
	}

	/** Notes who goes: posts, and revisions of whomever below them. */
	private static function choose( int $author ): array {
		return array(
			'CREATE TEMPORARY TABLE going (ID BIGINT UNSIGNED NOT NULL PRIMARY KEY, revision BOOL NOT NULL) ENGINE=MEMORY',
			"INSERT INTO going SELECT ID, post_type = 'revision' FROM wp_posts WHERE post_author = $author ORDER BY ID",
		);
	}

	/** From the outermost rows to the posts themselves. */
	private static function purge(): array {
		return array(
			self::count_less(),
			'DELETE m FROM going g JOIN wp_comments c ON c.comment_post_ID = g.ID JOIN wp_commentmeta m ON m.comment_id = c.comment_ID',
			'DELETE c FROM going g JOIN wp_comments c ON c.comment_post_ID = g.ID',
			'DELETE r FROM going g JOIN wp_term_relationships r ON r.object_id = g.ID',
			'DELETE m FROM going g JOIN wp_postmeta m ON m.post_id = g.ID',
			'DELETE p FROM going g JOIN wp_posts p ON p.ID = g.ID',
			'DROP TEMPORARY TABLE going',
		);
	}

	/** What restores a post is noted before it changes. */
	private static function trash(): array {
		$posts    = 'FROM going g JOIN wp_posts p ON p.ID = g.ID WHERE NOT g.revision';
		$statuses = "CONCAT('a:', COUNT(*), ':{', GROUP_CONCAT('i:', comment_ID, ';s:', LENGTH(comment_approved), ':\"', comment_approved, '\";' ORDER BY comment_ID SEPARATOR ''), '}')";
		return array(
			self::count_less(),
			"INSERT INTO wp_postmeta (post_id, meta_key, meta_value)
			SELECT post, name, value FROM (
				SELECT p.ID AS post, 0 AS number, '_wp_trash_meta_status' AS name, p.post_status AS value $posts
				UNION ALL SELECT p.ID, 1, '_wp_trash_meta_time', UNIX_TIMESTAMP() $posts
				UNION ALL SELECT p.ID, 2, '_wp_desired_post_slug', p.post_name $posts
				UNION ALL SELECT c.comment_post_ID, 3, '_wp_trash_meta_comments_status', $statuses
					FROM going g JOIN wp_comments c ON c.comment_post_ID = g.ID WHERE NOT g.revision GROUP BY c.comment_post_ID
			) metas ORDER BY post, number",
			"UPDATE going g JOIN wp_comments c ON c.comment_post_ID = g.ID SET c.comment_approved = 'post-trashed' WHERE NOT g.revision",
			"UPDATE going g JOIN wp_posts p ON p.ID = g.ID SET p.post_status = 'trash', p.post_name = CONCAT(p.post_name, '__trashed'), p.post_modified = UTC_TIMESTAMP(), p.post_modified_gmt = UTC_TIMESTAMP() WHERE NOT g.revision",
			'DELETE p FROM going g JOIN wp_posts p ON p.ID = g.ID WHERE g.revision',
			'DROP TEMPORARY TABLE going',
		);
	}

	/** All of them are published, and counted. */
	private static function count_less(): string {
		return 'UPDATE wp_term_taxonomy tt JOIN (SELECT r.term_taxonomy_id, COUNT(*) AS posts FROM going g JOIN wp_term_relationships r ON r.object_id = g.ID GROUP BY r.term_taxonomy_id) less USING (term_taxonomy_id) SET tt.count = tt.count - less.posts';
	}
}
