<?php
/**
 * What the demonstration needs of WP Fusion, which cannot be installed here: its list of tags, and the hooks of its
 * WPF_User::set_tags(), in its order and with its arguments.
 *
 * @package WpfDelete
 */

/** WP Fusion's class of that name. */
final class WPF_User {

	/** Stores tags that were loaded from the CRM, and tells what has changed. */
	public static function set_tags( array $tags, int $user_id ): void {
		$stored = (array) get_user_meta( $user_id, 'activecampaign_tags', true );
		update_user_meta( $user_id, 'activecampaign_tags', $tags );
		do_action( 'wpf_tags_applied', $user_id, array_diff( $tags, $stored ) );
		do_action( 'wpf_tags_removed', $user_id, array_diff( $stored, $tags ) );
		do_action( 'wpf_tags_modified', $user_id, $tags );
	}
}

/** WP Fusion's function of that name. */
function wpf_get_option( $key, $otherwise = false ) {
	return 'available_tags' === $key ? array( '12' => 'REMOVE USER' ) : $otherwise;
}
