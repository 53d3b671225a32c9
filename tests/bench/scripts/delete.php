<?php
/**
 * Deletes users one after the other, and measures each.
 *
 * @package WpfDelete
 *
 * @var array{function: callable-string, users: int[], heir: ?int, listeners: string[], lane: ?string, server: int, measure: string} $arguments
 *      Function: that deletes; heir: who inherits, or null; listeners: hooks to listen to; lane: the only one to
 *      use, or null; server: process id; measure: method of Meter.
 * @return array Figures as that method returns them, one for each user.
 */

namespace WpfDelete\Tests\Bench;

use WpfDelete\Tests\Support\Site;

require_once dirname( __DIR__, 2 ) . '/support/Site.php';
require_once dirname( __DIR__ ) . '/Meter.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

// The engine works all the time, on two connections.
add_filter( 'wpf_delete_pace', static fn() => 2.0 );
foreach ( $arguments['listeners'] as $hook ) {
	add_action( $hook, static fn() => null );
}
if ( $arguments['lane'] ) {
	add_filter( 'wpf_delete_lane', static fn() => $arguments['lane'] );
}

$meter   = new Meter( Site::server(), $arguments['server'] );
$figures = array();
foreach ( $arguments['users'] as $user ) {
	$figures[] = $meter->{$arguments['measure']}( static fn() => $arguments['function']( $user, $arguments['heir'] ) );
}
return $figures;
