<?php
/**
 * Site Health: does the CRM's word have the effect that the owner expects?
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * The tag, the field, and whether anything is deleted at all.
 */
final class HealthTriggers {

	public const TEST = 'wpf_delete_triggers';

	/**
	 * The test's result.
	 *
	 * @return array
	 */
	public static function test() {
		$badge    = __( 'Security', 'wpf-delete' );
		$problems = self::problems();
		if ( $problems ) {
			return Health::result( self::TEST, $badge, 'recommended', __( 'The CRM cannot have users deleted as the settings say', 'wpf-delete' ), $problems );
		}
		if ( 'observe' === Settings::get( 'mode' ) ) {
			return Health::result( self::TEST, $badge, 'recommended', __( 'Deletions that the CRM asks for are only recorded', 'wpf-delete' ), array( __( 'User deletion observes: what the CRM asks for is recorded, and nobody is deleted. Look at what would have been deleted, then switch to “delete” in the settings.', 'wpf-delete' ) ) );
		}
		$is_live = array() === LiveSite::reasons();
		return Health::result(
			self::TEST,
			$badge,
			'good',
			$is_live ? __( 'The CRM can have users deleted as the settings say', 'wpf-delete' ) : __( 'This is no live site, and nobody is deleted because the CRM says so', 'wpf-delete' ),
			$is_live ? array( __( 'What the settings name is known to WP Fusion, and users who may go are deleted.', 'wpf-delete' ) ) : LiveSite::reasons()
		);
	}

	/**
	 * What is set and has no effect, for people.
	 *
	 * @return string[]
	 */
	private static function problems(): array {
		$problems = array();
		foreach ( array( Tag::current(), Tag::field_problem() ) as $problem ) {
			if ( is_wp_error( $problem ) ) {
				$problems[] = $problem->get_error_message();
			}
		}
		// A live site may look like another one: its address has changed.
		return 'delete' === Settings::get( 'mode' ) && 'production' === wp_get_environment_type() ? array_merge( $problems, LiveSite::reasons() ) : $problems;
	}
}
