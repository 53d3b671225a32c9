--TEST--
No code of PHP runs inside a call: objects that could are refused, unread
--FILE--
<?php
require __DIR__ . '/site.inc';

/**
 * Says so when anybody looks at it.
 */
final class Talkative implements ArrayAccess, IteratorAggregate, Countable {
	public function __construct( public mixed $used_for ) {}
	public function __toString(): string {
		echo "__toString\n";
		wpf_plan_user_deletion( VICTIM, null, request() );
		return '7';
	}
	public function __get( $name ): mixed {
		echo "__get\n";
		return null;
	}
	public function offsetExists( mixed $key ): bool {
		echo "offsetExists\n";
		return true;
	}
	public function offsetGet( mixed $key ): mixed {
		echo "offsetGet\n";
		return null;
	}
	public function offsetSet( mixed $key, mixed $value ): void {}
	public function offsetUnset( mixed $key ): void {}
	public function getIterator(): Iterator {
		echo "getIterator\n";
		return new ArrayIterator( array() );
	}
	public function count(): int {
		echo "count\n";
		return 1;
	}
}

set_error_handler( static fn( $number, $message ) => print( "error handler: $message\n" ) );
$talkative = new Talkative( 'nothing' );
foreach ( array_keys( request() ) as $key ) {
	echo substr( thrown( static fn() => wpf_delete_user( VICTIM, null, request( array( $key => $talkative ) ) ) ), 17 ), "\n";
}
foreach ( array( array( $talkative, null ), array( VICTIM, $talkative ) ) as list( $user, $heir ) ) {
	echo substr( thrown( static fn() => wpf_delete_user( $user, $heir, request() ) ), 17 ), "\n";
}
echo substr( thrown( static fn() => wpf_delete_user( VICTIM, null, request( array( 'proof' => array( 'key' => $talkative, 'value' => 'x' ) ) ) ) ), 17 ), "\n";
foreach ( array_keys( settings() ) as $key ) {
	$connection = new WpfDelete\Native\Connection( settings( array( $key => $talkative ) ) );
	echo substr( thrown( static fn() => wpf_delete_user( VICTIM, null, request( array( 'connection' => $connection ) ) ) ), 17 ), "\n";
}
--EXPECT--
InvalidArgumentException: request.connection: must be a WpfDelete\Native\Connection
InvalidArgumentException: request.tables: must be an array
InvalidArgumentException: request.part: must be 'content', 'terms', 'user', or one list of post ids under 'purge' or 'trash'
InvalidArgumentException: request.proof: must be an array
InvalidArgumentException: request.post_types: must be an array
InvalidArgumentException: request.taxonomies: must be an array
InvalidArgumentException: request.hidden_statuses: must be an array
InvalidArgumentException: request.time: must be an array
InvalidArgumentException: request.budget: must be an array
InvalidArgumentException: user_id: must be a positive integer or a string of its digits
InvalidArgumentException: reassign: must be a positive integer or a string of its digits
InvalidArgumentException: request.proof.key: must be a string
InvalidArgumentException: connection.host: must be a string
InvalidArgumentException: connection.socket: must be a string
InvalidArgumentException: connection.user: must be a string
InvalidArgumentException: connection.password: must be a string
InvalidArgumentException: connection.database: must be a string
InvalidArgumentException: connection.charset: must be a string
InvalidArgumentException: connection.collation: must be a string
InvalidArgumentException: connection.sql_mode: must be a string
