<?php
/**
 * What a deletion would do.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * Asks of WordPress, the extension and the uploads what a deletion of this user would come to now; changes nothing. Who
 * would be refused can be looked at all the same.
 */
final class Plan {

	/**
	 * Ways to delete.
	 */
	private const MODES = array( 'delete', 'permanent', 'reassign' );

	/**
	 * As to_array() returns it.
	 *
	 * @var array<string, mixed>
	 */
	private $plan;

	/**
	 * The plan for a user.
	 *
	 * @param int      $user_id  Who would go.
	 * @param string   $mode     `delete`, `permanent` or `reassign`.
	 * @param int|null $reassign Who would inherit.
	 * @return self|WP_Error
	 */
	public static function of( int $user_id, string $mode = 'delete', ?int $reassign = null ) {
		$asked = Deletion::asked_for( $user_id, $reassign );
		if ( is_wp_error( $asked ) ) {
			return $asked;
		}
		if ( ! in_array( $mode, self::MODES, true ) || ( 'reassign' === $mode ) !== ( null !== $reassign ) ) {
			return new WP_Error( 'wpf_delete_invalid_mode', __( 'Content is deleted, deleted for good, or given to somebody who inherits it.', 'wpf-delete' ) );
		}
		return Deletion::in_mode( $mode, $user_id, static fn () => new self( $user_id, $mode, $reassign ) );
	}

	/**
	 * Reads everything.
	 *
	 * @param int      $user_id  Who would go.
	 * @param string   $mode     How.
	 * @param int|null $reassign Who would inherit.
	 */
	private function __construct( int $user_id, string $mode, ?int $reassign ) {
		$user     = new WP_User( $user_id );
		$request  = Request::of( $user_id, $reassign );
		$going    = new Going( $user_id, $request['post_types'] );
		$native   = self::native( $user_id, $reassign, $request );
		$may_go   = Guard::may_go( $user_id, true );
		$posts    = is_wp_error( $native ) ? self::counted( $going, $reassign ) : $native['posts'];
		$types    = self::types( $posts, $request['post_types'], $user_id, is_wp_error( $native ) ? $native : null );
		$estimate = Rate::estimate( self::by_lane( $types ), null !== $reassign );
		ksort( $posts );

		$this->plan = array(
			'user'      => array(
				'id'    => $user_id,
				'login' => $user->user_login,
				'name'  => $user->display_name,
			),
			'mode'      => $mode,
			'reassign'  => $reassign,
			'may_go'    => is_wp_error( $may_go ) ? $may_go->get_error_message() : true,
			'native'    => is_wp_error( $native ) ? $native->get_error_message() : true,
			'types'     => $types,
			'rows'      => is_wp_error( $native ) ? null : self::rows( $native['rows'] ),
			'links'     => self::links( $user_id, $request['tables'] ),
			'files'     => self::files( $user_id, $posts, $request['post_types'] ),
			'surprises' => ( new Surprises( $user_id, $posts, $going, null !== $reassign ) )->all(),
		) + $estimate;
	}

	/**
	 * Everything, for programs and for people.
	 *
	 * @return array{user: array, mode: string, reassign: int|null, may_go: true|string, native: true|string, types: array[], rows: array|null, links: int, files: array, surprises: string[], seconds: float, rate: array}
	 */
	public function to_array(): array {
		return $this->plan;
	}

	/**
	 * How many posts would go, or change hands.
	 */
	public function posts(): int {
		return (int) array_sum( self::by_lane( $this->plan['types'] ) );
	}

	/**
	 * A type's name for people.
	 *
	 * @param string $type Post type.
	 */
	public static function label( string $type ): string {
		$object = get_post_type_object( $type );
		return $object ? (string) $object->labels->name : $type;
	}

	/**
	 * The extension's counts.
	 *
	 * @param int      $user_id  Who would go.
	 * @param int|null $reassign Who would inherit.
	 * @param array    $request  From Request.
	 * @return array|WP_Error Why there are none.
	 */
	private static function native( int $user_id, ?int $reassign, array $request ) {
		$available = Native::available();
		return is_wp_error( $available ) ? $available : Native::plan( $user_id, $reassign, $request );
	}

	/**
	 * Counts without the extension.
	 *
	 * @param Going    $going    Which posts go.
	 * @param int|null $reassign Who would inherit.
	 * @return array<string, array<string, int>> By type and action.
	 */
	private static function counted( Going $going, ?int $reassign ): array {
		$posts = $going->count();
		return null === $reassign ? $posts : array_map( static fn ( $actions ) => array( 'reassign' => array_sum( $actions ) ), $posts );
	}

	/**
	 * Posts by type and action, and which way they go.
	 *
	 * @param array<string, array<string, int>> $posts      By type and action.
	 * @param array                             $post_types From Request.
	 * @param int                               $user_id    Who would go.
	 * @param WP_Error|null                     $through_core Why the extension does nothing; null when it does.
	 * @return array[]
	 */
	private static function types( array $posts, array $post_types, int $user_id, ?WP_Error $through_core ): array {
		$lanes = Lanes::of( $post_types, $user_id );
		// The database does not tell `BOOK` from `book` when it looks for types that go.
		$alike = array_change_key_case( $lanes );
		$types = array();
		foreach ( $posts as $type => $actions ) {
			foreach ( $actions as $action => $count ) {
				$type    = (string) $type;
				$lane    = $lanes[ $type ] ?? $alike[ strtolower( $type ) ] ?? null;
				$goes    = in_array( $action, array( 'purge', 'trash' ), true );
				$types[] = array(
					'type'   => $type,
					'label'  => self::label( $type ),
					'action' => $action,
					'posts'  => $count,
					'lane'   => $goes ? ( $through_core ? Lanes::CORE : $lane['lane'] ?? Lanes::BULK ) : null,
					'cause'  => $goes ? ( $through_core ? $through_core->get_error_message() : $lane['cause'] ?? '' ) : '',
				);
			}
		}
		return $types;
	}

	/**
	 * Rows by table. On a network the account stays, and with it its metas but those of the membership.
	 *
	 * @param array $rows The extension's.
	 */
	private static function rows( array $rows ): array {
		return is_multisite() ? array_diff_key( $rows, array_flip( array( 'users', 'usermeta' ) ) ) : $rows;
	}

	/**
	 * Posts that go, by lane.
	 *
	 * @param array[] $types From types().
	 * @return array<string, int>
	 */
	private static function by_lane( array $types ): array {
		$posts = array();
		foreach ( $types as $type ) {
			if ( 'keep' !== $type['action'] ) {
				$lane           = $type['lane'] ?? Lanes::BULK;
				$posts[ $lane ] = ( $posts[ $lane ] ?? 0 ) + $type['posts'];
			}
		}
		return $posts;
	}

	/**
	 * The user's links. Many sites have dropped the table.
	 *
	 * @param int                   $user_id Whose.
	 * @param array<string, string> $tables  From Request.
	 */
	private static function links( int $user_id, array $tables ): int {
		global $wpdb;
		return isset( $tables['links'] ) ? (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM $wpdb->links WHERE link_owner = %d", $user_id ) ) : 0;
	}

	/**
	 * The files of attachments that go for good.
	 *
	 * @param int                               $user_id    Whose.
	 * @param array<string, array<string, int>> $posts      By type and action.
	 * @param array                             $post_types From Request.
	 */
	private static function files( int $user_id, array $posts, array $post_types ): array {
		if ( isset( $posts['attachment']['purge'] ) ) {
			return PlanFiles::of( $user_id, 'trash' === $post_types['attachment']['action'] );
		}
		return array(
			'count' => 0,
			'bytes' => 0,
			'kept'  => 0,
			'more'  => false,
		);
	}
}
