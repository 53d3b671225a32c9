<?php
/**
 * WordPress's state as the extension's request.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Taxonomy;

/**
 * Everything WordPress can filter about a deletion, asked once: which types go, to the trash or for
 * good, what their taxonomies are and how those count.
 */
final class Request {

	/**
	 * Since 6.9 a post that did not count leaves its terms alone when it is trashed; before, every
	 * transition recounts.
	 */
	private const COUNTS_ONLY_WHAT_COUNTED = '6.9';

	/**
	 * Seconds per slice, where it is not over before. Between slices caches are cleared and the kill switch is
	 * looked at.
	 */
	private const SLICE_SECONDS = 1.0;

	/**
	 * Posts after which a slice is over: those of one batch, whatever its size.
	 */
	private const SLICE_POSTS = 1;

	/**
	 * The same where two connections are at work and nobody is waited for between slices: one of the two is idle at
	 * the end of each.
	 */
	private const LONG_SLICE_POSTS = 5000;

	/**
	 * Most posts per transaction; bounds what an unusually quick server is given at a time.
	 */
	private const BATCH = 3000;

	/**
	 * Seconds a transaction should take: as long as somebody else may have to wait for a row.
	 */
	private const TRANSACTION_SECONDS = 0.2;

	/**
	 * Share of the time spent working. The rest belongs to the visitors of the site.
	 */
	private const PACE = 0.5;

	/**
	 * The request's constant part for one user; part, proof and resume come with each slice.
	 *
	 * @param int           $user_id  Who goes.
	 * @param int|null      $reassign Who inherits.
	 * @param string[]|null $types    Post types that go; null for those that go with a user.
	 */
	public static function of( int $user_id, ?int $reassign, ?array $types = null ): array {
		return array(
			'tables'          => self::tables(),
			'post_types'      => self::post_types( $user_id, null === $reassign ? $types ?? self::types_to_delete( $user_id ) : array() ),
			'taxonomies'      => self::taxonomies(),
			'hidden_statuses' => array_values( get_post_stati( array( 'exclude_from_search' => true ) ) ),
			'time'            => array(
				'unix'  => time(),
				'local' => current_time( 'mysql' ),
				'gmt'   => current_time( 'mysql', true ),
			),
			'budget'          => self::budget(),
		);
	}

	/**
	 * How much a slice may do, and how fast.
	 */
	private static function budget(): array {
		/**
		 * Filters the share of the time that a deletion works; it rests between transactions. Above 1, two batches
		 * are done at once, on two connections.
		 *
		 * @param float $pace Above 0, at most 2.
		 */
		$pace = (float) apply_filters( 'wpf_delete_pace', self::PACE );
		/**
		 * Filters how long a transaction of a deletion should take. Batches are made as large as that allows.
		 *
		 * @param float $seconds Seconds.
		 */
		$transaction = (float) apply_filters( 'wpf_delete_transaction_seconds', self::TRANSACTION_SECONDS );
		return array(
			'seconds'     => self::SLICE_SECONDS,
			'posts'       => $pace > 1 && ! Throttle::has_reasons() ? self::LONG_SLICE_POSTS : self::SLICE_POSTS,
			'batch'       => self::BATCH,
			'transaction' => $transaction,
			'pace'        => $pace,
		);
	}

	/**
	 * The types core would delete with the user, in core's way.
	 *
	 * @param int $user_id Who goes.
	 * @return string[]
	 */
	public static function types_to_delete( int $user_id ): array {
		$types = array();
		foreach ( get_post_types( array(), 'objects' ) as $type ) {
			if ( $type->delete_with_user || ( null === $type->delete_with_user && post_type_supports( $type->name, 'author' ) ) ) {
				$types[] = $type->name;
			}
		}
		/** This filter is documented in wp-admin/includes/user.php */
		return array_map( 'strval', (array) apply_filters( 'post_types_to_delete_with_user', $types, $user_id ) );
	}

	/**
	 * Table names as $wpdb has them. Many sites have dropped the links table.
	 */
	private static function tables(): array {
		global $wpdb;
		static $has = array();
		$tables = array();
		foreach ( array( 'posts', 'postmeta', 'comments', 'commentmeta', 'terms', 'term_taxonomy', 'term_relationships', 'users', 'usermeta' ) as $table ) {
			$tables[ $table ] = $wpdb->$table;
		}
		$has[ $wpdb->links ] ??= null !== $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $wpdb->links ) ) );
		if ( $has[ $wpdb->links ] ) {
			$tables['links'] = $wpdb->links;
		}
		return $tables;
	}

	/**
	 * Every registered type: what becomes of the user's posts of it, and what the extension has to
	 * know when one goes along with another post.
	 *
	 * @param int      $user_id Who goes.
	 * @param string[] $going   Types that go.
	 */
	private static function post_types( int $user_id, array $going ): array {
		$trash = self::types_to_trash( $user_id );
		$types = array();
		foreach ( array_unique( array_merge( get_post_types(), $going ) ) as $type ) {
			$action = 'keep';
			if ( in_array( $type, $going, true ) ) {
				$action = in_array( $type, $trash, true ) ? 'trash' : 'purge';
			}
			$taxonomies = get_object_taxonomies( $type );
			if ( 'attachment' === $type ) {
				// Core takes attachments out of these two whether or not they are attached to the type.
				$taxonomies = array_unique( array_merge( array( 'category', 'post_tag' ), $taxonomies ) );
			}
			$types[ $type ] = array(
				'action'       => $action,
				'hierarchical' => is_post_type_hierarchical( $type ),
				'taxonomies'   => array_values( array_filter( $taxonomies, 'taxonomy_exists' ) ),
			);
		}
		return $types;
	}

	/**
	 * Types whose posts go to the trash first.
	 *
	 * @param int $user_id Who goes.
	 * @return string[]
	 */
	public static function types_to_trash( int $user_id ): array {
		/**
		 * Filters whether a user's posts and pages are deleted for good although the trash is on.
		 *
		 * @param bool $permanently Default false.
		 * @param int  $user_id     Who goes.
		 */
		return apply_filters( 'wpf_delete_permanently', false, $user_id ) ? array() : self::types_with_trash();
	}

	/**
	 * Types whose posts core has to be told to delete: it would move them to the trash.
	 *
	 * @param int $user_id Who goes.
	 * @return string[]
	 */
	public static function types_past_trash( int $user_id ): array {
		return array_diff( self::types_with_trash(), self::types_to_trash( $user_id ) );
	}

	/**
	 * Types that core moves to the trash.
	 *
	 * @return string[]
	 */
	private static function types_with_trash(): array {
		if ( ! EMPTY_TRASH_DAYS ) {
			return array();
		}
		return MEDIA_TRASH ? array( 'post', 'page', 'attachment' ) : array( 'post', 'page' );
	}

	/**
	 * Every registered taxonomy and how it counts.
	 */
	private static function taxonomies(): array {
		$taxonomies = array();
		foreach ( get_taxonomies( array(), 'objects' ) as $taxonomy ) {
			$taxonomies[ $taxonomy->name ] = self::counting( $taxonomy ) + array(
				'recount_when_trashed_from' => self::recount_when_trashed_from( $taxonomy ),
			);
		}
		return $taxonomies;
	}

	/**
	 * Statuses from which a post's way to the trash makes its terms be counted anew.
	 *
	 * @param WP_Taxonomy $taxonomy The taxonomy.
	 * @return string[]|null Null for every status.
	 */
	public static function recount_when_trashed_from( WP_Taxonomy $taxonomy ): ?array {
		return version_compare( $GLOBALS['wp_version'], self::COUNTS_ONLY_WHAT_COUNTED, '<' ) ? null : self::counted_statuses( $taxonomy );
	}

	/**
	 * Post statuses that count.
	 *
	 * @param WP_Taxonomy $taxonomy The taxonomy.
	 * @return string[]
	 */
	private static function counted_statuses( WP_Taxonomy $taxonomy ): array {
		/** This filter is documented in wp-includes/taxonomy.php */
		return array_map( 'strval', array_values( (array) apply_filters( 'update_post_term_count_statuses', array( 'publish' ), $taxonomy ) ) );
	}

	/**
	 * Core's choice in wp_update_term_count_now().
	 *
	 * @param WP_Taxonomy $taxonomy The taxonomy.
	 */
	private static function counting( WP_Taxonomy $taxonomy ): array {
		$types = array();
		foreach ( (array) $taxonomy->object_type as $type ) {
			$types[] = strtok( $type, ':' );
		}
		$callback = $taxonomy->update_count_callback;
		if ( empty( $callback ) ) {
			$only_posts = ! array_filter( $types, static fn ( $type ) => ! post_type_exists( $type ) );
			$callback   = $only_posts ? '_update_post_term_count' : '_update_generic_term_count';
		}
		if ( '_update_generic_term_count' === $callback ) {
			return array( 'count' => 'objects' );
		}
		if ( '_update_post_term_count' !== $callback ) {
			return array( 'count' => 'callback' );
		}
		return array(
			'count'       => 'posts',
			'types'       => array_values( array_filter( array_diff( array_unique( $types ), array( 'attachment' ) ), 'post_type_exists' ) ),
			'attachments' => in_array( 'attachment', $types, true ),
			'statuses'    => self::counted_statuses( $taxonomy ),
		);
	}
}
