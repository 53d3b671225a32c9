<?php
/**
 * Core, the engine and hand-written SQL, measured. See --help.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use InvalidArgumentException;
use RuntimeException;
use WpfDelete\Tests\Support\Site;

require_once dirname( __DIR__ ) . '/support/Site.php';
foreach ( array( 'Options', 'Progress', 'Shell', 'Machine', 'Server', 'Authors', 'Seed', 'Snapshot', 'Job', 'Jobs', 'Meter', 'State', 'Transactions', 'Floor', 'Archiver', 'Bench', 'Results', 'Table', 'Picture', 'Report' ) as $class ) {
	require_once __DIR__ . "/$class.php";
}

try {
	$options = new Options( array_slice( $argv, 1 ) );
	$authors = new Authors( $options->posts );
	$jobs    = Jobs::chosen( $options, $authors );
} catch ( InvalidArgumentException $error ) {
	fwrite( STDERR, 'bench: ' . $error->getMessage() . "\n" );
	exit( 2 );
}
if ( $options->help ) {
	echo Options::help();
	exit( 0 );
}

// An interrupted run ends like any other: the server is stopped.
pcntl_async_signals( true );
foreach ( array( SIGINT, SIGTERM ) as $signal ) {
	pcntl_signal( $signal, static fn() => exit( 128 + $signal ) );
}

$folder = dirname( __DIR__, 2 ) . '/target/bench';
try {
	Site::verify_extension( $options->extension );
	putenv( 'WPF_EXTENSION=' . realpath( $options->extension ) );
	@mkdir( $folder, 0755, true );
	$lock = fopen( "$folder/lock", 'c' );
	if ( ! flock( $lock, LOCK_EX | LOCK_NB ) ) {
		throw new RuntimeException( 'Another benchmark is running here.' );
	}

	$progress = new Progress();
	$server   = new Server( "$folder/stack" );
	register_shutdown_function( array( $server, 'stop' ) );
	$snapshot = new Snapshot( $folder, $options, $authors, $server, $progress );
	$bench    = new Bench( $snapshot, $server, $authors->heir() );
	$results  = new Results( $options->posts );
	$report   = new Report( $options, $snapshot, $results );
	$progress->expect( count( $jobs ) * $options->runs + count( array_filter( $jobs, array( Bench::class, 'has_transactions' ) ) ) );
	// Run by run, not job by job: whatever changes on the machine meanwhile meets all jobs.
	for ( $run = 1; $run <= $options->runs; $run++ ) {
		foreach ( $jobs as $job ) {
			$progress->step( "{$job->name()}, run $run of {$options->runs}" );
			$results->add( $job, $bench->measure( $job ) );
			$report->of_server( Server::settings() );
			$report->write( $folder );
			$progress->done();
		}
	}
	foreach ( array_filter( $jobs, array( Bench::class, 'has_transactions' ) ) as $job ) {
		$progress->step( "{$job->name()}, its transactions" );
		$results->add_transactions( $job, $bench->transactions( $job ) );
		$report->write( $folder );
		$progress->done();
	}
	echo implode( "\n", $report->conditions() ), "\n";
	( new Table( $results ) )->print();
	exit( 0 );
} catch ( RuntimeException $error ) {
	fwrite( STDERR, "\nbench: " . $error->getMessage() . "\n" );
	exit( 1 );
}
