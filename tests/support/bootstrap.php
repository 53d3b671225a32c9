<?php
/**
 * PHPUnit's bootstrap: a database that answers, and an extension that is what the environment says.
 *
 * WPF_EXTENSION names the extension's .so; without it tests run on the plugin alone.
 * WPF_EXPECT_EXTENSION=1 refuses to run without it.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Support;

require_once __DIR__ . '/Site.php';

( static function () {
	$extension = (string) getenv( 'WPF_EXTENSION' );
	try {
		Site::server();
		if ( '' !== $extension ) {
			Site::verify_extension( $extension );
		} elseif ( '1' === getenv( 'WPF_EXPECT_EXTENSION' ) ) {
			throw new \RuntimeException( 'WPF_EXPECT_EXTENSION=1, but WPF_EXTENSION does not name the extension.' );
		}
	} catch ( \RuntimeException $error ) {
		fwrite( STDERR, $error->getMessage() . "\n" );
		exit( 1 );
	}
	fwrite( STDERR, '' === $extension ? "extension: off\n" : "extension: on ($extension)\n" );
} )();
