<?php
/**
 * Sites that are filled with one plan after the other.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

use mysqli;
use WpfDelete\Tests\Support\Site;

foreach ( array( 'plan/Generator', 'Rows' ) as $class ) {
	require_once __DIR__ . "/$class.php";
}
require_once dirname( __DIR__ ) . '/support/Site.php';

/**
 * One installed site and copies of it, made once. For each plan the copies' tables are filled again from the installed
 * one's and with the plan's rows, which takes a tenth of an installation.
 */
final class Ground {

	/** When deletions take place, on a clock that stands still. */
	public const DELETED = '2026-03-01 10:20:30';

	private Site $base;

	/** @var array<string, Site> The copies by name. */
	private array $sites = array();

	/** @var string[] Names of the tables. */
	private array $tables;

	/**
	 * @param string   $suite   Debian suite of the WordPress.
	 * @param bool     $network Whether it is a network.
	 * @param string   $name    Begins the sites' names; no other run has it.
	 * @param string[] $copies  Names of the copies.
	 */
	public function __construct( string $suite, bool $network, string $name, array $copies ) {
		$name = "{$name}_$suite" . ( $network ? '_network' : '' );
		$this->base = self::own( Site::install( $suite, $name, array( 'multisite' => $network ) ) );
		copy( dirname( __DIR__ ) . '/wordpress/scripts/types.php', $this->base->path() . '/wp-content/mu-plugins/types.php' );
		// The first request with these types adds a term and an option; core's posts are not of interest.
		self::without_plugins( $this->base )->run( __DIR__ . '/scripts/settle.php', array(), array( 'extension' => false ) );
		foreach ( $copies as $copy ) {
			$this->sites[ $copy ] = self::own( $this->base->copy( "{$name}_$copy" ) );
		}
		$this->tables = array_column( $this->base->database()->query( 'SHOW TABLES' )->fetch_all(), 0 );
	}

	/** A copy. */
	public function site( string $copy ): Site {
		return $this->sites[ $copy ];
	}

	/** A copy as the plan wants the plugin there: what is to be done in small bites needs other numbers. */
	public function with_plugin( string $copy, array $plan ): Site {
		return $this->sites[ $copy ]->with( array( 'WP_PLUGIN_DIR' => $this->plugin( $copy, $plan['batch'], $plan['slice'], $plan['pace'] ) ) );
	}

	/** A site on which WordPress is alone. */
	public static function without_plugins( Site $site ): Site {
		return $site->with( array( 'WP_PLUGIN_DIR' => $site->path() . '/no-plugins' ) );
	}

	/** Puts all copies into the state that a plan describes. */
	public function fill( array $plan ): void {
		$terms = $this->base->database()->query( 'SELECT * FROM wp_term_taxonomy' )->fetch_all( MYSQLI_ASSOC );
		$rows  = new Rows( $plan, array_map( static fn( $row ) => array( 'term_taxonomy_id' => (int) $row['term_taxonomy_id'] ) + $row, $terms ) );
		foreach ( $this->sites as $site ) {
			$database = $site->database();
			self::settings( $database );
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
	}

	/** The server was restarted. */
	public function reconnect(): void {
		$this->base->reconnect();
		foreach ( $this->sites as $site ) {
			$site->reconnect();
		}
	}

	/** Constants that have the plan's mode of deletion come about. */
	public static function constants( array $plan ): array {
		return array( 'WP_POST_REVISIONS' => $plan['revisions'] ) + match ( $plan['mode'] ) {
			'erase' => array( 'EMPTY_TRASH_DAYS' => 0 ),
			'trash media' => array( 'MEDIA_TRASH' => true ),
			default => array(),
		};
	}

	/** Has the plugin copied anew. */
	public function forget_plugins(): void {
		foreach ( $this->sites as $site ) {
			foreach ( glob( $site->path() . '/plugins-*' ) as $folder ) {
				rename( $folder, dirname( $folder ) . '/old-' . bin2hex( random_bytes( 6 ) ) );
			}
		}
	}

	private function plugin( string $copy, int $batch, int $slice, float $pace ): string {
		$folder = $this->sites[ $copy ]->path() . "/plugins-$batch-$slice-$pace";
		if ( ! is_dir( $folder ) ) {
			$plugin = "$folder/wpf-delete";
			mkdir( $folder );
			// mutations.sh has a plugin of its own.
			self::copy_folder( getenv( 'WPF_PLUGIN' ) ?: dirname( __DIR__, 2 ) . '/wp-plugin', $plugin );
			$request = file_get_contents( "$plugin/inc/class-request.php" );
			$request = preg_replace( array( '/const BATCH = \d+;/', '/const (LONG_)?SLICE_POSTS = \d+;/', '/const PACE = [\d.]+;/' ), array( "const BATCH = $batch;", "const \$1SLICE_POSTS = $slice;", "const PACE = $pace;" ), $request, -1, $changed );
			if ( 4 !== $changed ) {
				throw new \RuntimeException( 'The sizes of batches are no longer where they were.' );
			}
			file_put_contents( "$plugin/inc/class-request.php", $request );
		}
		return $folder;
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
