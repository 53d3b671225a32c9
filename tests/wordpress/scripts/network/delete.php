<?php
/**
 * Deletes a user of a network and tells what listeners were told.
 *
 * Arguments: `function` to call and its `arguments`; `user` it is about; `site` to switch to before; `also`: sites that
 * get_blogs_of_user() names as well; `leaves`: a site the user is taken off by a listener on wpmu_delete_user;
 * `listens`: hooks of posts that somebody listens to; `order`: whether core is made to go through posts in the native
 * engine's order, for its own query has none.
 *
 * @return array{result: mixed, hooks: array[], sites: array, sizes: array, queries: int} What was returned; each firing
 *         of the hooks: name, current site, arguments; current site and those to go back to, before and after; known
 *         sizes of folders by site; how many queries WordPress made.
 */

require dirname( __DIR__ ) . '/clock.php';
foreach ( array( 'ms', 'user', 'bookmark' ) as $file ) {
	require_once ABSPATH . "wp-admin/includes/$file.php";
}

if ( $arguments['order'] ) {
	add_filter(
		'query',
		static function ( $query ) use ( $arguments ) {
			global $wpdb;

			$selection = "SELECT ID FROM $wpdb->posts WHERE post_author = {$arguments['user']}";
			if ( $query !== $selection && ( ! str_starts_with( $query, "$selection AND post_type IN (" ) || str_contains( $query, 'ORDER BY' ) ) ) {
				return $query;
			}
			$trashed = EMPTY_TRASH_DAYS ? "BINARY post_type IN ('post', 'page') AND BINARY post_status <> 'trash'" : 'ID = 0';
			return "$query ORDER BY $trashed, BINARY post_type <> 'attachment', ID";
		}
	);
}

$hooks  = array();
$listen = static function ( ...$given ) use ( &$hooks ) {
	foreach ( $given as &$value ) {
		$value = is_object( $value ) ? array( get_class( $value ), $value->ID, $value->user_login ) : $value;
	}
	$hooks[] = array( current_action(), get_current_blog_id(), $given );
};
foreach ( array( 'delete_user', 'deleted_user', 'wpmu_delete_user', 'remove_user_from_blog' ) as $hook ) {
	add_action( $hook, $listen, 10, 9 );
}
add_action(
	'wpf_delete_failed',
	static function ( $id, $why ) use ( &$hooks ) {
		$hooks[] = array( 'wpf_delete_failed', get_current_blog_id(), array( $id, $why->get_error_code() ) );
	},
	10,
	2
);

foreach ( $arguments['listens'] ?? array() as $hook ) {
	add_action( $hook, '__return_true' );
}
if ( isset( $arguments['leaves'] ) ) {
	add_action(
		'wpmu_delete_user',
		static function ( $id ) use ( $arguments ) {
			remove_user_from_blog( $id, $arguments['leaves'] );
		}
	);
}
if ( isset( $arguments['also'] ) ) {
	add_filter(
		'get_blogs_of_user',
		static function ( $sites, $user ) use ( $arguments ) {
			// In the function itself, not in remove_user_from_blog().
			if ( $user === $arguments['user'] && ! doing_action( 'remove_user_from_blog' ) ) {
				foreach ( $arguments['also'] as $site ) {
					$sites[ $site ] ??= (object) array( 'userblog_id' => $site, 'domain' => 'example.test' );
				}
			}
			return $sites;
		},
		10,
		2
	);
}

foreach ( get_sites( array( 'fields' => 'ids' ) ) as $site ) {
	switch_to_blog( $site );
	$folder = wp_upload_dir()['path'];
	set_transient( 'dirsize_cache', array( $folder => 1, dirname( $folder ) => 2, "$folder/elsewhere" => 3 ) );
	restore_current_blog();
}

if ( isset( $arguments['site'] ) ) {
	switch_to_blog( $arguments['site'] );
}
$where   = static fn() => array( get_current_blog_id(), $GLOBALS['_wp_switched_stack'], $GLOBALS['wpdb']->posts );
$before  = $where();
$queries = $GLOBALS['wpdb']->num_queries;
$result  = $arguments['function']( ...$arguments['arguments'] );
$queries = $GLOBALS['wpdb']->num_queries - $queries;
$after   = $where();

$sizes = array();
foreach ( get_sites( array( 'fields' => 'ids' ) ) as $site ) {
	switch_to_blog( $site );
	foreach ( (array) get_transient( 'dirsize_cache' ) as $path => $size ) {
		$sizes[ $site ][ substr( $path, strlen( WP_CONTENT_DIR ) ) ] = $size;
	}
	delete_transient( 'dirsize_cache' );
	restore_current_blog();
}

return array(
	'result'  => $result,
	'hooks'   => $hooks,
	'sites'   => array( $before, $after ),
	'sizes'   => $sizes,
	'queries' => $queries,
);
