<?php
/**
 * What the benchmark was asked for.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use InvalidArgumentException;

/** The command line, checked. */
final class Options {

	private const SUITES = array( 'bookworm', 'trixie', 'sid' );

	private const HELP = <<<'TEXT'
	Measures the deletion of an author on one seeded site: by WordPress itself, by this project's engine,
	and by hand-written SQL, which is the floor for both. Every measurement starts from the same snapshot.

	Usage: php tests/bench/bench.php [--posts=N] [--runs=N] [--jobs=NAME,…] [--wp=SUITE] [--extension=PATH]

	  --posts=N         Published posts of the author, 10000 to 1000000; there are four times as many of
	                    others. Default 50000.
	  --runs=N          Measurements of each job, 1 to 20; the medians are printed. Default 3.
	  --jobs=NAME,…     Only these jobs, such as purge:floor,purge:bulk. Default all, see below.
	  --wp=SUITE        WordPress of that Debian suite: bookworm (6.1), trixie (6.8) or sid. Default sid.
	  --extension=PATH  The built extension. Default target/release/libwpf_delete.so.
	  --help            This.

	Jobs: %s.
	floor: set-based SQL in one transaction; batches: the same in short ones; bulk, replay, core-lane: the
	engine's lanes; core: wp_delete_user(). curve: smaller authors, for the picture. small: users with few posts
	or none.

	Everything is in target/bench: the snapshots, report.json, bench.svg and bench.png.

	Exit status: 0 measured, 1 a job did not do what it has to, or another failure, 2 wrong usage.

	TEXT;

	public readonly int $posts;
	public readonly int $runs;
	public readonly string $suite;
	public readonly string $extension;
	public readonly bool $help;

	/** @var string[] Names of jobs; empty for all. */
	public readonly array $jobs;

	/**
	 * @param string[] $arguments Without the script's name.
	 * @throws InvalidArgumentException When they make no sense.
	 */
	public function __construct( array $arguments ) {
		$given = array();
		foreach ( $arguments as $argument ) {
			if ( ! preg_match( '/^--(posts|runs|jobs|wp|extension)=(.*)$|^--(help)$/', $argument, $found ) ) {
				throw new InvalidArgumentException( "What is '$argument'? See --help." );
			}
			$given[ $found[3] ?? $found[1] ] = $found[2];
		}
		$given += array(
			'posts'     => '50000',
			'runs'      => '3',
			'jobs'      => '',
			'wp'        => 'sid',
			'extension' => dirname( __DIR__, 2 ) . '/target/release/libwpf_delete.so',
		);
		if ( ! in_array( $given['wp'], self::SUITES, true ) ) {
			throw new InvalidArgumentException( '--wp is one of ' . implode( ', ', self::SUITES ) . ", not '{$given['wp']}'." );
		}
		$this->help      = isset( $given['help'] );
		$this->posts     = self::number( 'posts', $given['posts'], 10000, 1000000 );
		$this->runs      = self::number( 'runs', $given['runs'], 1, 20 );
		$this->jobs      = preg_split( '/[\s,]+/', $given['jobs'], -1, PREG_SPLIT_NO_EMPTY );
		$this->suite     = $given['wp'];
		$this->extension = $given['extension'];
	}

	/** How to use it. */
	public static function help(): string {
		return sprintf( self::HELP, wordwrap( implode( ', ', Jobs::names() ), 90, "\n      " ) );
	}

	private static function number( string $name, string $given, int $least, int $most ): int {
		$number = filter_var( $given, FILTER_VALIDATE_INT, array( 'options' => array( 'min_range' => $least, 'max_range' => $most ) ) );
		if ( false === $number ) {
			throw new InvalidArgumentException( "--$name is a number from $least to $most, not '$given'." );
		}
		return $number;
	}
}
