<?php
/**
 * Deactivates the plugin as the Plugins screen does.
 */

require_once ABSPATH . 'wp-admin/includes/plugin.php';

deactivate_plugins( 'wpf-delete/wpf-delete.php' );
return true;
