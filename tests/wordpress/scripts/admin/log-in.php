<?php
/**
 * Logs a user in.
 *
 * Arguments: `user`.
 *
 * @return array<string, string> Cookies that the browser gets.
 */

$until = time() + DAY_IN_SECONDS;
$token = WP_Session_Tokens::get_instance( $arguments['user'] )->create( $until );

return array(
	AUTH_COOKIE      => wp_generate_auth_cookie( $arguments['user'], $until, 'auth', $token ),
	LOGGED_IN_COOKIE => wp_generate_auth_cookie( $arguments['user'], $until, 'logged_in', $token ),
);
