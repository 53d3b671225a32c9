<?php
/**
 * One fault, at one moment.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use WpfDelete\Tests\Random\Dice;

require_once __DIR__ . '/Kind.php';
require_once __DIR__ . '/Proxy.php';
require_once __DIR__ . '/Server.php';
require_once dirname( __DIR__ ) . '/random/plan/Dice.php';

/**
 * The moment is a packet: the n-th of a connection in one direction. Most faults come when it is under way, after a pause
 * in which the server may have got anywhere with it; a cut comes in the middle of it.
 */
final class Fault {

	/** What a server says that has no room left, or died of it. */
	private const NO_ROOM = array( 1, 3, 1021, 1026, 1030, 1114, 1878 );

	private const INTERRUPTED = 1317;

	/** Longest pause between a packet and what happens, in microseconds. */
	private const PAUSE = 1500;

	/** Seconds after which there is room again, and the server notices that a client has gone, if the process goes on for so long. */
	private const LASTS = 2.0;

	/** The state of the job when it happened; null before there is one, or when nothing has happened. */
	public ?string $state = null;

	/** Whether it has happened, and had an effect. */
	public bool $has_hit = false;

	/** Which packet. */
	private int $moment;

	private string $direction;

	private int $seen = 0;

	/** When it has happened. */
	private ?float $since = null;

	/**
	 * Draws the moment.
	 *
	 * @param array<string, array<string, int>> $packets How many there are in an undisturbed run, by side and direction.
	 * @param string                            $jobs    The table of jobs.
	 */
	public function __construct( private Kind $kind, private Dice $dice, private Server $server, array $packets, private string $jobs ) {
		$is_cut          = in_array( $kind, array( Kind::CutWpdb, Kind::CutNative ), true );
		$this->direction = $is_cut ? $dice->pick( array( Wire::TO_SERVER, Wire::TO_CLIENT ) ) : Wire::TO_SERVER;
		$count           = 0;
		foreach ( $packets as $side => $numbers ) {
			$count += null === $kind->side() || $kind->side() === $side ? $numbers[ $this->direction ] : 0;
		}
		$this->moment = $dice->number( 1, max( 1, $count ) );
	}

	/** Is told of each packet that passes, see Proxy. */
	public function __invoke( Proxy $proxy, Wire $wire, string $direction, string $packet ): bool {
		if ( $this->is_still_trying() && Wire::TO_CLIENT === $direction && self::INTERRUPTED === Wire::error( $packet ) && $wire->side === $this->kind->side() ) {
			$this->has_hit = true;
		}
		$is_wanted = $this->direction === $direction && in_array( $this->kind->side(), array( null, $wire->side ), true );
		if ( ! $is_wanted || ++$this->seen < $this->moment || $this->seen > $this->moment && ! $this->is_still_trying() ) {
			return false;
		}
		$this->state = $this->server->query( "SELECT state FROM {$this->jobs} ORDER BY id DESC LIMIT 1" )[0] ?? null;
		$this->strike( $proxy, $wire, $packet );
		return true;
	}

	/** Is called again and again while the process goes on. */
	public function turn( Proxy $proxy ): void {
		if ( null !== $this->since && microtime( true ) - $this->since > self::LASTS ) {
			$this->server->free();
			$proxy->let_go();
		}
	}

	/** The process has ended: has everything work again. */
	public function is_over( Proxy $proxy ): void {
		if ( Kind::Disk === $this->kind ) {
			$this->server->free();
			$this->has_hit = null !== $this->since && ( array_intersect( self::NO_ROOM, $proxy->errors ) || ! $this->server->is_running() );
		}
		$proxy->close();
		$this->server->wait();
	}

	/** In words. */
	public function __toString(): string {
		return "{$this->kind->value} at packet {$this->moment} {$this->direction}, the job " . ( $this->state ?? 'not on record' ) . ( $this->has_hit ? '' : ', without effect' );
	}

	/** What only reads does not wait; then the next statement may. */
	private function is_still_trying(): bool {
		return in_array( $this->kind, array( Kind::QueryWpdb, Kind::QueryNative ), true ) && $this->seen >= $this->moment && ! $this->has_hit;
	}

	private function strike( Proxy $proxy, Wire $wire, string $packet ): void {
		$this->since = microtime( true );
		if ( in_array( $this->kind, array( Kind::CutWpdb, Kind::CutNative ), true ) ) {
			$wire->write( $this->direction, substr( $packet, 0, $this->dice->number( 0, strlen( $packet ) - 1 ) ) );
			$proxy->cut( $wire, $this->dice->chance( 50 ) );
			$this->has_hit = true;
			return;
		}
		if ( Kind::Disk === $this->kind ) {
			$this->server->fill();
		}
		if ( $this->is_still_trying() ) {
			// A statement is over before anybody could kill it, unless it has to wait; as it has during a backup.
			$this->server->hold_up( fn () => $this->pass_on( $wire, $packet ), "KILL QUERY {$wire->id}" );
			return;
		}
		$this->pass_on( $wire, $packet );
		if ( in_array( $this->kind, array( Kind::Php, Kind::Both ), true ) ) {
			posix_kill( $proxy->process, SIGKILL );
		}
		if ( in_array( $this->kind, array( Kind::Server, Kind::Both ), true ) ) {
			$this->server->kill();
			$this->server->launch();
		}
		if ( in_array( $this->kind, array( Kind::KillWpdb, Kind::KillNative ), true ) ) {
			$this->server->query( "KILL {$wire->id}" );
		}
		$this->has_hit = Kind::Disk !== $this->kind;
	}

	/** Lets a packet go, and waits while the server is at it. */
	private function pass_on( Wire $wire, string $packet ): void {
		$wire->write( $this->direction, $packet );
		usleep( $this->dice->number( 0, self::PAUSE ) );
	}
}
