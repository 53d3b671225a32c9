--TEST--
Connection: wrong password, closed port, missing socket, unknown database
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post' );
$before = checksum();
$closed = stream_socket_server( 'tcp://127.0.0.1:0' );
$port   = (int) substr( strrchr( stream_socket_get_name( $closed, false ), ':' ), 1 );
fclose( $closed );
foreach (
	array(
		'wrong password'   => array( 'password' => 'not it' ),
		'no password'      => array( 'password' => '' ),
		'closed port'      => array( 'host' => '127.0.0.1', 'port' => $port, 'socket' => null ),
		'missing socket'   => array( 'socket' => '/nonexistent/mysqld.sock' ),
		'unknown database' => array( 'database' => 'wpf_no_such_database' ),
		'no encryption'    => array( 'client_flags' => 2048 ),
	) as $what => $changes
) {
	$connection = new WpfDelete\Native\Connection( settings( $changes ) );
	foreach ( array( 'wpf_delete_user', 'wpf_plan_user_deletion' ) as $function ) {
		try {
			$function( VICTIM, null, request( array( 'connection' => $connection ) ) );
		} catch ( WpfDelete\Native\ConnectionException $error ) {
			echo "$what: ", get_class( $error ), ' ', $error->getCode(), ' ', $error->getMessage(), "\n";
		}
	}
}
var_dump( checksum() === $before );
--EXPECT--
wrong password: WpfDelete\Native\ConnectionException 1045 cannot connect to the database: access denied; check DB_USER and DB_PASSWORD (error 1045)
wrong password: WpfDelete\Native\ConnectionException 1045 cannot connect to the database: access denied; check DB_USER and DB_PASSWORD (error 1045)
no password: WpfDelete\Native\ConnectionException 1045 cannot connect to the database: access denied; check DB_USER and DB_PASSWORD (error 1045)
no password: WpfDelete\Native\ConnectionException 1045 cannot connect to the database: access denied; check DB_USER and DB_PASSWORD (error 1045)
closed port: WpfDelete\Native\ConnectionException 2002 cannot connect to the database: no server answers on this socket or host; check DB_HOST (error 2002)
closed port: WpfDelete\Native\ConnectionException 2002 cannot connect to the database: no server answers on this socket or host; check DB_HOST (error 2002)
missing socket: WpfDelete\Native\ConnectionException 2002 cannot connect to the database: no server answers on this socket or host; check DB_HOST (error 2002)
missing socket: WpfDelete\Native\ConnectionException 2002 cannot connect to the database: no server answers on this socket or host; check DB_HOST (error 2002)
unknown database: WpfDelete\Native\ConnectionException 1049 cannot connect to the database: this account cannot use this database; check DB_NAME (error 1049)
unknown database: WpfDelete\Native\ConnectionException 1049 cannot connect to the database: this account cannot use this database; check DB_NAME (error 1049)
no encryption: WpfDelete\Native\ConnectionException 2026 cannot connect to the database: the encrypted connection failed; check MYSQL_CLIENT_FLAGS and the certificate (error 2026)
no encryption: WpfDelete\Native\ConnectionException 2026 cannot connect to the database: the encrypted connection failed; check MYSQL_CLIENT_FLAGS and the certificate (error 2026)
bool(true)
