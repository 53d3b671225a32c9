<?php
/**
 * Where two deletions of the same plan take place.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

use mysqli;
use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\WordPress\ParitySnapshot;

require_once dirname( __DIR__ ) . '/support/Site.php';
require_once dirname( __DIR__ ) . '/wordpress/ParitySnapshot.php';

/**
 * One installed site and two copies, made once. For each plan the copies' tables are filled again from the installed
 * one's and with the plan's rows, which takes a tenth of an installation. Core and the engine run in processes of their
 * own, on the same frozen clock.
 */
final class Arena {

	private const DELETED = '2026-03-01 10:20:30';

	private Site $base;

	/** @var array<string, Site> The copies: `core` and `native`. */
	private array $sites = array();

	/** @var string[] Names of the tables. */
	private array $tables;

	public function __construct( string $suite, bool $network ) {
		$name = 'random_' . getmypid() . "_$suite" . ( $network ? '_network' : '' );
		$this->base = self::own( Site::install( $suite, $name, array( 'multisite' => $network ) ) );
		copy( dirname( __DIR__ ) . '/wordpress/scripts/types.php', $this->base->path() . '/wp-content/mu-plugins/types.php' );
		// The first request with these types adds a term and an option; core's posts are not of interest.
		$this->core_only( $this->base )->run( __DIR__ . '/scripts/settle.php', array(), array( 'extension' => false ) );
		foreach ( array( 'core', 'native' ) as $side ) {
			$this->sites[ $side ] = self::own( $this->base->copy( "{$name}_$side" ) );
			self::settings( $this->sites[ $side ]->database() );
		}
		$this->tables = array_column( $this->base->database()->query( 'SHOW TABLES' )->fetch_all(), 0 );
	}

	/** The state that a plan makes of both sites. */
	public function fill( array $plan ): array {
		$terms = $this->base->database()->query( 'SELECT * FROM wp_term_taxonomy' )->fetch_all( MYSQLI_ASSOC );
		$rows  = new Rows( $plan, array_map( static fn( $row ) => array( 'term_taxonomy_id' => (int) $row['term_taxonomy_id'] ) + $row, $terms ) );
		foreach ( $this->sites as $site ) {
			$database = $site->database();
			$database->begin_transaction();
			foreach ( $this->tables as $table ) {
				$database->query( "DELETE FROM `$table`" );
				$database->query( "INSERT INTO `$table` SELECT * FROM `wpf_{$this->base->name()}`.`$table`" );
			}
			foreach ( $rows->statements( $database ) as $statement ) {
				$database->query( $statement );
			}
			$database->commit();
			$this->fill_uploads( $site, $rows->files() );
		}
		return ParitySnapshot::of( $this->sites['native'] );
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
		return $this->delete( $this->core_only( $this->sites['core'] ), $plan, $before, array( 'function' => 'wp_delete_user', 'accept' => $accept, 'order' => true, 'lane' => '' ), array( 'extension' => false ) );
	}

	/** The plugin deletes the victim, with the extension if the environment has one. As core(). */
	public function native( array $plan, array $before ): array {
		$site = $this->sites['native']->with( array( 'WP_PLUGIN_DIR' => $this->plugin( $plan['batch'], $plan['slice'], $plan['pace'] ) ) );
		return $this->delete( $site, $plan, $before, array( 'function' => '\\' . $plan['function'], 'accept' => false, 'order' => ! self::has_extension(), 'lane' => $plan['lane'] ), array() );
	}

	/** Whether this run has the extension. */
	public static function has_extension(): bool {
		return '' !== (string) getenv( 'WPF_EXTENSION' );
	}

	private function delete( Site $site, array $plan, array $before, array $arguments, array $options ): array {
		$constants = array( 'WP_POST_REVISIONS' => $plan['revisions'] ) + match ( $plan['mode'] ) {
			'erase' => array( 'EMPTY_TRASH_DAYS' => 0 ),
			'trash media' => array( 'MEDIA_TRASH' => true ),
			default => array(),
		};
		$arguments += array(
			'user'     => Generator::VICTIM,
			'reassign' => 'reassign' === $plan['mode'] ? Generator::HEIR : null,
		);
		$options += array( 'time' => self::DELETED, 'user' => $plan['actor'] );
		$deleted  = $site->with( $constants )->run( __DIR__ . '/scripts/delete.php', $arguments, $options );
		$deleted['state']            = ParitySnapshot::of( $site, $before );
		$deleted['state']['outside'] = array( 'escaped.txt' => array( 'is there' => is_file( $site->path() . '/escaped.txt' ) ) );
		return $deleted;
	}

	/** What the deletion must do in small bites it does in a copy of the plugin with other numbers. */
	private function plugin( int $batch, int $slice, float $pace ): string {
		$folder = $this->sites['native']->path() . "/plugins-$batch-$slice-$pace";
		if ( ! is_dir( $folder ) ) {
			$plugin = "$folder/wpf-delete";
			mkdir( $folder );
			// mutations.sh has a plugin of its own.
			self::copy_folder( getenv( 'WPF_PLUGIN' ) ?: dirname( __DIR__, 2 ) . '/wp-plugin', $plugin );
			$request = file_get_contents( "$plugin/inc/class-request.php" );
			$request = preg_replace( array( '/const BATCH = \d+;/', '/const SLICE_POSTS = \d+;/', '/const PACE = [\d.]+;/' ), array( "const BATCH = $batch;", "const SLICE_POSTS = $slice;", "const PACE = $pace;" ), $request, -1, $changed );
			if ( 3 !== $changed ) {
				throw new \RuntimeException( 'The sizes of batches are no longer where they were.' );
			}
			file_put_contents( "$plugin/inc/class-request.php", $request );
		}
		return $folder;
	}

	/** Has the plugin copied anew. */
	public function forget_plugins(): void {
		foreach ( glob( $this->sites['native']->path() . '/plugins-*' ) as $folder ) {
			rename( $folder, dirname( $folder ) . '/old-' . bin2hex( random_bytes( 6 ) ) );
		}
	}

	private static function copy_folder( string $from, string $to ): void {
		mkdir( $to );
		foreach ( array_diff( scandir( $from ), array( '.', '..' ) ) as $name ) {
			if ( is_dir( "$from/$name" ) ) {
				self::copy_folder( "$from/$name", "$to/$name" );
			} else {
				copy( "$from/$name", "$to/$name" );
			}
		}
	}

	private function fill_uploads( Site $site, array $files ): void {
		foreach ( glob( $site->uploads() . '/*/*/*' ) as $file ) {
			unlink( $file );
		}
		@mkdir( $site->uploads() . '/2026/01', 0755, true );
		foreach ( $files as $path ) {
			file_put_contents( $site->uploads() . "/$path", $path );
		}
		// Two folders above the uploads.
		file_put_contents( $site->path() . '/escaped.txt', 'Not an upload.' );
	}

	private function core_only( Site $site ): Site {
		return $site->with( array( 'WP_PLUGIN_DIR' => $site->path() . '/no-plugins' ) );
	}

	/** Anything goes, as in tables that are older than strict modes. */
	private static function settings( mysqli $database ): void {
		$database->query( "SET SESSION sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'" );
	}

	/** Drops a site when this process ends. */
	private static function own( Site $site ): Site {
		register_shutdown_function( array( $site, 'drop' ) );
		return $site;
	}
}
