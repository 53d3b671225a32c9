<?php
/**
 * The link on WordPress's own screen of users.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_User;

/**
 * Leads from a user in the list to their preview.
 */
final class UsersScreen {

	/**
	 * Adds the link for whom the current user may delete.
	 *
	 * @param array<string, string> $actions Links by name.
	 * @param WP_User               $user    Whose row it is.
	 * @return array<string, string>
	 */
	public static function row_actions( $actions, $user ) {
		// The network's list of a site's users is shown on another site.
		if ( ! is_network_admin() && get_current_user_id() !== $user->ID && current_user_can( Actions::CAPABILITY ) && current_user_can( 'delete_user', $user->ID ) ) {
			$actions['wpf_delete'] = sprintf(
				'<a href="%1$s" aria-label="%2$s">%3$s</a>',
				esc_url( PreviewTab::url( $user->ID ) ),
				// Names in this object are escaped already.
				/* translators: %s: name of a user. */
				esc_attr( sprintf( __( 'Delete natively… %s', 'wpf-delete' ), Words::user( $user->ID ) ) ),
				esc_html__( 'Delete natively…', 'wpf-delete' )
			);
		}
		return $actions;
	}
}
