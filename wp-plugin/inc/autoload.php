<?php
/**
 * Finds the plugin's classes when they are first used: most requests need few of them.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $class ) {
		// Names of one part: those below WpfDelete\Native are the extension's.
		if ( preg_match( '/^WpfDelete\\\\(\w+)$/', $class, $found ) ) {
			$file = __DIR__ . '/class-' . strtolower( preg_replace( '/(?<=[a-z])(?=[A-Z])/', '-', $found[1] ) ) . '.php';
			if ( is_file( $file ) ) {
				require_once $file;
			}
		}
	}
);
