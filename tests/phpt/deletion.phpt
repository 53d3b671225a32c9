--TEST--
A whole deletion: content, files' posts by name, the user
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post', 'publish', 'hello' );
post( 11, 'page', 'draft' );
post( 12, 'post', 'trash', 'old__trashed' );
post( 13, 'book' );
post( 14, 'revision', 'inherit', '', OTHER, 13 );
post( 15, 'attachment', 'inherit' );
post( 16, 'shop_order' );
post( 17, 'post', 'publish', 'theirs', OTHER );
post( 18, 'attachment', 'inherit', '', OTHER, 13 );
comment( 1, 10 );
comment( 2, 13 );
comment( 3, 17 );
database()->query( "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (17, '_thumbnail_id', '15'), (13, 'k', 'v'), (15, 'f', 'f')" );
database()->query( "INSERT INTO wp_terms (term_id, name) VALUES (101, 'a'), (102, 'b'), (103, 'c')" );
database()->query( "INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description, count) VALUES (1, 101, 'category', '', 2), (2, 102, 'genre', '', 1), (3, 103, 'link_category', '', 1)" );
database()->query( 'INSERT INTO wp_term_relationships (object_id, term_taxonomy_id) VALUES (10, 1), (17, 1), (13, 2), (1, 3)' );
database()->query( "INSERT INTO wp_links (link_id, link_owner, link_notes) VALUES (1, 7, ''), (2, 8, '')" );

/**
 * A report without what differs from run to run.
 */
function show( array $report ): void {
	unset( $report['seconds'], $report['statements'] );
	foreach ( $report as $key => $value ) {
		if ( 'rows' === $key ) {
			$value = array_map( static fn( $rows ) => implode( ' ', $rows ), $value );
		}
		echo "$key: ", json_encode( $value ), "\n";
	}
}

$named = wpf_delete_user( VICTIM, null, request( array( 'part' => array( 'purge' => array( 15 ) ) ) ) );
echo json_encode( array( $named['done'], $named['purged'], $named['changed_posts'] ) ), "\n";
$first = wpf_delete_user( VICTIM, null, request() );
show( $first );
echo gettype( $first['seconds'] ), ' ', gettype( $first['statements'] ), "\n";
$second = wpf_delete_user( VICTIM, null, request( array( 'resume' => $first['resume'] ) ) );
show( $second );
$terms = wpf_delete_user( VICTIM, null, request( array( 'part' => 'terms', 'resume' => $second['resume'] ) ) );
echo json_encode( array( $terms['done'], $terms['resume'], $terms['rows'], $terms['counted_terms'], $terms['terms_to_count'] ) ), "\n";
$user = wpf_delete_user( VICTIM, null, request( array( 'part' => 'user' ) ) );
echo json_encode( array( $user['done'], $user['rows'] ) ), "\n";
echo json_encode( database()->query( 'SELECT ID, post_type, post_status, post_name, post_parent FROM wp_posts ORDER BY ID' )->fetch_all() ), "\n";
echo json_encode( database()->query( 'SELECT post_id, meta_key, meta_value FROM wp_postmeta ORDER BY meta_id' )->fetch_all() ), "\n";
echo json_encode( array( column( 'SELECT ID FROM wp_users' ), column( 'SELECT user_id FROM wp_usermeta' ), column( 'SELECT link_id FROM wp_links' ) ) ), "\n";
echo json_encode( column( 'SELECT CONCAT(comment_ID, comment_approved) FROM wp_comments' ) ), "\n";
echo json_encode( column( 'SELECT count FROM wp_term_taxonomy' ) ), "\n";
echo thrown( static fn() => wpf_delete_user( VICTIM, null, request() ) ), "\n";
--EXPECT--
[true,{"attachment":[15]},[17]]
done: false
stopped: "phase"
phase: "trash"
resume: "wpfd1|trash|0|0|1|2"
rows: {"commentmeta":"0 0 0","comments":"0 0 1","postmeta":"0 0 1","posts":"0 1 3","term_relationships":"0 0 1"}
purged: {"book":[13],"post":[12],"revision":[14]}
trashed: []
reassigned: []
unpublished: {"purged":{"book":1},"trashed":[]}
changed_posts: [18]
deleted_comments: [2]
changed_comments: []
counted_terms: []
terms_to_count: []
links: []
noted: 0
double integer
done: true
stopped: "done"
phase: "done"
resume: "wpfd1|done|0|1|0|1,2,3"
rows: {"comments":"0 1 0","links":"0 0 1","postmeta":"7 0 0","posts":"0 2 0","term_relationships":"0 0 1"}
purged: []
trashed: {"page":[11],"post":[10]}
reassigned: []
unpublished: {"purged":[],"trashed":{"post":1}}
changed_posts: []
deleted_comments: []
changed_comments: [1]
counted_terms: []
terms_to_count: []
links: [1]
noted: 0
[true,"wpfd1|done|0|1|0|",{"term_taxonomy":{"inserted":0,"updated":2,"deleted":0}},{"category":[101],"genre":[102]},{"link_category":[3]}]
[true,{"usermeta":{"inserted":0,"updated":0,"deleted":1},"users":{"inserted":0,"updated":0,"deleted":1}}]
[["10","post","trash","hello__trashed","0"],["11","page","trash","__trashed","0"],["16","shop_order","publish","","0"],["17","post","publish","theirs","0"],["18","attachment","inherit","","0"]]
[["10","_wp_trash_meta_status","publish"],["10","_wp_trash_meta_time","1700000000"],["10","_wp_desired_post_slug","hello"],["10","_wp_trash_meta_comments_status","a:1:{i:1;s:1:\"1\";}"],["11","_wp_trash_meta_status","draft"],["11","_wp_trash_meta_time","1700000000"],["11","_wp_desired_post_slug",""]]
[["8"],["8"],["2"]]
["31","1post-trashed"]
["1","0","1"]
WpfDelete\Native\UserNotFoundException: there is no user 7
