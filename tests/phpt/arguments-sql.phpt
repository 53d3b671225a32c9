--TEST--
Nothing a request carries becomes SQL: names with quotes, backticks, NUL bytes
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post', 'publish', 'ten' );
$before = checksum();
$with   = static fn( string $table, string $name ) => request( array( 'tables' => array( $table => $name ) + request()['tables'] ) );
foreach ( array( 'posts', 'usermeta', 'links' ) as $table ) {
	foreach ( array( '', 'wp_posts`', '`', "wp'posts", 'wp"posts', 'wp_posts; DROP TABLE wp_posts', 'other.wp_posts', 'wp posts', 'wp_posts--', 'wp_posts#', "wp_posts\0", 'wp_pösts', '../wp_posts', '{posts}', '?', str_repeat( 'a', 65 ) ) as $name ) {
		$thrown = thrown( static fn() => wpf_delete_user( VICTIM, null, $with( $table, $name ) ) );
		$quiet  = str_starts_with( $thrown, "WpfDelete\\Native\\InvalidArgumentException: request.tables.$table: must be" )
			|| ( 'wp_posts--' === $name && str_starts_with( $thrown, 'WpfDelete\\Native\\SchemaException' ) );
		if ( ! $quiet ) {
			echo "$table $name: $thrown\n";
		}
	}
}
var_dump( checksum() === $before );

echo "Values:\n";
$evil = "'; DROP TABLE wp_posts; -- \\' \" ` \0 \xff {posts} ?";
$type = array(
	'action'       => 'purge',
	'hierarchical' => true,
	'taxonomies'   => array(),
);
$slice = array(
	array( 'proof' => array( 'key' => $evil, 'value' => $evil ) ),
	array( 'hidden_statuses' => array( $evil ) ),
	array( 'post_types' => array( $evil => $type ) + request()['post_types'] ),
	array( 'taxonomies' => array( "x'y\0" => array( 'count' => 'objects' ) ) + request()['taxonomies'] ),
	array( 'resume' => $evil ),
);
foreach ( $slice as $changes ) {
	echo key( $changes ), ': ', thrown( static fn() => wpf_plan_user_deletion( VICTIM, null, request( $changes ) ) ), "\n";
	if ( in_array( key( $changes ), array( 'proof', 'resume' ), true ) ) {
		echo '  ', thrown( static fn() => wpf_delete_user( VICTIM, null, request( $changes ) ) ), "\n";
	}
}
var_dump( checksum() === $before );
$time = array(
	'unix'  => 1,
	'local' => "2023-11-14 23:13:20', post_title = 'x",
	'gmt'   => '2023-11-14 23:13:20',
);
$slice = wpf_delete_user( VICTIM, null, request( array( 'time' => $time, 'resume' => 'wpfd1|trash|0|0|0|' ) ) );
var_dump( $slice['trashed'], column( "SELECT post_title FROM wp_posts" ) );

echo "Keys:\n";
echo thrown( static fn() => wpf_delete_user( VICTIM, null, request( array( "proof\0 of nothing" => 1 ) ) ) ), "\n";
echo thrown( static fn() => wpf_delete_user( VICTIM, null, request( array( "\xff" => 1 ) ) ) ), "\n";
--EXPECT--
bool(true)
Values:
proof: nothing was thrown
  WpfDelete\Native\DifferentDatabaseException: this connection does not see what WordPress has just written: it reaches another database, a lagging replica, or WordPress is inside an open transaction
hidden_statuses: nothing was thrown
post_types: WpfDelete\Native\InvalidArgumentException: request.post_types: has a key that is not UTF-8
taxonomies: nothing was thrown
resume: nothing was thrown
  WpfDelete\Native\InvalidArgumentException: request.resume: is not what an earlier call reported
bool(true)
array(1) {
  ["post"]=>
  array(1) {
    [0]=>
    int(10)
  }
}
array(1) {
  [0]=>
  string(0) ""
}
Keys:
WpfDelete\Native\InvalidArgumentException: request.proof\0 of nothing: is not known
WpfDelete\Native\InvalidArgumentException: request: has a key that is not UTF-8
