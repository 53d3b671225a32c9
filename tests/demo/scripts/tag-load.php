<?php
/**
 * Loads the tag REMOVE USER for a user, as WP Fusion does, and measures what comes of it.
 *
 * WP Fusion cannot be installed here; wp-fusion.php stands in for it.
 *
 * @package WpfDelete
 *
 * @var array{user: int, figures: string} $arguments Figures: file to write, for shutdown comes after this script has returned.
 */

namespace WpfDelete\Tests\Demo;

use WpfDelete\Native;
use WpfDelete\Runner;
use WpfDelete\Settings;

require_once __DIR__ . '/Meter.php';

$available = Native::available();
if ( is_wp_error( $available ) ) {
	throw new \RuntimeException( $available->get_error_message() );
}

$errors = array();
add_action(
	'wpf_delete_failed',
	static function ( $id, $error ) use ( &$errors ) {
		$errors[] = $error->get_error_code() . ': ' . $error->get_error_message();
	},
	10,
	2
);
$meter = null;
add_action(
	'shutdown',
	static function () use ( &$meter ) {
		$meter = Meter::start();
	},
	Runner::AFTER_WP_FUSION - 1
);
add_action(
	'shutdown',
	static function () use ( &$meter, &$errors, $arguments ) {
		file_put_contents( $arguments['figures'], serialize( array( 'errors' => $errors ) + $meter->stop() ) );
	},
	Runner::AFTER_WP_FUSION + 1
);

require __DIR__ . '/wp-fusion.php';

// What an owner would do on the settings page: choose the tag, switch deletions on, and wait for nothing.
$saved = Settings::save( array( 'mode' => 'delete', 'tag' => '12', 'grace' => 0 ) );
if ( is_wp_error( $saved ) ) {
	throw new \RuntimeException( $saved->get_error_message() );
}
\WPF_User::set_tags( array( '12' ), $arguments['user'] );

return true;
