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
	 * Posts by id, those that go along included.
	 *
	 * @var array<int, WP_Post>
	 */
	private $posts = array();

	/**
	 * Revisions of each post, by the post's id.
	 *
	 * @var array<int, int[]>
	 */
	private $revisions = array();

	/**
	 * Menu items that point at each post, by the post's id.
	 *
	 * @var array<int, int[]>
	 */
	private $menu_items = array();

	/**
	 * Children of each post that move up when it goes, by the post's id; ids ascending.
	 *
	 * @var array<int, int[]>
	 */
	private $children = array();

	/**
	 * Children of hierarchical posts, by id.
	 *
	 * @var array<int, WP_Post>
	 */
	private $survivors = array();

	/**
	 * Children that each post had when its turn came, as they were then.
	 *
	 * @var array<int, WP_Post[]>
	 */
	private $moved = array();

	/**
	 * Rows of postmeta, by post.
	 *
	 * @var array<int, object[]>
	 */
	private $metas = array();

	/**
	 * Terms of each post by taxonomy, ordered by name: rows with term_id and term_taxonomy_id.
	 *
	 * @var array<int, array<string, object[]>>
	 */
	private $terms = array();

	/**
	 * Ids of metas that show each attachment as a featured image.
	 *
	 * @var array<int, string[]>
	 */
	private $thumbnails = array();

	/**
	 * The attachments among the posts.
	 *
	 * @var Attachments
	 */
	private $attachments;

	/**
	 * The posts that were asked for.
	 *
	 * @var int[]
	 */
	private $roots;

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
	 * Reads everything.
	 *
	 * @param int[] $ids Posts that shall go.
	 */
	public function __construct( array $ids ) {
		global $wpdb;
		$this->roots = $ids;
		$in          = self::in( $ids );
		// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- lists of integers.
		foreach ( $wpdb->get_results( "SELECT r.ID, r.post_parent FROM $wpdb->posts r JOIN $wpdb->posts p ON p.ID = r.post_parent WHERE r.post_parent IN ($in) AND r.post_type = 'revision' AND p.post_type <> 'attachment' ORDER BY r.ID" ) as $row ) {
			$this->revisions[ (int) $row->post_parent ][] = (int) $row->ID;
		}
		$all = array_values( array_unique( array_merge( $ids, ...$this->revisions ) ) );
		foreach ( self::items_pointing_at( $all ) as $item => $post ) {
			$this->menu_items[ $post ][] = $item;
			$all[]                       = $item;
		}
		$all = array_values( array_unique( $all ) );
		$in  = self::in( $all );
		_prime_post_caches( $all, false, false );
		foreach ( $all as $id ) {
			$post = get_post( $id );
			if ( $post ) {
				$this->posts[ $id ] = $post;
			}
		}
		if ( MetaHooks::are_heard() ) {
			foreach ( $wpdb->get_results( "SELECT * FROM $wpdb->postmeta WHERE post_id IN ($in) ORDER BY meta_id" ) as $meta ) {
				$this->metas[ (int) $meta->post_id ][] = $meta;
			}
		}
		if ( TermHooks::are_heard() ) {
			foreach ( $wpdb->get_results( "SELECT tr.object_id, tt.term_taxonomy_id, tt.taxonomy, t.term_id FROM $wpdb->term_relationships tr JOIN $wpdb->term_taxonomy tt USING (term_taxonomy_id) JOIN $wpdb->terms t USING (term_id) WHERE tr.object_id IN ($in) ORDER BY t.name, t.term_id" ) as $term ) {
				$this->terms[ (int) $term->object_id ][ $term->taxonomy ][] = $term;
			}
		}
		// phpcs:enable
		$this->read_children();
		$this->comment_hooks = CommentHooks::are_heard() ? new CommentHooks( $all ) : null;
		$this->caches_heard  = Lanes::clean_post_cache_is_heard();
		$attachments         = array_keys( array_filter( $this->posts, static fn ( $post ) => 'attachment' === $post->post_type ) );
		$this->attachments   = Attachments::of( $attachments );
		$this->thumbnails    = MetaHooks::are_heard() ? self::thumbnails( $attachments ) : array();
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
		foreach ( $this->roots as $id ) {
			if ( ! isset( $this->posts[ $id ] ) || ! $this->may_go( $id, false ) ) {
				continue;
			}
			$along  = array_filter( array_merge( $this->revisions[ $id ] ?? array(), $this->menu_items[ $id ] ?? array() ), fn ( $other ) => isset( $this->posts[ $other ] ) );
			$vetoed = array_filter( $along, fn ( $other ) => ! $this->may_go( $other, 'nav_menu_item' === $this->posts[ $other ]->post_type ) );
			if ( $vetoed ) {
				$willed['core'][] = $id;
				continue;
			}
			$willed['purge'][] = $id;
			$this->move_children( $id );
			foreach ( array_merge( array( $id ), $along ) as $going ) {
				$this->fire_before( $going );
			}
		}
		return $willed;
	}

	/**
	 * Fires the rest.
	 *
	 * @param int[] $gone Posts whose rows are gone.
	 */
	public function after( array $gone ): void {
		$gone = array_flip( $gone );
		// As in core, a post can be read until the last of its hooks has fired.
		foreach ( array_intersect_key( $this->posts, $gone ) as $id => $post ) {
			wp_cache_set( $id, $post, 'posts' );
		}
		try {
			Listeners::without_core(
				function () use ( $gone ) {
					foreach ( $this->roots as $id ) {
						if ( isset( $gone[ $id ] ) ) {
							$this->fire_after( $id );
						}
					}
				}
			);
		} finally {
			wp_cache_delete_multiple( array_keys( $gone ), 'posts' );
		}
	}

	/**
	 * Reads the children of hierarchical posts. Those that are about to go are told of with the parent
	 * that they have when their own turn comes, as in core.
	 */
	private function read_children(): void {
		global $wpdb;
		$parents = array_keys( array_filter( $this->posts, static fn ( $post ) => is_post_type_hierarchical( $post->post_type ) ) );
		if ( ! $parents ) {
			return;
		}
		$in = self::in( $parents );
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a list of integers.
		foreach ( $wpdb->get_results( "SELECT c.* FROM $wpdb->posts c JOIN $wpdb->posts p ON p.ID = c.post_parent AND p.post_type = c.post_type WHERE c.post_parent IN ($in) ORDER BY c.ID" ) as $row ) {
			$id = (int) $row->ID;

			$this->survivors[ $id ]                    = $this->posts[ $id ] ?? get_post( $row );
			$this->children[ (int) $row->post_parent ][] = $id;
		}
	}

	/**
	 * Moves the children of a post up.
	 *
	 * @param int $id The post.
	 */
	private function move_children( int $id ): void {
		$parent = $this->posts[ $id ]->post_parent;
		foreach ( $this->children[ $id ] ?? array() as $child ) {
			$this->moved[ $id ][]                   = clone $this->survivors[ $child ];
			$this->survivors[ $child ]->post_parent = $parent;
			$this->children[ $parent ][]            = $child;
			sort( $this->children[ $parent ] );
		}
		unset( $this->children[ $id ] );
		// Whoever goes now is nobody's child any more when the next one's turn comes.
		$this->children[ $parent ] = array_values( array_diff( $this->children[ $parent ] ?? array(), array( $id ) ) );
	}

	/**
	 * Asks the veto.
	 *
	 * @param int  $id    Post.
	 * @param bool $force Whether core asks for it past the trash.
	 */
	private function may_go( int $id, bool $force ): bool {
		$post = $this->posts[ $id ];
		$hook = 'attachment' === $post->post_type ? 'pre_delete_attachment' : 'pre_delete_post';
		/** This filter is documented in wp-includes/post.php */
		return null === apply_filters( $hook, null, $post, $force );
	}

	/**
	 * Fires what comes first.
	 *
	 * @param int $id Post.
	 */
	private function fire_before( int $id ): void {
		$post = $this->posts[ $id ];
		$hook = 'attachment' === $post->post_type ? 'delete_attachment' : 'before_delete_post';
		/** This action is documented in wp-includes/post.php */
		do_action( $hook, $this->as_core_has_it( $id ), $post );
	}

	/**
	 * Fires what follows, for a post and what went along.
	 *
	 * @param int $id Post.
	 */
	private function fire_after( int $id ): void {
		$post       = $this->posts[ $id ];
		$given      = $this->as_core_has_it( $id );
		$attachment = 'attachment' === $post->post_type;

		$metas = $this->fire_trash_metas( $post );
		$this->fire_terms( $post );
		if ( $attachment ) {
			$this->fire_thumbnails( $id, $given );
		}
		foreach ( $this->revisions[ $id ] ?? array() as $revision ) {
			if ( isset( $this->posts[ $revision ] ) ) {
				$this->fire_after( $revision );
				/** This action is documented in wp-includes/revision.php */
				do_action( 'wp_delete_post_revision', $revision, $this->posts[ $revision ] );
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
			do_action( "delete_post_{$post->post_type}", $given, $post );
		}
		do_action( 'delete_post', $given, $post );
		foreach ( $this->menu_items[ $id ] ?? array() as $item ) {
			if ( isset( $this->posts[ $item ] ) ) {
				$this->fire_after( $item );
			}
		}
		if ( $typed ) {
			do_action( "deleted_post_{$post->post_type}", $given, $post );
		}
		do_action( 'deleted_post', $given, $post );
		if ( $attachment ) {
			$this->attachments->forget( array( $id ) );
		}
		if ( $this->caches_heard ) {
			array_map( 'clean_post_cache', array_merge( array( $post ), $this->moved[ $id ] ?? array() ) );
		}
		if ( ! $attachment ) {
			do_action( 'after_delete_post', $given, $post );
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
		$metas = $this->metas[ $post->ID ] ?? array();
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
			$terms = $this->terms[ $post->ID ][ $taxonomy ] ?? array();
			if ( ! $terms ) {
				continue;
			}
			$ids = array_column( $terms, 'term_taxonomy_id' );
			/** This action is documented in wp-includes/taxonomy.php */
			do_action( 'delete_term_relationships', $post->ID, $ids, $taxonomy );
			/** This action is documented in wp-includes/taxonomy.php */
			do_action( 'deleted_term_relationships', $post->ID, $ids, $taxonomy );
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
		if ( isset( $this->thumbnails[ $id ] ) ) {
			MetaHooks::fire_deleted_by_key( $this->thumbnails[ $id ], 0, '_thumbnail_id', $given );
		}
	}

	/**
	 * What wp_update_comment_count_now() fires for a post whose approved comments are gone.
	 *
	 * @param WP_Post $post The post.
	 */
	private function fire_comment_count( WP_Post $post ): void {
		if ( $this->caches_heard ) {
			clean_post_cache( $post );
			wp_cache_set( $post->ID, $post, 'posts' );
		}
		// phpcs:disable WordPress.NamingConventions -- core's hooks.
		do_action( 'wp_update_comment_count', $post->ID, 0, (int) $post->comment_count );
		do_action( "edit_post_{$post->post_type}", $post->ID, $post );
		do_action( 'edit_post', $post->ID, $post );
		// phpcs:enable
	}

	/**
	 * Until 6.9, wp_delete_user() hands on the ids of the user's posts as the database gives them.
	 *
	 * @param int $id Post.
	 * @return int|string
	 */
	private function as_core_has_it( int $id ) {
		$root = in_array( $id, $this->roots, true );
		return $root && version_compare( $GLOBALS['wp_version'], '6.9', '<' ) ? (string) $id : $id;
	}

	/**
	 * Menu items that point at these posts and go with them. Core: wp_get_associated_nav_menu_items().
	 *
	 * @param int[] $ids Posts.
	 * @return array<int, int> Post by item.
	 */
	private static function items_pointing_at( array $ids ): array {
		global $wpdb;
		$values = implode( ', ', array_map( static fn ( $id ) => "'$id'", $ids ) );
		$hidden = implode( ', ', array_map( static fn ( $status ) => "'" . esc_sql( $status ) . "'", array_merge( array( '' ), get_post_stati( array( 'exclude_from_search' => true ) ) ) ) );
		$items  = array();
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- integers and escaped statuses.
		foreach ( $wpdb->get_results( "SELECT p.ID, m.meta_value FROM $wpdb->posts p JOIN $wpdb->postmeta m ON m.post_id = p.ID AND m.meta_key = '_menu_item_object_id' WHERE p.post_type = 'nav_menu_item' AND p.post_status NOT IN ($hidden) AND m.meta_value IN ($values) ORDER BY p.ID" ) as $row ) {
			if ( 'post_type' === get_post_meta( $row->ID, '_menu_item_type', true ) ) {
				$items[ (int) $row->ID ] = (int) $row->meta_value;
			}
		}
		return $items;
	}

	/**
	 * Metas that show these attachments as featured images.
	 *
	 * @param int[] $ids Attachments.
	 * @return array<int, string[]> Ids of metas by attachment.
	 */
	private static function thumbnails( array $ids ): array {
		global $wpdb;
		if ( ! $ids ) {
			return array();
		}
		$values = implode( ', ', array_map( static fn ( $id ) => "'$id'", $ids ) );
		$metas  = array();
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- integers.
		foreach ( $wpdb->get_results( "SELECT meta_id, meta_value FROM $wpdb->postmeta WHERE meta_key = '_thumbnail_id' AND meta_value IN ($values) ORDER BY meta_id" ) as $row ) {
			$metas[ (int) $row->meta_value ][] = $row->meta_id;
		}
		return $metas;
	}

	/**
	 * `1, 2, 3`.
	 *
	 * @param int[] $ids Not empty.
	 */
	private static function in( array $ids ): string {
		return implode( ', ', array_map( 'intval', $ids ) );
	}
}
