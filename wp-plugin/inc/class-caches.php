<?php
/**
 * Caches of what a slice has changed.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Clears, for exactly the ids reported, the keys that clean_post_cache(), clean_comment_cache(),
 * clean_term_cache(), clean_bookmark_cache() and the status transitions would, and those that core
 * forgets. Nothing is flushed.
 */
final class Caches {

	private const TIME_ZONES = array( 'server', 'gmt', 'blog' );

	/**
	 * Groups that grow with every post that WordPress works on. Until 6.3 the queries are among the objects.
	 */
	private const READ_FOR_EACH_POST = array( 'posts', 'post-queries', 'comment', 'comment_meta', 'comment-queries', 'terms', 'term-queries' );

	/**
	 * Clears everything a slice makes stale.
	 *
	 * @param array $slice The extension's report.
	 */
	public static function clear( array $slice ): void {
		if ( ! empty( $GLOBALS['_wp_suspend_cache_invalidation'] ) ) {
			return;
		}
		self::posts( $slice );
		self::comments( $slice );
		self::terms( $slice );
		self::links( $slice['links'] );
	}

	/**
	 * Posts, their metas, their terms, and what was counted from them.
	 *
	 * @param array $slice The extension's report.
	 */
	private static function posts( array $slice ): void {
		$types = array();
		foreach ( array( 'purged', 'trashed', 'reassigned' ) as $how ) {
			foreach ( $slice[ $how ] as $type => $ids ) {
				$types[] = (string) $type;
				self::delete_posts( $ids );
				foreach ( get_object_taxonomies( (string) $type ) as $taxonomy ) {
					wp_cache_delete_multiple( $ids, $taxonomy . '_relationships' );
				}
			}
		}
		self::delete_posts( $slice['changed_posts'] );
		if ( ! $types && ! $slice['changed_posts'] ) {
			return;
		}
		if ( in_array( 'attachment', $types, true ) ) {
			// Core takes attachments out of these two whether or not they are attached to the type.
			wp_cache_delete_multiple( $slice['purged']['attachment'] ?? array(), 'category_relationships' );
			wp_cache_delete_multiple( $slice['purged']['attachment'] ?? array(), 'post_tag_relationships' );
			wp_cache_delete( 'attachments', 'counts' );
		}
		if ( in_array( 'page', $types, true ) ) {
			wp_cache_delete( 'all_page_ids', 'posts' );
		}
		wp_cache_delete( 'wp_get_archives', 'general' );
		wp_cache_delete( 'get_calendar', 'calendar' );
		delete_transient( 'is_multi_author' );
		foreach ( array_unique( $types ) as $type ) {
			wp_cache_delete( _count_posts_cache_key( $type ), 'counts' );
			wp_cache_delete( _count_posts_cache_key( $type, 'readable' ), 'counts' );
		}
		foreach ( self::TIME_ZONES as $zone ) {
			$keys = array( "lastpostmodified:$zone", "lastpostdate:$zone" );
			foreach ( array_unique( $types ) as $type ) {
				$keys[] = "lastpostmodified:$zone:$type";
				$keys[] = "lastpostdate:$zone:$type";
			}
			wp_cache_delete_multiple( $keys, 'timeinfo' );
		}
		self::changed( 'posts' );
		self::changed( 'terms' );
	}

	/**
	 * Rows, metas and child lists of posts.
	 *
	 * @param int[] $ids Posts.
	 */
	private static function delete_posts( array $ids ): void {
		wp_cache_delete_multiple( $ids, 'posts' );
		wp_cache_delete_multiple( array_map( static fn ( $id ) => "post_parent:$id", $ids ), 'posts' );
		wp_cache_delete_multiple( $ids, 'post_meta' );
	}

	/**
	 * Takes out of the cache what was read about posts that are done with, for listeners or by core: else it grows
	 * with every post. Core caches answers to queries, too, each under a key that nobody asks for again; where the
	 * cache is this process's alone, they all go.
	 *
	 * @param int[] $ids Posts.
	 */
	public static function forget( array $ids ): void {
		self::delete_posts( $ids );
		foreach ( get_taxonomies() as $taxonomy ) {
			wp_cache_delete_multiple( $ids, $taxonomy . '_relationships' );
		}
		if ( ! wp_using_ext_object_cache() && wp_cache_supports( 'flush_group' ) ) {
			array_map( 'wp_cache_flush_group', self::READ_FOR_EACH_POST );
		}
	}

	/**
	 * Comments, their metas and their counts.
	 *
	 * @param array $slice The extension's report.
	 */
	private static function comments( array $slice ): void {
		$ids = array_merge( $slice['deleted_comments'], $slice['changed_comments'] );
		if ( ! $ids ) {
			return;
		}
		wp_cache_delete_multiple( $ids, 'comment' );
		wp_cache_delete_multiple( $slice['deleted_comments'], 'comment_meta' );
		wp_cache_delete_multiple( array_map( static fn ( $zone ) => "lastcommentmodified:$zone", self::TIME_ZONES ), 'timeinfo' );
		$posts = array( 0 );
		foreach ( array( 'purged', 'trashed' ) as $how ) {
			$posts = array_merge( $posts, ...array_values( $slice[ $how ] ) );
		}
		wp_cache_delete_multiple( array_map( static fn ( $id ) => "comments-$id", $posts ), 'counts' );
		self::changed( 'comment' );
	}

	/**
	 * Terms whose count was written.
	 *
	 * @param array $slice The extension's report.
	 */
	private static function terms( array $slice ): void {
		$ids = array_merge( array(), ...array_values( $slice['counted_terms'] ) );
		if ( $ids ) {
			wp_cache_delete_multiple( $ids, 'terms' );
			self::changed( 'terms' );
		}
	}

	/**
	 * Links.
	 *
	 * @param int[] $ids Links.
	 */
	private static function links( array $ids ): void {
		if ( ! $ids ) {
			return;
		}
		wp_cache_delete_multiple( $ids, 'bookmark' );
		wp_cache_delete( 'get_bookmarks', 'bookmark' );
		foreach ( get_object_taxonomies( 'link' ) as $taxonomy ) {
			wp_cache_delete_multiple( $ids, $taxonomy . '_relationships' );
		}
		self::changed( 'terms' );
	}

	/**
	 * Makes every cached query of a group a miss. Core: wp_cache_set_last_changed(), since 6.3.
	 *
	 * @param string $group `posts`, `terms` or `comment`.
	 */
	private static function changed( string $group ): void {
		if ( function_exists( 'wp_cache_set_last_changed' ) ) {
			wp_cache_set_last_changed( $group );
		} else {
			wp_cache_set( 'last_changed', microtime(), $group );
		}
	}
}
