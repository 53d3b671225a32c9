<?php
/**
 * One deletion from beginning to end.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User;

/**
 * Everything in order: end the user's visits, `delete_user`, content, the user's own rows,
 * `deleted_user`. Each step is on record in the job before the next begins, so that whoever takes the
 * job up goes on where it stopped.
 *
 * Of the two hooks, each fires once, unless a process dies inside it. Nothing is gone when `delete_user`
 * fires, and a listener that ends the request there may mean to forbid the deletion: it is fired again.
 * Everything is gone when `deleted_user` fires: it is not. For the same reason what a listener throws in
 * `delete_user` stops the deletion, as it does in WordPress, and what it throws later does not.
 */
final class Deletion {

	/**
	 * Users whose deletion this process is in the middle of. `delete_user` has listeners that ask for the
	 * same user's deletion again: WP Fusion applies tags there.
	 *
	 * @var array<int, true>
	 */
	private static $running = array();

	/**
	 * The job.
	 *
	 * @var Job
	 */
	private $job;

	/**
	 * Who goes.
	 *
	 * @var int
	 */
	private $id;

	/**
	 * Changes nothing.
	 *
	 * @param Job $job Claimed by this process.
	 */
	public function __construct( Job $job ) {
		$this->job = $job;
		$this->id  = $job->number( 'user_id' );
	}

	/**
	 * Checks what is asked for. Stricter than core, which takes false, '' and 0 for "give everything
	 * to nobody", and any id for an heir.
	 *
	 * @param mixed $id       User id.
	 * @param mixed $reassign Heir's id, or null.
	 * @return array{int, int|null}|WP_Error Who goes, who inherits.
	 */
	public static function asked_for( $id, $reassign ) {
		$user_id = self::id( $id );
		if ( 0 === $user_id || ! WP_User::get_data_by( 'id', $user_id ) ) {
			return self::no_such_user();
		}
		// Core's older default for "nobody".
		if ( null === $reassign || 'novalue' === $reassign ) {
			return array( $user_id, null );
		}
		$heir = self::id( $reassign );
		if ( ! self::can_inherit( $heir, $user_id ) ) {
			return new WP_Error( 'wpf_delete_invalid_reassign', __( 'The user who should inherit the content does not exist or is the one to be deleted.', 'wpf-delete' ) );
		}
		return array( $user_id, $heir );
	}

	/**
	 * Is this somebody else, who exists?
	 *
	 * @param int $heir    Who would inherit.
	 * @param int $user_id Who goes.
	 */
	public static function can_inherit( int $heir, int $user_id ): bool {
		return $heir > 0 && $heir !== $user_id && false !== get_userdata( $heir );
	}

	/**
	 * Is this process in the middle of deleting this user?
	 *
	 * @param int $user_id Who.
	 */
	public static function is_running( int $user_id ): bool {
		return isset( self::$running[ $user_id ] );
	}

	/**
	 * Deletes, or goes on deleting.
	 *
	 * @return true|WP_Error Why the deletion is not finished.
	 */
	public function run() {
		self::$running[ $this->id ] = true;
		try {
			return self::in_mode( $this->job->text( 'mode' ), $this->id, fn () => $this->go_on() );
		} finally {
			unset( self::$running[ $this->id ] );
		}
	}

	/**
	 * Does something for which it matters whether a user's content is to be deleted for good.
	 *
	 * @param string   $mode Of the deletion: `permanent`, or another.
	 * @param int      $id   Who goes.
	 * @param callable $work What to do.
	 * @return mixed What it returns.
	 */
	public static function in_mode( string $mode, int $id, callable $work ) {
		$permanently = static fn ( $permanently, $user_id ) => $permanently || ( 'permanent' === $mode && $user_id === $id );
		add_filter( 'wpf_delete_permanently', $permanently, 10, 2 );
		try {
			return $work();
		} finally {
			remove_filter( 'wpf_delete_permanently', $permanently );
		}
	}

	/**
	 * The word for a way to delete.
	 *
	 * @param mixed $reassign  Who inherits, if anybody does.
	 * @param bool  $permanent Whether the trash is skipped.
	 */
	public static function mode( $reassign, bool $permanent ): string {
		if ( null !== $reassign ) {
			return 'reassign';
		}
		return $permanent ? 'permanent' : 'delete';
	}

	/**
	 * From the job's phase to the end.
	 *
	 * @return true|WP_Error
	 */
	private function go_on() {
		if ( Job::DELETED_USER === $this->job->text( 'phase' ) ) {
			$this->make_up_for_farewell( $this->job->person() );
			return true;
		}
		if ( ! $this->job->is_new() && ! self::exists( $this->id ) ) {
			return Job::USER === $this->job->text( 'phase' ) ? $this->say_farewell( $this->job->person() ) : self::no_such_user();
		}
		if ( ! Statements::read( fn () => $this->job->mark(), $is_ours ) ) {
			// Without it the extension would not know this database, and all would be left to WordPress.
			return Statements::unwritten();
		}
		if ( ! $is_ours ) {
			return Job::lost();
		}
		$user = new WP_User( $this->id );
		if ( '' === $this->job->text( 'phase' ) ) {
			$this->announce( $user );
			if ( ! $this->job->enter( Job::PURGE ) ) {
				return Job::lost();
			}
		}
		$native = $this->native();
		if ( is_wp_error( $native ) && $this->job->has_begun() && ! $this->job->is_left_to_core() && ! is_wp_error( Native::available() ) ) {
			// It has reached the database before: better to try again than to do the rest the slow way.
			return $native;
		}
		if ( Job::USER !== $this->job->text( 'phase' ) ) {
			$done = is_wp_error( $native ) ? ( new CoreContent( $this->job ) )->delete() : $native->delete();
			if ( is_wp_error( $done ) ) {
				return $done;
			}
			if ( ! $this->job->enter_user( $user ) ) {
				return Job::lost();
			}
		}
		$done = $this->delete_user( is_wp_error( $native ) ? null : $native );
		return is_wp_error( $done ) ? $done : $this->say_farewell( $user );
	}

	/**
	 * The process that fired `deleted_user` has died in it, or just before. It is not fired again, but what WordPress
	 * itself does in it is the same when it is done twice; and whoever has asked once more has marked nobody.
	 *
	 * @param WP_User $user Who has gone.
	 */
	private function make_up_for_farewell( WP_User $user ): void {
		$this->sweep_metas();
		wp_maybe_update_user_counts();
		if ( is_multisite() ) {
			wp_delete_signup_on_user_delete( $this->id, $this->job->reassign(), $user );
		}
	}

	/**
	 * Takes off the mark, and whatever a request that was under way has written for a user who is gone.
	 */
	private function sweep_metas(): void {
		global $wpdb;
		if ( is_multisite() ) {
			Mark::remove( $this->id, $this->job->number( 'site_id' ) );
			return;
		}
		$wpdb->delete( $wpdb->usermeta, array( 'user_id' => $this->id ) );
		// Until 6.2 clean_user_cache() leaves these.
		wp_cache_delete( $this->id, 'user_meta' );
	}

	/**
	 * Tells everybody while everything is in place.
	 *
	 * @param WP_User $user Who goes.
	 */
	private function announce( WP_User $user ): void {
		if ( ! is_multisite() ) {
			Lockout::end_visits( $this->id );
		}
		/** This action is documented in wp-admin/includes/user.php */
		do_action( 'delete_user', $this->id, $this->job->reassign(), $user );
	}

	/**
	 * The content as the extension sees it, if the extension can reach the database.
	 *
	 * @return Content|WP_Error
	 */
	private function native() {
		$available = Native::available();
		if ( is_wp_error( $available ) ) {
			return $available;
		}
		if ( $this->job->is_left_to_core() ) {
			return new WP_Error( 'wpf_delete_left_to_core', __( 'WordPress has begun to delete this user’s content, and goes on.', 'wpf-delete' ) );
		}
		$content   = new Content( $this->job );
		$reachable = $content->reachable();
		return is_wp_error( $reachable ) ? $reachable : $content;
	}

	/**
	 * The user's own rows; on a network only what makes the user a member of this site.
	 *
	 * @param Content|null $native The extension's way, if it is there.
	 * @return true|WP_Error
	 */
	private function delete_user( ?Content $native ) {
		global $wpdb;
		if ( is_multisite() ) {
			Statements::twice( fn () => remove_user_from_blog( $this->id, get_current_blog_id() ) );
			return true;
		}
		if ( $native ) {
			return $native->delete_user();
		}
		Mark::remove( $this->id, 0 );
		foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT umeta_id FROM $wpdb->usermeta WHERE user_id = %d", $this->id ) ) as $meta ) {
			Announce::safely( static fn () => delete_metadata_by_mid( 'user', $meta ) );
		}
		return false === $wpdb->delete( $wpdb->users, array( 'ID' => $this->id ) ) ? Statements::unwritten() : true;
	}

	/**
	 * Tells everybody that it is done.
	 *
	 * @param WP_User $user Who has gone.
	 * @return true|WP_Error
	 */
	private function say_farewell( WP_User $user ) {
		$this->sweep_metas();
		Announce::safely( static fn () => clean_user_cache( $user ) );
		if ( ! $this->job->enter( Job::DELETED_USER ) ) {
			return Job::lost();
		}
		/** This action is documented in wp-admin/includes/user.php */
		Announce::action( 'deleted_user', $this->id, $this->job->reassign(), $user );
		return true;
	}

	/**
	 * Has this user a row? Caches of long processes are not asked. Yes as long as nobody knows.
	 *
	 * @param int $user_id Who.
	 */
	public static function exists( int $user_id ): bool {
		global $wpdb;
		$read = static fn () => $wpdb->get_var( $wpdb->prepare( "SELECT ID FROM $wpdb->users WHERE ID = %d", $user_id ) );
		return ! Statements::read( $read, $id ) || null !== $id;
	}

	/**
	 * What is said of a user who does not exist.
	 */
	public static function no_such_user(): WP_Error {
		return new WP_Error( 'wpf_delete_invalid_user', __( 'There is no such user.', 'wpf-delete' ) );
	}

	/**
	 * What is said of a user whose deletion is under way.
	 */
	public static function is_being_deleted(): WP_Error {
		return new WP_Error( 'wpf_delete_running', __( 'This user is already being deleted.', 'wpf-delete' ) );
	}

	/**
	 * A positive int, or a string of its digits; 0 for anything else.
	 *
	 * @param mixed $value What was given.
	 */
	public static function id( $value ): int {
		if ( ! is_int( $value ) && ! ( is_string( $value ) && ctype_digit( $value ) ) ) {
			return 0;
		}
		return max( 0, (int) filter_var( $value, FILTER_VALIDATE_INT ) );
	}
}
