--TEST--
Lists of posts: positive integers or strings of their digits
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'book' );
post( 11, 'book' );
post( 12, 'post', 'publish', 'twelve' );
$before = checksum();
foreach ( array( 'purge', 'trash' ) as $way ) {
	foreach ( array( 0, -1, 1.5, '1.5', 'x', null, array( 1 ), true ) as $id ) {
		$thrown = thrown( static fn() => wpf_delete_user( VICTIM, null, request( array( 'part' => array( $way => array( 10, $id ) ) ) ) ) );
		if ( ! str_starts_with( $thrown, "WpfDelete\\Native\\InvalidArgumentException: request.part.$way: " ) ) {
			echo var_export( $id, true ), ": $thrown\n";
		}
	}
}
var_dump( checksum() === $before );
$nothing = wpf_delete_user( VICTIM, null, request( array( 'part' => array( 'purge' => array() ) ) ) );
var_dump( $nothing['done'], $nothing['purged'], checksum() === $before );
$id = 11;
echo json_encode( wpf_delete_user( VICTIM, null, request( array( 'part' => array( 'purge' => array( 'a' => '10', 'b' => &$id ) ) ) ) )['purged'] ), "\n";
echo json_encode( wpf_delete_user( VICTIM, null, request( array( 'part' => array( 'trash' => array( 12 ) ) ) ) )['trashed'] ), "\n";
echo json_encode( column( 'SELECT CONCAT(ID, post_status, post_name) FROM wp_posts' ) ), "\n";
--EXPECT--
bool(true)
bool(true)
array(0) {
}
bool(true)
{"book":[10,11]}
{"post":[12]}
["12trashtwelve__trashed"]
