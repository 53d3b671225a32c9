<?php
/**
 * Loads the tag REMOVE USER for a user, as WP Fusion does, and measures what comes of it.
 *
 * WP Fusion cannot be installed here. These are the hooks of its WPF_User::set_tags(), in its order and
 * with its arguments, after it has stored the tags.
 *
 * @package WpfDelete
 *
 * @var array{user: int, figures: string} $arguments Figures: file to write, for shutdown comes after this script has returned.
 */

namespace WpfDelete\Tests\Demo;

use WpfDelete\Native;
use WpfDelete\Triggers;

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
	Triggers::AFTER_WP_FUSION - 1
);
add_action(
	'shutdown',
	static function () use ( &$meter, &$errors, $arguments ) {
		file_put_contents( $arguments['figures'], serialize( array( 'errors' => $errors ) + $meter->stop() ) );
	},
	Triggers::AFTER_WP_FUSION + 1
);

$user   = $arguments['user'];
$loaded = array( 'REMOVE USER' );
$stored = (array) get_user_meta( $user, 'activecampaign_tags', true );
$all    = array_merge( $stored, $loaded );
update_user_meta( $user, 'activecampaign_tags', $all );
do_action( 'wpf_tags_applied', $user, $loaded );
do_action( 'wpf_tags_removed', $user, array() );
do_action( 'wpf_tags_modified', $user, $all );

return true;
