<?php
/**
 * An author of whom a site has everything that a plan warns of, and one who wrote nothing but a post.
 *
 * @return array{author: int, plain: int, other: int, job: int} Ids.
 */

require_once ABSPATH . 'wp-admin/includes/user.php';

global $wpdb;

register_post_type( 'order', array( 'label' => 'Orders', 'supports' => array( 'title' ) ) );

$ids = array();
foreach ( array( 'author', 'plain', 'other' ) as $login ) {
	$ids[ $login ] = wp_insert_user( array( 'user_login' => $login, 'user_pass' => 'secret', 'user_email' => "$login@example.test", 'role' => 'author' ) );
}
$post    = static fn ( array $fields ) => wp_insert_post( $fields + array( 'post_author' => $ids['author'], 'post_status' => 'publish', 'post_title' => 'Title', 'post_content' => 'Text' ) );
$comment = static fn ( int $post, string $user ) => wp_insert_comment( array( 'comment_post_ID' => $post, 'user_id' => $ids[ $user ] ?? 0, 'comment_content' => 'Comment' ) );

$front   = $post( array( 'post_type' => 'page' ) );
$blog    = $post( array( 'post_type' => 'page' ) );
$privacy = $post( array( 'post_type' => 'page' ) );
$trashed = $post( array( 'post_type' => 'page', 'post_status' => 'trash' ) );
update_option( 'show_on_front', 'page' );
update_option( 'page_on_front', $front );
update_option( 'page_for_posts', $blog );
update_option( 'wp_page_for_privacy_policy', $privacy );

$post( array( 'post_type' => 'post', 'post_status' => 'future', 'post_date' => '2050-01-01 00:00:00' ) );
$post( array( 'post_type' => 'wp_template', 'post_name' => 'single' ) );
$post( array( 'post_type' => 'wp_template_part', 'post_name' => 'header' ) );
$post( array( 'post_type' => 'order' ) );
$post( array( 'post_type' => 'order' ) );

// Below a page in the trash, which goes for good.
$post( array( 'post_type' => 'page', 'post_author' => $ids['other'], 'post_parent' => $trashed ) );
$post( array( 'post_type' => 'order', 'post_author' => $ids['other'], 'post_parent' => $trashed ) );
$post( array( 'post_type' => 'revision', 'post_status' => 'inherit', 'post_author' => $ids['other'], 'post_parent' => $trashed ) );
$comment( $trashed, 'other' );
$comment( $trashed, 'author' );
$comment( $front, 'other' );
$comment( $front, 'nobody' );
$item = $post( array( 'post_type' => 'nav_menu_item', 'post_author' => $ids['other'] ) );
update_post_meta( $item, '_menu_item_type', 'post_type' );
update_post_meta( $item, '_menu_item_object_id', $trashed );

$elsewhere = $post( array( 'post_type' => 'post', 'post_author' => $ids['other'] ) );
$post( array( 'post_type' => 'revision', 'post_status' => 'inherit', 'post_parent' => $elsewhere ) );
$image = $post( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_parent' => $elsewhere ) );
set_theme_mod( 'custom_logo', $image );
update_option( 'site_icon', $image );
add_post_meta( $elsewhere, '_thumbnail_id', $image );
add_post_meta( $front, '_thumbnail_id', $image );

$post( array( 'post_type' => 'post', 'post_author' => $ids['plain'] ) );

// What inserting posts has made besides.
$wpdb->query( "DELETE FROM $wpdb->posts WHERE post_type = 'revision' AND post_author = {$ids['author']} AND post_parent <> $elsewhere" );
$ids['job'] = WpfDelete\Queue::enqueue( $ids['author'], array( 'source' => 'cli' ) );
return $ids;
