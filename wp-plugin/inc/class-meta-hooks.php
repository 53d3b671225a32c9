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
	 * A meta, or several of the same value, were deleted.
	 *
	 * @param string        $type   `post` or `comment`.
	 * @param array         $ids    Ids of the metas.
	 * @param int           $object Id of the post or comment; 0 for any.
	 * @param string        $key    Meta key.
	 * @param mixed         $value  Meta value, unserialized.
	 */
	public static function fire_deleted( string $type, array $ids, int $object, string $key, $value ): void {
		// An old pair of hooks has the id alone; core passes on what it has been given.
		$legacy = 0 === $object ? $ids : $ids[0];
		// phpcs:disable WordPress.NamingConventions -- core's hooks.
		do_action( "delete_{$type}_meta", $ids, $object, $key, $value );
		do_action( "delete_{$type}meta", $legacy );
		do_action( "deleted_{$type}_meta", $ids, $object, $key, $value );
		do_action( "deleted_{$type}meta", $legacy );
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
		do_action( 'add_post_meta', $post, $key, $value );
		/** This action is documented in wp-includes/meta.php */
		do_action( 'added_post_meta', $id, $post, $key, $value );
	}
}
