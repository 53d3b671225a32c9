<?php
/**
 * Points a site's options at posts of the fixture. Arguments: `options` and `mods` (theme) by name, null removes;
 * `alone`: no published post is left but those of that user.
 */

foreach ( $arguments['options'] as $name => $value ) {
	null === $value ? delete_option( $name ) : update_option( $name, $value );
}
foreach ( $arguments['mods'] as $name => $value ) {
	null === $value ? remove_theme_mod( $name ) : set_theme_mod( $name, $value );
}
if ( $arguments['alone'] ) {
	$GLOBALS['wpdb']->query( $GLOBALS['wpdb']->prepare( "UPDATE {$GLOBALS['wpdb']->posts} SET post_status = 'private' WHERE post_type = 'post' AND post_status = 'publish' AND post_author <> %d", $arguments['alone'] ) );
}
return true;
