<?php
/**
 * Deletes a user and tells what listeners were told.
 *
 * Arguments: `function` to call, `user`, `reassign`, and `order`: whether core is made to go through posts in the native
 * engine's order. Its own query has none, and the server picks one by the size of the tables.
 *
 * @return array{result: mixed, hooks: array[]} What was returned; each firing of the two hooks with its arguments.
 */

require __DIR__ . '/clock.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

if ( $arguments['order'] ) {
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
}

if ( $arguments['lane'] ) {
	add_filter( 'wpf_delete_lane', static fn() => $arguments['lane'] );
}

$hooks  = array();
$listen = static function ( ...$given ) use ( &$hooks ) {
	$given[2] = array( get_class( $given[2] ), $given[2]->ID, $given[2]->user_login );
	$hooks[]  = array( current_action(), $given );
};
add_action( 'delete_user', $listen, 10, 3 );
add_action( 'deleted_user', $listen, 10, 3 );

$result = $arguments['function']( $arguments['user'], $arguments['reassign'] );

return array(
	'result' => $result,
	'hooks'  => $hooks,
);
