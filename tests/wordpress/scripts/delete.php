<?php
/**
 * Deletes a user and tells what listeners were told.
 *
 * Arguments: `function` to call, `user`, `reassign`, `order`: whether core is to have the native engine's order, and
 * `lane`: of every type, if not the plugin's choice.
 *
 * @return array{result: mixed, hooks: array[]} What was returned; each firing of the two hooks with its arguments.
 */

require __DIR__ . '/clock.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

if ( $arguments['order'] ) {
	require __DIR__ . '/order.php';
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
