--TEST--
A job's claim: what was done stands in its row, and without it nothing is done
--FILE--
<?php
require __DIR__ . '/site.inc';

function claimed( array $claim, array $changes = array() ): array {
	$request                        = request( $changes );
	$request['tables']['deletions'] = 'wp_deletions';
	$request['claim']               = $claim;
	return $request;
}
function job(): array {
	return database()->query( 'SELECT resume, unsettled, due > UTC_TIMESTAMP() AS is_claimed FROM wp_deletions' )->fetch_assoc();
}

$claim = array( 'job' => 5, 'owner' => 'word', 'lease' => 120 );
database()->query( 'INSERT INTO wp_deletions (id) VALUES (5)' );
foreach ( array( 10, 11 ) as $id ) {
	post( $id, 'book' );
}

foreach ( array( 'job' => 'x', 'owner' => 1, 'lease' => -1, 'more' => 1 ) as $key => $value ) {
	echo thrown( static fn() => wpf_delete_user( VICTIM, null, claimed( array( $key => $value ) + $claim ) ) ), "\n";
}
echo thrown( static fn() => wpf_delete_user( VICTIM, null, request( array( 'claim' => $claim ) ) ) ), "\n";
echo thrown( static fn() => wpf_delete_user( VICTIM, null, claimed( array( 'owner' => 'another' ) + $claim ) ) ), "\n";
echo json_encode( array( column( 'SELECT COUNT(*) FROM wp_posts' ), job() ) ), "\n";

$slice = wpf_delete_user( VICTIM, null, claimed( $claim, array( 'part' => array( 'purge' => array( 10 ) ) ) ) );
$job   = job();
$note  = json_decode( $job['unsettled'], true );
echo $job['resume'], ' ', $job['is_claimed'], "\n";
var_dump( $slice['resume'] === $job['resume'], $slice['noted'] === strlen( $job['unsettled'] ), array_intersect_key( $slice, $note ) == $note );
echo implode( ' ', array_keys( $note ) ), "\n";
--EXPECT--
WpfDelete\Native\InvalidArgumentException: request.claim.job: must be an integer of at least 0
WpfDelete\Native\InvalidArgumentException: request.claim.owner: must be a string
WpfDelete\Native\InvalidArgumentException: request.claim.lease: must be an integer of at least 0
WpfDelete\Native\InvalidArgumentException: request.claim.more: is not known
WpfDelete\Native\InvalidArgumentException: request.tables.deletions: is missing
WpfDelete\Native\ClaimedException: this user's deletion is not, or no longer, this runner's
[["2"],{"resume":null,"unsettled":null,"is_claimed":null}]
wpfd1|purge|0|0|0| 1
bool(true)
bool(true)
bool(true)
rows purged trashed reassigned unpublished changed_posts deleted_comments changed_comments counted_terms terms_to_count links
