<?php
/**
 * How long the record of deletions stays.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Rows of which nothing is left to do go when they are older than the owner wants. Once a day, with WP-Cron; on a network
 * the main site sees to it, or each that has the plugin where not all have, for all sites, each as it has chosen, and for
 * those that are no more.
 */
final class Retention {

	public const HOOK = 'wpf_delete_forget';

	/**
	 * Rows of one statement: nobody waits for it.
	 */
	private const BATCH = 1000;

	/**
	 * Seconds of work a day; what is left goes on the next one.
	 */
	private const SECONDS = 20;

	/**
	 * What may be forgotten, as a condition: nothing of it is left to do, and nothing of it counts any more. That somebody
	 * has called off what the CRM asks for counts as long as the CRM may ask for it again.
	 */
	public static function forgettable(): string {
		global $wpdb;
		return "( is_open IS NULL OR ( is_open = 2 AND NOT ( state = 'cancelled' AND EXISTS ( SELECT 1 FROM $wpdb->users WHERE ID = user_id ) ) ) )";
	}

	/**
	 * Puts it on the calendar.
	 */
	public static function schedule(): void {
		if ( ! wp_next_scheduled( self::HOOK ) && ( is_main_site() || ! self::is_on_everywhere() ) ) {
			// Not at once, and not when all sites of a server that were set up together do.
			wp_schedule_event( time() + wp_rand( HOUR_IN_SECONDS, DAY_IN_SECONDS ), 'daily', self::HOOK );
		}
	}

	/**
	 * Is the plugin active on all sites of the network, the main one among them?
	 */
	private static function is_on_everywhere(): bool {
		return isset( get_site_option( 'active_sitewide_plugins', array() )[ plugin_basename( dirname( __DIR__ ) . '/wpf-delete.php' ) ] );
	}

	/**
	 * Takes it off the calendar.
	 */
	public static function unschedule(): void {
		wp_clear_scheduled_hook( self::HOOK );
	}

	/**
	 * Has it been due for a day? Then no event of this site runs.
	 */
	public static function is_late(): bool {
		$next = wp_next_scheduled( self::HOOK );
		return $next && $next < time() - DAY_IN_SECONDS;
	}

	/**
	 * Deletes what is too old.
	 */
	public static function forget(): void {
		global $wpdb;
		if ( ! Table::is_ready() ) {
			return;
		}
		$until = hrtime( true ) / 1e9 + self::SECONDS;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the table's own name.
		foreach ( array_map( 'intval', $wpdb->get_col( 'SELECT DISTINCT site_id FROM ' . Table::name() ) ) as $site_id ) {
			$days = self::days( $site_id );
			if ( $days > 0 ) {
				self::forget_of( $site_id, $days, $until );
			}
		}
	}

	/**
	 * For how many days a site's rows stay; 0 for ever.
	 *
	 * @param int $site_id Which; 0 for the network.
	 */
	private static function days( int $site_id ): int {
		if ( ! is_multisite() || 0 === $site_id || get_current_blog_id() === $site_id || ! get_site( $site_id ) ) {
			return (int) Settings::get( 'retention' );
		}
		switch_to_blog( $site_id );
		try {
			return (int) Settings::get( 'retention' );
		} finally {
			restore_current_blog();
		}
	}

	/**
	 * Deletes a site's rows, the oldest first, as far as they may be forgotten.
	 *
	 * @param int   $site_id Whose.
	 * @param int   $days    How many days they may be old.
	 * @param float $until   When to stop, in seconds of hrtime().
	 */
	private static function forget_of( int $site_id, int $days, float $until ): void {
		global $wpdb;
		$table = Table::name();
		$old   = "site_id = $site_id AND finished < UTC_TIMESTAMP() - INTERVAL $days DAY AND " . self::forgettable();
		do {
			// In two steps: asked to delete in an order, the database may sort all rows of the site instead.
			// phpcs:disable WordPress.DB.PreparedSQL.NotPrepared -- the table's own name, and integers.
			$ids = $wpdb->get_col( "SELECT id FROM $table WHERE $old ORDER BY finished, id LIMIT " . self::BATCH );
			if ( $ids ) {
				$wpdb->query( "DELETE FROM $table WHERE id IN (" . implode( ', ', array_map( 'intval', $ids ) ) . ") AND $old" );
			}
			// phpcs:enable
		} while ( self::BATCH === count( $ids ) && hrtime( true ) / 1e9 < $until );
	}
}
