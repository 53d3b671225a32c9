<?php
/**
 * What the words in the table of deletions mean.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * States, sources and modes, for people. What other code has put there is shown as it is.
 */
final class Words {

	/**
	 * States by their words.
	 *
	 * @return array<string, string>
	 */
	public static function states(): array {
		return array(
			Job::HELD      => __( 'Held for approval', 'wpf-delete' ),
			Job::QUEUED    => __( 'Waiting', 'wpf-delete' ),
			Job::RUNNING   => __( 'Being deleted', 'wpf-delete' ),
			Job::DONE      => __( 'Deleted', 'wpf-delete' ),
			Job::FAILED    => __( 'Failed', 'wpf-delete' ),
			Job::CANCELLED => __( 'Cancelled', 'wpf-delete' ),
			Job::OBSERVED  => __( 'Only recorded', 'wpf-delete' ),
			Job::REFUSED   => __( 'Refused', 'wpf-delete' ),
		);
	}

	/**
	 * A state.
	 *
	 * @param string $state Its word.
	 */
	public static function state( string $state ): string {
		return self::states()[ $state ] ?? $state;
	}

	/**
	 * Who asked.
	 *
	 * @param string $source Its word.
	 */
	public static function source( string $source ): string {
		$sources = array(
			'tag'              => __( 'Tag in the CRM', 'wpf-delete' ),
			'field'            => __( 'Field in the CRM', 'wpf-delete' ),
			'request'          => __( 'Other code', 'wpf-delete' ),
			'api'              => __( 'Other code', 'wpf-delete' ),
			'admin'            => __( 'This page', 'wpf-delete' ),
			'cli'              => __( 'Command line', 'wpf-delete' ),
			'wp_delete_user'   => __( 'WordPress', 'wpf-delete' ),
			'wpmu_delete_user' => __( 'WordPress, for the whole network', 'wpf-delete' ),
		);
		return $sources[ $source ] ?? $source;
	}

	/**
	 * Why nobody was deleted.
	 *
	 * @param array<string, string|null> $row The job's row.
	 * @return string Empty where the state says everything, or where something went wrong.
	 */
	public static function reason( array $row ): string {
		if ( Job::OBSERVED === $row['state'] ) {
			$times = (int) $row['attempts'];
			/* translators: %s: a number. */
			return sprintf( _n( 'Would have been deleted. Asked for %s time.', 'Would have been deleted. Asked for %s times.', $times, 'wpf-delete' ), number_format_i18n( $times ) );
		}
		if ( ! in_array( $row['state'], array( Job::HELD, Job::REFUSED, Job::CANCELLED ), true ) ) {
			return '';
		}
		if ( Job::HELD === $row['state'] && '' === (string) $row['last_error'] ) {
			return __( 'More users were asked for than may go without approval.', 'wpf-delete' );
		}
		return self::without_code( (string) $row['last_error'] );
	}

	/**
	 * An error as the table has it, without the word for programs.
	 *
	 * @param string $error `code: message`.
	 */
	private static function without_code( string $error ): string {
		return preg_replace( '/^wpf_delete_[a-z_]+: /', '', $error );
	}

	/**
	 * What becomes of the content.
	 *
	 * @param string   $mode     Its word.
	 * @param int|null $reassign Who inherits.
	 */
	public static function mode( string $mode, ?int $reassign ): string {
		if ( null !== $reassign ) {
			/* translators: %s: name of a user. */
			return sprintf( __( 'Goes to %s', 'wpf-delete' ), self::user( $reassign ) );
		}
		return 'permanent' === $mode ? __( 'Deleted for good', 'wpf-delete' ) : __( 'Posts and pages go to the trash', 'wpf-delete' );
	}

	/**
	 * A user by name and login, or by number when the account is gone.
	 *
	 * @param int $user_id Who.
	 */
	public static function user( int $user_id ): string {
		$user = get_userdata( $user_id );
		if ( ! $user ) {
			/* translators: %d: id of a user. */
			return sprintf( __( 'User %d', 'wpf-delete' ), $user_id );
		}
		/* translators: 1: display name, 2: login. */
		return in_array( $user->display_name, array( '', $user->user_login ), true ) ? $user->user_login : sprintf( __( '%1$s (%2$s)', 'wpf-delete' ), $user->display_name, $user->user_login );
	}

	/**
	 * A moment in the site's time zone and format.
	 *
	 * @param string $utc As the table has it.
	 */
	public static function time( string $utc ): string {
		return (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), (int) strtotime( "$utc UTC" ) );
	}
}
