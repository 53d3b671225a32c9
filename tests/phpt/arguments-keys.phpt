--TEST--
Request: a missing key, an unknown key and a wrong type are named with their path
--FILE--
<?php
require __DIR__ . '/site.inc';
post( 10, 'post' );
$before = checksum();

/**
 * The request without, or with another value at, a path.
 */
function changed( string $path, $value ): array {
	$request = request();
	$at      = &$request;
	$keys    = explode( '.', $path );
	$last    = array_pop( $keys );
	foreach ( $keys as $key ) {
		$at = &$at[ $key ];
	}
	if ( null === $value ) {
		unset( $at[ $last ] );
	} else {
		$at[ $last ] = $value;
	}
	return $request;
}

/**
 * Prints the complaint, which must have the right class and name the path.
 */
function complain( string $path, $value ): void {
	$thrown = thrown( static fn() => wpf_delete_user( VICTIM, null, changed( $path, $value ) ) );
	$same   = thrown( static fn() => wpf_plan_user_deletion( VICTIM, null, changed( $path, $value ) ) );
	// A plan reads no resume point.
	if ( $thrown !== $same && 'resume' !== $path ) {
		echo "the plan says: $same\n";
	}
	$class = 'WpfDelete\\Native\\InvalidArgumentException: ';
	echo str_starts_with( $thrown, "{$class}request.$path: " ) ? substr( $thrown, strlen( $class ) ) : "$path: $thrown", "\n";
}

echo "Missing:\n";
foreach ( array( 'connection', 'tables', 'tables.posts', 'tables.usermeta', 'part', 'proof', 'proof.key', 'proof.value', 'post_types', 'post_types.book.action', 'post_types.book.hierarchical', 'post_types.book.taxonomies', 'taxonomies', 'taxonomies.genre', 'taxonomies.genre.count', 'taxonomies.category.types', 'taxonomies.category.attachments', 'taxonomies.category.statuses', 'hidden_statuses', 'time', 'time.unix', 'time.local', 'time.gmt', 'budget', 'budget.seconds', 'budget.posts', 'budget.batch', 'budget.transaction', 'budget.pace' ) as $path ) {
	complain( $path, null );
}
echo "Unknown:\n";
foreach ( array( 'proofs', '0', 'tables.options', 'post_types.book.trash', 'taxonomies.genre.statusses' ) as $path ) {
	complain( $path, 'x' );
}
echo "Wrong:\n";
foreach (
	array(
		array( 'connection', settings() ),
		array( 'connection', new stdClass() ),
		array( 'tables', 'wp_' ),
		array( 'tables.posts', 5 ),
		array( 'tables.posts', "\xff" ),
		array( 'hidden_statuses', array( "\xff" => 1 ) ),
		array( 'part', array( 'purge' => array( "\xff" => 0 ) ) ),
		array( 'part', 'everything' ),
		array( 'part', array() ),
		array( 'part', array( 7 ) ),
		array( 'part', array( 'purge' => 7 ) ),
		array( 'part', array( 'purge' => array( 1 ), 'trash' => array( 2 ) ) ),
		array( 'part.purge', 'x' ),
		array( 'proof', 'x' ),
		array( 'proof.key', 5 ),
		array( 'proof.value', array() ),
		array( 'post_types', 'post' ),
		array( 'post_types.post', 'trash' ),
		array( 'post_types.5', 'trash' ),
		array( 'post_types.post.action', 'Trash' ),
		array( 'post_types.post.action', true ),
		array( 'post_types.post.hierarchical', 1 ),
		array( 'post_types.post.taxonomies', 'category' ),
		array( 'post_types.post.taxonomies', array( 1 ) ),
		array( 'post_types.post.taxonomies', array( "\xff" ) ),
		array( 'post_types.post.taxonomies', array( 'not_described' ) ),
		array( 'taxonomies', true ),
		array( 'taxonomies.genre', 'objects' ),
		array( 'taxonomies.genre.count', 'other' ),
		array( 'taxonomies.genre.recount_when_trashed_from', 'publish' ),
		array( 'taxonomies.category.types', 'post' ),
		array( 'taxonomies.category.attachments', 'no' ),
		array( 'taxonomies.category.statuses', array( null ) ),
		array( 'hidden_statuses', 'trash' ),
		array( 'hidden_statuses', array( 5 ) ),
		array( 'time', 1700000000 ),
		array( 'time.unix', -1 ),
		array( 'time.unix', 1.5 ),
		array( 'time.local', 5 ),
		array( 'time.gmt', false ),
		array( 'budget', 60 ),
		array( 'budget.seconds', 'soon' ),
		array( 'budget.seconds', 0 ),
		array( 'budget.seconds', -1.0 ),
		array( 'budget.seconds', INF ),
		array( 'budget.seconds', NAN ),
		array( 'budget.posts', 0 ),
		array( 'budget.posts', -1 ),
		array( 'budget.posts', 'many' ),
		array( 'budget.batch', 0 ),
		array( 'budget.batch', 3001 ),
		array( 'budget.batch', 5.0 ),
		array( 'budget.transaction', 0 ),
		array( 'budget.transaction', NAN ),
		array( 'budget.transaction', 'long' ),
		array( 'budget.pace', 0 ),
		array( 'budget.pace', 2.1 ),
		array( 'budget.pace', NAN ),
		array( 'budget.pace', 'slow' ),
		array( 'resume', 5 ),
		array( 'resume', 'nonsense' ),
		array( 'resume', 'wpfd1|reassign|0|0|0|' ),
	) as list( $path, $value )
) {
	if ( str_starts_with( $path, 'part.' ) ) {
		$value = array( substr( $path, 5 ) => $value );
		$path  = 'part';
	}
	complain( $path, $value );
}
var_dump( checksum() === $before );
--EXPECT--
Missing:
request.connection: is missing
request.tables: is missing
request.tables.posts: is missing
request.tables.usermeta: is missing
request.part: is missing
request.proof: is missing
request.proof.key: is missing
request.proof.value: is missing
request.post_types: is missing
request.post_types.book.action: is missing
request.post_types.book.hierarchical: is missing
request.post_types.book.taxonomies: is missing
request.taxonomies: is missing
taxonomies.genre: WpfDelete\Native\InvalidArgumentException: request.taxonomies: lacks genre, which a post type uses
request.taxonomies.genre.count: is missing
request.taxonomies.category.types: is missing
request.taxonomies.category.attachments: is missing
request.taxonomies.category.statuses: is missing
request.hidden_statuses: is missing
request.time: is missing
request.time.unix: is missing
request.time.local: is missing
request.time.gmt: is missing
request.budget: is missing
request.budget.seconds: is missing
request.budget.posts: is missing
request.budget.batch: is missing
request.budget.transaction: is missing
request.budget.pace: is missing
Unknown:
request.proofs: is not known
request.0: is not known
request.tables.options: is not known
request.post_types.book.trash: is not known
request.taxonomies.genre.statusses: is not known
Wrong:
request.connection: must be a WpfDelete\Native\Connection
request.connection: must be a WpfDelete\Native\Connection
request.tables: must be an array
request.tables.posts: must be a string
request.tables.posts: must be UTF-8
request.hidden_statuses: must be a list of strings
part: WpfDelete\Native\InvalidArgumentException: request.part.purge: must be a list of positive integers
request.part: must be 'content', 'terms', 'user', or one list of post ids under 'purge' or 'trash'
request.part: must be 'content', 'terms', 'user', or one list of post ids under 'purge' or 'trash'
request.part: must be 'content', 'terms', 'user', or one list of post ids under 'purge' or 'trash'
part: WpfDelete\Native\InvalidArgumentException: request.part.purge: must be an array
request.part: must be 'content', 'terms', 'user', or one list of post ids under 'purge' or 'trash'
part: WpfDelete\Native\InvalidArgumentException: request.part.purge: must be an array
request.proof: must be an array
request.proof.key: must be a string
request.proof.value: must be a string
request.post_types: must be an array
request.post_types.post: must be an array
request.post_types.5: must be an array
request.post_types.post.action: must be 'purge', 'trash' or 'keep'
request.post_types.post.action: must be a string
request.post_types.post.hierarchical: must be a bool
request.post_types.post.taxonomies: must be an array
request.post_types.post.taxonomies: must be a list of strings
request.post_types.post.taxonomies: must be UTF-8
post_types.post.taxonomies: WpfDelete\Native\InvalidArgumentException: request.taxonomies: lacks not_described, which a post type uses
request.taxonomies: must be an array
request.taxonomies.genre: must be an array
request.taxonomies.genre.count: must be 'posts', 'objects' or 'callback'
request.taxonomies.genre.recount_when_trashed_from: must be an array
request.taxonomies.category.types: must be an array
request.taxonomies.category.attachments: must be a bool
request.taxonomies.category.statuses: must be a list of strings
request.hidden_statuses: must be an array
request.hidden_statuses: must be a list of strings
request.time: must be an array
request.time.unix: must be an integer of at least 0
request.time.unix: must be an integer of at least 0
request.time.local: must be a string
request.time.gmt: must be a string
request.budget: must be an array
request.budget.seconds: must be a number
budget.seconds: WpfDelete\Native\InvalidArgumentException: request.budget: must allow some work
budget.seconds: WpfDelete\Native\InvalidArgumentException: request.budget: must allow some work
budget.seconds: WpfDelete\Native\InvalidArgumentException: request.budget: must allow some work
budget.seconds: WpfDelete\Native\InvalidArgumentException: request.budget: must allow some work
budget.posts: WpfDelete\Native\InvalidArgumentException: request.budget: must allow some work
request.budget.posts: must be an integer of at least 0
request.budget.posts: must be an integer of at least 0
request.budget.batch: must be between 1 and 3000
request.budget.batch: must be between 1 and 3000
request.budget.batch: must be an integer of at least 0
budget.transaction: WpfDelete\Native\InvalidArgumentException: request.budget: must allow some work
budget.transaction: WpfDelete\Native\InvalidArgumentException: request.budget: must allow some work
request.budget.transaction: must be a number
request.budget.pace: must be between 0.01 and 2
request.budget.pace: must be between 0.01 and 2
request.budget.pace: must be between 0.01 and 2
request.budget.pace: must be a number
request.resume: must be a string
request.resume: is not what an earlier call reported
request.resume: belongs to a deletion with another reassign
bool(true)
