<?php
/**
 * Writes to a site on one node of a cluster, as visitors do: to posts of the author who goes, and beside them.
 *
 * php load.php SOCKET DATABASE AUTHOR POSTS FILE
 *
 * When it is asked to end, FILE says what was kept: comments, own posts, and changes of posts; and how often another node was
 * ahead of a change.
 */

mysqli_report( MYSQLI_REPORT_OFF );
list( , $socket, $name, $author, $posts, $file ) = $argv;

$ends = false;
pcntl_async_signals( true );
pcntl_signal(
	SIGTERM,
	static function () use ( &$ends ) {
		$ends = true;
	}
);
$database = new mysqli( 'localhost', 'root', '', $name, 0, $socket );
$kept     = array(
	'comments'  => 0,
	'posts'     => 0,
	'changes'   => 0,
	'conflicts' => 0,
);
while ( ! $ends ) {
	$post = $author * 1000000 + random_int( 1, (int) $posts );
	foreach ( array(
		'comments' => "INSERT INTO wp_comments (comment_post_ID, comment_author, comment_content) VALUES ($post, 'Visitor', 'Hello.')",
		'posts'    => "INSERT INTO wp_posts (post_author, post_title, post_content, post_excerpt, to_ping, pinged, post_content_filtered) VALUES (1, 'Of the load', '', '', '', '', '')",
		'changes'  => "UPDATE wp_posts SET menu_order = menu_order + 1 WHERE ID = $post",
	) as $what => $statement ) {
		if ( $database->query( $statement ) ) {
			$kept[ $what ] += $database->affected_rows;
		} elseif ( 1213 === $database->errno ) {
			++$kept['conflicts'];
		} else {
			fwrite( STDERR, "$statement: {$database->error}\n" );
		}
	}
	usleep( 3000 );
}
file_put_contents( $file, json_encode( $kept ) );
