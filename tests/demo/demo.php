<?php
/**
 * Core against the plugin, before your eyes. See --help.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

use InvalidArgumentException;
use RuntimeException;
use WpfDelete\Tests\Support\Site;

require_once dirname( __DIR__ ) . '/support/Site.php';
require_once __DIR__ . '/Options.php';
require_once __DIR__ . '/Progress.php';
require_once __DIR__ . '/Twins.php';
require_once __DIR__ . '/Comparison.php';
require_once __DIR__ . '/Report.php';

try {
	$options = new Options( array_slice( $argv, 1 ) );
} catch ( InvalidArgumentException $error ) {
	fwrite( STDERR, 'demo: ' . $error->getMessage() . "\n" );
	exit( 2 );
}
if ( $options->help ) {
	echo Options::help();
	exit( 0 );
}

// All rows of both sites are held at once.
ini_set( 'memory_limit', '-1' );
// An interrupted demo ends like any other: what it made is dropped.
pcntl_async_signals( true );
foreach ( array( SIGINT, SIGTERM ) as $signal ) {
	pcntl_signal( $signal, static fn() => exit( 128 + $signal ) );
}

$progress = Progress::on_stderr();
try {
	if ( ! is_file( $options->extension ) ) {
		throw new RuntimeException( "There is no extension {$options->extension}. Build it: cargo build --release" );
	}
	Site::verify_extension( $options->extension );
	putenv( 'WPF_EXTENSION=' . realpath( $options->extension ) );

	$twins  = new Twins( $options, $progress );
	$core   = $twins->delete_by_core();
	$plugin = $twins->delete_by_plugin();
	$progress->step( 'comparing every row and file', 1 );
	$comparison = new Comparison( $twins, $core['state'], $plugin['state'] );
	$progress->clear();
	Report::print( $twins, $core, $plugin, $comparison );
	exit( $comparison->unexpected() ? 1 : 0 );
} catch ( RuntimeException $error ) {
	$progress->clear();
	fwrite( STDERR, 'demo: ' . $error->getMessage() . "\n" );
	exit( 1 );
}
