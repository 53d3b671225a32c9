<?php
/**
 * What a deletion has left.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;
use RuntimeException;

/** Numbers of rows and, of what the authors have, checksums: a job that failed must not be taken for a fast one. */
final class State {

	/** Tables whose rows are counted. */
	private const TABLES = array( 'posts', 'postmeta', 'comments', 'commentmeta', 'term_relationships', 'users', 'usermeta' );

	/** The trash's own metas of a published post with comments. */
	private const TRASH_METAS = array( '_wp_trash_meta_status', '_wp_trash_meta_time', '_wp_desired_post_slug', '_wp_trash_meta_comments_status' );

	/**
	 * What core takes away from a trashed post when a revision of it goes (D2 of the design).
	 */
	private const TAKEN_BY_CORE = array( '_wp_trash_meta_status', '_wp_trash_meta_time' );

	/**
	 * The present state.
	 *
	 * @param mysqli $database The site's.
	 * @param int[]  $authors  Who goes, or has gone.
	 * @param int    $heir     Who may have inherited.
	 * @return array{rows: array<string, int>, authors: array<string, int>, checksums: array<string, string>}
	 */
	public static function of( mysqli $database, array $authors, int $heir ): array {
		$number  = static fn( string $sql ) => (int) $database->query( $sql )->fetch_row()[0];
		$authors = implode( ', ', $authors );
		$rows    = array();
		foreach ( self::TABLES as $table ) {
			$rows[ $table ] = $number( "SELECT COUNT(*) FROM wp_$table" );
		}
		$rows['counted'] = $number( 'SELECT SUM(count) FROM wp_term_taxonomy' );
		$rows['inherited'] = $number( "SELECT COUNT(*) FROM wp_posts WHERE post_author = $heir" );

		$posts = "FROM wp_posts p WHERE p.post_author IN ($authors) AND p.post_type = 'post'";
		$below = "FROM wp_posts p JOIN %s WHERE p.post_author IN ($authors) AND p.post_type = 'post'";
		$of    = array(
			'published'          => "$posts AND p.post_status = 'publish'",
			'trashed'            => "$posts AND p.post_status = 'trash' AND p.post_name LIKE '%\\_\\_trashed'",
			'revisions'          => "FROM wp_posts WHERE post_author IN ($authors) AND post_type = 'revision'",
			'postmeta'           => sprintf( $below, 'wp_postmeta m ON m.post_id = p.ID' ),
			'comments'           => sprintf( $below, 'wp_comments c ON c.comment_post_ID = p.ID' ),
			'trashed comments'   => sprintf( $below, 'wp_comments c ON c.comment_post_ID = p.ID' ) . " AND c.comment_approved = 'post-trashed'",
			'commentmeta'        => sprintf( $below, '(wp_comments c JOIN wp_commentmeta m ON m.comment_id = c.comment_ID) ON c.comment_post_ID = p.ID' ),
			'term_relationships' => sprintf( $below, 'wp_term_relationships r ON r.object_id = p.ID' ),
			'users'              => "FROM wp_users WHERE ID IN ($authors)",
			'usermeta'           => "FROM wp_usermeta WHERE user_id IN ($authors)",
		);
		foreach ( self::TRASH_METAS as $key ) {
			$of[ $key ] = sprintf( $below, 'wp_postmeta m ON m.post_id = p.ID' ) . " AND m.meta_key = '$key'";
		}
		$checksums = array(
			'posts'         => "SELECT BIT_XOR(CRC32(CONCAT_WS('|', ID, post_author, post_content, post_title, post_status, post_name, post_parent, guid, comment_count))) FROM wp_posts WHERE post_author IN ($authors, $heir)",
			'postmeta'      => "SELECT BIT_XOR(CRC32(CONCAT_WS('|', m.post_id, m.meta_key, IF(m.meta_key = '_wp_trash_meta_time', '', m.meta_value)))) " . sprintf( $below, 'wp_postmeta m ON m.post_id = p.ID' ),
			'comments'      => "SELECT BIT_XOR(CRC32(CONCAT_WS('|', c.comment_ID, c.comment_approved))) " . sprintf( $below, 'wp_comments c ON c.comment_post_ID = p.ID' ),
			'term_taxonomy' => "SELECT BIT_XOR(CRC32(CONCAT_WS('|', term_taxonomy_id, count))) FROM wp_term_taxonomy",
		);
		return array(
			'rows'      => $rows,
			'authors'   => array_map( static fn( $from ) => $number( "SELECT COUNT(*) $from" ), $of ),
			'checksums' => array_map( static fn( $sql ) => (string) $number( $sql ), $checksums ),
		);
	}

	/**
	 * Throws unless a job has done what it has to.
	 *
	 * @param Job   $job    What was done.
	 * @param array $before State before.
	 * @param array $after  State now.
	 */
	public static function verify( Job $job, array $before, array $after ): void {
		$expected = self::expected( $job, $before );
		foreach ( $expected as $part => $numbers ) {
			foreach ( $numbers as $what => $number ) {
				if ( $number !== $after[ $part ][ $what ] ) {
					throw new RuntimeException( "{$job->name()} did not do its work: $part $what is {$after[ $part ][ $what ]}, and should be $number (was {$before[ $part ][ $what ]})." );
				}
			}
		}
	}

	/** @return array{rows: array<string, int>, authors: array<string, int>} */
	private static function expected( Job $job, array $before ): array {
		$rows  = $before['rows'];
		$their = $before['authors'];
		$none  = array_fill_keys( array_keys( $their ), 0 );
		if ( 'pt-archiver' === $job->way ) {
			// It knows of one table.
			$rows['posts'] -= $their['published'] + $their['revisions'];
			return array(
				'rows'    => $rows,
				'authors' => array( 'users' => $their['users'], 'usermeta' => $their['usermeta'] ) + $none,
			);
		}
		$rows['users']    -= $their['users'];
		$rows['usermeta'] -= $their['usermeta'];
		switch ( $job->mode ) {
			case 'purge':
				$rows['posts']              -= $their['published'] + $their['revisions'];
				$rows['postmeta']           -= $their['postmeta'];
				$rows['comments']           -= $their['comments'];
				$rows['commentmeta']        -= $their['commentmeta'];
				$rows['term_relationships'] -= $their['term_relationships'];
				$rows['counted']            -= $their['term_relationships'];
				return array( 'rows' => $rows, 'authors' => $none );
			case 'trash':
				$rows['posts']   -= $their['revisions'];
				$rows['counted'] -= $their['term_relationships'];
				$metas            = array();
				foreach ( self::TRASH_METAS as $key ) {
					$metas[ $key ] = 'core' === $job->way && $their['revisions'] && in_array( $key, self::TAKEN_BY_CORE, true ) ? 0 : $their['published'];
				}
				$rows['postmeta'] += array_sum( $metas );
				if ( 'core-lane' === $job->way ) {
					// Revisions go first (D10), and core makes a new one of a post that has none.
					$rows['posts'] += $their['published'];
				}
				return array(
					'rows'    => $rows,
					'authors' => array(
						'published'        => 0,
						'trashed'          => $their['published'],
						'revisions'        => 0,
						'postmeta'         => $their['postmeta'] + array_sum( $metas ),
						'trashed comments' => $their['comments'],
						'users'            => 0,
						'usermeta'         => 0,
					) + $metas + $their,
				);
			case 'reassign':
				$rows['inherited'] += $their['published'] + $their['revisions'];
				return array( 'rows' => $rows, 'authors' => $none );
		}
	}
}
