<?php
/**
 * Uninstalls the plugin as the Plugins screen does, without its code being loaded before.
 *
 * @return array{before: int, after: int} The plugin's events on the calendar.
 */

$events = static fn () => count( array_filter( array( 'wpf_delete_work', 'wpf_delete_go_on' ), 'wp_next_scheduled' ) );
$before = $events();
define( 'WP_UNINSTALL_PLUGIN', 'wpf-delete/wpf-delete.php' );
include WP_PLUGIN_DIR . '/wpf-delete/uninstall.php';
return array(
	'before' => $before,
	'after'  => $events(),
);
