<?php
/**
 * A private Redis for one test.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Support;

use RuntimeException;

/**
 * Listens on a socket of its own, keeps nothing on disk, and ends with stop().
 */
final class Redis {

	private const LIMIT_SECONDS = 10;

	/** @var resource The server's process. */
	private $process;

	/** Folder of the socket and the log. */
	private string $folder;

	public function __construct() {
		$this->folder = sys_get_temp_dir() . '/wpf-redis-' . bin2hex( random_bytes( 4 ) );
		mkdir( $this->folder, 0700 );
		$command       = array( 'redis-server', '--port', '0', '--unixsocket', $this->socket(), '--save', '', '--appendonly', 'no', '--logfile', "$this->folder/log", '--dir', $this->folder );
		$this->process = proc_open( $command, array(), $pipes );
		$limit         = microtime( true ) + self::LIMIT_SECONDS;
		while ( ! file_exists( $this->socket() ) ) {
			if ( microtime( true ) > $limit || ! is_resource( $this->process ) || ! proc_get_status( $this->process )['running'] ) {
				throw new RuntimeException( 'Redis did not start: ' . @file_get_contents( "$this->folder/log" ) );
			}
			usleep( 20000 );
		}
	}

	/** Path of the socket. */
	public function socket(): string {
		return "$this->folder/redis.sock";
	}

	/** The client, for looking inside. */
	public function client(): \Redis {
		$client = new \Redis();
		$client->connect( $this->socket() );
		return $client;
	}

	public function stop(): void {
		proc_terminate( $this->process );
		while ( proc_get_status( $this->process )['running'] ) {
			usleep( 20000 );
		}
		proc_close( $this->process );
		array_map( 'unlink', glob( "$this->folder/*" ) );
		rmdir( $this->folder );
	}
}
