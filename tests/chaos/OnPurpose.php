<?php
/**
 * What a deletion that was disturbed may leave different.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use WpfDelete\Tests\Random\Generator;

require_once __DIR__ . '/Kind.php';

/** Each of it by name, only when there is the reason for it, and noted. */
final class OnPurpose {

	/**
	 * Rows that WordPress's own listeners on deleted_user write. Nobody but they could know that a statement has failed; and
	 * the hook does not fire again when a process has died in it.
	 */
	private const OF_LISTENERS = array(
		array( 'signups', Generator::VICTIM, 'wp_delete_signup_on_user_delete()' ),
		array( 'options', 'user_count', 'wp_maybe_update_user_counts()' ),
		array( 'sitemeta', 'user_count', 'wp_maybe_update_user_counts()' ),
	);

	/** @var string[] */
	public array $notes = array();

	/**
	 * @param Kind     $kind  What has happened.
	 * @param string   $ask   How the deletion was asked for, see scripts/delete.php.
	 * @param string[] $log   What processes have logged.
	 * @param string   $phase What was on record when the process that was disturbed had ended.
	 */
	public function __construct( private Kind $kind, private string $ask, private array $log, private string $phase ) {}

	/**
	 * The state to be expected.
	 *
	 * @param array $before Before the deletion.
	 * @param array $whole  What a deletion has left that nobody has disturbed.
	 * @param array $state  What this one has left.
	 */
	public function state( array $before, array $whole, array $state ): array {
		if ( in_array( 'by core', $this->log, true ) && isset( $state['wpf_deletions'] ) ) {
			$this->notes[]                       = 'counts of the job: WordPress did what the extension could not, and tells less';
			$whole['wpf_deletions'][0]['counts'] = $state['wpf_deletions'][0]['counts'];
		}
		if ( 'wp_delete_user' === $this->ask && ! isset( $state['wpf_deletions'] ) ) {
			$this->notes[] = 'no job: wp_delete_user() could not put it on record, and left all to WordPress';
			unset( $whole['wpf_deletions'] );
		}
		$is_cut_short = $this->kind->fails_statements_of_wordpress() || 'deleted_user' === $this->phase;
		foreach ( $is_cut_short ? self::OF_LISTENERS : array() as list( $table, $key, $listener ) ) {
			$is_as_before = isset( $before[ $table ][ $key ] ) && $before[ $table ][ $key ] === ( $state[ $table ][ $key ] ?? null );
			if ( $is_as_before && $before[ $table ][ $key ] !== ( $whole[ $table ][ $key ] ?? null ) ) {
				$this->notes[]           = "$table: $listener listens to deleted_user, and its statement has failed, or has not come";
				$whole[ $table ][ $key ] = $before[ $table ][ $key ];
			}
		}
		return $whole;
	}

	/**
	 * How often hooks are to be heard. Between a hook and the record of it there is room for doubt.
	 *
	 * @param array<string, int> $once  Once each.
	 * @param array<string, int> $heard How often they were.
	 */
	public function hooks( array $once, array $heard ): array {
		if ( 2 === $heard['delete_user'] && '' === $this->phase ) {
			$this->notes[]       = 'delete_user fires twice: that it had fired was not on record';
			$once['delete_user'] = 2;
		}
		if ( 0 === $heard['deleted_user'] && 'deleted_user' === $this->phase ) {
			$this->notes[]        = 'deleted_user does not fire: that it would was on record';
			$once['deleted_user'] = 0;
		}
		return $once;
	}
}
