<?php
/**
 * Posts that somebody listens to, a batch at a time.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_Post;

/**
 * The replay lane: vetoes and `before` hooks while every row of the batch is there; the extension's SQL
 * for the whole batch; then, post by post in core's order, all other hooks with core's arguments.
 *
 * Each object sees its hooks in core's order. Between objects the order differs in one way: the vetoes
 * and the `before` hooks of the whole batch come first.
 */
final class Replay {

	/**
	 * Posts per batch: all of them, with metas and comments, are in memory.
	 */
	private const AT_A_TIME = 300;

	/**
	 * Whose.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * Does a part of the work: `array( 'purge' => ids )` or `array( 'trash' => ids )`.
	 *
	 * @var callable
	 */
	private $slice;

	/**
	 * Nothing happens yet.
	 *
	 * @param int      $user_id Whose.
	 * @param callable $slice   One call of the extension.
	 */
	public function __construct( int $user_id, callable $slice ) {
		$this->user_id = $user_id;
		$this->slice   = $slice;
	}

	/**
	 * Deletes for good.
	 *
	 * @param string $which A condition on posts.
	 * @param bool   $core  One by one through core.
	 * @return true|WP_Error
	 */
	public function purge( string $which, bool $core ) {
		return $this->each_batch( $which, fn ( $ids ) => $core ? self::ask_core( $ids ) : $this->purge_batch( $ids ) );
	}

	/**
	 * Moves to the trash.
	 *
	 * @param string $which A condition on posts.
	 * @param bool   $core  One by one through core.
	 * @return true|WP_Error
	 */
	public function trash( string $which, bool $core ) {
		return $this->each_batch( $which, fn ( $ids ) => $core ? self::ask_core( $ids ) : $this->trash_batch( $ids ) );
	}

	/**
	 * The user's posts of the given types: exactly those, as PHP compares them.
	 *
	 * @param string[] $types  Not empty.
	 * @param string   $status `=` or `<>` the trash, or `any` for all.
	 */
	public static function of_types( array $types, string $status ): string {
		$which = sprintf( 'post_type IN (%1$s) AND CAST(post_type AS BINARY) IN (%1$s)', self::in( $types ) );
		return 'any' === $status ? $which : "$which AND CAST(post_status AS BINARY) $status 'trash'";
	}

	/**
	 * Those which core would delete for good although they are in no such type: it asks the database for
	 * types, which does not tell `BOOK` from `book`.
	 *
	 * @param string[] $types  Types of the lane, not empty.
	 * @param string[] $others Registered types that are dealt with elsewhere.
	 */
	public static function like_types( array $types, array $others ): string {
		return sprintf( 'post_type IN (%s) AND CAST(post_type AS BINARY) NOT IN (%s)', self::in( $types ), self::in( array_merge( array( '' ), $others ) ) );
	}

	/**
	 * A post's id as wp_delete_user() hands it on: until 6.9 as the database gives it.
	 *
	 * @param int $id Post.
	 * @return int|string
	 */
	public static function id_as_core_has_it( int $id ) {
		return version_compare( $GLOBALS['wp_version'], '6.9', '<' ) ? (string) $id : $id;
	}

	/**
	 * Hands posts to core.
	 *
	 * @param int[] $ids Posts.
	 */
	private static function ask_core( array $ids ): bool {
		array_map( 'wp_delete_post', array_map( array( self::class, 'id_as_core_has_it' ), $ids ) );
		return true;
	}

	/**
	 * Goes through the user's posts, ascending by id.
	 *
	 * @param string   $which A condition on posts.
	 * @param callable $work  Gets ids; returns true or a WP_Error.
	 * @return true|WP_Error
	 */
	private function each_batch( string $which, callable $work ) {
		global $wpdb;
		$after = 0;
		while ( true ) {
			// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- made by this class.
			$ids = array_map( 'intval', $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE post_author = %d AND ID > %d", $this->user_id, $after ) . " AND $which ORDER BY ID LIMIT " . self::AT_A_TIME ) );
			if ( ! $ids ) {
				return true;
			}
			$done = $work( $ids );
			if ( is_wp_error( $done ) ) {
				return $done;
			}
			$after = end( $ids );
		}
	}

	/**
	 * `'a', 'b'`.
	 *
	 * @param string[] $types Post types.
	 */
	private static function in( array $types ): string {
		return "'" . implode( "', '", array_map( 'esc_sql', $types ) ) . "'";
	}

	/**
	 * One batch that goes for good.
	 *
	 * @param int[] $ids Posts.
	 * @return true|WP_Error
	 */
	private function purge_batch( array $ids ) {
		$batch  = new PurgeHooks( $ids );
		$willed = $batch->before();
		if ( $willed['purge'] ) {
			$slice = ( $this->slice )( array( 'purge' => $willed['purge'] ) );
			if ( is_wp_error( $slice ) ) {
				return $slice;
			}
			$batch->after( array_merge( array(), ...array_values( $slice['purged'] ) ) );
		}
		return self::ask_core( $willed['core'] );
	}

	/**
	 * One batch that goes to the trash.
	 *
	 * @param int[] $ids Posts.
	 * @return true|WP_Error
	 */
	private function trash_batch( array $ids ) {
		$batch = new TrashHooks( $ids );
		$going = $batch->before();
		if ( $going ) {
			$slice = ( $this->slice )( array( 'trash' => $going ) );
			if ( is_wp_error( $slice ) ) {
				return $slice;
			}
			$batch->after( array_merge( array(), ...array_values( $slice['trashed'] ) ) );
		}
		return true;
	}
}
