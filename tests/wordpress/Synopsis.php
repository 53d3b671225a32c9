<?php
/**
 * What WP-CLI reads of a command.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

/**
 * A command's documentation as WP-CLI's DocParser and SynopsisParser take it, and beside it what the code looks at.
 */
final class Synopsis {

	/** @var array[] Parts in order: `token`, `type`, `name`, `about`. */
	public array $parts = array();

	/** The first line. */
	public string $short;

	/** The documentation without its stars. */
	private string $text;

	private function __construct( private string $code, private string $method, string $comment ) {
		$this->text  = trim( preg_replace( '/^[\t ]*(\/\*\*|\*\/|\* ?)/m', '', $comment ) );
		$this->short = strtok( $this->text, "\n" );
		// A line, and one after it that begins with a colon.
		preg_match_all( '/(.+?)[\r\n]+: (.*)/', $this->text, $matches, PREG_SET_ORDER );
		foreach ( $matches as list( , $token, $about ) ) {
			$this->parts[] = self::classify( $token ) + compact( 'token', 'about' );
		}
	}

	public static function of( string $class, string $method ): self {
		$code = self::code( $class );
		preg_match( '/(\/\*\*(?:(?!\*\/).)*\*\/)\s+public function ' . $method . '\(/s', $code, $found );
		return new self( $code, $method, $found[1] );
	}

	/** Public methods of a class, in order. */
	public static function methods( string $class ): array {
		preg_match_all( '/public (?:static )?function (\w+)\(/', self::code( $class ), $found );
		return $found[1];
	}

	/** Names of all options, sorted. */
	public function options(): array {
		$names = array_column( array_filter( $this->parts, static fn ( $part ) => 'positional' !== $part['type'] ), 'name' );
		sort( $names );
		return $names;
	}

	/** Names of the options that the code looks at, sorted. */
	public function used(): array {
		$names = array();
		foreach ( self::bodies( $this->code, $this->method ) as $body ) {
			preg_match_all( '/\$options\[\'([\w-]+)\'\]/', $body, $found );
			$names = array_merge( $names, $found[1] );
		}
		$names = array_unique( $names );
		sort( $names );
		return $names;
	}

	/** Whether the code looks at what is no option. */
	public function takes_arguments(): bool {
		return (bool) preg_match( '/\$args\b/', substr( self::body( $this->code, $this->method ), strpos( self::body( $this->code, $this->method ), '{' ) ) );
	}

	/** A section of the documentation. */
	public function section( string $title ): string {
		return preg_match( "/^## $title\\n\\n(.*?)(?=^## |^@|\\z)/ms", $this->text, $found ) ? $found[1] : '';
	}

	/** As SynopsisParser::classify_token(). */
	private static function classify( string $token ): array {
		$value = '[a-zA-Z-_|,0-9]+';
		$token = preg_match( '/^\[(.+)\]$/', $token, $found ) ? $found[1] : $token;
		$token = str_ends_with( $token, '...' ) ? substr( $token, 0, -3 ) : $token;
		if ( preg_match( "/^<($value)>$/", $token, $found ) ) {
			return array( 'type' => 'positional', 'name' => $found[1] );
		}
		if ( ! preg_match( '/^--(?:\[no-\])?([a-z-_0-9]+)/', $token, $found ) ) {
			return array( 'type' => 'unknown', 'name' => $token );
		}
		$rest = substr( $token, strlen( $found[0] ) );
		$rest = preg_match( '/^\[(.+)\]$/', $rest, $optional ) ? $optional[1] : $rest;
		$type = '' === $rest ? 'flag' : ( preg_match( "/^=<$value>$/", $rest ) ? 'assoc' : 'unknown' );
		return array( 'type' => $type, 'name' => $found[1] );
	}

	private static function code( string $class ): string {
		return file_get_contents( dirname( __DIR__, 2 ) . '/wp-plugin/inc/class-' . strtolower( preg_replace( '/(?<=[a-z])(?=[A-Z])/', '-', $class ) ) . '.php' );
	}

	/** A method from its name to the brace that ends it. */
	private static function body( string $code, string $method ): string {
		return preg_match( "/^\\tp\\w+ (?:static )?function $method\\(.*?^\\t}/ms", $code, $found ) ? $found[0] : '';
	}

	/** A method, and those of the class that it hands its options to. */
	private static function bodies( string $code, string $method ): array {
		$body   = self::body( $code, $method );
		$bodies = array( $body );
		preg_match_all( '/(?:\$this->|self::)(\w+)\( \$args, \$options/', $body, $calls );
		foreach ( $calls[1] as $callee ) {
			$bodies = array_merge( $bodies, self::bodies( $code, $callee ) );
		}
		return $bodies;
	}
}
