<?php
/**
 * The hooks of posts that go for good.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Post;

/**
 * Reads a batch while its rows are there, fires what comes before, and afterwards the rest: what
 * wp_delete_post(), wp_delete_attachment(), wp_delete_comment(), wp_remove_object_terms() and
 * delete_metadata_by_mid() fire, with their arguments and in their order.
 */
final class PurgeHooks {

	/**
	 * What was there.
	 *
	 * @var PurgeBatch
	 */
	private $batch;

	/**
	 * Comments, with their replies and metas; null when nobody listens.
	 *
	 * @var CommentHooks|null
	 */
	private $comment_hooks;

	/**
	 * Whether somebody listens to the cleaning of caches, which is done already.
	 *
	 * @var bool
	 */
	private $caches_heard;

	/**
	 * Whether the files are gone of all attachments that are.
	 *
	 * @var bool
	 */
	private $is_settled = true;

	/**
	 * Reads.
	 *
	 * @param int[] $ids Posts that shall go.
	 */
	public function __construct( array $ids ) {
		$this->batch         = new PurgeBatch( $ids );
		$this->comment_hooks = CommentHooks::are_heard() ? new CommentHooks( array_keys( $this->batch->posts ) ) : null;
		$this->caches_heard  = Lanes::clean_post_cache_is_heard();
	}

	/**
	 * Asks the vetoes and fires what comes before, with every row in place.
	 *
	 * @return array{purge: int[], core: int[]} Posts to delete; posts of which a revision or a menu item
	 *                                          was vetoed, which only core can spare.
	 */
	public function before(): array {
		return Listeners::without_core( fn () => $this->ask_and_fire_before() );
	}

	/**
	 * As before().
	 *
	 * @return array{purge: int[], core: int[]}
	 */
	private function ask_and_fire_before(): array {
		$willed = array(
			'purge' => array(),
			'core'  => array(),
		);
		foreach ( $this->batch->roots as $id ) {
			if ( ! isset( $this->batch->posts[ $id ] ) || ! $this->may_go( $id, false ) ) {
				continue;
			}
			$along  = array_filter( array_merge( $this->batch->revisions[ $id ] ?? array(), $this->batch->menu_items[ $id ] ?? array() ), fn ( $other ) => isset( $this->batch->posts[ $other ] ) );
			$vetoed = array_filter( $along, fn ( $other ) => ! $this->may_go( $other, 'nav_menu_item' === $this->batch->posts[ $other ]->post_type ) );
			if ( $vetoed ) {
				$willed['core'][] = $id;
				continue;
			}
			$willed['purge'][] = $id;
			$this->batch->move_children( $id );
			foreach ( array_merge( array( $id ), $along ) as $going ) {
				$this->fire_before( $going );
			}
		}
		return $willed;
	}

	/**
	 * The attachments of the batch, those included that go along.
	 */
	public function attachments(): Attachments {
		return $this->batch->attachments;
	}

	/**
	 * Fires the rest.
	 *
	 * @param int[] $gone Posts whose rows are gone.
	 * @return bool Whether the files are gone of all attachments that are.
	 */
	public function after( array $gone ): bool {
		$gone = array_flip( $gone );
		// As in core, a post can be read until the last of its hooks has fired.
		foreach ( array_intersect_key( $this->batch->posts, $gone ) as $id => $post ) {
			wp_cache_set( $id, $post, 'posts' );
		}
		try {
			Listeners::without_core(
				function () use ( $gone ) {
					foreach ( $this->batch->roots as $id ) {
						if ( isset( $gone[ $id ] ) ) {
							Announce::safely( fn () => $this->fire_after( $id ) );
						}
					}
				}
			);
		} finally {
			wp_cache_delete_multiple( array_keys( $gone ), 'posts' );
		}
		return $this->is_settled;
	}

	/**
	 * Asks the veto.
	 *
	 * @param int  $id    Post.
	 * @param bool $force Whether core asks for it past the trash.
	 */
	private function may_go( int $id, bool $force ): bool {
		$post = $this->batch->posts[ $id ];
		$hook = 'attachment' === $post->post_type ? 'pre_delete_attachment' : 'pre_delete_post';
		$veto = false;
		Announce::safely(
			static function () use ( $hook, $post, $force, &$veto ) {
				/** This filter is documented in wp-includes/post.php */
				$veto = apply_filters( $hook, null, $post, $force );
			}
		);
		// Who cannot answer may have meant no.
		return null === $veto;
	}

	/**
	 * Fires what comes first.
	 *
	 * @param int $id Post.
	 */
	private function fire_before( int $id ): void {
		$post = $this->batch->posts[ $id ];
		$hook = 'attachment' === $post->post_type ? 'delete_attachment' : 'before_delete_post';
		/** This action is documented in wp-includes/post.php */
		Announce::action( $hook, $this->as_core_has_it( $id ), $post );
	}

	/**
	 * Fires what follows, for a post and what went along.
	 *
	 * @param int $id Post.
	 */
	private function fire_after( int $id ): void {
		$post       = $this->batch->posts[ $id ];
		$given      = $this->as_core_has_it( $id );
		$attachment = 'attachment' === $post->post_type;

		$metas = $this->fire_trash_metas( $post );
		$this->fire_terms( $post );
		if ( $attachment ) {
			$this->fire_thumbnails( $id, $given );
		}
		foreach ( $this->batch->revisions[ $id ] ?? array() as $revision ) {
			if ( isset( $this->batch->posts[ $revision ] ) ) {
				$this->fire_after( $revision );
				/** This action is documented in wp-includes/revision.php */
				Announce::action( 'wp_delete_post_revision', $revision, $this->batch->posts[ $revision ] );
			}
		}
		if ( $this->comment_hooks && $this->comment_hooks->fire( $id ) ) {
			$this->fire_comment_count( $post );
		}
		foreach ( $metas as $meta ) {
			MetaHooks::fire_deleted_by_id( 'post', $id, $meta );
		}
		$typed = ! $attachment && version_compare( $GLOBALS['wp_version'], '6.6', '>=' );
		// phpcs:disable WordPress.NamingConventions -- core's hooks.
		if ( $typed ) {
			Announce::action( "delete_post_{$post->post_type}", $given, $post );
		}
		Announce::action( 'delete_post', $given, $post );
		foreach ( $this->batch->menu_items[ $id ] ?? array() as $item ) {
			if ( isset( $this->batch->posts[ $item ] ) ) {
				$this->fire_after( $item );
			}
		}
		if ( $typed ) {
			Announce::action( "deleted_post_{$post->post_type}", $given, $post );
		}
		Announce::action( 'deleted_post', $given, $post );
		if ( $attachment ) {
			$this->is_settled = $this->batch->attachments->forget( array( $id ) ) && $this->is_settled;
		}
		if ( $this->caches_heard ) {
			foreach ( array_merge( array( $post ), $this->batch->moved[ $id ] ?? array() ) as $cached ) {
				Announce::safely( static fn () => clean_post_cache( $cached ) );
			}
		}
		if ( ! $attachment ) {
			Announce::action( 'after_delete_post', $given, $post );
		}
		// phpcs:enable
	}

	/**
	 * The trash's own metas, which core deletes first. Not those of a revision: core takes its parent's.
	 *
	 * @param WP_Post $post The post.
	 * @return object[] The other metas.
	 */
	private function fire_trash_metas( WP_Post $post ): array {
		$metas = $this->batch->metas[ $post->ID ] ?? array();
		if ( 'revision' === $post->post_type ) {
			return $metas;
		}
		foreach ( array( '_wp_trash_meta_status', '_wp_trash_meta_time' ) as $key ) {
			$of_key = array_filter( $metas, static fn ( $meta ) => $meta->meta_key === $key );
			if ( $of_key ) {
				MetaHooks::fire_deleted_by_key( array_values( array_column( $of_key, 'meta_id' ) ), $post->ID, $key, '' );
			}
			$metas = array_diff_key( $metas, $of_key );
		}
		return $metas;
	}

	/**
	 * Relationships and counts.
	 *
	 * @param WP_Post $post The post.
	 */
	private function fire_terms( WP_Post $post ): void {
		$taxonomies = get_object_taxonomies( $post->post_type );
		if ( 'attachment' === $post->post_type ) {
			$taxonomies = array_unique( array_merge( array( 'category', 'post_tag' ), $taxonomies ) );
		}
		foreach ( $taxonomies as $taxonomy ) {
			$terms = $this->batch->terms[ $post->ID ][ $taxonomy ] ?? array();
			if ( ! $terms ) {
				continue;
			}
			$ids = array_column( $terms, 'term_taxonomy_id' );
			/** This action is documented in wp-includes/taxonomy.php */
			Announce::action( 'delete_term_relationships', $post->ID, $ids, $taxonomy );
			/** This action is documented in wp-includes/taxonomy.php */
			Announce::action( 'deleted_term_relationships', $post->ID, $ids, $taxonomy );
			TermHooks::fire_counted( $terms, $taxonomy );
		}
	}

	/**
	 * Featured images.
	 *
	 * @param int        $id    Attachment.
	 * @param int|string $given Its id as core passes it on.
	 */
	private function fire_thumbnails( int $id, $given ): void {
		if ( isset( $this->batch->thumbnails[ $id ] ) ) {
			MetaHooks::fire_deleted_by_key( $this->batch->thumbnails[ $id ], 0, '_thumbnail_id', $given );
		}
	}

	/**
	 * What wp_update_comment_count_now() fires for a post whose approved comments are gone.
	 *
	 * @param WP_Post $post The post.
	 */
	private function fire_comment_count( WP_Post $post ): void {
		if ( $this->caches_heard ) {
			Announce::safely( static fn () => clean_post_cache( $post ) );
			wp_cache_set( $post->ID, $post, 'posts' );
		}
		// phpcs:disable WordPress.NamingConventions -- core's hooks.
		Announce::action( 'wp_update_comment_count', $post->ID, 0, (int) $post->comment_count );
		Announce::action( "edit_post_{$post->post_type}", $post->ID, $post );
		Announce::action( 'edit_post', $post->ID, $post );
		// phpcs:enable
	}

	/**
	 * Ids of posts that go by themselves are handed on as wp_delete_user() does.
	 *
	 * @param int $id Post.
	 * @return int|string
	 */
	private function as_core_has_it( int $id ) {
		return in_array( $id, $this->batch->roots, true ) ? Replay::id_as_core_has_it( $id ) : $id;
	}
}
