<?php
/**
 * Deletes a user and tells of which groups of the cache WordPress's own queries were made out of date.
 *
 * Arguments: `user`.
 *
 * @return string[] Groups.
 */

require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

$groups = array( 'posts', 'terms', 'comment', 'users' );
foreach ( $groups as $group ) {
	wp_cache_set( 'last_changed', 'before', $group );
}
\WpfDelete\delete_user( $arguments['user'] );
return array_values( array_filter( $groups, static fn( $group ) => 'before' !== wp_cache_get( 'last_changed', $group ) ) );
