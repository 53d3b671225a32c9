<?php
/**
 * The tab with everything that was ever asked for.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Search, pages, and a file for spreadsheets.
 */
final class HistoryTab {

	private const PER_PAGE = 20;

	/**
	 * Shows it.
	 */
	public static function show(): void {
		$query = self::query( wp_unslash( $_GET ) ); // phpcs:ignore WordPress.Security.NonceVerification -- what is looked at changes nothing.
		$page  = Pages::current();
		$found = History::find(
			$query + array(
				'page'     => $page,
				'per_page' => self::PER_PAGE,
			)
		);
		echo '<h2 class="screen-reader-text">' . esc_html__( 'History', 'wpf-delete' ) . '</h2>';
		self::show_search( $query );
		echo '<p class="wpf-delete-live" role="status"></p>';
		echo '<div class="tablenav top">';
		self::show_download( $query );
		Pages::show(
			$found['total'],
			$page,
			self::PER_PAGE,
			array_filter(
				array(
					'tab'    => 'history',
					's'      => $query['search'],
					'status' => $query['state'][0] ?? '',
				),
				'strlen'
			)
		);
		if ( $found['items'] ) {
			JobTable::show( $found['items'], __( 'Deletions that were asked for', 'wpf-delete' ), 'history' );
		} elseif ( '' !== $query['search'] || $query['state'] ) {
			JobTable::show_none( __( 'Nothing was found. Whose account is gone is found by the id, or by the whole login or e-mail address.', 'wpf-delete' ) );
		} else {
			JobTable::show_none( __( 'No deletion was asked for yet.', 'wpf-delete' ) );
		}
	}

	/**
	 * What is looked for.
	 *
	 * @param array<string, mixed> $given Of the address, or of a form; not slashed.
	 * @return array{search: string, state: string[]}
	 */
	public static function query( array $given ): array {
		$search = $given['s'] ?? '';
		$state  = $given['status'] ?? '';
		return array(
			'search' => is_string( $search ) ? trim( wp_check_invalid_utf8( $search ) ) : '',
			'state'  => is_string( $state ) && isset( Words::states()[ $state ] ) ? array( $state ) : array(),
		);
	}

	/**
	 * The form to search with.
	 *
	 * @param array{search: string, state: string[]} $query What is looked for.
	 */
	private static function show_search( array $query ): void {
		echo '<form class="wpf-delete-search" method="get" action="' . esc_url( admin_url( 'tools.php' ) ) . '" role="search"><input type="hidden" name="page" value="wpf-delete"><input type="hidden" name="tab" value="history">';
		echo '<label for="wpf-delete-s">' . esc_html__( 'User', 'wpf-delete' ) . '</label> <input type="search" id="wpf-delete-s" name="s" value="' . esc_attr( $query['search'] ) . '" aria-describedby="wpf-delete-s-help"> ';
		echo '<label for="wpf-delete-status">' . esc_html__( 'State', 'wpf-delete' ) . '</label> <select id="wpf-delete-status" name="status"><option value="">' . esc_html__( 'All', 'wpf-delete' ) . '</option>';
		foreach ( Words::states() as $state => $label ) {
			printf( '<option value="%1$s"%2$s>%3$s</option>', esc_attr( $state ), selected( $state, $query['state'][0] ?? '', false ), esc_html( $label ) );
		}
		echo '</select> <button class="button">' . esc_html__( 'Search', 'wpf-delete' ) . '</button>';
		echo '<p class="description" id="wpf-delete-s-help">' . esc_html__( 'Id, login, name or e-mail address. Of users whose account is gone only the id is kept, and hashes by which the whole login or address is found.', 'wpf-delete' ) . '</p></form>';
	}

	/**
	 * The button for the file.
	 *
	 * @param array{search: string, state: string[]} $query What it is to hold.
	 */
	private static function show_download( array $query ): void {
		echo '<form class="alignleft" method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">';
		Forms::fields( 'csv' );
		printf( '<input type="hidden" name="s" value="%1$s"><input type="hidden" name="status" value="%2$s">', esc_attr( $query['search'] ), esc_attr( $query['state'][0] ?? '' ) );
		echo '<button class="button" id="wpf-delete-csv">' . esc_html__( 'Download as CSV', 'wpf-delete' ) . '</button></form>';
	}
}
