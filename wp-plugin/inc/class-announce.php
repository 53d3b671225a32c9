<?php
/**
 * Hooks that are fired whatever listeners do.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use Throwable;

/**
 * When rows are gone, a listener that throws changes nothing about that: the other hooks still have to
 * be heard, and the job has to go on. What was thrown is kept with the job.
 */
final class Announce {

	/**
	 * Jobs in whose course hooks are fired; the last one is the innermost.
	 *
	 * @var Job[]
	 */
	private static $jobs = array();

	/**
	 * Does something in the course of a job.
	 *
	 * @param Job      $job  Which.
	 * @param callable $work What to do.
	 * @return mixed What it returns.
	 */
	public static function during( Job $job, callable $work ) {
		self::$jobs[] = $job;
		try {
			return $work();
		} finally {
			array_pop( self::$jobs );
		}
	}

	/**
	 * Fires an action. Of this one firing, listeners after one who throws are lost, as in WordPress.
	 *
	 * @param string $hook    Name of the hook.
	 * @param mixed  ...$args Its arguments.
	 */
	public static function action( string $hook, ...$args ): void {
		self::safely( static fn () => do_action( $hook, ...$args ) );
	}

	/**
	 * Tells that a part of a deletion is done.
	 *
	 * @param Job $job Which.
	 */
	public static function progress( Job $job ): void {
		/**
		 * Fires after each batch of a deletion, or after several where two connections are at work.
		 *
		 * @param Job $job The job: `posts()` says how many are done, `counts()` by type and table.
		 */
		self::action( 'wpf_delete_progress', $job );
	}

	/**
	 * Runs something that fires hooks.
	 *
	 * @param callable $work What.
	 * @return bool Whether nothing was thrown.
	 */
	public static function safely( callable $work ): bool {
		global $wp_current_filter;
		$job = end( self::$jobs );
		if ( $job ) {
			$job->stay_alive();
		}
		$depth = count( $wp_current_filter );
		try {
			$work();
			return true;
		} catch ( Throwable $thrown ) {
			$hook = (string) end( $wp_current_filter );
			// WordPress forgets to take these off.
			$wp_current_filter = array_slice( $wp_current_filter, 0, $depth ); // phpcs:ignore WordPress.WP.GlobalVariablesOverride -- repaired, not replaced.
			/**
			 * Fires when a listener has thrown while a user was being deleted.
			 *
			 * @param Throwable $thrown What.
			 * @param string    $hook   While which hook was fired.
			 */
			do_action( 'wpf_delete_listener_failed', $thrown, $hook );
			if ( $job ) {
				$job->note( self::description( $thrown, $hook ) );
			}
			return false;
		}
	}

	/**
	 * What was thrown and where; not its message, which may hold anything.
	 *
	 * @param Throwable $thrown What.
	 * @param string    $hook   While which hook was fired; empty outside of any.
	 */
	public static function description( Throwable $thrown, string $hook = '' ): string {
		$place = sprintf( '%s (%s:%d)', get_class( $thrown ), Listeners::short( $thrown->getFile() ), $thrown->getLine() );
		return '' === $hook ? $place : "$hook: $place";
	}
}
