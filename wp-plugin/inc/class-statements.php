<?php
/**
 * Statements that WordPress itself does not look after.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * WordPress does not look whether an option or a count has been written, and does not tell an answer that has not
 * come from one that is empty. What is a deletion's own to write is written once more when a statement has failed
 * meanwhile; and nothing is taken for gone, or for nobody's, because a question has failed.
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
			$failed = count( self::failed() );
			$work();
			if ( count( self::failed() ) === $failed ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Does something that may not be done twice, and in the middle of which anybody may have statements of their own.
	 *
	 * @param callable $work What.
	 * @return bool Whether the tables of content have taken everything.
	 */
	public static function once( callable $work ): bool {
		global $wpdb;
		$failed = count( self::failed() );
		$work();
		$tables = implode( '|', array_map( 'preg_quote', array( $wpdb->posts, $wpdb->postmeta, $wpdb->comments, $wpdb->commentmeta, $wpdb->term_relationships ) ) );
		return ! preg_grep( "/^\s*(INSERT INTO|UPDATE|DELETE FROM) `?($tables)\b/", array_column( array_slice( self::failed(), $failed ), 'query' ) );
	}

	/**
	 * Reads something, once more if a statement has failed.
	 *
	 * @param callable $work   Returns what it has read.
	 * @param mixed    $answer Gets it.
	 * @return bool Whether that is what the database has.
	 */
	public static function read( callable $work, &$answer ): bool {
		return self::twice(
			static function () use ( $work, &$answer ) {
				$answer = $work();
			}
		);
	}

	/**
	 * What is said when a question has failed.
	 */
	public static function unanswered(): WP_Error {
		return new WP_Error( 'wpf_delete_not_read', __( 'The database has not answered what has to be known of the user’s content.', 'wpf-delete' ) );
	}

	/**
	 * What is said when something could not be written.
	 */
	public static function unwritten(): WP_Error {
		return new WP_Error( 'wpf_delete_not_written', __( 'The database did not accept what has to be written for a deletion. Its disk may be full, or it may be read-only.', 'wpf-delete' ) );
	}

	/**
	 * Statements of WordPress's connection that have failed in this process.
	 *
	 * @return array<string, string>[] Each with its `query`.
	 */
	private static function failed(): array {
		return $GLOBALS['EZSQL_ERROR'] ?? array();
	}
}
