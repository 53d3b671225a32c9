<?php
/**
 * What else points at posts: options and cron, and counts that are wrong to begin with.
 */
return static function ( Seed $seed ) {
	global $wpdb;
	$posts = $seed->posts;

	update_option( 'gmt_offset', '' );
	update_option( 'timezone_string', 'Europe/Berlin' );
	update_option( 'use_balanceTags', '0' );
	update_option( 'sticky_posts', array( (string) $posts['sticky'], $posts['sticky-others'], $posts['sticky'], 'abc', $posts['sticky-others'], $posts['book-publish-4'], $posts['in-sticky'], $posts['refused-empty'], $posts['post-trash-0'] ) );
	set_transient( 'is_multi_author', 1 );
	update_option( 'wp_calendar_block_has_published_posts', true );

	// Somebody scheduled it with the id as text, which is another event to cron.
	wp_schedule_single_event( gmmktime( 12, 0, 0, 7, 1, 2027 ), 'publish_future_post', array( (string) $posts['book-future-0'] ) );
	wp_schedule_single_event( gmmktime( 12, 0, 0, 7, 1, 2027 ), 'publish_future_post', array( $posts['image'] ) );
	wp_schedule_single_event( gmmktime( 12, 0, 0, 7, 1, 2027 ), 'publish_future_post', array( $posts['post-draft-0'] ) );
	wp_schedule_single_event( gmmktime( 12, 0, 0, 7, 2, 2027 ), 'another_event', array( $posts['book-future-0'] ) );

	$seed->proves['D4 when delete'] = array( 'book-future-0', 'image' );
	$seed->proves['D4 when erase old'][] = 'post-draft-0';
	$seed->proves['D3 calendar when media'] = array( 'wp_calendar_block_has_published_posts' );
	$seed->proves['D5 when unlink'] = array( 'site_icon' );
	$seed->proves['D5 when unlink trixie'] = array( 'custom_logo' );
	$seed->proves['D5 when unlink trixie trash'] = array( 'site_logo' );
	$seed->proves['D11 when media'] = array( 'calm' );
	$seed->proves['D8 when erase'] = array( 'is_multi_author' );
	$seed->proves['D8 when reassign'] = array( 'is_multi_author' );

	foreach ( array( 'drifting', 'drifting-draft' ) as $slug ) {
		$seed->write( $wpdb->term_taxonomy, array( 'count' => 77 ), array( 'term_taxonomy_id' => get_term_by( 'slug', $slug, 'post_tag' )->term_taxonomy_id ) );
	}
	$seed->write( $wpdb->posts, array( 'comment_count' => 33 ), array( 'ID' => $posts['post-publish-0'] ) );
};
