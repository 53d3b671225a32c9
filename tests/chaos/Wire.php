<?php
/**
 * One connection that goes through the proxy.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

/** Two sockets, and the packets that pass between them, told apart: four bytes of header, the first three a length. */
final class Wire {

	public const TO_SERVER = 'to server';
	public const TO_CLIENT = 'to client';

	/** Whose it is: WordPress's (`wpdb`) or the extension's (`native`); each names itself when it logs in. */
	public ?string $side = null;

	/** What the server calls the connection. */
	public ?int $id = null;

	/** What has come and is not yet a whole packet, by direction. */
	private array $rest = array(
		self::TO_SERVER => '',
		self::TO_CLIENT => '',
	);

	/**
	 * @param resource $client
	 * @param resource $server
	 */
	public function __construct( public $client, public $server ) {}

	/**
	 * Reads what is there.
	 *
	 * @return string[]|null Whole packets; null when that end has hung up.
	 */
	public function read( string $direction ): ?array {
		$text = @fread( self::TO_SERVER === $direction ? $this->client : $this->server, 1 << 16 );
		if ( false === $text || '' === $text ) {
			return null;
		}
		$rest    = $this->rest[ $direction ] . $text;
		$packets = array();
		for ( $at = 0; strlen( $rest ) - $at >= 4; $at += $length ) {
			$length = 4 + unpack( 'V', substr( $rest, $at, 3 ) . "\0" )[1];
			if ( strlen( $rest ) - $at < $length ) {
				break;
			}
			$packets[] = substr( $rest, $at, $length );
		}
		$this->rest[ $direction ] = substr( $rest, $at );
		array_map( fn( $packet ) => $this->meet( $direction, $packet ), $packets );
		return $packets;
	}

	/** Passes something on. */
	public function write( string $direction, string $bytes ): void {
		// Whoever has hung up is noticed when it is read from.
		@fwrite( self::TO_SERVER === $direction ? $this->server : $this->client, $bytes );
	}

	/** The number of an error that a packet tells, or null. */
	public static function error( string $packet ): ?int {
		return "\xff" === substr( $packet, 4, 1 ) ? unpack( 'v', substr( $packet, 5, 2 ) )[1] : null;
	}

	/** Learns who it is: from the server's greeting, and the client's answer. */
	private function meet( string $direction, string $packet ): void {
		if ( self::TO_CLIENT === $direction && null === $this->id ) {
			$this->id = unpack( 'V', substr( $packet, 1 + strpos( $packet, "\0", 5 ), 4 ) )[1];
		} elseif ( self::TO_SERVER === $direction && null === $this->side ) {
			$this->side = str_contains( $packet, 'mysqlnd' ) ? 'wpdb' : 'native';
		}
	}
}
