<?php
/**
 * Asks for the texts that plugins suggest for the policy of privacy.
 *
 * @return string The plugin's.
 */

require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-privacy-policy-content.php';

set_current_screen( 'dashboard' );
do_action( 'admin_init' );
foreach ( WP_Privacy_Policy_Content::get_suggested_policy_text() as $suggested ) {
	if ( 'User deletion' === $suggested['plugin_name'] ) {
		return $suggested['policy_text'];
	}
}
return '';
