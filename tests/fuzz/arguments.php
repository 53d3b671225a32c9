<?php
/**
 * arguments.php SEED CALLS: calls of the extension with arguments by lot; prints what came of them.
 */

require __DIR__ . '/../phpt/site.inc';
require __DIR__ . '/../phpt/random.inc';

list( , $seed, $calls ) = $argv;
ob_start();
$outcomes = any_calls( (int) $seed, (int) $calls );
$findings = ob_get_flush();
arsort( $outcomes );
foreach ( $outcomes as $outcome => $count ) {
	printf( "  %7d  %s\n", $count, $outcome );
}
exit( '' === $findings ? 0 : 1 );
