<?php
/**
 * Activates the plugin, for the whole network on multisite.
 *
 * @package WpfDelete
 */

require_once ABSPATH . 'wp-admin/includes/plugin.php';

$result = activate_plugin( 'wpf-delete/wpf-delete.php', '', is_multisite() );
if ( is_wp_error( $result ) ) {
	throw new RuntimeException( $result->get_error_message() );
}

return true;
