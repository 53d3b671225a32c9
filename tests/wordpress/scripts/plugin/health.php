<?php
/**
 * Asks Site Health as its page does.
 *
 * Arguments: `only_extension`, `native`: as for delete-users.php.
 *
 * @return array What Site Health says.
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-debug-data.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-site-health.php';
require_once ABSPATH . 'wp-admin/includes/update.php';

foreach ( $arguments['only_extension'] ?? array() as $property => $value ) {
	$wpdb->$property = $value;
}
if ( ! ( $arguments['native'] ?? true ) ) {
	add_filter( 'wpf_delete_native', '__return_false' );
}

set_current_screen( 'dashboard' );

$tests   = WP_Site_Health::get_tests()['direct'];
$section = apply_filters( 'debug_information', array() )['wpf-delete'];

return array(
	'test'      => call_user_func( $tests['wpf_delete_native']['test'] ),
	'label'     => $tests['wpf_delete_native']['label'],
	'section'   => $section,
	'version'   => (string) phpversion( 'wpf_delete' ),
);
