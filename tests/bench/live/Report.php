<?php
/**
 * What a run has to say.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** Prints figures and writes them to report.json. */
final class Report {

	private Sample $idle;

	/** @param Trial $trial After it has run. */
	public function __construct( private Trial $trial ) {
		$this->idle = Sample::of( ...$trial->idle );
	}

	/** Prints everything; false when the site has noticed. */
	public function print(): bool {
		$this->print_conditions();
		$this->print_table();
		$passed = $this->print_verdict();
		file_put_contents( Options::folder() . '/report.json', json_encode( $this->figures() + array( 'passed' => $passed ), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES ) . "\n" );
		return $passed;
	}

	private function print_conditions(): void {
		$trial = $this->trial;
		printf( "\nWordPress %s, PHP %s (%d workers), MariaDB %s, %s posts of which the author has %s\n", Blog::wordpress(), PHP_VERSION, Web::WORKERS, strtok( $trial->settings['version'], '-' ), number_format( $trial->blog->size() ), number_format( $trial->options->posts ) );
		$settings = array_diff_key( $trial->settings, array( 'version' => 0 ) );
		printf( "%s\n", implode( ', ', array_map( static fn( $name, $value ) => "$name=$value", array_keys( $settings ), $settings ) ) );
		printf( "%.1f requests a second at fixed times: 4 front pages, 3 single posts, 2 comments, 1 new post, over and over\n", $trial->rate );
		foreach ( $trial->processor as $when => $shares ) {
			printf( "%s: %s %% of one core\n", $when, implode( ', ', array_map( static fn( $name, $share ) => sprintf( '%s %.0f', $name, 100 * $share ), array_keys( $shares ), $shares ) ) );
		}
	}

	private function print_table(): void {
		$idle = $this->idle->figures();
		printf( "\n%-12s | %-32s | %-40s | %s\n", 'milliseconds', 'idle', 'while deleting', 'times' );
		printf( "%-12s | %5s %8s %8s %8s | %5s %7s %8s %8s %8s | %5s %5s %5s\n", '', 'count', 'p50', 'p99', 'worst', 'count', 'failed', 'p50', 'p99', 'worst', 'p50', 'p99', 'worst' );
		foreach ( $this->trial->busy->figures() as $kind => $busy ) {
			$was = $idle[ $kind ];
			printf(
				"%-12s | %5d %8s %8s %8s | %5d %7d %8s %8s %8s | %5s %5s %5s\n",
				$kind,
				$was['count'],
				...array_map( array( self::class, 'milliseconds' ), array( $was['p50'], $was['p99'], $was['worst'] ) ),
				...array( $busy['count'], $busy['failed'] ),
				...array_map( array( self::class, 'milliseconds' ), array( $busy['p50'], $busy['p99'], $busy['worst'] ) ),
				...array_map( array( self::class, 'times' ), array( $busy['p50'], $busy['p99'], $busy['worst'] ), array( $was['p50'], $was['p99'], $was['worst'] ) )
			);
		}
		printf( "\nidle p99 of each sample: %s ms\n", implode( ', ', array_map( static fn( $sample ) => self::milliseconds( $sample->percentile( 99 ) ), $this->trial->idle ) ) );
		if ( $this->trial->after->count() ) {
			printf( "after the deletion: %d requests, p50 %s, p99 %s, worst %s ms\n", $this->trial->after->count(), ...array_map( fn( $percent ) => self::milliseconds( $this->trial->after->percentile( $percent ) ), array( 50, 99, 100 ) ) );
		}
		foreach ( array_count_values( $this->problems() ) as $problem => $count ) {
			echo "FAILED: $problem ($count)\n";
		}
		foreach ( $this->trial->errors as $error ) {
			echo "LOGGED: $error\n";
		}
	}

	/** The closing line. */
	private function print_verdict(): bool {
		$trial  = $this->trial;
		$busy   = $trial->busy->percentile( 99 );
		$idle   = $this->idle->percentile( 99 );
		$failed = count( $this->problems() ) + count( $trial->errors );
		$passed = 0 === $failed && null !== $busy && $busy <= $trial->options->limit * $idle;
		printf(
			"bench-live: %s: p99 %s ms idle, %s ms while %s posts are deleted (%s) in %.1f s at pace %s: %s times, limit %s; %d failed\n",
			$passed ? 'passed' : 'NOT PASSED',
			self::milliseconds( $idle ),
			self::milliseconds( $busy ),
			number_format( $trial->options->posts ),
			$trial->options->mode,
			$trial->seconds,
			$trial->options->pace ?? 'default',
			self::times( $busy, $idle ),
			$trial->options->limit,
			$failed
		);
		return $passed;
	}

	private function figures(): array {
		$trial = $this->trial;
		return array(
			'posts'        => $trial->options->posts,
			'mode'         => $trial->options->mode,
			'pace'         => $trial->options->pace,
			'limit'        => $trial->options->limit,
			'wordpress'    => Blog::wordpress(),
			'php'          => PHP_VERSION,
			'workers'      => Web::WORKERS,
			'settings'     => $trial->settings,
			'rate'         => $trial->rate,
			'processor'    => $trial->processor,
			'idle_samples' => array_map( static fn( $sample ) => $sample->figures(), $trial->idle ),
			'idle'         => $this->idle->figures(),
			'busy'         => $trial->busy->figures(),
			'after'        => $trial->after->figures(),
			'seconds'      => $trial->seconds,
			'ratio_p99'    => $trial->busy->count() ? $trial->busy->percentile( 99 ) / $this->idle->percentile( 99 ) : null,
			'problems'     => $this->problems(),
			'errors'       => $trial->errors,
		);
	}

	/** @return string[] What went wrong at any time. */
	private function problems(): array {
		return array_merge( $this->idle->problems, $this->trial->busy->problems, $this->trial->after->problems );
	}

	private static function milliseconds( ?float $milliseconds ): string {
		return null === $milliseconds ? '-' : sprintf( '%.1f', $milliseconds );
	}

	private static function times( ?float $busy, ?float $idle ): string {
		return null === $busy || null === $idle ? '-' : sprintf( '%.2f', $busy / $idle );
	}
}
