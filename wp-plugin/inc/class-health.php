<?php
/**
 * Site Health: is deletion native, and if not, why? Does any deletion wait in vain?
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Two tests and a few lines of information.
 */
final class Health {

	/**
	 * Seconds after which a job that nobody takes up is worth a word.
	 */
	private const TOO_LONG = HOUR_IN_SECONDS;

	/**
	 * How many failed jobs are named.
	 */
	private const NAMED = 10;

	/**
	 * Adds the tests.
	 *
	 * @param array $tests Site Health's tests.
	 * @return array
	 */
	public static function add_tests( $tests ) {
		$tests['direct']['wpf_delete_native'] = array(
			'label' => __( 'User deletion', 'wpf-delete' ),
			'test'  => array( self::class, 'test' ),
		);
		$tests['direct']['wpf_delete_jobs']   = array(
			'label' => __( 'Deletions of users under way', 'wpf-delete' ),
			'test'  => array( self::class, 'test_jobs' ),
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
	 * Whether jobs have failed, or nobody works on them.
	 *
	 * @return array
	 */
	public static function test_jobs() {
		$problems = self::problems();
		return array(
			'label'       => $problems ? __( 'Deletions of users are not finished', 'wpf-delete' ) : __( 'No deletion of a user waits in vain', 'wpf-delete' ),
			'status'      => $problems ? 'critical' : 'good',
			'badge'       => array(
				'label' => __( 'Security', 'wpf-delete' ),
				'color' => 'blue',
			),
			'description' => '<p>' . implode( '</p><p>', array_map( 'esc_html', $problems ? $problems : array( __( 'Every deletion that was asked for is done, or is being worked on.', 'wpf-delete' ) ) ) ) . '</p>',
			'actions'     => '',
			'test'        => 'wpf_delete_jobs',
		);
	}

	/**
	 * What keeps deletions from being finished, for people.
	 *
	 * @return string[]
	 */
	private static function problems(): array {
		if ( ! Table::is_ready() ) {
			return array( __( 'The table of deletions does not exist and could not be created: does the database account lack the CREATE privilege? Nothing can be deleted safely until it is there.', 'wpf-delete' ) );
		}
		$problems = array();
		if ( KillSwitch::is_on() ) {
			$problems[] = __( 'Deletions are switched off by WPF_DELETE_DISABLED, or by the option or the filter wpf_delete_disabled.', 'wpf-delete' );
		}
		foreach ( Queue::failed( self::NAMED ) as $job ) {
			/* translators: 1: number of a deletion, 2: id of a user, 3: what went wrong. */
			$problems[] = sprintf( __( 'Deletion %1$d (of user %2$d) has failed and waits for somebody to look at it; asking for it once more tries again. %3$s', 'wpf-delete' ), $job->number( 'id' ), $job->number( 'user_id' ), $job->text( 'last_error' ) );
		}
		if ( Queue::seconds_overdue() > self::TOO_LONG ) {
			$problems[] = __( 'Deletions have been due for more than an hour, and nobody has taken them up. Do scheduled events run on this site?', 'wpf-delete' );
		}
		return $problems;
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
				'jobs'      => array(
					'label' => __( 'Deletions not finished, by state', 'wpf-delete' ),
					'value' => Table::is_ready() ? wp_json_encode( (object) Queue::open_by_state() ) : __( 'no table', 'wpf-delete' ),
				),
				'disabled'  => array(
					'label' => __( 'Switched off', 'wpf-delete' ),
					'value' => KillSwitch::is_on() ? __( 'yes', 'wpf-delete' ) : __( 'no', 'wpf-delete' ),
				),
			),
		);
		return $information;
	}
}
