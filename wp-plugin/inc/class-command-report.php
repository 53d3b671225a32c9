<?php
/**
 * What the command line prints.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Plans for people and for programs, and a bar that grows with a deletion.
 */
final class CommandReport {

	/**
	 * The exit code when not all is done.
	 */
	private const NOT_ALL = 2;

	private const TYPES = array( 'user', 'type', 'action', 'posts', 'lane', 'cause' );

	/**
	 * Formats in which a value may be a list.
	 */
	private const NESTED = array( 'json', 'yaml' );

	/**
	 * Prints plans.
	 *
	 * @param Plan[] $plans  Plans.
	 * @param string $format `table`, `csv`, `json` or `yaml`.
	 */
	public static function plans( array $plans, string $format ): void {
		$plans = array_map( static fn ( $plan ) => $plan->to_array(), $plans );
		if ( in_array( $format, self::NESTED, true ) ) {
			\WP_CLI\Utils\format_items( $format, $plans, array( 'user', 'mode', 'reassign', 'may_go', 'native', 'types', 'rows', 'links', 'files', 'surprises', 'seconds', 'rate' ) );
			return;
		}
		$types = array();
		foreach ( $plans as $plan ) {
			foreach ( $plan['types'] as $type ) {
				$types[] = array( 'user' => $plan['user']['login'] ) + $type;
			}
		}
		\WP_CLI\Utils\format_items( $format, $types, self::TYPES );
		if ( 'table' === $format ) {
			array_map( array( self::class, 'words' ), $plans );
		}
	}

	/**
	 * Shows on a bar how far a deletion is, while it is done.
	 *
	 * @param Plan     $plan   Of that deletion.
	 * @param bool     $is_shown Whether anybody looks.
	 * @param callable $delete Does it.
	 * @return mixed What that returns.
	 */
	public static function with_bar( Plan $plan, bool $is_shown, callable $delete ) {
		if ( ! $is_shown || ! $plan->posts() ) {
			return $delete();
		}
		$total = $plan->posts();
		$user  = $plan->to_array()['user'];
		/* translators: %s: login of a user. */
		$bar   = \WP_CLI\Utils\make_progress_bar( sprintf( __( 'Deleting %s', 'wpf-delete' ), $user['login'] ), $total );
		$shown = 0;
		$grow  = static function ( Job $job ) use ( $bar, $total, $user, &$shown ) {
			// What goes along with the user's posts is counted, too.
			$done = min( $total, $job->posts() );
			if ( $job->number( 'user_id' ) === $user['id'] && $done > $shown ) {
				$bar->tick( $done - $shown );
				$shown = $done;
			}
		};
		add_action( 'wpf_delete_progress', $grow );
		try {
			return $delete();
		} finally {
			remove_action( 'wpf_delete_progress', $grow );
			$bar->finish();
		}
	}

	/**
	 * Ends a command.
	 *
	 * @param int    $missed With how many of the things that were named it could not be done.
	 * @param string $done   What is said when it was done with all.
	 */
	public static function end( int $missed, string $done = '' ): void {
		if ( $missed ) {
			\WP_CLI::halt( self::NOT_ALL );
		}
		if ( '' !== $done ) {
			\WP_CLI::success( $done );
		}
	}

	/**
	 * What a table of types does not tell.
	 *
	 * @param array $plan From Plan.
	 */
	private static function words( array $plan ): void {
		/* translators: 1: login of a user, 2: id. */
		$lines = array( sprintf( __( '%1$s (user %2$d):', 'wpf-delete' ), $plan['user']['login'], $plan['user']['id'] ) );
		if ( true !== $plan['may_go'] ) {
			$lines[] = $plan['may_go'];
		}
		if ( true !== $plan['native'] ) {
			$lines[] = $plan['native'];
		}
		foreach ( $plan['rows'] ?? array() as $table => $rows ) {
			if ( array_sum( $rows ) ) {
				/* translators: 1: name of a table, 2, 3 and 4: numbers of rows. */
				$lines[] = sprintf( __( '%1$s: %2$d rows deleted, %3$d changed, %4$d new', 'wpf-delete' ), $table, $rows['deleted'], $rows['updated'], $rows['inserted'] );
			}
		}
		if ( null === $plan['rows'] ) {
			/* translators: %d: number of links. */
			$lines[] = sprintf( __( 'links: %d', 'wpf-delete' ), $plan['links'] );
		}
		$files = $plan['files'];
		if ( $files['count'] || $files['kept'] || $files['more'] ) {
			/* translators: 1: number of files, 2: their size, 3: number of files that stay. */
			$words   = $files['more'] ? __( 'files: more than %1$d (%2$s); %3$d stay because others use them', 'wpf-delete' ) : __( 'files: %1$d (%2$s); %3$d stay because others use them', 'wpf-delete' );
			$lines[] = sprintf( $words, $files['count'], (string) size_format( $files['bytes'], 1 ), $files['kept'] );
		}
		$lines = array_merge( $lines, $plan['surprises'] );
		/* translators: 1: seconds, 2: posts per second. */
		$time    = $plan['rate']['measured'] ? __( 'about %1$s s (this site’s deletions do %2$s posts a second)', 'wpf-delete' ) : __( 'about %1$s s (if it does %2$s posts a second, which was not measured here)', 'wpf-delete' );
		$lines[] = sprintf( $time, number_format_i18n( $plan['seconds'], 1 ), number_format_i18n( $plan['rate']['posts_per_second'] ) );
		\WP_CLI::line( '' );
		\WP_CLI::line( array_shift( $lines ) );
		foreach ( $lines as $line ) {
			\WP_CLI::line( "  $line" );
		}
	}
}
