<?php
/**
 * What a deletion leaves, to be compared with what another one has left.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\WordPress\ParitySnapshot;

require_once dirname( __DIR__ ) . '/wordpress/ParitySnapshot.php';

/** Every row, option, event and file, and also what the plugin keeps for itself. */
final class State {

	/** What a job's row says about the way, and not about the end. */
	private const OF_THE_WAY = array( 'id', 'attempts', 'last_error', 'created', 'started', 'finished' );

	/**
	 * @param Site  $site   Site to read.
	 * @param array $before The state that the deletion started from; empty when this is that state.
	 */
	public static function of( Site $site, array $before = array() ): array {
		$state = ParitySnapshot::of( $site, $before );
		foreach ( $site->database()->query( 'SELECT * FROM wp_wpf_deletions ORDER BY id' ) as $job ) {
			$job['counts'] = json_decode( $job['counts'], true );
			self::sort( $job['counts'] );
			$state['wpf_deletions'][] = array_diff_key( $job, array_flip( self::OF_THE_WAY ) );
		}
		foreach ( $site->database()->query( "SELECT option_name, option_value, autoload FROM wp_options WHERE option_name LIKE '%wpf\\_delete\\_%'" ) as $option ) {
			$state['options'][ $option['option_name'] ] = $option;
		}
		return $state;
	}

	/** Counts stand in the order in which the first of each was counted. */
	private static function sort( mixed &$counts ): void {
		if ( is_array( $counts ) ) {
			ksort( $counts );
			array_walk( $counts, array( self::class, 'sort' ) );
		}
	}
}
