<?php
/**
 * One deletion on the live site.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** One steady load all the time; only what else happens changes. */
final class Round {

	/** Seconds until a load that has just begun is steady. */
	private const WARM_UP = 3;

	/** Before the deletion. */
	public readonly Sample $idle;

	/** While it ran. */
	public readonly Sample $busy;

	/** From its end to the end of the load. */
	public readonly Sample $after;

	/** The whole round. */
	public readonly Sample $all;

	/** How long the deletion took. */
	public readonly float $seconds;

	/** @var array<string, array<string, float>> Share of one core by who used it, idle and busy. */
	public readonly array $processor;

	/** @var array{waits: int, milliseconds: int} How often statements waited for others' locks while it ran, and how long in all. */
	public readonly array $locks;

	/**
	 * Measures; throws when the deletion did not do what it should.
	 *
	 * @param Options   $options   What was asked for.
	 * @param Blog      $blog      As it was seeded.
	 * @param Load      $load      Just begun; stopped.
	 * @param Processor $processor Watched.
	 */
	public function __construct( private Options $options, private Blog $blog, Load $load, Processor $processor ) {
		sleep( self::WARM_UP );
		$begun = hrtime( true );
		$processor->lap();
		sleep( $options->seconds );
		$idle = $processor->lap();

		Trial::say( sprintf( 'deleting %s posts (%s)', number_format( $options->posts ), $options->mode ) );
		$waited   = $this->lock_waits();
		$deletion = $this->delete();
		$busy     = $processor->lap();
		$waits    = $this->lock_waits();
		// The deletion was not watched like the others, for it has ended.
		$busy['deletion'] = $deletion['processor'];
		$busy['others']  -= $deletion['processor'];
		$this->processor  = compact( 'idle', 'busy' );
		$this->locks      = array(
			'waits'        => $waits['waits'] - $waited['waits'],
			'milliseconds' => $waits['milliseconds'] - $waited['milliseconds'],
		);
		$this->seconds    = ( $deletion['to'] - $deletion['from'] ) / 1e9;
		sleep( (int) max( 0, $options->seconds - $this->seconds ) );
		$end      = hrtime( true );
		$outcomes = $load->stop();

		$this->idle  = Sample::between( $outcomes, $begun, $begun + $options->seconds * 10 ** 9 );
		$this->busy  = Sample::between( $outcomes, $deletion['from'], $deletion['to'] );
		$this->after = Sample::between( $outcomes, $deletion['to'], $end );
		$this->all   = Sample::of_all( $outcomes );

		Trial::say( 'looking whether everything is gone, and everything is there' );
		( new Proof( $blog ) )->check( $options->mode, $outcomes );
	}

	/** @return array{waits: int, milliseconds: int} How often statements have ever waited for others' row locks, and how long in all. */
	private function lock_waits(): array {
		$status = array_column( $this->blog->site->database()->query( "SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_%'" )->fetch_all(), 1, 0 );
		return array(
			'waits'        => (int) $status['Innodb_row_lock_waits'],
			'milliseconds' => (int) $status['Innodb_row_lock_time'],
		);
	}

	/** @return array See scripts/delete.php. */
	private function delete(): array {
		$constants = array();
		if ( 'purge' === $this->options->mode ) {
			$constants['WPF_LIVE_PURGE'] = true;
		}
		if ( null !== $this->options->pace ) {
			$constants['WPF_LIVE_PACE'] = $this->options->pace;
		}
		return $this->blog->site->with( $constants )->run( __DIR__ . '/scripts/delete.php', array( 'author' => $this->blog->author ), array( 'extension' => true ) );
	}
}
