<?php
/**
 * Is this the site that the CRM means?
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * A copy of a site, for staging, has its users and its connection to the CRM. It only records what it would
 * have done.
 */
final class LiveSite {

	/**
	 * The address for which the owner has switched the plugin on.
	 */
	public const OPTION = 'wpf_delete_home';

	/**
	 * Why this is not the live site, for people.
	 *
	 * @return string[] Empty when it is.
	 */
	public static function reasons(): array {
		$reasons = array();
		if ( function_exists( 'wpf_is_staging_mode' ) && wpf_is_staging_mode() ) {
			$reasons[] = __( 'WP Fusion is in staging mode.', 'wpf-delete' );
		}
		if ( 'production' !== wp_get_environment_type() ) {
			/* translators: %s: type of environment, e.g. staging. */
			$reasons[] = sprintf( __( 'The environment of this site is “%s”, not “production” (WP_ENVIRONMENT_TYPE).', 'wpf-delete' ), wp_get_environment_type() );
		}
		$known = (string) get_option( self::OPTION, '' );
		if ( '' !== $known && self::address() !== $known ) {
			/* translators: 1: an address, 2: another one. */
			$reasons[] = sprintf( __( 'The address of this site is %1$s now; it was %2$s when deletions were switched on. If this is the live site, save the settings again.', 'wpf-delete' ), self::address(), $known );
		}
		return $reasons;
	}

	/**
	 * The plugin is activated: a copy of the site is not, and has the address with it.
	 */
	public static function activated(): void {
		add_option( self::OPTION, self::address() );
	}

	/**
	 * The owner says that this is the live site.
	 */
	public static function accept_address(): void {
		update_option( self::OPTION, self::address() );
	}

	/**
	 * The site's address without what a move to HTTPS changes.
	 */
	private static function address(): string {
		return strtolower( untrailingslashit( preg_replace( '#^https?://#i', '', (string) get_option( 'home' ) ) ) );
	}
}
