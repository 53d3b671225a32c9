<?php
/**
 * Measures how far a replica is behind, ten times a second, by a row that is written on the primary.
 *
 * php beat.php SOCKET-OF-THE-PRIMARY SOCKET-OF-THE-REPLICA FILE
 *
 * A line of FILE is when the replica was asked and by how many seconds it was behind.
 */

$primary = new mysqli( 'localhost', 'root', '', '', 0, $argv[1] );
$primary->query( 'CREATE DATABASE IF NOT EXISTS heart' );
$primary->query( 'CREATE TABLE IF NOT EXISTS heart.beat (id int PRIMARY KEY, at double NOT NULL)' );
$primary->query( 'REPLACE INTO heart.beat VALUES (1, ' . microtime( true ) . ')' );
$replica = new mysqli( 'localhost', 'root', '', '', 0, $argv[2] );
while ( true ) {
	$now = microtime( true );
	$primary->query( sprintf( 'UPDATE heart.beat SET at = %.3F', $now ) );
	usleep( 100000 );
	try {
		$at = $replica->query( 'SELECT at FROM heart.beat' )->fetch_row()[0] ?? null;
	} catch ( mysqli_sql_exception $error ) {
		// It has not heard of the table.
		$at = null;
	}
	if ( null !== $at ) {
		file_put_contents( $argv[3], sprintf( "%.2F %.2F\n", $now, max( 0, $now - $at ) ), FILE_APPEND );
	}
}
