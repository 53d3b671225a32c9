<?php
/**
 * Sends requests at fixed times, whether or not earlier ones have been answered.
 *
 * The job comes as JSON in the file that is the only argument; it is removed, for it holds a password. Outcomes go to
 * the job's `results`, one a line. Ends after `seconds`, or when asked to by SIGTERM; what was sent is waited for.
 *
 * A request's time counts from when it was to be sent. So nothing is hidden when this process falls behind, or when
 * it must not have more requests open: those that come later are late from the beginning.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

require_once __DIR__ . '/Visitors.php';
require_once __DIR__ . '/Exchange.php';

const MOST_AT_ONCE    = 64;
const TIMEOUT_SECONDS = 10;
const LONGEST_WAIT    = 100_000; // microseconds

$job     = json_decode( file_get_contents( $argv[1] ), true );
$results = fopen( $job['results'], 'w' );
unlink( $argv[1] );

$visitors = new Visitors( $job['blog'], $job['number'] );
$interval = (int) ( 1e9 / $job['rate'] );
$start    = hrtime( true );
$end      = $start + $job['seconds'] * 10 ** 9;
$turn     = 0;
$open     = array();
$finish   = static function ( int $key, bool $in_time ) use ( &$open, $results ): void {
	fwrite( $results, json_encode( $open[ $key ]->outcome( $in_time ) ) . "\n" );
	unset( $open[ $key ] );
};
pcntl_async_signals( true );
pcntl_signal(
	SIGTERM,
	static function () use ( &$end ) {
		$end = min( $end, hrtime( true ) );
	}
);

while ( true ) {
	$now  = hrtime( true );
	$next = $start + $turn * $interval;
	// Those that have not been sent when it ends, but should have been, still are.
	$comes = $next < $end && count( $open ) < MOST_AT_ONCE;
	if ( ! $comes && ! $open ) {
		break;
	}
	if ( $comes && $now >= $next ) {
		$open[ $turn ] = new Exchange( $job['port'], $visitors->request( $turn ), $next );
		if ( ! $open[ $turn ]->socket ) {
			$finish( $turn, true );
		}
		++$turn;
		continue;
	}
	foreach ( $open as $key => $exchange ) {
		if ( $now - $exchange->planned > TIMEOUT_SECONDS * 1e9 ) {
			$finish( $key, false );
		}
	}

	$wait = min( LONGEST_WAIT, $comes ? intdiv( $next - $now, 1000 ) : LONGEST_WAIT );
	if ( ! $open ) {
		usleep( $wait );
		continue;
	}
	$read    = array_map( static fn( $exchange ) => $exchange->socket, $open );
	$write   = array_map( static fn( $exchange ) => $exchange->socket, array_filter( $open, static fn( $exchange ) => $exchange->has_to_send() ) );
	$nothing = null;
	// A signal ends the waiting, with a warning.
	if ( @stream_select( $read, $write, $nothing, 0, $wait ) ) {
		foreach ( array_keys( $write ) as $key ) {
			$open[ $key ]->send();
		}
		foreach ( array_keys( $read ) as $key ) {
			if ( $open[ $key ]->receive() ) {
				$finish( $key, true );
			}
		}
	}
}
