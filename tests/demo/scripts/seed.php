<?php
/**
 * Fills the site with a blog on which Jane has been busy.
 *
 * @package WpfDelete
 *
 * @var array{posts: int, others: int, whole: bool} $arguments How many published posts are Jane's and how many are not;
 *      whether Jane has everything else too that an author can have.
 * @return array{jane: int, empty: array<string, string>} Jane's id; slugs of Jane's posts without any content, by id.
 */

namespace WpfDelete\Tests\Demo;

foreach ( array( 'Rows', 'Prose', 'Blog' ) as $class ) {
	require_once __DIR__ . "/seed/$class.php";
}

$blog  = new Blog();
$jane  = wp_insert_user(
	array(
		'user_login'   => 'jane',
		'user_pass'    => wp_generate_password(),
		'user_email'   => 'jane@example.org',
		'display_name' => 'Jane Miller',
		'first_name'   => 'Jane',
		'last_name'    => 'Miller',
		'description'  => 'Cooks, bakes, and writes about both.',
		'role'         => 'author',
	)
);
$other = wp_insert_user(
	array(
		'user_login' => 'omar',
		'user_pass'  => wp_generate_password(),
		'user_email' => 'omar@example.org',
		'role'       => 'editor',
	)
);
$terms = array(
	Blog::terms( 'category', array( 'Baking', 'Soups', 'Preserves', 'Kitchen stories', 'Market', 'Travel' ) ),
	Blog::terms( 'post_tag', array( 'bread', 'vegan', 'quick', 'winter', 'summer', 'family', 'budget', 'classics', 'sweet', 'spicy' ) ),
);

$posts = array();
for ( $i = 0; $i < $arguments['posts']; $i++ ) {
	// Embedded maps: whoever saves such a post without the right to write any HTML loses them.
	$map     = $arguments['whole'] && 0 === $i % 40 ? "\n\n<!-- wp:html -->\n<iframe src=\"https://maps.example.org/$i\"></iframe>\n<!-- /wp:html -->" : '';
	$posts[] = $blog->article( $jane, $i, $terms, $map );
}
for ( $i = 0; $i < $arguments['others']; $i++ ) {
	$post = $blog->article( $i % 2 ? $other : 1, $i + 5, $terms );
	$blog->comment( $post, 0, $jane );
}

$empty = array();
if ( $arguments['whole'] ) {
	$empty = ( require __DIR__ . '/seed/whole.php' )( $blog, $jane, $other, $posts, $terms );
}
$blog->finish();
if ( $arguments['whole'] ) {
	( require __DIR__ . '/seed/site.php' )( $jane, $other, $posts );
}

return array(
	'jane'  => $jane,
	'empty' => $empty,
);
