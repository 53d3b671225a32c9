<?php
/**
 * Site Health: is the database as deletions need it?
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Tables that can roll back, privileges for them, and connections that are encrypted alike. Nothing is changed: the
 * database is asked what it would do.
 */
final class HealthDatabase {

	public const TEST = 'wpf_delete_database';

	/**
	 * What an account may not, by the database's number: a table, or a column of it.
	 */
	private const LACKS_PRIVILEGE = array( 1142, 1143 );

	/**
	 * The test's result.
	 *
	 * @return array
	 */
	public static function test() {
		$badge    = __( 'Security', 'wpf-delete' );
		$problems = array_filter( array( self::absent(), self::engines(), self::privileges(), self::encryption() ) );
		return $problems
			? Health::result( self::TEST, $badge, 'recommended', __( 'The database is not as deletions of users need it', 'wpf-delete' ), array_values( $problems ) )
			: Health::result( self::TEST, $badge, 'good', __( 'The database is as deletions of users need it', 'wpf-delete' ), array( __( 'All tables can roll back, the account of WordPress may read and write them, and the extension’s connection is as safe as that of WordPress.', 'wpf-delete' ) ) );
	}

	/**
	 * Tables that deletions touch: those that are there.
	 *
	 * @return array<string, string> Their engines.
	 */
	public static function tables(): array {
		global $wpdb;
		$names = array_merge( self::of_wordpress(), array( $wpdb->links, Table::name() ) );
		// phpcs:ignore WordPress.DB.PreparedSQLPlaceholders, WordPress.DB.PreparedSQL -- placeholders.
		return array_column( $wpdb->get_results( $wpdb->prepare( 'SELECT TABLE_NAME AS name, ENGINE AS engine FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (' . implode( ', ', array_fill( 0, count( $names ), '%s' ) ) . ')', $names ), ARRAY_A ), 'engine', 'name' );
	}

	/**
	 * Those of them that every WordPress has.
	 *
	 * @return string[]
	 */
	private static function of_wordpress(): array {
		global $wpdb;
		return array_values( array_diff_key( $wpdb->tables( 'blog' ), array_flip( array( 'options', 'termmeta', 'links' ) ) ) + array( 'users' => $wpdb->users, 'usermeta' => $wpdb->usermeta ) );
	}

	/**
	 * Tables that are not there: an account that may do nothing with a table does not see it.
	 *
	 * @return array{text: string}|null
	 */
	private static function absent(): ?array {
		$absent = array_diff( self::of_wordpress(), array_keys( self::tables() ) );
		/* translators: %s: names of tables. */
		return $absent ? array( 'text' => sprintf( __( 'These tables of WordPress do not exist, or its account may not even see them: %s. Restore them, or have whoever administers the database grant SELECT, INSERT, UPDATE and DELETE.', 'wpf-delete' ), implode( ', ', $absent ) ) ) : null;
	}

	/**
	 * Tables without transactions.
	 *
	 * @return array{text: string, code: string}|null
	 */
	private static function engines(): ?array {
		$others = array_filter( self::tables(), static fn ( $engine ) => 'innodb' !== strtolower( (string) $engine ) );
		if ( ! $others ) {
			return null;
		}
		return array(
			/* translators: %s: names of tables. */
			'text' => sprintf( __( 'These tables are not InnoDB and cannot undo what was half done, so deletions go through WordPress itself, post by post: %s. After a backup, have the database convert them:', 'wpf-delete' ), implode( ', ', array_keys( $others ) ) ),
			'code' => implode( "\n", array_map( static fn ( $table ) => "ALTER TABLE `$table` ENGINE=InnoDB;", array_keys( $others ) ) ),
		);
	}

	/**
	 * Privileges that the account lacks. Only a statement tells: roles, columns and whole databases may grant them,
	 * too. To explain one takes the privileges of having it done.
	 *
	 * @return array{text: string, code: string}|null
	 */
	private static function privileges(): ?array {
		global $wpdb;
		$missing  = array();
		$suppress = $wpdb->suppress_errors();
		foreach ( array_keys( self::tables() ) as $table ) {
			$statements = array(
				'SELECT' => "SELECT * FROM `$table` WHERE 1 = 0",
				'INSERT' => "INSERT INTO `$table` SELECT * FROM `$table` WHERE 1 = 0",
				'DELETE' => "DELETE FROM `$table` WHERE 1 = 0",
				'UPDATE' => "UPDATE `$table` SET " . self::first_column( $table ) . ' = 0 WHERE 1 = 0',
			);
			foreach ( $statements as $privilege => $statement ) {
				if ( false === $wpdb->query( "EXPLAIN $statement" ) && in_array( self::error_number(), self::LACKS_PRIVILEGE, true ) ) { // phpcs:ignore WordPress.DB.PreparedSQL -- names of tables.
					$missing[ $table ][] = $privilege;
				}
			}
		}
		$wpdb->suppress_errors( $suppress );
		if ( ! $missing ) {
			return null;
		}
		$grants = array();
		foreach ( $missing as $table => $privileges ) {
			$grants[] = 'GRANT ' . implode( ', ', $privileges ) . " ON `$table` TO …;";
		}
		return array(
			'text' => __( 'The account that WordPress uses may not do to these tables what a deletion has to do; deletions stop at them, or go through WordPress itself, which stops there, too. Whoever administers the database grants that with (… is the account of DB_USER):', 'wpf-delete' ),
			'code' => implode( "\n", $grants ),
		);
	}

	/**
	 * A column that an UPDATE may name.
	 *
	 * @param string $table Of which table.
	 */
	private static function first_column( string $table ): string {
		global $wpdb;
		$column = $wpdb->get_var( "SHOW COLUMNS FROM `$table`" ); // phpcs:ignore WordPress.DB.PreparedSQL -- a table's name.
		return '`' . ( $column ?? 'id' ) . '`';
	}

	/**
	 * The number of the last error on WordPress's connection.
	 */
	private static function error_number(): int {
		global $wpdb;
		return $wpdb->dbh instanceof \mysqli ? mysqli_errno( $wpdb->dbh ) : 0; // phpcs:ignore WordPress.DB.RestrictedFunctions -- $wpdb has texts only.
	}

	/**
	 * Is WordPress's connection encrypted, and the extension's would not be, or is not asked whom it talks to?
	 *
	 * @return array{text: string, code: string}|null
	 */
	private static function encryption(): ?array {
		if ( is_wp_error( Native::available() ) || ! self::is_encrypted() || self::flags() & MYSQLI_CLIENT_SSL ) {
			return null;
		}
		return array(
			'text' => __( 'WordPress talks to the database through an encrypted connection, which something other than wp-config.php asks for; the extension would not know, and send what it has to say in the clear. Ask for it there, for both:', 'wpf-delete' ),
			'code' => "define( 'MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL );",
		);
	}

	/**
	 * Is WordPress's connection encrypted?
	 */
	public static function is_encrypted(): bool {
		global $wpdb;
		$row = $wpdb->get_row( "SHOW SESSION STATUS LIKE 'Ssl_cipher'", ARRAY_A );
		return '' !== (string) ( $row['Value'] ?? '' );
	}

	/**
	 * How the extension is told to connect.
	 */
	public static function flags(): int {
		return defined( 'MYSQL_CLIENT_FLAGS' ) ? (int) MYSQL_CLIENT_FLAGS : 0;
	}
}
