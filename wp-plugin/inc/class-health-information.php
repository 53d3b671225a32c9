<?php
/**
 * Site Health: what there is to know when somebody asks for help.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * A section of the information that people copy into forums: no secret, nobody's name, no way to the database.
 */
final class HealthInformation {

	/**
	 * Adds the section.
	 *
	 * @param array $information Site Health's sections.
	 * @return array
	 */
	public static function add( $information ) {
		$fields = array();
		foreach ( self::lines() as $key => list( $label, $value ) ) {
			$fields[ $key ] = compact( 'label', 'value' );
		}
		$information['wpf-delete'] = array(
			'label'  => __( 'User deletion', 'wpf-delete' ),
			'fields' => $fields,
		);
		return $information;
	}

	/**
	 * The lines.
	 *
	 * @return array<string, array{string, string}> Label and value.
	 */
	private static function lines(): array {
		$available = Native::reachable();
		$version   = Native::version();
		return array(
			'plugin'     => array( __( 'Version of the plugin', 'wpf-delete' ), HealthNative::plugin_version() ),
			'extension'  => array( __( 'Extension wpf_delete', 'wpf-delete' ), '' === $version ? __( 'not loaded', 'wpf-delete' ) : $version ),
			'client'     => array( __( 'Client library of the extension', 'wpf-delete' ), '' === $version ? __( 'none', 'wpf-delete' ) : Native::client_library() ),
			'native'     => array( __( 'Native deletion', 'wpf-delete' ), is_wp_error( $available ) ? $available->get_error_message() : __( 'yes', 'wpf-delete' ) ),
			'encryption' => array( __( 'Encrypted connection: of WordPress, asked for in wp-config.php', 'wpf-delete' ), self::yes_or_no( HealthDatabase::is_encrypted() ) . ', ' . self::yes_or_no( (bool) ( HealthDatabase::flags() & MYSQLI_CLIENT_SSL ) ) ),
			'engines'    => array( __( 'Engines of the tables', 'wpf-delete' ), wp_json_encode( (object) array_count_values( array_map( 'strval', HealthDatabase::tables() ) ) ) ),
			'mode'       => array( __( 'Mode: chosen, applies', 'wpf-delete' ), Settings::get( 'mode' ) . ', ' . Requests::mode() ),
			'live'       => array( __( 'Why it only records', 'wpf-delete' ), LiveSite::reasons() ? implode( ' ', LiveSite::reasons() ) : '-' ),
			'tag'        => array( __( 'Tag', 'wpf-delete' ), self::tag() ),
			'field'      => array( __( 'Field', 'wpf-delete' ), Tag::field_problem() ? Tag::field_problem()->get_error_code() : __( 'yes', 'wpf-delete' ) ),
			'cap'        => array( __( 'Cap: an hour, a day', 'wpf-delete' ), Settings::get( 'cap_hour' ) . ', ' . Settings::get( 'cap_day' ) ),
			'grace'      => array( __( 'Minutes of grace', 'wpf-delete' ), (string) Settings::get( 'grace' ) ),
			'retention'  => array( __( 'Days for which records stay', 'wpf-delete' ), (string) Settings::get( 'retention' ) ),
			'jobs'       => array( __( 'Deletions not finished, by state', 'wpf-delete' ), Table::is_ready() ? wp_json_encode( (object) Queue::open_by_state() ) : __( 'no table', 'wpf-delete' ) ),
			'disabled'   => array( __( 'Switched off', 'wpf-delete' ), self::yes_or_no( KillSwitch::is_on() ) ),
			'scheduler'  => array( __( 'Jobs are run by', 'wpf-delete' ), function_exists( 'as_enqueue_async_action' ) ? 'Action Scheduler' : 'WP-Cron' ),
		);
	}

	/**
	 * Whether there is a tag, and whether it is known; not which.
	 */
	private static function tag(): string {
		$tag = Tag::current();
		if ( is_wp_error( $tag ) ) {
			return $tag->get_error_code();
		}
		return null === $tag ? __( 'switched off', 'wpf-delete' ) : __( 'yes', 'wpf-delete' );
	}

	/**
	 * One of two words.
	 *
	 * @param bool $is_so Which.
	 */
	private static function yes_or_no( bool $is_so ): string {
		return $is_so ? __( 'yes', 'wpf-delete' ) : __( 'no', 'wpf-delete' );
	}
}
