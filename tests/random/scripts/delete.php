<?php
/**
 * Deletes the victim as tests/wordpress/scripts/delete.php does, whose arguments it takes, and notes what only core
 * knows.
 *
 * `accept`: posts that core would refuse to trash are trashed by core nevertheless, so that it is core that says which
 * slugs they and those after them get.
 *
 * @return array{result: mixed, hooks: array[], counted: int[], accepted: int[]} Numbers of terms that were counted; ids of
 *         posts that would have been refused.
 */

$counted  = array();
$accepted = array();
// Only in core's run: who listens has the engine go another way.
if ( $arguments['accept'] ) {
	add_action(
		'edited_term_taxonomy',
		static function ( $tt_id ) use ( &$counted ) {
			$counted[ (int) $tt_id ] = true;
		}
	);
	$current = null;
	// As late as possible before the two tests; says which post is being saved.
	add_filter(
		'wp_insert_post_empty_content',
		static function ( $is_empty, $post ) use ( &$accepted, &$current ) {
			$current = (int) $post['ID'];
			if ( $is_empty ) {
				$accepted[ $current ] = true;
			}
			return false;
		},
		PHP_INT_MAX,
		2
	);
	add_filter(
		'wp_checkdate',
		static function ( $is_valid ) use ( &$accepted, &$current ) {
			if ( ! $is_valid && $current ) {
				$accepted[ $current ] = true;
			}
			return true;
		},
		PHP_INT_MAX
	);
}

$deleted = include dirname( __DIR__, 2 ) . '/wordpress/scripts/delete.php';

return $deleted + array(
	'counted'  => array_keys( $counted ),
	'accepted' => array_keys( $accepted ),
);
