<?php
/**
 * Site Health: is deletion native, and if not, why?
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * One test and a few lines of information.
 */
final class Health {

	/**
	 * Adds the test.
	 *
	 * @param array $tests Site Health's tests.
	 * @return array
	 */
	public static function add_tests( $tests ) {
		$tests['direct']['wpf_delete_native'] = array(
			'label' => __( 'User deletion', 'wpf-delete' ),
			'test'  => array( self::class, 'test' ),
		);
		return $tests;
	}

	/**
	 * The test's result.
	 *
	 * @return array
	 */
	public static function test() {
		$available = Native::reachable();
		$slow      = is_wp_error( $available );
		return array(
			'label'       => $slow ? __( 'Users are deleted the slow way', 'wpf-delete' ) : __( 'Users are deleted natively', 'wpf-delete' ),
			'status'      => $slow ? 'recommended' : 'good',
			'badge'       => array(
				'label' => __( 'Performance', 'wpf-delete' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( $slow ? $available->get_error_message() : __( 'The PHP extension wpf_delete is loaded and reaches the database.', 'wpf-delete' ) ) . '</p>',
			'actions'     => '' === Native::version() ? '<p>' . esc_html__( 'Install the extension with “make install” from the project, then restart PHP.', 'wpf-delete' ) . '</p>' : '',
			'test'        => 'wpf_delete_native',
		);
	}

	/**
	 * Adds the information.
	 *
	 * @param array $information Site Health's sections.
	 * @return array
	 */
	public static function add_information( $information ) {
		$available                 = Native::reachable();
		$information['wpf-delete'] = array(
			'label'  => __( 'User deletion', 'wpf-delete' ),
			'fields' => array(
				'extension' => array(
					'label' => __( 'Extension wpf_delete', 'wpf-delete' ),
					'value' => '' === Native::version() ? __( 'not loaded', 'wpf-delete' ) : Native::version(),
				),
				'native'    => array(
					'label' => __( 'Native deletion', 'wpf-delete' ),
					'value' => is_wp_error( $available ) ? $available->get_error_message() : __( 'yes', 'wpf-delete' ),
				),
			),
		);
		return $information;
	}
}
