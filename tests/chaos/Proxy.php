<?php
/**
 * What stands between a process and its database, and says when something is to happen.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

require_once __DIR__ . '/Wire.php';

/**
 * Passes packets on, one after the other, and counts them from the moment when the deletion begins: the n-th packet of a
 * connection is the same one each time, whatever the machine is busy with. Before it is passed on a fault may step in.
 *
 * Nothing runs by itself: turn() has to be called again and again.
 */
final class Proxy {

	/** What the process says through $wpdb when its deletion begins, with its own number. */
	private const BEGINS = '/the deletion begins in process (\d+)/';

	public readonly int $port;

	/** The process whose deletion has begun. */
	public ?int $process = null;

	/** Packets since then, by side and direction. @var array<string, array<string, int>> */
	public array $packets = array();

	/** Numbers of errors that the server has told since then. @var int[] */
	public array $errors = array();

	/** @var resource */
	private $listener;

	/** @var array<int, Wire> */
	private array $wires = array();

	/** Clients that were cut off; the server does not know yet. @var resource[] */
	private array $lingering = array();

	/**
	 * @param string        $socket Where the server listens.
	 * @param callable|null $step_in Called for each packet that counts, with this, its wire, direction and the packet, as
	 *                              soon as it is counted. True when it has seen to the packet itself.
	 */
	public function __construct( private string $socket, private $step_in = null ) {
		// Packets are written one by one, and none is to wait for the one before it to be acknowledged.
		$context        = stream_context_create( array( 'socket' => array( 'tcp_nodelay' => true ) ) );
		$this->listener = stream_socket_server( 'tcp://127.0.0.1:0', $code, $message, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context );
		$this->port     = (int) substr( strrchr( stream_socket_get_name( $this->listener, false ), ':' ), 1 );
	}

	/** Passes on what is there, or waits for something, but not for long. */
	public function turn(): void {
		$ready = array( -1 => $this->listener );
		foreach ( $this->wires as $number => $wire ) {
			$ready[ 2 * $number ]     = $wire->client;
			$ready[ 2 * $number + 1 ] = $wire->server;
		}
		$none = null;
		// A signal interrupts it with a warning.
		if ( ! @stream_select( $ready, $none, $none, 0, 5000 ) ) {
			return;
		}
		foreach ( array_keys( $ready ) as $key ) {
			if ( -1 === $key ) {
				$this->accept();
			} elseif ( isset( $this->wires[ $key >> 1 ] ) ) {
				$this->pass_on( $key >> 1, $key & 1 ? Wire::TO_CLIENT : Wire::TO_SERVER );
			}
		}
	}

	/**
	 * Ends a connection.
	 *
	 * @param bool $lingers Whether the server goes on waiting for its client, until close().
	 */
	public function cut( Wire $wire, bool $lingers = false ): void {
		unset( $this->wires[ array_search( $wire, $this->wires, true ) ] );
		self::hang_up( $wire->client );
		if ( $lingers ) {
			$this->lingering[] = $wire->server;
		} else {
			self::hang_up( $wire->server );
		}
	}

	/** Whether a connection is still there. */
	public function has( Wire $wire ): bool {
		return in_array( $wire, $this->wires, true );
	}

	/** Ends what lingers. */
	public function let_go(): void {
		array_map( array( self::class, 'hang_up' ), $this->lingering );
		$this->lingering = array();
	}

	/** Ends everything. */
	public function close(): void {
		$this->let_go();
		array_map( array( $this, 'cut' ), $this->wires );
		self::hang_up( $this->listener );
	}

	/**
	 * Closing alone would not do: a server that is started meanwhile inherits what is open here.
	 *
	 * @param resource $stream
	 */
	private static function hang_up( $stream ): void {
		stream_socket_shutdown( $stream, STREAM_SHUT_RDWR );
		fclose( $stream );
	}

	private function accept(): void {
		$client = stream_socket_accept( $this->listener, 0 );
		$server = @stream_socket_client( "unix://$this->socket" );
		if ( ! $server ) {
			// As far as one can tell from outside, nobody listens.
			self::hang_up( $client );
			return;
		}
		foreach ( array( $client, $server ) as $stream ) {
			stream_set_read_buffer( $stream, 0 );
			stream_set_write_buffer( $stream, 0 );
		}
		$this->wires[] = new Wire( $client, $server );
	}

	private function pass_on( int $number, string $direction ): void {
		$wire    = $this->wires[ $number ];
		$packets = $wire->read( $direction );
		if ( null === $packets ) {
			$this->cut( $wire );
			return;
		}
		foreach ( $packets as $packet ) {
			if ( $this->has( $wire ) && ! $this->is_seen_to( $wire, $direction, $packet ) ) {
				$wire->write( $direction, $packet );
			}
		}
	}

	/** Counts a packet, and lets a fault step in. */
	private function is_seen_to( Wire $wire, string $direction, string $packet ): bool {
		if ( null === $this->process ) {
			if ( Wire::TO_SERVER === $direction && preg_match( self::BEGINS, $packet, $found ) ) {
				$this->process = (int) $found[1];
			}
			return false;
		}
		if ( null === $wire->side ) {
			return false;
		}
		$this->packets[ $wire->side ][ $direction ] = 1 + ( $this->packets[ $wire->side ][ $direction ] ?? 0 );
		if ( Wire::TO_CLIENT === $direction && null !== Wire::error( $packet ) ) {
			$this->errors[] = Wire::error( $packet );
		}
		return $this->step_in && ( $this->step_in )( $this, $wire, $direction, $packet );
	}
}
