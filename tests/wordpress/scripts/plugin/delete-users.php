<?php
/**
 * Deletes users, in one process, and tells what listeners were told.
 *
 * Arguments: `calls`: lists of a function and its arguments. `only_extension`: what is wrong for the extension and not
 * for WordPress, which has connected before: properties of $wpdb. `native`: false switches native deletion off.
 * `transaction`: whether WordPress is inside an open transaction until the calls are done. `within`: calls made inside
 * delete_user, by user id. `veto`: ids of users who are left to core. `visits`: ids of users who are logged in and have
 * an application password. `without`: array( 'bookmark' ) where wp_delete_link() is not loaded.
 *
 * @return array{results: array, hooks: array[], failed: array[], seconds: float, secrets: string, types:
 *         array<int, array[]>, types_of_others: string[]} What the calls
 *         returned; each firing of the two hooks with its arguments; each failure's id, code and message; the time they
 *         took; everything in which a password could show; each answer about the types that go with a user; the last
 *         one about somebody else, while users were deleted.
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/user.php';
if ( ! in_array( 'bookmark', $arguments['without'] ?? array(), true ) ) {
	require_once ABSPATH . 'wp-admin/includes/bookmark.php';
}

// No transaction takes that long: batches are of 100, 200, 400 posts and so on, whatever the machine is busy with.
add_filter( 'wpf_delete_transaction_seconds', static fn() => 600.0 );

foreach ( $arguments['visits'] ?? array() as $id ) {
	WP_Session_Tokens::get_instance( $id )->create( time() + HOUR_IN_SECONDS );
	$made = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'phone' ) );
	if ( is_wp_error( $made ) ) {
		throw new RuntimeException( $made->get_error_message() );
	}
}
// A table of the test's that spares WordPress from its trigger.
if ( $wpdb->get_var( "SHOW TABLES LIKE 'spared'" ) ) {
	$wpdb->query( 'INSERT INTO spared VALUES ( CONNECTION_ID() )' );
}
foreach ( $arguments['only_extension'] ?? array() as $property => $value ) {
	$wpdb->$property = $value;
}
if ( ! ( $arguments['native'] ?? true ) ) {
	add_filter( 'wpf_delete_native', '__return_false' );
}
add_filter( 'wpf_delete_take_over', static fn ( $yes, $user ) => $yes && ! in_array( $user->ID, $arguments['veto'] ?? array(), true ), 10, 2 );

$hooks   = array();
$failed  = array();
$secrets = '';
$listen  = static function ( ...$given ) use ( &$hooks ) {
	$given[2] = get_class( $given[2] ) . ' ' . $given[2]->ID;
	$hooks[]  = array( current_action(), ...$given );
};
add_action( 'delete_user', $listen, 10, 3 );
add_action( 'deleted_user', $listen, 10, 3 );
add_action(
	'delete_user',
	static function ( $id ) use ( $arguments ) {
		foreach ( $arguments['within'][ $id ] ?? array() as $call ) {
			$function = array_shift( $call );
			$function( ...$call );
		}
	}
);
// Whether nothing or core comes of it.
$note = static function ( $id, $error ) use ( &$failed, &$secrets ) {
	$failed[] = array( $id, $error->get_error_code(), $error->get_error_message() );
	$trace    = array_filter( ( new Exception() )->getTrace(), static fn ( $call ) => str_starts_with( ( $call['class'] ?? '' ) . $call['function'], 'WpfDelete' ) );
	$trace    = array_column( $trace, 'args' );
	// Objects in it are WordPress's; what they hold was no argument.
	array_walk_recursive( $trace, static fn ( &$value ) => $value = is_object( $value ) ? get_class( $value ) : $value );
	$secrets .= print_r( $error, true ) . print_r( $trace, true );
};
add_action( 'wpf_delete_failed', $note, 10, 2 );
add_action( 'wpf_delete_left_to_core', $note, 10, 2 );

// After the plugin's own listener, which comes last: what is heard here is what core is left.
$types           = array();
$types_of_others = array();
$hear            = static function ( $given, $id ) use ( &$types ) {
	$types[ $id ][] = $given;
	return $given;
};
$ask             = static function () use ( &$types_of_others ) {
	$types_of_others = apply_filters( 'post_types_to_delete_with_user', array( 'post' ), 1 );
};
add_filter( 'post_types_to_delete_with_user', $hear, PHP_INT_MAX, 2 );
add_action( 'deleted_user_meta', $ask );

if ( $arguments['transaction'] ?? false ) {
	$wpdb->query( 'START TRANSACTION' );
}
$start   = hrtime( true );
$results = array();
foreach ( $arguments['calls'] as $call ) {
	$function  = array_shift( $call );
	$results[] = $function( ...$call );
}
$seconds = ( hrtime( true ) - $start ) / 1e9;
if ( $arguments['transaction'] ?? false ) {
	$wpdb->query( 'COMMIT' );
}
return compact( 'results', 'hooks', 'failed', 'seconds', 'secrets', 'types', 'types_of_others' );
