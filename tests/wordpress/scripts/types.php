<?php
/**
 * The post types, taxonomies and filters of the fixture, as a must-use plugin.
 *
 * Core and the native engine both need them: what is deleted with a user, and how terms are counted, is decided by what
 * is registered. Nothing here listens to the deletion itself, or posts would leave the bulk lane.
 */

add_action(
	'init',
	static function () {
		register_post_type( 'book', array( 'public' => true, 'supports' => array( 'title', 'editor', 'author', 'comments' ) ) );
		register_post_type( 'doc', array( 'public' => true, 'hierarchical' => true, 'supports' => array( 'title', 'editor', 'author', 'revisions' ) ) );
		register_post_type( 'ledger', array( 'public' => true, 'supports' => array( 'title' ) ) );
		register_post_type( 'kept', array( 'public' => true, 'delete_with_user' => false, 'supports' => array( 'title', 'author' ) ) );
		register_post_type( 'gone', array( 'public' => true, 'delete_with_user' => true, 'supports' => array( 'title' ) ) );
		register_post_type( 'chosen', array( 'public' => true, 'delete_with_user' => false ) );
		register_post_type( 'spared', array( 'public' => true, 'supports' => array( 'title', 'author' ) ) );

		register_taxonomy_for_object_type( 'category', 'book' );
		register_taxonomy( 'genre', array( 'book', 'post' ), array( 'hierarchical' => true ) );
		register_taxonomy( 'mood', array( 'attachment', 'post' ) );
		register_taxonomy( 'lens', array( 'attachment:image' ) );

		// An object type that is no post type makes core count every relationship, whatever the status of the post.
		register_taxonomy( 'shelf', array( 'book', 'post', 'user' ) );
		register_taxonomy( 'stage', array( 'book', 'post' ) );
		register_taxonomy( 'tally', array( 'book', 'post' ), array( 'update_count_callback' => 'fixture_tally' ) );
		register_taxonomy( 'deck', array( 'page' ), array( 'default_term' => array( 'name' => 'Lower deck', 'slug' => 'lower-deck' ) ) );
	}
);

add_filter( 'post_types_to_delete_with_user', static fn( $types ) => array_diff( array_merge( $types, array( 'chosen' ) ), array( 'spared' ) ) );
add_filter(
	'update_post_term_count_statuses',
	static function ( $statuses, $taxonomy ) {
		return 'stage' === $taxonomy->name ? array( 'publish', 'draft' ) : $statuses;
	},
	10,
	2
);

/**
 * Counts as nobody else would, so that a count made without the callback is seen.
 *
 * @param int[] $tt_ids Term taxonomy ids.
 */
function fixture_tally( $tt_ids ) {
	global $wpdb;

	foreach ( $tt_ids as $tt_id ) {
		$count = 1000 + $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM $wpdb->term_relationships WHERE term_taxonomy_id = %d", $tt_id ) );
		$wpdb->update( $wpdb->term_taxonomy, array( 'count' => $count ), array( 'term_taxonomy_id' => $tt_id ) );
	}
}
