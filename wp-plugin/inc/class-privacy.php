<?php
/**
 * What the record of deletions knows about a person, for WordPress's tools of privacy.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * A person is found by the hash of their address, and by their id while there is an account. The table is one for
 * all sites of a network, and so are the answers: only who manages the network may ask there.
 */
final class Privacy {

	private const NAME = 'wpf-delete';

	/**
	 * Rows at a time.
	 */
	private const PAGE = 100;

	/**
	 * Adds the exporter.
	 *
	 * @param array $exporters WordPress's.
	 * @return array
	 */
	public static function add_exporter( $exporters ) {
		$exporters[ self::NAME ] = array(
			'exporter_friendly_name' => __( 'Deletions of the account', 'wpf-delete' ),
			'callback'               => array( self::class, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Adds the eraser.
	 *
	 * @param array $erasers WordPress's.
	 * @return array
	 */
	public static function add_eraser( $erasers ) {
		$erasers[ self::NAME ] = array(
			'eraser_friendly_name' => __( 'Deletions of the account', 'wpf-delete' ),
			'callback'             => array( self::class, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * What is stored about a person.
	 *
	 * @param string $email Their address.
	 * @param int    $page  Which page, from 1.
	 * @return array{data: array[], done: bool}
	 */
	public static function export( $email, $page = 1 ) {
		global $wpdb;
		$rows = array();
		if ( Table::is_ready() ) {
			$offset = ( max( 1, (int) $page ) - 1 ) * self::PAGE;
			// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- prepared in person(), and integers.
			$rows = $wpdb->get_results( 'SELECT * FROM ' . Table::name() . ' WHERE ' . self::person( $email ) . " ORDER BY id LIMIT $offset, " . self::PAGE, ARRAY_A );
		}
		return array(
			'data' => array_map( array( self::class, 'item' ), $rows ),
			'done' => count( $rows ) < self::PAGE,
		);
	}

	/**
	 * Takes everything off a person's rows that leads to them. What was counted, and when, stays: it is nobody's. A
	 * deletion that waits or runs keeps what it needs, and is told of.
	 *
	 * @param string $email Their address.
	 * @return array{items_removed: int, items_retained: int, messages: string[], done: bool}
	 */
	public static function erase( $email ) {
		global $wpdb;
		$removed  = 0;
		$retained = array();
		if ( Table::is_ready() ) {
			$person = self::person( $email );
			// Whatever the page: rows that are no longer this person's are not found again.
			// phpcs:disable WordPress.DB.PreparedSQL.NotPrepared -- prepared in person(), and constants.
			$removed = (int) $wpdb->query(
				'UPDATE ' . Table::name() . " SET user_id = 0, login_hash = '', email_hash = '', cause = '', last_error = NULL, is_open = NULL,
				resume = NULL, unsettled = NULL, attachments = NULL, person = NULL WHERE $person AND " . Retention::forgettable() . ' ORDER BY id LIMIT ' . self::PAGE
			);
			if ( $removed < self::PAGE ) {
				$retained = $wpdb->get_results( 'SELECT id, is_open FROM ' . Table::name() . " WHERE $person AND NOT " . Retention::forgettable() . ' ORDER BY id' );
			}
			// phpcs:enable
		}
		return array(
			'items_removed'  => $removed,
			'items_retained' => count( $retained ),
			'messages'       => array_map( array( self::class, 'why_it_stays' ), $retained ),
			'done'           => $removed < self::PAGE,
		);
	}

	/**
	 * Why a row is not erased.
	 *
	 * @param object $row Its `id` and `is_open`.
	 */
	private static function why_it_stays( $row ): string {
		return '1' === (string) $row->is_open
			/* translators: %d: number of a deletion. */
			? sprintf( __( 'Deletion %d of this account is not finished: its record stays until it is. Cancel it, or let it end, and erase once more.', 'wpf-delete' ), $row->id )
			/* translators: %d: number of a deletion. */
			: sprintf( __( 'Deletion %d of this account was called off by somebody: that stays on record as long as there is the account, or the CRM would have it deleted the next time.', 'wpf-delete' ), $row->id );
	}

	/**
	 * Suggests a text for the site's policy.
	 */
	public static function add_policy(): void {
		if ( ! function_exists( 'wp_add_privacy_policy_content' ) ) {
			return;
		}
		$paragraphs = array(
			__( 'When an account is deleted, or its deletion is asked for, this site keeps a record of it: the number of the account, when and by whom that was asked for and why (for example a tag in our customer system), whether and when it was done, how many posts and other records went, and what went wrong. Of login name and e-mail address it keeps hashes only, by which the record can be found by somebody who knows them, and from which they cannot be read.', 'wpf-delete' ),
			__( 'We keep the record to be able to show that and why an account was deleted, and to notice deletions that nobody meant.', 'wpf-delete' ),
			self::how_long(),
			__( 'While an account waits to be deleted, its owner may be unable to log in.', 'wpf-delete' ),
		);
		$text = '<p class="privacy-policy-tutorial">' . esc_html__( 'Native User Deletion for WP Fusion keeps a record of the accounts that were deleted. WordPress’s tools Export Personal Data and Erase Personal Data include it.', 'wpf-delete' ) . '</p>';
		foreach ( $paragraphs as $paragraph ) {
			$text .= '<p>' . esc_html( $paragraph ) . '</p>';
		}
		wp_add_privacy_policy_content( __( 'User deletion', 'wpf-delete' ), $text );
	}

	/**
	 * For how long the record is kept.
	 */
	private static function how_long(): string {
		$days = (int) Settings::get( 'retention' );
		/* translators: %d: how many days. */
		return $days ? sprintf( _n( 'The record is deleted after %d day.', 'The record is deleted after %d days.', $days, 'wpf-delete' ), $days ) : __( 'The record is kept for as long as this site exists.', 'wpf-delete' );
	}

	/**
	 * A person's rows, as a condition.
	 *
	 * @param string $email Their address.
	 */
	private static function person( string $email ): string {
		global $wpdb;
		$user = get_user_by( 'email', $email );
		return $wpdb->prepare( '( email_hash = %s OR user_id = %d )', Queue::hash( $email ), $user ? $user->ID : -1 );
	}

	/**
	 * A row, as the exporter hands it over.
	 *
	 * @param array<string, string|null> $row From the table.
	 * @return array{group_id: string, group_label: string, group_description: string, item_id: string, data: array[]}
	 */
	private static function item( array $row ): array {
		$counts = (array) json_decode( (string) $row['counts'], true );
		$posts  = array_sum( array_map( 'array_sum', array_intersect_key( $counts, array_flip( array( 'purged', 'trashed', 'reassigned' ) ) ) ) );
		$values = array(
			__( 'Number', 'wpf-delete' )               => $row['id'],
			__( 'Account', 'wpf-delete' )              => $row['user_id'],
			__( 'Site', 'wpf-delete' )                 => $row['site_id'],
			__( 'State', 'wpf-delete' )                => Words::state( $row['state'] ),
			__( 'Asked for by', 'wpf-delete' )         => Words::source( $row['source'] ),
			__( 'Cause', 'wpf-delete' )                => $row['cause'],
			__( 'Asked for (UTC)', 'wpf-delete' )      => $row['created'],
			__( 'Begun (UTC)', 'wpf-delete' )          => $row['started'],
			__( 'Ended (UTC)', 'wpf-delete' )          => $row['finished'],
			__( 'Posts', 'wpf-delete' )                => $posts,
			__( 'Rows of the database', 'wpf-delete' ) => array_sum( array_map( 'array_sum', $counts['rows'] ?? array() ) ),
			__( 'Error', 'wpf-delete' )                => $row['last_error'],
			__( 'Login and address', 'wpf-delete' )    => __( 'as hashes', 'wpf-delete' ),
		);
		$data   = array();
		foreach ( array_filter( $values, static fn ( $value ) => '' !== (string) $value ) as $name => $value ) {
			$data[] = array(
				'name'  => $name,
				'value' => esc_html( (string) $value ),
			);
		}
		return array(
			'group_id'          => self::NAME,
			'group_label'       => __( 'Deletions of the account', 'wpf-delete' ),
			'group_description' => __( 'What this site has on record about deleting this account.', 'wpf-delete' ),
			'item_id'           => self::NAME . '-' . $row['id'],
			'data'              => $data,
		);
	}
}
