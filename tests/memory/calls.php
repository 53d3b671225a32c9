<?php
/**
 * calls.php CALLS: so many calls of the extension in one process, of every kind: served, refused, on new connections and
 * on lost ones. Says how much more memory the process has afterwards than when a fifth of them were done.
 *
 * Exit code 1 when it has grown, or a call came to something else than the others of its kind.
 */

use WpfDelete\Native\Connection;

require __DIR__ . '/../phpt/site.inc';
require __DIR__ . '/../phpt/random.inc';

/** Bytes of growth that are none: a page here or there, not one for each hundred calls. */
const LEEWAY = array(
	'PHP'     => 16 * 1024,
	'process' => 768 * 1024,
);

/** What PHP holds, and what the process has in memory, in bytes. Under valgrind that is valgrind's. */
function memory(): array {
	gc_collect_cycles();
	$memory = array( 'PHP' => memory_get_usage() );
	if ( ! str_contains( (string) getenv( 'LD_PRELOAD' ), 'vgpreload' ) ) {
		$memory['process'] = (int) explode( ' ', file_get_contents( '/proc/self/statm' ) )[1] * 4096;
	}
	return $memory;
}

/** Says why and stops. */
function fail( string $why ): void {
	echo $why;
	exit( 1 );
}

/** One call and what it came to. */
function outcome( callable $call ): string {
	try {
		$call();
		return 'served';
	} catch ( Throwable $thrown ) {
		return get_class( $thrown );
	}
}

/** The extension's connections end, as when the server restarts. */
function kill_connections(): void {
	$ours = database()->thread_id;
	$name = database_name();
	foreach ( column( "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '$name' AND ID <> $ours" ) as $id ) {
		try {
			database()->query( "KILL $id" );
		} catch ( mysqli_sql_exception ) {
			// It has just gone by itself.
			continue;
		}
	}
}

$calls   = (int) $argv[1];
$right   = request();
$fast    = array( 'pace' => 2.0, 'batch' => 2 ) + $right['budget'];
$kinds   = array(
	'plan'                  => static fn() => wpf_plan_user_deletion( VICTIM, null, $right ),
	'reassign'              => static fn() => wpf_plan_user_deletion( VICTIM, OTHER, $right ),
	'deletion'              => static fn() => wpf_delete_user( VICTIM, null, $right ),
	'slice'                 => static fn() => wpf_delete_user( VICTIM, null, array( 'budget' => array( 'posts' => 1, 'batch' => 1 ) + $right['budget'] ) + $right ),
	'on two connections'    => static fn() => wpf_delete_user( VICTIM, null, array( 'budget' => $fast ) + $right ),
	'on a new connection'   => static fn() => wpf_delete_user( VICTIM, OTHER, array( 'connection' => new Connection( settings() ) ) + $right ),
	'with a wrong password' => static fn() => wpf_plan_user_deletion( VICTIM, null, array( 'connection' => new Connection( settings( array( 'password' => 'wrong' ) ) ) ) + $right ),
	'on a lost connection'  => static function () use ( $right ) {
		kill_connections();
		wpf_delete_user( VICTIM, null, $right );
	},
	'of nobody'             => static fn() => wpf_delete_user( 99, null, $right ),
	'without a table'       => static fn() => wpf_delete_user( VICTIM, null, array( 'tables' => array( 'terms' => 'wp_none' ) + $right['tables'] ) + $right ),
	'refused by a trigger'  => static function () use ( $right ) {
		database()->query( "CREATE TRIGGER refuse BEFORE DELETE ON wp_posts FOR EACH ROW SIGNAL SQLSTATE '45000'" );
		try {
			wpf_delete_user( VICTIM, null, $right );
		} finally {
			database()->query( 'DROP TRIGGER refuse' );
		}
	},
);
// Arguments by lot are half of it.
$seed = 1;
$warm = null;
$made = array();
for ( $call = 0; $call < $calls; ) {
	if ( null === $warm && $call >= $calls / 5 ) {
		$warm = memory();
	}
	fill();
	ob_start();
	any_calls( $seed++, count( $kinds ) );
	$findings = ob_get_clean();
	if ( '' !== $findings ) {
		fail( $findings );
	}
	foreach ( $kinds as $kind => $make ) {
		fill();
		$made[ $kind ][ outcome( $make ) ] = true;
	}
	$call += 2 * count( $kinds );
}
$grown = 0;
foreach ( memory() as $of => $now ) {
	$more   = $now - $warm[ $of ];
	$grown += (int) ( $more > LEEWAY[ $of ] );
	printf( "  %s: %d kB after %d calls, %+d kB after %d\n", $of, $warm[ $of ] / 1024, $calls / 5, $more / 1024, $call );
}
foreach ( $made as $kind => $outcomes ) {
	if ( 1 !== count( $outcomes ) ) {
		fail( "$kind: " . implode( ', ', array_keys( $outcomes ) ) . "\n" );
	}
}
exit( $grown ? 1 : 0 );
