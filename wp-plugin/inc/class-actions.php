<?php
/**
 * What people can do, with a mouse or with REST.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * Each action once, whoever asks for it: the forms of the page, its script, or somebody else's program. All of
 * them are for the current site, and for who may delete users there.
 */
final class Actions {

	/**
	 * What can be done about one job.
	 */
	public const ON_JOB = array( 'cancel', 'retry', 'approve', 'reject', 'run' );

	/**
	 * What can be done about all that are held.
	 */
	public const ON_HELD = array( 'approve', 'reject' );

	public const CAPABILITY = 'delete_users';

	/**
	 * Whether this request is in the log. REST asks about each method of a route to tell which are allowed.
	 *
	 * @var bool
	 */
	private static $is_logged = false;

	/**
	 * May the current user do that?
	 *
	 * @param string $what What, for the log.
	 * @return true|WP_Error
	 */
	public static function permission( string $what ) {
		if ( current_user_can( self::CAPABILITY ) ) {
			return true;
		}
		return self::refuse( $what, __( 'You may not delete users on this site. Ask an administrator for the capability delete_users.', 'wpf-delete' ), rest_authorization_required_code() );
	}

	/**
	 * Refuses, and puts into PHP's log who wanted what: whoever is logged in and tries that deserves a look. Of
	 * visitors there are too many.
	 *
	 * @param string $what    What.
	 * @param string $message What they are told.
	 * @param int    $status  Of HTTP.
	 */
	public static function refuse( string $what, string $message, int $status = 403 ): WP_Error {
		if ( is_user_logged_in() && ! self::$is_logged ) {
			self::$is_logged = true;
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions -- a log is where that belongs.
			error_log( sprintf( 'wpf-delete: refused user %d on site %d: %s', get_current_user_id(), get_current_blog_id(), $what ) );
		}
		return new WP_Error( 'wpf_delete_forbidden', $message, array( 'status' => $status ) );
	}

	/**
	 * Asks for a deletion. It begins when this request has been answered.
	 *
	 * @param mixed $user      Id of who goes.
	 * @param mixed $reassign  Id of who inherits, or null.
	 * @param bool  $permanent Whether nothing goes to the trash.
	 * @return int|WP_Error The job's id.
	 */
	public static function delete( $user, $reassign, bool $permanent ) {
		$order = self::order( $user, $reassign, $permanent );
		if ( is_wp_error( $order ) ) {
			return $order;
		}
		list( $user_id, $mode, $heir ) = $order;
		if ( ! current_user_can( 'delete_user', $user_id ) ) {
			return self::refuse( "deletion of user $user_id", __( 'You may not delete this user.', 'wpf-delete' ) );
		}
		$may = Guard::may_go( $user_id, true );
		if ( is_wp_error( $may ) ) {
			return self::with_status( $may, 409 );
		}
		$id = Queue::enqueue(
			$user_id,
			array(
				'source'   => 'admin',
				'mode'     => $mode,
				'reassign' => $heir,
			)
		);
		if ( is_wp_error( $id ) ) {
			return self::with_status( $id, 409 );
		}
		Runner::at_the_end( $id );
		return $id;
	}

	/**
	 * What a deletion would do.
	 *
	 * @param mixed $user      Id of who would go.
	 * @param mixed $reassign  Id of who would inherit, or null.
	 * @param bool  $permanent Whether nothing would go to the trash.
	 * @return array|WP_Error See Plan.
	 */
	public static function plan( $user, $reassign, bool $permanent ) {
		$order = self::order( $user, $reassign, $permanent );
		$plan  = is_wp_error( $order ) ? $order : Plan::of( ...$order );
		return is_wp_error( $plan ) ? $plan : $plan->to_array();
	}

	/**
	 * Does something about a job of this site.
	 *
	 * @param string $action One of ON_JOB.
	 * @param int    $id     Which job.
	 * @return array|WP_Error The job as it is then, see History.
	 */
	public static function on_job( string $action, int $id ) {
		$before = History::item( $id );
		if ( ! $before ) {
			self::refuse( "$action job $id, which is none of this site", '' );
			return self::no_such_job();
		}
		if ( 'approve' === $action && 'observe' === Requests::mode() ) {
			return self::only_observes();
		}
		if ( ! in_array( $action, $before['can'], true ) || ! self::change( $action, $id ) ) {
			$now = History::item( $id ) ?? $before;
			/* translators: 1: number of a deletion, 2: its state, e.g. "done". */
			return new WP_Error( 'wpf_delete_too_late', sprintf( __( 'That is not possible: deletion %1$d is in the state “%2$s”. Reload the page to see what can be done about it.', 'wpf-delete' ), $id, Words::state( $now['state'] ) ), array( 'status' => 409 ) );
		}
		return History::item( $id ) ?? $before;
	}

	/**
	 * Does something about all jobs of this site that are held.
	 *
	 * @param string $action One of ON_HELD.
	 * @return int|WP_Error How many there were.
	 */
	public static function on_held( string $action ) {
		if ( 'approve' === $action && 'observe' === Requests::mode() ) {
			return self::only_observes();
		}
		return 'approve' === $action ? Requests::approve_all() : Requests::reject_all();
	}

	/**
	 * Changes settings.
	 *
	 * @param array<string, mixed> $values Some of Settings::DEFAULTS' keys, and `erase`.
	 * @return true|WP_Error Its data are a status and `params`, messages by key.
	 */
	public static function save( array $values ) {
		$unknown = array_diff( array_keys( $values ), array_keys( Settings::DEFAULTS ), array( 'erase' ) );
		if ( $unknown ) {
			/* translators: %s: names. */
			return new WP_Error( 'wpf_delete_settings', sprintf( __( 'There is no such setting: %s.', 'wpf-delete' ), implode( ', ', $unknown ) ), array( 'status' => 400 ) );
		}
		$saved = Settings::save( array_diff_key( $values, array( 'erase' => null ) ) );
		if ( is_wp_error( $saved ) ) {
			return new WP_Error(
				$saved->get_error_code(),
				$saved->get_error_message(),
				array(
					'status' => 400,
					'params' => $saved->get_error_data(),
				)
			);
		}
		if ( isset( $values['erase'] ) ) {
			update_option( Settings::ERASE, rest_sanitize_boolean( $values['erase'] ) );
		}
		return true;
	}

	/**
	 * What is said of a job that does not exist, or is another site's.
	 */
	public static function no_such_job(): WP_Error {
		return new WP_Error( 'wpf_delete_no_such_job', __( 'There is no such deletion on this site.', 'wpf-delete' ), array( 'status' => 404 ) );
	}

	/**
	 * What is said to whoever approves in observe mode.
	 */
	private static function only_observes(): WP_Error {
		return new WP_Error( 'wpf_delete_observing', __( 'Nothing was approved: this site only observes, so that nobody is deleted for the CRM. Switch to delete mode in the settings first.', 'wpf-delete' ), array( 'status' => 409 ) );
	}

	/**
	 * Checks what is asked for.
	 *
	 * @param mixed $user      Id of who goes.
	 * @param mixed $reassign  Id of who inherits, or null.
	 * @param bool  $permanent Whether nothing goes to the trash.
	 * @return array{int, string, int|null}|WP_Error Who goes, how, who inherits.
	 */
	private static function order( $user, $reassign, bool $permanent ) {
		$asked = Deletion::asked_for( $user, $reassign );
		if ( is_wp_error( $asked ) ) {
			return self::with_status( $asked, 'wpf_delete_invalid_user' === $asked->get_error_code() ? 404 : 400 );
		}
		list( $user_id, $heir ) = $asked;
		if ( $permanent && null !== $heir ) {
			return new WP_Error( 'wpf_delete_contradiction', __( 'Content cannot be deleted for good and given to somebody else. Choose one of both.', 'wpf-delete' ), array( 'status' => 400 ) );
		}
		return array( $user_id, Deletion::mode( $heir, $permanent ), $heir );
	}

	/**
	 * Changes a job.
	 *
	 * @param string $action One of ON_JOB.
	 * @param int    $id     Which job.
	 * @return bool Whether it was in a state for that.
	 */
	private static function change( string $action, int $id ): bool {
		switch ( $action ) {
			case 'cancel':
				return Queue::cancel( $id );
			case 'retry':
				$changed = Queue::retry( $id );
				break;
			case 'approve':
				$changed = Requests::approve( $id );
				break;
			case 'reject':
				return Requests::reject( $id );
			default:
				// One that is due and that nobody has taken up yet has nothing to wait for, and is worked on all the same.
				Requests::run_now( $id );
				$changed = true;
		}
		if ( $changed ) {
			Runner::at_the_end( $id );
		}
		return $changed;
	}

	/**
	 * An error with a status of HTTP.
	 *
	 * @param WP_Error $error  The error.
	 * @param int      $status The status.
	 */
	private static function with_status( WP_Error $error, int $status ): WP_Error {
		$error->add_data( array( 'status' => $status ) );
		return $error;
	}
}
