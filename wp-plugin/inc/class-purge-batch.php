<?php
/**
 * Posts that go for good, while they are there.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Post;

/**
 * What the hooks of a batch will have to tell: read as far as somebody listens.
 */
final class PurgeBatch {

	/**
	 * Posts by id, those that go along included.
	 *
	 * @var array<int, WP_Post>
	 */
	public $posts = array();

	/**
	 * Revisions of each post, by the post's id.
	 *
	 * @var array<int, int[]>
	 */
	public $revisions = array();

	/**
	 * Menu items that point at each post, by the post's id.
	 *
	 * @var array<int, int[]>
	 */
	public $menu_items = array();

	/**
	 * Children of each post that move up when it goes, by the post's id; ids ascending.
	 *
	 * @var array<int, int[]>
	 */
	public $children = array();

	/**
	 * Children of hierarchical posts, by id.
	 *
	 * @var array<int, WP_Post>
	 */
	public $survivors = array();

	/**
	 * Children that each post had when its turn came, as they were then.
	 *
	 * @var array<int, WP_Post[]>
	 */
	public $moved = array();

	/**
	 * Rows of postmeta, by post.
	 *
	 * @var array<int, object[]>
	 */
	public $metas = array();

	/**
	 * Terms of each post by taxonomy, ordered by name: rows with term_id and term_taxonomy_id.
	 *
	 * @var array<int, array<string, object[]>>
	 */
	public $terms = array();

	/**
	 * Ids of metas that show each attachment as a featured image.
	 *
	 * @var array<int, string[]>
	 */
	public $thumbnails = array();

	/**
	 * The attachments among the posts.
	 *
	 * @var Attachments
	 */
	public $attachments;

	/**
	 * The posts that were asked for.
	 *
	 * @var int[]
	 */
	public $roots;

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
		$attachments       = array_keys( array_filter( $this->posts, static fn ( $post ) => 'attachment' === $post->post_type ) );
		$this->attachments = Attachments::of( $attachments );
		$this->thumbnails  = MetaHooks::are_heard() ? self::thumbnails( $attachments ) : array();
	}

	/**
	 * Moves the children of a post up.
	 *
	 * @param int $id The post.
	 */
	public function move_children( int $id ): void {
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
