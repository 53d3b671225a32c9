<?php
/**
 * Deletions that are disturbed at random moments end as if nothing had happened.
 *
 * php tests/chaos/chaos.php --kills=N --from=SEED --wp=sid|trixie|bookworm [--jobs=N]
 *
 * To be called by apart.sh. WPF_EXTENSION names the extension. Each kill has a seed of its own: to see one again, --kills=1 and
 * --from= its seed.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/Lab.php';
require_once __DIR__ . '/Tally.php';

/** The command line, and the workers that share the seeds. */
final class Chaos {

	/** Kills between two lines about the progress. */
	private const EACH = 10;

	private function __construct( private string $suite, private int $kills, private int $from ) {}

	public static function main( array $arguments ): int {
		$options = getopt( '', array( 'kills:', 'from:', 'wp:', 'jobs:' ) );
		if ( count( $options ) !== count( $arguments ) - 1 || ! isset( $options['kills'], $options['from'], $options['wp'] ) ) {
			fwrite( STDERR, 'usage: see the top of ' . __FILE__ . "\n" );
			return 2;
		}
		Site::verify_extension( (string) getenv( 'WPF_EXTENSION' ) );
		return ( new self( $options['wp'], (int) $options['kills'], (int) $options['from'] ) )->run( max( 1, min( (int) ( $options['jobs'] ?? 2 ), (int) $options['kills'] ) ) );
	}

	private function run( int $jobs ): int {
		$workers = array();
		$pids    = array();
		for ( $job = 0; $job < $jobs; $job++ ) {
			$pair = stream_socket_pair( STREAM_PF_UNIX, STREAM_SOCK_STREAM, STREAM_IPPROTO_IP );
			$pid  = pcntl_fork();
			if ( 0 === $pid ) {
				fclose( $pair[0] );
				$this->work( $pair[1], $job, $jobs );
				exit( 0 );
			}
			fclose( $pair[1] );
			$workers[] = $pair[0];
			$pids[]    = $pid;
		}
		$end = static function ( int $signal ) use ( $pids ) {
			array_map( static fn ( $pid ) => posix_kill( $pid, SIGTERM ), $pids );
			array_map( static fn ( $pid ) => pcntl_waitpid( $pid, $status ), $pids );
			exit( 128 + $signal );
		};
		pcntl_async_signals( true );
		pcntl_signal( SIGTERM, $end );
		pcntl_signal( SIGINT, $end );
		$tally = $this->gather( $workers );
		foreach ( $pids as $pid ) {
			pcntl_waitpid( $pid, $status );
		}
		echo $tally;
		return $tally->is_well() ? 0 : 1;
	}

	/**
	 * Every so-manieth seed; a line of JSON for each goes to the parent.
	 *
	 * @param resource $parent
	 */
	private function work( $parent, int $job, int $jobs ): void {
		pcntl_async_signals( true );
		// What was begun is cleared away by shutdown functions.
		$end = static function () {
			exit( 1 );
		};
		pcntl_signal( SIGTERM, $end );
		pcntl_signal( SIGINT, SIG_IGN );
		$lab = new Lab( $this->suite );
		if ( 0 === $job && null !== $lab->server->unfillable ) {
			fwrite( $parent, json_encode( array( 'warning' => 'no disk can be filled here, so that "disk full" is left out: ' . $lab->server->unfillable ) ) . "\n" );
		}
		for ( $number = $job; $number < $this->kills; $number += $jobs ) {
			try {
				$report = $lab->trial( $this->from + $number )->report();
			} catch ( \Throwable $error ) {
				$report = Trial::failure( $this->from + $number, $error );
			}
			if ( false === @fwrite( $parent, json_encode( $report, JSON_INVALID_UTF8_SUBSTITUTE ) . "\n" ) ) {
				return;
			}
		}
	}

	/** @param resource[] $workers */
	private function gather( array $workers ): Tally {
		$tally = new Tally();
		$count = 0;
		$start = microtime( true );
		while ( $workers ) {
			$ready = $workers;
			$none  = null;
			if ( ! @stream_select( $ready, $none, $none, null ) ) {
				continue;
			}
			foreach ( $ready as $key => $worker ) {
				$line = fgets( $worker );
				if ( false === $line ) {
					unset( $workers[ $key ] );
					continue;
				}
				$report = json_decode( $line, true );
				if ( isset( $report['warning'] ) ) {
					echo "chaos: {$report['warning']}\n";
					continue;
				}
				$tally->add( $report );
				++$count;
				if ( '' !== $report['wrong'] ) {
					echo "WRONG: {$report['title']}\n{$report['wrong']}\n";
				}
				if ( 0 === $count % self::EACH ) {
					printf( "chaos: %d/%d after %d s, the last one %s\n", $count, $this->kills, microtime( true ) - $start, $report['title'] );
				}
			}
		}
		// A worker that has died has told less.
		for ( ; $count < $this->kills; $count++ ) {
			$tally->add( Trial::failure( 0, new \RuntimeException( 'A worker has ended early.' ) ) );
		}
		return $tally;
	}
}

exit( Chaos::main( $argv ) );
