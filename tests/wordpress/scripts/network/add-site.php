<?php
/**
 * Adds a site to the network. Arguments: `path`; `title`.
 *
 * @return int Its id.
 */

$id = wpmu_create_blog( 'example.test', $arguments['path'], $arguments['title'] ?? 'Another', 1 );
if ( is_wp_error( $id ) ) {
	throw new RuntimeException( $id->get_error_message() );
}
return $id;
