<?php
/**
 * Gives users more posts than fit into one batch, the first of them sticky; one is marked for the test's trigger.
 *
 * Arguments: `users`: ids; `posts`: how many each; `marked`: which of them.
 */

global $wpdb;

foreach ( $arguments['users'] as $id ) {
	$first = wp_insert_post(
		array(
			'post_author' => $id,
			'post_status' => 'publish',
			'post_title'  => "sticky of $id",
		)
	);
	stick_post( $first );
	for ( $number = 2; $number <= $arguments['posts']; $number++ ) {
		$row = array(
			'post_author'       => $id,
			'post_status'       => 'publish',
			'post_title'        => $number === $arguments['marked'] ? 'marked' : "post $number of $id",
			'post_name'         => "post-$number-of-$id",
			'post_date'         => '2026-01-15 09:00:00',
			'post_date_gmt'     => '2026-01-15 09:00:00',
			'post_modified'     => '2026-01-15 09:00:00',
			'post_modified_gmt' => '2026-01-15 09:00:00',
		);
		$wpdb->insert( $wpdb->posts, $row + array_fill_keys( array( 'post_content', 'post_excerpt', 'to_ping', 'pinged', 'post_content_filtered' ), '' ) );
	}
}
return true;
