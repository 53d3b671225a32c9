<?php
/**
 * The hooks of posts that go to the trash.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Post;

/**
 * Fires what comes before while every row is as it was, and afterwards what wp_trash_post() fires, with
 * its arguments and in its order. The post is not saved again, so what is told about saving it is
 * not: pre_post_update, set_object_terms and the hooks of a new revision.
 */
final class TrashHooks {

	/**
	 * Posts by id, as they were.
	 *
	 * @var array<int, WP_Post>
	 */
	private $posts = array();

	/**
	 * Comment statuses by post: status by comment id, ascending.
	 *
	 * @var array<int, array<int, string>>
	 */
	private $comments = array();

	/**
	 * Whether somebody listens to the cleaning of caches, which is done already.
	 *
	 * @var bool
	 */
	private $caches_heard = false;

	/**
	 * Reads.
	 *
	 * @param int[] $ids Posts that shall go.
	 */
	public function __construct( array $ids ) {
		global $wpdb;
		_prime_post_caches( $ids, false, false );
		foreach ( $ids as $id ) {
			$post = get_post( $id );
			if ( $post ) {
				$this->posts[ $id ] = clone $post;
			}
		}
		$in = implode( ', ', array_map( 'intval', $ids ) );
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a list of integers.
		foreach ( $wpdb->get_results( "SELECT comment_ID, comment_post_ID, comment_approved FROM $wpdb->comments WHERE comment_post_ID IN ($in) ORDER BY comment_ID" ) as $row ) {
			$this->comments[ (int) $row->comment_post_ID ][ (int) $row->comment_ID ] = $row->comment_approved;
		}
	}

	/**
	 * Asks the veto and fires what comes first.
	 *
	 * @return int[] Posts to trash.
	 */
	public function before(): array {
		$going = array();
		foreach ( $this->posts as $id => $post ) {
			$veto = false;
			Announce::safely(
				static function () use ( $post, &$veto ) {
					/** This filter is documented in wp-includes/post.php */
					$veto = apply_filters( 'pre_trash_post', null, $post, ...self::since_6_3( $post->post_status ) );
				}
			);
			// Who cannot answer may have meant no.
			if ( null === $veto ) {
				$going[] = $id;
			}
		}
		Listeners::without_core(
			function () use ( $going ) {
				foreach ( $going as $id ) {
					/** This action is documented in wp-includes/post.php */
					Announce::action( 'wp_trash_post', Replay::id_as_core_has_it( $id ), ...self::since_6_3( $this->posts[ $id ]->post_status ) );
				}
			}
		);
		return $going;
	}

	/**
	 * Fires the rest.
	 *
	 * @param int[] $gone Posts that lie in the trash now.
	 */
	public function after( array $gone ): void {
		if ( ! $gone ) {
			return;
		}
		_prime_post_caches( $gone, false, false );
		$metas = Listeners::any_on( array( 'add_post_meta', 'added_post_meta' ) ) ? self::trash_metas( $gone ) : array();
		$terms = TermHooks::are_heard() ? self::terms( $gone ) : array();

		$this->caches_heard = Lanes::clean_post_cache_is_heard();
		Listeners::without_core(
			function () use ( $gone, $metas, $terms ) {
				foreach ( array_keys( $this->posts ) as $id ) {
					if ( in_array( $id, $gone, true ) ) {
						Announce::safely( fn () => $this->fire_after( $id, $metas[ $id ] ?? array(), $terms[ $id ] ?? array() ) );
					}
				}
			}
		);
	}

	/**
	 * Fires what follows.
	 *
	 * @param int   $id    Post.
	 * @param array $metas Its trash metas in the order of their making: id, key, value.
	 * @param array $terms Its terms by taxonomy.
	 */
	private function fire_after( int $id, array $metas, array $terms ): void {
		$before = $this->posts[ $id ];
		$old    = $before->post_status;

		$of_comments = array();
		foreach ( $metas as $meta ) {
			if ( '_wp_trash_meta_comments_status' === $meta[2] ) {
				$of_comments = $meta;
				continue;
			}
			MetaHooks::fire_added( ...$meta );
		}
		// Core cleans the cache when it has named the post, and once more when it has saved it; listeners
		// are given the post as the cache had it.
		$named = clone $before;
		if ( ! str_ends_with( $before->post_name, '__trashed' ) ) {
			$this->fire_cleaned( $before );
			$named->post_name = _truncate_post_slug( $before->post_name, 191 ) . '__trashed';
		}
		// Setting categories, which core does again, puts the post as it was into the cache.
		$this->fire_cleaned( is_object_in_taxonomy( $before->post_type, 'category' ) ? $named : $id );
		$post = get_post( $id );
		if ( 'attachment' === $post->post_type ) {
			// phpcs:disable WordPress.NamingConventions -- core's hooks.
			Announce::action( 'edit_attachment', $id );
			Announce::action( 'attachment_updated', $id, $post, $before );
			// phpcs:enable
		} else {
			$this->fire_transition( $post, $before, $old, $terms );
		}
		$this->fire_comments( $id, $of_comments );
		/** This action is documented in wp-includes/post.php */
		Announce::action( 'trashed_post', Replay::id_as_core_has_it( $id ), ...self::since_6_3( $old ) );
	}

	/**
	 * What clean_post_cache() fires, if somebody listens; the cache itself is clean.
	 *
	 * @param WP_Post|int $post The post.
	 */
	private function fire_cleaned( $post ): void {
		if ( $this->caches_heard ) {
			Announce::safely( static fn () => clean_post_cache( $post ) );
		}
	}

	/**
	 * The change of status, and that the post was saved.
	 *
	 * @param WP_Post $post   As it is.
	 * @param WP_Post $before As it was.
	 * @param string  $old    Its old status.
	 * @param array   $terms  Its terms by taxonomy.
	 */
	private function fire_transition( WP_Post $post, WP_Post $before, string $old, array $terms ): void {
		$id   = $post->ID;
		$type = $post->post_type;
		// phpcs:disable WordPress.NamingConventions -- core's hooks.
		Announce::action( 'transition_post_status', 'trash', $old, $post );
		foreach ( $terms as $taxonomy => $of_taxonomy ) {
			if ( self::counts( $taxonomy, $old ) ) {
				TermHooks::fire_counted( $of_taxonomy, $taxonomy );
			}
		}
		$known = version_compare( $GLOBALS['wp_version'], '6.9', '<' ) || get_post_status_object( $old );
		if ( $known ) {
			Announce::action( "{$old}_to_trash", $post );
		}
		Announce::action( "trash_$type", $id, $post, $old );
		Announce::action( "edit_post_$type", $id, $post );
		Announce::action( 'edit_post', $id, $post );
		Announce::action( 'post_updated', $id, $post, $before );
		Announce::action( "save_post_$type", $id, $post, true );
		Announce::action( 'save_post', $id, $post, true );
		Announce::action( 'wp_insert_post', $id, $post, true );
		Announce::action( 'wp_after_insert_post', $id, $post, true, $before );
		// phpcs:enable
	}

	/**
	 * What wp_trash_post_comments() fires.
	 *
	 * @param int   $id   Post.
	 * @param array $meta The meta with the comments' statuses: id, post, key, value; or empty.
	 */
	private function fire_comments( int $id, array $meta ): void {
		if ( empty( $this->comments[ $id ] ) ) {
			return;
		}
		/** This action is documented in wp-includes/post.php */
		Announce::action( 'trash_post_comments', $id );
		if ( $meta ) {
			MetaHooks::fire_added( ...$meta );
		}
		if ( Listeners::any_on( array( 'clean_comment_cache' ) ) ) {
			Announce::safely( fn () => clean_comment_cache( array_keys( $this->comments[ $id ] ) ) );
		}
		/** This action is documented in wp-includes/post.php */
		Announce::action( 'trashed_post_comments', $id, $this->comments[ $id ] );
	}

	/**
	 * Whether terms are counted when a post of this status leaves. Core:
	 * _update_term_count_on_transition_post_status().
	 *
	 * @param string $taxonomy Taxonomy.
	 * @param string $old      The post's old status.
	 */
	private static function counts( string $taxonomy, string $old ): bool {
		$from = Request::recount_when_trashed_from( get_taxonomy( $taxonomy ) );
		return null === $from || in_array( $old, $from, true );
	}

	/**
	 * The metas that were made just now, in the order of their making.
	 *
	 * @param int[] $ids Posts.
	 * @return array<int, array[]> By post: id of the meta, post, key, value.
	 */
	private static function trash_metas( array $ids ): array {
		global $wpdb;
		$in    = implode( ', ', array_map( 'intval', $ids ) );
		$metas = array();
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a list of integers.
		foreach ( $wpdb->get_results( "SELECT MAX(meta_id) AS meta_id, post_id, meta_key FROM $wpdb->postmeta WHERE post_id IN ($in) AND meta_key IN ('_wp_trash_meta_status', '_wp_trash_meta_time', '_wp_desired_post_slug', '_wp_trash_meta_comments_status') GROUP BY post_id, meta_key ORDER BY meta_id" ) as $row ) {
			$metas[ (int) $row->meta_id ] = array( (int) $row->meta_id, (int) $row->post_id, $row->meta_key );
		}
		$by_post = array();
		ksort( $metas );
		$in = implode( ', ', array_merge( array( 0 ), array_keys( $metas ) ) );
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a list of integers.
		foreach ( $wpdb->get_results( "SELECT meta_id, meta_value FROM $wpdb->postmeta WHERE meta_id IN ($in) ORDER BY meta_id" ) as $row ) {
			$meta   = $metas[ (int) $row->meta_id ];
			$value  = maybe_unserialize( $row->meta_value );
			$meta[] = '_wp_trash_meta_time' === $meta[2] ? (int) $value : $value;

			$by_post[ $meta[1] ][] = $meta;
		}
		return $by_post;
	}

	/**
	 * Terms of these posts.
	 *
	 * @param int[] $ids Posts.
	 * @return array<int, array<string, object[]>> By post and taxonomy, ordered by name.
	 */
	private static function terms( array $ids ): array {
		global $wpdb;
		$in    = implode( ', ', array_map( 'intval', $ids ) );
		$terms = array();
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a list of integers.
		foreach ( $wpdb->get_results( "SELECT tr.object_id, tt.term_taxonomy_id, tt.taxonomy, t.term_id FROM $wpdb->term_relationships tr JOIN $wpdb->term_taxonomy tt USING (term_taxonomy_id) JOIN $wpdb->terms t USING (term_id) WHERE tr.object_id IN ($in) ORDER BY t.name, t.term_id" ) as $term ) {
			$terms[ (int) $term->object_id ][ $term->taxonomy ][] = $term;
		}
		$ordered = array();
		foreach ( $terms as $id => $of_post ) {
			foreach ( get_object_taxonomies( get_post_type( $id ) ) as $taxonomy ) {
				if ( isset( $of_post[ $taxonomy ] ) ) {
					$ordered[ $id ][ $taxonomy ] = $of_post[ $taxonomy ];
				}
			}
		}
		return $ordered;
	}

	/**
	 * An argument that hooks have since 6.3.
	 *
	 * @param string $status The post's old status.
	 * @return string[]
	 */
	private static function since_6_3( string $status ): array {
		return version_compare( $GLOBALS['wp_version'], '6.3', '>=' ) ? array( $status ) : array();
	}
}
