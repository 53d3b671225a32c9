<?php
/**
 * Tools → User deletion.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * The frame of the page: what applies, what was just done, and one tab. Works without its script, which only
 * keeps what is shown up to date and spares reloading.
 */
final class AdminPage {

	private const SLUG = 'wpf-delete';

	/**
	 * Adds the page.
	 */
	public static function add(): void {
		add_management_page( __( 'User deletion', 'wpf-delete' ), __( 'User deletion', 'wpf-delete' ), Actions::CAPABILITY, self::SLUG, array( self::class, 'show' ) );
	}

	/**
	 * Its address.
	 *
	 * @param array<string, mixed> $arguments `tab`, and what that understands.
	 */
	public static function url( array $arguments = array() ): string {
		return add_query_arg( array_map( 'rawurlencode', array_map( 'strval', array( 'page' => self::SLUG ) + $arguments ) ), admin_url( 'tools.php' ) );
	}

	/**
	 * Tabs by the word in the address.
	 *
	 * @return array<string, string>
	 */
	public static function tabs(): array {
		return array(
			'queue'    => __( 'Queue', 'wpf-delete' ),
			'held'     => __( 'Held requests', 'wpf-delete' ),
			'history'  => __( 'History', 'wpf-delete' ),
			'preview'  => __( 'Preview and delete', 'wpf-delete' ),
			'settings' => __( 'Settings', 'wpf-delete' ),
		);
	}

	/**
	 * Loads script and style.
	 *
	 * @param string $screen Which page is shown.
	 */
	public static function enqueue( $screen ): void {
		if ( 'tools_page_' . self::SLUG !== $screen ) {
			return;
		}
		$main = dirname( __DIR__ ) . '/wpf-delete.php';
		wp_enqueue_style( 'wpf-delete-admin', plugins_url( 'assets/admin.css', $main ), array(), (string) filemtime( dirname( __DIR__ ) . '/assets/admin.css' ) );
		wp_enqueue_script( 'wpf-delete-admin', plugins_url( 'assets/admin.js', $main ), array( 'wp-api-fetch', 'wp-i18n', 'wp-a11y', 'wp-dom-ready' ), (string) filemtime( dirname( __DIR__ ) . '/assets/admin.js' ), true );
		wp_set_script_translations( 'wpf-delete-admin', 'wpf-delete', dirname( __DIR__ ) . '/languages' );
		$settings = array(
			'path'   => '/' . Rest::SPACE,
			'states' => Words::states(),
		);
		wp_add_inline_script( 'wpf-delete-admin', 'window.wpfDelete = ' . wp_json_encode( $settings, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
	}

	/**
	 * Shows the page.
	 */
	public static function show(): void {
		$tabs = self::tabs();
		// phpcs:ignore WordPress.Security.NonceVerification -- what is looked at changes nothing.
		$tab     = isset( $_GET['tab'] ) && is_string( $_GET['tab'] ) && isset( $tabs[ $_GET['tab'] ] ) ? $_GET['tab'] : 'queue';
		$notices = Notices::take();
		echo '<div class="wrap wpf-delete"><h1 class="wp-heading-inline">' . esc_html__( 'User deletion', 'wpf-delete' ) . '</h1>';
		self::show_mode();
		echo '<hr class="wp-header-end">';
		Notices::show( $notices );
		self::show_warnings();
		self::show_tabs( $tabs, $tab );
		switch ( $tab ) {
			case 'held':
				HeldTab::show();
				break;
			case 'history':
				HistoryTab::show();
				break;
			case 'preview':
				PreviewTab::show();
				break;
			case 'settings':
				SettingsTab::show( array_merge( array(), ...array_column( $notices, 'form' ) ) );
				break;
			default:
				QueueTab::show();
		}
		echo '</div>';
	}

	/**
	 * Says in two words what the plugin does on this site.
	 */
	private static function show_mode(): void {
		$observes = 'observe' === Requests::mode();
		printf(
			' <a class="wpf-delete-mode %1$s" href="%2$s">%3$s</a>',
			$observes ? 'is-observe' : 'is-delete',
			esc_url( self::url( array( 'tab' => 'settings' ) ) ),
			esc_html( $observes ? __( 'Observe mode', 'wpf-delete' ) : __( 'Delete mode', 'wpf-delete' ) )
		);
	}

	/**
	 * Says what keeps requests of the CRM from being carried out.
	 */
	private static function show_warnings(): void {
		$reasons = LiveSite::reasons();
		if ( 'delete' === Settings::get( 'mode' ) && $reasons ) {
			self::warn( __( 'Nothing that the CRM asks for is deleted here, although deleting is switched on: this does not seem to be the live site. Requests are only recorded.', 'wpf-delete' ), $reasons );
		} elseif ( 'observe' === Requests::mode() ) {
			self::warn(
				__( 'Observe mode: nothing that the CRM asks for is deleted.', 'wpf-delete' ),
				array( __( 'What would have been deleted is recorded in the history. Look there first; when it is what you want, switch to delete mode in the settings.', 'wpf-delete' ) )
			);
		}
		if ( KillSwitch::is_on() ) {
			self::warn( __( 'All deletions are switched off.', 'wpf-delete' ), array( __( 'The constant WPF_DELETE_DISABLED is set, or the option or the filter wpf_delete_disabled. What waits goes on when it is taken away.', 'wpf-delete' ) ) );
		}
		if ( ! Table::is_ready() ) {
			self::warn( __( 'Nothing can be deleted: the table of deletions could not be created.', 'wpf-delete' ), array( __( 'Grant the database account the CREATE privilege, then reload this page.', 'wpf-delete' ) ) );
		}
	}

	/**
	 * Warns.
	 *
	 * @param string   $what    In a sentence.
	 * @param string[] $details More of them.
	 */
	private static function warn( string $what, array $details ): void {
		echo '<div class="notice notice-warning inline wpf-delete-warning"><p><strong>' . esc_html( $what ) . '</strong></p>';
		foreach ( $details as $detail ) {
			echo '<p>' . esc_html( $detail ) . '</p>';
		}
		echo '</div>';
	}

	/**
	 * Shows the tabs.
	 *
	 * @param array<string, string> $tabs    All of them.
	 * @param string                $current The current one.
	 */
	private static function show_tabs( array $tabs, string $current ): void {
		$open = Table::is_ready() ? Queue::open_by_state() : array();
		echo '<nav class="nav-tab-wrapper" aria-label="' . esc_attr__( 'User deletion', 'wpf-delete' ) . '">';
		foreach ( $tabs as $tab => $label ) {
			$held = 'held' === $tab ? $open[ Job::HELD ] ?? 0 : 0;
			printf(
				'<a class="nav-tab%1$s" href="%2$s"%3$s>%4$s%5$s</a>',
				$tab === $current ? ' nav-tab-active' : '',
				esc_url( self::url( array( 'tab' => $tab ) ) ),
				$tab === $current ? ' aria-current="page"' : '',
				esc_html( $label ),
				'held' === $tab ? sprintf( ' <span class="wpf-delete-count" data-number="held"%1$s>%2$s</span>', $held ? '' : ' hidden', esc_html( number_format_i18n( $held ) ) ) : ''
			);
		}
		echo '</nav>';
	}
}
