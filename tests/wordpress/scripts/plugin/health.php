<?php
/**
 * Asks Site Health as its page does.
 *
 * Arguments: `only_extension`: properties of $wpdb that the extension's connection is made from. `native`: false switches
 * native deletion off. `stand_in`: ids of WP Fusion's tags by label, absent without WP Fusion; `fields` that it loads.
 * `settings`: of the plugin, to be saved before. `encrypts`: whether WordPress's connection is encrypted by somebody who
 * does not say so in wp-config.php, as drop-ins do.
 *
 * @return array{tests: array[], section: array, version: string} Results by test, the information, the extension's
 *         version.
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-debug-data.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-site-health.php';
require_once ABSPATH . 'wp-admin/includes/update.php';

if ( isset( $arguments['stand_in'] ) ) {
	require_once __DIR__ . '/wp-fusion.php';
	stand_in_for_wp_fusion( $arguments['stand_in'], $arguments['fields'] ?? array( 'role' ) );
}
foreach ( $arguments['only_extension'] ?? array() as $property => $value ) {
	$wpdb->$property = $value;
}
if ( ! ( $arguments['native'] ?? true ) ) {
	add_filter( 'wpf_delete_native', '__return_false' );
}
if ( isset( $arguments['settings'] ) ) {
	$saved = WpfDelete\Settings::save( $arguments['settings'] );
	if ( is_wp_error( $saved ) ) {
		throw new RuntimeException( $saved->get_error_message() );
	}
}
if ( $arguments['encrypts'] ?? false ) {
	$wpdb->dbh->close();
	$wpdb->dbh = mysqli_init();
	list( $host, $port ) = explode( ':', DB_HOST );
	$wpdb->dbh->real_connect( $host, DB_USER, DB_PASSWORD, DB_NAME, (int) $port, null, MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT );
}

set_current_screen( 'dashboard' );

$results = array();
foreach ( WP_Site_Health::get_tests()['direct'] as $name => $test ) {
	if ( str_starts_with( $name, 'wpf_delete_' ) ) {
		$results[ $name ] = call_user_func( $test['test'] ) + array( 'title' => $test['label'] );
	}
}
return array(
	'tests'   => $results,
	'section' => apply_filters( 'debug_information', array() )['wpf-delete'],
	'version' => (string) phpversion( 'wpf_delete' ),
);
