<?php
/**
 * Deletes a user with a function, and measures it.
 *
 * @package WpfDelete
 *
 * @var array{function: callable-string, user: int, progress: ?array} $arguments Progress as Progress::continued() takes it.
 * @return array As Meter::stop() returns it, and `result`.
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

$meter  = Meter::start();
$result = $arguments['function']( $arguments['user'] );
return array( 'result' => $result ) + $meter->stop();
