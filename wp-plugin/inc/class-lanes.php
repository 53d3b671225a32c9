<?php
/**
 * Which way the posts of each type go.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Nobody listens: SQL alone. Somebody listens to what can be told around a batch: SQL, and the hooks
 * around it. Somebody wants a say that only core can give: core, post by post.
 */
final class Lanes {

	public const BULK   = 'bulk';
	public const REPLAY = 'replay';
	public const CORE   = 'core';

	/**
	 * Lanes from the fastest to the slowest: a type takes the slowest of those that its hooks leave.
	 */
	private const SLOWNESS = array(
		self::BULK   => 0,
		self::REPLAY => 1,
		self::CORE   => 2,
	);

	/**
	 * Filters and hooks that have to run where core runs them.
	 */
	private const ONLY_IN_CORE = array(
		'all',
		'query',
		'update_term_count',
		'delete_post_metadata',
		'delete_post_metadata_by_mid',
		'get_post_metadata_by_mid',
		'delete_comment_metadata_by_mid',
		'get_comment_metadata_by_mid',
		'pre_wp_update_comment_count_now',
	);

	/**
	 * The same for posts on their way to the trash.
	 */
	private const ONLY_IN_CORE_WHEN_TRASHED = array( 'pre_wp_unique_post_slug', 'wp_unique_post_slug', 'add_post_metadata' );

	/**
	 * Types about whose posts core does more than about others, and where. They are not among those that
	 * go with a user unless the user goes from a whole network, or a plugin says so.
	 */
	private const ONLY_CORE_KNOWS = array(
		'wp_font_family'      => 'deleted_post: _wp_after_delete_font_family',
		'wp_font_face'        => 'before_delete_post: _wp_before_delete_font_face',
		'customize_changeset' => 'delete_post: _wp_delete_customize_changeset_dependent_auto_drafts',
	);

	/**
	 * Hooks of everything that goes for good.
	 */
	private const WHEN_PURGED = array(
		'pre_delete_post',
		'before_delete_post',
		'delete_term_relationships',
		'deleted_term_relationships',
		'edit_term_taxonomy',
		'edited_term_taxonomy',
		'clean_term_cache',
		'delete_comment',
		'delete_comment_meta',
		'delete_commentmeta',
		'deleted_comment_meta',
		'deleted_commentmeta',
		'deleted_comment',
		'clean_comment_cache',
		'wp_set_comment_status',
		'transition_comment_status',
		'wp_update_comment_count',
		'edit_post',
		'delete_post_meta',
		'delete_postmeta',
		'deleted_post_meta',
		'deleted_postmeta',
		'delete_post',
		'deleted_post',
		'after_delete_post',
		'wp_delete_post_revision',
		'clean_object_term_cache',
		'clean_post_cache',
		'clean_page_cache',
		'delete_post_revision',
		'deleted_post_revision',
		'delete_post_nav_menu_item',
		'deleted_post_nav_menu_item',
	);

	/**
	 * And of attachments.
	 */
	private const WHEN_ATTACHMENTS_ARE_PURGED = array( 'pre_delete_attachment', 'delete_attachment', 'wp_delete_file', 'clean_attachment_cache' );

	/**
	 * Hooks of everything that goes to the trash.
	 */
	private const WHEN_TRASHED = array(
		'pre_trash_post',
		'wp_trash_post',
		'add_post_meta',
		'added_post_meta',
		'transition_post_status',
		'edit_term_taxonomy',
		'edited_term_taxonomy',
		'clean_term_cache',
		'edit_post',
		'post_updated',
		'save_post',
		'wp_insert_post',
		'wp_after_insert_post',
		'trash_post_comments',
		'trashed_post_comments',
		'trashed_post',
		'clean_object_term_cache',
		'clean_post_cache',
		'clean_page_cache',
		'clean_comment_cache',
	);

	/**
	 * Hooks of links.
	 */
	private const WHEN_LINKS_ARE_DELETED = array( 'delete_link', 'deleted_link', 'delete_term_relationships', 'deleted_term_relationships', 'clean_object_term_cache' );

	/**
	 * Hooks of a user's metas.
	 */
	private const WHEN_USER_METAS_ARE_DELETED = array( 'delete_user_metadata_by_mid', 'get_user_metadata_by_mid', 'delete_user_meta', 'deleted_user_meta' );

	/**
	 * Does somebody listen to the deletion of links?
	 */
	public static function links_are_heard(): bool {
		return self::heard( self::WHEN_LINKS_ARE_DELETED );
	}

	/**
	 * Does somebody listen to the deletion of a user's metas?
	 */
	public static function user_metas_are_heard(): bool {
		return self::heard( self::WHEN_USER_METAS_ARE_DELETED );
	}

	/**
	 * Does somebody listen to the cleaning of a post's cache?
	 */
	public static function clean_post_cache_is_heard(): bool {
		return self::heard( array( 'clean_post_cache', 'clean_page_cache', 'clean_object_term_cache' ) );
	}

	/**
	 * Does somebody listen to one of these?
	 *
	 * @param string[] $hooks Names of hooks.
	 */
	private static function heard( array $hooks ): bool {
		return Listeners::any_on( array_merge( array( 'all' ), $hooks ) );
	}

	/**
	 * The lane of each type that goes.
	 *
	 * @param array<string, array{action: string}> $types   From Request, by name.
	 * @param int                                  $user_id Who goes.
	 * @return array<string, array{lane: string, cause: string}> For people: whose callback it is.
	 */
	public static function of( array $types, int $user_id ): array {
		$lanes  = array();
		$of_all = array();
		foreach ( $types as $type => $of_type ) {
			$action = $of_type['action'];
			if ( 'keep' === $action ) {
				continue;
			}
			$of_all[ $action ]    = $of_all[ $action ] ?? self::of_all_types( $action );
			list( $lane, $cause ) = self::of_type( (string) $type, $action, $of_all[ $action ] );
			/**
			 * Filters the lane of a post type.
			 *
			 * @param string $lane    `bulk`, `replay` or `core`.
			 * @param string $type    Post type.
			 * @param string $cause   Whose callback decided, or an empty string.
			 * @param int    $user_id Who goes.
			 */
			$filtered       = apply_filters( 'wpf_delete_lane', $lane, $type, $cause, $user_id );
			$lanes[ $type ] = array(
				'lane'  => in_array( $filtered, array( self::BULK, self::REPLAY, self::CORE ), true ) ? $filtered : $lane,
				'cause' => $filtered === $lane ? $cause : 'wpf_delete_lane',
			);
		}
		return $lanes;
	}

	/**
	 * The lane of one type, and why.
	 *
	 * @param string                $type   Post type.
	 * @param string                $action `purge` or `trash`.
	 * @param array{string, string} $of_all From of_all_types().
	 * @return array{string, string}
	 */
	private static function of_type( string $type, string $action, array $of_all ): array {
		if ( isset( self::ONLY_CORE_KNOWS[ $type ] ) ) {
			return array( self::CORE, self::ONLY_CORE_KNOWS[ $type ] );
		}
		$hooks = array( "delete_post_$type", "deleted_post_$type", "edit_post_$type" );
		if ( 'attachment' === $type ) {
			$hooks = array_merge( $hooks, self::WHEN_ATTACHMENTS_ARE_PURGED );
		}
		if ( 'trash' === $action ) {
			array_push( $hooks, "trash_$type", "save_post_$type" );
		}
		$of_type = self::on( array(), $hooks );
		return self::SLOWNESS[ $of_type[0] ] > self::SLOWNESS[ $of_all[0] ] ? $of_type : $of_all;
	}

	/**
	 * The lane that every type has to take at least, and why.
	 *
	 * @param string $action `purge` or `trash`.
	 * @return array{string, string}
	 */
	private static function of_all_types( string $action ): array {
		$core  = self::ONLY_IN_CORE;
		$hooks = self::WHEN_PURGED;
		if ( 'trash' === $action ) {
			$core  = array_merge( $core, self::ONLY_IN_CORE_WHEN_TRASHED );
			$hooks = array_unique( array_merge( $hooks, self::WHEN_TRASHED ) );
		}
		return self::on( $core, array_merge( $hooks, self::dynamic_hooks( $action ) ) );
	}

	/**
	 * The lane that these hooks leave.
	 *
	 * @param string[] $core  Those that have to run where core runs them.
	 * @param string[] $hooks Those that can be told around a batch.
	 * @return array{string, string}
	 */
	private static function on( array $core, array $hooks ): array {
		foreach ( $core as $hook ) {
			$listener = Listeners::first_on( $hook );
			if ( null !== $listener ) {
				return array( self::CORE, "$hook: $listener" );
			}
		}
		foreach ( $hooks as $hook ) {
			$missing = Listeners::missing_on( $hook );
			if ( null !== $missing ) {
				/* translators: 1: name of a hook, 2: name of a function. */
				return array( self::CORE, sprintf( __( '%1$s: %2$s was removed', 'wpf-delete' ), $hook, $missing ) );
			}
		}
		foreach ( $hooks as $hook ) {
			$listener = Listeners::first_on( $hook );
			if ( null !== $listener ) {
				return array( self::REPLAY, "$hook: $listener" );
			}
		}
		return array( self::BULK, '' );
	}

	/**
	 * Hooks of any type's way that are named by a status or the type of a comment, which may be anything; who
	 * listens to which is known.
	 *
	 * @param string $action `purge` or `trash`.
	 * @return string[]
	 */
	private static function dynamic_hooks( string $action ): array {
		$patterns = array(
			'purge' => '/^comment_(delete_|.+_to_delete$)/',
			'trash' => '/^comment_(delete_|.+_to_delete$)|_to_trash$/',
		);
		return preg_grep( $patterns[ $action ], array_keys( $GLOBALS['wp_filter'] ) );
	}
}
