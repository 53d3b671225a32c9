--TEST--
user_id and reassign: positive integers, or strings that are exactly their digits
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post' );
$before = checksum();
$values = array( 0, -1, '0', '-1', '2.5', 2.5, 2.0, '12abc', '', ' 7', '7 ', '+7', '007', '0x7', '7e0', "7\0", 2 ** 63, '9223372036854775808', PHP_INT_MIN, INF, NAN, true, false, array(), array( 7 ), new stdClass() );
foreach ( array( 'wpf_delete_user', 'wpf_plan_user_deletion' ) as $function ) {
	foreach ( $values as $value ) {
		foreach ( array( 'user_id', 'reassign' ) as $name ) {
			$thrown = thrown( static fn() => 'user_id' === $name ? $function( $value, null, request() ) : $function( VICTIM, $value, request() ) );
			if ( ! str_starts_with( $thrown, "WpfDelete\\Native\\InvalidArgumentException: $name: must be a positive integer" ) ) {
				echo "$function, $name ", var_export( $value, true ), ": $thrown\n";
			}
		}
	}
	echo thrown( static fn() => $function( null, null, request() ) ), "\n";
	echo thrown( static fn() => $function( PHP_INT_MAX, null, request() ) ), "\n";
	echo thrown( static fn() => $function( (string) PHP_INT_MAX, null, request() ) ), "\n";
	echo thrown( static fn() => $function( VICTIM, PHP_INT_MAX, request() ) ), "\n";
	echo thrown( static fn() => $function( VICTIM, VICTIM, request() ) ), "\n";
	echo thrown( static fn() => $function( VICTIM, '7', request() ) ), "\n";
}
var_dump( checksum() === $before );
// A string of digits, also by reference.
$id       = (string) VICTIM;
$by_ref   = &$id;
$reassign = (string) OTHER;
var_dump( wpf_delete_user( $by_ref, $reassign, request() )['reassigned'], $id );
--EXPECT--
TypeError: Invalid value given for argument `user_id`.
WpfDelete\Native\UserNotFoundException: there is no user 9223372036854775807
WpfDelete\Native\UserNotFoundException: there is no user 9223372036854775807
WpfDelete\Native\InvalidReassignException: reassign: there is no user 9223372036854775807
WpfDelete\Native\InvalidReassignException: reassign: user 7 cannot inherit from itself
WpfDelete\Native\InvalidReassignException: reassign: user 7 cannot inherit from itself
TypeError: Invalid value given for argument `user_id`.
WpfDelete\Native\UserNotFoundException: there is no user 9223372036854775807
WpfDelete\Native\UserNotFoundException: there is no user 9223372036854775807
WpfDelete\Native\InvalidReassignException: reassign: there is no user 9223372036854775807
WpfDelete\Native\InvalidReassignException: reassign: user 7 cannot inherit from itself
WpfDelete\Native\InvalidReassignException: reassign: user 7 cannot inherit from itself
bool(true)
array(1) {
  ["post"]=>
  array(1) {
    [0]=>
    int(10)
  }
}
string(1) "7"
