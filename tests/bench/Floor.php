<?php
/**
 * The same by hand.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;

/**
 * What somebody who knows the database would write for this one author: set-based SQL that changes the rows
 * which the engine has to change, and cares for nothing else. No lookups of menus, children or slugs that are
 * taken, no hooks, no caches, no way to go on after an interruption.
 */
final class Floor {

	/** Posts and revisions in one of the batches. */
	private const BATCH = 1000;

	/**
	 * Deletes an author in one transaction: the fewest statements, and everything locked until the end.
	 *
	 * @param mysqli $database The site's.
	 * @param string $mode     `purge`, `trash` or `reassign`.
	 * @param int    $author   Who goes.
	 * @param int    $heir     Who inherits, if so.
	 */
	public static function delete( mysqli $database, string $mode, int $author, int $heir ): void {
		$content = match ( $mode ) {
			'purge'    => self::purge( $author ),
			'trash'    => array( self::count_less( $author ), ...self::trash( "p.post_author = $author" ) ),
			'reassign' => array( "UPDATE wp_posts SET post_author = $heir WHERE post_author = $author" ),
		};
		self::commit( $database, array_merge( $content, self::user( $author ) ) );
	}

	/**
	 * The same in short transactions, as one is told to do on a site that must stay up.
	 *
	 * @param mysqli $database The site's.
	 * @param string $mode     As above.
	 * @param int    $author   Who goes.
	 * @param int    $heir     Who inherits, if so.
	 */
	public static function delete_in_batches( mysqli $database, string $mode, int $author, int $heir ): void {
		if ( 'reassign' !== $mode ) {
			self::commit( $database, array( self::count_less( $author ) ) );
		}
		$after = 0;
		while ( true ) {
			$ids = array_column( $database->query( "SELECT ID FROM wp_posts WHERE post_author = $author AND ID > $after ORDER BY ID LIMIT " . self::BATCH )->fetch_all(), 0 );
			if ( ! $ids ) {
				break;
			}
			$after = end( $ids );
			$ids   = implode( ', ', $ids );
			self::commit(
				$database,
				match ( $mode ) {
					'purge'    => self::purge_posts( $ids ),
					'trash'    => self::trash( "p.ID IN ($ids)" ),
					'reassign' => array( "UPDATE wp_posts SET post_author = $heir WHERE ID IN ($ids)" ),
				}
			);
		}
		self::commit( $database, self::user( $author ) );
	}

	/** @param string[] $statements Of one transaction. */
	private static function commit( mysqli $database, array $statements ): void {
		$database->query( 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED' );
		$database->begin_transaction();
		foreach ( $statements as $sql ) {
			$database->query( $sql );
		}
		$database->commit();
	}

	/** From the outermost rows to the posts themselves. */
	private static function purge( int $author ): array {
		$of_author = "WHERE p.post_author = $author";
		return array(
			self::count_less( $author ),
			"DELETE m FROM wp_posts p JOIN wp_comments c ON c.comment_post_ID = p.ID JOIN wp_commentmeta m ON m.comment_id = c.comment_ID $of_author",
			"DELETE c FROM wp_posts p JOIN wp_comments c ON c.comment_post_ID = p.ID $of_author",
			"DELETE r FROM wp_posts p JOIN wp_term_relationships r ON r.object_id = p.ID $of_author",
			"DELETE m FROM wp_posts p JOIN wp_postmeta m ON m.post_id = p.ID $of_author",
			"DELETE FROM wp_posts WHERE post_author = $author",
		);
	}

	/** The same, of posts and revisions by id. */
	private static function purge_posts( string $ids ): array {
		return array(
			"DELETE m FROM wp_comments c JOIN wp_commentmeta m ON m.comment_id = c.comment_ID WHERE c.comment_post_ID IN ($ids)",
			"DELETE FROM wp_comments WHERE comment_post_ID IN ($ids)",
			"DELETE FROM wp_term_relationships WHERE object_id IN ($ids)",
			"DELETE FROM wp_postmeta WHERE post_id IN ($ids)",
			"DELETE FROM wp_posts WHERE ID IN ($ids)",
		);
	}

	/**
	 * What restores a post is noted before it changes; revisions have no trash.
	 *
	 * @param string $which Condition on posts and revisions `p`.
	 * @return string[]
	 */
	private static function trash( string $which ): array {
		$metas    = 'INSERT INTO wp_postmeta (post_id, meta_key, meta_value)';
		$posts    = "WHERE $which AND p.post_type = 'post'";
		$statuses = "CONCAT('a:', COUNT(*), ':{', GROUP_CONCAT('i:', c.comment_ID, ';s:', LENGTH(c.comment_approved), ':\"', c.comment_approved, '\";' ORDER BY c.comment_ID SEPARATOR ''), '}')";
		return array(
			"$metas SELECT p.ID, '_wp_trash_meta_status', p.post_status FROM wp_posts p $posts",
			"$metas SELECT p.ID, '_wp_trash_meta_time', UNIX_TIMESTAMP() FROM wp_posts p $posts",
			"$metas SELECT p.ID, '_wp_desired_post_slug', p.post_name FROM wp_posts p $posts",
			"$metas SELECT p.ID, '_wp_trash_meta_comments_status', $statuses FROM wp_posts p JOIN wp_comments c ON c.comment_post_ID = p.ID $posts GROUP BY p.ID",
			"UPDATE wp_posts p JOIN wp_comments c ON c.comment_post_ID = p.ID SET c.comment_approved = 'post-trashed' $posts",
			"UPDATE wp_posts p SET p.post_status = 'trash', p.post_name = CONCAT(p.post_name, '__trashed'), p.post_modified = UTC_TIMESTAMP(), p.post_modified_gmt = UTC_TIMESTAMP() $posts",
			"DELETE p FROM wp_posts p WHERE $which AND p.post_type = 'revision'",
		);
	}

	/** All posts are published, and counted; the rest of each term need not be counted anew. */
	private static function count_less( int $author ): string {
		return "UPDATE wp_term_taxonomy tt
			JOIN (SELECT r.term_taxonomy_id, COUNT(*) AS posts FROM wp_posts p JOIN wp_term_relationships r ON r.object_id = p.ID WHERE p.post_author = $author GROUP BY r.term_taxonomy_id) less
			USING (term_taxonomy_id) SET tt.count = tt.count - less.posts";
	}

	/** @return string[] The user's own rows. */
	private static function user( int $author ): array {
		return array(
			"DELETE FROM wp_usermeta WHERE user_id = $author",
			"DELETE FROM wp_users WHERE ID = $author",
		);
	}
}
