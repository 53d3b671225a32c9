<?php
/**
 * Gives a site a user with some content, and nothing that core's trash would rewrite.
 *
 * @return int The user's id.
 */

$user = wp_insert_user( array( 'user_login' => 'victim', 'user_pass' => 'secret', 'user_email' => 'victim@example.org', 'role' => 'author' ) );
add_user_meta( $user, 'note', 'of the victim' );
foreach ( array( 'post' => 'publish', 'page' => 'trash', 'wp_template' => 'publish' ) as $type => $status ) {
	wp_insert_post( array( 'post_type' => $type, 'post_status' => $status, 'post_author' => $user, 'post_title' => "A $type", 'post_content' => 'Content.', 'post_name' => "a-$type" ) );
}
return $user;
