<?php
/**
 * Deletes a user of a network in a process that dies half-way.
 *
 * Arguments: `function`, `user`; `action` at which to die, when it fires for the n-th time (`turn`) on site `site`.
 */

require dirname( __DIR__ ) . '/clock.php';
foreach ( array( 'ms', 'user', 'bookmark' ) as $file ) {
	require_once ABSPATH . "wp-admin/includes/$file.php";
}

$turn = 0;
add_action(
	$arguments['action'],
	static function () use ( $arguments, &$turn ) {
		if ( get_current_blog_id() === $arguments['site'] && ++$turn === $arguments['turn'] ) {
			posix_kill( getmypid(), SIGKILL );
		}
	},
	PHP_INT_MAX - 1
);
$arguments['function']( $arguments['user'] );
return $turn;
