<?php
/**
 * Deleting users from the command line.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * The commands that take users.
 */
final class UserCommand {

	/**
	 * How many users are named in a question.
	 */
	private const NAMED = 10;

	/**
	 * Shows what deleting users would do. Changes nothing.
	 *
	 * ## OPTIONS
	 *
	 * <user>...
	 * : Id, login or e-mail address of each user; - reads them from the standard input.
	 *
	 * [--reassign=<user>]
	 * : Who would inherit posts and links.
	 *
	 * [--permanent]
	 * : Delete for good what would go to the trash.
	 *
	 * [--format=<format>]
	 * : How it is printed; json and yaml say everything.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     # What goes with an author?
	 *     wp wpf-delete plan jane@example.com
	 *
	 *     # What would be in the way of deleting all subscribers?
	 *     wp user list --role=subscriber --field=ID | wp wpf-delete plan - --format=json
	 *
	 * @param string[]              $args    Users.
	 * @param array<string, string> $options As above.
	 */
	public function plan( $args, $options ): void {
		$missed = 0;
		CommandReport::plans( $this->plans( $args, $options, $missed ), $options['format'] ?? 'table' );
		CommandReport::end( $missed );
	}

	/**
	 * Deletes users and waits until they are gone.
	 *
	 * Administrators may go, but for the last one; super admins and the current user may not. What is interrupted is finished
	 * by the schedule, by "wp wpf-delete work", or by asking once more.
	 *
	 * ## OPTIONS
	 *
	 * <user>...
	 * : Id, login or e-mail address of each user; - reads them from the standard input.
	 *
	 * [--reassign=<user>]
	 * : Who inherits posts and links. Without it they are deleted.
	 *
	 * [--permanent]
	 * : Delete for good what would go to the trash.
	 *
	 * [--dry-run]
	 * : Show what would be done, like "plan".
	 *
	 * [--yes]
	 * : Do not ask.
	 *
	 * [--format=<format>]
	 * : How the result is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     # Delete an author; posts and pages go to the trash.
	 *     wp wpf-delete delete jane
	 *
	 *     # Give everything to user 12, without asking.
	 *     wp wpf-delete delete 345 346 --reassign=12 --yes
	 *
	 *     # Delete everybody in a list, and stop a script if anybody is left.
	 *     wp wpf-delete delete - --permanent --yes --format=csv < ids.txt || exit 1
	 *
	 * @param string[]              $args    Users.
	 * @param array<string, string> $options As above.
	 */
	public function delete( $args, $options ): void {
		$format = $options['format'] ?? 'table';
		if ( ! empty( $options['dry-run'] ) ) {
			$this->plan( $args, $options );
			return;
		}
		if ( CommandUsers::are_on_input( $args ) && empty( $options['yes'] ) ) {
			\WP_CLI::error( __( 'With users on the standard input nobody can answer there: say --yes.', 'wpf-delete' ) );
		}
		$missed = 0;
		$plans  = $this->plans( $args, $options, $missed );
		if ( $plans ) {
			\WP_CLI::confirm( self::question( $plans ), $options );
		}
		$results = array();
		foreach ( $plans as $plan ) {
			$result    = CommandReport::with_bar( $plan, 'table' === $format, fn () => $this->delete_now( $plan->to_array() ) );
			$missed   += 'deleted' === $result['result'] ? 0 : 1;
			$results[] = $result;
		}
		\WP_CLI\Utils\format_items( $format, $results, array( 'id', 'login', 'result', 'reason' ) );
		CommandReport::end( $missed );
	}

	/**
	 * Plans for all users that were named.
	 *
	 * @param string[]              $args    Users.
	 * @param array<string, string> $options As above.
	 * @param int                   $missed  How many there is no plan for is added to this.
	 * @return Plan[]
	 */
	private function plans( array $args, array $options, int &$missed ): array {
		$heir = null;
		if ( isset( $options['reassign'] ) ) {
			$heir = CommandUsers::id( (string) $options['reassign'] );
			if ( 0 === $heir || ! empty( $options['permanent'] ) ) {
				\WP_CLI::error( 0 === $heir ? __( 'There is nobody by that name who could inherit.', 'wpf-delete' ) : __( 'What somebody inherits is not deleted for good: --reassign or --permanent.', 'wpf-delete' ) );
			}
		}
		$unknown = array();
		$plans   = array();
		foreach ( CommandUsers::ids( $args, $unknown ) as $id ) {
			$plan = Plan::of( $id, Deletion::mode( $heir, ! empty( $options['permanent'] ) ), $heir );
			if ( is_wp_error( $plan ) ) {
				++$missed;
				\WP_CLI::warning( "$id: " . $plan->get_error_message() );
			} else {
				$plans[] = $plan;
			}
		}
		foreach ( $unknown as $name ) {
			++$missed;
			/* translators: %s: what was given for a user. */
			\WP_CLI::warning( sprintf( __( 'There is no user “%s”.', 'wpf-delete' ), $name ) );
		}
		return $plans;
	}

	/**
	 * What somebody has to say yes to.
	 *
	 * @param Plan[] $plans Plans, at least one.
	 */
	private static function question( array $plans ): string {
		$posts = (int) array_sum( array_map( static fn ( $plan ) => $plan->posts(), $plans ) );
		if ( count( $plans ) > self::NAMED ) {
			/* translators: 1: number of users, 2: number of posts. */
			return sprintf( __( 'Delete %1$d users, and what they wrote (posts: %2$d)?', 'wpf-delete' ), count( $plans ), $posts );
		}
		$logins = implode( ', ', array_map( static fn ( $plan ) => $plan->to_array()['user']['login'], $plans ) );
		/* translators: 1: logins of users, 2: number of posts. */
		return sprintf( __( 'Delete %1$s, and what they wrote (posts: %2$d)?', 'wpf-delete' ), $logins, $posts );
	}

	/**
	 * Deletes one user.
	 *
	 * @param array $plan From Plan.
	 * @return array{id: int, login: string, result: string, reason: string}
	 */
	private function delete_now( array $plan ): array {
		$id     = $plan['user']['id'];
		$order  = array( 'source' => 'cli' ) + array_intersect_key( $plan, array_flip( array( 'mode', 'reassign' ) ) );
		$may_go = Guard::may_go( $id, true );
		$result = is_wp_error( $may_go ) ? $may_go : Runner::delete_now( $id, $order );
		$word   = succeeded( $id, $result ) ? 'deleted' : ( is_wp_error( $may_go ) ? 'refused' : 'failed' );
		return array(
			'id'     => $id,
			'login'  => $plan['user']['login'],
			'result' => $word,
			'reason' => is_wp_error( $result ) ? $result->get_error_message() : '',
		);
	}
}
