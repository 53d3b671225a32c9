<?php
/**
 * Everything that is measured.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use RuntimeException;
use WpfDelete\Tests\Support\Web;

/** The same blog several times, each time idle and then with a deletion. */
final class Trial {

	/** Share of one core that the load is to take: a site with visitors, but not at its limit. */
	private const UTILISATION = 0.35;

	/** A first load tells what a request costs: its rate, how long it warms up, and how long it is then watched. */
	private const FIRST_RATE    = 4;
	private const WARM_UP       = 6;
	private const FIRST_SECONDS = 8;

	/** Requests per second. */
	public float $rate;

	/** @var array<string, scalar> Settings of the database server. */
	public array $settings;

	/** @var Round[] */
	public array $rounds = array();

	/** @var string[] Errors that the web server, PHP and WordPress logged. */
	public array $errors;

	public function __construct( public readonly Options $options ) {
	}

	/** Measures; throws when the result is not worth anything. */
	public function run(): void {
		$folder = Options::folder();
		@mkdir( $folder, 0755, true );
		// Closed in children, who may outlive a run that is killed.
		$lock = fopen( "$folder/lock", 'ce' );
		if ( ! flock( $lock, LOCK_EX | LOCK_NB ) ) {
			throw new RuntimeException( 'Another run is under way.' );
		}
		$database       = new Database( "$folder/stack" );
		$blog           = Blog::of( $this->options->posts, $database );
		$this->settings = $database->settings();
		// The same for all rounds, so that its caches are warm.
		$web        = new Web( $blog->site, "$folder/web", $this->options->extension );
		$this->rate = $this->options->rate ?? self::affordable_rate( $blog, $web, $database );
		for ( $number = 1; $number <= $this->options->rounds; $number++ ) {
			self::say( sprintf( 'round %d of %d, %.1f requests a second', $number, $this->options->rounds, $this->rate ) );
			$blog = $number > 1 ? Blog::of( $this->options->posts, $database ) : $blog;
			$load = new Load( $blog, $web, $this->rate, $number );

			$this->rounds[] = new Round( $this->options, $blog, $load, self::processor( $database, $web, $load ) );
		}
		$this->errors = $web->errors();
		$web->stop();
		$database->stop();
	}

	/** Tells how far it is. */
	public static function say( string $what ): void {
		fwrite( STDERR, "bench-live: $what\n" );
	}

	/** How many requests a second cost what the load is to take. */
	private static function affordable_rate( Blog $blog, Web $web, Database $database ): float {
		self::say( 'finding the rate' );
		$load      = new Load( $blog, $web, self::FIRST_RATE, 0 );
		$processor = self::processor( $database, $web, $load );
		sleep( self::WARM_UP );
		$processor->lap();
		sleep( self::FIRST_SECONDS );
		$used     = $processor->lap();
		$problems = Sample::of_all( $load->stop() )->problems;
		if ( $problems ) {
			throw new RuntimeException( "Before anything was measured, a request failed: $problems[0]." );
		}
		unset( $used['others'] );
		return round( self::FIRST_RATE * self::UTILISATION / array_sum( $used ), 1 );
	}

	private static function processor( Database $database, Web $web, Load $load ): Processor {
		return new Processor(
			array(
				'mariadb' => $database->pid(),
				'php-fpm' => $web->fpm->pid,
				'nginx'   => $web->nginx->pid,
				'load'    => $load->child->pid,
			)
		);
	}
}
