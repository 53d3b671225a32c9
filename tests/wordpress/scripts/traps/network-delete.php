<?php
/**
 * Deletes a user on one site of a network, or from all of it.
 *
 * Arguments: `function` to call, `user`, `site`; `dies`: whether the process ends when it hears of the first trashed post.
 */

require_once ABSPATH . 'wp-admin/includes/ms.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

if ( $arguments['dies'] ) {
	add_action( 'trashed_post', static fn() => exit );
}
switch_to_blog( $arguments['site'] );
return $arguments['function']( $arguments['user'] );
