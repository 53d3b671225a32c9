<?php
/**
 * Must-use plugin of the site in the browser: a CRM that sends webhooks.
 *
 * @package WpfDelete
 */

require_once dirname( __DIR__ ) . '/wordpress/scripts/plugin/wp-fusion.php';

stand_in_for_wp_fusion(
	array(
		'Newsletter'  => '7',
		'REMOVE USER' => '12',
		'VIP'         => '34',
	)
);

// As WP Fusion's webhook does: in the middle of init, and nothing comes after it.
add_action(
	'init',
	static function () {
		if ( isset( $_GET['crm'] ) ) {
			WPF_User::get_tags( (int) $_GET['user'], array_filter( explode( ',', $_GET['crm'] ) ) );
			wp_die( 'Success', 'Success', 200 );
		}
	}
);

// For a look at the page from right to left, without Arabic.
add_action(
	'init',
	static function () {
		if ( isset( $_COOKIE['rtl'] ) ) {
			$GLOBALS['wp_locale']->text_direction = 'rtl';
		}
	},
	0
);
