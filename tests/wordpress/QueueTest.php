<?php
/**
 * Who gets a job, and what becomes of one that is not finished?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Claims, take-overs, attempts, and calling off.
 */
final class QueueTest extends JobsTestCase {

	/**
	 * @dataProvider newest
	 */
	public function test_a_job_is_claimed_once( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$run = $this->call( array( array( '\WpfDelete\Queue::next' ), array( '\WpfDelete\Queue::next' ), array( '\WpfDelete\Queue::take', 1 ), array( '\WpfDelete\Queue::take_if_due', 1 ), array( '\WpfDelete\delete_user', $users[0] ) ) );
		self::assertSame( array( 'running', 1 ), array( $run['results'][0]['state'], $run['results'][0]['attempts'] ) );
		self::assertSame( array( null, null, null, false ), array_slice( $run['results'], 1 ) );
		self::assertSame( array(), $this->hooks() );
	}

	/**
	 * The process that has claimed it says nothing for two minutes.
	 *
	 * @dataProvider newest
	 */
	public function test_a_silent_runner_loses_its_job( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$this->call( array( array( '\WpfDelete\Queue::next' ) ) );
		self::assertSame( array( 0 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$this->query( 'UPDATE wp_wpf_deletions SET due = due - INTERVAL 121 SECOND' );
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$this->assert_gone( $users );
		self::assertSame( array( array( 'done', 'The process that worked on it has ended without a word.' ) ), $this->jobs( 'state, last_error' ) );
	}

	/**
	 * It wakes up when another runner has the job, and goes on with neither rows nor records.
	 *
	 * @dataProvider newest
	 */
	public function test_who_wakes_up_late_changes_nothing( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$run = $this->call(
			array(
				array( '\WpfDelete\Runner::work' ),
				array( '\WpfDelete\Queue::find', 1 ),
			),
			array( 'misbehave' => array( 'delete_user' => 'sleep' ), 'steal' => 'delete_user' )
		);
		self::assertSame( array( array( 1, 'wpf_delete_claimed' ) ), $run['left'] );
		self::assertSame( array( 'running', 'another', '' ), array( $run['results'][1]['state'], $run['results'][1]['owner'], $run['results'][1]['phase'] ) );
		self::assertSame( 4, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'publish'" ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_attempts_back_off_and_end( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$waits = array();
		for ( $attempt = 1; $attempt <= 6; $attempt++ ) {
			$this->make_due();
			self::assertSame( array( array( 1, 'wpf_delete_exception' ) ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( 'delete_user' => 'throw' ) ) )['left'] );
			list( $state, $wait, $attempts, $error ) = $this->jobs( 'state, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), due), attempts, last_error' )[0];
			self::assertSame( array( $attempt < 6 ? 'queued' : 'failed', (string) $attempt ), array( $state, $attempts ) );
			self::assertStringContainsString( 'LogicException', $error );
			self::assertStringNotContainsString( 'secret', $error );
			$waits[] = null === $wait ? null : (int) round( $wait / 60 );
		}
		self::assertSame( array( 1, 5, 15, 60, 240, null ), $waits );
		self::assertSame( array_fill( 0, 6, "delete_user {$users[0]}" ), $this->hooks() );
		self::assertSame( 4, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'publish'" ) );

		// Nobody takes it up by himself; whoever asks once more has it tried once more.
		self::assertSame( array( 0, true, 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ), array( '\WpfDelete\Queue::retry', 1 ), array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$this->assert_gone( $users );
	}

	/**
	 * Processes that die say nothing about it; after too many the job is parked all the same.
	 *
	 * @dataProvider newest
	 */
	public function test_a_job_that_kills_its_runners_is_parked( string $suite ): void {
		$this->begin( $suite );
		$this->enqueue( $this->users( 1 ) );
		for ( $attempt = 1; $attempt <= 6; $attempt++ ) {
			$this->make_due();
			$this->call( array( array( '\WpfDelete\Queue::next' ) ) );
		}
		$this->make_due();
		self::assertSame( array( array( 1, 'wpf_delete_died' ) ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['left'] );
		self::assertSame( array( array( 'failed', '1' ) ), $this->jobs( 'state, is_open' ) );
		self::assertSame( array(), $this->hooks() );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_a_job_that_waits_is_called_off( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		self::assertSame( array( true, false, 0 ), $this->call( array( array( '\WpfDelete\Queue::cancel', 1 ), array( '\WpfDelete\Queue::cancel', 1 ), array( '\WpfDelete\Runner::work' ) ) )['results'] );
		self::assertSame( array( array( 'cancelled', null ) ), $this->jobs( 'state, is_open' ) );
		self::assertSame( 0, $this->rows( "usermeta WHERE meta_key = '_wpf_delete_job'" ) );
		// Asked for again it is another one.
		self::assertSame( array( 2 ), array_map( 'intval', $this->enqueue( $users ) ) );
	}

	/**
	 * A job that was called off half-way says what is gone, and is gone on with when somebody asks again: what it has put
	 * into the trash stays there.
	 *
	 * @dataProvider newest
	 */
	public function test_a_job_that_runs_is_called_off( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1, 400 );
		$this->enqueue( $users );
		$run = $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'cancel' => 'trashed_post', 'listens' => true, 'lane' => 'replay' ) );
		self::assertSame( array( 0 ), $run['results'] );
		$counts  = json_decode( $this->jobs( 'counts' )[0][0], true )['trashed'];
		$trashed = $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'trash'" );
		self::assertSame( array( array( 'cancelled', '1' ) ), $this->jobs( 'state, is_open' ) );
		self::assertSame( 1, $this->rows( "users WHERE ID = {$users[0]}" ) );
		self::assertSame( 0, $this->rows( "usermeta WHERE meta_key = '_wpf_delete_job'" ) );
		if ( ParityScenario::has_extension() ) {
			self::assertSame( array( 300, 300 ), array( $trashed, array_sum( $counts ) ) );
		} else {
			self::assertSame( $trashed, array_sum( $counts ) );
			self::assertLessThan( 401, $trashed );
		}

		self::assertSame( array( 1 ), array_map( 'intval', $this->enqueue( $users ) ) );
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$this->assert_gone( $users, 400 );
		self::assertSame( array( 1, 1 ), array_values( array_count_values( preg_grep( '/_user /', $this->hooks() ) ) ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_an_heir_is_not_changed_half_way( string $suite ): void {
		$this->begin( $suite );
		list( $user, $heir ) = $this->users( 2 );
		$order = fn ( ?int $reassign ) => array( '\WpfDelete\Queue::enqueue', $user, array( 'source' => 'cli', 'reassign' => $reassign ) );
		$run   = $this->call( array( $order( null ), $order( $heir ), array( '\WpfDelete\Queue::find', 1 ), array( '\WpfDelete\Queue::next' ), $order( null ), $order( $heir ) ) );
		self::assertSame( $heir, $run['results'][2]['reassign'] );
		self::assertSame( 'reassign', $run['results'][2]['mode'] );
		self::assertSame( array( 'wpf_delete_other_heir', 1 ), array_slice( $run['results'], 4 ) );
		$this->make_due();
		$this->call( array( array( '\WpfDelete\Runner::work' ) ) );
		self::assertSame( 8, $this->rows( "posts WHERE post_author = $heir AND post_status = 'publish'" ) );
		self::assertSame( 0, $this->rows( "users WHERE ID = $user" ) );
	}

	/**
	 * Whoever does the work, and although the trash is on.
	 *
	 * @dataProvider newest
	 */
	public function test_content_goes_for_good( string $suite ): void {
		$this->begin( $suite );
		foreach ( array( 'bulk', 'replay', 'core' ) as $lane ) {
			$users = $this->users( 1 );
			$this->enqueue( $users, array( 'mode' => 'permanent' ) );
			self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), compact( 'lane' ) )['results'] );
			self::assertSame( 0, $this->rows( "posts WHERE post_author = {$users[0]}" ), $lane );
			self::assertSame( array( 'purged' => array( 'page' => 1, 'post' => 3 ) ), array_intersect_key( $this->counts(), array( 'purged' => 0, 'trashed' => 0 ) ), $lane );
		}
	}

	/** What the last job has counted. */
	private function counts(): array {
		$jobs   = $this->jobs( 'counts' );
		$counts = json_decode( end( $jobs )[0], true );
		ksort( $counts['purged'] );
		return $counts;
	}
}
