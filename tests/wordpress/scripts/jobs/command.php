<?php
/**
 * Runs commands through their classes, with a stand-in for WP-CLI that records, one after the other.
 *
 * Arguments: `runs`: lists of a command, its arguments and options; `input`: what is on the standard input; `answer`: of
 * somebody who is asked; `listens`: whether there is a listener on deleted posts; `plan`: arguments of WpfDelete\plan().
 *
 * @return array{runs: array[], plan: array|null, commands: array} What each run said and its exit code; that plan; the
 *         commands by name.
 */

require __DIR__ . '/wp-cli.php';
require_once ABSPATH . 'wp-admin/includes/user.php';

if ( isset( $arguments['input'] ) ) {
	$file = tempnam( sys_get_temp_dir(), 'input' );
	file_put_contents( $file, $arguments['input'] );
	fclose( STDIN );
	// The first that is free: what the standard input was.
	$input = fopen( $file, 'r' );
	unlink( $file );
}
if ( $arguments['listens'] ?? false ) {
	add_action( 'trashed_post', static fn () => true );
}
WP_CLI::$answer = $arguments['answer'] ?? true;

WpfDelete\add_commands();

$runs = array();
foreach ( $arguments['runs'] ?? array() as list( $command, $args, $options ) ) {
	WP_CLI::$said = array();
	$code         = 0;
	$callable     = WP_CLI::$commands[ "wpf-delete $command" ] ?? array( WP_CLI::$commands['wpf-delete'], 'list' === $command ? 'list_' : $command );
	try {
		( new $callable[0]() )->{$callable[1]}( $args, $options );
	} catch ( WP_CLI_Ended $end ) {
		$code = $end->getCode();
	}
	$runs[] = array(
		'said' => WP_CLI::$said,
		'code' => $code,
	);
}
return array(
	'runs'     => $runs,
	'plan'     => isset( $arguments['plan'] ) ? WpfDelete\plan( ...$arguments['plan'] ) : null,
	'commands' => WP_CLI::$commands,
);
