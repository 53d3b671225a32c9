--TEST--
Connection: over TCP with a port, IPv4 and IPv6
--FILE--
<?php
require __DIR__ . '/site.inc';
foreach ( array( '127.0.0.1', '::1', '[::1]' ) as $host ) {
	foreach ( array( (int) getenv( 'WPF_DB_PORT' ), getenv( 'WPF_DB_PORT' ) ) as $port ) {
		$connection = new WpfDelete\Native\Connection( settings( compact( 'host', 'port' ) + array( 'socket' => null ) ) );
		var_dump( wpf_plan_user_deletion( VICTIM, null, request( array( 'connection' => $connection ) ) )['rows']['users']['deleted'] );
	}
}
--EXPECT--
int(1)
int(1)
int(1)
int(1)
int(1)
int(1)
