<?php
/**
 * Lets a visitor write posts.
 *
 * @package WpfDelete
 *
 * @return array{login: string, password: string} An editor and a new application password.
 */

$editor = get_user_by( 'login', 'omar' );
list( $password ) = WP_Application_Passwords::create_new_application_password( $editor->ID, array( 'name' => 'bench-live' ) );

return array(
	'login'    => $editor->user_login,
	'password' => $password,
);
