<?php
/**
 * Terms, before anybody uses them.
 */
// phpcs:ignore Generic.CodeAnalysis.UnusedFunctionParameter.Found -- every file of this folder is called alike.
return static function ( Seed $seed ) {
	$terms = array(
		'category'      => array( 'news', 'events', 'refused' ),
		'post_tag'      => array( 'red', 'green', 'drifting', 'drifting-draft' ),
		'genre'         => array( 'novel', 'poem' ),
		'mood'          => array( 'calm', 'wild' ),
		'lens'          => array( 'wide' ),
		'shelf'         => array( 'upper', 'lower' ),
		'stage'         => array( 'early', 'late' ),
		'tally'         => array( 'ones', 'tens' ),
		'deck'          => array( 'sun-deck' ),
		'link_category' => array( 'friends', 'partners' ),
		'post_format'   => array( 'post-format-quote' ),
	);
	foreach ( $terms as $taxonomy => $slugs ) {
		foreach ( $slugs as $slug ) {
			$term = wp_insert_term( $slug, $taxonomy, array( 'slug' => $slug ) );
			if ( is_wp_error( $term ) ) {
				throw new RuntimeException( "$taxonomy $slug: " . $term->get_error_message() );
			}
		}
	}
	wp_insert_term( 'local', 'category', array( 'slug' => 'local', 'parent' => get_term_by( 'slug', 'news', 'category' )->term_id ) );
	wp_insert_term( 'sonnet', 'genre', array( 'slug' => 'sonnet', 'parent' => get_term_by( 'slug', 'poem', 'genre' )->term_id ) );

	// When a post with the second tag is saved again, core looks its name up as a slug and finds the first.
	wp_insert_term( 'Dont', 'post_tag', array( 'slug' => 'dont' ) );
	wp_insert_term( "Don't", 'post_tag', array( 'slug' => 'dont-2' ) );
};
