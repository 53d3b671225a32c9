<?php
/**
 * What WP Fusion has to say.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Asks in WP Fusion's hooks for who shall go, and takes it back for who shall not. Nothing is deleted there: WP Fusion
 * goes on writing tags and metas after its hooks have fired, and would write them for a user who is no more.
 */
final class Triggers {

	private const WP_FUSION_SENDS = -1;

	/**
	 * Methods of WP Fusion's that change a user's tags. This one writes what was loaded from the CRM; the others
	 * what a form, a course or a person has applied here, to be sent there.
	 */
	private const LOADS   = 'set_tags';
	private const CHANGES = array( self::LOADS, 'apply_tags', 'remove_tags' );

	/**
	 * Tags of a user were loaded or applied.
	 *
	 * @param int   $user_id Whose.
	 * @param mixed $tags    All tags the user now has, by id.
	 */
	public static function tags_modified( $user_id, $tags ): void {
		$tag = Tag::current();
		if ( ! is_string( $tag ) ) {
			return;
		}
		if ( ! in_array( $tag, array_map( 'strval', array_filter( (array) $tags, 'is_scalar' ) ), true ) ) {
			self::take_back( (int) $user_id, 'tag' );
		} elseif ( 'any' === Settings::get( 'sources' ) || self::is_loading() ) {
			self::ask( (int) $user_id, 'tag', (string) Settings::get( 'tag_label' ) );
		}
	}

	/**
	 * Metas of a user were loaded.
	 *
	 * @param int   $user_id Whose.
	 * @param mixed $metas   As they came from the CRM.
	 */
	public static function user_updated( $user_id, $metas ): void {
		$field = (string) Settings::get( 'field' );
		$value = (string) Settings::get( 'value' );
		if ( '' === $field || '' === $value || ! is_array( $metas ) || ! array_key_exists( $field, $metas ) ) {
			return;
		}
		// CRMs with multi-select fields send a list; WP Fusion takes its first entry.
		$loaded = is_array( $metas[ $field ] ) ? reset( $metas[ $field ] ) : $metas[ $field ];
		if ( self::is_meant( $field, $value, $loaded ) ) {
			self::ask( (int) $user_id, 'field', "$field = $value" );
		} else {
			self::take_back( (int) $user_id, 'field' );
		}
	}

	/**
	 * Tells WP Fusion what became of a job, in whichever request: its log, when it has caused it.
	 *
	 * @param Job            $job    The job.
	 * @param true|\WP_Error $result What Runner says.
	 */
	public static function job_left( Job $job, $result ): void {
		self::send_what_was_queued();
		if ( ! in_array( $job->text( 'source' ), array( 'tag', 'field' ), true ) ) {
			return;
		}
		if ( true === $result ) {
			/* translators: %s: why a user was deleted. */
			self::log( 'info', $job->number( 'user_id' ), sprintf( __( 'User deleted (%s).', 'wpf-delete' ), self::reason( $job->text( 'source' ), $job->text( 'cause' ) ) ) );
		} elseif ( 'wpf_delete_paused' !== $result->get_error_code() ) {
			/* translators: 1: why a user was to be deleted, 2: why that is not finished. */
			self::log( 'warning', $job->number( 'user_id' ), sprintf( __( 'Deletion not finished (%1$s): %2$s', 'wpf-delete' ), self::reason( $job->text( 'source' ), $job->text( 'cause' ) ), $result->get_error_message() ) );
		}
	}

	/**
	 * Is it the CRM from which these tags come? The hook is the same when the site applies a tag by itself. The
	 * innermost of the methods decides: what was loaded may have had a listener apply another tag.
	 */
	private static function is_loading(): bool {
		foreach ( debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS ) as $frame ) { // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- nothing else tells.
			if ( 'WPF_User' === ( $frame['class'] ?? '' ) && in_array( $frame['function'], self::CHANGES, true ) ) {
				return self::LOADS === $frame['function'];
			}
		}
		return false;
	}

	/**
	 * Is this the value that has a user deleted? Blanks and case do not matter, and a role may come by its name.
	 *
	 * @param string $field  Name of the field.
	 * @param string $value  The value that is waited for.
	 * @param mixed  $loaded What was loaded.
	 */
	private static function is_meant( string $field, string $value, $loaded ): bool {
		if ( ! is_scalar( $loaded ) ) {
			return false;
		}
		$loaded = trim( (string) $loaded );
		$names  = 'role' === $field ? wp_roles()->role_names : array();
		return 0 === strcasecmp( $loaded, $value ) || 0 === strcasecmp( $loaded, (string) ( $names[ $value ] ?? $value ) );
	}

	/**
	 * Asks for a deletion. Not for a user who is just being deleted: WP Fusion applies tags in delete_user,
	 * with this one still among them.
	 *
	 * @param int    $user_id Who.
	 * @param string $source  `tag` or `field`.
	 * @param string $cause   Which.
	 */
	private static function ask( int $user_id, string $source, string $cause ): void {
		if ( $user_id <= 0 || Deletion::is_running( $user_id ) || self::is_auto_login() ) {
			return;
		}
		$job = Requests::ask( $user_id, compact( 'source', 'cause' ) );
		if ( is_wp_error( $job ) ) {
			/* translators: 1: why a user was to be deleted, 2: why not. */
			self::log( 'notice', $user_id, sprintf( __( 'Not deleted (%1$s): %2$s', 'wpf-delete' ), self::reason( $source, $cause ), $job->get_error_message() ) );
			return;
		}
		$row = Queue::find( $job );
		switch ( $row ? $row->text( 'state' ) : '' ) {
			case Job::OBSERVED:
				/* translators: %s: why a user would be deleted. */
				self::log( 'notice', $user_id, sprintf( __( 'Would be deleted (%s), but deletions are only observed.', 'wpf-delete' ), self::reason( $source, $cause ) ) );
				break;
			case Job::HELD:
				/* translators: %s: why a user is to be deleted. */
				self::log( 'notice', $user_id, sprintf( __( 'To be deleted (%s) when somebody has approved it.', 'wpf-delete' ), self::reason( $source, $cause ) ) );
				break;
			default:
				// Whoever is logging in goes on writing to the end of this request: sessions, metas, a cookie. The schedule
				// comes after it.
				if ( ! doing_action( 'wp_login' ) ) {
					Runner::at_the_end( $job );
				}
		}
	}

	/**
	 * What was asked for is taken back.
	 *
	 * @param int    $user_id For whom.
	 * @param string $source  `tag` or `field`.
	 */
	private static function take_back( int $user_id, string $source ): void {
		if ( $user_id > 0 && null !== Requests::take_back( $user_id, $source ) ) {
			self::log( 'info', $user_id, __( 'Not to be deleted any more: the CRM has taken it back.', 'wpf-delete' ) );
		}
	}

	/**
	 * Is this the visit of somebody who came by a link with a contact id, and is not logged in?
	 */
	private static function is_auto_login(): bool {
		return function_exists( 'doing_wpf_auto_login' ) && doing_wpf_auto_login();
	}

	/**
	 * Why, for people.
	 *
	 * @param string $source `tag` or `field`.
	 * @param string $cause  Which.
	 */
	private static function reason( string $source, string $cause ): string {
		/* translators: %s: name of a tag in the CRM. */
		$tag = __( 'tag %s', 'wpf-delete' );
		/* translators: %s: a field of the CRM and its value, e.g. role = deleted. */
		$field = __( 'field %s', 'wpf-delete' );
		return sprintf( 'tag' === $source ? $tag : $field, $cause );
	}

	/**
	 * Lets WP Fusion send what the deletion has made it queue (its own "deletion tags"): its turn at
	 * the end of the request was before ours.
	 */
	private static function send_what_was_queued(): void {
		global $wp_filter;
		if ( ! did_action( 'shutdown' ) ) {
			return;
		}
		foreach ( $wp_filter['shutdown']->callbacks[ self::WP_FUSION_SENDS ] ?? array() as $callback ) {
			$function = $callback['function'];
			if ( is_array( $function ) && is_object( $function[0] ) && str_starts_with( get_class( $function[0] ), 'WPF_' ) ) {
				$function();
			}
		}
	}

	/**
	 * A line in WP Fusion's log, where it has one.
	 *
	 * @param string $level   `info`, `notice` or `warning`.
	 * @param int    $user_id Who.
	 * @param string $message What.
	 */
	private static function log( string $level, int $user_id, string $message ): void {
		if ( function_exists( 'wpf_log' ) ) {
			wpf_log( $level, $user_id, $message, array( 'source' => 'wpf-delete' ) );
		}
	}
}
