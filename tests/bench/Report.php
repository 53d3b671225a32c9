<?php
/**
 * What came of it.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** Collects figures; medians, spread and ratios of them. */
final class Report {

	/** @var array<string, string> Of the server. */
	public array $settings = array();

	/** @var array<string, array> By job. */
	private array $jobs = array();

	public function __construct( private Options $options, private Snapshot $snapshot ) {
	}

	public function add( Job $job, array $figures ): void {
		$this->jobs[ $job->name ]['runs'][] = $figures[0];
	}

	public function add_transactions( Job $job, array $transactions ): void {
		$this->jobs[ $job->name ]['transactions'] = $transactions;
	}

	public static function brief( array $figures ): string {
		return implode( ', ', array_map( static fn( $one ) => sprintf( 'returned after %.2f s, quiet after %.2f s', $one['seconds'], $one['quiet'] ), $figures ) );
	}

	public function write( string $folder ): void {
		file_put_contents( "$folder/report.json", json_encode( array( 'jobs' => $this->jobs, 'settings' => $this->settings ), JSON_PRETTY_PRINT ) . "\n" );
	}

	public function print(): void {
		$line = "%-16s %16s %7s %16s %7s %7s %7s %7s %9s %9s %8s %7s %7s %6s %6s\n";
		printf( $line, '', 'return s', '/floor', 'quiet s', '/floor', 'cpu s', '/floor', 'php cpu', 'rows/s', 'stmts', 'redo MB', 'p99 ms', 'max ms', 'PHP MB', 'RSS MB' );
		foreach ( $this->jobs as $name => $job ) {
			$median = fn( $figure, $name ) => self::median( array_column( $this->jobs[ $name ]['runs'], $figure ) );
			$floor  = preg_replace( '/:.*/', ':floor', $name );
			$ratio  = fn( $figure ) => isset( $this->jobs[ $floor ] ) ? sprintf( '%.2f', $median( $figure, $name ) / $median( $figure, $floor ) ) : '';
			$spread = fn( $figure ) => sprintf( '%.2f (%.1f-%.1f)', $median( $figure, $name ), min( array_column( $job['runs'], $figure ) ), max( array_column( $job['runs'], $figure ) ) );
			printf(
				$line,
				$name,
				$spread( 'seconds' ),
				$ratio( 'seconds' ),
				$spread( 'quiet' ),
				$ratio( 'quiet' ),
				sprintf( '%.2f', $median( 'cpu', $name ) ),
				$ratio( 'cpu' ),
				sprintf( '%.2f', $median( 'client_cpu', $name ) ),
				number_format( $median( 'rows', $name ) / $median( 'seconds', $name ) ),
				number_format( $median( 'statements', $name ) ),
				sprintf( '%.1f', $median( 'redo', $name ) / 1e6 ),
				sprintf( '%.0f', 1000 * $job['transactions']['p99'] ),
				sprintf( '%.0f', 1000 * $job['transactions']['longest'] ),
				sprintf( '%.1f', $median( 'php', $name ) / 1e6 ),
				sprintf( '%.1f', $median( 'resident', $name ) / 1e6 )
			);
		}
	}

	private static function median( array $values ): float {
		sort( $values );
		$middle = intdiv( count( $values ), 2 );
		return count( $values ) % 2 ? $values[ $middle ] : ( $values[ $middle - 1 ] + $values[ $middle ] ) / 2;
	}
}
