<?php
/**
 * The table of deletions.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Queue and audit trail in one: a row for each deletion that was asked for, on any site of a network.
 *
 * Of the person it holds an id, and hashes by which somebody who knows the login or the address can find
 * the row. Who is to be named in `deleted_user` stands in it from a moment before the user's row goes
 * until that hook has fired.
 */
final class Table {

	/**
	 * How many of the changes have been made. The sites of a network share the table, and this.
	 */
	private const OPTION = 'wpf_delete_table';

	/**
	 * What the last of them has added.
	 */
	private const LAST_COLUMN = 'accepted';

	/**
	 * The table's name.
	 */
	public static function name(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'wpf_deletions';
	}

	/**
	 * Is the table there as this version of the plugin needs it? Makes or changes it if need be.
	 */
	public static function is_ready(): bool {
		$made = (int) get_site_option( self::OPTION, 0 );
		return $made >= count( self::changes() ) || self::make( $made );
	}

	/**
	 * Removes the table.
	 */
	public static function drop(): void {
		global $wpdb;
		$wpdb->query( 'DROP TABLE IF EXISTS ' . self::name() ); // phpcs:ignore WordPress.DB -- the table is ours.
		delete_site_option( self::OPTION );
	}

	/**
	 * Makes the changes that are missing. Not with dbDelta(): its file brings all of the admin along, whose
	 * hooks a page of the front end, or a deletion, must not have.
	 *
	 * @param int $made How many have been made.
	 */
	private static function make( int $made ): bool {
		global $wpdb;
		// Another request may be making the same one; whether all are made is asked below.
		$suppress = $wpdb->suppress_errors();
		foreach ( array_slice( self::changes(), $made ) as $change ) {
			$wpdb->query( $change ); // phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- constant text, and the table's name.
		}
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the table's own name.
		$is_ready = null !== $wpdb->get_row( 'SHOW COLUMNS FROM ' . self::name() . " LIKE '" . self::LAST_COLUMN . "'" );
		$wpdb->suppress_errors( $suppress );
		if ( $is_ready ) {
			update_site_option( self::OPTION, count( self::changes() ) );
		}
		return $is_ready;
	}

	/**
	 * The table, and what was changed about it since, in order. A new version appends.
	 *
	 * `is_open` is 1 until nothing of a deletion is left to do and null from then on, so that a user has
	 * one open row on a site, and any number of others; it is 2 in the one row that says what was decided about
	 * a user last (Verdicts). `accepted` is when a request went through without anybody's approval. `due` is when any runner may take the job: a
	 * waiting one from its time on, a running one when its runner has been silent for too long.
	 * `unsettled` is the extension's: what batches have done that WordPress has not been told yet.
	 *
	 * @return string[]
	 */
	private static function changes(): array {
		global $wpdb;
		return array(
			'CREATE TABLE IF NOT EXISTS ' . self::name() . " (
				id bigint unsigned NOT NULL AUTO_INCREMENT,
				site_id bigint unsigned NOT NULL,
				user_id bigint unsigned NOT NULL,
				is_open tinyint unsigned DEFAULT 1,
				login_hash char(64) NOT NULL,
				email_hash char(64) NOT NULL,
				source varchar(20) NOT NULL,
				cause varchar(255) NOT NULL DEFAULT '',
				requested_by bigint unsigned NOT NULL DEFAULT 0,
				mode varchar(20) NOT NULL,
				reassign bigint unsigned DEFAULT NULL,
				state varchar(20) NOT NULL,
				phase varchar(20) NOT NULL DEFAULT '',
				resume longtext,
				unsettled longtext,
				attachments longtext,
				person text,
				counts longtext,
				attempts smallint unsigned NOT NULL DEFAULT 0,
				last_error text,
				owner varchar(32) NOT NULL DEFAULT '',
				created datetime NOT NULL,
				started datetime DEFAULT NULL,
				finished datetime DEFAULT NULL,
				due datetime DEFAULT NULL,
				PRIMARY KEY (id),
				UNIQUE KEY one_open (site_id, user_id, is_open),
				KEY queue (site_id, state, due),
				KEY user_id (user_id)
			) ENGINE=InnoDB " . $wpdb->get_charset_collate(),
			'ALTER TABLE ' . self::name() . ' ADD COLUMN accepted datetime DEFAULT NULL, ADD KEY accepted (site_id, accepted)',
			'ALTER TABLE ' . self::name() . ' ADD KEY record (site_id, finished), ADD KEY email_hash (email_hash)',
		);
	}
}
