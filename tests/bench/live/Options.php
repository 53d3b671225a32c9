<?php
/**
 * What was asked for.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use InvalidArgumentException;

/** The command line, checked. */
final class Options {

	private const HELP = <<<'TEXT'
	Runs a blog of five times POSTS posts on a private nginx, php-fpm and MariaDB, sends it a steady load, and deletes
	the author of every fifth post meanwhile. Prints how long requests took before and during the deletion.

	Usage: php tests/bench/live/live.php [--posts=N] [--mode=MODE] [--rounds=N] [--seconds=N] [--pace=P] [--rate=R] [--limit=L] [--extension=PATH]

	  --posts=N         Posts of the author, 100 to 1000000. Default 50000. A blog is seeded once for each number.
	  --mode=MODE       purge (default): the posts are deleted for good; trash: they go to the trash.
	  --rounds=N        So many times, each time with the blog as it was seeded, 1 to 20. Default 2.
	  --seconds=N       How long the site is idle in each round, and is watched at least from the deletion's begin on, 5 to
	                    600. Default 30.
	  --pace=P          What the filter wpf_delete_pace returns, above 0 up to 1. Default: the plugin's own.
	  --rate=R          Requests per second. Default: as many as keep 35 % of one core busy.
	  --limit=L         How many times longer the 99th percentile may be during the deletion. Default 1.5.
	  --extension=PATH  The built extension. Default target/release/libwpf_delete.so.
	  --help            This.

	Exit status: 0 no request failed and the limit holds, 1 not so or a failure, 2 wrong usage.

	TEXT;

	public readonly int $posts;
	public readonly string $mode;
	public readonly int $rounds;
	public readonly int $seconds;
	public readonly ?float $pace;
	public readonly ?float $rate;
	public readonly float $limit;
	public readonly string $extension;
	public readonly bool $help;

	/**
	 * @param string[] $arguments Without the script's name. An empty value is none.
	 * @throws InvalidArgumentException When they make no sense.
	 */
	public function __construct( array $arguments ) {
		$given = array();
		foreach ( $arguments as $argument ) {
			if ( ! preg_match( '/^--(posts|mode|rounds|seconds|pace|rate|limit|extension)=(.*)$|^--(help)$/', $argument, $found ) ) {
				throw new InvalidArgumentException( "What is '$argument'? See --help." );
			}
			$given[ $found[3] ?? $found[1] ] = $found[2];
		}
		$this->help      = isset( $given['help'] );
		$given           = array_filter( $given, 'strlen' );
		$this->posts     = (int) self::number( $given, 'posts', 50000, 100, 1000000 );
		$this->rounds    = (int) self::number( $given, 'rounds', 2, 1, 20 );
		$this->seconds   = (int) self::number( $given, 'seconds', 30, 5, 600 );
		$this->pace      = self::number( $given, 'pace', null, 0.001, 1 );
		$this->rate      = self::number( $given, 'rate', null, 0.1, 1000 );
		$this->limit     = self::number( $given, 'limit', 1.5, 0.1, 1000 );
		$this->mode      = $given['mode'] ?? 'purge';
		$this->extension = $given['extension'] ?? dirname( __DIR__, 3 ) . '/target/release/libwpf_delete.so';
		if ( ! in_array( $this->mode, array( 'purge', 'trash' ), true ) ) {
			throw new InvalidArgumentException( "--mode is purge or trash, not '$this->mode'." );
		}
	}

	/** How to use it. */
	public static function help(): string {
		return self::HELP;
	}

	/** Where everything is kept that is made here. */
	public static function folder(): string {
		return dirname( __DIR__, 3 ) . '/target/bench-live';
	}

	/** A number within bounds. */
	private static function number( array $given, string $name, ?float $standard, float $least, float $most ): ?float {
		if ( ! isset( $given[ $name ] ) ) {
			return $standard;
		}
		$number = filter_var( $given[ $name ], FILTER_VALIDATE_FLOAT, array( 'options' => array( 'min_range' => $least, 'max_range' => $most ) ) );
		if ( false === $number ) {
			throw new InvalidArgumentException( "--$name is a number from $least to $most, not '{$given[ $name ]}'." );
		}
		return $number;
	}
}
