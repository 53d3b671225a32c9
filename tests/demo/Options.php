<?php
/**
 * What the demo was asked for.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

use InvalidArgumentException;

/** The command line, checked. */
final class Options {

	private const SUITES = array( 'bookworm', 'trixie', 'sid' );

	private const HELP = <<<'TEXT'
	Deletes an author twice on twins of one WordPress site: through wp_delete_user(), and through this
	project's plugin after WP Fusion has loaded the tag REMOVE USER. Prints what each took, and every
	difference between what the two left behind.

	Usage: php tests/demo/demo.php [--posts=N] [--wp=SUITE] [--extension=PATH]

	  --posts=N         Published posts of the author, 1 to 100000. Default 1000. Core takes about
	                    40 seconds for a thousand.
	  --wp=SUITE        WordPress of that Debian suite: bookworm (6.1), trixie (6.8) or sid. Default sid.
	  --extension=PATH  The built extension. Default target/release/libwpf_delete.so.
	  --help            This.

	Needs a WordPress tree (tests/support/wordpress.sh SUITE) and the private database server
	(tests/support/stack.sh start), which nothing else may use meanwhile: it counts the statements.

	Examples:
	  php tests/demo/demo.php
	  php tests/demo/demo.php --posts=100
	  php tests/demo/demo.php --posts=5000 --wp=bookworm --extension=target/debug/libwpf_delete.so

	Exit status: 0 all is as documented, 1 a difference that is not or a failure, 2 wrong usage.

	TEXT;

	public readonly int $posts;
	public readonly string $suite;
	public readonly string $extension;
	public readonly bool $help;

	/**
	 * @param string[] $arguments Without the script's name.
	 * @throws InvalidArgumentException When they make no sense.
	 */
	public function __construct( array $arguments ) {
		$given = array();
		foreach ( $arguments as $argument ) {
			if ( ! preg_match( '/^--(posts|wp|extension)=(.+)$|^--(help)$/', $argument, $found ) ) {
				throw new InvalidArgumentException( "What is '$argument'? See --help." );
			}
			$given[ $found[3] ?? $found[1] ] = $found[2];
		}
		$given += array(
			'posts'     => '1000',
			'wp'        => 'sid',
			'extension' => dirname( __DIR__, 2 ) . '/target/release/libwpf_delete.so',
		);
		$posts  = filter_var( $given['posts'], FILTER_VALIDATE_INT, array( 'options' => array( 'min_range' => 1, 'max_range' => 100000 ) ) );
		if ( false === $posts ) {
			throw new InvalidArgumentException( "--posts is a number from 1 to 100000, not '{$given['posts']}'." );
		}
		if ( ! in_array( $given['wp'], self::SUITES, true ) ) {
			throw new InvalidArgumentException( '--wp is one of ' . implode( ', ', self::SUITES ) . ", not '{$given['wp']}'." );
		}
		$this->help      = isset( $given['help'] );
		$this->posts     = $posts;
		$this->suite     = $given['wp'];
		$this->extension = $given['extension'];
	}

	/** How to use it. */
	public static function help(): string {
		return self::HELP;
	}
}
