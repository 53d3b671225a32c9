<?php
/**
 * The plugin's hooks in one list, and the function other code calls.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * Hooks everything up. Nothing here needs WP Fusion or the extension to be there.
 */
function bootstrap(): void {
	// Where nobody is inside a transaction, which a new table would end.
	add_action( 'admin_init', array( Table::class, 'is_ready' ) );

	// Every caller of wp_delete_user(). Last, so that all others still find everything in place.
	add_action( 'delete_user', array( Takeover::class, 'before' ), PHP_INT_MAX, 3 );
	add_filter( 'post_types_to_delete_with_user', array( Takeover::class, 'types_left_to_core' ), PHP_INT_MAX, 2 );
	add_action( 'deleted_user', array( Takeover::class, 'after' ), PHP_INT_MIN, 1 );
	add_action( 'deleted_user', array( Takeover::class, 'finished' ), PHP_INT_MAX, 1 );

	// Every caller of wpmu_delete_user().
	add_action( 'wpmu_delete_user', array( Network::class, 'before' ), PHP_INT_MAX, 2 );
	add_filter( 'pre_get_blogs_of_user', array( Network::class, 'sites_left_to_core' ), PHP_INT_MAX, 2 );
	add_action( 'deleted_user', array( Network::class, 'after' ), PHP_INT_MIN, 1 );
	add_action( 'deleted_user', array( Network::class, 'finished' ), PHP_INT_MAX, 1 );

	// WP Fusion. Priority 10, because for auto-login visitors it takes off exactly that one.
	add_action( 'wpf_tags_modified', array( Triggers::class, 'tags_modified' ), 10, 2 );
	add_action( 'wpf_user_updated', array( Triggers::class, 'user_updated' ), 10, 2 );
	add_action( 'wpf_delete_job_left', array( Triggers::class, 'job_left' ), 10, 2 );

	// Jobs that wait, or were cut off.
	foreach ( Schedule::HOOKS as $hook ) {
		add_action( $hook, array( Runner::class, 'work' ), 10, 0 );
	}
	add_action( 'shutdown', array( Runner::class, 'shutdown' ), Runner::AFTER_WP_FUSION );
	add_action( 'shutdown', array( Runner::class, 'interrupted' ), PHP_INT_MAX );
	add_action( 'shutdown', array( Schedule::class, 'shutdown' ), PHP_INT_MAX );

	// Who is to be deleted does not get in any more.
	add_filter( 'authenticate', array( Lockout::class, 'authenticate' ), PHP_INT_MAX );
	add_filter( 'determine_current_user', array( Lockout::class, 'determine_current_user' ), PHP_INT_MAX );
	add_action( 'wp_authenticate_application_password_errors', array( Lockout::class, 'application_password' ), 10, 2 );

	// The page under Tools, its forms, its link on the Users screen, and REST.
	add_action( 'admin_menu', array( AdminPage::class, 'add' ) );
	add_action( 'admin_enqueue_scripts', array( AdminPage::class, 'enqueue' ) );
	if ( is_admin() ) {
		foreach ( Forms::HANDLERS as $form ) {
			add_action( "admin_post_wpf_delete_$form", array( Forms::class, $form ) );
		}
	}
	add_filter( 'user_row_actions', array( UsersScreen::class, 'row_actions' ), 10, 2 );
	add_action( 'rest_api_init', array( Rest::class, 'register' ) );

	add_filter( 'site_status_tests', array( Health::class, 'add_tests' ) );
	add_filter( 'debug_information', array( HealthInformation::class, 'add' ) );

	// What is known of people, and for how long.
	add_filter( 'wp_privacy_personal_data_exporters', array( Privacy::class, 'add_exporter' ) );
	add_filter( 'wp_privacy_personal_data_erasers', array( Privacy::class, 'add_eraser' ) );
	add_action( 'admin_init', array( Privacy::class, 'add_policy' ) );
	add_action( 'admin_init', array( Retention::class, 'schedule' ) );
	add_action( Retention::HOOK, array( Retention::class, 'forget' ) );

	add_action( 'network_admin_menu', array( NetworkPage::class, 'add' ) );
	add_action( 'init', __NAMESPACE__ . '\load_translations', 0 );

	if ( defined( 'WP_CLI' ) && WP_CLI ) {
		add_commands();
	}
}

/**
 * Tells WP-CLI of the commands.
 */
function add_commands(): void {
	\WP_CLI::add_command( 'wpf-delete', Command::class );
	\WP_CLI::add_command( 'wpf-delete plan', array( new UserCommand(), 'plan' ) );
	\WP_CLI::add_command( 'wpf-delete delete', array( new UserCommand(), 'delete' ) );
}

/**
 * Translations that come with the plugin, for WordPress before 6.8; those from wordpress.org need nothing.
 */
function load_translations(): void {
	load_plugin_textdomain( 'wpf-delete', false, dirname( plugin_basename( __DIR__ ) ) . '/languages' );
}

/**
 * Deletes a user as wp_delete_user() does, natively where that is possible and through core where it
 * is not.
 *
 * Fires `delete_user` and `deleted_user` once, with core's arguments. A deletion that was cut off, or
 * has failed, is finished by the schedule, or by calling this again: posts that were only trashed are not
 * deleted by that. Why it failed is told by the action `wpf_delete_failed`.
 *
 * @param int|string      $id       User id.
 * @param int|string|null $reassign Id of the user who inherits posts and links; null to delete them.
 * @return bool What wp_delete_user() returns: true, or false when nothing, or not everything, was
 *              deleted.
 */
function delete_user( $id, $reassign = null ): bool {
	$asked = Deletion::asked_for( $id, $reassign );
	if ( is_wp_error( $asked ) ) {
		return succeeded( $id, $asked );
	}
	list( $user_id, $heir ) = $asked;
	return succeeded(
		$id,
		Runner::delete_now(
			$user_id,
			array(
				'source'   => 'api',
				'reassign' => $heir,
			)
		)
	);
}

/**
 * Asks for a deletion as the CRM does: the user may be protected, the plugin may only be observing, the request may
 * be held for approval, and it waits for as long as the settings say.
 *
 * @param int|string           $id   User id.
 * @param array<string, mixed> $args `reassign`: id of the user who inherits posts and links; `permanent`: true to
 *                                   skip the trash; `cause`: why, in a few words. What is not given is as the
 *                                   settings say.
 * @return int|WP_Error The number of the request, whatever becomes of it; why the user may not go.
 */
function request_deletion( $id, array $args = array() ) {
	$asked = Deletion::asked_for( $id, $args['reassign'] ?? null );
	if ( is_wp_error( $asked ) ) {
		return $asked;
	}
	list( $user_id, $heir ) = $asked;

	$order = array(
		'source' => 'request',
		'cause'  => (string) ( $args['cause'] ?? '' ),
	);
	if ( isset( $args['reassign'] ) || isset( $args['permanent'] ) ) {
		$order['reassign'] = $heir;
		$order['mode']     = Deletion::mode( $heir, ! empty( $args['permanent'] ) );
	}
	$job = Requests::ask( $user_id, $order );
	if ( ! is_wp_error( $job ) ) {
		Runner::at_the_end( $job );
	}
	return $job;
}

/**
 * Deletes a user from the whole network as wpmu_delete_user() does, and what they have on sites that
 * core leaves out: those the user has left, and those that are archived, spam or marked as deleted.
 *
 * Fires `wpmu_delete_user`, `remove_user_from_blog` for each site the user is a member of, and
 * `deleted_user`. Super admins are refused. A deletion that was cut off is finished by calling this
 * again: posts that were only trashed are not deleted by that.
 *
 * @param int|string $id User id.
 * @return bool What wpmu_delete_user() returns: true, or false when nothing was deleted.
 */
function delete_network_user( $id ): bool {
	return succeeded( $id, Network::delete( $id ) );
}

/**
 * What a deletion has come to as WordPress's functions return it.
 *
 * @param mixed          $id     User id as asked for.
 * @param true|WP_Error $result How the deletion ended.
 */
function succeeded( $id, $result ): bool {
	if ( true === $result ) {
		return true;
	}
	/**
	 * Fires when a deletion did not happen, or stopped half-way.
	 *
	 * @param int       $id     User id as asked for; 0 when it was none.
	 * @param WP_Error $result Why.
	 */
	Announce::action( 'wpf_delete_failed', Deletion::id( $id ), $result );
	return false;
}

/**
 * What a deletion would do, if it began now. Changes nothing.
 *
 * @param int|string           $id   User id.
 * @param array<string, mixed> $args `reassign`: id of the user who would inherit; `permanent`: whether the trash is
 *                                   skipped.
 * @return array|WP_Error As Plan::to_array() has it.
 */
function plan( $id, array $args = array() ) {
	$asked = Deletion::asked_for( $id, $args['reassign'] ?? null );
	if ( is_wp_error( $asked ) ) {
		return $asked;
	}
	list( $user_id, $heir ) = $asked;
	$plan                   = Plan::of( $user_id, Deletion::mode( $heir, ! empty( $args['permanent'] ) ), $heir );
	return is_wp_error( $plan ) ? $plan : $plan->to_array();
}
