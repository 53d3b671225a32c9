<?php
/**
 * Does every job find a runner, in time, and only as long as there are jobs?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * With WP-Cron, with a stand-in for Action Scheduler (scripts/jobs/action-scheduler.php), and from the command line.
 */
final class ScheduleTest extends JobsTestCase {

	private const RENEW = array( '\WpfDelete\Schedule::renew', 1 );
	private const NEXT  = array( 'wp_next_scheduled', 'wpf_delete_work' );

	/**
	 * @dataProvider suites
	 */
	public function test_wp_cron_finishes_what_waits( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 2 );
		self::assertFalse( $this->call( array( self::RENEW, self::NEXT ) )['results'][1] );
		$this->enqueue( $users );
		self::assertEqualsWithDelta( time(), $this->call( array( self::RENEW, self::NEXT ) )['results'][1], 30 );
		$this->cron();
		$this->assert_gone( $users );
		self::assertFalse( $this->call( array( self::NEXT ) )['results'][0] );
	}

	/**
	 * Whoever works may be killed: the event is there, at the moment when the claim runs out.
	 *
	 * @dataProvider newest
	 */
	public function test_there_is_an_event_for_a_runner_that_dies( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 2 );
		foreach ( array( array( '\WpfDelete\delete_user', 'delete_user' ), array( 'wp_delete_user', 'deleted_user_meta' ) ) as $number => list( $function, $hook ) ) {
			$this->call( array( array( $function, $users[ $number ] ) ), array( 'misbehave' => array( $hook => 'kill' ) ), array( 'dies' => true ) );
			self::assertSame( array( $function === 'wp_delete_user' ? $function : 'api', 'running' ), $this->jobs( 'source, state' )[ $number ] );
			self::assertEqualsWithDelta( time() + 120, $this->call( array( self::NEXT ) )['results'][0], 30 );
			$this->make_due();
			$this->cron( '+3 minutes' );
			self::assertSame( array( 'done' ), array_unique( array_column( $this->jobs(), 0 ) ) );
			self::assertFalse( $this->call( array( self::NEXT ) )['results'][0] );
		}
		$this->assert_gone( $users );
	}

	/**
	 * There is no moment at which somebody works and nobody would come after him. A trigger looks when the job is put on record as claimed.
	 *
	 * @dataProvider newest
	 */
	public function test_the_event_is_there_before_the_claim( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 2 );
		$this->query( 'CREATE TABLE seen ( events INT )' );
		$this->query(
			"CREATE TRIGGER look BEFORE INSERT ON wp_wpf_deletions FOR EACH ROW
			IF NEW.state = 'running' THEN
				INSERT INTO seen SELECT COUNT(*) FROM wp_options WHERE option_name = 'cron' AND option_value LIKE '%wpf_delete_work%';
			END IF"
		);
		$this->call( array( array( '\WpfDelete\delete_user', $users[0] ), array( 'wp_delete_user', $users[1] ) ) );
		self::assertSame( array( array( '1' ), array( '1' ) ), $this->site->database()->query( 'SELECT events FROM seen' )->fetch_all() );
	}

	/**
	 * One that the calendar has called, too, which has forgotten about it then.
	 *
	 * @dataProvider newest
	 */
	public function test_there_is_an_event_for_a_runner_that_dies_in_cron( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 2 );
		$this->enqueue( $users );
		self::assertFalse( $this->call( array( self::NEXT ) )['results'][0] );
		$this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( 'delete_user' => 'kill' ) ), array( 'dies' => true ) );
		self::assertSame( array( array( 'running' ), array( 'queued' ) ), $this->jobs() );
		self::assertEqualsWithDelta( time() + 120, $this->call( array( self::NEXT ) )['results'][0], 30 );
		$this->make_due();
		$this->cron( '+3 minutes' );
		$this->assert_gone( $users );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_what_takes_longer_goes_on_in_another_request( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1, 40 );
		$this->enqueue( $users );
		$slow = array( 'seconds' => 1, 'misbehave' => array( 'trashed_post' => 'sleep 1' ), 'lane' => ParityScenario::has_extension() ? 'core' : 'bulk' );
		$run  = $this->call( array( array( '\WpfDelete\Runner::work' ), self::NEXT ), $slow );
		self::assertSame( array( array( 1, 'wpf_delete_paused' ) ), $run['left'] );
		self::assertEqualsWithDelta( time(), $run['results'][1], 30 );
		self::assertSame( array( array( 'queued', 'trash', '0', null ) ), $this->jobs( 'state, phase, attempts, last_error' ) );
		$this->cron( '+5 seconds' );
		$this->assert_gone( $users, 40 );
		self::assertSame( array( "delete_user {$users[0]}" ), $this->hooks() );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_action_scheduler_is_used_where_it_is( string $suite ): void {
		$this->begin( $suite );
		$users   = $this->users( 3 );
		$pending = array( 'Stand_In_Scheduler::pending' );
		$run     = array( 'Stand_In_Scheduler::run' );
		$this->enqueue( $users );
		$results = $this->call(
			array( self::RENEW, self::RENEW, $pending, $run, $pending, self::NEXT ),
			array( 'stand_in' => __DIR__ . '/scripts/jobs/action-scheduler.php' )
		)['results'];
		self::assertSame( array( array( 'wpf_delete_work', 'wpf-delete', null ) ), $results[2], 'One event, as soon as possible.' );
		self::assertSame( array(), $results[4], 'Nothing is left to do.' );
		self::assertFalse( $results[5], 'And WP-Cron has nothing to do with it.' );
		$this->assert_gone( $users );

		// What meets an error waits for its time under another name: the first is still running.
		$this->enqueue( $this->users( 1 ) );
		$results = $this->call(
			array( self::RENEW, $run, $pending ),
			array( 'stand_in' => __DIR__ . '/scripts/jobs/action-scheduler.php', 'misbehave' => array( 'delete_user' => 'throw' ) )
		)['results'];
		self::assertSame( array( 'wpf_delete_go_on', 'wpf-delete' ), array_slice( $results[2][0], 0, 2 ) );
		self::assertEqualsWithDelta( 60, $results[2][0][2], 3 );
		self::assertCount( 1, $results[2] );
	}

	/**
	 * It runs what is due in the same request, while that has time left. When ours is over, nothing may be due.
	 *
	 * @dataProvider newest
	 */
	public function test_action_scheduler_is_not_kept_busy( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1, 40 );
		$this->enqueue( $users );
		$slow    = array( 'seconds' => 1, 'misbehave' => array( 'trashed_post' => 'sleep 1' ), 'lane' => ParityScenario::has_extension() ? 'core' : 'bulk' );
		$results = $this->call(
			array( self::RENEW, array( 'Stand_In_Scheduler::run' ), array( 'Stand_In_Scheduler::pending' ) ),
			array( 'stand_in' => __DIR__ . '/scripts/jobs/action-scheduler.php' ) + $slow
		)['results'];
		self::assertSame( array( array( 'queued' ) ), $this->jobs() );
		self::assertCount( 1, $results[2] );
		self::assertNotNull( $results[2][0][2] );
		self::assertEqualsWithDelta( 2, $results[2][0][2], 2 );
	}

	/**
	 * By the constant, by the option, by the filter; and when somebody sets the option while work goes on.
	 *
	 * @dataProvider newest
	 */
	public function test_the_kill_switch_stops_every_runner( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1, 40 );
		$this->enqueue( $users );
		$work = array( array( '\WpfDelete\Runner::work' ), array( '\WpfDelete\Runner::work_on', 1 ), array( '\WpfDelete\delete_user', $users[0] ) );
		self::assertSame( array( 0, null, false ), $this->call( $work, array( 'filter' => 'wpf_delete_disabled' ) )['results'] );
		$whole      = $this->site;
		$this->site = $whole->with( array( 'WPF_DELETE_DISABLED' => true ) );
		self::assertSame( array( 0, null, false ), $this->call( $work )['results'] );
		$this->site = $whole;
		self::assertSame( array(), $this->hooks() );
		self::assertSame( array( array( 'queued', '0' ) ), $this->jobs( 'state, attempts' ) );

		$run = $this->call( array( $work[0], self::NEXT ), array( 'switch' => 'trashed_post', 'lane' => ParityScenario::has_extension() ? 'core' : 'bulk' ) );
		self::assertSame( array( array( 1, 'wpf_delete_paused' ) ), $run['left'] );
		self::assertSame( array( array( 'queued', 'trash' ) ), $this->jobs( 'state, phase' ) );
		self::assertSame( 25, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'trash'" ) );
		// Looked at once more, but not with every visit.
		self::assertEqualsWithDelta( time() + 300, $run['results'][1], 30 );

		$this->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_disabled'" );
		self::assertSame( array( 1 ), $this->call( array( $work[0] ) )['results'] );
		$this->assert_gone( $users, 40 );
	}

	/**
	 * Nobody listens, so that the extension works alone, a hundred posts to begin with.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_the_kill_switch_stops_the_extension_within_a_batch( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1, 400 );
		$this->enqueue( $users );
		$this->call( array( array( 'stick_post', (int) $this->site->database()->query( "SELECT MIN(ID) FROM wp_posts WHERE post_author = {$users[0]}" )->fetch_row()[0] ) ) );
		$run = $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'switch' => 'update_option_sticky_posts' ) );
		self::assertSame( array( array( 1, 'wpf_delete_paused' ) ), $run['left'] );
		self::assertSame( 100, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'trash'" ) );
		$this->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_disabled'" );
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$this->assert_gone( $users, 400 );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_the_command_works( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 3 );
		$this->enqueue( $users );
		$runs = array( array( 'work', array(), array( 'time-limit' => '0' ) ), array( 'work', array(), array( 'once' => true ) ), array( 'work', array(), array() ) );
		$said = $this->site->run( __DIR__ . '/scripts/jobs/command.php', array( 'runs' => $runs ) )['runs'];
		self::assertSame( array( '0 deletions finished.', '1 deletion finished.', '2 deletions finished.' ), array_map( static fn ( $run ) => $run['said'][0][1], $said ) );
		$this->assert_gone( $users );
	}

	/** WordPress's own cron request. */
	private function cron( string $when = 'now' ): void {
		$this->site->run( __DIR__ . '/scripts/plugin/cron.php', array(), array( 'dies' => true, 'ignore' => '/WordPress\.org/', 'time' => gmdate( 'Y-m-d H:i:s', strtotime( $when ) ) ) );
	}
}
