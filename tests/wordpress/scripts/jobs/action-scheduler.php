<?php
/**
 * A stand-in for Action Scheduler, which cannot be installed where tests run: its functions that the plugin calls, with
 * its arguments, its answers, and its rule for unique actions. It keeps actions in memory and runs them when told.
 */

/** Its queue. */
final class Stand_In_Scheduler {

	/** @var array[] Actions by number: hook, group, time (0 for as soon as possible), status. */
	public static array $actions = array();

	public static function add( string $hook, string $group, int $time, bool $unique ): int {
		foreach ( self::$actions as $action ) {
			if ( $unique && $action['hook'] === $hook && $action['group'] === $group && 'done' !== $action['status'] ) {
				return 0;
			}
		}
		self::$actions[] = array( 'hook' => $hook, 'group' => $group, 'time' => $time, 'status' => 'pending' );
		return count( self::$actions );
	}

	/** Runs the first pending action, as its queue runner does, whatever its time. */
	public static function run(): void {
		foreach ( self::$actions as &$action ) {
			if ( 'pending' === $action['status'] ) {
				$action['status'] = 'running';
				do_action( $action['hook'] );
				$action['status'] = 'done';
				return;
			}
		}
	}

	/** @return array[] Hook, and seconds from now, of what waits; null for as soon as possible. */
	public static function pending(): array {
		$pending = array();
		foreach ( self::$actions as $action ) {
			if ( 'pending' === $action['status'] ) {
				$pending[] = array( $action['hook'], $action['group'], 0 === $action['time'] ? null : $action['time'] - time() );
			}
		}
		return $pending;
	}
}

function as_enqueue_async_action( $hook, $args = array(), $group = '', $unique = false ) {
	return Stand_In_Scheduler::add( $hook, $group, 0, $unique );
}

function as_schedule_single_action( $timestamp, $hook, $args = array(), $group = '', $unique = false ) {
	return Stand_In_Scheduler::add( $hook, $group, $timestamp, $unique );
}

function as_next_scheduled_action( $hook, $args = null, $group = '' ) {
	foreach ( array( 'running', 'pending' ) as $status ) {
		foreach ( Stand_In_Scheduler::$actions as $action ) {
			if ( $action['hook'] === $hook && $action['group'] === $group && $action['status'] === $status ) {
				return 'running' === $status || 0 === $action['time'] ? true : $action['time'];
			}
		}
	}
	return false;
}

function as_unschedule_all_actions( $hook, $args = array(), $group = '' ) {
	foreach ( Stand_In_Scheduler::$actions as &$action ) {
		if ( $action['hook'] === $hook && $action['group'] === $group && 'pending' === $action['status'] ) {
			$action['status'] = 'done';
		}
	}
}
