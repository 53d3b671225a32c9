<?php
/**
 * The tab with what waits for somebody's approval.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Requests beyond the cap, to be approved or rejected: one, some, or all.
 */
final class HeldTab {

	private const PER_PAGE = 50;

	/**
	 * Id of the form to which the boxes belong.
	 */
	private const FORM = 'wpf-delete-held';

	/**
	 * Shows it.
	 */
	public static function show(): void {
		$page  = Pages::current();
		$found = History::find(
			array(
				'state'    => array( Job::HELD ),
				'open'     => true,
				'page'     => $page,
				'per_page' => self::PER_PAGE,
				'order'    => 'ASC',
			)
		);
		echo '<h2 class="screen-reader-text">' . esc_html__( 'Held requests', 'wpf-delete' ) . '</h2>';
		/* translators: 1: a number, 2: another one. */
		echo '<p>' . esc_html( sprintf( __( 'More users were to be deleted than the cap allows (%1$s an hour, %2$s a day). Nobody of these is deleted unless you approve it. If it was a mistake in the CRM, reject the requests, and put it right there.', 'wpf-delete' ), number_format_i18n( Settings::get( 'cap_hour' ) ), number_format_i18n( Settings::get( 'cap_day' ) ) ) ) . '</p>';
		echo '<p class="wpf-delete-live" role="status"></p>';
		if ( ! $found['items'] ) {
			JobTable::show_none( __( 'No request is held.', 'wpf-delete' ) );
			return;
		}
		if ( 'observe' === Requests::mode() ) {
			echo '<div class="notice notice-warning inline"><p>' . esc_html__( 'Requests can be approved in delete mode only. Rejecting them is possible.', 'wpf-delete' ) . '</p></div>';
		}
		self::show_bulk();
		Pages::show( $found['total'], $page, self::PER_PAGE, array( 'tab' => 'held' ) );
		echo '<div data-live="held">';
		JobTable::show( $found['items'], __( 'Requests that wait for approval', 'wpf-delete' ), 'held', self::FORM );
		echo '</div>';
		self::show_all( $found['total'] );
	}

	/**
	 * What can be done about those that are ticked. The first button of the form, which the Enter key presses, does
	 * nothing unless something was chosen.
	 */
	private static function show_bulk(): void {
		echo '<div class="tablenav top"><form id="' . esc_attr( self::FORM ) . '" class="alignleft" method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">';
		Forms::fields( 'held' );
		echo '<label for="wpf-delete-do" class="screen-reader-text">' . esc_html__( 'What is to happen to the selected requests', 'wpf-delete' ) . '</label><select id="wpf-delete-do" name="do">';
		echo '<option value="">' . esc_html__( 'Bulk actions', 'wpf-delete' ) . '</option>';
		echo '<option value="approve">' . esc_html__( 'Approve: delete these users', 'wpf-delete' ) . '</option>';
		echo '<option value="reject">' . esc_html__( 'Reject: keep these users', 'wpf-delete' ) . '</option>';
		echo '</select> <button class="button action">' . esc_html__( 'Apply', 'wpf-delete' ) . '</button></form>';
	}

	/**
	 * What can be done about all of them.
	 *
	 * @param int $number How many there are.
	 */
	private static function show_all( int $number ): void {
		echo '<form class="wpf-delete-all card" method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">';
		Forms::fields( 'all_held' );
		/* translators: %s: a number. */
		echo '<h3>' . esc_html( sprintf( _n( 'The only held request', 'All %s held requests', $number, 'wpf-delete' ), number_format_i18n( $number ) ) ) . '</h3>';
		echo '<p><button class="button" name="do" value="reject" formnovalidate>' . esc_html__( 'Reject all: keep these users', 'wpf-delete' ) . '</button></p>';
		/* translators: %s: a number. */
		echo '<p><input type="checkbox" id="wpf-delete-sure" name="confirm" value="1" required> <label for="wpf-delete-sure">' . esc_html( sprintf( _n( 'Yes, this user is to be deleted.', 'Yes, all %s users are to be deleted.', $number, 'wpf-delete' ), number_format_i18n( $number ) ) ) . '</label></p>';
		echo '<p><button class="button wpf-delete-danger" name="do" value="approve">' . esc_html__( 'Approve all: delete these users', 'wpf-delete' ) . '</button></p></form>';
	}
}
