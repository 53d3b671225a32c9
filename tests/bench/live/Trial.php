<?php
/**
 * One run: the site idle, then with a deletion next to it.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use RuntimeException;

/** One steady load all the time; only what else happens changes. */
final class Trial {

	/** Samples of the idle site; how far they differ says what a difference means. */
	private const IDLE_SAMPLES = 3;

	/** Share of one core that the load is to take: a site with visitors, but not at its limit. */
	private const UTILISATION = 0.35;

	/** A first load tells what a request costs: its rate, how long it warms up, and how long it is then watched. */
	private const FIRST_RATE    = 4;
	private const WARM_UP       = 6;
	private const FIRST_SECONDS = 8;

	/** No deletion takes so long. */
	private const MOST_SECONDS = 3600;

	/** @var Sample[] */
	public array $idle = array();

	/** While the deletion runs. */
	public Sample $busy;

	/** From its end to the end of the load. */
	public Sample $after;

	/** Requests per second. */
	public float $rate;

	/** How long the deletion took. */
	public float $seconds;

	/** @var array<string, array<string, float>> Share of one core by who used it, idle and busy. */
	public array $processor = array();

	/** @var array<string, scalar> Settings of the database server. */
	public array $settings;

	/** @var string[] Errors that the web server, PHP and WordPress logged. */
	public array $errors;

	public function __construct( public readonly Options $options, public readonly Database $database, public readonly Blog $blog ) {
	}

	/** Measures everything; throws when it is not worth anything. */
	public function run(): void {
		$folder  = Options::folder();
		$web     = new Web( $this->blog, "$folder/web", $this->options->extension );
		$visited = $this->blog->site->run( __DIR__ . '/scripts/open.php' ) + $this->blog->for_visitors();

		$this->rate = $this->options->rate ?? $this->affordable_rate( $web, $visited );
		self::say( sprintf( '%.1f requests a second, %d x %d s idle', $this->rate, self::IDLE_SAMPLES, $this->options->seconds ) );
		$load      = new Load( $folder, $web->port, $visited, $this->rate, self::MOST_SECONDS, 2 );
		$processor = $this->processor_of( $web, $load );

		self::sleep_until( hrtime( true ) + 2 * 10 ** 9 );
		$marks  = array( hrtime( true ) );
		$before = $processor->seconds();
		for ( $i = 1; $i <= self::IDLE_SAMPLES; $i++ ) {
			self::sleep_until( $marks[0] + $i * $this->options->seconds * 10 ** 9 );
			$marks[] = hrtime( true );
		}
		$this->processor['idle'] = self::shares( $before, $processor->seconds(), end( $marks ) - $marks[0] );

		self::say( sprintf( 'deleting %s posts (%s)', number_format( $this->options->posts ), $this->options->mode ) );
		$before        = $processor->seconds();
		$begun         = hrtime( true );
		$deletion      = $this->delete();
		$this->seconds = ( $deletion['to'] - $deletion['from'] ) / 1e9;

		$this->processor['busy'] = self::shares( $before, $processor->seconds(), hrtime( true ) - $begun );
		self::sleep_until( $deletion['from'] + $this->options->seconds * 10 ** 9 );
		$end = hrtime( true );
		if ( ! $load->child->runs() ) {
			throw new RuntimeException( "The load ended too early, see $folder/load.log." );
		}
		$outcomes     = $load->stop();
		$this->errors = $web->errors();
		$web->stop();

		for ( $i = 0; $i < self::IDLE_SAMPLES; $i++ ) {
			$this->idle[] = Sample::between( $outcomes, $marks[ $i ], $marks[ $i + 1 ] );
		}
		$this->busy  = Sample::between( $outcomes, $deletion['from'], $deletion['to'] );
		$this->after = Sample::between( $outcomes, $deletion['to'], $end );

		self::say( 'looking whether everything is gone, and everything is there' );
		( new Proof( $this->blog ) )->check( $this->options->mode, $outcomes );
		$this->settings = $this->database->settings();
		$this->database->stop();
	}

	/** How many requests a second cost what the load is to take. */
	private function affordable_rate( Web $web, array $visited ): float {
		self::say( 'finding the rate' );
		$load      = new Load( Options::folder(), $web->port, $visited, self::FIRST_RATE, self::WARM_UP + self::FIRST_SECONDS + 1, 1 );
		$processor = $this->processor_of( $web, $load );
		self::sleep_until( hrtime( true ) + self::WARM_UP * 10 ** 9 );
		$before = $processor->seconds();
		self::sleep_until( hrtime( true ) + self::FIRST_SECONDS * 10 ** 9 );
		$used = array_diff_key( self::shares( $before, $processor->seconds(), self::FIRST_SECONDS * 10 ** 9 ), array( 'machine' => 0 ) );
		foreach ( $load->stop() as $outcome ) {
			if ( null !== $outcome['problem'] ) {
				throw new RuntimeException( "A request ({$outcome['kind']}) failed before anything was measured: {$outcome['problem']}." );
			}
		}
		return round( self::FIRST_RATE * self::UTILISATION / array_sum( $used ), 1 );
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

	private function processor_of( Web $web, Load $load ): Processor {
		return new Processor(
			array(
				'mariadb' => $this->database->pid(),
				'php-fpm' => $web->fpm->pid,
				'nginx'   => $web->nginx->pid,
				'load'    => $load->child->pid,
			)
		);
	}

	/** @return array<string, float> Share of one core by name. */
	private static function shares( array $before, array $after, int $nanoseconds ): array {
		return array_combine( array_keys( $after ), array_map( static fn( $then, $now ) => ( $now - $then ) / $nanoseconds * 1e9, $before, $after ) );
	}

	private static function sleep_until( int $time ): void {
		while ( hrtime( true ) < $time ) {
			usleep( max( 0, min( 100_000, intdiv( $time - hrtime( true ), 1000 ) ) ) );
		}
	}

	private static function say( string $what ): void {
		fwrite( STDERR, "bench-live: $what\n" );
	}
}
