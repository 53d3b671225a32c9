<?php
/**
 * The page's forms, for who has no script.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * Handlers of admin-post.php. Each asks for the capability and for a nonce of its own form, does what Actions
 * says, and sends the browser back to the page, which tells how it went.
 */
final class Forms {

	/**
	 * What comes behind `admin_post_wpf_delete_`, and the method here that answers.
	 */
	public const HANDLERS = array( 'delete', 'job', 'held', 'all_held', 'settings', 'csv' );

	/**
	 * Prints what each form needs.
	 *
	 * @param string $form   One of HANDLERS.
	 * @param string $detail What the nonce is good for: nothing else.
	 */
	public static function fields( string $form, string $detail = '' ): void {
		printf( '<input type="hidden" name="action" value="%s"><input type="hidden" name="_wpnonce" value="%s">', esc_attr( "wpf_delete_$form" ), esc_attr( wp_create_nonce( self::nonce( $form, $detail ) ) ) );
	}

	/**
	 * Deletes the user who was previewed, as it was previewed.
	 */
	public static function delete(): void {
		$user_id = self::number( 'user' );
		self::check( 'delete', (string) $user_id );
		$heir = self::number( 'heir' );
		$mode = self::text( 'mode' );
		$back = array(
			'tab'  => 'preview',
			'user' => $user_id,
			'mode' => $mode,
			'heir' => PreviewTab::login( $heir ),
		);
		if ( '1' !== self::text( 'confirm' ) ) {
			self::back( $back, new WP_Error( 'wpf_delete_unconfirmed', __( 'Nothing was deleted: tick the box above the button to confirm the deletion.', 'wpf-delete' ) ) );
		}
		$id = Actions::delete( $user_id, 'reassign' === $mode ? $heir : null, 'permanent' === $mode );
		if ( is_wp_error( $id ) ) {
			self::back( $back, $id );
		}
		self::back(
			array(
				'tab' => 'queue',
				'job' => $id,
			),
			/* translators: %s: name of a user. */
			sprintf( __( '%s is being deleted. You can leave this page: the deletion goes on by itself.', 'wpf-delete' ), Words::user( $user_id ) )
		);
	}

	/**
	 * One button about one job.
	 */
	public static function job(): void {
		$id = self::number( 'job' );
		self::check( 'job', (string) $id );
		$done = Actions::on_job( self::text( 'do' ), $id );
		$tab  = self::text( 'tab' );
		self::back(
			array(
				'tab' => isset( AdminPage::tabs()[ $tab ] ) ? $tab : 'queue',
				'job' => $id,
			),
			is_wp_error( $done ) ? $done : self::said( self::text( 'do' ), 1 )
		);
	}

	/**
	 * The same about each of the chosen ones that are held.
	 */
	public static function held(): void {
		self::check( 'held' );
		$action = self::text( 'do' );
		// phpcs:ignore WordPress.Security.NonceVerification -- checked above.
		$ids  = array_map( array( Deletion::class, 'id' ), (array) ( $_POST['jobs'] ?? array() ) );
		$back = array( 'tab' => 'held' );
		if ( ! in_array( $action, Actions::ON_HELD, true ) || ! $ids ) {
			self::back( $back, new WP_Error( 'wpf_delete_nothing_chosen', __( 'Nothing was changed: tick requests in the list, and choose what is to happen to them.', 'wpf-delete' ) ) );
		}
		$results = array_map( static fn ( $id ) => Actions::on_job( $action, $id ), $ids );
		$errors  = array_filter( $results, 'is_wp_error' );
		foreach ( $errors as $error ) {
			Notices::add( false, $error->get_error_message() );
		}
		self::back( $back, count( $results ) > count( $errors ) ? self::said( $action, count( $results ) - count( $errors ) ) : '' );
	}

	/**
	 * The same about all that are held.
	 */
	public static function all_held(): void {
		self::check( 'all_held' );
		$action = self::text( 'do' );
		$back   = array( 'tab' => 'held' );
		if ( 'approve' === $action && '1' !== self::text( 'confirm' ) ) {
			self::back( $back, new WP_Error( 'wpf_delete_unconfirmed', __( 'Nothing was approved: tick the box above the button to confirm that all of these users are to be deleted.', 'wpf-delete' ) ) );
		}
		if ( ! in_array( $action, Actions::ON_HELD, true ) ) {
			self::back( $back, new WP_Error( 'wpf_delete_nothing_chosen', __( 'Nothing was changed: choose what is to happen to the requests.', 'wpf-delete' ) ) );
		}
		$jobs = Actions::on_held( $action );
		self::back( $back, is_wp_error( $jobs ) ? $jobs : self::said( $action, $jobs ) );
	}

	/**
	 * Settings.
	 */
	public static function settings(): void {
		self::check( 'settings' );
		$entered = SettingsTab::entered();
		$saved   = Actions::save( SettingsTab::values( $entered ) );
		$back    = array( 'tab' => 'settings' );
		if ( is_wp_error( $saved ) ) {
			Notices::add(
				false,
				__( 'Nothing was saved. Correct what is marked below, then save again.', 'wpf-delete' ),
				array(
					'wrong'   => $saved->get_error_data()['params'] ?? array(),
					'entered' => $entered,
				)
			);
			self::back( $back, '' );
		}
		self::back( $back, __( 'Settings saved.', 'wpf-delete' ) );
	}

	/**
	 * The history as a file.
	 */
	public static function csv(): void {
		self::check( 'csv' );
		$query = HistoryTab::query( wp_unslash( $_POST ) ); // phpcs:ignore WordPress.Security.NonceVerification -- checked above.
		nocache_headers();
		header( 'Content-Type: text/csv; charset=utf-8' );
		header( 'X-Content-Type-Options: nosniff' );
		header( 'Content-Disposition: attachment; filename="user-deletions-' . gmdate( 'Y-m-d' ) . '.csv"' );
		$output = fopen( 'php://output', 'w' );
		// Without this, spreadsheets take the text for anything but UTF-8.
		fwrite( $output, "\xEF\xBB\xBF" );
		History::csv( $output, $query );
		exit;
	}

	/**
	 * Ends the request unless it comes from somebody who may, and from the form as it was shown to them.
	 *
	 * @param string $form   One of HANDLERS.
	 * @param string $detail What the nonce has to be good for.
	 */
	private static function check( string $form, string $detail = '' ): void {
		$may = Actions::permission( trim( "form $form $detail" ) );
		if ( true === $may && ( 'POST' !== ( $_SERVER['REQUEST_METHOD'] ?? '' ) || ! wp_verify_nonce( self::text( '_wpnonce' ), self::nonce( $form, $detail ) ) ) ) {
			$may = Actions::refuse( trim( "form $form $detail" ) . ', its nonce is missing, old, or for something else', __( 'Nothing was changed: this form is too old, or was not sent from the page. Go back, reload the page, and try again.', 'wpf-delete' ) );
		}
		if ( is_wp_error( $may ) ) {
			wp_die(
				esc_html( $may->get_error_message() ),
				esc_html__( 'User deletion', 'wpf-delete' ),
				array(
					'response'  => 403,
					'back_link' => true,
				)
			);
		}
	}

	/**
	 * Sends the browser back.
	 *
	 * @param array<string, mixed> $where   Arguments of the page's address.
	 * @param string|WP_Error      $message What the page is to say; nothing when empty.
	 * @return never
	 */
	private static function back( array $where, $message ): void {
		if ( is_wp_error( $message ) ) {
			Notices::add( false, $message->get_error_message() );
		} elseif ( '' !== $message ) {
			Notices::add( true, $message );
		}
		wp_safe_redirect( AdminPage::url( $where ) );
		exit;
	}

	/**
	 * What was done.
	 *
	 * @param string $action One of Actions::ON_JOB.
	 * @param int    $jobs   About how many jobs.
	 */
	private static function said( string $action, int $jobs ): string {
		switch ( $action ) {
			case 'cancel':
				return __( 'The deletion was cancelled. What is gone already stays gone.', 'wpf-delete' );
			case 'approve':
				/* translators: %s: a number. */
				return sprintf( _n( '%s request approved: the deletion begins now.', '%s requests approved: the deletions begin now.', $jobs, 'wpf-delete' ), number_format_i18n( $jobs ) );
			case 'reject':
				/* translators: %s: a number. */
				return sprintf( _n( '%s request rejected: the user stays.', '%s requests rejected: the users stay.', $jobs, 'wpf-delete' ), number_format_i18n( $jobs ) );
			default:
				return __( 'The deletion begins now.', 'wpf-delete' );
		}
	}

	/**
	 * The nonce's purpose.
	 *
	 * @param string $form   One of HANDLERS.
	 * @param string $detail What it is good for.
	 */
	private static function nonce( string $form, string $detail ): string {
		return rtrim( "wpf_delete_{$form}_$detail", '_' );
	}

	/**
	 * A field that was sent.
	 *
	 * @param string $name Its name.
	 */
	private static function text( string $name ): string {
		// phpcs:ignore WordPress.Security.NonceVerification -- this is what the nonce is read with, too.
		$value = $_POST[ $name ] ?? '';
		return is_string( $value ) ? sanitize_text_field( wp_unslash( $value ) ) : '';
	}

	/**
	 * A number that was sent; 0 when it was none.
	 *
	 * @param string $name Its name.
	 */
	private static function number( string $name ): int {
		return Deletion::id( self::text( $name ) );
	}
}
