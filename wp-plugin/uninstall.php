<?php
/**
 * What goes when the plugin is deleted: its events always; settings and the record of deletions only if
 * the owner has chosen so.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

foreach ( array( 'table', 'mark', 'kill-switch', 'settings', 'schedule' ) as $file ) {
	require_once __DIR__ . "/inc/class-$file.php";
}

( static function () {
	global $wpdb;
	$erase = Settings::erases();
	foreach ( is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 0 ) as $site ) {
		if ( $site ) {
			switch_to_blog( $site );
		}
		Schedule::clear();
		if ( $erase ) {
			array_map( 'delete_option', array( Settings::OPTION, Settings::ERASE, KillSwitch::NAME ) );
		}
		if ( $site ) {
			restore_current_blog();
		}
	}
	if ( $erase ) {
		Table::drop();
		$wpdb->query( $wpdb->prepare( "DELETE FROM $wpdb->usermeta WHERE meta_key LIKE %s", $wpdb->esc_like( Mark::META_KEY ) . '%' ) );
	}
} )();
