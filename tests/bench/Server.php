<?php
/**
 * The database server of the benchmark.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;
use WpfDelete\Tests\Support\Site;

/** A MariaDB of its own in target/bench/stack, set up as a production server would be. */
final class Server {

	private const GIB = 1024 ** 3;

	private const STACK = __DIR__ . '/../support/stack.sh';

	/** Durable commits, and a redo log that only the largest jobs fill, so that none waits for a checkpoint. */
	private const SETTINGS = array(
		'innodb-flush-log-at-trx-commit'      => '1',
		'innodb-log-file-size'                => '4G',
		// What is warm is decided by warm_up(), not by what the last server remembered.
		'innodb-buffer-pool-dump-at-shutdown' => 'OFF',
		'innodb-buffer-pool-load-at-startup'  => 'OFF',
	);

	/** As good as none: the server has some of its own to write all the time. */
	private const DIRTY_PAGES = 10;

	/** Its settings as it reports them itself. */
	private const REPORTED = array(
		'version',
		'innodb_flush_log_at_trx_commit',
		'sync_binlog',
		'log_bin',
		'innodb_buffer_pool_size',
		'innodb_log_file_size',
		'innodb_flush_method',
		'innodb_doublewrite',
		'innodb_io_capacity',
		'innodb_purge_threads',
		'innodb_adaptive_hash_index',
		'tx_isolation',
	);

	/**
	 * Nothing is started.
	 *
	 * @param string $folder Its own; the data is in FOLDER/data.
	 */
	public function __construct( private string $folder ) {
		Shell::run( array( 'mkdir', '--parents', '--', "$folder/tmp" ) );
		putenv( "WPF_STACK=$folder" );
	}

	/** Starts with nothing but the system's own tables. */
	public function start_empty(): void {
		$this->stop();
		Shell::run( array( 'rm', '--recursive', '--force', '--', "{$this->folder}/data" ) );
		// Nobody needs a seed that survives a power cut.
		$this->start( array( 'innodb-flush-log-at-trx-commit' => '0', 'innodb-buffer-pool-size' => (string) self::pool( 4 * self::GIB ) ) );
	}

	/**
	 * Starts with a fresh copy of a data folder.
	 *
	 * @param string                $data     The folder.
	 * @param array<string, string> $settings Of mariadbd, over those of every measurement.
	 */
	public function start_copy_of( string $data, array $settings = array() ): void {
		$this->stop();
		Shell::run( array( 'rm', '--recursive', '--force', '--', "{$this->folder}/data" ) );
		Shell::run( array( 'cp', '--archive', '--reflink=auto', '--', $data, "{$this->folder}/data" ) );
		// Otherwise the kernel would write it back while something else is measured.
		Shell::run( array( 'sync', '--file-system', '--', "{$this->folder}/data" ) );
		$size = (int) Shell::run( array( 'du', '--summarize', '--block-size=1', '--', $data ) );
		$this->start( $settings + array( 'innodb-buffer-pool-size' => (string) self::pool( 1.5 * $size ) ) );
	}

	/**
	 * Reads every index of every table of a database from one end to the other, the primary keys last: what fits
	 * into the buffer pool is in it then.
	 */
	public function warm_up( mysqli $database ): void {
		foreach ( array( 0, 1 ) as $primary ) {
			$indexes = $database->query( "SELECT DISTINCT TABLE_NAME, INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND (INDEX_NAME = 'PRIMARY') = $primary" );
			foreach ( $indexes->fetch_all() as list( $table, $index ) ) {
				$database->query( "SELECT COUNT(*) FROM `$table` FORCE INDEX (`$index`)" );
			}
		}
	}

	/** Stops it; the data stays. */
	public function stop(): void {
		Shell::run( array( self::STACK, 'stop', $this->folder ) );
	}

	/**
	 * Stops it when nothing is left to do for the next start, and hands over its data.
	 *
	 * @param string $data Folder to move the data to.
	 */
	public function stop_and_move( string $data ): void {
		$server = Site::server();
		$server->query( 'SET GLOBAL innodb_fast_shutdown = 0' );
		$server->query( 'SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0, innodb_max_dirty_pages_pct = 0' );
		$server->query( 'SET GLOBAL innodb_io_capacity_max = 20000, innodb_io_capacity = 20000' );
		// The server may take its time, but not the whole of it while it shuts down.
		do {
			usleep( 100_000 );
			$status = $server->query( "SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_history_list_length', 'Innodb_buffer_pool_pages_dirty')" )->fetch_all();
			$status = array_column( $status, 1, 0 );
		} while ( $status['Innodb_history_list_length'] > 0 || $status['Innodb_buffer_pool_pages_dirty'] > self::DIRTY_PAGES );
		$this->stop();
		// A small redo log: it is copied with the rest.
		$this->start( array( 'innodb-log-file-size' => '16M' ) );
		Site::server()->query( 'SET GLOBAL innodb_fast_shutdown = 0' );
		$this->stop();
		Shell::run( array( 'mv', '--no-target-directory', '--', "{$this->folder}/data", $data ) );
	}

	/** The id of its process. */
	public function pid(): int {
		return (int) file_get_contents( "{$this->folder}/mysqld.pid" );
	}

	/** @return array<string, string> Settings of the running server that matter here, by name. */
	public static function settings(): array {
		$names = "'" . implode( "', '", self::REPORTED ) . "'";
		return array_column( Site::server()->query( "SHOW GLOBAL VARIABLES WHERE Variable_name IN ($names)" )->fetch_all(), 1, 0 );
	}

	/** @param array<string, string> $settings Over the usual ones. */
	private function start( array $settings ): void {
		$command = array( self::STACK, 'start', $this->folder, '--', "--tmpdir={$this->folder}/tmp" );
		foreach ( $settings + self::SETTINGS as $name => $value ) {
			$command[] = "--$name=$value";
		}
		Shell::run( $command );
	}

	/** A buffer pool that holds so much, as far as the machine has it to spare. */
	private static function pool( float $bytes ): int {
		$spare = 0.6 * Machine::memory();
		return self::GIB * (int) max( 1, floor( min( max( 4 * self::GIB, $bytes ), $spare ) / self::GIB ) );
	}
}
