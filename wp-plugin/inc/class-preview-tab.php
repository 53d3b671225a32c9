<?php
/**
 * The tab where a user is looked at before they are deleted.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_User_Query;

/**
 * Three steps, each a form of its own: find the user, choose what becomes of the content, delete exactly what was
 * previewed.
 */
final class PreviewTab {

	/**
	 * How many users a search shows.
	 */
	private const FOUND = 20;

	/**
	 * Shows it.
	 */
	public static function show(): void {
		$search  = self::given( 's' );
		$user_id = Deletion::id( self::given( 'user' ) );
		echo '<h2 class="screen-reader-text">' . esc_html__( 'Preview and delete', 'wpf-delete' ) . '</h2>';
		self::show_search( $search, 0 === $user_id );
		if ( 0 !== $user_id ) {
			self::show_user( $user_id );
		} elseif ( '' !== $search ) {
			self::show_found( $search );
		}
	}

	/**
	 * A user's login, as forms show who inherits.
	 *
	 * @param int $user_id Who; 0 for nobody.
	 */
	public static function login( int $user_id ): string {
		$user = $user_id ? get_userdata( $user_id ) : false;
		return $user ? $user->user_login : '';
	}

	/**
	 * The user whose login or e-mail address that is. Not the id: a login may look like one.
	 *
	 * @param string $text What somebody has entered.
	 * @return int 0 when there is nobody.
	 */
	public static function user_called( string $text ): int {
		$user = get_user_by( 'login', $text );
		$user = $user ? $user : get_user_by( 'email', $text );
		return $user ? $user->ID : 0;
	}

	/**
	 * The form to find somebody with.
	 *
	 * @param string $search What was looked for.
	 * @param bool   $help   Whether to explain what comes of it.
	 */
	private static function show_search( string $search, bool $help ): void {
		echo '<form class="wpf-delete-search" method="get" action="' . esc_url( admin_url( 'tools.php' ) ) . '" role="search"><input type="hidden" name="page" value="wpf-delete"><input type="hidden" name="tab" value="preview">';
		echo '<label for="wpf-delete-find">' . esc_html__( 'Find a user', 'wpf-delete' ) . '</label> <input type="search" id="wpf-delete-find" name="s" required value="' . esc_attr( $search ) . '"> <button class="button">' . esc_html__( 'Search', 'wpf-delete' ) . '</button>';
		if ( $help ) {
			echo '<p class="description">' . esc_html__( 'By login, name, e-mail address or id. You see what a deletion would do before anything is deleted.', 'wpf-delete' ) . '</p>';
		}
		echo '</form>';
	}

	/**
	 * Whom a search has found.
	 *
	 * @param string $search What for.
	 */
	private static function show_found( string $search ): void {
		$query = new WP_User_Query(
			array(
				'search'         => '*' . $search . '*',
				'search_columns' => array( 'ID', 'user_login', 'user_email', 'display_name' ),
				'number'         => self::FOUND,
				'orderby'        => 'login',
			)
		);
		$users = $query->get_results();
		if ( ! $users ) {
			JobTable::show_none( __( 'There is no such user on this site.', 'wpf-delete' ) );
			return;
		}
		echo '<table class="widefat striped wpf-delete-found"><caption class="screen-reader-text">' . esc_html__( 'Users that were found', 'wpf-delete' ) . '</caption><thead><tr><th scope="col">' . esc_html__( 'User', 'wpf-delete' ) . '</th><th scope="col">' . esc_html__( 'E-mail address', 'wpf-delete' ) . '</th><th scope="col">' . esc_html__( 'Id', 'wpf-delete' ) . '</th></tr></thead><tbody>';
		foreach ( $users as $user ) {
			printf( '<tr><th scope="row"><a href="%1$s">%2$s</a></th><td>%3$s</td><td>%4$d</td></tr>', esc_url( self::url( $user->ID ) ), esc_html( Words::user( $user->ID ) ), esc_html( $user->user_email ), (int) $user->ID );
		}
		echo '</tbody></table>';
		if ( $query->get_total() > self::FOUND ) {
			/* translators: 1: a number, 2: a larger one. */
			echo '<p>' . esc_html( sprintf( __( 'The first %1$s of %2$s are shown. Enter more of the name to find others.', 'wpf-delete' ), number_format_i18n( self::FOUND ), number_format_i18n( $query->get_total() ) ) ) . '</p>';
		}
	}

	/**
	 * Where a user's preview is.
	 *
	 * @param int $user_id Whose.
	 */
	public static function url( int $user_id ): string {
		return AdminPage::url(
			array(
				'tab'  => 'preview',
				'user' => $user_id,
			)
		);
	}

	/**
	 * What would become of a user.
	 *
	 * @param int $user_id Who.
	 */
	private static function show_user( int $user_id ): void {
		$mode  = in_array( self::given( 'mode' ), array( 'permanent', 'reassign' ), true ) ? self::given( 'mode' ) : 'delete';
		$login = self::given( 'heir' );
		$heir  = '' === $login ? 0 : self::user_called( $login );
		if ( 'reassign' === $mode && 0 === $heir ) {
			$plan = new WP_Error( 'wpf_delete_invalid_reassign', '' === $login ? __( 'Enter who inherits the content, then update the preview.', 'wpf-delete' ) : __( 'There is no user with this login or e-mail address who could inherit the content.', 'wpf-delete' ) );
		} else {
			$plan = Actions::plan( $user_id, 'reassign' === $mode ? $heir : null, 'permanent' === $mode );
		}
		echo '<section aria-labelledby="wpf-delete-who"><h2 id="wpf-delete-who">' . esc_html( Words::user( $user_id ) ) . '</h2>';
		self::show_choice( $user_id, $mode, $login );
		if ( is_wp_error( $plan ) ) {
			echo '<div class="notice notice-error inline" role="alert"><p>' . esc_html( $plan->get_error_message() ) . '</p></div>';
		} else {
			PlanView::show( $plan );
			self::show_delete( $plan );
		}
		echo '</section>';
	}

	/**
	 * The form to choose what becomes of the content.
	 *
	 * @param int    $user_id Who goes.
	 * @param string $mode    `delete`, `permanent` or `reassign`.
	 * @param string $heir    What was entered for the heir.
	 */
	private static function show_choice( int $user_id, string $mode, string $heir ): void {
		echo '<form class="wpf-delete-choice" method="get" action="' . esc_url( admin_url( 'tools.php' ) ) . '"><input type="hidden" name="page" value="wpf-delete"><input type="hidden" name="tab" value="preview"><input type="hidden" name="user" value="' . (int) $user_id . '">';
		echo '<fieldset><legend>' . esc_html__( 'What becomes of the content', 'wpf-delete' ) . '</legend>';
		$choices = array(
			'delete'    => __( 'Delete it; posts and pages go to the trash', 'wpf-delete' ),
			'permanent' => __( 'Delete it for good, without the trash', 'wpf-delete' ),
			'reassign'  => __( 'Give it to another user:', 'wpf-delete' ),
		);
		foreach ( $choices as $choice => $label ) {
			printf( '<p><input type="radio" id="wpf-delete-mode-%1$s" name="mode" value="%1$s"%2$s> <label for="wpf-delete-mode-%1$s">%3$s</label>', esc_attr( $choice ), checked( $mode, $choice, false ), esc_html( $label ) );
			if ( 'reassign' === $choice ) {
				echo ' <label for="wpf-delete-heir" class="screen-reader-text">' . esc_html__( 'Login or e-mail address of who inherits', 'wpf-delete' ) . '</label><input type="text" id="wpf-delete-heir" name="heir" value="' . esc_attr( $heir ) . '" placeholder="' . esc_attr__( 'Login or e-mail address', 'wpf-delete' ) . '" autocomplete="off">';
			}
			echo '</p>';
		}
		echo '</fieldset><p><button class="button">' . esc_html__( 'Update the preview', 'wpf-delete' ) . '</button></p></form>';
	}

	/**
	 * The form that deletes.
	 *
	 * @param array $plan What it would do.
	 */
	private static function show_delete( array $plan ): void {
		$user_id = (int) $plan['user']['id'];
		if ( true !== $plan['may_go'] ) {
			return;
		}
		if ( ! current_user_can( 'delete_user', $user_id ) ) {
			echo '<div class="notice notice-error inline"><p>' . esc_html__( 'You may not delete this user.', 'wpf-delete' ) . '</p></div>';
			return;
		}
		$who = Words::user( $user_id );
		echo '<form class="wpf-delete-run card" method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">';
		Forms::fields( 'delete', (string) $user_id );
		printf( '<input type="hidden" name="user" value="%1$d"><input type="hidden" name="mode" value="%2$s"><input type="hidden" name="heir" value="%3$d">', $user_id, esc_attr( $plan['mode'] ), (int) $plan['reassign'] );
		/* translators: %s: name of a user. */
		echo '<h3>' . esc_html( sprintf( __( 'Delete %s', 'wpf-delete' ), $who ) ) . '</h3>';
		echo '<p>' . esc_html( is_multisite() ? __( 'The user leaves this site, and what is shown above happens to the content here. The account stays in the network.', 'wpf-delete' ) : __( 'The account is deleted, and what is shown above happens to the content. The account cannot be brought back.', 'wpf-delete' ) ) . '</p>';
		if ( 'observe' === Requests::mode() ) {
			echo '<p>' . esc_html__( 'Observe mode holds back what the CRM asks for, not this button.', 'wpf-delete' ) . '</p>';
		}
		/* translators: %s: name of a user. */
		echo '<p><input type="checkbox" id="wpf-delete-confirm" name="confirm" value="1" required> <label for="wpf-delete-confirm">' . esc_html( sprintf( __( 'Yes, delete %s.', 'wpf-delete' ), $who ) ) . '</label></p>';
		echo '<p><button class="button button-primary wpf-delete-danger">' . esc_html__( 'Delete user', 'wpf-delete' ) . '</button></p></form>';
	}

	/**
	 * What the address says.
	 *
	 * @param string $name Name of an argument.
	 */
	private static function given( string $name ): string {
		// phpcs:ignore WordPress.Security.NonceVerification -- what is looked at changes nothing.
		$value = $_GET[ $name ] ?? '';
		return is_string( $value ) ? trim( wp_check_invalid_utf8( wp_unslash( $value ) ) ) : '';
	}
}
