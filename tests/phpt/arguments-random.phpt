--TEST--
Arguments: whatever they are, they are served or refused, and who is refused has changed nothing
--FILE--
<?php
require __DIR__ . '/site.inc';
require __DIR__ . '/random.inc';

$outcomes = any_calls( 1, 2000 );
foreach ( array( 'served', 'TypeError', 'WpfDelete\Native\InvalidArgumentException', 'WpfDelete\Native\ConnectionException' ) as $expected ) {
	echo $expected, ': ', isset( $outcomes[ $expected ] ) ? 'some' : 'none', "\n";
}
--EXPECT--
served: some
TypeError: some
WpfDelete\Native\InvalidArgumentException: some
WpfDelete\Native\ConnectionException: some
