<?php
/**
 * A stand-in for WP-CLI that records. It ends a command as WP-CLI ends the process, by an exception.
 */

namespace {

	/** WP-CLI. */
	final class WP_CLI {

		/** @var array[] What was said, in order: how, and what. */
		public static array $said = array();

		/** @var array<string, mixed> Commands by name. */
		public static array $commands = array();

		/** What somebody at the keyboard answers. */
		public static bool $answer = true;

		public static function add_command( string $name, $callable ): void {
			self::$commands[ $name ] = is_array( $callable ) ? array( get_class( $callable[0] ), $callable[1] ) : $callable;
		}

		public static function success( string $message ): void {
			self::$said[] = array( 'success', $message );
		}

		public static function warning( string $message ): void {
			self::$said[] = array( 'warning', $message );
		}

		public static function line( string $message = '' ): void {
			self::$said[] = array( 'line', $message );
		}

		public static function error( string $message ): void {
			self::$said[] = array( 'error', $message );
			self::halt( 1 );
		}

		public static function halt( int $code ): void {
			throw new WP_CLI_Ended( '', $code );
		}

		public static function confirm( string $question, array $options = array() ): void {
			if ( empty( $options['yes'] ) ) {
				self::$said[] = array( 'confirm', $question );
				self::$answer || self::halt( 0 );
			}
		}
	}

	/** The end of the process. */
	final class WP_CLI_Ended extends Exception {
	}
}

namespace WP_CLI\Utils {

	function format_items( string $format, iterable $items, array $fields ): void {
		$rows = array();
		foreach ( $items as $item ) {
			// As WP-CLI does, and complains.
			foreach ( $fields as $field ) {
				array_key_exists( $field, $item ) || \WP_CLI::error( "Invalid field: $field." );
			}
			$rows[] = array_merge( array_flip( $fields ), array_intersect_key( $item, array_flip( $fields ) ) );
		}
		\WP_CLI::$said[] = array( $format, $rows );
	}

	function make_progress_bar( string $message, int $count ): object {
		return new class( $message, $count ) {

			/** @var int[] */
			private array $ticks = array();

			public function __construct( private string $message, private int $count ) {
			}

			public function tick( int $by = 1 ): void {
				$this->ticks[] = $by;
			}

			public function finish(): void {
				\WP_CLI::$said[] = array( 'bar', array( $this->message, $this->count, $this->ticks ) );
			}
		};
	}
}
