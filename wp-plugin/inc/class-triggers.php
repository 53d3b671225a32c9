<?php
/**
 * What WP Fusion has to say.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Notes in WP Fusion's hooks who shall go, and acts when WP Fusion is done: it goes on writing tags
 * and metas after its hooks have fired, and would write them for a user who is no more.
 */
final class Triggers {

	/**
	 * WP Fusion sends what it has queued for the CRM at -1 and writes its log at 10.
	 */
	public const AFTER_WP_FUSION = 1000;

	private const WP_FUSION_SENDS = -1;

	/**
	 * Who shall go, and why.
	 *
	 * @var array<int, array{source: string, cause: string}>
	 */
	private static $wishes = array();

	/**
	 * Tags of a user were loaded or applied.
	 *
	 * @param int   $user_id Whose.
	 * @param mixed $tags    All tags the user now has, by id.
	 */
	public static function tags_modified( $user_id, $tags ): void {
		$tag = self::tag_id( Settings::get( 'tag' ) );
		if ( null !== $tag && in_array( $tag, array_map( 'strval', (array) $tags ), true ) ) {
			self::wish( (int) $user_id, 'tag', Settings::get( 'tag' ) );
		}
	}

	/**
	 * Metas of a user were loaded.
	 *
	 * @param int   $user_id Whose.
	 * @param mixed $metas   As they came from the CRM.
	 */
	public static function user_updated( $user_id, $metas ): void {
		$field = Settings::get( 'field' );
		$value = Settings::get( 'value' );
		if ( '' === $field || '' === $value || ! is_array( $metas ) || ! isset( $metas[ $field ] ) ) {
			return;
		}
		// CRMs with multi-select fields send a list; WP Fusion takes its first entry.
		$loaded = is_array( $metas[ $field ] ) ? reset( $metas[ $field ] ) : $metas[ $field ];
		if ( is_scalar( $loaded ) && 0 === strcasecmp( trim( (string) $loaded ), trim( $value ) ) ) {
			self::wish( (int) $user_id, 'field', "$field = $value" );
		}
	}

	/**
	 * Puts on record whoever shall go, and deletes them as far as this request's time allows. The rest
	 * goes on when the schedule says so.
	 */
	public static function act(): void {
		if ( ! self::$wishes ) {
			return;
		}
		$jobs = array();
		foreach ( self::$wishes as $user_id => $order ) {
			unset( self::$wishes[ $user_id ] );
			$job = self::order( $user_id, $order );
			if ( $job && ! self::is_too_early_for( $user_id ) ) {
				$jobs[] = $job;
			}
		}
		Schedule::renew( get_current_blog_id() );
		self::let_the_visitor_go();
		foreach ( $jobs as $job ) {
			Runner::work_on( $job );
			self::send_what_was_queued();
		}
		Schedule::renew( get_current_blog_id() );
	}

	/**
	 * Forgets who has just been deleted: WP Fusion has applied tags meanwhile, with this one still among
	 * them, and on a network the user is still there.
	 *
	 * @param int $user_id Who.
	 */
	public static function forget( $user_id ): void {
		unset( self::$wishes[ $user_id ] );
	}

	/**
	 * Tells WP Fusion's log what became of a job that it has caused, in whichever request.
	 *
	 * @param Job            $job    The job.
	 * @param true|\WP_Error $result What Runner says.
	 */
	public static function job_left( Job $job, $result ): void {
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
	 * Notes a wish. Not for a user who is just being deleted: WP Fusion applies tags in delete_user,
	 * with this one still among them.
	 *
	 * @param int    $user_id Who.
	 * @param string $source  `tag` or `field`.
	 * @param string $cause   Which.
	 */
	private static function wish( int $user_id, string $source, string $cause ): void {
		if ( function_exists( 'doing_wpf_auto_login' ) && doing_wpf_auto_login() ) {
			return;
		}
		if ( $user_id > 0 && ! Deletion::is_running( $user_id ) ) {
			self::$wishes[ $user_id ] = array(
				'source' => $source,
				'cause'  => $cause,
			);
		}
	}

	/**
	 * Puts a wish on record, if the user may go.
	 *
	 * @param int                                  $user_id Who.
	 * @param array{source: string, cause: string} $order   Why.
	 * @return int|null The job's id.
	 */
	private static function order( int $user_id, array $order ): ?int {
		$job = Guard::may_go( $user_id );
		if ( ! is_wp_error( $job ) ) {
			$job = Queue::enqueue( $user_id, $order );
		}
		if ( is_wp_error( $job ) ) {
			/* translators: 1: why a user was to be deleted, 2: why not. */
			self::log( 'notice', $user_id, sprintf( __( 'Not deleted (%1$s): %2$s', 'wpf-delete' ), self::reason( $order['source'], $order['cause'] ), $job->get_error_message() ) );
			return null;
		}
		return $job;
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
	 * Ends the answer: who waits for it, the CRM for one, has nothing to do with what follows.
	 */
	private static function let_the_visitor_go(): void {
		foreach ( array( 'fastcgi_finish_request', 'litespeed_finish_request' ) as $finish ) {
			if ( did_action( 'shutdown' ) && function_exists( $finish ) ) {
				$finish();
			}
		}
	}

	/**
	 * Does the user have content of post types or taxonomies that are not registered yet? A webhook ends
	 * the request in the middle of `init`; what would have been registered after it would be left behind.
	 *
	 * @param int $user_id Who.
	 */
	private static function is_too_early_for( int $user_id ): bool {
		global $wpdb;
		if ( did_action( 'wp_loaded' ) ) {
			return false;
		}
		$types      = $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT post_type FROM $wpdb->posts WHERE post_author = %d", $user_id ) );
		$taxonomies = $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT taxonomy FROM $wpdb->posts JOIN $wpdb->term_relationships ON object_id = ID JOIN $wpdb->term_taxonomy USING (term_taxonomy_id) WHERE post_author = %d", $user_id ) );
		return array_diff( $types, get_post_types() ) || array_diff( $taxonomies, get_taxonomies() );
	}

	/**
	 * The id of a tag. WP Fusion hands labels to ids; without it the setting is taken as the id.
	 *
	 * @param string $tag As chosen in the settings.
	 * @return string|null Null when there is no such tag.
	 */
	private static function tag_id( string $tag ): ?string {
		if ( '' === $tag ) {
			return null;
		}
		if ( ! function_exists( 'wp_fusion' ) ) {
			return $tag;
		}
		$user = wp_fusion()->user ?? null;
		$id   = $user ? $user->get_tag_id( $tag ) : false;
		return is_scalar( $id ) && false !== $id && '' !== (string) $id ? (string) $id : null;
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
