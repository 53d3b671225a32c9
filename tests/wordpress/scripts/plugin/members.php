<?php
/**
 * Makes users, each with content of every kind: posts, a page, an image with its file, a post of a type registered
 * late, a comment, a link.
 *
 * Arguments: `members`: roles by login. `bare`: true for users without content.
 *
 * @return array<string, int> Ids by login.
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/bookmark.php';

$ids = array();
foreach ( $arguments['members'] as $login => $role ) {
	$id            = wp_insert_user(
		array(
			'user_login' => $login,
			'user_pass'  => 'password',
			'user_email' => "$login@example.test",
			'role'       => $role,
		)
	);
	$ids[ $login ] = $id;
	if ( $arguments['bare'] ?? false ) {
		continue;
	}
	foreach ( array( 'post', 'post', 'page', 'late' ) as $number => $type ) {
		$post = wp_insert_post(
			array(
				'post_author' => $id,
				'post_type'   => $type,
				'post_status' => 'publish',
				'post_title'  => "$type $number of $login",
				'meta_input'  => array( 'a meta' => 'of a post' ),
			)
		);
		wp_insert_comment(
			array(
				'comment_post_ID' => $post,
				'comment_content' => 'A comment.',
				'user_id'         => $id,
			)
		);
	}
	wp_insert_post(
		array(
			'post_author' => $id,
			'post_status' => 'trash',
			'post_title'  => "trash of $login",
		)
	);
	$file = wp_upload_bits( "image-$login.jpg", null, "image of $login" )['file'];
	wp_insert_attachment(
		array(
			'post_author'    => $id,
			'post_mime_type' => 'image/jpeg',
			'post_title'     => "image of $login",
		),
		$file
	);
	wp_insert_link(
		array(
			'link_owner' => $id,
			'link_url'   => 'http://example.test/link',
			'link_name'  => "link of $login",
		)
	);
	update_user_meta( $id, 'a meta', 'of a user' );
}
return $ids;
