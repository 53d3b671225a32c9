--TEST--
The functions take three arguments, the last one an array
--FILE--
<?php
require __DIR__ . '/site.inc';
foreach ( array( 'wpf_delete_user', 'wpf_plan_user_deletion' ) as $function ) {
	foreach ( array( array(), array( 7 ), array( 7, null ), array( 7, null, request(), 1 ), array( 7, null, null ), array( 7, null, 'x' ), array( 7, null, new ArrayObject() ), array( 7, null, array() ) ) as $arguments ) {
		echo thrown( static fn() => $function( ...$arguments ) ), "\n";
	}
	$named = $function( request: request(), reassign: null, user_id: VICTIM );
	var_dump( is_array( $named ) );
}
--EXPECT--
ArgumentCountError: wpf_delete_user() expects exactly 3 arguments, 0 given
ArgumentCountError: wpf_delete_user() expects exactly 3 arguments, 1 given
ArgumentCountError: wpf_delete_user() expects exactly 3 arguments, 2 given
ArgumentCountError: wpf_delete_user() expects exactly 3 arguments, 4 given
TypeError: Invalid value given for argument `request`.
TypeError: Invalid value given for argument `request`.
TypeError: Invalid value given for argument `request`.
WpfDelete\Native\InvalidArgumentException: request.connection: is missing
bool(true)
ArgumentCountError: wpf_plan_user_deletion() expects exactly 3 arguments, 0 given
ArgumentCountError: wpf_plan_user_deletion() expects exactly 3 arguments, 1 given
ArgumentCountError: wpf_plan_user_deletion() expects exactly 3 arguments, 2 given
ArgumentCountError: wpf_plan_user_deletion() expects exactly 3 arguments, 4 given
TypeError: Invalid value given for argument `request`.
TypeError: Invalid value given for argument `request`.
TypeError: Invalid value given for argument `request`.
WpfDelete\Native\InvalidArgumentException: request.connection: is missing
bool(true)
