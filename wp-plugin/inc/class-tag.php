<?php
/**
 * The tag, and the field, as WP Fusion knows them.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * The tag is chosen from WP Fusion's list and kept by its id and its name. It has a user deleted only as long
 * as both still belong together there: behind a tag that was renamed there may be anybody.
 */
final class Tag {

	/**
	 * WP Fusion's tags.
	 *
	 * @return array<int|string, string> Names by id; empty where WP Fusion is not there, or has loaded none.
	 */
	public static function choices(): array {
		return array_filter( array_map( array( self::class, 'name' ), self::available() ) );
	}

	/**
	 * The tag to look for.
	 *
	 * @return string|WP_Error|null Its id; null when none is chosen; why there is none to look for.
	 */
	public static function current() {
		$id    = (string) Settings::get( 'tag' );
		$label = (string) Settings::get( 'tag_label' );
		if ( '' === $id ) {
			return null;
		}
		$available = self::available();
		if ( ! $available ) {
			return new WP_Error( 'wpf_delete_no_wp_fusion', __( 'WP Fusion has no list of tags: it is not active, not connected to a CRM, or has not loaded the tags.', 'wpf-delete' ) );
		}
		$name = self::name( $available[ $id ] ?? '' );
		if ( '' === $name ) {
			/* translators: 1: name of a tag, 2: its id. */
			return new WP_Error( 'wpf_delete_tag_unknown', sprintf( __( 'The tag “%1$s” (%2$s) is not among WP Fusion’s tags any more. Choose another one, or load the tags again.', 'wpf-delete' ), $label, $id ) );
		}
		if ( $name !== $label ) {
			/* translators: 1: name of a tag, 2: its new name. */
			return new WP_Error( 'wpf_delete_tag_renamed', sprintf( __( 'The tag “%1$s” is called “%2$s” now. Until you save the settings again, nobody is deleted for it.', 'wpf-delete' ), $label, $name ) );
		}
		if ( $label !== $id && is_numeric( $label ) ) {
			/* translators: %s: name of a tag. */
			return new WP_Error( 'wpf_delete_tag_numeric', sprintf( __( 'The tag “%s” is called by a number, which WP Fusion takes for the id of a tag. Give it another name in the CRM.', 'wpf-delete' ), $label ) );
		}
		return $id;
	}

	/**
	 * Why WP Fusion never loads the field.
	 */
	public static function field_problem(): ?WP_Error {
		$field = (string) Settings::get( 'field' );
		if ( '' === $field || '' === (string) Settings::get( 'value' ) ) {
			return null;
		}
		$fields = self::option( 'contact_fields' );
		if ( ! is_array( $fields ) ) {
			return new WP_Error( 'wpf_delete_no_wp_fusion', __( 'WP Fusion has no list of fields: it is not active, or not connected to a CRM.', 'wpf-delete' ) );
		}
		if ( empty( $fields[ $field ]['active'] ) || empty( $fields[ $field ]['crm_field'] ) ) {
			/* translators: %s: name of a user field. */
			return new WP_Error( 'wpf_delete_field_not_synced', sprintf( __( 'The field “%s” is not enabled in WP Fusion under Contact Fields, so that it is never loaded.', 'wpf-delete' ), $field ) );
		}
		return null;
	}

	/**
	 * WP Fusion's tags as it has them: by id, a name or an array with one.
	 */
	private static function available(): array {
		$tags = self::option( 'available_tags' );
		return is_array( $tags ) ? $tags : array();
	}

	/**
	 * The name of one of them.
	 *
	 * @param mixed $tag As WP Fusion has it.
	 */
	private static function name( $tag ): string {
		$name = is_array( $tag ) ? $tag['label'] ?? '' : $tag;
		return is_scalar( $name ) ? (string) $name : '';
	}

	/**
	 * One of WP Fusion's options.
	 *
	 * @param string $key Which.
	 * @return mixed Null without WP Fusion.
	 */
	private static function option( string $key ) {
		return function_exists( 'wpf_get_option' ) ? wpf_get_option( $key ) : null;
	}
}
