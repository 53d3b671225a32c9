<?php
/**
 * Fills the site with a large blog, in a few statements.
 *
 * Each post has a revision, four metas, a category, a tag, and two comments of which one has a meta. The
 * author has every so-maniest; an editor has the others.
 *
 * @package WpfDelete
 *
 * @var array{posts: int, every: int} $arguments How many posts; of how many one is the author's.
 * @return array{author: int, first_id: int} The author; the id of the first post.
 */

namespace WpfDelete\Tests\Bench\Live;

use WpfDelete\Tests\Demo\Prose;

require_once dirname( __DIR__, 3 ) . '/demo/scripts/seed/Prose.php';

global $wpdb, $wp_rewrite;

$run   = static function ( string $sql ) use ( $wpdb ): void {
	if ( false === $wpdb->query( $sql ) ) {
		throw new \RuntimeException( "Seeding: $wpdb->last_error" );
	}
};
$user  = static fn( string $login, string $role ) => wp_insert_user(
	array(
		'user_login' => $login,
		'user_pass'  => wp_generate_password(),
		'user_email' => "$login@example.org",
		'role'       => $role,
	)
);
$terms = static fn( string $taxonomy, int $count ) => array_map( static fn( $i ) => (int) wp_insert_term( "$taxonomy $i", $taxonomy )['term_taxonomy_id'], range( 1, $count ) );

update_option( 'comment_previously_approved', 0 );
$wp_rewrite->set_permalink_structure( '/%postname%/' );
flush_rewrite_rules( false );

$author     = $user( 'jane', 'author' );
$editor     = $user( 'omar', 'editor' );
$categories = implode( ', ', $terms( 'category', 20 ) );
$tags       = implode( ', ', $terms( 'post_tag', 200 ) );
$count      = $arguments['posts'];
$numbers    = "seq_1_to_$count";
$before     = (int) $wpdb->get_var( "SELECT MAX(ID) FROM $wpdb->posts" );
$comments   = (int) $wpdb->get_var( "SELECT MAX(comment_ID) FROM $wpdb->comments" );
$owner      = "IF(seq % {$arguments['every']} = 0, $author, $editor)";
// Fifteen years, up to yesterday.
$date = "FROM_UNIXTIME(UNIX_TIMESTAMP() - 86400 - ($count - seq) * 473040000 DIV $count)";

// The texts repeat after ten.
$run( 'CREATE TEMPORARY TABLE prose (digit INT PRIMARY KEY, content TEXT)' );
for ( $digit = 0; $digit < 10; $digit++ ) {
	$run( $wpdb->prepare( 'INSERT INTO prose VALUES (%d, %s)', $digit, Prose::content( $digit ) ) );
}

$columns = 'ID, post_author, post_date, post_date_gmt, post_modified, post_modified_gmt, post_content, post_title, post_name, post_status, comment_status, post_type, post_parent, guid, comment_count, post_excerpt, to_ping, pinged, post_content_filtered';
$run( "INSERT INTO $wpdb->posts ($columns) SELECT $before + 2 * seq - 1, $owner, $date, $date, $date, $date, content, CONCAT('Article ', seq), CONCAT('article-', seq), 'publish', 'open', 'post', 0, CONCAT('http://example.test/?p=', $before + 2 * seq - 1), 2, '', '', '', '' FROM $numbers JOIN prose ON digit = seq % 10 ORDER BY seq" );
$run( "INSERT INTO $wpdb->posts ($columns) SELECT $before + 2 * seq, $owner, $date, $date, $date, $date, content, CONCAT('Article ', seq), CONCAT($before + 2 * seq - 1, '-revision-v1'), 'inherit', 'closed', 'revision', $before + 2 * seq - 1, CONCAT('http://example.test/?p=', $before + 2 * seq), 0, '', '', '', '' FROM $numbers JOIN prose ON digit = seq % 10 ORDER BY seq" );
$run( "INSERT INTO $wpdb->postmeta (post_id, meta_key, meta_value) SELECT $before + 2 * seq - 1, meta_key, meta_value FROM ( SELECT seq, '_edit_last' AS meta_key, $owner AS meta_value FROM $numbers UNION ALL SELECT seq, '_edit_lock', CONCAT(UNIX_TIMESTAMP($date), ':', $owner) FROM $numbers UNION ALL SELECT seq, 'views', seq * 37 % 9000 FROM $numbers UNION ALL SELECT seq, 'subtitle', CONCAT('What everybody should know about article ', seq) FROM $numbers ) metas ORDER BY seq" );
$run( "INSERT INTO $wpdb->term_relationships (object_id, term_taxonomy_id) SELECT $before + 2 * seq - 1, ELT(1 + seq % 20, $categories) FROM $numbers UNION ALL SELECT $before + 2 * seq - 1, ELT(1 + seq % 200, $tags) FROM $numbers ORDER BY 1" );
$columns = 'comment_ID, comment_post_ID, comment_author, comment_author_email, comment_author_IP, comment_date, comment_date_gmt, comment_content, comment_approved, comment_agent, comment_parent, user_id';
$run( "INSERT INTO $wpdb->comments ($columns) SELECT $comments + 2 * seq - 1, $before + 2 * seq - 1, CONCAT('Reader ', seq % 5000), CONCAT('reader', seq % 5000, '@example.org'), CONCAT('10.', seq % 200, '.', seq % 250, '.7'), $date, $date, CONCAT('I have made this ', seq % 9, ' times already, and never the same way. Thank you!'), '1', 'Mozilla/5.0', 0, 0 FROM $numbers ORDER BY seq" );
$run( "INSERT INTO $wpdb->comments ($columns) SELECT $comments + 2 * seq, $before + 2 * seq - 1, 'The author', 'author@example.org', '10.1.1.1', $date, $date, 'Glad to hear it. Let me know how the next one turns out.', '1', 'Mozilla/5.0', $comments + 2 * seq - 1, $owner FROM $numbers ORDER BY seq" );
$run( "INSERT INTO $wpdb->commentmeta (comment_id, meta_key, meta_value) SELECT $comments + 2 * seq - 1, 'stars', 1 + seq % 5 FROM $numbers ORDER BY seq" );
$run( "UPDATE $wpdb->term_taxonomy JOIN ( SELECT term_taxonomy_id, COUNT(*) AS related FROM $wpdb->term_relationships GROUP BY term_taxonomy_id ) counted USING (term_taxonomy_id) SET count = related" );
$run( "ANALYZE TABLE $wpdb->posts, $wpdb->postmeta, $wpdb->term_relationships, $wpdb->comments, $wpdb->commentmeta" );

return array(
	'author'   => $author,
	'first_id' => $before + 1,
);
