<?php
/**
 * Installs the plugin from a zip as Plugins → Add New → Upload does, and activates it.
 *
 * Arguments: `zip`: its path.
 *
 * @return true
 */

require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';

add_filter( 'filesystem_method', static fn () => 'direct' );
$skin     = new Automatic_Upgrader_Skin();
$upgrader = new Plugin_Upgrader( $skin );
$done     = $upgrader->install( $arguments['zip'] );
if ( true !== $done ) {
	throw new RuntimeException( is_wp_error( $done ) ? $done->get_error_message() : implode( "\n", $skin->get_upgrade_messages() ) );
}
$active = activate_plugin( $upgrader->plugin_info() );
if ( is_wp_error( $active ) ) {
	throw new RuntimeException( $active->get_error_message() );
}
return $upgrader->plugin_info();
