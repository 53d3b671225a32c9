<?php
/**
 * Makes nonces for the current user.
 *
 * Arguments: `actions`: what they are good for. `cookies`: of the session, on which they depend.
 *
 * @return array<string, string> By what they are good for.
 */

$_COOKIE = $arguments['cookies'];

return array_combine( $arguments['actions'], array_map( 'wp_create_nonce', $arguments['actions'] ) );
