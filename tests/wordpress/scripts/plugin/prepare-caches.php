<?php
/**
 * Makes content of which each read of caches.php says something else once the victim is gone.
 *
 * @return array<string, int> Ids by label.
 */

require_once ABSPATH . 'wp-admin/includes/bookmark.php';
require_once ABSPATH . 'wp-admin/includes/nav-menu.php';

$member = static fn ( $login ) => wp_insert_user(
	array(
		'user_login' => $login,
		'user_pass'  => 'password',
		'user_email' => "$login@example.test",
		'role'       => 'author',
	)
);
$post   = static fn ( $author, $type, $title, $more = array() ) => wp_insert_post(
	$more + array(
		'post_author' => $author,
		'post_type'   => $type,
		'post_status' => 'publish',
		'post_title'  => $title,
		'post_date'   => '2026-01-15 09:00:00',
	)
);
$say    = static fn ( $on ) => wp_insert_comment(
	array(
		'comment_post_ID'  => $on,
		'comment_content'  => 'A comment.',
		'comment_date'     => '2026-01-16 09:00:00',
		'comment_date_gmt' => '2026-01-16 09:00:00',
		'comment_meta'     => array( 'a meta' => 'of a comment' ),
	)
);

// WordPress's own first post and comment are of today.
wp_delete_post( 1, true );
$id             = array( 'victim' => $member( 'victim' ) );
$other          = $member( 'other' );
$id['category'] = wp_insert_term( 'Shelf', 'category' )['term_id'];
register_taxonomy_for_object_type( 'category', 'late' );

$id['post']  = $post( $id['victim'], 'post', 'Trashed', array( 'post_category' => array( $id['category'] ), 'post_date' => '2026-01-20 09:00:00' ) );
$id['front'] = $post( $id['victim'], 'page', 'Front' );
$id['late']  = $post( $id['victim'], 'late', 'Purged', array( 'meta_input' => array( 'a meta' => 'of a post' ), 'post_date' => '2026-01-21 09:00:00' ) );
wp_set_post_terms( $id['late'], array( $id['category'] ), 'category' );
$post( $id['victim'], 'page', 'Thrown away', array( 'post_status' => 'trash' ) );
$post( $other, 'late', 'Older' );
$post( $other, 'post', 'Kept', array( 'post_category' => array( $id['category'] ), 'post_date' => '2025-12-15 09:00:00' ) );
$id['late-parent'] = $id['late'];
$id['child']       = $post( $other, 'late', 'Child', array( 'post_parent' => $id['late'] ) );
$id['revision']    = wp_save_post_revision( $id['late'] ) ?: _wp_put_post_revision( get_post( $id['late'] ) );

$image            = array( 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit' );
$id['attachment'] = $post( $id['victim'], 'attachment', 'Image', $image );
$id['attached']   = $post( $other, 'attachment', 'Attached', $image + array( 'post_parent' => $id['late'] ) );

$id['comment']      = $say( $id['post'] );
$id['late-comment'] = $say( $id['late'] );
wp_insert_comment(
	array(
		'comment_post_ID'  => $id['child'],
		'comment_content'  => 'An older one.',
		'comment_date'     => '2026-01-02 09:00:00',
		'comment_date_gmt' => '2026-01-02 09:00:00',
	)
);

$id['link'] = wp_insert_link( array( 'link_owner' => $id['victim'], 'link_url' => 'http://example.test/', 'link_name' => 'A link' ) );
$id['menu'] = wp_create_nav_menu( 'Menu' );
foreach ( array( 'late', 'child' ) as $item ) {
	wp_update_nav_menu_item(
		$id['menu'],
		0,
		array(
			'menu-item-object'    => get_post_type( $id[ $item ] ),
			'menu-item-object-id' => $id[ $item ],
			'menu-item-type'      => 'post_type',
			'menu-item-status'    => 'publish',
		)
	);
}
update_option( 'show_on_front', 'page' );
update_option( 'page_on_front', $id['front'] );
stick_post( $id['post'] );
set_theme_mod( 'custom_logo', $id['attachment'] );
return $id;
