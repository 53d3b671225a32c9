<?php
/**
 * A process that runs next to this one.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Support;

use RuntimeException;

/** Ended by stop(), or with this process, however that ends. */
final class Child {

	private const LIMIT_SECONDS = 20;

	public readonly int $pid;

	/** @var resource|null Null when it has ended. */
	private $process;

	/**
	 * @param string[] $command No shell is between.
	 * @param string   $log     File for what it prints.
	 */
	public function __construct( private array $command, private string $log ) {
		// The kernel ends it even when this process is killed.
		$command       = array_merge( array( 'setpriv', '--pdeathsig', 'TERM', '--' ), $command );
		$this->process = proc_open( $command, array( array( 'file', '/dev/null', 'r' ), array( 'file', $log, 'a' ), array( 'file', $log, 'a' ) ), $pipes );
		$this->pid     = proc_get_status( $this->process )['pid'];
		register_shutdown_function( array( $this, 'stop' ) );
	}

	public function runs(): bool {
		return null !== $this->process && proc_get_status( $this->process )['running'];
	}

	/** Waits until something is so; throws when the process ends first. */
	public function wait_until( callable $is_so ): void {
		$limit = microtime( true ) + self::LIMIT_SECONDS;
		while ( ! $is_so() ) {
			if ( ! $this->runs() || microtime( true ) > $limit ) {
				throw new RuntimeException( "{$this->command[0]} did not start:\n" . implode( '', array_slice( (array) @file( $this->log ), -10 ) ) );
			}
			usleep( 20000 );
		}
	}

	/** Asks it to end, and waits. */
	public function stop(): void {
		$limit = microtime( true ) + self::LIMIT_SECONDS;
		while ( $this->runs() ) {
			posix_kill( $this->pid, microtime( true ) > $limit ? SIGKILL : SIGTERM );
			usleep( 50000 );
		}
		$this->process = null;
	}
}
