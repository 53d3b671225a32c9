<?php
/**
 * A user's content, slice by slice.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * Lets the extension do its slices and does after each what is WordPress's: caches, options, cron,
 * files, and the point to go on from.
 */
final class Content {

	/**
	 * Whose.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * Who inherits, or null.
	 *
	 * @var int|null
	 */
	private $reassign;

	/**
	 * Where it stands.
	 *
	 * @var Checkpoint
	 */
	private $checkpoint;

	/**
	 * The constant part of the request.
	 *
	 * @var array
	 */
	private $request;

	/**
	 * Reads WordPress's state; changes nothing.
	 *
	 * @param int        $user_id    Whose.
	 * @param int|null   $reassign   Who inherits, or null.
	 * @param Checkpoint $checkpoint Where it stands.
	 */
	public function __construct( int $user_id, ?int $reassign, Checkpoint $checkpoint ) {
		$this->user_id    = $user_id;
		$this->reassign   = $reassign;
		$this->checkpoint = $checkpoint;
		$this->request    = Request::of( $user_id, $reassign );
	}

	/**
	 * Can the extension reach this site's database, and does it see this user there?
	 *
	 * @return true|WP_Error
	 */
	public function reachable() {
		$nothing = $this->slice( array( 'purge' => array() ) );
		return is_wp_error( $nothing ) ? $nothing : true;
	}

	/**
	 * Deletes or hands over all content.
	 *
	 * @return true|WP_Error
	 */
	public function delete() {
		do {
			$attachments = $this->attachments();
			if ( is_wp_error( $attachments ) ) {
				return $attachments;
			}
			do {
				$slice = $this->slice( 'content' );
				if ( is_wp_error( $slice ) ) {
					return $slice;
				}
				$this->checkpoint->advance( $slice['resume'] );
			} while ( ! $slice['done'] );
		} while ( $attachments > 0 );
		return true;
	}

	/**
	 * Deletes the user's metas and row.
	 *
	 * @return true|WP_Error
	 */
	public function delete_user() {
		$slice = $this->slice( 'user' );
		return is_wp_error( $slice ) ? $slice : true;
	}

	/**
	 * Attachments that go for good, a few at a time: their files have to be known before the rows go.
	 *
	 * @return int|WP_Error How many went.
	 */
	private function attachments() {
		$action     = $this->request['post_types']['attachment']['action'] ?? 'keep';
		$only_trash = 'trash' === $action;
		// Once content has been worked on, trashed attachments may be this deletion's own.
		if ( 'keep' === $action || ( $only_trash && '' !== $this->checkpoint->resume() ) ) {
			return 0;
		}
		$count = 0;
		while ( true ) {
			$attachments = Attachments::next_of( $this->user_id, $only_trash );
			if ( ! $attachments->ids() ) {
				return $count;
			}
			$slice = $this->slice( array( 'purge' => $attachments->ids() ) );
			if ( is_wp_error( $slice ) ) {
				return $slice;
			}
			$gone = $slice['purged']['attachment'] ?? array();
			if ( ! $gone ) {
				return new WP_Error( 'wpf_delete_stuck', __( 'Attachments of this user cannot be deleted.', 'wpf-delete' ) );
			}
			$attachments->forget( $gone );
			$count += count( $gone );
		}
	}

	/**
	 * One call of the extension, with what WordPress has to do about its result.
	 *
	 * @param string|array<string, int[]> $part Which part of the work, or which posts to purge or trash.
	 * @return array|WP_Error The report.
	 */
	private function slice( $part ) {
		$request           = $this->request;
		$request['part']   = $part;
		$request['proof']  = $this->checkpoint->proof();
		$request['resume'] = $this->checkpoint->resume();
		if ( 'content' === $part && 'purge' === ( $request['post_types']['attachment']['action'] ?? '' ) ) {
			$request['post_types']['attachment']['action'] = 'keep';
		}
		$slice = Native::slice( $this->user_id, $this->reassign, $request );
		if ( is_wp_error( $slice ) ) {
			return $slice;
		}
		Caches::clear( $slice );
		References::settle( $slice );
		foreach ( $slice['terms_to_count'] as $taxonomy => $term_taxonomy_ids ) {
			wp_update_term_count_now( $term_taxonomy_ids, $taxonomy );
		}
		return $slice;
	}
}
