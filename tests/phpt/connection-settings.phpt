--TEST--
Connection: settings are checked when it is first used, with the setting's name
--FILE--
<?php
require __DIR__ . '/site.inc';

function use_with( array $settings ): string {
	$connection = new WpfDelete\Native\Connection( $settings );
	$thrown     = thrown( static fn() => wpf_plan_user_deletion( VICTIM, null, request( array( 'connection' => $connection ) ) ) );
	$again      = thrown( static fn() => wpf_plan_user_deletion( VICTIM, null, request( array( 'connection' => $connection ) ) ) );
	return str_replace( 'WpfDelete\\Native\\', '', $thrown === $again ? $thrown : "first $thrown, then $again" );
}
database();
foreach ( array_keys( settings() ) as $key ) {
	$settings = settings();
	unset( $settings[ $key ] );
	if ( 'socket' !== $key ) {
		echo use_with( $settings ), "\n";
	}
}
foreach (
	array(
		array( 'pasword' => 'x' ),
		array( 'host' => 5 ),
		array( 'port' => -1, 'socket' => null, 'host' => 'x' ),
		array( 'port' => 70000, 'socket' => null, 'host' => 'x' ),
		array( 'port' => 'x' ),
		array( 'socket' => 5 ),
		array( 'socket' => "/a\0b" ),
		array( 'user' => array() ),
		array( 'user' => "a\0b" ),
		array( 'password' => 5 ),
		array( 'password' => "a\0b" ),
		array( 'database' => '' ),
		array( 'database' => "a\0b" ),
		array( 'charset' => "utf8mb4'" ),
		array( 'charset' => '' ),
		array( 'collation' => 'a b' ),
		array( 'sql_mode' => "ANSI'" ),
		array( 'client_flags' => 'x' ),
		array( 'charset' => 'no_such_charset' ),
		array( 'sql_mode' => 'NO_SUCH_MODE' ),
	) as $changes
) {
	echo use_with( settings( $changes ) ), "\n";
}
foreach ( array( array(), array( 'x' ), array( null ), array( settings(), 1 ) ) as $arguments ) {
	echo thrown( static fn() => new WpfDelete\Native\Connection( ...$arguments ) ), "\n";
}
--EXPECT--
InvalidArgumentException: connection.host: is missing
InvalidArgumentException: connection.user: is missing
InvalidArgumentException: connection.password: is missing
InvalidArgumentException: connection.database: is missing
InvalidArgumentException: connection.charset: is missing
InvalidArgumentException: connection.collation: is missing
InvalidArgumentException: connection.sql_mode: is missing
InvalidArgumentException: connection.pasword: is not known
InvalidArgumentException: connection.host: must be a string
InvalidArgumentException: connection.port: must be an integer of at least 0
InvalidArgumentException: connection.port: must be at most 65535
InvalidArgumentException: connection.port: must be an integer of at least 0
InvalidArgumentException: connection.socket: must be a string
InvalidArgumentException: connection.socket: must not contain a NUL byte
InvalidArgumentException: connection.user: must be a string
InvalidArgumentException: connection.user: must not contain a NUL byte
InvalidArgumentException: connection.password: must be a string
InvalidArgumentException: connection.password: must not contain a NUL byte
InvalidArgumentException: connection.database: must not be empty
InvalidArgumentException: connection.database: must not contain a NUL byte
InvalidArgumentException: connection.charset: must be a plain name
InvalidArgumentException: connection.charset: must be a plain name
InvalidArgumentException: connection.collation: must be a plain name
InvalidArgumentException: connection.sql_mode: must be a list of mode names
InvalidArgumentException: connection.client_flags: must be an integer of at least 0
ConnectionException: cannot connect to the database: the client library or the server refused (error 2019)
QueryException: wpf_delete::sql::session::SET_SESSION: the database refused it (error 1231, SQLSTATE 42000)
ArgumentCountError: WpfDelete\Native\Connection::__construct() expects exactly 1 argument, 0 given
TypeError: Invalid value given for argument `settings`.
TypeError: Invalid value given for argument `settings`.
ArgumentCountError: WpfDelete\Native\Connection::__construct() expects exactly 1 argument, 2 given
