<?php
/**
 * Plugin Name:       Native User Deletion for WP Fusion
 * Description:       Deletes WordPress users when the CRM says so: thousands of posts in seconds, the database as WordPress itself would leave it.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      8.1
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       wpf-delete
 * Domain Path:       /languages
 *
 * @package WpfDelete
 */

defined( 'ABSPATH' ) || exit;

// WordPress checks "Requires PHP" when a plugin is activated, not when PHP is changed under it.
if ( PHP_VERSION_ID < 80100 ) {
	return;
}

require_once __DIR__ . '/inc/autoload.php';
require_once __DIR__ . '/inc/namespace.php';

register_activation_hook( __FILE__, array( WpfDelete\Table::class, 'is_ready' ) );
register_activation_hook( __FILE__, array( WpfDelete\LiveSite::class, 'activated' ) );
register_deactivation_hook( __FILE__, array( WpfDelete\Schedule::class, 'clear' ) );
register_activation_hook( __FILE__, array( WpfDelete\Retention::class, 'schedule' ) );
register_deactivation_hook( __FILE__, array( WpfDelete\Retention::class, 'unschedule' ) );

WpfDelete\bootstrap();
