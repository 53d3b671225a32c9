<?php
/**
 * The database server of the live site.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use RuntimeException;
use WpfDelete\Tests\Support\Site;

/** A private MariaDB in a folder of its own, set like one that a site earns money with. */
final class Database {

	/** Every commit is on the disk before it is answered; all data fit into memory. */
	private const SETTINGS = array(
		'innodb_flush_log_at_trx_commit' => 1,
		'innodb_buffer_pool_size'        => 2 * 1024 ** 3,
		'innodb_log_file_size'           => 512 * 1024 ** 2,
	);

	/** What else decides how it behaves. */
	private const ALSO_SHOWN = array( 'version', 'innodb_flush_method', 'innodb_doublewrite', 'innodb_io_capacity', 'log_bin', 'tx_isolation' );

	private const LIMIT_SECONDS = 60;

	/**
	 * @param string $folder Of the server; Site finds it there.
	 */
	public function __construct( public readonly string $folder ) {
		putenv( "WPF_STACK=$folder" );
		register_shutdown_function( array( $this, 'stop' ) );
	}

	/** Starts it, on an earlier run's data or on none. */
	public function start(): void {
		$this->stack( 'start' );
		$server = Site::server();
		foreach ( self::SETTINGS as $name => $value ) {
			$server->query( "SET GLOBAL $name = $value" );
		}
		self::wait_until( static fn() => self::SETTINGS['innodb_buffer_pool_size'] === (int) $server->query( 'SELECT @@GLOBAL.innodb_buffer_pool_size' )->fetch_column() );
	}

	/** Stops it; it need not run. */
	public function stop(): void {
		$this->stack( 'stop' );
	}

	/** Stops it with nothing left for the next start to do. */
	public function finish(): void {
		Site::server()->query( 'SET GLOBAL innodb_fast_shutdown = 0' );
		$this->stop();
	}

	/** @return array<string, scalar> Settings as the server has them. */
	public function settings(): array {
		$names = array_merge( array_keys( self::SETTINGS ), self::ALSO_SHOWN );
		return array_combine( $names, Site::server()->query( 'SELECT @@GLOBAL.' . implode( ', @@GLOBAL.', $names ) )->fetch_row() );
	}

	/** The process id of the server. */
	public function pid(): int {
		return (int) file_get_contents( "$this->folder/mysqld.pid" );
	}

	private function stack( string $command ): void {
		// A session of its own: an interrupt from the terminal must not leave a server half started.
		$process = proc_open(
			array( 'setsid', dirname( __DIR__, 2 ) . '/support/stack.sh', $command, $this->folder ),
			array( array( 'file', '/dev/null', 'r' ), array( 'file', '/dev/null', 'w' ), STDERR ),
			$pipes
		);
		if ( 0 !== proc_close( $process ) ) {
			throw new RuntimeException( "The database server did not $command." );
		}
	}

	private static function wait_until( callable $is_so ): void {
		$limit = microtime( true ) + self::LIMIT_SECONDS;
		while ( ! $is_so() ) {
			if ( microtime( true ) > $limit ) {
				throw new RuntimeException( 'The database server did not come to rest.' );
			}
			usleep( 50000 );
		}
	}
}
