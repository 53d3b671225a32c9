<?php
/**
 * Fills a site on which the post types of types.php are registered.
 *
 * @return array{users: array, posts: array, proves: array, refused: array} See class Seed.
 */

require __DIR__ . '/clock.php';
require_once ABSPATH . 'wp-admin/includes/nav-menu.php';
require_once __DIR__ . '/seed/Seed.php';

// Everything stays as it is written: nobody's HTML is filtered, nothing is counted or scheduled on the way.
kses_remove_filters();
wp_defer_term_counting( true );

$seed = new Seed();
foreach ( array( 'people', 'terms', 'posts', 'pages', 'slugs', 'content', 'types', 'revisions', 'attachments', 'comments', 'menus', 'links' ) as $part ) {
	( require __DIR__ . "/seed/$part.php" )( $seed );
}
wp_defer_term_counting( false );
( require __DIR__ . '/seed/options.php' )( $seed );

return array(
	'users'   => $seed->users,
	'posts'   => $seed->posts,
	'proves'  => $seed->proves,
	'refused' => $seed->refused,
);
