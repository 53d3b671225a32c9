<?php
/**
 * Makes an installed site a plain ground for plans: nothing in it but what WordPress itself needs.
 */

global $wpdb;

foreach ( array( 'posts', 'postmeta', 'comments', 'commentmeta', 'links', 'term_relationships' ) as $table ) {
	$wpdb->query( "DELETE FROM {$wpdb->$table}" );
}
$wpdb->query( "UPDATE $wpdb->term_taxonomy SET count = 0" );
delete_option( 'sticky_posts' );
update_option( 'sticky_posts', array() );
update_option( 'page_on_front', 0 );
update_option( 'wp_page_for_privacy_policy', 0 );
return true;
