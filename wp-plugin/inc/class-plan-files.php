<?php
/**
 * The files that go with a user's attachments.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Counts them without holding more than names and sizes of a limited number in memory; `more` says that there are others.
 * A file that an attachment has which stays, stays.
 */
final class PlanFiles {

	/**
	 * At most so many attachments are looked at, and for so many seconds: where uploads lie on a network, each look
	 * takes its time.
	 */
	private const ATTACHMENTS = 1000;
	private const SECONDS     = 3.0;

	/**
	 * Looks at the uploads.
	 *
	 * @param int  $user_id    Whose.
	 * @param bool $only_trash Only those go that lie in the trash.
	 * @return array{count: int, bytes: int, kept: int, more: bool}
	 */
	public static function of( int $user_id, bool $only_trash ): array {
		$until = hrtime( true ) / 1e9 + self::SECONDS;
		$found = array();
		$seen  = 0;
		$after = 0;
		do {
			$some  = Attachments::next_of( $user_id, $only_trash, $after );
			$ids   = $some ? $some->ids() : array();
			$more  = ! $some || ( $ids && ( $seen >= self::ATTACHMENTS || hrtime( true ) / 1e9 >= $until ) );
			$seen += count( $ids );
			$after = $ids ? max( $ids ) : $after;
			if ( $ids && ! $more ) {
				foreach ( $some->files() as $path => $files ) {
					$found[ $path ] = ( $found[ $path ] ?? array() ) + $files;
				}
			}
			Caches::forget( $ids );
		} while ( $ids && ! $more );

		$in_use = Attachments::files_in_use( array_map( 'strval', array_keys( $found ) ), self::staying( $user_id, $only_trash ) );
		$going  = array();
		$kept   = array();
		foreach ( $found as $path => $files ) {
			foreach ( $files as $file => $bytes ) {
				if ( in_array( wp_basename( $file ), $in_use[ $path ] ?? array(), true ) ) {
					$kept[ $file ] = true;
				} else {
					$going[ $file ] = $bytes;
				}
			}
		}
		return array(
			'count' => count( $going ),
			'bytes' => (int) array_sum( $going ),
			'kept'  => count( $kept ),
			'more'  => $more,
		);
	}

	/**
	 * The condition for attachments `p` that stay.
	 *
	 * @param int  $user_id    Whose go.
	 * @param bool $only_trash Only those that lie in the trash.
	 */
	private static function staying( int $user_id, bool $only_trash ): string {
		return "NOT (p.post_author = $user_id" . ( $only_trash ? " AND CAST(p.post_status AS BINARY) = 'trash')" : ')' );
	}
}
