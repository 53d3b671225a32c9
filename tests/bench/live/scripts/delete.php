<?php
/**
 * Deletes the author, natively or not at all.
 *
 * @package WpfDelete
 *
 * @var array{author: int} $arguments
 * @return array{from: int, to: int, processor: float} When, by hrtime(); share of one core that this process used.
 */

namespace WpfDelete\Tests\Bench\Live;

use WpfDelete\Native;

$fail = static function ( $error ): void {
	throw new \RuntimeException( $error->get_error_message() );
};
add_action( 'wpf_delete_left_to_core', static fn( $id, $error ) => $fail( $error ), 10, 2 );
$available = Native::available();
if ( is_wp_error( $available ) ) {
	$fail( $available );
}

$used   = static function (): float {
	$usage = getrusage();
	return $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'] + ( $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'] ) / 1e6;
};
$before = $used();
$from   = hrtime( true );
$result = \WpfDelete\delete_user( $arguments['author'] );
$to     = hrtime( true );
if ( true !== $result ) {
	throw new \RuntimeException( is_wp_error( $result ) ? $result->get_error_message() : 'delete_user() returned false.' );
}
return array(
	'from'      => $from,
	'to'        => $to,
	'processor' => ( $used() - $before ) / ( $to - $from ) * 1e9,
);
