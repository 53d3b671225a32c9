<?php
/**
 * One request and its answer.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** HTTP/1.0 on a socket of its own that never blocks: the answer ends where the server closes it. */
final class Exchange {

	/** @var resource|false */
	public readonly mixed $socket;

	private string $to_send;
	private string $answer = '';

	/**
	 * Begins to connect.
	 *
	 * @param int   $port    On 127.0.0.1.
	 * @param array $visit   See Visitors::request().
	 * @param int   $planned When it was to be sent, by hrtime().
	 */
	public function __construct( int $port, private array $visit, public readonly int $planned ) {
		$this->socket  = @stream_socket_client( "tcp://127.0.0.1:$port", $number, $message, 1, STREAM_CLIENT_CONNECT | STREAM_CLIENT_ASYNC_CONNECT );
		$this->to_send = $visit['request'];
		if ( $this->socket ) {
			stream_set_blocking( $this->socket, false );
		}
	}

	public function has_to_send(): bool {
		return '' !== $this->to_send;
	}

	/** Sends what the socket takes. */
	public function send(): void {
		$sent          = @fwrite( $this->socket, $this->to_send );
		$this->to_send = substr( $this->to_send, (int) $sent );
		if ( false === $sent ) {
			// Reading tells the end.
			$this->to_send = '';
		}
	}

	/** Reads what there is; true when that was all. */
	public function receive(): bool {
		$this->answer .= (string) @fread( $this->socket, 1 << 18 );
		return feof( $this->socket );
	}

	/**
	 * What has come of it.
	 *
	 * @param bool $in_time Whether it was waited for to the end.
	 * @return array{kind: string, planned: int, nanoseconds: int, problem: ?string, id: ?int} Times by hrtime(), the
	 *         length from when it was to be sent; what was written.
	 */
	public function outcome( bool $in_time ): array {
		$time = hrtime( true );
		if ( $this->socket ) {
			fclose( $this->socket );
		}
		$status  = preg_match( '~^HTTP/1\.\d (\d+)~', $this->answer, $found ) ? (int) $found[1] : 0;
		$matches = 1 === preg_match( $this->visit['pattern'], $this->answer, $written );
		return array(
			'kind'        => $this->visit['kind'],
			'planned'     => $this->planned,
			'nanoseconds' => $time - $this->planned,
			'problem'     => match ( true ) {
				! $in_time => 'timeout',
				0 === $status => 'no answer',
				$this->visit['status'] !== $status => "status $status",
				! $matches => 'unexpected content',
				default => null,
			},
			'id'          => isset( $written[1] ) ? (int) $written[1] : null,
		);
	}
}
