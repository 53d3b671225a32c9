<?php
/**
 * Calls functions of the plugin, one after the other, among listeners that behave as told.
 *
 * Arguments: `calls`: lists of a function and its arguments. `log`: file that gets each firing of the hooks of users and
 * posts, as it happens. `misbehave`: by hook, what a listener does: `throw`, `exit`, `kill`, use up `memory` or `time`,
 * or `sleep` for a second; a number behind it (`throw 3`) says at which firing, else at each. `seconds`: of work in this
 * request. `switch`: a hook at which somebody elsewhere sets the option of the kill switch. `cancel`: a hook at which
 * somebody elsewhere cancels job 1. `steal`: a hook at which another runner takes over all jobs. `note`: a hook, and what
 * is noted at its first firing behind the back of this process. `nap`: a hook of posts at whose first firing eleven
 * seconds pass after the claim has run out, and whose second one logs for how long there is a claim again. `lane`: of
 * every type. `filter`: one that says yes. `native`: false switches native deletion off. `stand_in`: a file to load
 * before. `gate`: a file to wait for with the calls; that this process waits says another one, `gate` and its number. `unanswered`: a pattern; the first
 * two statements like that fail. `statements`: a file that gets each statement, in a line.
 *
 * @return array{results: array, left: array[]} What the calls returned, jobs as their columns and errors as their codes;
 *         how runners left jobs.
 */

use WpfDelete\Job;

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';
if ( isset( $arguments['stand_in'] ) ) {
	require_once $arguments['stand_in'];
}

// No transaction takes that long: how many batches there are does not depend on what the machine is busy with.
add_filter( 'wpf_delete_transaction_seconds', static fn () => 600.0 );
add_filter( 'wpf_delete_pace', static fn () => 1.0 );

$log = static function ( ...$given ) use ( $arguments ) {
	$id = is_object( $given[0] ) ? $given[0]->ID : $given[0];
	file_put_contents( $arguments['log'], current_action() . " $id\n", FILE_APPEND );
};
if ( isset( $arguments['log'] ) ) {
	foreach ( array( 'delete_user', 'deleted_user' ) as $hook ) {
		add_action( $hook, $log, 5 );
	}
	if ( $arguments['listens'] ?? false ) {
		foreach ( array( 'deleted_post', 'trashed_post' ) as $hook ) {
			add_action( $hook, $log, 5 );
		}
	}
}
if ( isset( $arguments['statements'] ) ) {
	add_filter(
		'query',
		static function ( $statement ) use ( $arguments ) {
			file_put_contents( $arguments['statements'], preg_replace( '/\s+/', ' ', $statement ) . "\n", FILE_APPEND );
			return $statement;
		}
	);
}
if ( isset( $arguments['unanswered'] ) ) {
	add_filter(
		'query',
		static function ( $statement ) use ( $arguments ) {
			static $left = 2;
			if ( $left > 0 && preg_match( $arguments['unanswered'], $statement ) ) {
				--$left;
				return 'SELECT unanswered';
			}
			return $statement;
		}
	);
}
foreach ( $arguments['misbehave'] ?? array() as $hook => $how ) {
	list( $how, $turn ) = explode( ' ', $how ) + array( 1 => 0 );
	$fired              = 0;
	add_action(
		$hook,
		static function ( $value ) use ( $how, $turn, &$fired ) {
			if ( $turn && ++$fired !== (int) $turn ) {
				return $value;
			}
			switch ( $how ) {
				case 'throw':
					throw new LogicException( 'a secret of the listener' );
				case 'exit':
					exit;
				case 'kill':
					posix_kill( getmypid(), SIGKILL );
					break;
				case 'memory':
					str_repeat( 'x', PHP_INT_MAX >> 8 );
					break;
				case 'time':
					set_time_limit( 1 );
					while ( true ) {
						hrtime();
					}
					break;
				case 'sleep':
					sleep( 1 );
			}
			return $value;
		}
	);
	unset( $fired );
}
$elsewhere = static function ( string $statement ) {
	$database = new mysqli( null, DB_USER, DB_PASSWORD, DB_NAME, 0, explode( ':', DB_HOST )[1] );
	$database->query( $statement );
};
if ( isset( $arguments['switch'] ) ) {
	add_action( $arguments['switch'], static fn () => $elsewhere( "REPLACE INTO $wpdb->options ( option_name, option_value, autoload ) VALUES ( 'wpf_delete_disabled', '1', 'no' )" ) );
}
if ( isset( $arguments['cancel'] ) ) {
	add_action( $arguments['cancel'], static fn () => WpfDelete\Queue::cancel( 1 ) );
}
if ( isset( $arguments['steal'] ) ) {
	add_action( $arguments['steal'], static fn () => $elsewhere( 'UPDATE ' . WpfDelete\Table::name() . " SET owner = 'another'" ) );
}
if ( isset( $arguments['note'] ) ) {
	list( $hook, $line ) = $arguments['note'];
	$noted               = false;
	add_action(
		$hook,
		static function () use ( $elsewhere, $line, &$noted ) {
			if ( ! $noted ) {
				$noted = true;
				$elsewhere( 'UPDATE ' . WpfDelete\Table::name() . " SET unsettled = CONCAT( COALESCE( unsettled, '' ), '$line' )" );
			}
		}
	);
}
if ( isset( $arguments['nap'] ) ) {
	$seen = 0;
	add_action(
		$arguments['nap'],
		static function () use ( $elsewhere, $arguments, &$seen ) {
			global $wpdb;
			++$seen;
			if ( 1 === $seen ) {
				$elsewhere( 'UPDATE ' . WpfDelete\Table::name() . ' SET due = UTC_TIMESTAMP()' );
			}
			if ( $seen <= 2 ) {
				$left = $wpdb->get_var( 'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), due) FROM ' . WpfDelete\Table::name() );
				file_put_contents( $arguments['log'], ( 1 === $seen ? 'at the first' : 'after a nap' ) . ": $left\n", FILE_APPEND );
			}
			if ( 1 === $seen ) {
				sleep( 11 );
			}
		}
	);
}
if ( isset( $arguments['filter'] ) ) {
	add_filter( $arguments['filter'], '__return_true' );
}
if ( isset( $arguments['seconds'] ) ) {
	add_filter( 'wpf_delete_seconds', static fn () => $arguments['seconds'] );
}
if ( isset( $arguments['lane'] ) ) {
	add_filter( 'wpf_delete_lane', static fn () => $arguments['lane'] );
}
if ( ! ( $arguments['native'] ?? true ) ) {
	add_filter( 'wpf_delete_native', '__return_false' );
}

$plain = static function ( $value ) {
	if ( $value instanceof Job ) {
		return array(
			'id'       => $value->number( 'id' ),
			'user_id'  => $value->number( 'user_id' ),
			'attempts' => $value->number( 'attempts' ),
			'reassign' => $value->reassign(),
			'counts'   => $value->counts(),
		) + array_combine( $columns = array( 'source', 'cause', 'mode', 'state', 'phase', 'last_error', 'owner' ), array_map( array( $value, 'text' ), $columns ) );
	}
	return is_wp_error( $value ) ? $value->get_error_code() : $value;
};

$left = array();
add_action(
	'wpf_delete_job_left',
	static function ( $job, $result ) use ( &$left, $plain ) {
		$left[] = array( $job->number( 'id' ), $plain( $result ) );
	},
	10,
	2
);
if ( isset( $arguments['gate'] ) ) {
	touch( "{$arguments['gate']}-" . getmypid() );
	for ( ; ! file_exists( $arguments['gate'] ); clearstatcache() ) {
		usleep( 500 );
	}
}
$results = array();
foreach ( $arguments['calls'] ?? array() as $call ) {
	$function  = array_shift( $call );
	$results[] = $plain( $function( ...$call ) );
}
return compact( 'results', 'left' );
