<?php
/**
 * The tab with the settings.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * One form. What was entered and is wrong is shown again as it was entered, with what is wrong about it beside.
 */
final class SettingsTab {

	/**
	 * Fields that are texts in the form.
	 */
	private const TEXTS = array( 'mode', 'tag', 'sources', 'field', 'value', 'content', 'heir', 'cap_hour', 'cap_day', 'grace', 'retention', 'roles' );

	/**
	 * Boxes that are ticked or not.
	 */
	private const BOXES = array( 'lock_out', 'erase' );

	/**
	 * Shows it.
	 *
	 * @param array $form `wrong`: messages by setting, and `entered`, when nothing was saved; else empty.
	 */
	public static function show( array $form ): void {
		$fields = new FormFields( $form['entered'] ?? self::saved(), $form['wrong'] ?? array() );
		echo '<h2 class="screen-reader-text">' . esc_html__( 'Settings', 'wpf-delete' ) . '</h2><form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '" novalidate>';
		Forms::fields( 'settings' );
		self::show_mode( $fields );
		self::show_requests( $fields );
		self::show_content( $fields );
		self::show_safety( $fields );
		self::show_record( $fields );
		submit_button( __( 'Save settings', 'wpf-delete' ) );
		echo '</form>';
	}

	/**
	 * What was entered.
	 *
	 * @return array<string, string|string[]>
	 */
	public static function entered(): array {
		// phpcs:disable WordPress.Security.NonceVerification -- Forms has checked it.
		$entered = array();
		foreach ( self::TEXTS as $name ) {
			$value            = $_POST[ $name ] ?? '';
			$entered[ $name ] = is_string( $value ) ? sanitize_text_field( wp_unslash( $value ) ) : '';
		}
		foreach ( self::BOXES as $name ) {
			$entered[ $name ] = isset( $_POST[ $name ] ) ? '1' : '';
		}
		$entered['protected_roles'] = array_map( 'sanitize_text_field', wp_unslash( array_filter( (array) ( $_POST['protected_roles'] ?? array() ), 'is_string' ) ) );
		// phpcs:enable
		return $entered;
	}

	/**
	 * That as settings.
	 *
	 * @param array<string, string|string[]> $entered What was entered.
	 * @return array<string, mixed>
	 */
	public static function values( array $entered ): array {
		$values                    = $entered;
		$values['heir']            = '' === $entered['heir'] ? 0 : PreviewTab::user_called( $entered['heir'] );
		$values['lock_out']        = '1' === $entered['lock_out'];
		$values['erase']           = '1' === $entered['erase'];
		$values['protected_roles'] = 'chosen' === $entered['roles'] ? $entered['protected_roles'] : null;
		unset( $values['roles'] );
		if ( ! self::asks_about_erasing() ) {
			unset( $values['erase'] );
		}
		return $values;
	}

	/**
	 * The settings as they would have been entered.
	 *
	 * @return array<string, string|string[]>
	 */
	private static function saved(): array {
		$settings = Settings::all();
		return array(
			'heir'            => PreviewTab::login( (int) $settings['heir'] ),
			'roles'           => null === $settings['protected_roles'] ? 'default' : 'chosen',
			'protected_roles' => (array) $settings['protected_roles'],
			'lock_out'        => $settings['lock_out'] ? '1' : '',
			'erase'           => get_option( Settings::ERASE ) ? '1' : '',
		) + array_map( 'strval', array_diff_key( $settings, array( 'protected_roles' => null ) ) );
	}

	/**
	 * Does this site say whether the record goes with the plugin? On a network the main site does.
	 */
	private static function asks_about_erasing(): bool {
		return ! is_multisite() || is_main_site();
	}

	/**
	 * Observe or delete.
	 *
	 * @param FormFields $fields The form's.
	 */
	private static function show_mode( FormFields $fields ): void {
		$fields->begin( __( 'What the plugin does', 'wpf-delete' ) );
		$fields->radios(
			'mode',
			__( 'Mode', 'wpf-delete' ),
			array(
				'observe' => array( __( 'Observe', 'wpf-delete' ), __( 'What the CRM asks for is recorded in the history. Nobody is deleted for it.', 'wpf-delete' ) ),
				'delete'  => array( __( 'Delete', 'wpf-delete' ), __( 'Users are deleted when the CRM asks for it, within the limits below.', 'wpf-delete' ) ),
			)
		);
		foreach ( LiveSite::reasons() as $reason ) {
			$fields->note( $reason . ' ' . __( 'As long as that is so, this site only records, whatever is chosen here.', 'wpf-delete' ) );
		}
		$fields->end();
	}

	/**
	 * Who goes.
	 *
	 * @param FormFields $fields The form's.
	 */
	private static function show_requests( FormFields $fields ): void {
		$tag     = (string) Settings::get( 'tag' );
		$choices = array( '' => __( 'None: no tag has anybody deleted', 'wpf-delete' ) ) + Tag::choices();
		if ( ! isset( $choices[ $tag ] ) ) {
			/* translators: %s: name of a tag. */
			$choices[ $tag ] = sprintf( __( '%s (not found in WP Fusion)', 'wpf-delete' ), Settings::get( 'tag_label' ) );
		}
		$fields->begin( __( 'When the CRM asks', 'wpf-delete' ) );
		$fields->select( 'tag', __( 'Tag', 'wpf-delete' ), $choices, __( 'A user who gets this tag is deleted. The list is WP Fusion’s.', 'wpf-delete' ) );
		$problem = Tag::current();
		if ( is_wp_error( $problem ) ) {
			$fields->note( $problem->get_error_message() );
		} elseif ( count( $choices ) < 2 ) {
			$fields->note( __( 'WP Fusion has no tags to choose from: it is not active, not connected to a CRM, or has not loaded them yet.', 'wpf-delete' ) );
		}
		$fields->radios(
			'sources',
			__( 'Where the tag counts', 'wpf-delete' ),
			array(
				'crm' => array( __( 'Only when it is loaded from the CRM', 'wpf-delete' ), __( 'By a webhook, at login, or when tags are resynced.', 'wpf-delete' ) ),
				'any' => array( __( 'From any source', 'wpf-delete' ), __( 'Also when a form, a course or an administrator applies it on this site.', 'wpf-delete' ) ),
			)
		);
		$fields->text( 'field', __( 'Field', 'wpf-delete' ), __( 'A user field that WP Fusion loads from the CRM, by its name. Leave empty to switch off.', 'wpf-delete' ) );
		$problem = Tag::field_problem();
		if ( $problem ) {
			$fields->note( $problem->get_error_message() );
		}
		$fields->text( 'value', __( 'Value', 'wpf-delete' ), __( 'A user whose field is loaded with this value is deleted.', 'wpf-delete' ) );
		$fields->end();
	}

	/**
	 * What becomes of what they have written.
	 *
	 * @param FormFields $fields The form's.
	 */
	private static function show_content( FormFields $fields ): void {
		$fields->begin( __( 'What becomes of the content', 'wpf-delete' ) );
		$fields->radios(
			'content',
			__( 'Content', 'wpf-delete' ),
			array(
				'delete'    => array( __( 'Delete it', 'wpf-delete' ), __( 'Posts and pages go to the trash, the rest is deleted for good, as WordPress does it.', 'wpf-delete' ) ),
				'permanent' => array( __( 'Delete it for good', 'wpf-delete' ), __( 'Nothing goes to the trash.', 'wpf-delete' ) ),
				'reassign'  => array( __( 'Give it to another user', 'wpf-delete' ), __( 'Posts and links of every type, to the user below.', 'wpf-delete' ) ),
			)
		);
		$fields->text( 'heir', __( 'Who inherits', 'wpf-delete' ), __( 'Login or e-mail address.', 'wpf-delete' ) );
		$fields->end();
	}

	/**
	 * What keeps a slip from emptying the site.
	 *
	 * @param FormFields $fields The form's.
	 */
	private static function show_safety( FormFields $fields ): void {
		$fields->begin( __( 'Safety', 'wpf-delete' ) );
		$fields->number( 'cap_hour', __( 'Users an hour', 'wpf-delete' ), __( 'Requests beyond that are held until somebody approves them. You are mailed once.', 'wpf-delete' ) );
		$fields->number( 'cap_day', __( 'Users a day', 'wpf-delete' ), __( 'The same for 24 hours.', 'wpf-delete' ) );
		$fields->number( 'grace', __( 'Minutes of grace', 'wpf-delete' ), __( 'So long a request waits: it is called off when the tag is removed, the field is changed back, or you cancel it. 0 for none.', 'wpf-delete' ) );
		$fields->box( 'lock_out', __( 'Meanwhile', 'wpf-delete' ), __( 'The user is locked out during the grace period', 'wpf-delete' ) );
		$fields->radios(
			'roles',
			__( 'Protected roles', 'wpf-delete' ),
			array(
				'default' => array( __( 'All roles that may manage options or delete users', 'wpf-delete' ), '' ),
				'chosen'  => array( __( 'These:', 'wpf-delete' ), '' ),
			)
		);
		$fields->boxes( 'protected_roles', __( 'Roles', 'wpf-delete' ), array_map( 'translate_user_role', wp_roles()->get_names() ), __( 'Users with one of these roles are never deleted by the CRM. The last administrator, super admins, and whoever is logged in are never deleted, whatever is chosen.', 'wpf-delete' ) );
		$fields->end();
	}

	/**
	 * How long is known what was deleted.
	 *
	 * @param FormFields $fields The form's.
	 */
	private static function show_record( FormFields $fields ): void {
		$fields->begin( __( 'The record of deletions', 'wpf-delete' ) );
		$fields->number( 'retention', __( 'Days in the history', 'wpf-delete' ), __( 'Older deletions are forgotten. 0 keeps them for ever.', 'wpf-delete' ) );
		if ( self::asks_about_erasing() ) {
			$fields->box( 'erase', __( 'When this plugin is deleted', 'wpf-delete' ), __( 'Delete the record of deletions and these settings with it', 'wpf-delete' ) );
		}
		$fields->end();
	}
}
