<?php
/**
 * Post types and taxonomies of the network, as a must-use plugin: types that go with a user on one site, types that go
 * only from a whole network, public ones and others.
 */

add_action(
	'init',
	static function () {
		register_post_type( 'book', array( 'public' => true, 'supports' => array( 'title', 'editor', 'author', 'comments' ) ) );
		register_post_type( 'draftbook', array( 'public' => false, 'supports' => array( 'title', 'author' ) ) );
		register_post_type( 'doc', array( 'public' => true, 'hierarchical' => true, 'supports' => array( 'title', 'editor' ) ) );
		register_post_type( 'kept', array( 'public' => true, 'delete_with_user' => false, 'supports' => array( 'title', 'author' ) ) );
		register_taxonomy( 'genre', array( 'book', 'post' ) );
		register_taxonomy( 'shelf', array( 'doc', 'kept', 'user' ) );
	}
);
