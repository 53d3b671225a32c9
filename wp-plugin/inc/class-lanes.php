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
		$lanes   = array();
		$dynamic = self::dynamic_hooks();
		foreach ( $types as $type => $of_type ) {
			if ( 'keep' === $of_type['action'] ) {
				continue;
			}
			list( $lane, $cause ) = self::of_type( (string) $type, $of_type['action'], $dynamic[ $of_type['action'] ] );
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
	 * @param string   $type    Post type.
	 * @param string   $action  `purge` or `trash`.
	 * @param string[] $dynamic From dynamic_hooks().
	 * @return array{string, string}
	 */
	private static function of_type( string $type, string $action, array $dynamic ): array {
		if ( isset( self::ONLY_CORE_KNOWS[ $type ] ) ) {
			return array( self::CORE, self::ONLY_CORE_KNOWS[ $type ] );
		}
		$hooks = array_unique( array_merge( self::hooks( $type, $action ), $dynamic ) );
		$core  = self::ONLY_IN_CORE;
		if ( 'trash' === $action ) {
			$core = array_merge( $core, self::ONLY_IN_CORE_WHEN_TRASHED );
		}
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
	 * The hooks of one type's way.
	 *
	 * @param string $type   Post type.
	 * @param string $action `purge` or `trash`.
	 * @return string[]
	 */
	private static function hooks( string $type, string $action ): array {
		$hooks = self::WHEN_PURGED;
		if ( 'attachment' === $type ) {
			$hooks = array_merge( $hooks, self::WHEN_ATTACHMENTS_ARE_PURGED );
		}
		$hooks[] = "delete_post_$type";
		$hooks[] = "deleted_post_$type";
		$hooks[] = "edit_post_$type";
		if ( 'trash' === $action ) {
			$hooks   = array_merge( $hooks, self::WHEN_TRASHED );
			$hooks[] = "trash_$type";
			$hooks[] = "save_post_$type";
		}
		return $hooks;
	}

	/**
	 * Hooks of any type's way that are named by a status or the type of a comment, which may be anything; who
	 * listens to which is known.
	 *
	 * @return array{purge: string[], trash: string[]}
	 */
	private static function dynamic_hooks(): array {
		$known = array_map( 'strval', array_keys( $GLOBALS['wp_filter'] ) );
		$purge = preg_grep( '/^comment_(delete_|.+_to_delete$)/', $known );
		return array(
			'purge' => $purge,
			'trash' => array_merge( $purge, preg_grep( '/_to_trash$/', $known ) ),
		);
	}
}
