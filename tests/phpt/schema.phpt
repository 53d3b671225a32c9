--TEST--
Tables that are missing or cannot roll back
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post' );
$request = request();
wpf_plan_user_deletion( VICTIM, null, $request );
foreach ( array( 'ALTER TABLE wp_comments ENGINE=MyISAM', 'DROP TABLE wp_comments' ) as $change ) {
	database()->query( $change );
	$before = checksum();
	echo thrown( static fn() => wpf_delete_user( VICTIM, null, request() ) ), "\n";
	var_dump( checksum() === $before );
}
database()->query( 'CREATE TABLE wp_comments LIKE wp_commentmeta' );
$tables = request()['tables'];
unset( $tables['links'] );
database()->query( 'DROP TABLE wp_links' );
echo thrown( static fn() => wpf_plan_user_deletion( VICTIM, null, request( array( 'tables' => $tables ) ) ) ), "\n";
--EXPECT--
WpfDelete\Native\SchemaException: table wp_comments: is not InnoDB, so a batch could not be rolled back; convert it with ALTER TABLE … ENGINE=InnoDB
bool(true)
WpfDelete\Native\SchemaException: table wp_comments: does not exist, or this account may not see it
bool(true)
WpfDelete\Native\SchemaException: table wp_comments, wp_posts: lacks a column that WordPress's own schema has (error 1054, wpf_delete::sql::plan::NOTED_IN_TRASH)
