<?php
/**
 * Statements that WordPress itself does not look after.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * WordPress does not look whether an option or a count has been written. What is a deletion's own to write is
 * written once more when a statement has failed meanwhile.
 */
final class Statements {

	/**
	 * Does something that may be done twice: once, or twice if it has to be.
	 *
	 * @param callable $work What.
	 * @return bool Whether all its statements have succeeded in the end.
	 */
	public static function twice( callable $work ): bool {
		for ( $attempt = 1; $attempt <= 2; $attempt++ ) {
			$failed = self::failed();
			$work();
			if ( self::failed() === $failed ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * How many statements of WordPress's connection have failed in this process.
	 */
	private static function failed(): int {
		return count( $GLOBALS['EZSQL_ERROR'] ?? array() );
	}
}
