--TEST--
Connection: final, not to be copied, serialized, extended or filled with properties
--FILE--
<?php
require __DIR__ . '/site.inc';
database();
$class = new ReflectionClass( 'WpfDelete\\Native\\Connection' );
var_dump( $class->isFinal(), $class->isCloneable(), $class->getProperties(), $class->getConstants(), $class->getParentClass() );
echo implode( ' ', array_column( $class->getMethods(), 'name' ) ), "\n";
$connection = new WpfDelete\Native\Connection( settings() );
echo thrown( static fn() => clone $connection ), "\n";
echo thrown( static fn() => serialize( $connection ) ), "\n";
echo thrown( static fn() => serialize( request() ) ), "\n";
echo thrown( static fn() => unserialize( 'O:27:"WpfDelete\\Native\\Connection":0:{}' ) ), "\n";
echo thrown( static fn() => unserialize( 'C:27:"WpfDelete\\Native\\Connection":0:{}' ) ), "\n";
echo thrown( static fn() => $class->newInstanceWithoutConstructor() ), "\n";
--EXPECT--
bool(true)
bool(true)
array(0) {
}
array(0) {
}
bool(false)
release __construct
Error: Trying to clone an uncloneable object of class WpfDelete\Native\Connection
Exception: Serialization of 'WpfDelete\Native\Connection' is not allowed
Exception: Serialization of 'WpfDelete\Native\Connection' is not allowed
Exception: Unserialization of 'WpfDelete\Native\Connection' is not allowed
Exception: Unserialization of 'WpfDelete\Native\Connection' is not allowed
ReflectionException: Class WpfDelete\Native\Connection is an internal class marked as final that cannot be instantiated without invoking its constructor
