--TEST--
Connection: the password stands in no dump, trace, message or phpinfo()
--INI--
zend.exception_ignore_args=0
zend.exception_string_param_max_len=1000000
--FILE--
<?php
require __DIR__ . '/site.inc';
database();

/**
 * Everything PHP can say about a value.
 */
function everything_about( mixed $value ): string {
	ob_start();
	var_dump( $value );
	print_r( $value );
	var_export( $value );
	debug_zval_dump( $value );
	echo json_encode( $value );
	echo thrown( static fn() => print( serialize( $value ) ) );
	if ( is_object( $value ) ) {
		print_r( (array) $value );
		print_r( get_mangled_object_vars( $value ) );
		foreach ( $value as $key => $property ) {
			echo $key, $property;
		}
		echo new ReflectionObject( $value );
	}
	if ( $value instanceof Throwable ) {
		print_r( $value->getTrace() );
		echo $value, $value->getTraceAsString();
	}
	return ob_get_clean();
}

/**
 * One frame more in the trace, with the connection among its arguments.
 */
function call( WpfDelete\Native\Connection $connection ): ?Throwable {
	try {
		wpf_delete_user( 99, OTHER, request( compact( 'connection' ) ) );
	} catch ( Throwable $error ) {
		return $error;
	}
	return null;
}

$wrong = 's3cret "of\' its own';
$said  = '';
foreach (
	array(
		'open'           => settings(),
		'wrong password' => settings( array( 'password' => $wrong ) ),
		'closed port'    => settings( array( 'password' => $wrong, 'host' => '127.0.0.1', 'port' => 1, 'socket' => null ) ),
		'bad setting'    => settings( array( 'password' => $wrong, 'charset' => "x'" ) ),
		'unknown key'    => settings( array( 'pasword' => $wrong ) ),
		'as a number'    => settings( array( 'password' => array( $wrong ) ) ),
		'with NUL'       => settings( array( 'password' => "$wrong\0" ) ),
	) as $what => $settings
) {
	$connection = new WpfDelete\Native\Connection( $settings );
	unset( $settings );
	$said .= everything_about( $connection );
	$error = call( $connection );
	echo "$what: ", get_class( $error ), "\n";
	$said .= everything_about( $error );
	// With the connection in it, as a frame's argument.
	var_dump( 1 === preg_match( '/Object\(WpfDelete.Native.Connection\)/', $error->getTraceAsString() ) );
	$said .= everything_about( $connection );
	$said .= everything_about( array( $connection, fn() => $connection ) );
}
ob_start();
phpinfo( INFO_GENERAL | INFO_CONFIGURATION | INFO_MODULES );
$said .= ob_get_clean();

var_dump( strlen( $said ) > 10000 );
foreach ( array( $wrong, getenv( 'WPF_DB_PASSWORD' ), 's3cret', "pass' word", "pass\\' word", addslashes( $wrong ), substr( json_encode( $wrong ), 1, -1 ) ) as $secret ) {
	var_dump( str_contains( $said, $secret ) );
}
--EXPECT--
open: WpfDelete\Native\UserNotFoundException
bool(true)
wrong password: WpfDelete\Native\ConnectionException
bool(true)
closed port: WpfDelete\Native\ConnectionException
bool(true)
bad setting: WpfDelete\Native\InvalidArgumentException
bool(true)
unknown key: WpfDelete\Native\InvalidArgumentException
bool(true)
as a number: WpfDelete\Native\InvalidArgumentException
bool(true)
with NUL: WpfDelete\Native\InvalidArgumentException
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
