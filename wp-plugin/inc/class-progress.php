<?php
/**
 * How far a deletion is.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Counts an author's posts once, when somebody looks for the first time: while they go, whoever looks again is
 * told by the job's own counts, because counting takes longer than many a batch.
 */
final class Progress {

	/**
	 * How many of how many posts, from when the deletion has begun until it ends or is given up.
	 *
	 * @param array<string, string|null> $row  The job's row.
	 * @param int                        $done Posts that it has seen to.
	 * @return array{done: int, total: int}|null
	 */
	public static function of( array $row, int $done ): ?array {
		if ( '' === $row['phase'] || ! in_array( $row['state'], array( Job::QUEUED, Job::RUNNING ), true ) || get_current_blog_id() !== (int) $row['site_id'] ) {
			return null;
		}
		$is_all = in_array( $row['phase'], array( Job::USER, Job::DELETED_USER ), true );
		return array(
			'done'  => $done,
			'total' => $is_all ? $done : max( $done, self::total( $row, $done ) ),
		);
	}

	/**
	 * How many there were when the deletion began, as far as it is known.
	 *
	 * @param array<string, string|null> $row  The job's row.
	 * @param int                        $done Posts that it has seen to.
	 */
	private static function total( array $row, int $done ): int {
		$key   = 'wpf_delete_total_' . $row['id'];
		$total = get_transient( $key );
		if ( false === $total ) {
			$total = $done + self::left( $row );
			// A batch that has gone through meanwhile is in neither of both: it is counted once more the next time.
			if ( self::is_still_so( $row ) ) {
				set_transient( $key, $total, DAY_IN_SECONDS );
			}
		}
		return (int) $total;
	}

	/**
	 * Is the job still where it was, with nothing done that is not in its counts?
	 *
	 * @param array<string, string|null> $row The job's row.
	 */
	private static function is_still_so( array $row ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
		return null !== $wpdb->get_var( $wpdb->prepare( 'SELECT id FROM ' . Table::name() . " WHERE id = %d AND COALESCE(counts, '') = %s AND COALESCE(unsettled, '') = ''", $row['id'], (string) $row['counts'] ) );
	}

	/**
	 * How many are still to go.
	 *
	 * @param array<string, string|null> $row The job's row.
	 */
	private static function left( array $row ): int {
		global $wpdb;
		$user_id = (int) $row['user_id'];
		$where   = $wpdb->prepare( 'post_author = %d', $user_id );
		if ( null === $row['reassign'] ) {
			$trash  = 'permanent' === $row['mode'] ? array() : Request::types_to_trash( $user_id );
			$where .= ' AND ' . self::is_one_of( Request::types_to_delete( $user_id ) );
			if ( Job::TRASH === $row['phase'] && $trash ) {
				// What is in the trash by now this deletion has put there.
				$where .= " AND ( post_status <> 'trash' OR NOT " . self::is_one_of( $trash ) . ' )';
			}
		}
		// phpcs:ignore WordPress.DB.PreparedSQL -- prepared above.
		return (int) $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->posts WHERE $where" );
	}

	/**
	 * The condition for posts of some types.
	 *
	 * @param string[] $types Which; none for no post at all.
	 * @return string Prepared.
	 */
	private static function is_one_of( array $types ): string {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQLPlaceholders -- placeholders.
		return $types ? $wpdb->prepare( 'post_type IN (' . implode( ', ', array_fill( 0, count( $types ), '%s' ) ) . ')', $types ) : '0 = 1';
	}
}
