<?php
/**
 * Deletes a user with a function, and measures it.
 *
 * @package WpfDelete
 *
 * @var array{function: callable-string, user: int, progress: ?array, hooks?: string[]} $arguments Progress as
 *      Progress::continued() takes it; hooks to listen to.
 * @return array As Meter::stop() returns it, `result`, and `heard`: how often each hook was.
 */

namespace WpfDelete\Tests\Demo;

require_once __DIR__ . '/Meter.php';
require_once dirname( __DIR__ ) . '/Progress.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

if ( $arguments['progress'] ) {
	$progress = Progress::continued( $arguments['progress'] );
	$count    = static function ( $id ) use ( $progress ) {
		// Revisions, which go too, are not among the expected.
		if ( 'revision' !== get_post_type( $id ) ) {
			$progress->count();
		}
	};
	add_action( 'trashed_post', $count );
	add_action( 'delete_post', $count );
}

$heard = array();
foreach ( $arguments['hooks'] ?? array() as $hook ) {
	$heard[ $hook ] = 0;
	add_action(
		$hook,
		static function () use ( &$heard, $hook ) {
			++$heard[ $hook ];
		}
	);
}

$meter  = Meter::start();
$result = $arguments['function']( $arguments['user'] );
return array(
	'result' => $result,
	'heard'  => $heard,
) + $meter->stop();
