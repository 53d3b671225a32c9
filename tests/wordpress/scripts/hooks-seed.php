<?php
/**
 * Content of every kind that has hooks of its own, by one user, with nothing about it that core and the plugin see
 * differently on purpose.
 *
 * @return array{user: int}
 */

require __DIR__ . '/clock.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
require __DIR__ . '/hooks-types.php';

copy( __DIR__ . '/hooks-types.php', WPMU_PLUGIN_DIR . '/hooks-types.php' );

$user  = wp_insert_user( array( 'user_login' => 'heard', 'user_pass' => 'x', 'user_email' => 'heard@example.test', 'role' => 'author' ) );
$other = wp_insert_user( array( 'user_login' => 'other', 'user_pass' => 'x', 'user_email' => 'other@example.test', 'role' => 'author' ) );
$tag   = wp_insert_term( 'Shown', 'post_tag' )['term_id'];
$genre = wp_insert_term( 'Told', 'genre' )['term_id'];

$make = static function ( string $type, string $status, string $name, array $fields = array() ) use ( $user, $other, $tag, $genre ) {
	$id = wp_insert_post( $fields + array( 'post_author' => $user, 'post_type' => $type, 'post_status' => $status, 'post_title' => "The $name", 'post_content' => "About $name.", 'post_name' => $name ) );
	wp_set_post_terms( $id, array( 1 ), 'category' );
	wp_set_post_terms( $id, array( $tag ), 'post_tag' );
	if ( 'book' === $type ) {
		wp_set_post_terms( $id, array( $genre ), 'genre' );
	}
	add_post_meta( $id, 'plain', 'value' );
	add_post_meta( $id, 'list', array( 'a' => 1 ) );
	$first = wp_insert_comment( array( 'comment_post_ID' => $id, 'comment_content' => 'first', 'comment_approved' => 1, 'user_id' => $other ) );
	add_comment_meta( $first, 'rating', '5' );
	$reply = wp_insert_comment( array( 'comment_post_ID' => $id, 'comment_content' => 'reply', 'comment_approved' => 0, 'comment_parent' => $first ) );
	wp_insert_comment( array( 'comment_post_ID' => $id, 'comment_content' => 'reply to it', 'comment_approved' => 'spam', 'comment_parent' => $reply, 'comment_type' => 'pingback' ) );
	// The newest revision is the post itself, so that core makes none of its own.
	wp_update_post( array( 'ID' => $id, 'post_content' => "About $name, once more." ) );
	return $id;
};

$parent = $make( 'book', 'publish', 'parent-book' );
$child  = $make( 'book', 'publish', 'child-book', array( 'post_parent' => $parent ) );
$make( 'book', 'private', 'private-book' );
$make( 'book', 'publish', 'kept-child', array( 'post_parent' => $parent, 'post_author' => $other ) );
foreach ( array( 'publish', 'draft', 'private', 'pending' ) as $status ) {
	$make( 'post', $status, "$status-post" );
	$make( 'page', $status, "$status-page" );
}
$trashed = $make( 'post', 'publish', 'trashed-before' );
wp_trash_post( $trashed );

// A draft without a date is given one by core when it is saved once more.
$GLOBALS['wpdb']->query( "UPDATE {$GLOBALS['wpdb']->posts} SET post_date_gmt = post_date" );
wp_cache_flush();

$menu = wp_create_nav_menu( 'Shelf' );
wp_update_nav_menu_item( $menu, 0, array( 'menu-item-object-id' => $parent, 'menu-item-object' => 'book', 'menu-item-type' => 'post_type', 'menu-item-status' => 'publish' ) );
wp_update_nav_menu_item( $menu, 0, array( 'menu-item-object-id' => $child, 'menu-item-object' => 'book', 'menu-item-type' => 'post_type', 'menu-item-status' => 'publish' ) );

$folder = wp_upload_dir()['path'];
wp_mkdir_p( $folder );
$image = imagecreatetruecolor( 400, 300 );
imagepng( $image, "$folder/heard.png" );
$attachment = wp_insert_attachment( array( 'post_author' => $user, 'post_title' => 'heard', 'post_mime_type' => 'image/png', 'post_status' => 'inherit', 'post_parent' => $child ), "$folder/heard.png" );
wp_update_attachment_metadata( $attachment, wp_generate_attachment_metadata( $attachment, "$folder/heard.png" ) );
set_post_thumbnail( $child, $attachment );
wp_set_object_terms( $attachment, array( 1 ), 'category' );
wp_insert_comment( array( 'comment_post_ID' => $attachment, 'comment_content' => 'nice', 'comment_approved' => 1 ) );

return array( 'user' => $user );
