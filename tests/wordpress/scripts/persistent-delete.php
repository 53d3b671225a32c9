<?php
/**
 * Deletes a user, and reads nothing afterwards.
 *
 * Arguments: `user`, `lane` of every post type.
 *
 * @return bool What the function returned.
 */

require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

add_filter( 'wpf_delete_lane', static fn () => $arguments['lane'] );

return \WpfDelete\delete_user( $arguments['user'] );
