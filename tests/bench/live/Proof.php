<?php
/**
 * Was everything deleted, and is everything there that was written meanwhile?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use RuntimeException;

/** Looks into the database after the deletion. */
final class Proof {

	/** @param Blog $blog After the deletion. */
	public function __construct( private Blog $blog ) {
	}

	/**
	 * Throws unless all is as it must be.
	 *
	 * @param string  $mode     `purge` or `trash`.
	 * @param array[] $outcomes All requests, see Exchange::outcome().
	 */
	public function check( string $mode, array $outcomes ): void {
		$author  = $this->blog->author;
		$written = static fn( string $kind ) => array_column( array_filter( $outcomes, static fn( $outcome ) => $kind === $outcome['kind'] && null !== $outcome['id'] ), 'id' );
		$list    = static fn( array $ids ) => implode( ', ', array( 0, ...$ids ) );
		$trashed = 'trash' === $mode ? $this->blog->posts : 0;

		$this->expect( 0, "SELECT COUNT(*) FROM wp_users WHERE ID = $author", 'accounts of the author' );
		$this->expect( 0, "SELECT COUNT(*) FROM wp_usermeta WHERE user_id = $author", 'metas of the author' );
		$this->expect( $trashed, "SELECT COUNT(*) FROM wp_posts WHERE post_author = $author", 'posts of the author' );
		$this->expect( $trashed, "SELECT COUNT(*) FROM wp_posts WHERE post_author = $author AND post_type = 'post' AND post_status = 'trash'", 'posts of the author in the trash' );
		$this->expect( $this->blog->size() - $this->blog->posts, "SELECT COUNT(*) FROM wp_posts WHERE post_author <> $author AND post_status = 'publish' AND post_name LIKE 'article-%'", "other people's articles" );

		$this->expect( 0, 'SELECT COUNT(*) FROM wp_postmeta LEFT JOIN wp_posts ON ID = post_id WHERE ID IS NULL', 'metas of no post' );
		$this->expect( 0, 'SELECT COUNT(*) FROM wp_term_relationships LEFT JOIN wp_posts ON ID = object_id WHERE ID IS NULL', 'terms of no post' );
		$this->expect( 0, 'SELECT COUNT(*) FROM wp_comments LEFT JOIN wp_posts ON ID = comment_post_ID WHERE ID IS NULL', 'comments on no post' );
		$this->expect( 0, 'SELECT COUNT(*) FROM wp_commentmeta m LEFT JOIN wp_comments c ON c.comment_ID = m.comment_id WHERE c.comment_ID IS NULL', 'metas of no comment' );
		$this->expect( 0, "SELECT COUNT(*) FROM wp_posts r LEFT JOIN wp_posts p ON p.ID = r.post_parent WHERE r.post_type = 'revision' AND p.ID IS NULL", 'revisions of no post' );
		$this->expect( 0, "SELECT COUNT(*) FROM wp_term_taxonomy LEFT JOIN ( SELECT term_taxonomy_id, COUNT(*) AS related FROM wp_term_relationships JOIN wp_posts ON ID = object_id AND post_status = 'publish' GROUP BY term_taxonomy_id ) counted USING (term_taxonomy_id) WHERE taxonomy IN ('category', 'post_tag') AND count <> COALESCE(related, 0)", 'terms with a wrong count' );

		$comments = $written( Visitors::COMMENT );
		$posts    = $written( Visitors::NEW_POST );
		$this->expect( count( $comments ), "SELECT COUNT(*) FROM wp_comments WHERE comment_approved = '1' AND comment_author LIKE 'Guest %' AND comment_ID IN ({$list( $comments )})", 'comments written meanwhile' );
		$this->expect( count( $posts ), "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'post' AND post_status = 'publish' AND post_title LIKE 'News %' AND ID IN ({$list( $posts )})", 'posts written meanwhile' );
	}

	private function expect( int $expected, string $question, string $what ): void {
		$count = (int) $this->blog->site->database()->query( $question )->fetch_column();
		if ( $expected !== $count ) {
			throw new RuntimeException( "There are $count $what, not $expected." );
		}
	}
}
