<?php
/**
 * Does a live site notice that an author is being deleted? See --help.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use InvalidArgumentException;
use RuntimeException;
use WpfDelete\Tests\Support\Site;

require_once dirname( __DIR__, 2 ) . '/support/Site.php';
require_once dirname( __DIR__, 2 ) . '/support/Web.php';
foreach ( array( 'Options', 'Database', 'Blog', 'Visitors', 'Load', 'Processor', 'Sample', 'Proof', 'Round', 'Trial', 'Report' ) as $class ) {
	require_once __DIR__ . "/$class.php";
}

try {
	$options = new Options( array_slice( $argv, 1 ) );
} catch ( InvalidArgumentException $error ) {
	fwrite( STDERR, 'bench-live: ' . $error->getMessage() . "\n" );
	exit( 2 );
}
if ( $options->help ) {
	echo Options::help();
	exit( 0 );
}

// An interrupted run ends like any other: what it started is stopped.
pcntl_async_signals( true );
foreach ( array( SIGINT, SIGTERM, SIGHUP ) as $signal ) {
	pcntl_signal( $signal, static fn() => exit( 128 + $signal ) );
}

try {
	Site::verify_extension( $options->extension );
	putenv( 'WPF_EXTENSION=' . realpath( $options->extension ) );
	$trial = new Trial( $options );
	$trial->run();
	exit( ( new Report( $trial ) )->print() ? 0 : 1 );
} catch ( RuntimeException $error ) {
	fwrite( STDERR, 'bench-live: ' . $error->getMessage() . "\n" );
	exit( 1 );
}
