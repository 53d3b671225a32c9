<?php
/**
 * Does WP-CLI find in a command's documentation what the command takes?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/Synopsis.php';

/**
 * It refuses options that are not there, and shows the rest as help. Nothing here needs WordPress.
 */
final class SynopsisTest extends TestCase {

	private const COMMANDS = array(
		'UserCommand' => array( 'plan', 'delete' ),
		'Command'     => array( 'list_', 'status', 'work', 'cancel', 'retry', 'approve', 'reject' ),
	);

	public static function commands(): iterable {
		foreach ( self::COMMANDS as $class => $methods ) {
			foreach ( $methods as $method ) {
				yield "$class::$method" => array( $class, $method );
			}
		}
	}

	/**
	 * @dataProvider commands
	 */
	public function test_a_synopsis_says_what_there_is( string $class, string $method ): void {
		$synopsis = Synopsis::of( $class, $method );
		self::assertNotContains( 'unknown', array_column( $synopsis->parts, 'type' ) );
		self::assertSame( $synopsis->used(), $synopsis->options() );
		self::assertSame( $synopsis->takes_arguments(), in_array( 'positional', array_column( $synopsis->parts, 'type' ), true ) );
		self::assertNotSame( '', $synopsis->short );
		self::assertMatchesRegularExpression( '/^    (.* )?wp wpf-delete ' . rtrim( $method, '_' ) . '\b/m', $synopsis->section( 'EXAMPLES' ) );
		foreach ( $synopsis->parts as $part ) {
			self::assertNotSame( '', $part['about'], $part['token'] );
		}
	}

	public function test_every_public_method_is_a_command_that_is_tested(): void {
		foreach ( self::COMMANDS as $class => $methods ) {
			self::assertSame( $methods, Synopsis::methods( $class ) );
		}
	}
}
