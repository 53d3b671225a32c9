<?php
/**
 * One deletion from beginning to end.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Application_Passwords;
use WP_Error;
use WP_Session_Tokens;
use WP_User;

/**
 * Who goes and who inherits, checked; then everything in order: lock the user out, `delete_user`,
 * content, the user's own rows, `deleted_user`.
 */
final class Deletion {

	/**
	 * The content is dealt with by this class: natively, or by core because nothing else will do.
	 */
	private const ALONE = 'alone';

	/**
	 * Core is asked, and may be helped like for any other caller.
	 */
	private const HELPED = 'helped';

	/**
	 * Users whose deletion this request is in the middle of, and how. `delete_user` has listeners that
	 * ask for the same user's deletion again: WP Fusion applies tags there.
	 *
	 * @var array<int, string>
	 */
	private static $running = array();

	/**
	 * Who goes.
	 *
	 * @var WP_User
	 */
	private $user;

	/**
	 * Who inherits, or null.
	 *
	 * @var int|null
	 */
	private $reassign;

	/**
	 * Use Deletion::of().
	 *
	 * @param WP_User  $user     Who goes.
	 * @param int|null $reassign Who inherits.
	 */
	private function __construct( WP_User $user, ?int $reassign ) {
		$this->user     = $user;
		$this->reassign = $reassign;
	}

	/**
	 * Checks what is asked for. Stricter than core, which takes false, '' and 0 for "give everything
	 * to nobody", and any id for an heir.
	 *
	 * @param mixed $id       User id.
	 * @param mixed $reassign Heir's id, or null.
	 * @return self|WP_Error
	 */
	public static function of( $id, $reassign ) {
		$user_id = self::id( $id );
		$user    = $user_id ? new WP_User( $user_id ) : null;
		if ( ! $user || ! $user->exists() ) {
			return new WP_Error( 'wpf_delete_invalid_user', __( 'There is no such user.', 'wpf-delete' ) );
		}
		// Core's older default for "nobody".
		if ( null === $reassign || 'novalue' === $reassign ) {
			return new self( $user, null );
		}
		$heir = self::id( $reassign );
		if ( ! self::can_inherit( $heir, $user_id ) ) {
			return new WP_Error( 'wpf_delete_invalid_reassign', __( 'The user who should inherit the content does not exist or is the one to be deleted.', 'wpf-delete' ) );
		}
		return new self( $user, $heir );
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
	 * Is this request in the middle of deleting this user?
	 *
	 * @param int $user_id Who.
	 */
	public static function is_running( int $user_id ): bool {
		return isset( self::$running[ $user_id ] );
	}

	/**
	 * Is it, and does it want no help from Takeover?
	 *
	 * @param int $user_id Who.
	 */
	public static function is_running_alone( int $user_id ): bool {
		return self::ALONE === ( self::$running[ $user_id ] ?? null );
	}

	/**
	 * Deletes.
	 *
	 * @return bool|WP_Error What wp_delete_user() returns, or why the deletion is not finished; asking
	 *                       again goes on where it stopped.
	 */
	public function run() {
		// On a network the user stays and only leaves this site: core does that, helped with the content.
		if ( is_multisite() && ! is_wp_error( Native::available() ) ) {
			return $this->exclusively( self::HELPED, array( $this, 'ask_core' ) );
		}
		return $this->exclusively( self::ALONE, array( $this, 'run_alone' ) );
	}

	/**
	 * Deletes from a whole network.
	 *
	 * @param callable $delete Does it.
	 * @return bool|WP_Error What that returns, or why it was not called.
	 */
	public function run_on_network( callable $delete ) {
		return $this->exclusively(
			self::HELPED,
			function () use ( $delete ) {
				$this->lock_out();
				return $delete();
			}
		);
	}

	/**
	 * Makes this deletion the only one of this user, and lets it take its time.
	 *
	 * @param string   $how    How Takeover is to treat it.
	 * @param callable $delete Deletes.
	 * @return bool|WP_Error
	 */
	private function exclusively( string $how, callable $delete ) {
		$id = $this->user->ID;
		if ( self::is_running( $id ) ) {
			return new WP_Error( 'wpf_delete_running', __( 'This user is already being deleted.', 'wpf-delete' ) );
		}
		// What dies half-way has to be taken up again; better to let it finish.
		ignore_user_abort( true );
		if ( function_exists( 'set_time_limit' ) ) {
			// phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- hosts forbid it with a warning.
			@set_time_limit( 0 );
		}
		self::$running[ $id ] = $how;
		try {
			return $delete();
		} finally {
			unset( self::$running[ $id ] );
		}
	}

	/**
	 * Natively where that is possible, else through core.
	 *
	 * @return bool|WP_Error
	 */
	private function run_alone() {
		$checkpoint = new Checkpoint( $this->user->ID );
		try {
			if ( is_wp_error( Native::available() ) || $checkpoint->core_began() ) {
				return $this->through_core( $checkpoint );
			}
			$content   = new Content( $this->user->ID, $this->reassign, $checkpoint );
			$reachable = $content->reachable();
			if ( ! is_wp_error( $reachable ) ) {
				return $this->natively( $content, $checkpoint );
			}
			// What an earlier attempt has only trashed, core would delete for good.
			return '' === $checkpoint->resume() ? $this->through_core( $checkpoint ) : $reachable;
		} finally {
			// Once announced it stays, so that the next attempt does not announce it again.
			if ( '' === $checkpoint->resume() && ! $checkpoint->announced() ) {
				$checkpoint->remove();
			}
		}
	}

	/**
	 * The extension does it.
	 *
	 * @param Content    $content    The user's content.
	 * @param Checkpoint $checkpoint Where it stands.
	 * @return true|WP_Error
	 */
	private function natively( Content $content, Checkpoint $checkpoint ) {
		$this->lock_out();
		if ( ! $checkpoint->announced() ) {
			/** This action is documented in wp-admin/includes/user.php */
			do_action( 'delete_user', $this->user->ID, $this->reassign, $this->user );
			$checkpoint->announce();
		}
		$done = $content->delete();
		if ( ! is_wp_error( $done ) ) {
			$done = $content->delete_user();
		}
		if ( is_wp_error( $done ) ) {
			return $done;
		}
		clean_user_cache( $this->user );
		/** This action is documented in wp-admin/includes/user.php */
		do_action( 'deleted_user', $this->user->ID, $this->reassign, $this->user );
		return true;
	}

	/**
	 * Core does it alone. What it trashes before it is cut off, another attempt must not delete.
	 *
	 * @param Checkpoint $checkpoint Where it stands.
	 */
	private function through_core( Checkpoint $checkpoint ): bool {
		$began = '' !== $checkpoint->resume();
		// The extension does not say which posts it has trashed; once it has begun, no trash is touched.
		$since = $checkpoint->core_began() ?? ( $checkpoint->trashing() ? 0 : PHP_INT_MAX );
		$keep  = static function ( $check, $post ) use ( $since ) {
			$trashed = 'trash' === $post->post_status && strtotime( $post->post_modified_gmt . ' UTC' ) >= $since;
			return $trashed && null === $check ? false : $check;
		};
		if ( $began ) {
			$checkpoint->count_terms_left();
			add_filter( 'pre_delete_post', $keep, PHP_INT_MAX, 2 );
			add_filter( 'pre_delete_attachment', $keep, PHP_INT_MAX, 2 );
		} else {
			$checkpoint->core_begins( time() );
		}
		try {
			$deleted = $this->ask_core();
			if ( $deleted && is_multisite() ) {
				// The user stays, with all metas.
				$checkpoint->remove();
			}
			return $deleted;
		} finally {
			remove_filter( 'pre_delete_post', $keep, PHP_INT_MAX );
			remove_filter( 'pre_delete_attachment', $keep, PHP_INT_MAX );
		}
	}

	/**
	 * Calls wp_delete_user().
	 */
	private function ask_core(): bool {
		require_once ABSPATH . 'wp-admin/includes/user.php';
		// Without it a user who owns a link is a fatal error, after all posts have been dealt with.
		require_once ABSPATH . 'wp-admin/includes/bookmark.php';
		return wp_delete_user( $this->user->ID, $this->reassign );
	}

	/**
	 * Ends the user's sessions, so that they do not go on writing meanwhile.
	 */
	private function lock_out(): void {
		WP_Session_Tokens::get_instance( $this->user->ID )->destroy_all();
		WP_Application_Passwords::delete_all_application_passwords( $this->user->ID );
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
