<?php
/**
 * Asks Site Health as its page does, and the settings page as several people.
 *
 * Arguments: `only_extension`, `native`: as for delete-users.php. `people`: ids by label. `saved`: raw value of the
 * option, absent where nobody has saved.
 *
 * @return array What Site Health and the page say.
 */

global $wpdb, $submenu, $wp_settings_fields;

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
if ( isset( $arguments['saved'] ) ) {
	update_option( 'wpf_delete_settings', $arguments['saved'] );
}

set_current_screen( 'dashboard' );

$tests   = WP_Site_Health::get_tests()['direct'];
$section = apply_filters( 'debug_information', array() )['wpf-delete'];

do_action( 'admin_init' );
$sanitized = array();
foreach ( $arguments['sent'] ?? array() as $sent ) {
	$sanitized[] = sanitize_option( 'wpf_delete_settings', $sent );
}

$menu = array();
foreach ( $arguments['people'] as $label => $id ) {
	wp_set_current_user( $id );
	$GLOBALS['submenu'] = array();
	do_action( 'admin_menu', '' );
	$mine           = array_values( array_filter( $GLOBALS['submenu']['tools.php'] ?? array(), static fn ( $item ) => 'wpf-delete' === $item[2] ) );
	$menu[ $label ] = array(
		'seen'  => $mine ? current_user_can( $mine[0][1] ) : false,
		'saves' => current_user_can( apply_filters( 'option_page_capability_wpf-delete', 'manage_options' ) ),
	);
}

// The page has a heading of its menu.
$GLOBALS['title'] = '<i>User deletion</i>';
ob_start();
WpfDelete\Settings::show_page();
$page = ob_get_clean();

return array(
	'test'      => call_user_func( $tests['wpf_delete_native']['test'] ),
	'label'     => $tests['wpf_delete_native']['label'],
	'section'   => $section,
	'sanitized' => $sanitized,
	'menu'      => $menu,
	'page'      => $page,
	'settings'  => array_map( array( 'WpfDelete\Settings', 'get' ), array( 'tag', 'field', 'value', 'unknown' ) ),
	'version'   => (string) phpversion( 'wpf_delete' ),
);
