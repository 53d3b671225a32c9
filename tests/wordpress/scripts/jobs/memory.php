<?php
/**
 * Deletes users one after the other, in one lane, and measures what PHP needs for each.
 *
 * @package WpfDelete
 *
 * @var array{users: int[], lane: string} $arguments
 * @return int[] Bytes at the peak over those before.
 */

add_filter( 'wpf_delete_lane', static fn() => $arguments['lane'] );
add_action( 'trashed_post', 'get_post_meta' );
add_action( 'trashed_post', static fn( $id ) => wp_get_post_terms( $id, 'category' ) );

$growth = array();
foreach ( $arguments['users'] as $user ) {
	// Peaks cannot be set back before PHP 8.2; they only grow, and so do the sizes of the users.
	$before = memory_get_usage();
	\WpfDelete\delete_user( $user );
	$growth[] = memory_get_peak_usage() - $before;
}
return $growth;
