<?php
/**
 * Random sites: core and the engine delete the same user on each, and leave the same.
 *
 * php tests/random/parity.php --seeds=N --wp=sid|trixie|bookworm [--from=SEED] [--profile=clean|wild|both]
 *     [--mode='delete|erase|trash media|reassign'] [--network=yes|no] [--lane=bulk|replay] [--jobs=N] [--stop] [--no-shrink]
 * php tests/random/parity.php --seed=SEED --wp=… [--shrink] [--show]
 *
 * WPF_EXTENSION names the extension; without it the plugin goes through core, and nothing at all may differ.
 * A failing seed is shrunk to the smallest site that still fails, and printed. --stop ends at the first failure
 * without shrinking it.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/Contest.php';
require_once __DIR__ . '/Shrinker.php';

/** The command line, and the workers that share the seeds. */
final class Parity {

	/** @var array<string, Arena> By `network` or `single`. */
	private array $arenas = array();

	private function __construct( private array $options ) {}

	public static function main( array $arguments ): int {
		$options = getopt( '', array( 'seeds:', 'wp:', 'from:', 'profile:', 'mode:', 'network:', 'lane:', 'jobs:', 'seed:', 'shrink', 'show', 'stop', 'no-shrink' ) );
		$known   = count( $options ) === count( $arguments ) - 1;
		$forced  = array(
			'profile' => in_array( $options['profile'] ?? 'both', Generator::PROFILES, true ) ? $options['profile'] : null,
			'mode'    => $options['mode'] ?? null,
			'lane'    => isset( $options['lane'] ) ? array( 'bulk' => '' )[ $options['lane'] ] ?? $options['lane'] : null,
			'network' => isset( $options['network'] ) ? 'yes' === $options['network'] : null,
		);
		if ( ! $known || isset( $options['seed'] ) === isset( $options['seeds'] ) || isset( $forced['mode'] ) && ! in_array( $forced['mode'], Generator::MODES, true ) ) {
			fwrite( STDERR, 'usage: see the top of ' . __FILE__ . "\n" );
			return 2;
		}
		Site::server()->close();
		if ( Arena::has_extension() ) {
			Site::verify_extension( getenv( 'WPF_EXTENSION' ) );
		}
		$parity = new self( $options + array( 'wp' => 'sid', 'from' => 1, 'jobs' => 2, 'forced' => $forced ) );
		return isset( $options['seed'] ) ? $parity->one( (int) $options['seed'] ) : $parity->many( (int) $options['seeds'] );
	}

	/** One seed, in detail. */
	private function one( int $seed ): int {
		$plan = Generator::plan( $seed, $this->options['forced'] );
		if ( isset( $this->options['show'] ) ) {
			echo self::printed( $plan ), "\n";
		}
		$contest = $this->contest( $plan );
		echo self::title( $plan ), "\n";
		foreach ( $contest->notes as $rule => $names ) {
			echo "  $rule: ", implode( ', ', $names ), "\n";
		}
		echo implode( "\n", $contest->differences ), "\n";
		if ( $contest->differences && isset( $this->options['shrink'] ) ) {
			echo $this->shrunk( $plan, $contest->differences ), "\n";
		}
		return $contest->differences ? 1 : 0;
	}

	/** Seeds one after the other, in several processes. */
	private function many( int $count ): int {
		$jobs    = max( 1, min( (int) $this->options['jobs'], $count ) );
		$workers = array();
		for ( $job = 0; $job < $jobs; $job++ ) {
			$pair = stream_socket_pair( STREAM_PF_UNIX, STREAM_SOCK_STREAM, STREAM_IPPROTO_IP );
			if ( 0 === pcntl_fork() ) {
				fclose( $pair[0] );
				$this->work( $pair[1], $job, $jobs, $count );
				exit( 0 );
			}
			fclose( $pair[1] );
			$workers[] = $pair[0];
		}
		return $this->gather( $workers, $count );
	}

	/**
	 * Every so-manieth seed; a line of JSON for each goes to the parent.
	 *
	 * @param resource $parent
	 */
	private function work( $parent, int $job, int $jobs, int $count ): void {
		for ( $i = $job; $i < $count; $i += $jobs ) {
			$seed  = (int) $this->options['from'] + $i;
			$start = microtime( true );
			$plan  = Generator::plan( $seed, $this->options['forced'] );
			$line  = array( 'title' => self::title( $plan ), 'objects' => count( $plan['objects'] ), 'differences' => 0, 'text' => '' );
			try {
				$contest             = $this->contest( $plan );
				$line['differences'] = count( $contest->differences );
				$line['text']        = implode( "\n", array_slice( $contest->differences, 0, 10 ) );
				$line['notes']       = array_keys( $contest->notes );
				if ( $contest->differences && ! isset( $this->options['stop'] ) && ! isset( $this->options['no-shrink'] ) ) {
					$line['text'] .= "\n" . $this->shrunk( $plan, $contest->differences );
				}
			} catch ( \Throwable $error ) {
				$line['differences'] = 1;
				$line['text']        = get_class( $error ) . ': ' . $error->getMessage() . ' in ' . basename( $error->getFile() ) . ':' . $error->getLine();
			}
			$line['seconds'] = microtime( true ) - $start;
			if ( false === @fwrite( $parent, json_encode( $line, JSON_INVALID_UTF8_SUBSTITUTE ) . "\n" ) ) {
				return;
			}
		}
	}

	/** @param resource[] $workers */
	private function gather( array $workers, int $count ): int {
		$sites       = 0;
		$objects     = 0;
		$differences = 0;
		$rules       = array();
		while ( $workers ) {
			$ready  = $workers;
			$none   = null;
			stream_select( $ready, $none, $none, null );
			foreach ( $ready as $key => $worker ) {
				$text = fgets( $worker );
				if ( false === $text ) {
					unset( $workers[ $key ] );
					continue;
				}
				$line         = json_decode( $text, true );
				$sites       += 1;
				$objects     += $line['objects'];
				$differences += $line['differences'];
				$rules        = array_flip( $line['notes'] ?? array() ) + $rules;
				$this->tell( sprintf( '%d/%d  %s, %d objects, %.1f s', $sites, $count, $line['title'], $line['objects'], $line['seconds'] ), $line['differences'] > 0 );
				if ( $line['differences'] ) {
					echo "{$line['differences']} differences\n{$line['text']}\n";
				}
				if ( $line['differences'] && isset( $this->options['stop'] ) ) {
					$workers = array();
					break;
				}
			}
		}
		$this->tell( '', false );
		ksort( $rules );
		if ( $rules ) {
			echo 'Deviations seen: ', implode( ', ', array_keys( $rules ) ), ".\n";
		}
		while ( pcntl_wait( $status ) > 0 ) {
			$differences += 0 === $status || isset( $this->options['stop'] ) ? 0 : 1;
		}
		$short = $sites < $count && ! isset( $this->options['stop'] );
		echo "parity: $sites sites, $objects objects, $differences differences\n";
		return $differences || $short ? 1 : 0;
	}

	/** Progress, on one line of a terminal that is overwritten. */
	private function tell( string $text, bool $stays ): void {
		if ( $stays ) {
			echo stream_isatty( STDOUT ) ? "\r\e[K" : '', "$text\n";
		} elseif ( stream_isatty( STDOUT ) ) {
			echo "\r\e[K$text";
		} elseif ( preg_match( '#^(\d*0/|1/)#', $text ) ) {
			echo "$text\n";
		}
	}

	private function contest( array $plan, ?bool $allows = null ): Contest {
		$where = $plan['network'] ? 'network' : 'single';
		$this->arenas[ $where ] ??= new Arena( $this->options['wp'], $plan['network'] );
		return new Contest( $this->arenas[ $where ], $this->options['wp'], $plan, $allows );
	}

	/** The smallest plan in which the first of these differences is still there. */
	private function shrunk( array $plan, array $differences ): string {
		// Less of a clean plan need not be clean any more: what then deviates for a good reason is not the failure.
		$allows   = Arena::has_extension() && $this->contest( $plan, true )->differences ? true : null;
		$first    = self::place( $differences[0] );
		$fails    = function ( array $plan ) use ( $allows, $first ) {
			try {
				return in_array( $first, array_map( array( self::class, 'place' ), $this->contest( $plan, $allows )->differences ), true );
			} catch ( \RuntimeException $error ) {
				return false;
			}
		};
		$smallest = ( new Shrinker( $fails ) )->shrink( $plan );
		return 'Smallest site that fails (' . count( $smallest['objects'] ) . " objects):\n" . self::printed( $smallest ) . "\n" . implode( "\n", $this->contest( $smallest, $allows )->differences );
	}

	/** Table and column of a difference; which row it is may change. */
	private static function place( string $difference ): string {
		return preg_replace( '/ .* /', ' ', strtok( $difference, "\n" ) );
	}

	private static function title( array $plan ): string {
		return "seed {$plan['seed']}: {$plan['profile']}, {$plan['mode']}, " . ( $plan['network'] ? 'network, ' : '' ) . ( $plan['lane'] ? "{$plan['lane']} lane, " : '' ) . "{$plan['function']}()";
	}

	/** An object a line. */
	private static function printed( array $plan ): string {
		$flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR;
		$lines = array_map( static fn( $object ) => "\t\t" . json_encode( $object, $flags ), array_values( $plan['objects'] ) );
		$rest  = json_encode( array_diff_key( $plan, array( 'objects' => true ) ), $flags );
		return substr( $rest, 0, -1 ) . ",\n\t\"objects\": [\n" . implode( ",\n", $lines ) . "\n\t]}";
	}
}

exit( Parity::main( $argv ) );
