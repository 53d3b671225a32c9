<?php
/**
 * One site twice, and the two deletions.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

use RuntimeException;
use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\WordPress\Fixture;
use WpfDelete\Tests\WordPress\ParitySnapshot;

require_once dirname( __DIR__ ) . '/wordpress/Fixture.php';
require_once dirname( __DIR__ ) . '/wordpress/ParitySnapshot.php';

/** Two copies of a seeded site, dropped when this process ends. */
final class Twins {

	/** Published posts that are not Jane's. */
	private const OTHERS = 40;

	public readonly int $jane;

	/** @var array<int, string> What trashing makes of the slugs of Jane's posts without content, by id. */
	public readonly array $empty;

	/** State before the deletion, see ParitySnapshot. */
	public readonly array $before;

	private Site $for_core;
	private Site $for_plugin;

	/**
	 * Installs, seeds, copies.
	 *
	 * @param Options  $options  What was asked for.
	 * @param Progress $progress Told about each step.
	 */
	public function __construct( public readonly Options $options, private Progress $progress ) {
		$name = 'demo_' . getmypid();
		$progress->step( "installing WordPress ({$options->suite})", 0.05 );
		$site = self::own( Site::install( $options->suite, $name ) );
		copy( __DIR__ . '/scripts/types.php', $site->path() . '/wp-content/mu-plugins/types.php' );

		$progress->step( 'seeding ' . number_format( $options->posts ) . ' posts of Jane and much else', 0.1 );
		$seeded = self::core_only( $site )->run(
			__DIR__ . '/scripts/seed.php',
			array(
				'posts'  => $options->posts,
				'others' => self::OTHERS,
				'whole'  => true,
			),
			array(
				'user'      => 1,
				'extension' => false,
			)
		);

		$this->jane   = $seeded['jane'];
		$this->empty  = $seeded['empty'];
		$this->before = ParitySnapshot::of( $site );

		// Both work on a copy: its tables are in better order than those which seeding has filled, and faster.
		$progress->step( 'copying the site to twins', 0.15 );
		$this->for_core   = self::own( $site->copy( "{$name}_core" ) );
		$this->for_plugin = self::own( $site->copy( "{$name}_plugin" ) );
		$site->drop();
	}

	/**
	 * Core deletes Jane on one twin; the plugin is not loaded.
	 *
	 * @return array As Meter::stop() returns it, and `state` (see ParitySnapshot) and `posts` dealt with.
	 */
	public function delete_by_core(): array {
		$this->progress->step( 'wp_delete_user() deletes Jane', 0.9 );
		$arguments = array(
			'function' => 'wp_delete_user',
			'user'     => $this->jane,
			'progress' => $this->progress->handed_over( count( $this->posts_of_jane() ) ),
		);
		$start     = time();
		$figures   = self::core_only( $this->for_core )->run( __DIR__ . '/scripts/delete.php', $arguments, array( 'extension' => false ) );
		return $this->outcome( $this->for_core, $start, $figures );
	}

	/**
	 * On the other WP Fusion's hooks bring the tag, and the plugin deletes Jane when the request ends.
	 *
	 * @return array As delete_by_core().
	 */
	public function delete_by_plugin(): array {
		$this->progress->step( 'WP Fusion loads the tag, the plugin deletes Jane', 0.93 );
		$file  = $this->for_plugin->path() . '/figures';
		$start = time();
		$this->for_plugin->run( __DIR__ . '/scripts/tag-load.php', array( 'user' => $this->jane, 'figures' => $file ), array( 'extension' => true ) );
		if ( ! is_file( $file ) ) {
			throw new RuntimeException( 'The request ended before the plugin had its turn.' );
		}
		$figures = unserialize( file_get_contents( $file ), array( 'allowed_classes' => false ) );
		if ( $figures['errors'] ) {
			throw new RuntimeException( "The plugin did not delete Jane natively:\n" . implode( "\n", $figures['errors'] ) );
		}
		return $this->outcome( $this->for_plugin, $start, $figures );
	}

	/** The version of WordPress. */
	public function wordpress(): string {
		preg_match( "/wp_version = '([^']+)'/", file_get_contents( dirname( __DIR__, 2 ) . "/target/wordpress/{$this->options->suite}/wp-includes/version.php" ), $found );
		return $found[1];
	}

	/** Rows of what Jane has published, drafted, planned, uploaded or thrown away; no revisions. */
	public function posts_of_jane(): array {
		return array_filter( $this->before['posts'], fn( $row ) => (int) $row['post_author'] === $this->jane && 'revision' !== $row['post_type'] );
	}

	/** What a deletion has left, its figures added. */
	private function outcome( Site $site, int $start, array $figures ): array {
		$state = $this->at_one_time( ParitySnapshot::of( $site, $this->before ), $start, time() );
		if ( isset( $state['users'][ $this->jane ] ) ) {
			throw new RuntimeException( "Jane is still there on {$site->name()}." );
		}
		$dealt_with = array_filter(
			$this->posts_of_jane(),
			static fn( $row ) => ! isset( $state['posts'][ $row['ID'] ] ) || $row['post_status'] !== $state['posts'][ $row['ID'] ]['post_status']
		);
		return array(
			'state' => $state,
			'posts' => count( $dealt_with ),
		) + $figures;
	}

	/**
	 * The deletions were run one after the other, each on a running clock: as if they had been at the
	 * time that the parity tests give to theirs.
	 *
	 * @param array $state What was left.
	 * @param int   $start When the deletion began.
	 * @param int   $end   When it had ended.
	 */
	private function at_one_time( array $state, int $start, int $end ): array {
		$within = static fn( int|false $time ) => $start <= $time && $time <= $end;
		$times  = array(
			'post_modified'     => Fixture::DELETED_LOCAL,
			'post_modified_gmt' => Fixture::DELETED,
		);
		foreach ( $state['posts'] as $id => &$post ) {
			foreach ( $times as $column => $time ) {
				if ( ( $this->before['posts'][ $id ][ $column ] ?? '' ) !== $post[ $column ] && $within( strtotime( "$post[$column] UTC" ) ) ) {
					$post[ $column ] = $time;
				}
			}
		}
		foreach ( $state['postmeta'] as $key => &$meta ) {
			if ( '_wp_trash_meta_time' === $meta['meta_key'] && ! isset( $this->before['postmeta'][ $key ] ) && $within( (int) $meta['meta_value'] ) ) {
				$meta['meta_value'] = (string) strtotime( Fixture::DELETED . ' UTC' );
			}
		}
		return $state;
	}

	/** Drops a site when this process ends. */
	private static function own( Site $site ): Site {
		register_shutdown_function( array( $site, 'drop' ) );
		return $site;
	}

	/** The same site without any plugin. */
	private static function core_only( Site $site ): Site {
		return $site->with( array( 'WP_PLUGIN_DIR' => $site->path() . '/no-plugins' ) );
	}
}
