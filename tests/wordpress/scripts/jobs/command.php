<?php
/**
 * Calls `wp wpf-delete work` through its class, with a stand-in for WP-CLI that records.
 *
 * Arguments: `runs`: options of each.
 *
 * @return string[] What it said.
 */

/** WP-CLI. */
final class WP_CLI {

	/** @var string[] */
	public static array $said = array();

	public static function success( string $message ): void {
		self::$said[] = $message;
	}
}

foreach ( $arguments['runs'] as $options ) {
	( new WpfDelete\Command() )->work( array(), $options );
}
return WP_CLI::$said;
