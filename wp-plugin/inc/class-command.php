<?php
/**
 * The command line.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Deletes users natively.
 */
final class Command {

	/**
	 * Works on deletions that are due on this site, until none is left.
	 *
	 * ## OPTIONS
	 *
	 * [--once]
	 * : Stop after one.
	 *
	 * [--time-limit=<seconds>]
	 * : Stop when this much time has passed; what is not finished goes on later.
	 *
	 * ## EXAMPLES
	 *
	 *     wp wpf-delete work --time-limit=50
	 *
	 * @param string[]              $args    None.
	 * @param array<string, string> $options As above.
	 */
	public function work( $args, $options ): void {
		$finished = Runner::work(
			isset( $options['time-limit'] ) ? (float) $options['time-limit'] : null,
			isset( $options['once'] ) ? 1 : null
		);
		/* translators: %d: number of deletions. */
		\WP_CLI::success( sprintf( _n( '%d deletion finished.', '%d deletions finished.', $finished, 'wpf-delete' ), $finished ) );
	}
}
