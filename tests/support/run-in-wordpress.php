<?php
/**
 * The child process of Site::run(): loads WordPress, includes one script, hands its value back.
 *
 * Everything comes in one serialized file, the only argument; the value goes to a file too, so that
 * whatever the script prints cannot damage it.
 *
 * @package WpfDelete
 */

$wpf_job = unserialize( file_get_contents( $argv[1] ), array( 'allowed_classes' => false ) );

if ( extension_loaded( 'wpf_delete' ) !== $wpf_job['extension'] ) {
	fwrite(
		STDERR,
		$wpf_job['extension']
			? "The extension wpf_delete is not loaded: is WPF_EXTENSION built for this PHP?\n"
			: "The extension wpf_delete is loaded by this machine's php.ini, but this run is one without it.\n"
	);
	exit( 1 );
}

foreach ( $wpf_job['constants'] as $wpf_name => $wpf_value ) {
	define( $wpf_name, $wpf_value );
}

// What WordPress reads of a request; multisite finds its site by it.
$_SERVER['HTTP_HOST']       = 'example.test';
$_SERVER['SERVER_NAME']     = 'example.test';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';

// Here and not in a function: WordPress's globals have to be global.
require $wpf_job['wordpress'] . '/wp-load.php';

wp_set_current_user( $wpf_job['user'] );

// A message in place of a page of HTML. A script's own handler comes later and wins.
add_filter(
	'wp_die_handler',
	static function () {
		return static function ( $message ) {
			fwrite( STDERR, 'wp_die(): ' . ( is_wp_error( $message ) ? $message->get_error_message() : $message ) . "\n" );
			exit( 1 );
		};
	},
	1
);

// Tells the parent that the script's turn has come.
unlink( $argv[1] );

// The script's variables stay its own: all it shares is $arguments.
// phpcs:ignore Generic.CodeAnalysis.UnusedFunctionParameter.Found -- the included script uses it.
$wpf_value = ( static function ( array $arguments ) {
	return include func_get_arg( 1 );
} )( $wpf_job['arguments'], $wpf_job['script'] );
file_put_contents( $wpf_job['result'], serialize( $wpf_value ) );
