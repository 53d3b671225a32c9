<?php
/**
 * Site Health: are users deleted natively, and if not, why?
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * The extension, whether it belongs to this version of the plugin, and whether it reaches the site's database.
 */
final class HealthNative {

	public const TEST = 'wpf_delete_native';

	/**
	 * The test's result.
	 *
	 * @return array
	 */
	public static function test() {
		$badge     = __( 'Performance', 'wpf-delete' );
		$available = Native::reachable();
		if ( is_wp_error( $available ) ) {
			return Health::result( self::TEST, $badge, 'recommended', __( 'Users are deleted the slow way', 'wpf-delete' ), array_filter( array( $available->get_error_message(), self::what_to_do( $available->get_error_code() ) ) ) );
		}
		if ( ! self::fits() ) {
			return Health::result(
				self::TEST,
				$badge,
				'recommended',
				__( 'The plugin and the extension that delete users are of different versions', 'wpf-delete' ),
				/* translators: 1: version of the plugin, 2: version of the extension, 3: name of an archive. */
				array( sprintf( __( 'The plugin is %1$s, the extension wpf_delete %2$s, and one may not understand what the other says; if so, deletions go through WordPress itself, post by post. Install %3$s, or build the extension from the same release with “make install”, and restart PHP.', 'wpf-delete' ), self::plugin_version(), Native::version(), self::archive() ) )
			);
		}
		/* translators: 1: version of the extension, 2: version of a library. */
		return Health::result( self::TEST, $badge, 'good', __( 'Users are deleted natively', 'wpf-delete' ), array( sprintf( __( 'The PHP extension wpf_delete %1$s is loaded, belongs to this plugin, and reaches the database that WordPress uses, with version %2$s of the client library.', 'wpf-delete' ), Native::version(), Native::client_library() ) ) );
	}

	/**
	 * The plugin's version, as its header says.
	 */
	public static function plugin_version(): string {
		return get_file_data( dirname( __DIR__ ) . '/wpf-delete.php', array( 'version' => 'Version' ) )['version'];
	}

	/**
	 * Do the plugin and the extension belong together? What one says to the other may change with the second number.
	 */
	private static function fits(): bool {
		$second = static fn ( string $version ) => implode( '.', array_slice( explode( '.', $version ), 0, 2 ) );
		return $second( self::plugin_version() ) === $second( Native::version() );
	}

	/**
	 * The archive that has the extension for this server, as `make dist` names it.
	 */
	private static function archive(): string {
		return sprintf( 'wpf_delete-%s-php%d.%d-%s-%s.tar.gz', self::plugin_version(), PHP_MAJOR_VERSION, PHP_MINOR_VERSION, php_uname( 'm' ), strtolower( PHP_OS_FAMILY ) );
	}

	/**
	 * What to do, where the reason does not say so itself.
	 *
	 * @param string $reason An error's code.
	 */
	private static function what_to_do( string $reason ): string {
		switch ( $reason ) {
			case 'wpf_delete_no_extension':
				/* translators: 1: name of an archive, 2: version of PHP. */
				return sprintf( __( 'Install the extension from %1$s, which is for this server’s PHP %2$s, or build it on this server with “make install” from the project; then restart PHP.', 'wpf-delete' ), self::archive(), PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION );
			case 'wpf_delete_connection':
			case 'wpf_delete_connection_lost':
				return __( 'The extension connects by itself, with the constants of wp-config.php: DB_HOST, DB_USER, DB_PASSWORD, DB_NAME and MYSQL_CLIENT_FLAGS. WordPress’s own connection works, so look at what differs: a drop-in wp-content/db.php that connects in another way, or an account that demands an encrypted connection.', 'wpf-delete' );
			case 'wpf_delete_different_database':
				return __( 'The extension has reached another database than WordPress, or a replica of it. Have DB_HOST lead to the primary, and see what stands between: a drop-in wp-content/db.php, or a proxy.', 'wpf-delete' );
			case 'wpf_delete_invalid_argument':
				return __( 'The plugin and the extension do not understand each other: install both from the same release.', 'wpf-delete' );
			default:
				return '';
		}
	}
}
