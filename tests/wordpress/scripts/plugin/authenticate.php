<?php
/**
 * Tries to log users in. Arguments: `logins`.
 *
 * @return array<string, int|string> By login, the user's id or the error's code.
 */

$answers = array();
foreach ( $arguments['logins'] as $login ) {
	$user              = wp_authenticate( $login, 'password' );
	$answers[ $login ] = is_wp_error( $user ) ? $user->get_error_code() : $user->ID;
}
return $answers;
