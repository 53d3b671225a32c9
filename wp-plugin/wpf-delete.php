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
 *
 * @package WpfDelete
 */

defined( 'ABSPATH' ) || exit;

// WordPress checks "Requires PHP" when a plugin is activated, not when PHP is changed under it.
if ( PHP_VERSION_ID < 80100 ) {
	return;
}

require_once __DIR__ . '/inc/class-native.php';
require_once __DIR__ . '/inc/class-request.php';
require_once __DIR__ . '/inc/class-table.php';
require_once __DIR__ . '/inc/class-mark.php';
require_once __DIR__ . '/inc/class-job.php';
require_once __DIR__ . '/inc/class-queue.php';
require_once __DIR__ . '/inc/class-verdicts.php';
require_once __DIR__ . '/inc/class-kill-switch.php';
require_once __DIR__ . '/inc/class-lockout.php';
require_once __DIR__ . '/inc/class-replicas.php';
require_once __DIR__ . '/inc/class-cluster.php';
require_once __DIR__ . '/inc/class-throttle.php';
require_once __DIR__ . '/inc/class-announce.php';
require_once __DIR__ . '/inc/class-statements.php';
require_once __DIR__ . '/inc/class-caches.php';
require_once __DIR__ . '/inc/class-references.php';
require_once __DIR__ . '/inc/class-attachments.php';
require_once __DIR__ . '/inc/class-listeners.php';
require_once __DIR__ . '/inc/class-lanes.php';
require_once __DIR__ . '/inc/class-meta-hooks.php';
require_once __DIR__ . '/inc/class-term-hooks.php';
require_once __DIR__ . '/inc/class-comment-hooks.php';
require_once __DIR__ . '/inc/class-purge-batch.php';
require_once __DIR__ . '/inc/class-purge-hooks.php';
require_once __DIR__ . '/inc/class-trash-hooks.php';
require_once __DIR__ . '/inc/class-replay.php';
require_once __DIR__ . '/inc/class-aftermath.php';
require_once __DIR__ . '/inc/class-content.php';
require_once __DIR__ . '/inc/class-core-content.php';
require_once __DIR__ . '/inc/class-deletion.php';
require_once __DIR__ . '/inc/class-takeover.php';
require_once __DIR__ . '/inc/class-network.php';
require_once __DIR__ . '/inc/class-schedule.php';
require_once __DIR__ . '/inc/class-runner.php';
require_once __DIR__ . '/inc/class-going.php';
require_once __DIR__ . '/inc/class-rate.php';
require_once __DIR__ . '/inc/class-plan-files.php';
require_once __DIR__ . '/inc/class-surprises.php';
require_once __DIR__ . '/inc/class-plan.php';
require_once __DIR__ . '/inc/class-command-users.php';
require_once __DIR__ . '/inc/class-command-report.php';
require_once __DIR__ . '/inc/class-user-command.php';
require_once __DIR__ . '/inc/class-command.php';
require_once __DIR__ . '/inc/class-settings.php';
require_once __DIR__ . '/inc/class-live-site.php';
require_once __DIR__ . '/inc/class-tag.php';
require_once __DIR__ . '/inc/class-guard.php';
require_once __DIR__ . '/inc/class-allowance.php';
require_once __DIR__ . '/inc/class-requests.php';
require_once __DIR__ . '/inc/class-triggers.php';
require_once __DIR__ . '/inc/class-health.php';
require_once __DIR__ . '/inc/namespace.php';

register_activation_hook( __FILE__, array( WpfDelete\Table::class, 'is_ready' ) );
register_activation_hook( __FILE__, array( WpfDelete\LiveSite::class, 'activated' ) );
register_deactivation_hook( __FILE__, array( WpfDelete\Schedule::class, 'clear' ) );

WpfDelete\bootstrap();
