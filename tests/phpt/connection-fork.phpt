--TEST--
Connection: a child process has one of its own and leaves its parent's alone
--FILE--
<?php
require __DIR__ . '/site.inc';
$request = request();
$ask     = static fn() => wpf_plan_user_deletion( VICTIM, null, $request )['rows']['users']['deleted'];
var_dump( $ask() );
foreach ( array( 'uses it', 'does not' ) as $child ) {
	$pid = pcntl_fork();
	if ( 0 === $pid ) {
		$found = 'uses it' === $child ? $ask() : 1;
		// Frees the object, as the end of a process would, but drops no database.
		unset( $request, $ask );
		posix_kill( getmypid(), 1 === $found ? SIGKILL : SIGTERM );
	}
	pcntl_waitpid( $pid, $status );
	var_dump( SIGKILL === pcntl_wtermsig( $status ), $ask() );
}
--EXPECT--
int(1)
bool(true)
int(1)
bool(true)
int(1)
