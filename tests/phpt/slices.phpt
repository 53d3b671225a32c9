--TEST--
Slices: a loop over resume ends as one call, and calls alternate with the observer's writes
--FILE--
<?php
require __DIR__ . '/site.inc';
for ( $id = 10; $id < 40; $id++ ) {
	post( $id, array( 'post', 'page', 'book' )[ $id % 3 ], 'publish', 0 === $id % 5 ? 'same' : '' );
}
$request = request( array( 'budget' => array( 'seconds' => 60, 'posts' => 4, 'batch' => 2, 'transaction' => 60, 'pace' => 1 ) ) );
$slices  = array();
$ids     = array();
do {
	$slice             = wpf_delete_user( VICTIM, null, $request );
	$request['resume'] = $slice['resume'];
	$slices[]          = $slice['stopped'] . ' ' . $slice['phase'];
	foreach ( array( 'purged', 'trashed' ) as $kind ) {
		foreach ( $slice[ $kind ] as $type => $some ) {
			array_push( $ids, ...$some );
		}
	}
	if ( 4 === count( $slices ) ) {
		post( 50, 'book' );
		post( 51, 'post', 'publish', 'late' );
	}
} while ( ! $slice['done'] );
echo implode( "\n", $slices ), "\n";
sort( $ids );
var_dump( array( ...range( 10, 39 ), 50, 51 ) === $ids );
var_dump( array_unique( column( 'SELECT post_status FROM wp_posts' ) ), count( column( 'SELECT ID FROM wp_posts' ) ) );
$again = wpf_delete_user( VICTIM, null, $request );
var_dump( $again['done'], $again['trashed'], $again['purged'] );
--EXPECT--
budget purge
budget purge
phase trash
budget trash
budget trash
budget trash
budget trash
budget trash
done done
bool(true)
array(1) {
  [0]=>
  string(5) "trash"
}
int(21)
bool(true)
array(0) {
}
array(0) {
}
