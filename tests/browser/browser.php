<?php
/**
 * The admin page in a real browser: php tests/browser/browser.php EXTENSION.so POSTS
 *
 * Makes a site as its owner has it on the first day, with an author of POSTS posts and a CRM that sends webhooks, serves
 * it with nginx and php-fpm, and has page.test.cjs use it in headless Chromium. Screenshots are in target/screenshots.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Browser;

use RuntimeException;
use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\Support\Web;

require_once dirname( __DIR__ ) . '/support/Site.php';
require_once dirname( __DIR__ ) . '/support/Web.php';

// An interrupted run ends like any other: what it started is stopped.
pcntl_async_signals( true );
foreach ( array( SIGINT, SIGTERM, SIGHUP ) as $signal ) {
	pcntl_signal( $signal, static fn() => exit( 128 + $signal ) );
}

list( , $extension, $posts ) = $argv + array( 1 => '', 2 => '5000' );

$root = dirname( __DIR__, 2 );
try {
	Site::verify_extension( $extension );
	$site = Site::install( 'sid', 'browser_' . getmypid(), array( 'plugin' => false ) );
	register_shutdown_function( array( $site, 'drop' ) );
	symlink( "$root/wp-plugin", $site->path() . '/wp-content/plugins/wpf-delete' );
	symlink( __DIR__ . '/must-use.php', $site->path() . '/wp-content/mu-plugins/browser.php' );
	$people = $site->run( __DIR__ . '/seed.php', array( 'posts' => (int) $posts ), array( 'extension' => false ) );
	$web    = new Web( $site, $site->path() . '/web', $extension );

	@mkdir( "$root/target/screenshots", 0755, true );
	$process = proc_open(
		array( 'node', '--test', __DIR__ . '/page.test.cjs' ),
		array( array( 'file', '/dev/null', 'r' ), STDOUT, STDERR ),
		$pipes,
		null,
		array(
			'NODE_PATH'       => "$root/target/browser/node_modules",
			'WPF_PORT'        => (string) $web->port,
			'WPF_PEOPLE'      => json_encode( $people ),
			'WPF_POSTS'       => $posts,
			'WPF_SCREENSHOTS' => "$root/target/screenshots",
		) + getenv()
	);
	$status  = proc_close( $process );
	$web->stop();
	if ( 0 !== $status ) {
		exit( 1 );
	}
	if ( $web->errors() ) {
		throw new RuntimeException( "The server has logged errors:\n" . implode( "\n", $web->errors() ) );
	}

	// What the browser was told is so.
	$rows = static fn( string $what ) => (int) $site->database()->query( "SELECT COUNT(*) FROM wp_$what" )->fetch_row()[0];
	$gone = implode( ', ', array_map( static fn( $login ) => $people[ $login ], array( 'maria', 'john', 'carla', 'deniz', 'emil', 'fatma' ) ) );
	$kept = implode( ', ', array_map( static fn( $login ) => $people[ $login ], array( 'anna', 'bert', 'heir' ) ) );
	foreach ( array(
		"users WHERE ID IN ($gone)"                                     => 0,
		"usermeta WHERE user_id IN ($gone)"                             => 0,
		// The preview says that a pattern stays.
		"posts WHERE post_author IN ($gone) AND post_status <> 'trash' AND post_type <> 'wp_block'" => 0,
		"users WHERE ID IN ($kept)"                                     => 3,
	) as $what => $count ) {
		if ( $rows( $what ) !== $count ) {
			throw new RuntimeException( "There are {$rows( $what )} rows of $what, not $count." );
		}
	}
} catch ( RuntimeException $error ) {
	fwrite( STDERR, 'browser: ' . $error->getMessage() . "\n" );
	exit( 1 );
}
