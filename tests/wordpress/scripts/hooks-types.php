<?php
/**
 * A hierarchical type with a taxonomy, as a must-use plugin.
 */

$hooks_types = static function () {
	register_post_type( 'book', array( 'public' => true, 'hierarchical' => true, 'supports' => array( 'title', 'editor', 'author', 'comments', 'revisions', 'thumbnail' ) ) );
	register_taxonomy_for_object_type( 'category', 'book' );
	register_taxonomy( 'genre', array( 'book' ) );
};
if ( did_action( 'init' ) ) {
	$hooks_types();
} else {
	add_action( 'init', $hooks_types );
}
