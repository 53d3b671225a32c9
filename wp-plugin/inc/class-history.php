<?php
/**
 * What was asked for, and what has become of it.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Reads the current site's rows of the table of deletions, for people and for machines.
 */
final class History {

	/**
	 * Columns of a row that are shown. The others can be long, and say nothing to anybody.
	 */
	private const COLUMNS = 'id, site_id, user_id, is_open, source, cause, requested_by, mode, reassign, state, phase, counts, attempts, last_error, created, started, finished, due';

	/**
	 * What a file of them has, in this order.
	 */
	private const CSV = array( 'id', 'user_id', 'user', 'name', 'state', 'phase', 'source', 'cause', 'reason', 'mode', 'reassign', 'requested_by', 'posts', 'rows', 'attempts', 'last_error', 'created', 'started', 'finished', 'due' );

	private const PER_PAGE = 20;

	/**
	 * Rows that are read at a time for a file.
	 */
	private const CHUNK = 500;

	/**
	 * Jobs of the current site.
	 *
	 * @param array<string, mixed> $query `state`: those to look for; `open`: only what is not over; `id`: this one;
	 *                                    `search`: a user's id, or login or address even if the account is gone, or
	 *                                    part of the login, the address or the name of one that is there; `page`,
	 *                                    `per_page`; `order`: `ASC` or `DESC`, by id.
	 * @return array{items: array[], total: int}
	 */
	public static function find( array $query ): array {
		global $wpdb;
		if ( ! Table::is_ready() ) {
			return array(
				'items' => array(),
				'total' => 0,
			);
		}
		$where = self::where( $query );
		$limit = max( 1, (int) ( $query['per_page'] ?? self::PER_PAGE ) );
		$skip  = $limit * ( max( 1, (int) ( $query['page'] ?? 1 ) ) - 1 );
		return array(
			'items' => self::items( "$where ORDER BY id " . ( 'ASC' === ( $query['order'] ?? '' ) ? 'ASC' : 'DESC' ) . " LIMIT $limit OFFSET $skip" ),
			// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- prepared in where().
			'total' => (int) $wpdb->get_var( 'SELECT COUNT(*) FROM ' . Table::name() . " WHERE $where" ),
		);
	}

	/**
	 * One job of the current site.
	 *
	 * @param int $id Which.
	 * @return array|null Null when there is none, or it is another site's.
	 */
	public static function item( int $id ): ?array {
		return self::find( array( 'id' => $id ) )['items'][0] ?? null;
	}

	/**
	 * Writes all of them as a file, whatever their number.
	 *
	 * @param resource             $handle Where to.
	 * @param array<string, mixed> $query  As for find(); pages do not matter.
	 */
	public static function csv( $handle, array $query ): void {
		fputcsv( $handle, self::CSV, ',', '"', '' );
		if ( ! Table::is_ready() ) {
			return;
		}
		$where = self::where( $query );
		$last  = PHP_INT_MAX;
		do {
			$items = self::items( "$where AND id < $last ORDER BY id DESC LIMIT " . self::CHUNK );
			foreach ( $items as $item ) {
				fputcsv( $handle, array_map( static fn ( $column ) => self::cell( (string) $item[ $column ] ), self::CSV ), ',', '"', '' );
				$last = $item['id'];
			}
		} while ( count( $items ) === self::CHUNK );
	}

	/**
	 * A text that no spreadsheet takes for a formula.
	 *
	 * @param string $text Whatever a person or a CRM may have written.
	 */
	private static function cell( string $text ): string {
		return '' !== $text && str_contains( "=+-@\t\r", $text[0] ) ? "'$text" : $text;
	}

	/**
	 * The condition for a query.
	 *
	 * @param array<string, mixed> $query As for find().
	 * @return string Prepared.
	 */
	private static function where( array $query ): string {
		global $wpdb;
		$where = array( Queue::here() );
		if ( isset( $query['id'] ) ) {
			$where[] = $wpdb->prepare( 'id = %d', $query['id'] );
		}
		if ( ! empty( $query['state'] ) ) {
			$states  = (array) $query['state'];
			$where[] = $wpdb->prepare( 'state IN (' . implode( ', ', array_fill( 0, count( $states ), '%s' ) ) . ')', $states ); // phpcs:ignore WordPress.DB.PreparedSQLPlaceholders -- placeholders.
		}
		if ( ! empty( $query['open'] ) ) {
			$where[] = 'is_open = 1';
		}
		$search = trim( (string) ( $query['search'] ?? '' ) );
		if ( '' !== $search ) {
			$where[] = self::of_user( $search );
		}
		return implode( ' AND ', $where );
	}

	/**
	 * The condition for rows of a user. Whose account is gone is found by the whole login or address only.
	 *
	 * @param string $search What somebody knows of them.
	 * @return string Prepared.
	 */
	private static function of_user( string $search ): string {
		global $wpdb;
		$like = '%' . $wpdb->esc_like( $search ) . '%';
		$hash = Queue::hash( $search );
		// The account is looked up by the row's id: that takes as long as there are rows, not users.
		return $wpdb->prepare(
			'( user_id = %d OR login_hash = %s OR email_hash = %s OR EXISTS (
				SELECT 1 FROM ' . $wpdb->users . ' WHERE ' . $wpdb->users . '.ID = user_id AND ( user_login LIKE %s OR user_email LIKE %s OR display_name LIKE %s )
			) )',
			ctype_digit( $search ) ? $search : 0,
			$hash,
			$hash,
			$like,
			$like,
			$like
		);
	}

	/**
	 * Reads rows.
	 *
	 * @param string $where Prepared condition, order and limit.
	 * @return array[]
	 */
	private static function items( string $where ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- prepared by the callers.
		$rows = $wpdb->get_results( 'SELECT ' . self::COLUMNS . ' FROM ' . Table::name() . " WHERE $where", ARRAY_A );
		cache_users( array_map( 'intval', array_column( $rows, 'user_id' ) ) );
		return array_map( array( self::class, 'to_item' ), $rows );
	}

	/**
	 * A row as it is shown.
	 *
	 * @param array<string, string|null> $row The row.
	 */
	private static function to_item( array $row ): array {
		$user   = get_userdata( (int) $row['user_id'] );
		$job    = new Job( $row );
		$counts = $job->counts();
		return array(
			'id'           => (int) $row['id'],
			'user_id'      => (int) $row['user_id'],
			'user'         => $user ? $user->user_login : null,
			'name'         => $user ? $user->display_name : null,
			'state'        => $row['state'],
			'phase'        => $row['phase'],
			'source'       => $row['source'],
			'cause'        => $row['cause'],
			'reason'       => Words::reason( $row ),
			'mode'         => $row['mode'],
			'reassign'     => null === $row['reassign'] ? null : (int) $row['reassign'],
			'requested_by' => (int) $row['requested_by'],
			'posts'        => $job->posts(),
			'rows'         => array_sum( array_map( 'array_sum', $counts['rows'] ?? array() ) ),
			'progress'     => Progress::of( $row, $job->posts() ),
			'attempts'     => (int) $row['attempts'],
			'last_error'   => (string) $row['last_error'],
			'created'      => $row['created'],
			'started'      => $row['started'],
			'finished'     => $row['finished'],
			'due'          => $row['due'],
			'can'          => self::can( $row ),
		);
	}

	/**
	 * What a person may do about it; the same conditions as Queue's and Requests'.
	 *
	 * @param array<string, string|null> $row The row.
	 * @return string[] Of `cancel`, `retry`, `approve`, `reject` and `run`.
	 */
	private static function can( array $row ): array {
		if ( '1' !== $row['is_open'] || Queue::PART === $row['mode'] ) {
			return array();
		}
		$cancel = in_array( $row['phase'], array( '', Job::PURGE, Job::TRASH ), true ) ? array( 'cancel' ) : array();
		switch ( $row['state'] ) {
			case Job::HELD:
				return 'delete' === Requests::mode() ? array( 'approve', 'reject' ) : array( 'reject' );
			case Job::QUEUED:
				return array_merge( array( 'run' ), $cancel );
			case Job::RUNNING:
				return $cancel;
			case Job::FAILED:
				return array_merge( array( 'retry' ), $cancel );
			case Job::CANCELLED:
				return array( 'retry' );
			default:
				return array();
		}
	}
}
