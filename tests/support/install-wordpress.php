<?php
/**
 * Installs WordPress with its own installer. Run by Site with WP_INSTALLING defined.
 *
 * @package WpfDelete
 *
 * @var array{multisite: bool} $arguments
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( 'Test', 'admin', 'admin@example.test', true, '', 'password' );
switch_theme( 'twentytwentythree' );

if ( $arguments['multisite'] ) {
	// $wpdb does not name the network's tables before there is a network.
	foreach ( $wpdb->tables( 'ms_global' ) as $table => $prefixed ) {
		$wpdb->$table = $prefixed;
	}
	install_network();
	$result = populate_network( 1, 'example.test', 'admin@example.test', 'Test Network', '/', false );
	if ( is_wp_error( $result ) ) {
		throw new RuntimeException( $result->get_error_message() );
	}
}

return true;
