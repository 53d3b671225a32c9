<?php
/**
 * Jobs in a table.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * One row a job, in the markup of WordPress's list tables. All parts that a job may have in another state are in
 * the row, hidden: the script shows them when the job changes, and needs to build nothing.
 */
final class JobTable {

	/**
	 * Shows a table, and the forms that its buttons belong to.
	 *
	 * @param array[]     $items   Jobs as History has them.
	 * @param string      $caption What they are; for screen readers.
	 * @param string      $tab     To which the buttons lead back.
	 * @param string|null $choose  Id of the form to which a box in each row belongs; null for no boxes.
	 */
	public static function show( array $items, string $caption, string $tab, ?string $choose = null ): void {
		$columns = array(
			'user'    => __( 'User', 'wpf-delete' ),
			'state'   => __( 'State', 'wpf-delete' ),
			'why'     => __( 'Asked by', 'wpf-delete' ),
			'content' => __( 'Content', 'wpf-delete' ),
			'times'   => __( 'When', 'wpf-delete' ),
			'actions' => __( 'Actions', 'wpf-delete' ),
		);
		echo '<table class="wp-list-table widefat striped wpf-delete-jobs"><caption class="screen-reader-text">' . esc_html( $caption ) . '</caption><thead><tr>';
		if ( null !== $choose ) {
			echo '<td class="manage-column column-cb check-column"><input type="checkbox" id="wpf-delete-all"><label for="wpf-delete-all"><span class="screen-reader-text">' . esc_html__( 'Select all', 'wpf-delete' ) . '</span></label></td>';
		}
		foreach ( $columns as $column => $label ) {
			printf( '<th scope="col" class="manage-column column-%1$s%2$s">%3$s</th>', esc_attr( $column ), 'user' === $column ? ' column-primary' : '', esc_html( $label ) );
		}
		echo '</tr></thead><tbody>';
		foreach ( $items as $item ) {
			printf( '<tr data-job="%1$d" data-state="%2$s">', (int) $item['id'], esc_attr( $item['state'] ) );
			if ( null !== $choose ) {
				self::show_box( $item, $choose );
			}
			foreach ( $columns as $column => $label ) {
				printf( '<td class="column-%1$s%2$s>', esc_attr( $column ), 'user' === $column ? ' column-primary"' : '" data-colname="' . esc_attr( $label ) . '"' );
				call_user_func( array( self::class, "show_$column" ), $item );
				echo '</td>';
			}
			echo '</tr>';
		}
		echo '</tbody></table>';
		foreach ( $items as $item ) {
			printf( '<form id="wpf-delete-job-%1$d" class="wpf-delete-job" method="post" action="%2$s"><input type="hidden" name="job" value="%1$d"><input type="hidden" name="tab" value="%3$s">', (int) $item['id'], esc_url( admin_url( 'admin-post.php' ) ), esc_attr( $tab ) );
			Forms::fields( 'job', (string) $item['id'] );
			echo '</form>';
		}
	}

	/**
	 * Shows what a table would be, were there any.
	 *
	 * @param string $text Plain text.
	 */
	public static function show_none( string $text ): void {
		echo '<div class="wpf-delete-none"><p>' . esc_html( $text ) . '</p></div>';
	}

	/**
	 * The box.
	 *
	 * @param array  $item The job.
	 * @param string $form Id of its form.
	 */
	private static function show_box( array $item, string $form ): void {
		printf(
			'<th scope="row" class="check-column"><input type="checkbox" id="wpf-delete-box-%1$d" form="%2$s" name="jobs[]" value="%1$d"><label for="wpf-delete-box-%1$d"><span class="screen-reader-text">%3$s</span></label></th>',
			(int) $item['id'],
			esc_attr( $form ),
			/* translators: %s: name of a user. */
			esc_html( sprintf( __( 'Select the request for %s', 'wpf-delete' ), self::name( $item ) ) )
		);
	}

	/**
	 * Who.
	 *
	 * @param array $item The job.
	 */
	private static function show_user( array $item ): void {
		$name = '<strong class="wpf-delete-name" id="wpf-delete-name-' . (int) $item['id'] . '">' . esc_html( self::name( $item ) ) . '</strong>';
		/* translators: 1: number of a deletion, 2: id of a user. */
		echo $name . '<span class="wpf-delete-small">' . esc_html( sprintf( __( 'No. %1$d, user id %2$d', 'wpf-delete' ), $item['id'], $item['user_id'] ) ) . '</span>'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
	}

	/**
	 * Where it stands.
	 *
	 * @param array $item The job.
	 */
	private static function show_state( array $item ): void {
		$progress = $item['progress'];
		printf( '<span class="wpf-delete-state" data-part="state">%s</span>', esc_html( Words::state( $item['state'] ) ) );
		printf(
			'<span class="wpf-delete-progress" data-part="progress"%1$s><progress aria-labelledby="wpf-delete-name-%2$d" max="%3$d" value="%4$d"></progress></span>',
			$progress ? '' : ' hidden',
			(int) $item['id'],
			max( 1, (int) ( $progress['total'] ?? 1 ) ),
			(int) ( $progress['done'] ?? 0 )
		);
		printf( '<span class="wpf-delete-small" data-part="posts"%1$s>%2$s</span>', $progress || $item['posts'] ? '' : ' hidden', esc_html( self::posts( $item ) ) );
		printf( '<span class="wpf-delete-small" data-part="reason"%1$s>%2$s</span>', '' === $item['reason'] ? ' hidden' : '', esc_html( $item['reason'] ) );
		$error = '' === $item['reason'] ? $item['last_error'] : '';
		printf( '<span class="wpf-delete-error" data-part="error"%1$s>%2$s</span>', '' === $error ? ' hidden' : '', esc_html( $error ) );
	}

	/**
	 * Who asked, and why.
	 *
	 * @param array $item The job.
	 */
	private static function show_why( array $item ): void {
		echo esc_html( Words::source( $item['source'] ) );
		if ( $item['requested_by'] ) {
			echo '<span class="wpf-delete-small">' . esc_html( Words::user( $item['requested_by'] ) ) . '</span>';
		}
		if ( '' !== $item['cause'] ) {
			echo '<span class="wpf-delete-small">' . esc_html( $item['cause'] ) . '</span>';
		}
	}

	/**
	 * What becomes of the content.
	 *
	 * @param array $item The job.
	 */
	private static function show_content( array $item ): void {
		echo esc_html( Words::mode( $item['mode'], $item['reassign'] ) );
	}

	/**
	 * Since when, and until when.
	 *
	 * @param array $item The job.
	 */
	private static function show_times( array $item ): void {
		$times = array(
			/* translators: %s: date and time. */
			'created'  => array( __( 'Asked: %s', 'wpf-delete' ), true ),
			/* translators: %s: date and time. */
			'due'      => array( __( 'Begins: %s', 'wpf-delete' ), Job::QUEUED === $item['state'] ),
			/* translators: %s: date and time. */
			'finished' => array( __( 'Ended: %s', 'wpf-delete' ), true ),
		);
		foreach ( $times as $column => list( $text, $matters ) ) {
			$is_there = $matters && null !== $item[ $column ];
			printf( '<span class="wpf-delete-time" data-part="%1$s"%2$s>%3$s</span>', esc_attr( $column ), $is_there ? '' : ' hidden', $is_there ? esc_html( sprintf( $text, Words::time( $item[ $column ] ) ) ) : '' );
		}
	}

	/**
	 * Its buttons.
	 *
	 * @param array $item The job.
	 */
	private static function show_actions( array $item ): void {
		$buttons = array(
			/* translators: %s: name of a user. */
			'approve' => array( __( 'Approve', 'wpf-delete' ), __( 'Approve the deletion of %s', 'wpf-delete' ) ),
			/* translators: %s: name of a user. */
			'reject'  => array( __( 'Reject', 'wpf-delete' ), __( 'Reject the deletion of %s', 'wpf-delete' ) ),
			/* translators: %s: name of a user. */
			'run'     => array( __( 'Run now', 'wpf-delete' ), __( 'Run now: the deletion of %s', 'wpf-delete' ) ),
			/* translators: %s: name of a user. */
			'retry'   => array( __( 'Retry', 'wpf-delete' ), __( 'Retry the deletion of %s', 'wpf-delete' ) ),
			/* translators: %s: name of a user. */
			'cancel'  => array( __( 'Cancel', 'wpf-delete' ), __( 'Cancel the deletion of %s', 'wpf-delete' ) ),
		);
		echo '<span class="wpf-delete-buttons">';
		foreach ( $buttons as $action => list( $label, $full ) ) {
			printf(
				'<button class="button button-small" form="wpf-delete-job-%1$d" name="do" value="%2$s" aria-label="%3$s"%4$s>%5$s</button> ',
				(int) $item['id'],
				esc_attr( $action ),
				esc_attr( sprintf( $full, self::name( $item ) ) ),
				in_array( $action, $item['can'], true ) ? '' : ' hidden',
				esc_html( $label )
			);
		}
		echo '</span>';
	}

	/**
	 * A user's name as History found it.
	 *
	 * @param array $item The job.
	 */
	private static function name( array $item ): string {
		if ( null === $item['user'] ) {
			/* translators: %d: id of a user. */
			return sprintf( __( 'User %d', 'wpf-delete' ), $item['user_id'] );
		}
		return Words::user( $item['user_id'] );
	}

	/**
	 * How many posts are seen to.
	 *
	 * @param array $item The job.
	 */
	private static function posts( array $item ): string {
		if ( $item['progress'] ) {
			/* translators: 1: a number, 2: another one. */
			return sprintf( __( '%1$s of %2$s posts', 'wpf-delete' ), number_format_i18n( $item['progress']['done'] ), number_format_i18n( $item['progress']['total'] ) );
		}
		/* translators: %s: a number. */
		return sprintf( _n( '%s post', '%s posts', $item['posts'], 'wpf-delete' ), number_format_i18n( $item['posts'] ) );
	}
}
