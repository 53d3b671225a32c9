<?php
/**
 * Must-use plugin of every test site: no mail and no HTTP request leaves it, and it has just looked for updates.
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
add_filter( 'translations_api', static fn() => array( 'translations' => array() ) );
foreach ( array( 'core', 'plugins', 'themes' ) as $wpf_what ) {
	add_filter(
		"pre_site_transient_update_$wpf_what",
		static fn() => (object) array(
			'last_checked'    => time(),
			'version_checked' => $GLOBALS['wp_version'],
			'updates'         => array(),
			'response'        => array(),
			'translations'    => array(),
		)
	);
}
foreach ( array( 'wp_version_check' => 'wp_version_check', 'wp_update_plugins' => 'wp_update_plugins', 'wp_update_themes' => 'wp_update_themes', 'load-plugins.php' => 'wp_update_plugins' ) as $wpf_hook => $wpf_what ) {
	remove_action( $wpf_hook, $wpf_what );
}
