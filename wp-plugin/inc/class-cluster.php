<?php
/**
 * The Galera cluster that the site's database may be a node of.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * What there is to know of it on WordPress's own connection.
 */
final class Cluster {

	/**
	 * Of the time between two looks, the part for which nodes that cannot keep up may hold up all others.
	 */
	private const HELD_UP = 0.1;

	/**
	 * Reads, changes and inserts (1, 2 and 4) wait for what other nodes have committed before.
	 */
	private const WAIT_FOR_OTHERS = 7;

	/**
	 * Is it one? Found out when it is first asked.
	 *
	 * @var bool|null
	 */
	private static $is_there = null;

	/**
	 * The last look: when, and how long nodes had been held up by then, in nanoseconds.
	 *
	 * @var array{int, int}|null
	 */
	private static $last = null;

	/**
	 * Is the database a node of a cluster?
	 */
	public static function is_there(): bool {
		global $wpdb;
		if ( null === self::$is_there ) {
			// An error on servers that cannot be one.
			$suppress       = $wpdb->suppress_errors();
			self::$is_there = '1' === $wpdb->get_var( 'SELECT @@wsrep_on' );
			$wpdb->suppress_errors( $suppress );
		}
		return self::$is_there;
	}

	/**
	 * Has WordPress's connection see what the extension's has done, which a load balancer may have led to another
	 * node.
	 */
	public static function see_what_others_do(): void {
		global $wpdb;
		if ( self::is_there() ) {
			$wpdb->query( 'SET SESSION wsrep_sync_wait = ' . self::WAIT_FOR_OTHERS ); // phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- a constant.
		}
	}

	/**
	 * Has a node that cannot keep up held up the others since the last look? The first look is none.
	 */
	public static function is_held_up(): bool {
		global $wpdb;
		if ( ! self::is_there() ) {
			return false;
		}
		$row        = $wpdb->get_row( "SHOW GLOBAL STATUS LIKE 'wsrep_flow_control_paused_ns'", ARRAY_A );
		$before     = self::$last;
		self::$last = array( hrtime( true ), (int) ( $row['Value'] ?? 0 ) );
		return $before && self::$last[1] - $before[1] > self::HELD_UP * ( self::$last[0] - $before[0] );
	}
}
