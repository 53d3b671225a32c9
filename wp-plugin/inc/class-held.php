<?php
/**
 * Requests that wait for somebody's approval.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * One statement for one of them or for all: a slip in the CRM leaves thousands.
 */
final class Held {

	/**
	 * Lets some of the current site go on.
	 *
	 * @param int|null $id   Which; null for all.
	 * @param int      $wait Seconds until they are due.
	 * @return int How many.
	 */
	public static function release( ?int $id = null, int $wait = 0 ): int {
		return self::change( $id, "state = 'queued', due = UTC_TIMESTAMP() + INTERVAL $wait SECOND" );
	}

	/**
	 * Closes some of the current site, and remembers that.
	 *
	 * @param int|null $id Which; null for all.
	 * @return int How many.
	 */
	public static function reject( ?int $id = null ): int {
		global $wpdb;
		$only = null === $id ? '' : " AND held.id = $id";
		// phpcs:ignore WordPress.DB.PreparedSQL -- constants and integers.
		$wpdb->query( 'UPDATE ' . Table::name() . ' AS held JOIN ' . Table::name() . ' AS verdict ON verdict.site_id = held.site_id AND verdict.user_id = held.user_id AND verdict.is_open = 2 SET verdict.is_open = NULL WHERE held.site_id = ' . get_current_blog_id() . " AND held.state = 'held'$only" );
		return self::change( $id, "state = 'cancelled', finished = UTC_TIMESTAMP(), is_open = " . Verdicts::IS_OPEN_WHEN_CALLED_OFF );
	}

	/**
	 * Is there any on the current site?
	 */
	public static function is_any(): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- constants and integers.
		return null !== $wpdb->get_var( 'SELECT id FROM ' . Table::name() . ' WHERE ' . self::here() . ' LIMIT 1' );
	}

	/**
	 * One change of some.
	 *
	 * @param int|null $id  Which; null for all of the current site.
	 * @param string   $set Assignments, constant.
	 * @return int How many rows.
	 */
	private static function change( ?int $id, string $set ): int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- constants and integers.
		return (int) $wpdb->query( 'UPDATE ' . Table::name() . " SET $set WHERE " . self::here() . ( null === $id ? '' : " AND id = $id" ) );
	}

	/**
	 * Which those of the current site are.
	 */
	private static function here(): string {
		return 'site_id = ' . get_current_blog_id() . " AND state = 'held'";
	}
}
