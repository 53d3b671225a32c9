--TEST--
Memory: two hundred calls of every kind leave nothing behind
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post' );
post( 11, 'shop_order' );

/**
 * Every way through: an answer, an error of each kind, a connection opened and closed.
 */
function round_of_calls( array $request ): void {
	wpf_plan_user_deletion( VICTIM, null, $request );
	wpf_delete_user( VICTIM, null, array( 'resume' => 'wpfd1|done|0|0|0|' ) + $request );
	wpf_delete_user( VICTIM, null, array( 'part' => array( 'trash' => array( 10 ) ) ) + $request );
	database()->query( "UPDATE wp_posts SET post_status = 'publish', post_name = 'n' WHERE ID = 10" );
	thrown( static fn() => wpf_delete_user( 99, null, $request ) );
	thrown( static fn() => wpf_delete_user( '2.5', null, $request ) );
	thrown( static fn() => wpf_delete_user( VICTIM, null, array( 'tables' => array( 'posts' => '`' ) ) + $request ) );
	thrown( static fn() => wpf_delete_user( VICTIM, null, array( 'unknown' => array() ) + $request ) );
	thrown( static fn() => wpf_delete_user( VICTIM, null, null ) );
}

/**
 * A connection of its own.
 */
function round_of_connections( array $request ): void {
	$request['connection'] = new WpfDelete\Native\Connection( settings() );
	wpf_plan_user_deletion( VICTIM, null, $request );
	$request['connection'] = new WpfDelete\Native\Connection( settings( array( 'password' => 'wrong' ) ) );
	thrown( static fn() => wpf_plan_user_deletion( VICTIM, null, $request ) );
}

/**
 * Pages of the process that are in memory, in bytes.
 */
function resident(): int {
	return (int) explode( ' ', file_get_contents( '/proc/self/statm' ) )[1] * 4096;
}

$request = request();
foreach ( array( 'round_of_calls' => 200, 'round_of_connections' => 50 ) as $round => $times ) {
	for ( $warm = 0; $warm < 20; $warm++ ) {
		$round( $request );
	}
	gc_collect_cycles();
	$memory   = memory_get_usage();
	$resident = resident();
	for ( $call = 0; $call < $times; $call++ ) {
		$round( $request );
	}
	gc_collect_cycles();
	$grown = memory_get_usage() - $memory;
	echo "$round: ", $grown < 1024 ? 'PHP kept nothing' : "PHP kept $grown bytes", "\n";
	$grown = resident() - $resident;
	echo "$round: ", $grown < 512 * 1024 ? 'the process has not grown' : "the process has grown by $grown bytes", "\n";
}
--EXPECT--
round_of_calls: PHP kept nothing
round_of_calls: the process has not grown
round_of_connections: PHP kept nothing
round_of_connections: the process has not grown
