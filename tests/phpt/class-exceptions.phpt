--TEST--
Exceptions are like PHP's own: they know where they come from, and can be chained
--FILE--
<?php
require __DIR__ . '/site.inc';
try {
	wpf_delete_user( 99, null, request() );
} catch ( WpfDelete\Native\DeletionException $error ) {
	var_dump( $error instanceof WpfDelete\Native\UserNotFoundException, $error->getCode(), $error->getPrevious() );
	var_dump( $error->getFile() === __FILE__, $error->getLine() );
	echo $error->getTrace()[0]['function'], ' ', count( $error->getTrace() ), "\n";
	$wrapped = new RuntimeException( 'wrapped', 0, $error );
	echo $wrapped->getPrevious()->getMessage(), "\n";
}
try {
	wpf_delete_user( 7, null, request( array( 'connection' => new WpfDelete\Native\Connection( settings( array( 'database' => 'no_such_database' ) ) ) ) ) );
} catch ( WpfDelete\Native\ConnectionException $error ) {
	// The number of the database's error.
	var_dump( $error->getCode() );
}
--EXPECT--
bool(true)
int(0)
NULL
bool(true)
int(4)
wpf_delete_user 1
there is no user 99
int(1049)
