<?php
/**
 * A stand-in for WP Fusion, which cannot be installed where tests run.
 *
 * It is what the plugin asks of WP Fusion, `wp_fusion()->user->get_tag_id()`, and a caller of WP Fusion's hooks in
 * WP Fusion's order, with its arguments, and with what it writes between them. Nothing of the plugin is replaced.
 */

/** `wp_fusion()->user`. */
final class Stand_In_User {

	/** @param array<string, mixed> $ids What get_tag_id() returns, by label; false for all others. */
	public function __construct( private array $ids ) {}

	/** As WP Fusion's: false where there is no such tag. */
	public function get_tag_id( $label ) {
		return $this->ids[ $label ] ?? false;
	}

	/** True for everything while an administrator previews, so that nobody may decide by it. */
	public function has_tag() {
		throw new LogicException( 'has_tag() was asked.' );
	}
}

/** What WP Fusion does, in its order. */
final class Stand_In_Order {

	private const TAGS = 'crm_tags';

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
 * Defines wp_fusion().
 *
 * @param array|null $ids Ids by label; null for a WP Fusion that is not connected to a CRM, which has no user object.
 */
function stand_in_for_wp_fusion( ?array $ids ): void {
	$GLOBALS['stand_in'] = (object) array( 'user' => null === $ids ? null : new Stand_In_User( $ids ) );

	/** WP Fusion's accessor. */
	function wp_fusion() {
		return $GLOBALS['stand_in'];
	}
}
