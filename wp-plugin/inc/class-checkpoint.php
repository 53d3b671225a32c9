<?php
/**
 * Where a user's deletion stands.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * A row in usermeta that exists while the user is being deleted.
 *
 * It says where to go on after an interruption, so that what was only trashed is never taken for
 * trash that was there before. It proves to the extension that both connections see the same
 * database: written here through $wpdb, it has to be visible there. And while it exists the user
 * cannot log in. It goes with the user's other metas.
 *
 * The sites of a network share usermeta: there each has a row of its own, with the site's id in its key.
 *
 * Written without WordPress's meta API, because its hooks tell the CRM about changes of metas.
 */
final class Checkpoint {

	public const META_KEY = '_wpf_delete_checkpoint';

	/**
	 * Begins the point to go on from when core does the work.
	 */
	private const CORE = 'core ';

	/**
	 * Whose.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * Under which key: that of the site that was the current one at first.
	 *
	 * @var string
	 */
	private $key;

	/**
	 * What the row holds, see value().
	 *
	 * @var array{word: string, announced: bool, trashing: bool, resume: string}
	 */
	private $state;

	/**
	 * Finds the row of an earlier attempt on this site or writes a new one.
	 *
	 * @param int $user_id Whose.
	 */
	public function __construct( int $user_id ) {
		global $wpdb;
		$this->user_id = $user_id;
		$this->key     = self::key();
		$earlier       = self::read( $user_id )[ $this->key ] ?? null;
		$this->state   = array( 'word' => wp_generate_password( 20, false ) ) + ( $earlier ?? array() ) + array(
			'announced' => false,
			'trashing'  => false,
			'resume'    => '',
		);
		if ( null !== $earlier ) {
			$this->write();
			return;
		}
		$wpdb->insert(
			$wpdb->usermeta,
			array(
				'user_id'    => $user_id,
				'meta_key'   => $this->key,
				'meta_value' => $this->value(),
			)
		);
		wp_cache_delete( $user_id, 'user_meta' );
	}

	/**
	 * Whether delete_user has fired, in this attempt or an earlier one.
	 */
	public function announced(): bool {
		return $this->state['announced'];
	}

	/**
	 * Records that delete_user has fired.
	 */
	public function announce(): void {
		$this->state['announced'] = true;
		$this->write();
	}

	/**
	 * Whether posts in the trash may be this deletion's own.
	 */
	public function trashing(): bool {
		return $this->state['trashing'];
	}

	/**
	 * Records that from now on they may be.
	 */
	public function begin_to_trash(): void {
		if ( ! $this->state['trashing'] ) {
			$this->state['trashing'] = true;
			$this->write();
		}
	}

	/**
	 * The point to go on from; empty as long as nothing was deleted.
	 */
	public function resume(): string {
		return $this->state['resume'];
	}

	/**
	 * Records the point to go on from. Whatever follows may rely on it being in the database.
	 *
	 * @param string $resume As the extension reported it.
	 */
	public function advance( string $resume ): void {
		$this->state['resume'] = $resume;
		$this->write();
	}

	/**
	 * When core has begun to delete the content instead of the extension.
	 *
	 * @return int|null Unix time.
	 */
	public function core_began(): ?int {
		return str_starts_with( $this->state['resume'], self::CORE ) ? (int) substr( $this->state['resume'], strlen( self::CORE ) ) : null;
	}

	/**
	 * Records that core begins now.
	 *
	 * @param int $now Unix time.
	 */
	public function core_begins( int $now ): void {
		$this->advance( self::CORE . $now );
	}

	/**
	 * The row for the extension to look for.
	 *
	 * @return array{key: string, value: string}
	 */
	public function proof(): array {
		return array(
			'key'   => $this->key,
			'value' => $this->value(),
		);
	}

	/**
	 * Counts the terms that the extension has left for later, when core goes on in its place. They are
	 * the last part of the point to go on from.
	 */
	public function count_terms_left(): void {
		global $wpdb;
		$ids = null === $this->core_began() ? array_filter( array_map( 'intval', explode( ',', substr( (string) strrchr( $this->state['resume'], '|' ), 1 ) ) ) ) : array();
		if ( ! $ids ) {
			return;
		}
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- a list of integers.
		foreach ( $wpdb->get_results( "SELECT term_taxonomy_id, taxonomy FROM $wpdb->term_taxonomy WHERE term_taxonomy_id IN (" . implode( ', ', $ids ) . ')' ) as $term ) {
			if ( taxonomy_exists( $term->taxonomy ) ) {
				wp_update_term_count_now( array( (int) $term->term_taxonomy_id ), $term->taxonomy );
			}
		}
	}

	/**
	 * Has an earlier attempt begun to work on the content?
	 *
	 * @param int $user_id Whose.
	 */
	public static function is_under_way( int $user_id ): bool {
		return '' !== ( self::read( $user_id )[ self::key() ]['resume'] ?? '' );
	}

	/**
	 * Sites of a network on which a deletion of this user has begun.
	 *
	 * @param int $user_id Whose.
	 * @return int[]
	 */
	public static function sites( int $user_id ): array {
		return array_filter( array_map( static fn ( $key ) => (int) substr( $key, strlen( self::META_KEY . '_' ) ), array_keys( self::read( $user_id ) ) ) );
	}

	/**
	 * Removes the row.
	 */
	public function remove(): void {
		global $wpdb;
		$wpdb->delete(
			$wpdb->usermeta,
			array(
				'user_id'  => $this->user_id,
				'meta_key' => $this->key,
			)
		);
		wp_cache_delete( $this->user_id, 'user_meta' );
	}

	/**
	 * Refuses to log a user in whose deletion is under way.
	 *
	 * @param WP_User|WP_Error|null $user Who wants in.
	 * @return WP_User|WP_Error|null
	 */
	public static function refuse_login( $user ) {
		if ( $user instanceof WP_User && in_array( true, array_column( self::read( $user->ID ), 'announced' ), true ) ) {
			return new WP_Error( 'wpf_delete_pending', __( 'This account is being deleted.', 'wpf-delete' ) );
		}
		return $user;
	}

	/**
	 * The key of the current site's row.
	 */
	private static function key(): string {
		return is_multisite() ? self::META_KEY . '_' . get_current_blog_id() : self::META_KEY;
	}

	/**
	 * A word of this attempt, whether delete_user has fired, whether posts were trashed, and the point
	 * to go on from. The word makes the row prove more than that some attempt was once made.
	 */
	private function value(): string {
		return implode( ' ', array( $this->state['word'], (int) $this->state['announced'], (int) $this->state['trashing'], $this->state['resume'] ) );
	}

	/**
	 * Writes the row.
	 */
	private function write(): void {
		global $wpdb;
		$wpdb->update(
			$wpdb->usermeta,
			array( 'meta_value' => $this->value() ),
			array(
				'user_id'  => $this->user_id,
				'meta_key' => $this->key,
			)
		);
		wp_cache_delete( $this->user_id, 'user_meta' );
	}

	/**
	 * What earlier attempts left, from the database: another process may have written it.
	 *
	 * @param int $user_id Whose.
	 * @return array<string, array{announced: bool, trashing: bool, resume: string}> By key.
	 */
	private static function read( int $user_id ): array {
		global $wpdb;
		$states = array();
		foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT meta_key, meta_value FROM $wpdb->usermeta WHERE user_id = %d AND meta_key LIKE %s ORDER BY umeta_id", $user_id, $wpdb->esc_like( self::META_KEY ) . '%' ) ) as $row ) {
			$parts = explode( ' ', (string) $row->meta_value, 4 );
			if ( 4 === count( $parts ) ) {
				$states[ $row->meta_key ] ??= array(
					'announced' => '1' === $parts[1],
					'trashing'  => '1' === $parts[2],
					'resume'    => $parts[3],
				);
			}
		}
		return $states;
	}
}
