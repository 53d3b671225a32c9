<?php
/**
 * Keeps a server from keeping up: a table is locked for a second, again and again, as a report or a backup does.
 *
 * php hold.php SOCKET DATABASE
 */

$server = new mysqli( 'localhost', 'root', '', $argv[2], 0, $argv[1] );
while ( true ) {
	$server->query( 'LOCK TABLES wp_posts READ' );
	usleep( 1000000 );
	$server->query( 'UNLOCK TABLES' );
	usleep( 1000 );
}
