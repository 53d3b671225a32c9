<?php
/**
 * One deletion that is disturbed once.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use RuntimeException;
use Throwable;
use WpfDelete\Tests\Random\Dice;
use WpfDelete\Tests\Random\Generator;
use WpfDelete\Tests\Random\Ground;
use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\WordPress\ParitySnapshot;

foreach ( array( 'Fault', 'OnPurpose', 'Plan', 'State' ) as $class ) {
	require_once __DIR__ . "/$class.php";
}
require_once dirname( __DIR__ ) . '/random/Ground.php';

/**
 * The same site twice: on the first the deletion is left in peace, on the second a fault comes, and then whatever comes on
 * a site: the person asks again if nothing was put on record, and runners come while there is anything on the calendar. Both
 * have to end the same.
 */
final class Trial {

	/** Of runners after a fault. */
	private const ROUNDS = 5;

	/** Messages that a process may raise whose database is taken away: about that, and not from the plugin's files. */
	private const EXPECTED = '#^\[[^]]*\] (WordPress database error|PHP Warning:  mysqli_)|^(?!.*/wpf-delete/)#s';

	private const ONCE = array(
		'delete_user'  => 1,
		'deleted_user' => 1,
	);

	/** Where the two end differently, in words. @var string[] */
	public array $differences = array();

	/** Whether the user is there in the end, and nobody is going to do anything about it. */
	public bool $is_lost = false;

	/** Why the deletion does not come to an end; null when it does. */
	public ?string $stuck = null;

	/** Whether another process had to finish the deletion. */
	public bool $was_taken_up = false;

	public readonly Fault $fault;

	/** What is different on purpose. @var string[] */
	public array $notes = array();

	private Site $site;

	private array $before;

	/** Arguments of scripts/delete.php. */
	private array $arguments;

	/**
	 * @param Server        $server  Where the ground is.
	 * @param Ground        $ground  With a copy named `chaos`.
	 * @param array         $plan    See Generator.
	 * @param Kind          $kind    What is to happen.
	 * @param callable|null $meddle  Called with the site after the fault, by those who want to see that it is noticed.
	 */
	public function __construct( private Server $server, private Ground $ground, private array $plan, private Kind $kind, ?callable $meddle = null ) {
		$dice            = new Dice( $plan['seed'] );
		$this->site      = $ground->with_plugin( 'chaos', $plan )->with( Ground::constants( $plan ) );
		$this->arguments = $this->arguments( $dice );
		$whole           = $this->in_peace();

		$this->fault = new Fault( $kind, $dice, $server, $whole['packets'], "wpf_{$this->site->name()}.wp_wpf_deletions" );
		$this->disturbed();
		$phase = $this->jobs()[0]['phase'] ?? '';
		if ( $meddle ) {
			$meddle( $this->site );
		}
		$this->finish();
		$this->compare( $whole['state'], new OnPurpose( $kind, $this->arguments['ask'], $this->log(), $phase ) );
	}

	/** For the tally and for whoever reads it. */
	public function report(): array {
		$plan  = $this->plan;
		$wrong = array_filter( array( $this->is_lost ? 'lost' : '', (string) $this->stuck, ...array_slice( $this->differences, 0, 10 ) ) );
		return array(
			'title'       => implode( ', ', array_filter( array( "SEED={$plan['seed']}: {$this->fault}", $plan['mode'], $this->arguments['ask'], $plan['network'] ? 'network' : '', $plan['lane'] ) ) ),
			'kind'        => $this->kind->value,
			'hit'         => $this->fault->has_hit,
			'interrupted' => $this->fault->has_hit && 'running' === $this->fault->state,
			'taken_up'    => $this->was_taken_up,
			'differences' => count( $this->differences ),
			'lost'        => $this->is_lost,
			'stuck'       => null !== $this->stuck,
			'notes'       => $this->notes,
			'wrong'       => implode( "\n", $wrong ),
		);
	}

	/** The same for a trial that did not come to its end. */
	public static function failure( int $seed, Throwable $error ): array {
		return array(
			'title'       => "SEED=$seed",
			'kind'        => 'none',
			'hit'         => false,
			'interrupted' => false,
			'taken_up'    => false,
			'differences' => 1,
			'lost'        => false,
			'stuck'       => false,
			'notes'       => array(),
			'wrong'       => get_class( $error ) . ': ' . $error->getMessage() . ' in ' . basename( $error->getFile() ) . ':' . $error->getLine(),
		);
	}

	private function arguments( Dice $dice ): array {
		$is_job = 'wp_delete_user' !== $this->plan['function'];
		$order  = array( 'source' => 'cli' );
		if ( 'reassign' === $this->plan['mode'] ) {
			$order['reassign'] = Generator::HEIR;
		} elseif ( $is_job && 'delete' === $this->plan['mode'] && $dice->chance( 25 ) ) {
			$order['mode'] = 'permanent';
		}
		return array(
			'user'    => Generator::VICTIM,
			'ask'     => $is_job ? 'job' : 'wp_delete_user',
			'order'   => $order,
			'listens' => 'replay' === $this->plan['lane'],
			'log'     => $this->site->path() . '/hooks',
		);
	}

	/** @return array{state: array, packets: array} What is left, and how many packets it took. */
	private function in_peace(): array {
		$this->begin();
		$proxy = new Proxy( $this->server->socket );
		$this->start( $proxy, array() )( array( $proxy, 'turn' ) );
		$proxy->close();
		if ( null === $proxy->process || $this->is_open() || self::ONCE !== $this->heard() ) {
			throw new RuntimeException( "In peace, too, the deletion does not come to its end: {$this->plan['seed']}." );
		}
		return array( 'state' => State::of( $this->site, $this->before ), 'packets' => $proxy->packets );
	}

	private function disturbed(): void {
		$this->begin();
		$proxy = new Proxy( $this->server->socket, $this->fault );
		try {
			$this->start( $proxy, array( 'may_die' => true, 'ignore' => self::EXPECTED ) )(
				function () use ( $proxy ) {
					$proxy->turn();
					$this->fault->turn( $proxy );
				}
			);
		} catch ( RuntimeException $error ) {
			$this->differences[] = "the process that is disturbed\n\t" . $error->getMessage();
		}
		$this->fault->is_over( $proxy );
		$this->site->reconnect();
	}

	/** @param array $whole What the other deletion has left. */
	private function compare( array $whole, OnPurpose $on_purpose ): void {
		$state    = State::of( $this->site, $this->before );
		$expected = $on_purpose->state( $this->before, $whole, $state );
		array_push( $this->differences, ...ParitySnapshot::differences( $this->before, $expected, $state ) );
		$heard = $this->heard();
		if ( $on_purpose->hooks( self::ONCE, $heard ) !== $heard ) {
			$this->differences[] = 'hooks ' . json_encode( $heard );
		}
		$this->notes   = $on_purpose->notes;
		$this->is_lost = $this->is_lost || isset( $state['users'][ Generator::VICTIM ] ) && ! isset( $whole['users'][ Generator::VICTIM ] );
	}

	/** What comes on a site anyway. */
	private function finish(): void {
		if ( ! $this->jobs( "state <> 'queued' OR phase <> ''" ) && 0 === $this->heard()['deleted_user'] && ! $this->is_accepted() ) {
			$this->run( $this->arguments );
		}
		$this->is_lost = ! $this->jobs() && 0 === $this->heard()['deleted_user'];
		for ( $round = 0; $this->is_open(); $round++ ) {
			$this->stuck = $this->why_stuck( $round );
			if ( null !== $this->stuck ) {
				return;
			}
			$this->was_taken_up = $this->was_taken_up || $this->jobs( 'is_open = 1' );
			$this->site->database()->query( 'UPDATE wp_wpf_deletions SET due = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE due IS NOT NULL' );
			$this->run( array( 'ask' => null ) + $this->arguments );
		}
	}

	private function why_stuck( int $round ): ?string {
		$jobs = $this->jobs( 'is_open = 1' );
		return match ( true ) {
			self::ROUNDS === $round => "Not finished after $round runners: " . json_encode( $jobs ),
			array() !== array_filter( $jobs, static fn ( $job ) => null === $job['due'] || ! in_array( $job['state'], array( 'queued', 'running' ), true ) ) => 'Parked: ' . json_encode( $jobs ),
			$jobs && ! $this->is_on_the_calendar() => 'There is a job, and nobody is going to come: ' . json_encode( $jobs ),
			default => null,
		};
	}

	/** A process that nobody disturbs, and that has to end without a message. */
	private function run( array $arguments ): void {
		try {
			$this->site->run( __DIR__ . '/scripts/delete.php', $arguments, $this->options() );
		} catch ( RuntimeException $error ) {
			$this->differences[] = "a process after that\n\t" . $error->getMessage();
		}
	}

	private function begin(): void {
		// The server may have been restarted since.
		$this->ground->reconnect();
		$this->site->reconnect();
		$this->ground->fill( $this->plan );
		if ( Kind::Disk === $this->kind ) {
			// Without room of earlier sites in them.
			$this->site->database()->query( 'ALTER TABLE wp_posts FORCE' );
			$this->site->database()->query( 'ALTER TABLE wp_postmeta FORCE' );
		}
		$this->before = State::of( $this->site );
		@unlink( $this->arguments['log'] );
	}

	/** The process that asks, its database behind the proxy. */
	private function start( Proxy $proxy, array $options ): callable {
		return $this->site->with( array( 'DB_HOST' => "127.0.0.1:{$proxy->port}" ) )->start( __DIR__ . '/scripts/delete.php', $this->arguments, $options + $this->options() );
	}

	private function options(): array {
		return array( 'time' => Ground::DELETED, 'user' => $this->plan['actor'] );
	}

	/** Whether there is anything left that somebody will come for. */
	private function is_open(): bool {
		return $this->jobs( 'is_open = 1' ) || $this->is_on_the_calendar();
	}

	private function is_on_the_calendar(): bool {
		return str_contains( $this->site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'cron'" )->fetch_row()[0], 'wpf_delete_' );
	}

	private function jobs( string $where = 'TRUE' ): array {
		return $this->site->database()->query( "SELECT id, state, phase, attempts, due, last_error FROM wp_wpf_deletions WHERE $where" )->fetch_all( MYSQLI_ASSOC );
	}

	/** @return array<string, int> How often each of the two hooks was heard. */
	private function heard(): array {
		return array_intersect_key( array_replace( array_fill_keys( array_keys( self::ONCE ), 0 ), array_count_values( $this->log() ) ), self::ONCE );
	}

	private function is_accepted(): bool {
		return in_array( 'accepted', $this->log(), true );
	}

	private function log(): array {
		return is_file( $this->arguments['log'] ) ? file( $this->arguments['log'], FILE_IGNORE_NEW_LINES ) : array();
	}
}
