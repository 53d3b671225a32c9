<?php
/**
 * A stand-in for WP Fusion, which cannot be installed where tests run.
 *
 * It is what the plugin asks of WP Fusion, its lists of tags and fields, and a caller of WP Fusion's hooks in
 * WP Fusion's order, from methods of the same names, with its arguments, and with what it writes between them. Nothing
 * of the plugin is replaced.
 */

/** What WP Fusion does, in its order. */
final class WPF_User {

	private const TAGS = 'crm_tags';

	/** True for everything while an administrator previews, so that nobody may decide by it. */
	public function has_tag() {
		throw new LogicException( 'has_tag() was asked.' );
	}

	/** Webhook `update_tags`, and each step of "Resync tags for every user". */
	public static function get_tags( int $user_id, array $tags ): void {
		do_action( 'wpf_get_tags_start', $user_id );
		$tags = apply_filters( 'wpf_loaded_tags', $tags, $user_id, "contact-$user_id" );
		self::set_tags( $tags, $user_id );
		apply_filters( 'wpf_user_tags', $tags, $user_id );
	}

	/** Webhook `update` of a CRM that sends the tags along. */
	public static function update( int $user_id, array $metas, array $tags ): void {
		self::pull_user_meta( $user_id, $metas );
		self::set_tags( $tags, $user_id );
	}

	/** Loads metas. */
	public static function pull_user_meta( int $user_id, array $metas ): void {
		do_action( 'wpf_pre_pull_user_meta', $user_id );
		$metas = apply_filters( 'wpf_pulled_user_meta', $metas, $user_id );
		foreach ( apply_filters( 'wpf_set_user_meta', $metas, $user_id ) as $key => $value ) {
			// A role that is not registered is only logged.
			if ( 'role' !== $key ) {
				update_user_meta( $user_id, $key, $value );
			}
			do_action( 'wpf_user_meta_updated', $user_id, $key, $value );
		}
		do_action( 'wpf_user_updated', $user_id, $metas );
	}

	/** Webhook `add`: makes the user, then loads metas and tags. */
	public static function import( string $login, array $metas, array $tags ): int {
		$user_id = wp_insert_user(
			array(
				'user_login' => $login,
				'user_pass'  => 'password',
				'user_email' => "$login@example.test",
			)
		);
		do_action( 'wpf_user_imported', $user_id, $metas );
		do_action( 'wpf_user_updated', $user_id, $metas );
		self::get_tags( $user_id, $tags );
		return $user_id;
	}

	/** Writes tags and tells what has changed. Casting '' to an array makes the quirk of removing ''. */
	public static function set_tags( array $tags, int $user_id ): void {
		$stored = (array) get_user_meta( $user_id, self::TAGS, true );
		if ( $tags && $tags === $stored ) {
			do_action( 'wpf_tags_modified', $user_id, $stored );
			return;
		}
		if ( $tags ) {
			update_user_meta( $user_id, self::TAGS, $tags );
		} else {
			delete_user_meta( $user_id, self::TAGS );
		}
		$applied = array_values( array_udiff( $tags, $stored, static fn ( $a, $b ) => strcmp( (string) $a, (string) $b ) ) );
		$removed = array_values( array_udiff( $stored, $tags, static fn ( $a, $b ) => strcmp( (string) $a, (string) $b ) ) );
		if ( $applied ) {
			do_action( 'wpf_tags_applied', $user_id, $applied );
		}
		if ( $removed ) {
			do_action( 'wpf_tags_removed', $user_id, $removed );
		}
		do_action( 'wpf_tags_modified', $user_id, $tags );
	}

	/** WordPress to CRM: takes away from what is there. */
	public static function remove_tags( array $tags, int $user_id ): void {
		$all = array_values( array_diff( (array) get_user_meta( $user_id, self::TAGS, true ), $tags ) );
		update_user_meta( $user_id, self::TAGS, $all );
		do_action( 'wpf_tags_removed', $user_id, $tags );
		do_action( 'wpf_tags_modified', $user_id, $all );
	}

	/** WordPress to CRM: adds to what is there. */
	public static function apply_tags( array $tags, int $user_id ): void {
		do_action( 'wpf_apply_tags_start', $user_id, $tags );
		$tags = apply_filters( 'wpf_apply_tags', $tags, $user_id );
		$all  = array_values( array_unique( array_merge( (array) get_user_meta( $user_id, self::TAGS, true ), $tags ) ) );
		update_user_meta( $user_id, self::TAGS, $all );
		do_action( 'wpf_tags_applied', $user_id, $tags );
		do_action( 'wpf_tags_modified', $user_id, $all );
	}
}

/** WP Fusion's queue of calls to the CRM, named as its classes are: sends at the end of the request what it has. */
final class WPF_Stand_In_Queue {

	/** @var string[][] What was sent, by turn. */
	public array $turns = array();

	private array $waiting = array();

	public function add( string $call ): void {
		$this->waiting[] = $call;
	}

	public function send(): void {
		$this->turns[] = $this->waiting;
		$this->waiting = array();
	}
}

/**
 * Defines wp_fusion() and wpf_get_option().
 *
 * @param array<string, string>|null $tags   Ids of tags by label; null for a WP Fusion that is not connected to a CRM.
 * @param string[]                   $fields User fields that are enabled for sync.
 */
function stand_in_for_wp_fusion( ?array $tags, array $fields = array( 'role', 'status' ) ): void {
	$GLOBALS['stand_in'] = (object) array( 'user' => null === $tags ? null : new WPF_User() );

	$GLOBALS['stand_in_options'] = null === $tags ? array() : array(
		// Some CRMs have categories.
		'available_tags' => array_map( static fn ( $label ) => 'Label' === $label ? $label : array( 'label' => $label, 'category' => 'Tags' ), array_flip( $tags ) ),
		'contact_fields' => array_fill_keys( $fields, array( 'active' => true, 'crm_field' => 'field' ) ),
	);

	/** WP Fusion's accessor. */
	function wp_fusion() {
		return $GLOBALS['stand_in'];
	}

	/** WP Fusion's function of that name. */
	function wpf_get_option( $key, $default = false ) {
		return $GLOBALS['stand_in_options'][ $key ] ?? $default;
	}
}
