<?php
/**
 * Deletes a user while a listener on every hook of the deletion writes down what it is told.
 *
 * Arguments: `function` to call, `user`, `order` as in delete.php, `hooks` to listen to.
 *
 * @return array[] Each firing: hook, arguments.
 */

require __DIR__ . '/clock.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

$heard = array();
$plain = static function ( $value ) {
	if ( is_object( $value ) ) {
		$fields = get_object_vars( $value );
		ksort( $fields );
		return array( get_class( $value ) ) + array_map( 'maybe_serialize', array_map( static fn( $field ) => is_bool( $field ) ? (int) $field : $field, $fields ) );
	}
	return $value;
};
foreach ( $arguments['hooks'] as $hook ) {
	add_filter(
		$hook,
		static function ( ...$given ) use ( &$heard, $hook, $plain ) {
			$heard[] = array( $hook, array_map( $plain, $given ) );
			return $given[0] ?? null;
		},
		10,
		9
	);
}
if ( $arguments['order'] ) {
	add_filter(
		'query',
		static fn( $query ) => preg_match( '/^SELECT ID FROM \S+ WHERE post_author = \d+ AND post_type IN \(/', $query ) && ! strpos( $query, 'ORDER BY' ) ? "$query ORDER BY CASE WHEN post_type IN ('post','page') AND post_status <> 'trash' THEN 2 WHEN post_type = 'attachment' THEN 0 ELSE 1 END, ID" : $query
	);
}
$result = $arguments['function']( $arguments['user'] );

return array( 'result' => $result, 'heard' => $heard );
