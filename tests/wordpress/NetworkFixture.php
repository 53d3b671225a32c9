<?php
/**
 * A seeded network and its copies.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/Fixture.php';
require_once __DIR__ . '/NetworkSnapshot.php';
require_once __DIR__ . '/ParityScenario.php';

/**
 * Seeding takes longer than copying, so that each suite's network is seeded once per run and never deleted from.
 */
final class NetworkFixture {

	/** @var array<string, self> */
	private static array $seeded = array();

	/** @var array<string, int> Ids of `victim`, `colleague`, `heir`, `super` and `administrator`. */
	public array $users;

	/** @var array<string, int> Ids of `main`, `second`, `third`, `archived` and `left`. */
	public array $sites;

	/** @var array<int, array<string, int>> Post ids by site and label. */
	public array $posts;

	/** State before any deletion. */
	public array $before;

	private Site $network;

	private function __construct( string $suite ) {
		$network = Fixture::own( Site::install( $suite, Fixture::name( "network $suite" ), array( 'multisite' => true, 'prefix' => 'net_' ) ) );
		copy( __DIR__ . '/scripts/network/types.php', $network->path() . '/wp-content/mu-plugins/types.php' );
		// No revision when a post is trashed: that is D1, which ParityTest proves.
		$this->network = $network->with( array( 'WP_POST_REVISIONS' => false ) );
		$options       = array( 'time' => Fixture::SEEDED, 'user' => 1, 'extension' => false );
		foreach ( $this->network->run( __DIR__ . '/scripts/network/seed.php', array(), $options ) as $property => $value ) {
			$this->$property = $value;
		}
		$this->before = NetworkSnapshot::of( $this->network );
	}

	/** The fixture on that suite's WordPress. */
	public static function on( string $suite ): self {
		self::$seeded[ $suite ] ??= new self( $suite );
		return self::$seeded[ $suite ];
	}

	/** A copy to delete from. */
	public function copy( string $name ): Site {
		return Fixture::own( $this->network->copy( Fixture::name( "network $name" ) ) );
	}

	/**
	 * Lets core alone delete on a copy.
	 *
	 * @param array $arguments Of delete.php; the victim is the user unless it says otherwise.
	 * @return array{result: mixed, hooks: array[], sites: array, sizes: array, queries: int, state: array}
	 */
	public function by_core( array $arguments ): array {
		$network = $this->copy( 'core' );
		return $this->by( $network->with( array( 'WP_PLUGIN_DIR' => $network->path() . '/no-plugins' ) ), $arguments, array( 'extension' => false ) );
	}

	/** Lets the plugin delete on a copy, with the extension if this run has one. */
	public function by_plugin( array $arguments ): array {
		return $this->by( $this->copy( 'native' ), $arguments );
	}

	/**
	 * Deletes on a network, and drops it.
	 *
	 * @param array $options Of Site::run().
	 */
	public function by( Site $network, array $arguments, array $options = array() ): array {
		$done          = $this->run( $network, $arguments, $options );
		$done['state'] = NetworkSnapshot::of( $network, $this->before );
		$network->drop();
		return $done;
	}

	/** Deletes on a network. */
	public function run( Site $network, array $arguments, array $options = array() ): array {
		$arguments += array(
			'user'      => $this->users['victim'],
			'arguments' => array( $this->users['victim'] ),
			'order'     => ! ( $options['extension'] ?? ParityScenario::has_extension() ),
		);
		return $network->run( __DIR__ . '/scripts/network/delete.php', $arguments, $options + array( 'time' => Fixture::DELETED, 'user' => $this->users['administrator'] ) );
	}

	/** Ids of sites by name. */
	public function sites( string ...$names ): array {
		return array_map( fn( $name ) => $this->sites[ $name ], $names );
	}

	/**
	 * Posts of the victim on a site that were moved to the trash.
	 *
	 * @return string[] Labels.
	 */
	public function trashed( array $state, string $site ): array {
		$table  = 'main' === $site ? 'posts' : $this->sites[ $site ] . '_posts';
		$labels = array();
		foreach ( $this->posts[ $this->sites[ $site ] ] as $label => $id ) {
			$before = $this->before[ $table ][ $id ];
			if ( (int) $before['post_author'] === $this->users['victim'] && 'trash' !== $before['post_status'] && 'trash' === ( $state[ $table ][ $id ]['post_status'] ?? '' ) ) {
				$labels[] = $label;
			}
		}
		return $labels;
	}
}
