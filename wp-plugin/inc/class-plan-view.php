<?php
/**
 * What a deletion would do, for people.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Shows a plan as Plan has it; decides nothing.
 */
final class PlanView {

	/**
	 * Shows it.
	 *
	 * @param array $plan See Plan.
	 */
	public static function show( array $plan ): void {
		if ( true !== $plan['may_go'] ) {
			/* translators: %s: why. */
			echo '<div class="notice notice-error inline"><p><strong>' . esc_html__( 'This user cannot be deleted.', 'wpf-delete' ) . '</strong> ' . esc_html( $plan['may_go'] ) . '</p></div>';
		}
		self::show_numbers( $plan );
		if ( $plan['surprises'] ) {
			echo '<div class="notice notice-warning inline"><p><strong>' . esc_html__( 'You may not expect this:', 'wpf-delete' ) . '</strong></p><ul class="wpf-delete-surprises">';
			foreach ( $plan['surprises'] as $surprise ) {
				echo '<li>' . esc_html( $surprise ) . '</li>';
			}
			echo '</ul></div>';
		}
		self::show_types( $plan['types'] );
		if ( true !== $plan['native'] ) {
			echo '<div class="notice notice-warning inline"><p><strong>' . esc_html__( 'This takes long: WordPress deletes the posts one by one.', 'wpf-delete' ) . '</strong> ' . esc_html( $plan['native'] ) . '</p></div>';
		}
		if ( $plan['rows'] ) {
			self::show_rows( $plan['rows'] );
		}
	}

	/**
	 * Shows the few numbers that matter.
	 *
	 * @param array $plan See Plan.
	 */
	private static function show_numbers( array $plan ): void {
		$going   = array_filter( $plan['types'], static fn ( $type ) => 'keep' !== $type['action'] );
		$posts   = array_sum( array_column( $going, 'posts' ) );
		$files   = $plan['files'];
		$numbers = array(
			/* translators: after a number. */
			array( number_format_i18n( $posts ), _n( 'post', 'posts', $posts, 'wpf-delete' ) ),
		);
		if ( $plan['links'] ) {
			/* translators: after a number. */
			$numbers[] = array( number_format_i18n( $plan['links'] ), _n( 'link', 'links', $plan['links'], 'wpf-delete' ) );
		}
		if ( $files['count'] ) {
			$numbers[] = array(
				( $files['more'] ? '≥ ' : '' ) . number_format_i18n( $files['count'] ),
				/* translators: %s: size of files, e.g. 3 MB. */
				sprintf( _n( 'file, %s', 'files, %s', $files['count'], 'wpf-delete' ), (string) size_format( $files['bytes'], 1 ) ),
			);
		}
		if ( $posts && null !== $plan['seconds'] ) {
			$numbers[] = array(
				/* translators: %s: a duration, e.g. "2 minutes". */
				sprintf( __( 'about %s', 'wpf-delete' ), self::duration( (float) $plan['seconds'] ) ),
				/* translators: %s: a number. */
				sprintf( $plan['rate']['measured'] ? __( 'at %s posts a second, as measured here', 'wpf-delete' ) : __( 'at %s posts a second, which is a guess', 'wpf-delete' ), number_format_i18n( $plan['rate']['posts_per_second'] ) ),
			);
		}
		echo '<ul class="wpf-delete-numbers">';
		foreach ( $numbers as list( $number, $label ) ) {
			echo '<li class="is-some"><strong>' . esc_html( $number ) . '</strong> ' . esc_html( $label ) . '</li>';
		}
		echo '</ul>';
		if ( $files['kept'] ) {
			/* translators: %s: a number. */
			echo '<p>' . esc_html( sprintf( _n( '%s more file stays, because another attachment uses it.', '%s more files stay, because other attachments use them.', $files['kept'], 'wpf-delete' ), number_format_i18n( $files['kept'] ) ) ) . '</p>';
		}
	}

	/**
	 * Shows what becomes of posts by their type.
	 *
	 * @param array[] $types See Plan.
	 */
	private static function show_types( array $types ): void {
		$actions = array(
			'trash'    => __( 'go to the trash', 'wpf-delete' ),
			'purge'    => __( 'are deleted for good', 'wpf-delete' ),
			'reassign' => __( 'go to another author', 'wpf-delete' ),
			'keep'     => __( 'stay, without an author', 'wpf-delete' ),
		);
		$lanes   = array(
			'bulk'   => __( 'in batches', 'wpf-delete' ),
			'replay' => __( 'in batches, hooks are fired', 'wpf-delete' ),
			'core'   => __( 'one by one, through WordPress', 'wpf-delete' ),
		);
		if ( ! $types ) {
			JobTable::show_none( __( 'This user has written nothing.', 'wpf-delete' ) );
			return;
		}
		echo '<table class="widefat striped wpf-delete-types"><caption class="screen-reader-text">' . esc_html__( 'What becomes of posts, by type', 'wpf-delete' ) . '</caption><thead><tr><th scope="col">' . esc_html__( 'Type', 'wpf-delete' ) . '</th><th scope="col" class="wpf-delete-number">' . esc_html__( 'Posts', 'wpf-delete' ) . '</th><th scope="col">' . esc_html__( 'What happens', 'wpf-delete' ) . '</th><th scope="col">' . esc_html__( 'How', 'wpf-delete' ) . '</th></tr></thead><tbody>';
		foreach ( $types as $type ) {
			printf(
				'<tr><th scope="row">%1$s%2$s</th><td class="wpf-delete-number">%3$s</td><td><span class="wpf-delete-fate is-%4$s">%5$s</span></td><td>%6$s%7$s</td></tr>',
				esc_html( $type['label'] ),
				$type['label'] === $type['type'] ? '' : '<span class="wpf-delete-small">' . esc_html( $type['type'] ) . '</span>',
				esc_html( number_format_i18n( $type['posts'] ) ),
				esc_attr( $type['action'] ),
				esc_html( $actions[ $type['action'] ] ),
				esc_html( null === $type['lane'] ? '' : $lanes[ $type['lane'] ] ),
				'' === $type['cause'] ? '' : '<span class="wpf-delete-small">' . esc_html( $type['cause'] ) . '</span>'
			);
		}
		echo '</tbody></table>';
	}

	/**
	 * Shows rows by table.
	 *
	 * @param array<string, array<string, int>> $tables See Plan.
	 */
	private static function show_rows( array $tables ): void {
		echo '<details class="wpf-delete-rows"><summary>' . esc_html__( 'Rows in the database', 'wpf-delete' ) . '</summary><table class="widefat striped"><caption class="screen-reader-text">' . esc_html__( 'Rows in the database', 'wpf-delete' ) . '</caption><thead><tr><th scope="col">' . esc_html__( 'Table', 'wpf-delete' ) . '</th>';
		$kinds = array(
			'deleted'  => __( 'Deleted', 'wpf-delete' ),
			'updated'  => __( 'Changed', 'wpf-delete' ),
			'inserted' => __( 'Added', 'wpf-delete' ),
		);
		foreach ( $kinds as $label ) {
			echo '<th scope="col" class="wpf-delete-number">' . esc_html( $label ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( $tables as $table => $rows ) {
			echo '<tr><th scope="row"><code>' . esc_html( $table ) . '</code></th>';
			foreach ( array_keys( $kinds ) as $kind ) {
				echo '<td class="wpf-delete-number">' . esc_html( number_format_i18n( $rows[ $kind ] ?? 0 ) ) . '</td>';
			}
			echo '</tr>';
		}
		echo '</tbody></table></details>';
	}

	/**
	 * A duration, in the unit that people would use.
	 *
	 * @param float $seconds How long.
	 */
	private static function duration( float $seconds ): string {
		if ( $seconds < 90 ) {
			$number = max( 1, (int) round( $seconds ) );
			/* translators: %s: a number. */
			return sprintf( _n( '%s second', '%s seconds', $number, 'wpf-delete' ), number_format_i18n( $number ) );
		}
		return human_time_diff( 0, (int) $seconds );
	}
}
