<?php
/**
 * Where trials take place.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use WpfDelete\Tests\Random\Ground;

require_once __DIR__ . '/Trial.php';

/** A server of this process, and sites on it, installed when they are needed. Both are gone when the process ends. */
final class Lab {

	public readonly Server $server;

	/** @var array<string, Ground> By `network` or `single`. */
	private array $grounds = array();

	/** @param string $suite Debian suite of the WordPress. */
	public function __construct( private string $suite ) {
		$this->server = new Server( dirname( __DIR__, 2 ) . '/target/chaos/' . getmypid() );
		register_shutdown_function( array( $this, 'close' ) );
	}

	/** The process ends, wherever it was: the sites are about to be dropped, and need the server for that; then it goes, too. */
	public function close(): void {
		register_shutdown_function( array( $this->server, 'stop' ) );
		$this->server->free();
		$this->server->wait();
	}

	/**
	 * The trial of a seed.
	 *
	 * @param Kind|null     $kind   What is to happen; null for what the seed says.
	 * @param callable|null $meddle See Trial.
	 */
	public function trial( int $seed, ?Kind $kind = null, ?callable $meddle = null ): Trial {
		$kind ??= Plan::kind( $seed, $this->kinds() );
		$plan  = Plan::of( $seed, $kind );
		$where = $plan['network'] ? 'network' : 'single';
		$this->grounds[ $where ] ??= new Ground( $this->suite, $plan['network'], 'chaos_' . getmypid(), array( 'chaos' ) );
		return new Trial( $this->server, $this->grounds[ $where ], $plan, $kind, $meddle );
	}

	/** What can happen on this machine. @return Kind[] */
	private function kinds(): array {
		return array_values( array_filter( Kind::cases(), fn ( $kind ) => Kind::Disk !== $kind || null === $this->server->unfillable ) );
	}
}
