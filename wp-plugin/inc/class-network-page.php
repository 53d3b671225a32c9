<?php
/**
 * The network's view of deletions.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Network Admin → Users → User deletion: how each site is set and what waits there, and the last deletions from the
 * whole network. Nothing is changed here; each site has a page of its own for that.
 */
final class NetworkPage {

	private const PAGE = 'wpf-delete-network';

	/**
	 * Whoever may delete the network's users.
	 */
	private const CAPABILITY = 'manage_network_users';

	/**
	 * Sites on a page, and deletions below.
	 */
	private const SITES     = 50;
	private const DELETIONS = 20;

	/**
	 * Adds the page.
	 */
	public static function add(): void {
		add_submenu_page( 'users.php', __( 'User deletion', 'wpf-delete' ), __( 'User deletion', 'wpf-delete' ), self::CAPABILITY, self::PAGE, array( self::class, 'show' ) );
	}

	/**
	 * Shows it.
	 */
	public static function show(): void {
		if ( ! current_user_can( self::CAPABILITY ) ) {
			wp_die( esc_html__( 'Sorry, you are not allowed to access this page.', 'wpf-delete' ), 403 );
		}
		echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1>';
		if ( Table::is_ready() ) {
			self::show_sites();
			self::show_deletions();
		} else {
			echo '<div class="notice notice-error inline"><p>' . esc_html__( 'The table of deletions does not exist and could not be created. Site Health says more.', 'wpf-delete' ) . '</p></div>';
		}
		echo '</div>';
	}

	/**
	 * The sites.
	 */
	private static function show_sites(): void {
		// phpcs:ignore WordPress.Security.NonceVerification -- a page's number, for reading.
		$page   = max( 1, absint( $_GET['paged'] ?? 1 ) );
		$sites  = get_sites( array( 'number' => self::SITES, 'offset' => ( $page - 1 ) * self::SITES, 'orderby' => 'id' ) );
		$counts = self::counts( array_map( static fn ( $site ) => (int) $site->blog_id, $sites ) );
		$rows   = array();
		foreach ( $sites as $site ) {
			$id     = (int) $site->blog_id;
			$of     = ( $counts[ $id ] ?? array() ) + array_fill_keys( array( 'open', Job::HELD, Job::FAILED ), 0 );
			$rows[] = array(
				self::site_link( $id ),
				esc_html( self::mode( $id ) ),
				esc_html( number_format_i18n( $of['open'] ) ),
				esc_html( number_format_i18n( $of[ Job::HELD ] ) ),
				esc_html( number_format_i18n( $of[ Job::FAILED ] ) ),
			);
		}
		echo '<h2>' . esc_html__( 'Sites', 'wpf-delete' ) . '</h2>';
		self::show_table(
			array( __( 'Site', 'wpf-delete' ), __( 'Mode', 'wpf-delete' ), __( 'Not finished', 'wpf-delete' ), __( 'Wait for approval', 'wpf-delete' ), __( 'Failed', 'wpf-delete' ) ),
			$rows
		);
		$pages = (int) ceil( get_sites( array( 'count' => true ) ) / self::SITES );
		if ( $pages > 1 ) {
			echo '<div class="tablenav bottom"><nav class="tablenav-pages" aria-label="' . esc_attr__( 'Pages of sites', 'wpf-delete' ) . '">';
			echo wp_kses_post( paginate_links( array( 'base' => add_query_arg( 'paged', '%#%' ), 'format' => '', 'current' => $page, 'total' => $pages ) ) );
			echo '</nav></div>';
		}
	}

	/**
	 * The last deletions from the whole network.
	 */
	private static function show_deletions(): void {
		global $wpdb;
		$rows = array();
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the table's own name, and constants.
		foreach ( $wpdb->get_results( 'SELECT id, user_id, source, state, created, finished, last_error FROM ' . Table::name() . ' WHERE site_id = 0 ORDER BY id DESC LIMIT ' . self::DELETIONS ) as $job ) {
			$rows[] = array_map( 'esc_html', array( $job->id, $job->user_id, Words::source( $job->source ), Words::state( $job->state ), $job->created, (string) $job->finished, (string) $job->last_error ) );
		}
		echo '<h2>' . esc_html__( 'The last deletions from the whole network', 'wpf-delete' ) . '</h2>';
		if ( ! $rows ) {
			echo '<p>' . esc_html__( 'Nobody has been deleted from the whole network.', 'wpf-delete' ) . '</p>';
			return;
		}
		self::show_table(
			array( __( 'Number', 'wpf-delete' ), __( 'Account', 'wpf-delete' ), __( 'Asked for by', 'wpf-delete' ), __( 'State', 'wpf-delete' ), __( 'Asked for (UTC)', 'wpf-delete' ), __( 'Ended (UTC)', 'wpf-delete' ), __( 'Error', 'wpf-delete' ) ),
			$rows
		);
	}

	/**
	 * Jobs that are not finished, by site. Parts of a network's deletion are that deletion's.
	 *
	 * @param int[] $sites Of which sites.
	 * @return array<int, array<string, int>> By the site's id: `open` in all, and by state.
	 */
	private static function counts( array $sites ): array {
		global $wpdb;
		$counts = array();
		if ( $sites ) {
			// phpcs:ignore WordPress.DB.PreparedSQL -- the table's own name, and integers.
			$found = $wpdb->get_results( $wpdb->prepare( 'SELECT site_id, state, COUNT(*) AS jobs FROM ' . Table::name() . ' WHERE site_id IN (' . implode( ', ', $sites ) . ') AND is_open = 1 AND mode <> %s GROUP BY site_id, state', Queue::PART ) );
			foreach ( $found as $row ) {
				$counts[ $row->site_id ][ $row->state ] = (int) $row->jobs;
				$counts[ $row->site_id ]['open']        = ( $counts[ $row->site_id ]['open'] ?? 0 ) + (int) $row->jobs;
			}
		}
		return $counts;
	}

	/**
	 * A site's mode: what its owner has chosen, and what applies.
	 *
	 * @param int $site_id Which.
	 */
	private static function mode( int $site_id ): string {
		$names = array(
			'observe' => __( 'observe', 'wpf-delete' ),
			'delete'  => __( 'delete', 'wpf-delete' ),
		);
		switch_to_blog( $site_id );
		try {
			if ( ! is_plugin_active( plugin_basename( dirname( __DIR__ ) . '/wpf-delete.php' ) ) ) {
				return __( 'not active', 'wpf-delete' );
			}
			$chosen  = Settings::get( 'mode' );
			$applies = Requests::mode();
			/* translators: %s: the mode that a site's owner has chosen. */
			return $chosen === $applies ? $names[ $applies ] : $names[ $applies ] . ' ' . sprintf( __( '(chosen: %s)', 'wpf-delete' ), $names[ $chosen ] );
		} finally {
			restore_current_blog();
		}
	}

	/**
	 * Leads to a site's own page.
	 *
	 * @param int $site_id Which.
	 */
	private static function site_link( int $site_id ): string {
		$details = get_blog_details( $site_id );
		$name    = '' === (string) $details->blogname ? $details->siteurl : $details->blogname;
		return sprintf( '<a href="%s">%s</a>', esc_url( get_admin_url( $site_id, 'tools.php?page=wpf-delete' ) ), esc_html( $name ) );
	}

	/**
	 * A table.
	 *
	 * @param string[]   $head Its columns.
	 * @param string[][] $rows Its cells, escaped.
	 */
	private static function show_table( array $head, array $rows ): void {
		echo '<table class="widefat striped"><thead><tr>';
		foreach ( $head as $column ) {
			echo '<th scope="col">' . esc_html( $column ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( $rows as $cells ) {
			echo '<tr><td>' . implode( '</td><td>', $cells ) . '</td></tr>'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped by the callers.
		}
		echo '</tbody></table>';
	}
}
