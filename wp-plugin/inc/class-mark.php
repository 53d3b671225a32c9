<?php
/**
 * The mark that a user bears while a job is about them.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * A row in usermeta with the number of the job and the word by which it was claimed.
 *
 * It proves to the extension that both connections see the same database: written through $wpdb, it has
 * to be visible there. And it keeps the user from logging in, at no cost in queries, because WordPress
 * loads the metas of whoever visits. It says nothing else: where the job stands is in the job's own row.
 *
 * The sites of a network share usermeta, and who is to leave one of them may go on using the others:
 * the key of such a mark ends in the site's id, and locks nobody out.
 *
 * Written without WordPress's meta API, because its hooks tell the CRM about changes of metas.
 */
final class Mark {

	public const META_KEY = '_wpf_delete_job';

	/**
	 * Marks a user for a job that waits, unless a mark is there.
	 *
	 * @param int    $user_id Whom.
	 * @param int    $site_id Of which site; 0 for the whole network.
	 * @param string $value   The job.
	 */
	public static function reserve( int $user_id, int $site_id, string $value ): void {
		if ( ! self::is_there( $user_id, self::key( $site_id ) ) ) {
			self::insert( $user_id, self::key( $site_id ), $value );
		}
	}

	/**
	 * Marks a user for whoever works on the job.
	 *
	 * @param int    $user_id  Whom.
	 * @param int    $site_id  Of which site; 0 for the whole network.
	 * @param string $value    The job, and the word of the claim.
	 * @param bool   $is_first Whether the user bears no mark of this job.
	 * @return array{key: string, value: string} The row for the extension to look for.
	 */
	public static function put( int $user_id, int $site_id, string $value, bool $is_first ): array {
		$key = self::key( $site_id );
		if ( $is_first || 0 === self::change( $user_id, $key, $value ) ) {
			self::insert( $user_id, $key, $value );
		}
		wp_cache_delete( $user_id, 'user_meta' );
		return compact( 'key', 'value' );
	}

	/**
	 * Takes the mark off.
	 *
	 * @param int         $user_id Whom.
	 * @param int         $site_id Of which site; 0 for the whole network.
	 * @param string|null $value   Only this one; null for any.
	 */
	public static function remove( int $user_id, int $site_id, ?string $value = null ): void {
		global $wpdb;
		$mark = array(
			'user_id'  => $user_id,
			'meta_key' => self::key( $site_id ),
		);
		$wpdb->delete( $wpdb->usermeta, null === $value ? $mark : $mark + array( 'meta_value' => $value ) );
		wp_cache_delete( $user_id, 'user_meta' );
	}

	/**
	 * Has a row that is no job's be there for as long as something takes, for the extension to look for.
	 *
	 * @param callable $work Gets the id of the user who has it, and the row as put() returns it.
	 * @return mixed What that returns.
	 */
	public static function for_a_moment( callable $work ) {
		global $wpdb;
		$user_id = (int) $wpdb->get_var( "SELECT ID FROM $wpdb->users ORDER BY ID LIMIT 1" );
		$key     = self::META_KEY . '_proof';
		$value   = bin2hex( random_bytes( 10 ) );
		self::insert( $user_id, $key, $value );
		try {
			return $work( $user_id, compact( 'key', 'value' ) );
		} finally {
			$wpdb->delete(
				$wpdb->usermeta,
				array(
					'user_id'  => $user_id,
					'meta_key' => $key,
				)
			);
			wp_cache_delete( $user_id, 'user_meta' );
		}
	}

	/**
	 * Is this user's account to go? As WordPress's cache of metas has it.
	 *
	 * @param int $user_id Whose.
	 */
	public static function locks_out( int $user_id ): bool {
		return '' !== get_user_meta( $user_id, self::META_KEY, true );
	}

	/**
	 * The same from the database, for the one moment that decides: another request may have written it.
	 *
	 * @param int $user_id Whose.
	 */
	public static function surely_locks_out( int $user_id ): bool {
		return self::is_there( $user_id, self::META_KEY );
	}

	/**
	 * Changes a row, which is not replaced: somebody may be logging in. No two claims have the same word.
	 *
	 * @param int    $user_id Whose.
	 * @param string $key     Its key.
	 * @param string $value   Its new value.
	 * @return int|false How many were changed.
	 */
	private static function change( int $user_id, string $key, string $value ) {
		global $wpdb;
		return $wpdb->update(
			$wpdb->usermeta,
			array( 'meta_value' => $value ),
			array(
				'user_id'  => $user_id,
				'meta_key' => $key,
			)
		);
	}

	/**
	 * Writes a row.
	 *
	 * @param int    $user_id Whose.
	 * @param string $key     Its key.
	 * @param string $value   Its value.
	 */
	private static function insert( int $user_id, string $key, string $value ): void {
		global $wpdb;
		$wpdb->insert(
			$wpdb->usermeta,
			array(
				'user_id'    => $user_id,
				'meta_key'   => $key,
				'meta_value' => $value,
			)
		);
		wp_cache_delete( $user_id, 'user_meta' );
	}

	/**
	 * Is there such a row?
	 *
	 * @param int    $user_id Whose.
	 * @param string $key     Its key.
	 */
	private static function is_there( int $user_id, string $key ): bool {
		global $wpdb;
		return null !== $wpdb->get_var( $wpdb->prepare( "SELECT umeta_id FROM $wpdb->usermeta WHERE user_id = %d AND meta_key = %s LIMIT 1", $user_id, $key ) );
	}

	/**
	 * The key of a mark.
	 *
	 * @param int $site_id Of which site; 0 for the whole network.
	 */
	private static function key( int $site_id ): string {
		return is_multisite() && $site_id ? self::META_KEY . "_$site_id" : self::META_KEY;
	}
}
