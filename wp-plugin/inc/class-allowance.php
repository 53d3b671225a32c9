<?php
/**
 * How many users may go without anybody's approval.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * A tag put on a whole list in the CRM stops at a small number of users and asks. The table is what is counted,
 * so that it does not matter how many requests are at it.
 */
final class Allowance {

	/**
	 * There while the owner has been told that requests are held, and some still are.
	 */
	public const TOLD = 'wpf_delete_cap_told';

	/**
	 * Takes one of the places for a request that is held, if there is one. Of several that take the last one
	 * at the same moment none may get it; never do more get one than there are.
	 *
	 * @param int $id The request.
	 */
	public static function take( int $id ): bool {
		global $wpdb;
		if ( ! self::is_left() ) {
			return false;
		}
		// phpcs:disable WordPress.DB.PreparedSQL -- the table is ours.
		$wpdb->query( $wpdb->prepare( 'UPDATE ' . Table::name() . ' SET accepted = UTC_TIMESTAMP() WHERE id = %d', $id ) );
		if ( self::is_left( -1 ) ) {
			return true;
		}
		$wpdb->query( $wpdb->prepare( 'UPDATE ' . Table::name() . ' SET accepted = NULL WHERE id = %d', $id ) );
		// phpcs:enable
		return false;
	}

	/**
	 * Is there a place?
	 *
	 * @param int $besides How many more than are taken; -1 for who has taken one.
	 */
	public static function is_left( int $besides = 0 ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
		$taken = $wpdb->get_row( $wpdb->prepare( 'SELECT COALESCE(SUM(accepted > UTC_TIMESTAMP() - INTERVAL 1 HOUR), 0) AS cap_hour, COUNT(*) AS cap_day FROM ' . Table::name() . ' WHERE site_id = %d AND accepted > UTC_TIMESTAMP() - INTERVAL 1 DAY', get_current_blog_id() ), ARRAY_A );
		foreach ( array( 'cap_hour', 'cap_day' ) as $key ) {
			/**
			 * Filters how many users the CRM may have deleted without anybody's approval.
			 *
			 * @param int    $cap How many.
			 * @param string $key In which time: `cap_hour` or `cap_day`.
			 */
			$cap = (int) apply_filters( 'wpf_delete_cap', (int) Settings::get( $key ), $key );
			if ( ! $taken || (int) $taken[ $key ] + $besides >= $cap ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Tells the owner, once, that requests are held.
	 */
	public static function tell(): void {
		// One of several requests makes the option.
		if ( get_option( self::TOLD ) || ! add_option( self::TOLD, time() ) ) {
			return;
		}
		$lines = array(
			/* translators: %s: name of the site. */
			sprintf( __( 'The CRM has asked for more users of %s to be deleted than may go without your approval.', 'wpf-delete' ), wp_specialchars_decode( get_option( 'blogname' ), ENT_QUOTES ) ),
			/* translators: 1: a number of users, 2: another one. */
			sprintf( __( 'Up to %1$d an hour and %2$d a day go by themselves. All others are held: nothing of them is deleted until you have had a look.', 'wpf-delete' ), Settings::get( 'cap_hour' ), Settings::get( 'cap_day' ) ),
			__( 'Was a tag put on too many contacts? Then reject them, and take the tag back in the CRM. Approve or reject them here:', 'wpf-delete' ),
			admin_url( 'tools.php?page=wpf-delete&tab=held' ),
			__( 'You will not get another mail about this until no request is held any more.', 'wpf-delete' ),
		);
		wp_mail(
			get_option( 'admin_email' ),
			/* translators: %s: name of the site. */
			sprintf( __( '[%s] Deletions of users wait for your approval', 'wpf-delete' ), wp_specialchars_decode( get_option( 'blogname' ), ENT_QUOTES ) ),
			implode( "\n\n", $lines )
		);
	}

	/**
	 * Has the owner told once more, the next time, if no request is held any more.
	 */
	public static function settle(): void {
		if ( get_option( self::TOLD ) && ! Held::is_any() ) {
			delete_option( self::TOLD );
		}
	}
}
