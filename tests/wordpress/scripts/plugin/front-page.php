<?php
/**
 * What a visit of the front page costs.
 *
 * @return array{int, int} Statements, and rows that the server has read for them.
 */

global $wpdb;

$read       = static fn () => array_sum( array_column( $wpdb->get_results( "SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler\\_read%'", ARRAY_N ), 1 ) );
$before     = $read();
$statements = $wpdb->num_queries;
wp();
ob_start();
require ABSPATH . WPINC . '/template-loader.php';
ob_end_clean();
do_action( 'shutdown' );
$statements = $wpdb->num_queries - $statements;
return array( $statements, $read() - $before );
