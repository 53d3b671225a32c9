<?php
/**
 * What goes when the plugin is deleted: its events and what it remembers of itself always; settings and the record of
 * deletions only if the owner has chosen so.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/inc/autoload.php';

( static function () {
	global $wpdb;
	$erase = Settings::erases();
	foreach ( is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 0 ) as $site ) {
		if ( $site ) {
			switch_to_blog( $site );
		}
		Schedule::clear();
		Retention::unschedule();
		// That a mail was sent, and what is remembered for a while.
		delete_option( Allowance::TOLD );
		$patterns = $erase ? array( '_transient%wpf_delete_', 'wpf_delete_' ) : array( '_transient%wpf_delete_' );
		foreach ( $patterns as $pattern ) {
			$like = implode( '%', array_map( array( $wpdb, 'esc_like' ), explode( '%', $pattern ) ) ) . '%';
			array_map( 'delete_option', $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE %s", $like ) ) );
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
