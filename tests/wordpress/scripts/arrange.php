<?php
/**
 * Points a site's options at posts of the fixture. Arguments: `options` by name; `mods` of the theme;
 * `alone`: no published post is left but those of that user.
 */

foreach ( $arguments['options'] as $name => $value ) {
	update_option( $name, $value );
}
// At once: setting a logo by itself would set the option `site_logo` too.
update_option( 'theme_mods_' . get_option( 'stylesheet' ), $arguments['mods'] );
if ( $arguments['alone'] ) {
	// Categories are counted: core corrects the default one while it adds it to posts, which D1 does not.
	$GLOBALS['wpdb']->query( $GLOBALS['wpdb']->prepare( "UPDATE {$GLOBALS['wpdb']->posts} SET post_status = 'private' WHERE post_type = 'post' AND post_status = 'publish' AND post_author <> %d", $arguments['alone'] ) );
	wp_update_term_count_now( get_terms( array( 'taxonomy' => 'category', 'hide_empty' => false, 'fields' => 'tt_ids' ) ), 'category' );
}
return true;
