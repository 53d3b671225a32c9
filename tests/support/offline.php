<?php
/**
 * Must-use plugin of every test site: no mail and no HTTP request leaves it.
 *
 * @package WpfDelete
 */

add_filter( 'pre_wp_mail', '__return_true' );
add_filter(
	'pre_http_request',
	static function () {
		return new WP_Error( 'offline', 'Test sites have no network.' );
	}
);
