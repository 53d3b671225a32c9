<?php
/**
 * A must-use plugin: a post type that is registered after WP Fusion's turn, which is at 10; and, in a run with the
 * constant STAND_IN_WEBHOOK, that turn. It names a user id, and whether WP Fusion ends the request as it does.
 */

add_action(
	'init',
	static function () {
		register_post_type( 'late', array( 'public' => true, 'hierarchical' => true, 'supports' => array( 'title', 'author' ) ) );
	},
	20
);

add_action(
	'init',
	static function () {
		if ( ! defined( 'STAND_IN_WEBHOOK' ) ) {
			return;
		}
		list( $user_id, $end ) = explode( ' ', STAND_IN_WEBHOOK );
		require_once STAND_IN_FILE;
		stand_in_for_wp_fusion( array( 'REMOVE USER' => '12' ) );
		WPF_User::get_tags( (int) $user_id, array( '12' ) );
		if ( 'die' === $end ) {
			// The run's script never has its turn; this is what it would begin with.
			unlink( $GLOBALS['argv'][1] );
			add_filter(
				'wp_die_handler',
				static fn () => static function () {
					exit( 0 );
				}
			);
			wp_die( 'Success' );
		}
	}
);
