<?php
/**
 * A second site, and a member of both with content on both: three published posts, a post each of a type that stays and
 * of one that nobody registers, a link; and what is left of having signed up.
 *
 * @return array{user: int, site: int} Ids.
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/bookmark.php';

$second = wp_insert_site( array( 'domain' => 'example.test', 'path' => '/second/', 'network_id' => 1, 'user_id' => 1 ) );
$user   = wp_insert_user( array( 'user_login' => 'member', 'user_pass' => 'password', 'user_email' => 'member@example.test' ) );
$wpdb->insert( $wpdb->signups, array( 'user_login' => 'member', 'user_email' => 'member@example.test', 'active' => 1, 'activation_key' => 'key', 'meta' => '' ) );
foreach ( array( 1, $second ) as $blog ) {
	add_user_to_blog( $blog, $user, 'author' );
	switch_to_blog( $blog );
	for ( $i = 1; $i <= 3; $i++ ) {
		wp_insert_post( array( 'post_author' => $user, 'post_title' => "member $i", 'post_status' => 'publish' ) );
	}
	foreach ( array( 'nav_menu_item', 'unregistered' ) as $type ) {
		$id = wp_insert_post( array( 'post_author' => $user, 'post_title' => "member $type", 'post_status' => 'publish' ) );
		$wpdb->update( $wpdb->posts, array( 'post_type' => $type ), array( 'ID' => $id ) );
	}
	wp_insert_link( array( 'link_owner' => $user, 'link_url' => 'https://example.org/', 'link_name' => 'member' ) );
	restore_current_blog();
}
return array(
	'user' => $user,
	'site' => $second,
);
