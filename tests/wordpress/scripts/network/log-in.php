<?php
/**
 * Can this user log in?
 *
 * @return string Why not; empty if so.
 */

$user = wp_authenticate( $arguments['login'], $arguments['password'] );
return is_wp_error( $user ) ? $user->get_error_code() : '';
