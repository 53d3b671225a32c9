<?php
/**
 * Uninstalls the plugin as the Plugins screen does, without its code being loaded before.
 */

define( 'WP_UNINSTALL_PLUGIN', 'wpf-delete/wpf-delete.php' );
include WP_PLUGIN_DIR . '/wpf-delete/uninstall.php';
return true;
