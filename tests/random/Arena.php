<?php
/**
 * Where two deletions of the same plan take place.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\WordPress\ParitySnapshot;

require_once __DIR__ . '/Ground.php';
require_once dirname( __DIR__ ) . '/wordpress/ParitySnapshot.php';

/** Two copies of a site. Core and the engine run in processes of their own, on the same frozen clock. */
final class Arena {

	private Ground $ground;

	public function __construct( string $suite, bool $network ) {
		$this->ground = new Ground( $suite, $network, 'random_' . getmypid(), array( 'core', 'native' ) );
	}

	/** The state that a plan makes of both sites. */
	public function fill( array $plan ): array {
		$this->ground->fill( $plan );
		return ParitySnapshot::of( $this->ground->site( 'native' ) );
	}

	/**
	 * Core deletes the victim.
	 *
	 * @param array $plan   See Generator.
	 * @param array $before What fill() returned.
	 * @param bool  $accept Whether core is made to trash what it refuses.
	 * @return array{result: mixed, hooks: array[], counted: int[], accepted: int[], state: array}
	 */
	public function core( array $plan, array $before, bool $accept ): array {
		return $this->delete( Ground::without_plugins( $this->ground->site( 'core' ) ), $plan, $before, array( 'function' => 'wp_delete_user', 'accept' => $accept, 'order' => true, 'lane' => '' ), array( 'extension' => false ) );
	}

	/** The plugin deletes the victim, with the extension if the environment has one. As core(). */
	public function native( array $plan, array $before ): array {
		return $this->delete( $this->ground->with_plugin( 'native', $plan ), $plan, $before, array( 'function' => '\\' . $plan['function'], 'accept' => false, 'order' => ! self::has_extension(), 'lane' => $plan['lane'] ), array() );
	}

	/** Whether this run has the extension. */
	public static function has_extension(): bool {
		return '' !== (string) getenv( 'WPF_EXTENSION' );
	}

	private function delete( Site $site, array $plan, array $before, array $arguments, array $options ): array {
		$arguments += array(
			'user'     => Generator::VICTIM,
			'reassign' => 'reassign' === $plan['mode'] ? Generator::HEIR : null,
		);
		$options += array( 'time' => Ground::DELETED, 'user' => $plan['actor'] );
		$deleted  = $site->with( Ground::constants( $plan ) )->run( __DIR__ . '/scripts/delete.php', $arguments, $options );
		$deleted['state']            = ParitySnapshot::of( $site, $before );
		$deleted['state']['outside'] = array( 'escaped.txt' => array( 'is there' => is_file( $site->path() . '/escaped.txt' ) ) );
		return $deleted;
	}

	/** Has the plugin copied anew. */
	public function forget_plugins(): void {
		$this->ground->forget_plugins();
	}
}
