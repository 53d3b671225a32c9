<?php
/**
 * Results for people.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** Prints tables on a terminal that is wide enough. */
final class Table {

	private const TIMES = array( 'seconds', 'quiet', 'cpu' );

	public function __construct( private Results $results ) {
	}

	/** Prints everything there is. */
	public function print(): void {
		$this->print_jobs();
		$this->print_curve();
		$this->print_small();
	}

	private function print_jobs(): void {
		$jobs = $this->results->of( array( 'purge', 'trash', 'reassign' ) );
		if ( ! $jobs ) {
			return;
		}
		$line = "%-18s %8s %18s %6s %7s %18s %6s %7s %8s %6s %7s %7s %9s %9s\n";
		echo "\nUntil the call returned, until the server was quiet, and CPU of the server: medians (least to most), as ratio to\nthe floor, and how many times core takes that long. Of core and the core lane only a sample was deleted, on which\ntheir ratios are based. Two connections are slower where a core waits longer for what the other one has written.\n\n";
		printf( $line, '', 'posts', 'return s', 'floor', 'core', 'quiet s', 'floor', 'core', 'CPU s', 'floor', 'core', 'client', 'posts/s', 'rows/s' );
		foreach ( $jobs as $name => $sizes ) {
			foreach ( $sizes as $size => $of ) {
				$cells = array( $name, number_format( $size ) );
				foreach ( self::TIMES as $figure ) {
					$cells[] = 'cpu' === $figure ? self::number( $of['median'][ $figure ] ) : self::spread( $of, $figure );
					$cells[] = isset( $of['to_floor'][ $figure ] ) ? sprintf( '%.2f', $of['to_floor'][ $figure ] ) : '';
					$cells[] = isset( $of['to_core'][ $figure ] ) ? sprintf( '%.1f', 1 / $of['to_core'][ $figure ] ) : '';
				}
				$cells[] = self::number( $of['median']['client_cpu'] );
				$cells[] = number_format( $of['per_second']['posts'] );
				$cells[] = number_format( $of['per_second']['rows'] );
				vprintf( $line, $cells );
			}
		}

		$line = "%-18s %16s %9s %10s %12s %9s %11s %7s %11s %16s %16s\n";
		echo "\n";
		printf( $line, '', 'statements/1,000', 'redo MB', 'redo kB/p.', 'transactions', '99th ms', 'longest ms', 'PHP MB', 'process MB', 'extrapolated s', 'core to core ns' );
		foreach ( $jobs as $name => $sizes ) {
			foreach ( $sizes as $of ) {
				$transactions = $of['transactions'] ?? null;
				printf(
					$line,
					$name,
					number_format( $of['per_thousand_posts']['statements'], 1 ),
					self::number( $of['median']['redo'] / 1e6 ),
					self::number( $of['per_thousand_posts']['redo'] / 1e6 ),
					$transactions ? number_format( $transactions['count'] ) : '',
					$transactions ? self::number( 1000 * $transactions['p99'] ) : '',
					$transactions ? self::number( 1000 * $transactions['longest'] ) : '',
					self::number( $of['median']['php'] / 1e6 ),
					self::number( $of['median']['resident'] / 1e6 ),
					isset( $of['extrapolated'] ) ? number_format( $of['extrapolated']['seconds'] ) : '',
					vsprintf( '%.0f (%.0f to %.0f)', array_map( static fn( $which ) => 1e9 * $of[ $which ]['core_to_core'], array( 'median', 'least', 'most' ) ) )
				);
			}
		}
	}

	private function print_curve(): void {
		if ( ! $this->results->of( array( 'curve' ) ) ) {
			return;
		}
		$line = "%-10s %14s %14s %14s\n";
		echo "\nSeconds until a purge returned, by number of posts.\n\n";
		$ways    = array( 'core', 'bulk', 'floor' );
		$seconds = array_combine( $ways, array_map( array( $this->results, 'purge_seconds' ), $ways ) );
		$sizes   = array_keys( array_replace( ...array_values( $seconds ) ) );
		sort( $sizes );
		printf( $line, 'posts', ...$ways );
		foreach ( $sizes as $size ) {
			printf( $line, number_format( $size ), ...array_map( static fn( $way ) => isset( $seconds[ $way ][ $size ] ) ? sprintf( '%.3f', $seconds[ $way ][ $size ] ) : '', $ways ) );
		}
	}

	private function print_small(): void {
		$jobs = $this->results->of( array( 'small' ) );
		if ( ! $jobs ) {
			return;
		}
		$line = "%-18s %8s %22s %12s %10s\n";
		printf( "\nUsers with %d metas, one after the other in one process: the one in the middle.\n\n", Authors::METAS );
		printf( $line, '', 'posts', 'milliseconds', 'statements', 'of core' );
		foreach ( $jobs as $name => $sizes ) {
			foreach ( $sizes as $size => $of ) {
				$spread = array_map( static fn( $which ) => 1000 * $of[ $which ]['seconds'], array( 'median', 'least', 'most' ) );
				printf( $line, $name, $size, vsprintf( '%.2f (%.2f to %.2f)', $spread ), number_format( $of['median']['statements'] ), isset( $of['to_core'] ) ? sprintf( '%.3f', $of['to_core']['seconds'] ) : '' );
			}
		}
	}

	private static function spread( array $of, string $figure ): string {
		return sprintf( '%s (%s to %s)', ...array_map( static fn( $which ) => self::number( $of[ $which ][ $figure ] ), array( 'median', 'least', 'most' ) ) );
	}

	/** Three digits that count. */
	private static function number( float $number ): string {
		return number_format( $number, $number < 10 ? 2 : ( $number < 100 ? 1 : 0 ) );
	}
}
