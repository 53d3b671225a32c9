<?php
/**
 * Tries every way in for a user: a password, a cookie of before, an application password, REST.
 *
 * Arguments: `user`: id. `login`. `cookie` and `application`: what an earlier run has returned.
 *
 * @return array<string, mixed> `password`, `xmlrpc`: an id or an error's code; `cookie`, `rest`: ids of who is there;
 *         `application`, `rest_status`: what REST says to the application password; and fresh `keys` for the next run.
 */

// What a visitor's browser sends, taken anew as at the beginning of a request.
$as = static function ( array $cookies, array $server ) {
	$_COOKIE = $cookies;
	unset( $_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW'] );
	$_SERVER                 = $server + $_SERVER;
	$GLOBALS['current_user'] = null;
	return get_current_user_id();
};
add_filter( 'wp_is_application_passwords_available', '__return_true' );
add_filter( 'application_password_is_api_request', '__return_true' );

$answer = static function ( $user ) {
	return is_wp_error( $user ) ? $user->get_error_code() : $user->ID;
};
$seen   = array( 'password' => $answer( wp_authenticate( $arguments['login'], 'password' ) ) );
if ( isset( $arguments['keys'] ) ) {
	$keys           = $arguments['keys'];
	$seen['cookie'] = $as( array( LOGGED_IN_COOKIE => $keys['cookie'] ), array() );
	// A cookie of which the session still is there: WordPress itself would take it.
	$session            = WP_Session_Tokens::get_instance( $arguments['user'] )->create( time() + HOUR_IN_SECONDS );
	$seen['new_cookie'] = $as( array( LOGGED_IN_COOKIE => wp_generate_auth_cookie( $arguments['user'], time() + HOUR_IN_SECONDS, 'logged_in', $session ) ), array() );
	$basic              = array( 'PHP_AUTH_USER' => $arguments['login'], 'PHP_AUTH_PW' => $keys['application'] );

	$seen['application'] = $as( array(), $basic );
	$seen['rest_status'] = rest_do_request( new WP_REST_Request( 'GET', '/wp/v2/users/me' ) )->get_status();
	$seen['refused']     = $answer( wp_authenticate_application_password( null, $arguments['login'], $keys['application'] ) ?? new WP_Error( 'none' ) );
}
if ( $arguments['make_keys'] ?? false ) {
	$session      = WP_Session_Tokens::get_instance( $arguments['user'] )->create( time() + HOUR_IN_SECONDS );
	$seen['keys'] = array(
		'cookie'      => wp_generate_auth_cookie( $arguments['user'], time() + HOUR_IN_SECONDS, 'logged_in', $session ),
		'application' => WP_Application_Passwords::create_new_application_password( $arguments['user'], array( 'name' => 'phone' ) )[0],
	);
}
return $seen;
