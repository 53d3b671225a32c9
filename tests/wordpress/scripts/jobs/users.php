<?php
/**
 * Makes many users at once, each with posts, a page, comments and a link, all in the same few terms.
 *
 * Arguments: `users`: how many. `posts`: how many posts each.
 *
 * @return int[] Their ids.
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/taxonomy.php';

$terms = array();
foreach ( array( 'one', 'two' ) as $name ) {
	wp_create_term( $name, 'post_tag' );
	$terms[] = get_term_by( 'slug', $name, 'post_tag' )->term_taxonomy_id;
}
$texts = array_fill_keys( array( 'post_content', 'post_excerpt', 'to_ping', 'pinged', 'post_content_filtered' ), '' );
$ids   = array();
for ( $user = 1; $user <= $arguments['users']; $user++ ) {
	$login = 'many-' . $wpdb->get_var( "SELECT MAX(ID) + 1 FROM $wpdb->users" );
	$wpdb->insert( $wpdb->users, array( 'user_login' => $login, 'user_nicename' => $login, 'user_email' => "$login@example.test" ) );
	$id    = $wpdb->insert_id;
	$ids[] = $id;
	$wpdb->insert( $wpdb->usermeta, array( 'user_id' => $id, 'meta_key' => $wpdb->get_blog_prefix() . 'capabilities', 'meta_value' => serialize( array( 'author' => true ) ) ) );
	for ( $number = 0; $number <= $arguments['posts']; $number++ ) {
		$row = array(
			'post_author' => $id,
			'post_type'   => 0 === $number ? 'page' : 'post',
			'post_status' => 'publish',
			'post_title'  => "post $number of $login",
			'post_name'   => "post-$number",
		);
		$wpdb->insert( $wpdb->posts, $row + $texts );
		$post = $wpdb->insert_id;
		$wpdb->insert( $wpdb->comments, array( 'comment_post_ID' => $post, 'comment_author' => '', 'comment_content' => '', 'comment_approved' => '1' ) );
		if ( 0 !== $number ) {
			foreach ( $terms as $term ) {
				$wpdb->insert( $wpdb->term_relationships, array( 'object_id' => $post, 'term_taxonomy_id' => $term ) );
			}
		}
	}
	$wpdb->insert( $wpdb->links, array( 'link_owner' => $id, 'link_url' => 'http://example.test', 'link_name' => $login, 'link_notes' => '' ) );
}
wp_update_term_count_now( $terms, 'post_tag' );
return $ids;
