<?php
/**
 * A request in which WP Fusion has something to say.
 *
 * Arguments: `tags`: ids of WP Fusion's tags by label; null for a WP Fusion without a CRM. `settings`: the plugin's
 * option. `calls`: methods of WPF_User, or functions, with their arguments. `report`: a file that gets, at the very
 * end of the request, all that was seen. `auto_login`: whether the visitor came by a link with a contact id.
 * `deletion_tags`: tags that WP Fusion applies to users who are being deleted. `cached`: ids of users who are in the cache
 * only. `login_tags`: tags that WP Fusion loads for whoever logs in. `staging`: whether WP Fusion is in staging mode. `automation`: tags that a listener applies when others are loaded.
 *
 * @return array{there: int[], results: array} Ids of the users who are there after all hooks; what the calls returned.
 */

global $wpdb, $seen, $queue;

require __DIR__ . '/wp-fusion.php';
require_once ABSPATH . 'wp-admin/includes/user.php';

stand_in_for_wp_fusion( $arguments['tags'] );
if ( isset( $arguments['settings'] ) ) {
	update_option( 'wpf_delete_settings', $arguments['settings'] );
}
if ( isset( $arguments['auto_login'] ) ) {
	define( 'STAND_IN_AUTO_LOGIN', $arguments['auto_login'] );

	/** WP Fusion's function of that name. */
	function doing_wpf_auto_login() {
		return STAND_IN_AUTO_LOGIN;
	}
}

if ( isset( $arguments['staging'] ) ) {
	define( 'STAND_IN_STAGING', $arguments['staging'] );

	/** WP Fusion's function of that name. */
	function wpf_is_staging_mode() {
		return STAND_IN_STAGING;
	}
}

/** WP Fusion's log. */
function wpf_log( $level, $user_id, $message, $context = array() ) {
	$GLOBALS['seen']['log'][] = array( $level, $user_id, $message, $context );
}

foreach ( $arguments['cached'] ?? array() as $id ) {
	$data = (object) array(
		'ID'           => $id,
		'user_login'   => "auto-login-$id",
		'display_name' => '',
		'user_email'   => '',
		'user_pass'    => '',
	);
	wp_cache_set( $id, $data, 'users' );
	update_user_meta( $id, 'crm_contact_id', "contact-$id" );
}

$seen  = array( 'hooks' => array(), 'modified' => array(), 'log' => array(), 'mails' => array() );
$queue = new WPF_Stand_In_Queue();
add_action( 'shutdown', array( $queue, 'send' ), -1 );

$listen = static function ( ...$given ) use ( $wpdb ) {
	$given[2] = is_object( $given[2] ) ? get_class( $given[2] ) . ' ' . $given[2]->ID : $given[2];
	// Whoever listens must still find everything in place.
	$given[]                    = (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM $wpdb->posts WHERE post_author = %d AND post_status <> 'trash'", $given[0] ) );
	$GLOBALS['seen']['hooks'][] = array( current_action(), ...$given );
};
add_action( 'delete_user', $listen, 20, 3 );
add_action( 'deleted_user', $listen, 20, 3 );
add_action( 'wpf_delete_failed', static fn ( $id, $error ) => $GLOBALS['seen']['failed'][] = array( $id, $error->get_error_code() ), 10, 2 );

// Course plugins and the like: they come after the plugin and must go on hearing of everybody.
foreach ( array( 1, 10, 11 ) as $priority ) {
	add_action( 'wpf_tags_modified', static fn ( $id ) => $GLOBALS['seen']['modified'][] = array( $priority, $id ), $priority );
}
if ( isset( $arguments['login_tags'] ) ) {
	add_action( 'wp_login', static fn ( $login, $user ) => WPF_User::get_tags( $user->ID, $arguments['login_tags'] ), 10, 2 );
}
add_filter(
	'pre_wp_mail',
	static function ( $sent, $mail ) {
		$GLOBALS['seen']['mails'][] = $mail;
		return $sent;
	},
	11,
	2
);
if ( isset( $arguments['automation'] ) ) {
	$automate = static function ( $id ) use ( $arguments, &$automate ) {
		remove_action( 'wpf_tags_applied', $automate );
		WPF_User::apply_tags( $arguments['automation'], $id );
	};
	add_action( 'wpf_tags_applied', $automate );
}
if ( isset( $arguments['deletion_tags'] ) ) {
	$apply = static function ( $id ) use ( $arguments, $queue ) {
		WPF_User::apply_tags( $arguments['deletion_tags'], $id );
		$queue->add( "apply tags to contact-$id" );
	};
	add_action( 'delete_user', $apply );
	add_action( 'remove_user_from_blog', $apply );
}

add_action(
	'shutdown',
	static function () use ( $arguments, $queue ) {
		file_put_contents( $arguments['report'], serialize( $GLOBALS['seen'] + array( 'turns' => $queue->turns ) ) );
	},
	PHP_INT_MAX
);

$results = array();
foreach ( $arguments['calls'] as $call ) {
	$method    = array_shift( $call );
	$results[] = method_exists( 'WPF_User', $method ) ? WPF_User::$method( ...$call ) : $method( ...$call );
}
return array(
	'there'   => array_map( 'intval', $wpdb->get_col( "SELECT ID FROM $wpdb->users" ) ),
	'results' => $results,
);
