<?php
/**
 * Has WordPress count all terms: the fixture leaves counts as nobody would who counts.
 */

foreach ( get_taxonomies() as $taxonomy ) {
	$terms = get_terms( array( 'taxonomy' => $taxonomy, 'hide_empty' => false, 'fields' => 'tt_ids' ) );
	if ( $terms ) {
		wp_update_term_count_now( $terms, $taxonomy );
	}
}
return true;
