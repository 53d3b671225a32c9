<?php
/**
 * The only place that talks to the extension.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use ReflectionExtension;
use WP_Error;
use WpfDelete\Native\Connection;
use WpfDelete\Native\DeletionException;

/**
 * The extension `wpf_delete` as the rest of the plugin sees it: available or not, and a slice of work
 * that ends in a report or a WP_Error.
 */
final class Native {

	private const EXTENSION = 'wpf_delete';

	/**
	 * Database layers that do not keep all tables behind one ordinary connection.
	 */
	private const FOREIGN_LAYERS = array( 'hyperdb', 'LudicrousDB', 'WP_SQLite_DB' );

	/**
	 * What a request has to have in which nothing is to be done.
	 */
	private const IDLE = array(
		'part'  => array( 'purge' => array() ),
		'proof' => array(
			'key'   => '',
			'value' => '',
		),
	);

	/**
	 * The connection, shared by all slices of a job, and by the jobs of a request. Its settings cannot be
	 * read back.
	 *
	 * @var Connection|null
	 */
	private static $connection = null;

	/**
	 * What those settings come to.
	 *
	 * @var string
	 */
	private static $digest = '';

	/**
	 * Whether a job is under way that goes on with the connection as it is.
	 *
	 * @var bool
	 */
	private static $is_working = false;

	/**
	 * Can the extension work on this site?
	 *
	 * @return true|WP_Error Why not, for Site Health.
	 */
	public static function available() {
		global $wpdb;
		if ( ! extension_loaded( self::EXTENSION ) ) {
			return new WP_Error( 'wpf_delete_no_extension', __( 'The PHP extension wpf_delete is not installed, so deletions go through WordPress itself, post by post.', 'wpf-delete' ) );
		}
		foreach ( self::FOREIGN_LAYERS as $layer ) {
			if ( is_a( $wpdb, $layer ) ) {
				/* translators: %s: name of a PHP class, e.g. hyperdb. */
				return new WP_Error( 'wpf_delete_foreign_database', sprintf( __( 'The database is reached through %s, which the extension cannot follow, so deletions go through WordPress itself.', 'wpf-delete' ), $layer ) );
			}
		}
		/**
		 * Filters whether deletions may be done natively. A kill switch.
		 *
		 * @param bool $available Default true.
		 */
		if ( ! apply_filters( 'wpf_delete_native', true ) ) {
			return new WP_Error( 'wpf_delete_switched_off', __( 'Native deletion is switched off by the filter wpf_delete_native.', 'wpf-delete' ) );
		}
		return true;
	}

	/**
	 * Can it also reach the site's tables, do they suit it, and does it see there what WordPress writes? Asks for
	 * the deletion of no posts of a user who has a row that nobody else can have written.
	 *
	 * @return true|WP_Error Why not, for Site Health.
	 */
	public static function reachable() {
		$available = self::available();
		if ( is_wp_error( $available ) ) {
			return $available;
		}
		$nothing = Mark::for_a_moment(
			static fn ( int $user_id, array $proof ) => self::slice( $user_id, null, Request::of( $user_id, null ) + array( 'proof' => $proof ) + self::IDLE )
		);
		self::release();
		// Somebody deletes this very user: whoever finds that out has seen the row before.
		return is_wp_error( $nothing ) && 'wpf_delete_claimed' !== $nothing->get_error_code() ? $nothing : true;
	}

	/**
	 * The extension's version, or an empty string.
	 */
	public static function version(): string {
		return (string) phpversion( self::EXTENSION );
	}

	/**
	 * The version of the client library that the extension connects with, or an empty string.
	 */
	public static function client_library(): string {
		if ( ! extension_loaded( self::EXTENSION ) ) {
			return '';
		}
		ob_start();
		( new ReflectionExtension( self::EXTENSION ) )->info();
		// A table in HTML on the web, lines of text elsewhere.
		return preg_match( '/Client library[\s=>]+([\d.]+)/', wp_strip_all_tags( str_replace( '<', ' <', ob_get_clean() ) ), $found ) ? $found[1] : '';
	}

	/**
	 * One slice of work.
	 *
	 * @param int      $user_id  Who goes.
	 * @param int|null $reassign Who inherits.
	 * @param array    $request  From Request.
	 * @return array|WP_Error The extension's report.
	 */
	public static function slice( int $user_id, ?int $reassign, array $request ) {
		return self::call( 'wpf_delete_user', $user_id, $reassign, $request );
	}

	/**
	 * What a deletion would do. It needs no proof, and no claim.
	 *
	 * @param int      $user_id  Who would go.
	 * @param int|null $reassign Who would inherit.
	 * @param array    $request  From Request.
	 * @return array|WP_Error Counts per post type, action and table.
	 */
	public static function plan( int $user_id, ?int $reassign, array $request ) {
		$was_working = self::$is_working;
		$plan        = self::call( 'wpf_plan_user_deletion', $user_id, $reassign, $request + self::IDLE );
		if ( ! $was_working ) {
			self::release();
		}
		return $plan;
	}

	/**
	 * Calls the extension; its exceptions end here.
	 *
	 * @param callable-string $native   One of the extension's functions.
	 * @param int             $user_id  Who goes.
	 * @param int|null        $reassign Who inherits.
	 * @param array           $request  From Request.
	 * @return array|WP_Error
	 */
	private static function call( string $native, int $user_id, ?int $reassign, array $request ) {
		try {
			$request['connection'] = self::connection();
			return $native( $user_id, $reassign, $request );
		} catch ( DeletionException $exception ) {
			return new WP_Error( self::code( $exception ), $exception->getMessage() );
		}
	}

	/**
	 * `wpf_delete_lock_wait` for a LockWaitException.
	 *
	 * @param DeletionException $exception What was thrown.
	 */
	private static function code( DeletionException $exception ): string {
		$class = substr( strrchr( get_class( $exception ), '\\' ), 1, -strlen( 'Exception' ) );
		return 'wpf_delete_' . strtolower( preg_replace( '/(?<!^)[A-Z]/', '_$0', $class ) );
	}

	/**
	 * Ends the work on a user. The connection is kept for the next one, if that one's is to be the same.
	 */
	public static function release(): void {
		if ( self::$connection ) {
			try {
				self::$connection->release();
			} catch ( DeletionException $exception ) {
				self::$connection = null;
			}
		}
		self::$is_working = false;
	}

	/**
	 * A connection that reads and compares text as $wpdb's does.
	 */
	private static function connection(): Connection {
		global $wpdb;
		if ( self::$is_working && self::$connection ) {
			return self::$connection;
		}
		$session = $wpdb->get_row( 'SELECT @@SESSION.sql_mode AS sql_mode, @@SESSION.character_set_connection AS charset, @@SESSION.collation_connection AS collation', ARRAY_A );
		$host    = $wpdb->parse_db_host( $wpdb->dbhost );
		// Core falls back to the whole string in the same way (wpdb::db_connect()).
		list( $host, $port, $socket ) = $host ? $host : array( $wpdb->dbhost, null, null );
		if ( null === $socket && in_array( $host, array( '', 'localhost' ), true ) ) {
			$default = ini_get( 'mysqli.default_socket' );
			$socket  = $default ? $default : null;
		}
		$settings = $session + array(
			'host'         => $host,
			'port'         => $port,
			'socket'       => $socket,
			'user'         => $wpdb->dbuser,
			'password'     => $wpdb->dbpassword,
			'database'     => $wpdb->dbname,
			'client_flags' => defined( 'MYSQL_CLIENT_FLAGS' ) ? MYSQL_CLIENT_FLAGS : 0,
		);
		Cluster::see_what_others_do();
		// The settings themselves are kept nowhere but in the connection, which does not show them.
		$digest = hash( 'sha256', serialize( $settings ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- of numbers and strings, never read back.
		if ( ! self::$connection || $digest !== self::$digest ) {
			self::$connection = new Connection( $settings );
			self::$digest     = $digest;
		}
		self::$is_working = true;
		return self::$connection;
	}
}
