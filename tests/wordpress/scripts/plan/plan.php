<?php
/**
 * Asks what deletions would do. Arguments: `plans`: lists of a user and the arguments of WpfDelete\plan(); `lane`: of every
 * type, if not the plugin's choice; `native`: false switches native deletion off.
 *
 * @return array[] The plans, or the codes of errors; in each plan `reads`: how often this process's connection has asked the
 *         storage engine for a row, and how often for the next one of a table without an index.
 */

if ( $arguments['lane'] ?? '' ) {
	add_filter( 'wpf_delete_lane', static fn () => $arguments['lane'] );
}
if ( ! ( $arguments['native'] ?? true ) ) {
	add_filter( 'wpf_delete_native', '__return_false' );
}

$reads = static fn () => array_column( $GLOBALS['wpdb']->get_results( "SHOW SESSION STATUS LIKE 'Handler_read%'", ARRAY_A ), 'Value', 'Variable_name' );
$plans = array();
foreach ( $arguments['plans'] as $asked ) {
	$before = $reads();
	$plan   = WpfDelete\plan( ...$asked );
	$after  = $reads();
	if ( is_wp_error( $plan ) ) {
		$plans[] = $plan->get_error_code();
		continue;
	}
	$plan['reads'] = array(
		'rows'  => array_sum( $after ) - array_sum( $before ),
		'scans' => $after['Handler_read_rnd_next'] - $before['Handler_read_rnd_next'],
	);
	$plans[]       = $plan;
}
return $plans;
