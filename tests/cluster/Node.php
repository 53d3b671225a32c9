<?php
/**
 * One server among several.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Cluster;

use mysqli;
use RuntimeException;

/** A server that replicas.sh or galera.sh has started, by its folder. */
final class Node {

	public function __construct( public readonly string $folder ) {
		if ( ! is_file( "$folder/socket" ) ) {
			throw new RuntimeException( "There is no server in $folder. Start it: tests/support/replicas.sh or galera.sh" );
		}
	}

	/** Its address, as DB_HOST has it. */
	public function host(): string {
		return 'localhost:' . $this->socket();
	}

	/** As root. */
	public function connect( string $database = '' ): mysqli {
		return new mysqli( 'localhost', 'root', '', $database, 0, $this->socket() );
	}

	/** @return array<string, string|null> The first row of an answer. */
	public function row( string $query ): array {
		return (array) $this->connect()->query( $query )->fetch_assoc();
	}

	/**
	 * How every table and row of a database differs from another node's: the first lines of that. Which number comes next
	 * is no matter of rows: each server sets some aside for itself.
	 */
	public function difference( self $other, string $database ): string {
		$command = array( 'diff', '--speed-large-files', '--ignore-matching-lines=^) ENGINE=InnoDB AUTO_INCREMENT=', $other->dump( $database ), $this->dump( $database ) );
		$process = proc_open( $command, array( 1 => array( 'pipe', 'w' ) ), $pipes );
		$lines   = (string) stream_get_contents( $pipes[1], 2000 );
		fclose( $pipes[1] );
		return 0 === proc_close( $process ) ? '' : $lines;
	}

	/** Every table with every row of a database, in the order of the primary keys, as a file. */
	public function dump( string $database ): string {
		$file    = tempnam( sys_get_temp_dir(), 'dump' );
		$command = array( 'mariadb-dump', '--no-defaults', '--socket=' . $this->socket(), '--user=root', '--order-by-primary', '--skip-comments', '--skip-extended-insert', '--single-transaction', '--hex-blob', "--result-file=$file", $database );
		$process = proc_open( $command, array(), $pipes );
		if ( 0 !== proc_close( $process ) ) {
			throw new RuntimeException( "mariadb-dump has failed on {$this->folder}" );
		}
		register_shutdown_function( static fn () => is_file( $file ) && unlink( $file ) );
		return $file;
	}

	public function pid(): int {
		return (int) file_get_contents( "{$this->folder}/mysqld.pid" );
	}

	private function socket(): string {
		return rtrim( file_get_contents( "{$this->folder}/socket" ) );
	}
}
