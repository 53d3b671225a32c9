<?php
/**
 * Lists that are longer than a page.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Links to the other pages, as WordPress's list tables have them. Closes the row of controls above a table.
 */
final class Pages {

	/**
	 * Which page is asked for.
	 */
	public static function current(): int {
		// phpcs:ignore WordPress.Security.NonceVerification -- what is looked at changes nothing.
		return max( 1, isset( $_GET['paged'] ) && is_string( $_GET['paged'] ) ? Deletion::id( $_GET['paged'] ) : 1 );
	}

	/**
	 * Shows the links.
	 *
	 * @param int                  $total     How many there are in all.
	 * @param int                  $page      Which page is shown.
	 * @param int                  $per_page  How many a page has.
	 * @param array<string, mixed> $arguments Of the list's address.
	 */
	public static function show( int $total, int $page, int $per_page, array $arguments ): void {
		$last = max( 1, (int) ceil( $total / $per_page ) );
		/* translators: %s: a number. */
		echo '<div class="tablenav-pages"><span class="displaying-num">' . esc_html( sprintf( _n( '%s deletion', '%s deletions', $total, 'wpf-delete' ), number_format_i18n( $total ) ) ) . '</span>';
		if ( $last > 1 ) {
			echo '<span class="pagination-links">';
			self::show_link( $page > 1, $arguments + array( 'paged' => $page - 1 ), __( 'Previous page', 'wpf-delete' ), '‹' );
			/* translators: 1: number of a page, 2: number of the last one. */
			echo ' <span class="paging-input">' . esc_html( sprintf( __( '%1$s of %2$s', 'wpf-delete' ), number_format_i18n( $page ), number_format_i18n( $last ) ) ) . '</span> ';
			self::show_link( $page < $last, $arguments + array( 'paged' => $page + 1 ), __( 'Next page', 'wpf-delete' ), '›' );
			echo '</span>';
		}
		echo '</div><br class="clear"></div>';
	}

	/**
	 * One link, or what stands in its place.
	 *
	 * @param bool                 $leads     Whether there is such a page.
	 * @param array<string, mixed> $arguments Of its address.
	 * @param string               $label     For screen readers.
	 * @param string               $sign      For others.
	 */
	private static function show_link( bool $leads, array $arguments, string $label, string $sign ): void {
		if ( $leads ) {
			printf( '<a class="button" href="%1$s"><span class="screen-reader-text">%2$s</span><span aria-hidden="true">%3$s</span></a>', esc_url( AdminPage::url( $arguments ) ), esc_html( $label ), esc_html( $sign ) );
		} else {
			printf( '<span class="tablenav-pages-navspan button disabled" aria-hidden="true">%s</span>', esc_html( $sign ) );
		}
	}
}
