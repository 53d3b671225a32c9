--TEST--
Exceptions: one base, one class per kind of failure
--FILE--
<?php
$classes = ( new ReflectionExtension( 'wpf_delete' ) )->getClasses();
ksort( $classes );
foreach ( $classes as $class ) {
	$parents = array_values( class_parents( $class->getName() ) );
	echo str_replace( 'WpfDelete\\Native\\', '', implode( ' < ', array( $class->getName(), ...$parents ) ) ), "\n";
	if ( $class->implementsInterface( Throwable::class ) && ! $class->isSubclassOf( 'WpfDelete\\Native\\DeletionException' ) ) {
		echo "  the base: ", $class->getName(), "\n";
	}
}
--EXPECT--
ClaimedException < DeletionException < Exception
CommitUnknownException < ConnectionException < DeletionException < Exception
Connection
ConnectionException < DeletionException < Exception
ConnectionLostException < ConnectionException < DeletionException < Exception
DeadlockException < LockException < DeletionException < Exception
DeletionException < Exception
  the base: WpfDelete\Native\DeletionException
DifferentDatabaseException < DeletionException < Exception
FullException < DeletionException < Exception
InternalException < DeletionException < Exception
InterruptedException < DeletionException < Exception
InvalidArgumentException < DeletionException < Exception
InvalidReassignException < InvalidArgumentException < DeletionException < Exception
LockException < DeletionException < Exception
LockWaitException < LockException < DeletionException < Exception
NotReadyException < ConnectionException < DeletionException < Exception
QueryException < DeletionException < Exception
ReadOnlyException < DeletionException < Exception
SchemaException < DeletionException < Exception
TooLargeException < DeletionException < Exception
TooLongException < DeletionException < Exception
UserNotFoundException < DeletionException < Exception
