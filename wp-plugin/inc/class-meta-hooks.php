<?php
/**
 * The hooks of metas.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * What add_metadata(), delete_metadata() and delete_metadata_by_mid() fire.
 */
final class MetaHooks {

	/**
	 * Does somebody listen to the deletion of a post's metas?
	 */
	public static function are_heard(): bool {
		return Listeners::any_on( array( 'delete_post_meta', 'delete_postmeta', 'deleted_post_meta', 'deleted_postmeta' ) );
	}

	/**
	 * A meta was deleted by its id. Core: delete_metadata_by_mid().
	 *
	 * @param string $type  `post` or `comment`.
	 * @param int    $owner Id of the post or comment.
	 * @param object $meta  Its row.
	 */
	public static function fire_deleted_by_id( string $type, int $owner, object $meta ): void {
		$id = (int) $meta->meta_id;
		self::fire_deleted( $type, array( $id ), $id, $owner, $meta->meta_key, maybe_unserialize( $meta->meta_value ) );
	}

	/**
	 * Metas of a post, or of any, were deleted by their key. Core: delete_metadata().
	 *
	 * @param string[] $ids   Ids of the metas.
	 * @param int      $owner Id of the post; 0 for any.
	 * @param string   $key   Meta key.
	 * @param mixed    $value The value asked for, or an empty string.
	 */
	public static function fire_deleted_by_key( array $ids, int $owner, string $key, $value ): void {
		self::fire_deleted( 'post', $ids, $ids, $owner, $key, $value );
	}

	/**
	 * Four hooks, of which two are older and have less to say.
	 *
	 * @param string    $type   `post` or `comment`.
	 * @param array     $ids    Ids of the metas.
	 * @param int|array $legacy What the older ones are given.
	 * @param int       $owner  Id of the post or comment.
	 * @param string    $key    Meta key.
	 * @param mixed     $value  Meta value.
	 */
	private static function fire_deleted( string $type, array $ids, $legacy, int $owner, string $key, $value ): void {
		// phpcs:disable WordPress.NamingConventions -- core's hooks.
		Announce::action( "delete_{$type}_meta", $ids, $owner, $key, $value );
		Announce::action( "delete_{$type}meta", $legacy );
		Announce::action( "deleted_{$type}_meta", $ids, $owner, $key, $value );
		Announce::action( "deleted_{$type}meta", $legacy );
		// phpcs:enable
	}

	/**
	 * A meta of a post was added.
	 *
	 * @param int    $id    Id of the meta.
	 * @param int    $post  Id of the post.
	 * @param string $key   Meta key.
	 * @param mixed  $value Meta value, unserialized.
	 */
	public static function fire_added( int $id, int $post, string $key, $value ): void {
		/** This action is documented in wp-includes/meta.php */
		Announce::action( 'add_post_meta', $post, $key, $value );
		/** This action is documented in wp-includes/meta.php */
		Announce::action( 'added_post_meta', $id, $post, $key, $value );
	}
}
