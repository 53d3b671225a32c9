<?php
/**
 * Deletes a user of a network in a process that is killed half-way.
 *
 * Arguments: `function` and `user`; `from`: site to switch to before; `action` at which to die, on site `site`, when it
 * fires there for the n-th time (`turn`).
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
	}
);
if ( isset( $arguments['from'] ) ) {
	switch_to_blog( $arguments['from'] );
}
$arguments['function']( $arguments['user'] );
return $turn;
