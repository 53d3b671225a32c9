<?php
/**
 * Reads all that WordPress caches about a user and their content; on demand deletes the user and reads it again.
 *
 * Arguments: `function` that deletes, absent to read only; `ids` by label, as prepare-caches.php returns them.
 *
 * @return array{first: array, second: array} What was read, by name, before and after.
 */

require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

$read = static function () use ( $arguments ) {
	$id     = $arguments['ids'];
	$titles = static fn ( $posts ) => wp_list_pluck( $posts, 'post_title' );
	$reads  = array(
		'post trashed'           => static fn () => get_post( $id['post'] )->post_status,
		'post purged'            => static fn () => null === get_post( $id['late'] ),
		'attachment'             => static fn () => null === get_post( $id['attachment'] ),
		'revision'               => static fn () => null === get_post( $id['revision'] ),
		'slug'                   => static fn () => get_post( $id['post'] )->post_name,
		'meta of a post'         => static fn () => get_post_meta( $id['late'] ),
		'metas of the trash'     => static fn () => array_keys( get_post_meta( $id['post'] ) ),
		'wanted slug'            => static fn () => get_post_meta( $id['post'], '_wp_desired_post_slug', true ),
		'child'                  => static fn () => get_post( $id['child'] )->post_parent,
		'children'               => static fn () => count( get_children( $id['late-parent'] ) ),
		'ancestors'              => static fn () => get_post_ancestors( $id['child'] ),
		'attached'               => static fn () => get_post( $id['attached'] )->post_parent,
		'query'                  => static fn () => $titles( ( new WP_Query( array( 'posts_per_page' => -1 ) ) )->posts ),
		'query by author'        => static fn () => $titles( get_posts( array( 'author' => $id['victim'], 'post_type' => array( 'post', 'late' ) ) ) ),
		'query by term'          => static fn () => $titles( get_posts( array( 'category' => $id['category'] ) ) ),
		'pages'                  => static fn () => $titles( get_pages() ),
		'page by path'           => static fn () => null === get_page_by_path( 'front' ),
		'page ids'               => static fn () => get_all_page_ids(),
		'count of posts'         => static fn () => (array) wp_count_posts(),
		'count of pages'         => static fn () => (array) wp_count_posts( 'page' ),
		'count of late'          => static fn () => (array) wp_count_posts( 'late' ),
		'count of attachments'   => static fn () => (array) wp_count_attachments(),
		'last post'              => static fn () => get_lastpostdate( 'gmt', 'late' ),
		'last change'            => static fn () => get_lastpostmodified( 'gmt', 'late' ),
		'several authors'        => static fn () => is_multi_author(),
		'archives'               => static fn () => wp_get_archives( array( 'echo' => 0 ) ),
		'calendar'               => static fn () => get_calendar( array( 'display' => false ), false ),
		'terms of a post'        => static fn () => wp_list_pluck( get_the_terms( $id['late'], 'category' ) ?: array(), 'name' ),
		'term'                   => static fn () => get_term( $id['category'] )->count,
		'terms'                  => static fn () => wp_list_pluck( get_terms( array( 'taxonomy' => 'category' ) ), 'count', 'name' ),
		'comment'                => static fn () => get_comment( $id['comment'] )->comment_approved,
		'comment purged'         => static fn () => null === get_comment( $id['late-comment'] ),
		'meta of a comment'      => static fn () => get_comment_meta( $id['late-comment'] ),
		'comments'               => static fn () => count( get_comments( array( 'status' => 'approve' ) ) ),
		'comments of a post'     => static fn () => count( get_comments( array( 'post_id' => $id['late'] ) ) ),
		'count of comments'      => static fn () => (array) wp_count_comments(),
		'count of a post'        => static fn () => (array) wp_count_comments( $id['late'] ),
		'last comment'           => static fn () => get_lastcommentmodified( 'gmt' ),
		'bookmark'               => static fn () => null === get_bookmark( $id['link'] ),
		'bookmarks'              => static fn () => count( get_bookmarks() ),
		'front page'             => static fn () => array( get_option( 'show_on_front' ), get_option( 'page_on_front' ) ),
		'sticky'                 => static fn () => get_option( 'sticky_posts' ),
		'logo'                   => static fn () => get_theme_mod( 'custom_logo' ),
		'user'                   => static fn () => false === get_userdata( $id['victim'] ),
		'user by login'          => static fn () => false === get_user_by( 'login', 'victim' ),
		'user by mail'           => static fn () => false === get_user_by( 'email', 'victim@example.test' ),
		'meta of a user'         => static fn () => get_user_meta( $id['victim'] ),
		'users'                  => static fn () => wp_list_pluck( get_users(), 'user_login' ),
		'users with posts'       => static fn () => wp_list_pluck( get_users( array( 'has_published_posts' => true ) ), 'user_login' ),
		'count of users'         => static fn () => count_users()['total_users'],
		'count of user posts'    => static fn () => (int) count_user_posts( $id['victim'] ),
		'menu'                   => static fn () => wp_list_pluck( wp_get_nav_menu_items( $id['menu'] ), 'title' ),
	);
	return array_map( static fn ( $one ) => $one(), $reads );
};

$GLOBALS['m']        = '202601';
$GLOBALS['monthnum'] = 1;
$GLOBALS['year']     = 2026;

$first = $read();
if ( isset( $arguments['function'] ) ) {
	$arguments['function']( $arguments['ids']['victim'] );
}
return array(
	'first'  => $first,
	'second' => $read(),
);
