--TEST--
A plan counts, asks for no proof, and changes nothing
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post' );
post( 11, 'post', 'trash' );
post( 12, 'book' );
post( 13, 'shop_order' );
post( 14, 'post', 'publish', '', OTHER );
comment( 1, 10 );
comment( 2, 12 );
$before  = checksum();
$request = request( array( 'proof' => array( 'key' => 'none', 'value' => 'none' ) ) );
echo json_encode( wpf_plan_user_deletion( VICTIM, null, $request ) ), "\n";
echo json_encode( wpf_plan_user_deletion( VICTIM, OTHER, $request ) ), "\n";
var_dump( checksum() === $before );
echo thrown( static fn() => wpf_delete_user( VICTIM, null, $request ) ), "\n";
echo thrown( static fn() => wpf_plan_user_deletion( 99, null, $request ) ), "\n";
echo thrown( static fn() => wpf_plan_user_deletion( VICTIM, 99, $request ) ), "\n";
var_dump( checksum() === $before );
--EXPECT--
{"posts":{"book":{"purge":1},"post":{"purge":1,"trash":1},"shop_order":{"keep":1}},"rows":{"commentmeta":{"inserted":0,"updated":0,"deleted":0},"comments":{"inserted":0,"updated":1,"deleted":1},"links":{"inserted":0,"updated":0,"deleted":0},"postmeta":{"inserted":4,"updated":0,"deleted":0},"posts":{"inserted":0,"updated":1,"deleted":2},"term_relationships":{"inserted":0,"updated":0,"deleted":0},"term_taxonomy":{"inserted":0,"updated":0,"deleted":0},"usermeta":{"inserted":0,"updated":0,"deleted":1},"users":{"inserted":0,"updated":0,"deleted":1}}}
{"posts":{"book":{"reassign":1},"post":{"reassign":2},"shop_order":{"reassign":1}},"rows":{"links":{"inserted":0,"updated":0,"deleted":0},"posts":{"inserted":0,"updated":4,"deleted":0},"usermeta":{"inserted":0,"updated":0,"deleted":1},"users":{"inserted":0,"updated":0,"deleted":1}}}
bool(true)
WpfDelete\Native\DifferentDatabaseException: this connection does not see what WordPress has just written: it reaches another database, a lagging replica, or WordPress is inside an open transaction
WpfDelete\Native\UserNotFoundException: there is no user 99
WpfDelete\Native\InvalidReassignException: reassign: there is no user 99
bool(true)
