<?php
/**
 * A MariaDB of its own, to be killed.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use mysqli;
use mysqli_sql_exception;
use RuntimeException;
use WpfDelete\Tests\Support\Site;

require_once dirname( __DIR__ ) . '/support/Site.php';

/**
 * stack.sh starts it the first time, with commits that are durable; from then on it is started with the same command.
 * All its files are in a file system in memory, which is small enough to be filled. This process's sites are on it.
 */
final class Server {

	private const OPTIONS = array( '--innodb-flush-log-at-trx-commit=1', '--innodb-log-file-size=16M', '--innodb-buffer-pool-size=64M', '--innodb-autoextend-increment=1' );

	private const SIZE = '256m';

	/** Microseconds after which a lock has been taken, or is being waited for. */
	private const LOCKED = 2000;

	/** Seconds in which it has to answer. */
	private const LIMIT = 60;

	/** Why the disk cannot be filled on this machine; null when it can. */
	public readonly ?string $unfillable;

	public readonly string $socket;

	/** @var string[] */
	private array $command;

	private int $pid;

	/** @var resource|null The process, when it is this one's child. */
	private $child = null;

	private ?mysqli $control = null;

	/** @param string $folder For it alone. */
	public function __construct( private string $folder ) {
		self::execute( 'rm', '-rf', $folder );
		mkdir( $folder, 0755, true );
		$refusal          = self::attempt( 'mount', '-t', 'tmpfs', '-o', 'mode=755,size=' . self::SIZE, 'chaos', $folder );
		$this->unfillable = '' === $refusal ? null : $refusal;
		self::execute( self::stack(), 'start', $folder, '--', ...self::OPTIONS );
		putenv( "WPF_STACK=$folder" );
		$this->socket  = rtrim( file_get_contents( "$folder/socket" ) );
		$this->pid     = (int) file_get_contents( "$folder/mysqld.pid" );
		$this->command = explode( "\0", rtrim( file_get_contents( "/proc/{$this->pid}/cmdline" ), "\0" ) );
	}

	/** SIGKILL. */
	public function kill(): void {
		posix_kill( $this->pid, SIGKILL );
		$this->wait_for_its_end();
	}

	/** Starts it again, without waiting for it. */
	public function launch(): void {
		$log         = array( 'file', "{$this->folder}/error.log", 'a' );
		$this->child = proc_open( array( 'setsid', ...$this->command ), array( array( 'file', '/dev/null', 'r' ), $log, $log ), $pipes );
		$this->pid   = proc_get_status( $this->child )['pid'];
	}

	/** Has it answer, whatever it has died of. */
	public function wait(): void {
		if ( ! $this->is_running() ) {
			$this->wait_for_its_end();
			$this->launch();
		}
		for ( $deadline = microtime( true ) + self::LIMIT; microtime( true ) < $deadline; usleep( 20000 ) ) {
			try {
				// What it says to those who come too early is a warning, too.
				$this->control = @Site::server();
				return;
			} catch ( RuntimeException $error ) {
				if ( ! $this->is_running() ) {
					break;
				}
			}
		}
		throw new RuntimeException( "MariaDB does not come back, see {$this->folder}/error.log:\n" . implode( '', array_slice( file( "{$this->folder}/error.log" ), -20 ) ) );
	}

	/** Whether the process is there. */
	public function is_running(): bool {
		return false !== @readlink( "/proc/{$this->pid}/exe" );
	}

	/** A word from outside: KILL, or a look at a table. */
	public function query( string $statement ): ?array {
		$this->control ??= Site::server();
		try {
			$result = $this->control->query( $statement );
			return is_bool( $result ) ? null : $result->fetch_row();
		} catch ( mysqli_sql_exception $error ) {
			// A connection that has just ended, or a disk that is full.
			return null;
		}
	}

	/**
	 * Has everything that writes wait, commits too.
	 *
	 * @param callable $begin     What has to wait then.
	 * @param string   $statement What is said when it waits.
	 */
	public function hold_up( callable $begin, string $statement ): void {
		$lock = Site::server();
		$lock->query( 'FLUSH TABLES WITH READ LOCK', MYSQLI_ASYNC );
		usleep( self::LOCKED );
		$begin();
		usleep( self::LOCKED );
		$this->query( $statement );
		// It may not have come by the lock yet, where a transaction is open.
		$this->query( "KILL {$lock->thread_id}" );
	}

	/** Leaves not a byte on the disk. */
	public function fill(): void {
		// Block after block, then byte after byte.
		foreach ( array( '1M', '4k', '1' ) as $size ) {
			self::attempt( 'dd', 'if=/dev/zero', "of={$this->folder}/filling-$size", "bs=$size", 'count=' . ( '1M' === $size ? 4096 : 512 ), 'status=none' );
		}
	}

	/** Gives the room back. */
	public function free(): void {
		array_map( 'unlink', glob( "{$this->folder}/filling-*" ) );
	}

	/** Ends it, and takes its files along. */
	public function stop(): void {
		$this->control = null;
		posix_kill( $this->pid, SIGKILL );
		$this->wait_for_its_end();
		if ( null === $this->unfillable ) {
			// Its last files are closed a little later.
			self::execute( 'umount', '--lazy', $this->folder );
		}
		self::execute( 'rm', '-rf', $this->folder );
	}

	private function wait_for_its_end(): void {
		if ( $this->child ) {
			proc_close( $this->child );
			$this->child = null;
		}
		for ( $deadline = microtime( true ) + self::LIMIT; $this->is_running(); usleep( 1000 ) ) {
			if ( microtime( true ) > $deadline ) {
				throw new RuntimeException( "MariaDB, process {$this->pid}, does not end." );
			}
		}
	}

	private static function stack(): string {
		return dirname( __DIR__ ) . '/support/stack.sh';
	}

	private static function execute( string ...$command ): void {
		$refusal = self::attempt( ...$command );
		if ( '' !== $refusal ) {
			throw new RuntimeException( "$command[0]: $refusal" );
		}
	}

	/** Runs a command; returns what it says when it fails. */
	private static function attempt( string ...$command ): string {
		$output  = tmpfile();
		$process = proc_open( $command, array( array( 'file', '/dev/null', 'r' ), $output, $output ), $pipes );
		$status  = proc_close( $process );
		rewind( $output );
		return 0 === $status ? '' : trim( stream_get_contents( $output ) ) . " (status $status)";
	}
}
