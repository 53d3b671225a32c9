<?php
/**
 * Calls functions of the plugin as ../../wordpress/scripts/jobs/calls.php does, at the plugin's own pace, and among filters.
 *
 * Arguments: those, and `filters`: what a filter returns, by name; `lags`: what the site says how far replicas are behind, one
 * after the other and the last one again and again, `throw` to throw; `at_look`: a look at the lag, counted from 1, and what is
 * called then. `wpdb` as a class in `calls` is the object.
 *
 * @return array{results: array, left: array[], seconds: float, looks: int, least: int|null} As there; how long it took; how often
 *         the site was asked for the lag, and for how many seconds at least the job was claimed then.
 */

$began = hrtime( true );
foreach ( $arguments['filters'] ?? array() as $hook => $value ) {
	add_filter( $hook, static fn () => $value, 20 );
}
$looks = 0;
$least = PHP_INT_MAX;
foreach ( $arguments['calls'] as &$call ) {
	if ( is_array( $call[0] ) && 'wpdb' === $call[0][0] ) {
		$call[0][0] = $GLOBALS['wpdb'];
	}
}
unset( $call );
if ( isset( $arguments['lags'] ) ) {
	$lags = $arguments['lags'];
	add_filter(
		'wpf_delete_lag',
		static function () use ( &$lags, &$looks, &$least, $arguments ) {
			global $wpdb;
			$claimed = $wpdb->get_var( 'SELECT MIN(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), due)) FROM ' . WpfDelete\Table::name() . " WHERE state = 'running'" );
			$least   = min( $least, (int) $claimed );
			list( $look, $call ) = $arguments['at_look'] ?? array( 0, array() );
			if ( ++$looks === $look ) {
				$function = array_shift( $call );
				$function( ...$call );
			}
			$lag = count( $lags ) > 1 ? array_shift( $lags ) : $lags[0];
			if ( 'throw' === $lag ) {
				throw new LogicException( 'a secret of the site' );
			}
			return $lag;
		}
	);
}
$run = require dirname( __DIR__, 2 ) . '/wordpress/scripts/jobs/calls.php';
return $run + array(
	'seconds' => ( hrtime( true ) - $began ) / 1e9,
	'looks'   => $looks,
	'least'   => $least,
);
