<?php
/**
 * Asks for a deletion and works on it; or only works, as any runner does.
 *
 * Arguments: `user`; `ask`: for a `job`, or with `wp_delete_user`, or null; `order`: as for Queue::enqueue(); `listens`:
 * whether somebody listens to what becomes of posts and comments; `log`: file that gets each firing of the hooks of users,
 * `accepted` when the deletion has been accepted, and `by core` when WordPress itself has dealt with the content.
 *
 * @return mixed What the function has returned that was called.
 */

use WpfDelete\Queue;
use WpfDelete\Runner;
use WpfDelete\Schedule;
use WpfDelete\Table;

require dirname( __DIR__, 2 ) . '/wordpress/scripts/clock.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

global $wpdb;

// No transaction takes that long: batches are of the same sizes each time.
add_filter( 'wpf_delete_transaction_seconds', static fn () => 600.0 );
$log = static fn ( string $line ) => file_put_contents( $arguments['log'], "$line\n", FILE_APPEND );
foreach ( array( 'delete_user', 'deleted_user' ) as $hook ) {
	add_action( $hook, static fn () => $log( $hook ), 5 );
}
add_action(
	'deleted_user',
	static function () use ( $log ) {
		global $wpdb;
		if ( did_action( 'wpf_delete_left_to_core' ) || str_starts_with( (string) $wpdb->get_var( 'SELECT resume FROM ' . Table::name() . ' WHERE is_open = 1' ), 'core ' ) ) {
			$log( 'by core' );
		}
	},
	5
);
if ( $arguments['listens'] ) {
	foreach ( array( 'before_delete_post', 'deleted_post', 'trashed_post', 'deleted_comment' ) as $hook ) {
		add_action( $hook, '__return_true' );
	}
}

// The proxy waits for this.
$wpdb->query( sprintf( "SELECT 'the deletion begins in process %d'", getmypid() ) );

if ( 'wp_delete_user' === $arguments['ask'] ) {
	// After the plugin: should it have left the content to core, core is to have its order.
	add_action(
		'delete_user',
		static function () use ( $arguments ) {
			require dirname( __DIR__, 2 ) . '/wordpress/scripts/order.php';
		},
		PHP_INT_MAX
	);
	return wp_delete_user( $arguments['user'], $arguments['order']['reassign'] ?? null );
}
if ( 'job' === $arguments['ask'] ) {
	$job = Queue::enqueue( $arguments['user'], $arguments['order'] );
	if ( is_wp_error( $job ) ) {
		return $job->get_error_code();
	}
	Schedule::renew( get_current_blog_id() );
	$log( 'accepted' );
}
return Runner::work();
