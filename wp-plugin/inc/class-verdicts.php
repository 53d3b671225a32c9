<?php
/**
 * What was decided about users of whom nothing was deleted.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * One row for each user, however often the CRM asks: would have been deleted, may not be, or was called off by
 * somebody. The last of these holds until the CRM takes back what it said; otherwise the next "Resync
 * Tags" would ask for everybody anew who has just been rejected.
 *
 * In the table of deletions it is the row whose `is_open` is 2; `attempts` counts how often it was asked.
 */
final class Verdicts {

	/**
	 * What the CRM says again and again, until it takes it back.
	 */
	private const ASK_AGAIN = array( 'tag', 'field' );

	/**
	 * The same as SQL: what becomes of `is_open` in a request that was called off.
	 */
	public const IS_OPEN_WHEN_CALLED_OFF = "IF( source IN ('" . self::ASK_AGAIN[0] . "', '" . self::ASK_AGAIN[1] . "'), 2, NULL )";

	/**
	 * Records that a user would go, or may not go.
	 *
	 * @param int                  $user_id Who.
	 * @param array<string, mixed> $order   As for Queue::enqueue().
	 * @param string               $state   Job::OBSERVED or Job::REFUSED.
	 * @param WP_Error|null        $why     Why not.
	 * @return int The row's id; 0 when there is no such user, or the row could not be written.
	 */
	public static function record( int $user_id, array $order, string $state, ?WP_Error $why = null ): int {
		global $wpdb;
		$values = $wpdb->prepare( '2, %s, %s, 1, UTC_TIMESTAMP()', $state, $why ? $why->get_error_code() . ': ' . $why->get_error_message() : '' );
		// phpcs:disable WordPress.DB.PreparedSQL -- prepared here and in who(); the table is ours.
		$written = $wpdb->query(
			'INSERT INTO ' . Table::name() . ' (' . Queue::WHO . ', is_open, state, last_error, attempts, finished) SELECT ' . Queue::who( $user_id, $order ) . ", $values FROM $wpdb->users WHERE ID = " . $user_id . '
			ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(' . Table::name() . '.id), attempts = LEAST(attempts + 1, 65535), state = VALUES(state), last_error = VALUES(last_error), source = VALUES(source), cause = VALUES(cause), mode = VALUES(mode), reassign = VALUES(reassign), finished = VALUES(finished)'
		);
		// phpcs:enable
		return $written ? (int) $wpdb->insert_id : 0;
	}

	/**
	 * Remembers that somebody has called off what the CRM asked for.
	 *
	 * @param Job $job As it was before it was closed.
	 */
	public static function remember( Job $job ): void {
		global $wpdb;
		if ( in_array( $job->text( 'source' ), self::ASK_AGAIN, true ) && '' === $job->text( 'phase' ) ) {
			self::forget( $job->number( 'user_id' ) );
			// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
			$wpdb->query( $wpdb->prepare( 'UPDATE ' . Table::name() . ' SET is_open = 2 WHERE id = %d AND is_open IS NULL', $job->number( 'id' ) ) );
		}
	}

	/**
	 * Has somebody called off what the CRM asks for by this, and has it not been taken back since?
	 *
	 * @param int    $user_id Who.
	 * @param string $source  What of the CRM's asks.
	 */
	public static function is_called_off( int $user_id, string $source ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
		return null !== $wpdb->get_var( $wpdb->prepare( 'SELECT id FROM ' . Table::name() . " WHERE site_id = %d AND user_id = %d AND is_open = 2 AND state = 'cancelled' AND source = %s", get_current_blog_id(), $user_id, $source ) );
	}

	/**
	 * Lets a verdict be history.
	 *
	 * @param int $user_id About whom.
	 */
	public static function forget( int $user_id ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
		$wpdb->query( $wpdb->prepare( 'UPDATE ' . Table::name() . ' SET is_open = NULL WHERE site_id = %d AND user_id = %d AND is_open = 2', get_current_blog_id(), $user_id ) );
	}
}
