<?php
/**
 * Has core go through a user's posts in the native engine's order. Its own query has none, and the server picks one by the
 * size of the tables.
 *
 * Arguments: `user`.
 */

add_filter(
	'query',
	static function ( $query ) use ( $arguments ) {
		global $wpdb;

		$selection = "SELECT ID FROM $wpdb->posts WHERE post_author = {$arguments['user']} AND post_type IN (";
		if ( 0 !== strpos( $query, $selection ) || strpos( $query, 'ORDER BY' ) ) {
			return $query;
		}
		$types = array();
		if ( EMPTY_TRASH_DAYS ) {
			$types = MEDIA_TRASH ? array( 'post', 'page', 'attachment' ) : array( 'post', 'page' );
		}
		// As PHP compares them: core asks the database for types without regard to case, then decides with ===.
		$trashed = $types ? "BINARY post_type IN ('" . implode( "','", $types ) . "') AND BINARY post_status <> 'trash'" : '0';
		return "$query ORDER BY CASE WHEN $trashed THEN 2 WHEN BINARY post_type = 'attachment' THEN 0 ELSE 1 END, ID";
	}
);
