<?php
/**
 * A network's state in the form in which two networks are compared.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/ParitySnapshot.php';

/**
 * Each site's tables as in ParitySnapshot, under their names with the site's number; the network's own tables; files.
 */
final class NetworkSnapshot {

	/**
	 * @param Site  $network Network to read.
	 * @param array $before  The state that the deletion started from; empty when this is that state.
	 * @return array<string, array<string, array<string, mixed>>>
	 */
	public static function of( Site $network, array $before = array() ): array {
		$snapshot = $network->snapshot();
		$tables   = array_diff_key( $snapshot['tables'], array_flip( ParitySnapshot::OWN_TABLES ) );
		foreach ( preg_grep( '/^(\d+_)?options$/', array_keys( $tables ) ) as $name ) {
			$site = substr( $name, 0, -strlen( 'options' ) );
			$own  = static fn( array $state ) => array(
				'options'  => $state[ "{$site}options" ],
				'postmeta' => $state[ "{$site}postmeta" ],
			);
			foreach ( ParitySnapshot::tables( $own( $tables ), $before ? $own( $before ) : array() ) as $table => $rows ) {
				$tables[ $site . $table ] = $rows;
			}
		}
		$tables['sitemeta'] = self::options_of_network( $tables['sitemeta'] );
		$tables['files']    = array_map( static fn( $sha1 ) => array( 'sha1' => $sha1 ), $snapshot['files'] );
		return $tables;
	}

	/** By name; without what loading WordPress writes by itself, and numbers that others follow from. */
	private static function options_of_network( array $rows ): array {
		$options = array();
		foreach ( $rows as $row ) {
			if ( ! str_starts_with( $row['meta_key'], '_site_transient_' ) ) {
				$options[ $row['meta_key'] ] = array( 'meta_value' => $row['meta_value'] );
			}
		}
		ksort( $options );
		return $options;
	}
}
