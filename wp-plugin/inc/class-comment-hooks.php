<?php
/**
 * The hooks of comments that go with their posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Comment;

/**
 * Reads the comments of a batch while they are there; afterwards fires what wp_delete_comment() fires
 * for each, highest id first.
 */
final class CommentHooks {

	private const HOOKS = array(
		'delete_comment',
		'delete_comment_meta',
		'delete_commentmeta',
		'deleted_comment_meta',
		'deleted_commentmeta',
		'deleted_comment',
		'clean_comment_cache',
		'wp_set_comment_status',
		'transition_comment_status',
		'wp_update_comment_count',
		'edit_post',
	);

	/**
	 * Does somebody listen?
	 */
	public static function are_heard(): bool {
		$typed = preg_grep( '/^(comment_delete_|comment_.+_to_delete$|edit_post_)/', array_map( 'strval', array_keys( $GLOBALS['wp_filter'] ) ) );
		return Listeners::any_on( array_merge( self::HOOKS, $typed ) );
	}

	/**
	 * Comments of each post, highest id first.
	 *
	 * @var array<int, WP_Comment[]>
	 */
	private $comments = array();

	/**
	 * Rows of commentmeta, by comment.
	 *
	 * @var array<int, object[]>
	 */
	private $metas = array();

	/**
	 * Ids of replies, by comment; they move up as comments go.
	 *
	 * @var array<int, string[]>
	 */
	private $replies = array();

	/**
	 * All comments by id.
	 *
	 * @var array<int, WP_Comment>
	 */
	private $by_id = array();

	/**
	 * Reads.
	 *
	 * @param int[] $posts Posts.
	 */
	public function __construct( array $posts ) {
		global $wpdb;
		$in = implode( ', ', array_map( 'intval', $posts ) );
		// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- lists of integers.
		foreach ( $wpdb->get_results( "SELECT * FROM $wpdb->comments WHERE comment_post_ID IN ($in) ORDER BY comment_ID DESC" ) as $row ) {
			$comment = new WP_Comment( $row );

			$this->comments[ (int) $row->comment_post_ID ][] = $comment;
			$this->by_id[ (int) $row->comment_ID ]           = $comment;
		}
		if ( ! $this->by_id ) {
			return;
		}
		$in = implode( ', ', array_keys( $this->by_id ) );
		foreach ( $wpdb->get_results( "SELECT * FROM $wpdb->commentmeta WHERE comment_id IN ($in) ORDER BY meta_id" ) as $meta ) {
			$this->metas[ (int) $meta->comment_id ][] = $meta;
		}
		foreach ( $wpdb->get_results( "SELECT comment_ID, comment_parent FROM $wpdb->comments WHERE comment_parent IN ($in) ORDER BY comment_ID" ) as $row ) {
			$this->replies[ (int) $row->comment_parent ][] = $row->comment_ID;
		}
		// phpcs:enable
	}

	/**
	 * Fires for all comments of a post.
	 *
	 * @param int $post Id of the post.
	 * @return bool Whether one of them was approved, so that the post's comments are counted.
	 */
	public function fire( int $post ): bool {
		$approved = false;
		foreach ( $this->comments[ $post ] ?? array() as $comment ) {
			$this->fire_one( $comment );
			$approved = $approved || '1' === $comment->comment_approved;
		}
		return $approved;
	}

	/**
	 * Fires for one comment.
	 *
	 * @param WP_Comment $comment The comment.
	 */
	private function fire_one( WP_Comment $comment ): void {
		$id = (int) $comment->comment_ID;
		/** This action is documented in wp-includes/comment.php */
		Announce::action( 'delete_comment', $comment->comment_ID, $comment );
		$parent  = (int) $comment->comment_parent;
		$replies = $this->replies[ $id ] ?? array();
		// This one is no reply any more when its parent's turn comes.
		$this->replies[ $parent ] = array_diff( $this->replies[ $parent ] ?? array(), array( $comment->comment_ID ) );
		if ( $replies ) {
			$this->move_up( $replies, $comment );
			Announce::safely( static fn () => clean_comment_cache( array_values( $replies ) ) );
		}
		foreach ( $this->metas[ $id ] ?? array() as $meta ) {
			MetaHooks::fire_deleted_by_id( 'comment', $id, $meta );
		}
		/** This action is documented in wp-includes/comment.php */
		Announce::action( 'deleted_comment', $comment->comment_ID, $comment );
		Announce::safely( static fn () => clean_comment_cache( $comment->comment_ID ) );
		/** This action is documented in wp-includes/comment.php */
		Announce::action( 'wp_set_comment_status', $comment->comment_ID, 'delete' );
		Announce::safely( static fn () => wp_transition_comment_status( 'delete', $comment->comment_approved, $comment ) );
	}

	/**
	 * Replies get the parent of the comment that goes, as later hooks will show.
	 *
	 * @param string[]   $replies Ids.
	 * @param WP_Comment $comment The comment that goes.
	 */
	private function move_up( array $replies, WP_Comment $comment ): void {
		foreach ( $replies as $reply ) {
			if ( isset( $this->by_id[ (int) $reply ] ) ) {
				$this->by_id[ (int) $reply ]->comment_parent = $comment->comment_parent;
			}
		}
		$siblings = array_merge( $this->replies[ (int) $comment->comment_parent ], $replies );
		sort( $siblings, SORT_NUMERIC );
		$this->replies[ (int) $comment->comment_parent ] = $siblings;
	}
}
