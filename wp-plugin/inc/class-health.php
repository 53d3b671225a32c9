<?php
/**
 * Site Health: what is in the way of deletions, and what to do about it.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * The list of tests, and the form of their results. Each test answers one question, in a class of its own.
 */
final class Health {

	/**
	 * Adds the tests.
	 *
	 * @param array $tests Site Health's tests.
	 * @return array
	 */
	public static function add_tests( $tests ) {
		$ours = array(
			HealthNative::TEST   => array( __( 'User deletion', 'wpf-delete' ), HealthNative::class ),
			HealthDatabase::TEST => array( __( 'The database as deletions of users need it', 'wpf-delete' ), HealthDatabase::class ),
			HealthJobs::TEST     => array( __( 'Deletions of users under way', 'wpf-delete' ), HealthJobs::class ),
			HealthTriggers::TEST => array( __( 'What has users deleted', 'wpf-delete' ), HealthTriggers::class ),
		);
		foreach ( $ours as $test => list( $label, $class ) ) {
			$tests['direct'][ $test ] = array(
				'label' => $label,
				'test'  => array( $class, 'test' ),
			);
		}
		return $tests;
	}

	/**
	 * A test's result.
	 *
	 * @param string                                             $test     The test.
	 * @param string                                             $badge    What it is about: performance or security.
	 * @param string                                             $status   `good`, `recommended` or `critical`.
	 * @param string                                             $label    The answer in a few words.
	 * @param array<int, string|array{text: string, code: string}> $says   What is wrong and what to do, or that all is well;
	 *                                                                     `code` is to be copied.
	 * @return array
	 */
	public static function result( string $test, string $badge, string $status, string $label, array $says ): array {
		$description = '';
		foreach ( $says as $paragraph ) {
			$paragraph    = (array) $paragraph + array( 'code' => '' );
			$description .= '<p>' . esc_html( $paragraph['text'] ?? $paragraph[0] ) . '</p>';
			$description .= '' === $paragraph['code'] ? '' : '<pre><code>' . esc_html( $paragraph['code'] ) . '</code></pre>';
		}
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => $badge,
				'color' => 'blue',
			),
			'description' => $description,
			'actions'     => 'good' === $status ? '' : self::link(),
			'test'        => $test,
		);
	}

	/**
	 * Leads to the page, for whoever may see it.
	 */
	private static function link(): string {
		return current_user_can( 'delete_users' ) ? sprintf( '<p><a href="%s">%s</a></p>', esc_url( AdminPage::url() ), esc_html__( 'Go to Tools → User deletion', 'wpf-delete' ) ) : '';
	}
}
