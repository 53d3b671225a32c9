<?php
/**
 * What a trial has to say.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use WpfDelete\Tests\Support\Web;

/** Prints figures and writes them to report.json. */
final class Report {

	/** Share of one core that somebody else may take from an idle site without a word about it. */
	private const DISTURBANCE = 0.1;

	/** All rounds together. */
	private Sample $idle;
	private Sample $busy;
	private Sample $after;

	/** @var string[] What went wrong at any time. */
	private array $problems;

	/** @param Trial $trial After it has run. */
	public function __construct( private Trial $trial ) {
		foreach ( array( 'idle', 'busy', 'after' ) as $when ) {
			$this->$when = Sample::joined( ...array_column( $trial->rounds, $when ) );
		}
		$this->problems = Sample::joined( ...array_column( $trial->rounds, 'all' ) )->problems;
	}

	/** Prints everything; false when the site has noticed. */
	public function print(): bool {
		$this->print_conditions();
		$this->print_table();
		$this->print_rounds();
		$this->print_problems();
		$passed = $this->print_verdict();
		file_put_contents( Options::folder() . '/report.json', json_encode( array( 'passed' => $passed ) + $this->figures(), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES ) . "\n" );
		return $passed;
	}

	private function print_conditions(): void {
		$trial = $this->trial;
		printf( "\nWordPress %s, PHP %s (%d workers), MariaDB %s; %s posts, of which the author has %s\n", Blog::wordpress(), PHP_VERSION, Web::WORKERS, strtok( $trial->settings['version'], '-' ), number_format( $trial->options->posts * Blog::EVERY ), number_format( $trial->options->posts ) );
		$settings = array_diff_key( $trial->settings, array( 'version' => 0 ) );
		printf( "%s\n", implode( ', ', array_map( static fn( $name, $value ) => "$name=$value", array_keys( $settings ), $settings ) ) );
		$visitors = Visitors::mix();
		printf( "%.1f requests a second at fixed times: %s, and again\n", $trial->rate, implode( ', ', array_map( static fn( $kind, $count ) => "$count x $kind", array_keys( $visitors ), $visitors ) ) );
	}

	private function print_table(): void {
		$idle = $this->idle->figures();
		printf( "\n%-12s | %-40s | %-40s | %s\n", 'milliseconds', 'idle', 'while deleting', 'times' );
		printf( "%-12s | %5s %7s %8s %8s %8s | %5s %7s %8s %8s %8s | %5s %5s %5s\n", '', ...array( 'count', 'failed', 'p50', 'p99', 'worst', 'count', 'failed', 'p50', 'p99', 'worst', 'p50', 'p99', 'worst' ) );
		foreach ( $this->busy->figures() as $kind => $busy ) {
			printf( "%-12s | %s | %s | %5s %5s %5s\n", $kind, self::cells( $idle[ $kind ] ), self::cells( $busy ), ...array_map( static fn( $which ) => self::times( $busy[ $which ], $idle[ $kind ][ $which ] ), array( 'p50', 'p99', 'worst' ) ) );
		}
		if ( $this->after->percentile( 100 ) ) {
			printf( "%-12s   %-40s | %s |\n", '', 'together, after the deletion', self::cells( $this->after->figures()[ Sample::TOGETHER ] ) );
		}
	}

	private function print_rounds(): void {
		echo "\n";
		foreach ( $this->trial->rounds as $i => $round ) {
			printf(
				"round %d: p99 %s ms idle, %s ms while deleting for %.1f s; %d waits for row locks, %.1f s in all\n",
				$i + 1,
				self::milliseconds( $round->idle->percentile( 99 ) ),
				self::milliseconds( $round->busy->percentile( 99 ) ),
				$round->seconds,
				$round->locks['waits'],
				$round->locks['milliseconds'] / 1000
			);
			foreach ( $round->processor as $when => $shares ) {
				printf( "         %% of one core, %s: %s\n", $when, implode( ', ', array_map( static fn( $name, $share ) => sprintf( '%s %.0f', $name, 100 * $share ), array_keys( $shares ), $shares ) ) );
			}
		}
	}

	private function print_problems(): void {
		$others = max( array_map( static fn( $round ) => $round->processor['idle']['others'], $this->trial->rounds ) );
		if ( $others > self::DISTURBANCE ) {
			printf( "NOTE: something else kept the machine busy (%.0f %% of one core): these figures are not worth much\n", 100 * $others );
		}
		foreach ( array_count_values( $this->problems ) as $problem => $count ) {
			echo "FAILED: $problem ($count)\n";
		}
		foreach ( $this->trial->errors as $error ) {
			echo "LOGGED: $error\n";
		}
	}

	/** The closing line. */
	private function print_verdict(): bool {
		$options = $this->trial->options;
		$ratio   = $this->ratio();
		$failed  = count( $this->problems ) + count( $this->trial->errors );
		$passed  = 0 === $failed && null !== $ratio && $ratio <= $options->limit;
		printf(
			"\nbench-live: %s: while %s posts are deleted (%s, pace %s), the 99th percentile is %s times that of the idle site (%s ms), at most %s; failed: %d\n",
			$passed ? 'passed' : 'NOT PASSED',
			number_format( $options->posts ),
			$options->mode,
			$options->pace ?? 'by default',
			null === $ratio ? '-' : sprintf( '%.2f', $ratio ),
			self::milliseconds( $this->idle->percentile( 99 ) ),
			$options->limit,
			$failed
		);
		return $passed;
	}

	private function figures(): array {
		$trial = $this->trial;
		return array(
			'ratio_p99' => $this->ratio(),
			'limit'     => $trial->options->limit,
			'posts'     => $trial->options->posts,
			'mode'      => $trial->options->mode,
			'pace'      => $trial->options->pace,
			'wordpress' => Blog::wordpress(),
			'php'       => PHP_VERSION,
			'workers'   => Web::WORKERS,
			'settings'  => $trial->settings,
			'rate'      => $trial->rate,
			'visitors'  => Visitors::mix(),
			'idle'      => $this->idle->figures(),
			'busy'      => $this->busy->figures(),
			'after'     => $this->after->figures(),
			'rounds'    => array_map(
				static fn( $round ) => array(
					'seconds'   => $round->seconds,
					'locks'     => $round->locks,
					'processor' => $round->processor,
					'idle'      => $round->idle->figures(),
					'busy'      => $round->busy->figures(),
				),
				$trial->rounds
			),
			'problems'  => $this->problems,
			'errors'    => $trial->errors,
		);
	}

	/** The 99th percentile while deleting, as a multiple of the idle site's. */
	private function ratio(): ?float {
		$idle = $this->idle->percentile( 99 );
		$busy = $this->busy->percentile( 99 );
		return null === $idle || null === $busy ? null : $busy / $idle;
	}

	/** Figures of one kind of request. */
	private static function cells( array $figures ): string {
		return sprintf( '%5d %7d %8s %8s %8s', $figures['count'], $figures['failed'], ...array_map( array( self::class, 'milliseconds' ), array( $figures['p50'], $figures['p99'], $figures['worst'] ) ) );
	}

	private static function milliseconds( ?float $milliseconds ): string {
		return null === $milliseconds ? '-' : sprintf( '%.1f', $milliseconds );
	}

	private static function times( ?float $busy, ?float $idle ): string {
		return null === $busy || null === $idle ? '-' : sprintf( '%.2f', $busy / $idle );
	}
}
