<?php
/**
 * Deletes a user as a person asks for it. Arguments: `user`, `mode`, `reassign`, `lane` as in plan.php.
 *
 * @return array{result: true|string, counts: array} What it came to, or the code of the error; what the job has counted.
 */

use WpfDelete\Runner;

require __DIR__ . '/../clock.php';
require_once ABSPATH . 'wp-admin/includes/user.php';

if ( $arguments['lane'] ) {
	add_filter( 'wpf_delete_lane', static fn () => $arguments['lane'] );
}
$counts = array();
add_action(
	'wpf_delete_job_left',
	static function ( $job ) use ( &$counts ) {
		$counts = $job->counts();
	}
);
$order  = array( 'source' => 'cli' ) + array_intersect_key( $arguments, array_flip( array( 'mode', 'reassign' ) ) );
$result = Runner::delete_now( $arguments['user'], $order );
return array(
	'result' => is_wp_error( $result ) ? $result->get_error_code() : $result,
	'counts' => $counts,
);
