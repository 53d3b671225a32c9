<?php
/**
 * Which tag and which field value have a user deleted.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * The option, and the page under Tools that edits it.
 */
final class Settings {

	public const OPTION = 'wpf_delete_settings';

	/**
	 * Whether settings and record go with the plugin; on a network the main site says so.
	 */
	public const ERASE = 'wpf_delete_erase';

	private const PAGE     = 'wpf-delete';
	private const DEFAULTS = array(
		'tag'   => 'REMOVE USER',
		'field' => 'role',
		'value' => 'deleted',
	);

	/**
	 * One setting.
	 *
	 * @param string $key `tag`, `field` or `value`.
	 */
	public static function get( string $key ): string {
		return (string) ( self::all()[ $key ] ?? '' );
	}

	/**
	 * Do settings and record go with the plugin?
	 */
	public static function erases(): bool {
		return (bool) ( is_multisite() ? get_blog_option( get_main_site_id(), self::ERASE ) : get_option( self::ERASE ) );
	}

	/**
	 * Adds the page.
	 */
	public static function add_page(): void {
		add_management_page( __( 'User deletion', 'wpf-delete' ), __( 'User deletion', 'wpf-delete' ), 'delete_users', self::PAGE, array( self::class, 'show_page' ) );
	}

	/**
	 * Registers the option and its fields.
	 */
	public static function register(): void {
		register_setting( self::PAGE, self::OPTION, array( 'sanitize_callback' => array( self::class, 'sanitize' ) ) );
		// Whoever may see the page may save it; options.php asks for manage_options otherwise.
		add_filter( 'option_page_capability_' . self::PAGE, static fn () => 'delete_users' );
		$fields = array(
			'tag'   => array( __( 'Tag', 'wpf-delete' ), __( 'A user whose tags are loaded with this one is deleted. Leave empty to switch off.', 'wpf-delete' ) ),
			'field' => array( __( 'Field', 'wpf-delete' ), __( 'A user field that WP Fusion loads from the CRM. Leave empty to switch off.', 'wpf-delete' ) ),
			'value' => array( __( 'Value', 'wpf-delete' ), __( 'A user whose field is loaded with this value is deleted.', 'wpf-delete' ) ),
		);
		add_settings_section( 'triggers', __( 'When the CRM asks', 'wpf-delete' ), '__return_null', self::PAGE );
		foreach ( $fields as $key => list( $label, $help ) ) {
			add_settings_field(
				$key,
				$label,
				array( self::class, 'show_field' ),
				self::PAGE,
				'triggers',
				array(
					'key'       => $key,
					'help'      => $help,
					'label_for' => self::OPTION . "-$key",
				)
			);
		}
		register_setting( self::PAGE, self::ERASE, array( 'sanitize_callback' => 'rest_sanitize_boolean' ) );
		add_settings_section( 'record', __( 'The record of deletions', 'wpf-delete' ), '__return_null', self::PAGE );
		add_settings_field( self::ERASE, __( 'When this plugin is deleted', 'wpf-delete' ), array( self::class, 'show_erase' ), self::PAGE, 'record' );
	}

	/**
	 * Keeps the known keys, as plain text.
	 *
	 * @param mixed $value What was sent.
	 * @return array<string, string>
	 */
	public static function sanitize( $value ): array {
		$value = is_array( $value ) ? $value : array();
		$clean = array();
		foreach ( array_keys( self::DEFAULTS ) as $key ) {
			$clean[ $key ] = isset( $value[ $key ] ) && is_scalar( $value[ $key ] ) ? sanitize_text_field( (string) $value[ $key ] ) : '';
		}
		return $clean;
	}

	/**
	 * Shows the page.
	 */
	public static function show_page(): void {
		echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1><form method="post" action="options.php">';
		settings_fields( self::PAGE );
		do_settings_sections( self::PAGE );
		submit_button();
		echo '</form></div>';
	}

	/**
	 * Shows a field.
	 *
	 * @param array{key: string, help: string, label_for: string} $args Which.
	 */
	public static function show_field( array $args ): void {
		printf(
			'<input type="text" class="regular-text" id="%1$s" name="%2$s[%3$s]" value="%4$s" aria-describedby="%1$s-help"><p class="description" id="%1$s-help">%5$s</p>',
			esc_attr( $args['label_for'] ),
			esc_attr( self::OPTION ),
			esc_attr( $args['key'] ),
			esc_attr( self::get( $args['key'] ) ),
			esc_html( $args['help'] )
		);
	}

	/**
	 * Shows the choice of what goes with the plugin.
	 */
	public static function show_erase(): void {
		printf(
			'<input type="checkbox" id="%1$s" name="%1$s" value="1" %2$s> <label for="%1$s">%3$s</label>',
			esc_attr( self::ERASE ),
			checked( (bool) get_option( self::ERASE ), true, false ),
			esc_html__( 'Delete the record of deletions and these settings with it', 'wpf-delete' )
		);
	}

	/**
	 * All settings. Defaults apply until somebody has saved: an emptied field stays empty.
	 *
	 * @return array<string, string>
	 */
	private static function all(): array {
		$saved = get_option( self::OPTION );
		return is_array( $saved ) ? $saved : self::DEFAULTS;
	}
}
