<?php
/**
 * Options and cron events that point at posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Settles what core settles in its own callbacks on trashing and deleting a post, through WordPress's
 * API, once per slice instead of once per post.
 */
final class References {

	/**
	 * Before 6.2 a network's count of posts is not corrected for posts that are deleted for good: core
	 * looks for them when they are gone.
	 */
	private const COUNTS_DELETED_POSTS = '6.2';

	/**
	 * Settles everything for the posts of a slice.
	 *
	 * @param array $slice The extension's report.
	 */
	public static function settle( array $slice ): void {
		$purged  = array_merge( array(), ...array_values( $slice['purged'] ) );
		$trashed = array_merge( array(), ...array_values( $slice['trashed'] ) );
		if ( ! $purged && ! $trashed ) {
			return;
		}
		self::front_page( array_merge( $slice['purged']['page'] ?? array(), $slice['trashed']['page'] ?? array() ) );
		self::privacy_page( $slice['purged']['page'] ?? array() );
		// Core leaves the sticky flag of deleted, not of trashed, attachments.
		self::sticky( array_merge( array_diff( $purged, $slice['purged']['attachment'] ?? array() ), $trashed ) );
		self::scheduled( array_merge( $purged, $trashed ) );
		self::calendar( $slice['unpublished'] );
		self::network( $slice['unpublished'] );
	}

	/**
	 * Front page and posts page. Core: _reset_front_page_settings_for_post().
	 *
	 * @param int[] $pages Pages that go.
	 */
	private static function front_page( array $pages ): void {
		if ( in_array( (int) get_option( 'page_on_front' ), $pages, true ) ) {
			update_option( 'show_on_front', 'posts' );
			// What tells that there is something to do goes last, and only when the rest is written.
			if ( 'posts' === get_option( 'show_on_front' ) ) {
				update_option( 'page_on_front', 0 );
			}
		}
		if ( in_array( (int) get_option( 'page_for_posts' ), $pages, true ) ) {
			update_option( 'page_for_posts', 0 );
		}
	}

	/**
	 * Privacy policy page. Core: _reset_privacy_policy_page_for_post(), in versions that have it.
	 *
	 * @param int[] $pages Pages deleted for good.
	 */
	private static function privacy_page( array $pages ): void {
		if ( function_exists( '_reset_privacy_policy_page_for_post' ) && in_array( (int) get_option( 'wp_page_for_privacy_policy' ), $pages, true ) ) {
			update_option( 'wp_page_for_privacy_policy', 0 );
		}
	}

	/**
	 * Sticky posts.
	 *
	 * @param int[] $ids Posts that go.
	 */
	private static function sticky( array $ids ): void {
		$sticky = get_option( 'sticky_posts' );
		if ( ! is_array( $sticky ) || ! $sticky ) {
			return;
		}
		foreach ( array_intersect( $ids, array_map( 'intval', $sticky ) ) as $id ) {
			unstick_post( $id );
		}
	}

	/**
	 * Publication events. Core clears them by key, and before 6.9 under the wrong one.
	 *
	 * @param int[] $ids Posts that go.
	 */
	private static function scheduled( array $ids ): void {
		$gone = array_flip( $ids );
		$args = array();
		foreach ( (array) _get_cron_array() as $hooks ) {
			foreach ( $hooks['publish_future_post'] ?? array() as $event ) {
				$post = $event['args'][0] ?? null;
				if ( is_numeric( $post ) && isset( $gone[ (int) $post ] ) ) {
					$args[] = $event['args'];
				}
			}
		}
		foreach ( $args as $event_args ) {
			wp_clear_scheduled_hook( 'publish_future_post', $event_args );
		}
	}

	/**
	 * The calendar block's memory of whether anything is published. Core keeps it on single sites, and
	 * looks before a post is deleted but after it is trashed.
	 *
	 * @param array $unpublished Published posts that were purged or trashed, by type.
	 */
	private static function calendar( array $unpublished ): void {
		if ( is_multisite() || ! function_exists( 'block_core_calendar_update_has_published_posts' ) ) {
			return;
		}
		if ( isset( $unpublished['purged']['post'] ) ) {
			update_option( 'wp_calendar_block_has_published_posts', true );
		}
		if ( isset( $unpublished['trashed']['post'] ) ) {
			// Core looks after each post, and notes that there are others until the last one.
			if ( false === get_option( 'wp_calendar_block_has_published_posts' ) && $unpublished['trashed']['post'] > 1 ) {
				update_option( 'wp_calendar_block_has_published_posts', true );
			}
			block_core_calendar_update_has_published_posts();
		}
	}

	/**
	 * What a network knows of its sites: when they were last updated, and how many posts they have. Core:
	 * _update_blog_date_on_post_publish(), _update_blog_date_on_post_delete(),
	 * _update_posts_count_on_transition_post_status() and _update_posts_count_on_delete().
	 *
	 * @param array $unpublished Published posts that were purged or trashed, by type.
	 */
	private static function network( array $unpublished ): void {
		if ( ! is_multisite() ) {
			return;
		}
		$counted = version_compare( $GLOBALS['wp_version'], self::COUNTS_DELETED_POSTS, '<' ) ? array() : $unpublished['purged'];
		if ( isset( $counted['post'] ) || isset( $unpublished['trashed']['post'] ) ) {
			update_posts_count();
		}
		foreach ( array_keys( $unpublished['purged'] + $unpublished['trashed'] ) as $type ) {
			$object = get_post_type_object( (string) $type );
			if ( $object && $object->public ) {
				wpmu_update_blogs_date();
				break;
			}
		}
	}
}
