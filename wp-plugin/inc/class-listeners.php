<?php
/**
 * Who listens to a hook, besides core.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use Closure;
use ReflectionFunction;
use ReflectionMethod;
use WP_Hook;

/**
 * Tells listeners that are not core's from those that are, and takes core's off for a while.
 */
final class Listeners {

	/**
	 * Core's own callbacks on the hooks of a deletion, from 6.1 to 7.1, as `name priority arguments`.
	 * What they do is in the extension's SQL and in References. The same function at another priority
	 * is somebody else's.
	 */
	private const OF_CORE = array(
		'before_delete_post'        => array( '_reset_front_page_settings_for_post 10 1', '_wp_before_delete_font_face 10 2', '_reset_privacy_policy_page_for_post 10 1' ),
		'delete_post'               => array( '_wp_delete_post_menu_item 10 1', '_wp_delete_customize_changeset_dependent_auto_drafts 10 1', 'delete_get_calendar_cache 10 1', 'block_core_calendar_update_has_published_post_on_delete 10 1', '_update_blog_date_on_post_delete 10 1' ),
		'deleted_post'              => array( '_wp_after_delete_font_family 10 2' ),
		'after_delete_post'         => array( '_update_posts_count_on_delete 10 1', '_update_posts_count_on_delete 10 2' ),
		'wp_trash_post'             => array( '_reset_front_page_settings_for_post 10 1' ),
		'transition_post_status'    => array( '_transition_post_status 5 3', '_update_term_count_on_transition_post_status 10 3', '_wp_auto_add_pages_to_menu 10 3', '_wp_customize_publish_changeset 10 3', '__clear_multi_author_cache 10 1', 'block_core_calendar_update_has_published_post_on_transition_post_status 10 3', '_wp_keep_alive_customize_changeset_dependent_auto_drafts 20 3', '_update_blog_date_on_post_publish 10 3', '_update_posts_count_on_transition_post_status 10 3' ),
		'post_updated'              => array( 'wp_save_post_revision 10 1', 'WP_Privacy_Policy_Content::_policy_page_updated 10 1', 'wp_check_for_changed_slugs 12 3', 'wp_check_for_changed_dates 12 3' ),
		'attachment_updated'        => array( 'wp_check_for_changed_slugs 12 3', 'wp_check_for_changed_dates 12 3' ),
		'save_post'                 => array( 'delete_get_calendar_cache 10 1' ),
		'wp_after_insert_post'      => array( 'wp_save_post_revision_on_insert 9 3' ),
		'added_post_meta'           => array( 'wp_cache_set_posts_last_changed 10 1' ),
		'deleted_post_meta'         => array( 'wp_cache_set_posts_last_changed 10 1' ),
		'deleted_comment_meta'      => array( 'wp_cache_set_comments_last_changed 10 1' ),
		'transition_comment_status' => array( '_clear_modified_cache_on_transition_comment_status 10 2' ),
		'delete_attachment'         => array( '_delete_attachment_theme_mod 10 1' ),
		'pre_wp_unique_post_slug'   => array( 'wp_filter_wp_template_unique_post_slug 10 5' ),
		'deleted_user_meta'         => array( 'wp_cache_set_users_last_changed 10 1' ),
		'query'                     => array( 'wpdb::remove_placeholder_escape 0 1' ),
	);

	/**
	 * Of core's, those that are registered only on some sites.
	 */
	private const SOMETIMES = array(
		'block_core_calendar_update_has_published_post_on_delete',
		'block_core_calendar_update_has_published_post_on_transition_post_status',
		'_update_blog_date_on_post_delete',
		'_update_blog_date_on_post_publish',
		'_update_posts_count_on_delete',
		'_update_posts_count_on_transition_post_status',
		'WP_Privacy_Policy_Content::_policy_page_updated',
	);

	/**
	 * The first listener on a hook that is not core's.
	 *
	 * @param string $hook Name of the hook.
	 * @return string|null Its name and where it is from; null when there is none.
	 */
	public static function first_on( string $hook ): ?string {
		if ( ! isset( $GLOBALS['wp_filter'][ $hook ] ) ) {
			return null;
		}
		foreach ( self::callbacks( $hook ) as list( $name, $priority, $callback ) ) {
			if ( ! self::is_core( $hook, $name, $priority, $callback['accepted_args'] ) ) {
				return $name . self::origin( $callback['function'] );
			}
		}
		return null;
	}

	/**
	 * Does somebody besides core listen to one of these?
	 *
	 * @param string[] $hooks Names of hooks.
	 */
	public static function any_on( array $hooks ): bool {
		foreach ( $hooks as $hook ) {
			if ( null !== self::first_on( $hook ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * A callback of core that somebody has taken off a hook: then the extension would do what the site
	 * does not want.
	 *
	 * @param string $hook Name of the hook.
	 * @return string|null Its name; null when all are there.
	 */
	public static function missing_on( string $hook ): ?string {
		if ( ! isset( self::OF_CORE[ $hook ] ) ) {
			return null;
		}
		$present = array();
		foreach ( self::callbacks( $hook ) as list( $name, $priority, $callback ) ) {
			$present[] = "$name $priority {$callback['accepted_args']}";
		}
		foreach ( self::OF_CORE[ $hook ] as $expected ) {
			$name = strtok( $expected, ' ' );
			if ( function_exists( $name ) && ! in_array( $name, self::SOMETIMES, true ) && ! in_array( $expected, $present, true ) ) {
				return $name;
			}
		}
		return null;
	}

	/**
	 * Runs something while core's own callbacks are off these hooks: what they do is done already.
	 *
	 * @param callable $work What to run.
	 * @return mixed What it returns.
	 */
	public static function without_core( callable $work ) {
		global $wp_filter;
		$taken = array();
		foreach ( array_keys( self::OF_CORE ) as $hook ) {
			if ( 'query' === $hook || 'pre_wp_unique_post_slug' === $hook ) {
				continue;
			}
			foreach ( self::callbacks( $hook ) as list( $name, $priority, $callback, $id ) ) {
				if ( self::is_core( $hook, $name, $priority, $callback['accepted_args'] ) ) {
					remove_filter( $hook, $callback['function'], $priority );
					$taken[] = array( $hook, $priority, $callback, $id );
				}
			}
		}
		try {
			return $work();
		} finally {
			foreach ( array_reverse( $taken ) as list( $hook, $priority, $callback, $id ) ) {
				add_filter( $hook, $callback['function'], $priority, $callback['accepted_args'] );
				// Back to the front of its priority, where core has it.
				$callbacks = &$wp_filter[ $hook ]->callbacks[ $priority ];
				$callbacks = array( $id => $callbacks[ $id ] ) + $callbacks;
				unset( $callbacks );
			}
		}
	}

	/**
	 * Whether this is core's own, exactly as core registers it.
	 *
	 * @param string $hook      Name of the hook.
	 * @param string $name      Name of the callback.
	 * @param int    $priority  Its priority.
	 * @param int    $arguments How many arguments it takes.
	 */
	private static function is_core( string $hook, string $name, int $priority, int $arguments ): bool {
		return in_array( "$name $priority $arguments", self::OF_CORE[ $hook ] ?? array(), true );
	}

	/**
	 * The callbacks of a hook.
	 *
	 * @param string $hook Name of the hook.
	 * @return iterable<array{string, int, array, string}> Name, priority, WordPress's entry and its key.
	 */
	private static function callbacks( string $hook ): iterable {
		global $wp_filter;
		$entries = isset( $wp_filter[ $hook ] ) && $wp_filter[ $hook ] instanceof WP_Hook ? $wp_filter[ $hook ]->callbacks : array();
		foreach ( $entries as $priority => $callbacks ) {
			foreach ( $callbacks as $id => $callback ) {
				yield array( self::name( $callback['function'] ), (int) $priority, $callback, (string) $id );
			}
		}
	}

	/**
	 * `function`, `Class::method`, or `{closure}`.
	 *
	 * @param mixed $callback Any callable.
	 */
	private static function name( $callback ): string {
		if ( is_array( $callback ) ) {
			return ( is_object( $callback[0] ) ? get_class( $callback[0] ) : $callback[0] ) . '::' . $callback[1];
		}
		if ( $callback instanceof Closure ) {
			return '{closure}';
		}
		return is_object( $callback ) ? get_class( $callback ) . '::__invoke' : ltrim( (string) $callback, '\\' );
	}

	/**
	 * Where a callback is written, for people.
	 *
	 * @param mixed $callback Any callable.
	 * @return string ` (plugins/shop/shop.php:12)`, or nothing for PHP's own functions.
	 */
	private static function origin( $callback ): string {
		try {
			if ( is_string( $callback ) && str_contains( $callback, '::' ) ) {
				$callback = explode( '::', $callback, 2 );
			}
			if ( is_array( $callback ) ) {
				$code = new ReflectionMethod( $callback[0], $callback[1] );
			} else {
				$code = is_object( $callback ) && ! $callback instanceof Closure ? new ReflectionMethod( $callback, '__invoke' ) : new ReflectionFunction( $callback );
			}
		} catch ( \ReflectionException $exception ) {
			return '';
		}
		$file = $code->getFileName();
		if ( ! $file ) {
			return '';
		}
		return sprintf( ' (%s:%d)', self::short( $file ), $code->getStartLine() );
	}

	/**
	 * A file's path below WordPress's folders.
	 *
	 * @param string $file Its path.
	 */
	public static function short( string $file ): string {
		$file = wp_normalize_path( $file );
		foreach ( array( WP_CONTENT_DIR, ABSPATH ) as $root ) {
			$root = trailingslashit( wp_normalize_path( $root ) );
			if ( str_starts_with( $file, $root ) ) {
				$file = substr( $file, strlen( $root ) );
			}
		}
		return $file;
	}
}
