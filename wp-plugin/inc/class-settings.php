<?php
/**
 * What the owner has chosen.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * One option. Whoever changes it, a form, REST or code, goes through save(), which says what is wrong and
 * then changes nothing.
 */
final class Settings {

	public const OPTION = 'wpf_delete_settings';

	/**
	 * Whether settings and record go with the plugin; on a network the main site says so.
	 */
	public const ERASE = 'wpf_delete_erase';

	/**
	 * `mode`: `observe` records what would be deleted, `delete` deletes. `tag`: id of the tag, empty for none;
	 * `tag_label`: its name when it was chosen. `sources`: `crm` for tags that were loaded, `any` for those the
	 * site itself applies, too. `content`: `delete`, `permanent` (no trash) or `reassign` to `heir`. `cap_hour`,
	 * `cap_day`: users that may go without somebody's approval. `grace`: minutes. `lock_out`: whether the user
	 * is kept out meanwhile. `protected_roles`: null for all that can manage_options or delete_users.
	 * `retention`: days that the record of a deletion is kept; 0 for ever.
	 */
	public const DEFAULTS = array(
		'mode'            => 'observe',
		'tag'             => '',
		'tag_label'       => '',
		'sources'         => 'crm',
		'field'           => 'role',
		'value'           => 'deleted',
		'content'         => 'delete',
		'heir'            => 0,
		'cap_hour'        => 25,
		'cap_day'         => 100,
		'grace'           => 10,
		'lock_out'        => false,
		'protected_roles' => null,
		'retention'       => 365,
	);

	private const CHOICES = array(
		'mode'    => array( 'observe', 'delete' ),
		'sources' => array( 'crm', 'any' ),
		'content' => array( 'delete', 'permanent', 'reassign' ),
	);

	/**
	 * Numbers, and the highest of each: a week of grace, a hundred years of record.
	 */
	private const LIMITS = array(
		'cap_hour'  => 1000000,
		'cap_day'   => 1000000,
		'grace'     => 10080,
		'retention' => 36500,
	);

	/**
	 * One setting.
	 *
	 * @param string $key A key of DEFAULTS.
	 * @return mixed
	 */
	public static function get( string $key ) {
		return self::all()[ $key ];
	}

	/**
	 * All of them.
	 *
	 * @return array<string, mixed>
	 */
	public static function all(): array {
		$saved = get_option( self::OPTION );
		return array_intersect_key( is_array( $saved ) ? $saved : array(), self::DEFAULTS ) + self::DEFAULTS;
	}

	/**
	 * Changes some.
	 *
	 * @param array<string, mixed> $values Some of DEFAULTS' keys; numbers may be strings, as forms send them.
	 * @return true|WP_Error Its data are messages by key; nothing was changed then.
	 */
	public static function save( array $values ) {
		$before = self::all();
		$after  = array_intersect_key( $values, self::DEFAULTS ) + $before;
		$wrong  = array();
		foreach ( self::CHOICES as $key => $choices ) {
			if ( ! in_array( $after[ $key ], $choices, true ) ) {
				/* translators: %s: possible values. */
				$wrong[ $key ] = sprintf( __( 'Choose one of: %s.', 'wpf-delete' ), implode( ', ', $choices ) );
			}
		}
		foreach ( self::LIMITS as $key => $most ) {
			$number = filter_var( $after[ $key ], FILTER_VALIDATE_INT );
			if ( false === $number || $number < 0 || $number > $most ) {
				/* translators: %s: a number. */
				$wrong[ $key ] = sprintf( __( 'Enter a whole number from 0 to %s.', 'wpf-delete' ), number_format_i18n( $most ) );
			}
			$after[ $key ] = (int) $number;
		}
		foreach ( array( 'tag', 'field', 'value' ) as $key ) {
			$after[ $key ] = is_scalar( $after[ $key ] ) ? trim( sanitize_text_field( (string) $after[ $key ] ) ) : '';
		}
		$after['lock_out'] = rest_sanitize_boolean( $after['lock_out'] );
		$after['heir']     = Deletion::id( $after['heir'] );
		$wrong            += self::wrong_tag( $before, $after ) + self::wrong_heir( $after ) + self::wrong_roles( $after );
		if ( $wrong ) {
			return new WP_Error( 'wpf_delete_settings', implode( ' ', $wrong ), $wrong );
		}
		update_option( self::OPTION, $after );
		if ( 'delete' === $after['mode'] && isset( $values['mode'] ) ) {
			LiveSite::accept_address();
		}
		return true;
	}

	/**
	 * Do settings and record go with the plugin?
	 */
	public static function erases(): bool {
		return (bool) ( is_multisite() ? get_blog_option( get_main_site_id(), self::ERASE ) : get_option( self::ERASE ) );
	}

	/**
	 * Looks the tag up by its id, and keeps its name.
	 *
	 * @param array<string, mixed> $before As it was.
	 * @param array<string, mixed> $after  As it is to be; gets the name.
	 * @return array<string, string> What is wrong.
	 */
	private static function wrong_tag( array $before, array &$after ): array {
		$choices = Tag::choices();
		if ( '' === $after['tag'] ) {
			$after['tag_label'] = '';
		} elseif ( isset( $choices[ $after['tag'] ] ) ) {
			$after['tag_label'] = $choices[ $after['tag'] ];
		} elseif ( $after['tag'] !== $before['tag'] ) {
			/* translators: %s: id of a tag. */
			return array( 'tag' => sprintf( __( 'WP Fusion knows no tag with the id %s. Load the available tags in WP Fusion’s settings, then choose again.', 'wpf-delete' ), $after['tag'] ) );
		} else {
			$after['tag_label'] = $before['tag_label'];
		}
		return array();
	}

	/**
	 * Whoever inherits has to exist.
	 *
	 * @param array<string, mixed> $after As it is to be.
	 * @return array<string, string> What is wrong.
	 */
	private static function wrong_heir( array $after ): array {
		if ( 'reassign' === $after['content'] && ( 0 === $after['heir'] || ! get_userdata( $after['heir'] ) ) ) {
			return array( 'heir' => __( 'Choose a user who inherits the content.', 'wpf-delete' ) );
		}
		return array();
	}

	/**
	 * Roles have to exist.
	 *
	 * @param array<string, mixed> $after As it is to be; gets the list.
	 * @return array<string, string> What is wrong.
	 */
	private static function wrong_roles( array &$after ): array {
		if ( null === $after['protected_roles'] ) {
			return array();
		}
		$roles   = array_map( 'strval', array_values( array_filter( (array) $after['protected_roles'], 'is_scalar' ) ) );
		$unknown = array_diff( $roles, array_keys( wp_roles()->roles ) );
		if ( $unknown ) {
			/* translators: %s: names of roles. */
			return array( 'protected_roles' => sprintf( __( 'There is no such role: %s.', 'wpf-delete' ), implode( ', ', $unknown ) ) );
		}
		$after['protected_roles'] = $roles;
		return array();
	}
}
