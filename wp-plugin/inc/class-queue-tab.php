<?php
/**
 * The tab with what is going on.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Open jobs, except those that are held, with their progress. The script looks for changes every few seconds.
 */
final class QueueTab {

	/**
	 * How many jobs are shown.
	 */
	private const SHOWN = 50;

	/**
	 * Shows it.
	 */
	public static function show(): void {
		$open = Table::is_ready() ? Queue::open_by_state() : array();
		echo '<h2 class="screen-reader-text">' . esc_html__( 'Queue', 'wpf-delete' ) . '</h2>';
		self::show_numbers( $open );
		$found = History::find(
			array(
				'state'    => array( Job::RUNNING, Job::QUEUED, Job::FAILED, Job::CANCELLED ),
				'open'     => true,
				'per_page' => self::SHOWN,
			)
		);
		$items = $found['items'];
		$asked = self::asked_for();
		if ( $asked && ! in_array( $asked['id'], array_column( $items, 'id' ), true ) ) {
			array_unshift( $items, $asked );
		}
		echo '<p class="wpf-delete-live" role="status"></p><div data-live="queue">';
		if ( $items ) {
			JobTable::show( $items, __( 'Deletions that are not finished', 'wpf-delete' ), 'queue' );
		} else {
			JobTable::show_none( __( 'No deletion is under way. What your CRM asks for appears here; to delete a user yourself, look at the preview first.', 'wpf-delete' ) );
		}
		echo '</div>';
		if ( $found['total'] > self::SHOWN ) {
			/* translators: 1: a number, 2: a larger one. */
			echo '<p>' . esc_html( sprintf( __( 'The newest %1$s of %2$s are shown. The history has all of them.', 'wpf-delete' ), number_format_i18n( self::SHOWN ), number_format_i18n( $found['total'] ) ) ) . '</p>';
		}
		self::show_engine();
	}

	/**
	 * The job about which something was just done, even if it is over.
	 */
	private static function asked_for(): ?array {
		// phpcs:ignore WordPress.Security.NonceVerification -- what is looked at changes nothing.
		$id = isset( $_GET['job'] ) && is_string( $_GET['job'] ) ? Deletion::id( $_GET['job'] ) : 0;
		return $id ? History::item( $id ) : null;
	}

	/**
	 * How many jobs are in which state.
	 *
	 * @param array<string, int> $open As Queue counts them.
	 */
	private static function show_numbers( array $open ): void {
		$numbers = array(
			Job::RUNNING => __( 'being deleted', 'wpf-delete' ),
			Job::QUEUED  => __( 'waiting', 'wpf-delete' ),
			Job::HELD    => __( 'held for approval', 'wpf-delete' ),
			Job::FAILED  => __( 'failed', 'wpf-delete' ),
		);
		echo '<ul class="wpf-delete-numbers">';
		foreach ( $numbers as $state => $label ) {
			$number = $open[ $state ] ?? 0;
			printf( '<li class="is-%1$s%2$s"><strong data-number="%1$s">%3$s</strong> %4$s</li>', esc_attr( $state ), $number ? ' is-some' : '', esc_html( number_format_i18n( $number ) ), esc_html( $label ) );
		}
		echo '</ul>';
	}

	/**
	 * Says how users are deleted on this server.
	 */
	private static function show_engine(): void {
		$available = Native::reachable();
		if ( is_wp_error( $available ) ) {
			echo '<div class="notice notice-warning inline"><p>' . esc_html__( 'Users are deleted through WordPress, which is slow.', 'wpf-delete' ) . ' ' . esc_html( $available->get_error_message() ) . '</p></div>';
			return;
		}
		/* translators: %s: a version. */
		echo '<p class="description wpf-delete-engine">' . esc_html( sprintf( __( 'Users are deleted natively, by the extension wpf_delete %s.', 'wpf-delete' ), Native::version() ) ) . '</p>';
	}
}
