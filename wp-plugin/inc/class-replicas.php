<?php
/**
 * Whether the site's replicas follow a job.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use mysqli;
use mysqli_driver;
use mysqli_sql_exception;
use WP_Error;

/**
 * Each batch changes the job's row, in its own transaction. Whoever sees that change on a replica knows that the replica
 * has followed so far, to the moment, whatever lies between it and the primary; and may see it with the account that
 * WordPress has anyway. The seconds that a replica tells of itself are whole ones, and those of what it works on: of what
 * waits behind that, they say nothing. So it is asked only when it does not follow, for what may be wrong with it.
 */
final class Replicas {

	/**
	 * Seconds within which a replica has to answer.
	 */
	private const TIMEOUT = 3;

	/**
	 * Changes that a replica may not have seen when another batch begins: it works on the one while the primary works on
	 * the next.
	 */
	private const AHEAD = 1;

	/**
	 * Numbers of the database's errors that have something to say of their own.
	 */
	private const ACCESS_DENIED   = 1045;
	private const SYNTAX          = 1064;
	private const LACKS_PRIVILEGE = 1227;

	/**
	 * Connections by address, kept from one look to the next.
	 *
	 * @var array<string, mysqli>
	 */
	private static $connections = array();

	/**
	 * The states of a job's row that this process knows of, in order, and when it came to know of each.
	 *
	 * @var array<int, array<string, float>>
	 */
	private static $states = array();

	/**
	 * The number of states that a replica has seen, by job and address.
	 *
	 * @var array<int, array<string, int>>
	 */
	private static $seen = array();

	/**
	 * What speaks against another batch.
	 *
	 * @param Job   $job   Whose.
	 * @param float $limit Seconds by which a replica may be behind.
	 * @return WP_Error|null `wpf_delete_replica_behind`, or `wpf_delete_replica_unknown`.
	 */
	public static function objection( Job $job, float $limit ): ?WP_Error {
		$addresses = self::addresses();
		if ( ! $addresses ) {
			return null;
		}
		$id = $job->number( 'id' );

		self::$states[ $id ][ $job->state_of_work() ] ??= hrtime( true ) / 1e9;
		foreach ( $addresses as $address ) {
			try {
				$problem = self::problem_of( $address, $id, $limit );
			} catch ( mysqli_sql_exception $error ) {
				$problem = self::meaning( $error->getCode() );
			}
			if ( is_string( $problem ) ) {
				unset( self::$connections[ $address ] );
				/* translators: 1: address of a database server, 2: what is wrong with it. */
				return new WP_Error( 'wpf_delete_replica_unknown', sprintf( __( 'Nobody knows how far the replica %1$s is behind: %2$s', 'wpf-delete' ), $address, $problem ) );
			}
			if ( $problem ) {
				/* translators: %s: address of a database server. */
				return new WP_Error( 'wpf_delete_replica_behind', sprintf( __( 'The replica %s was behind, and the deletion has waited for it.', 'wpf-delete' ), $address ) );
			}
		}
		return null;
	}

	/**
	 * Does the site name any?
	 */
	public static function are_named(): bool {
		return array() !== self::addresses();
	}

	/**
	 * Replicas as the site names them, in the forms of DB_HOST.
	 *
	 * @return string[]
	 */
	private static function addresses(): array {
		/**
		 * Filters the replicas that deletions wait for: `host`, `host:port` or `host:/socket`.
		 *
		 * @param string[] $replicas The constant WPF_DELETE_REPLICAS, addresses separated by commas; default none.
		 */
		$addresses = apply_filters( 'wpf_delete_replicas', defined( 'WPF_DELETE_REPLICAS' ) ? explode( ',', WPF_DELETE_REPLICAS ) : array() );
		return array_filter( array_map( 'trim', array_map( 'strval', (array) $addresses ) ), 'strlen' );
	}

	/**
	 * What speaks against another batch, of one replica.
	 *
	 * @param string $address Where it is.
	 * @param int    $id      The job.
	 * @param float  $limit   Seconds by which it may be behind.
	 * @return bool|string Whether it is too far behind, or what is wrong.
	 * @throws mysqli_sql_exception When it does not answer.
	 */
	private static function problem_of( string $address, int $id, float $limit ) {
		$replica = self::$connections[ $address ] ?? self::connect( $address );
		$states  = array_keys( self::$states[ $id ] );
		$found   = array_search( self::state_on( $replica, $id ), $states, true );
		$seen    = max( self::$seen[ $id ][ $address ] ?? 0, false === $found ? 0 : $found + 1 );
		$missed  = count( $states ) - $seen;

		self::$seen[ $id ][ $address ] = $seen;
		// Of a replica that has seen nothing of this process's nobody knows where it stands.
		$is_near = 0 === $missed || ( $seen > 0 && $missed <= self::AHEAD && hrtime( true ) / 1e9 - self::$states[ $id ][ $states[ $seen ] ] <= $limit );
		return $is_near ? false : self::what_is_wrong( $replica ) ?? true;
	}

	/**
	 * A connection to a replica.
	 *
	 * @param string $address As the site names it.
	 * @throws mysqli_sql_exception When there is none.
	 */
	private static function connect( string $address ): mysqli {
		global $wpdb;
		// As in wpdb::db_connect().
		$parts = $wpdb->parse_db_host( $address );
		list( $host, $port, $socket, $is_ipv6 ) = $parts ? $parts : array( $address, null, null, false );

		$before = ( new mysqli_driver() )->report_mode;
		// phpcs:disable WordPress.DB.RestrictedFunctions -- $wpdb is the primary's.
		mysqli_report( MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT );
		try {
			$connection = mysqli_init();
			$connection->options( MYSQLI_OPT_CONNECT_TIMEOUT, self::TIMEOUT );
			$connection->options( MYSQLI_OPT_READ_TIMEOUT, self::TIMEOUT );
			// phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- it throws, too.
			@$connection->real_connect( $is_ipv6 ? "[$host]" : $host, $wpdb->dbuser, $wpdb->dbpassword, $wpdb->dbname, (int) $port, (string) $socket, defined( 'MYSQL_CLIENT_FLAGS' ) ? MYSQL_CLIENT_FLAGS : 0 );
		} finally {
			mysqli_report( $before );
		}
		// phpcs:enable
		self::$connections[ $address ] = $connection;
		return $connection;
	}

	/**
	 * The state of a job's row as a replica has it.
	 *
	 * @param mysqli $replica Where.
	 * @param int    $id      The job.
	 * @return string|null Null when it has not heard of the job.
	 * @throws mysqli_sql_exception When it does not answer.
	 */
	private static function state_on( mysqli $replica, int $id ): ?string {
		$rows = self::ask( $replica, 'SELECT ' . Job::STATE_OF_WORK . ' AS state FROM ' . Table::name() . " WHERE id = $id" );
		return $rows[0]['state'] ?? null;
	}

	/**
	 * Why a replica does not follow.
	 *
	 * @param mysqli $replica Where to ask.
	 * @return string|null Null when it works.
	 * @throws mysqli_sql_exception When it does not answer, or to somebody else.
	 */
	private static function what_is_wrong( mysqli $replica ): ?string {
		try {
			$sources = self::ask( $replica, str_contains( $replica->server_info, 'MariaDB' ) ? 'SHOW ALL SLAVES STATUS' : 'SHOW REPLICA STATUS' );
		} catch ( mysqli_sql_exception $error ) {
			if ( self::SYNTAX !== $error->getCode() ) {
				throw $error;
			}
			// MySQL until 8.0.21.
			$sources = self::ask( $replica, 'SHOW SLAVE STATUS' );
		}
		if ( ! $sources ) {
			return __( 'it is no replica. Take it off the list, or have it replicate.', 'wpf-delete' );
		}
		foreach ( $sources as $source ) {
			if ( null === ( $source['Seconds_Behind_Master'] ?? $source['Seconds_Behind_Source'] ?? null ) ) {
				return __( 'its replication has stopped. Start it again, or take the replica off the list.', 'wpf-delete' );
			}
		}
		return null;
	}

	/**
	 * One question.
	 *
	 * @param mysqli $replica   Where.
	 * @param string $statement What.
	 * @return array<int, array<string, string|null>>
	 * @throws mysqli_sql_exception With the number of the error.
	 */
	private static function ask( mysqli $replica, string $statement ): array {
		// phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- a lost connection warns, too.
		$result = @$replica->query( $statement );
		if ( ! $result ) {
			throw new mysqli_sql_exception( '', $replica->errno );
		}
		return $result->fetch_all( MYSQLI_ASSOC );
	}

	/**
	 * What an error of a replica means, without what it says: that names accounts.
	 *
	 * @param int $number The error's number.
	 */
	private static function meaning( int $number ): string {
		switch ( $number ) {
			case self::ACCESS_DENIED:
				return __( 'it does not let in the account of DB_USER (error 1045). Create the account there, too.', 'wpf-delete' );
			case self::LACKS_PRIVILEGE:
				return __( 'it does not follow, and the account of DB_USER lacks the privilege to ask why (error 1227). GRANT REPLICA MONITOR ON *.* to it on MariaDB, REPLICATION CLIENT on MySQL.', 'wpf-delete' );
			default:
				/* translators: %d: number of an error. */
				return sprintf( __( 'it does not answer (error %d). Is the address right, and the server up?', 'wpf-delete' ), $number );
		}
	}
}
