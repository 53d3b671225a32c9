<?php
/**
 * Does a job wait when the site says that its replicas are behind, and does it still do what it is told meanwhile?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * The site knows by itself; what replicas say is tests/cluster/ReplicationTest.php.
 */
final class ThrottleTest extends JobsTestCase {

	private const WORK = array( '\WpfDelete\Runner::work' );

	/**
	 * @dataProvider newest
	 */
	public function test_a_job_waits_and_goes_on( string $suite ): void {
		$users = $this->waiting( $suite );
		// As much as is allowed is no reason to wait.
		$run = $this->work( array( self::WORK ), array( 'lags' => array( 9, 9.5, 2, 0, 0, 2.1, 2.0 ) ) );
		self::assertSame( array( 1 ), $run['results'] );
		self::assertGreaterThan( 0.4, $run['seconds'] );
		// WordPress's own way does all of so few posts after the third.
		self::assertGreaterThanOrEqual( ParityScenario::has_extension() ? 4 : 3, $run['looks'] );
		self::assertSame( array( array( 'done', null ) ), $this->jobs( 'state, last_error' ) );
		$this->assert_gone( $users );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_the_site_says_how_much_is_too_much( string $suite ): void {
		$users = $this->waiting( $suite );
		$run   = $this->work( array( self::WORK ), array( 'lags' => array( 99 ), 'filters' => array( 'wpf_delete_max_lag' => 100 ) ) );
		self::assertSame( array( 1 ), $run['results'] );
		$this->assert_gone( $users );
	}

	/**
	 * A request's time is over while it waits: the job goes on in another one, and nothing is an error.
	 *
	 * @dataProvider newest
	 */
	public function test_a_request_does_not_wait_beyond_its_time( string $suite ): void {
		$users = $this->waiting( $suite );
		$run   = $this->work( array( self::WORK ), array( 'lags' => array( 99 ), 'seconds' => 1 ) );
		self::assertSame( array( array( 1, 'wpf_delete_paused' ) ), $run['left'] );
		self::assertLessThan( 2, $run['seconds'] );
		list( $state, $attempts, $wait, $error ) = $this->jobs( 'state, attempts, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), due), last_error' )[0];
		self::assertSame( array( 'queued', '0' ), array( $state, $attempts ) );
		self::assertLessThanOrEqual( 0, $wait );
		self::assertSame( 'wpf_delete_replica_behind: A replica was 99 s behind, and the deletion has waited for it.', $error );
		$this->assert_untouched( $users );
		self::assertSame( array( 1 ), $this->work( array( self::WORK ), array( 'lags' => array( 0 ) ) )['results'] );
		$this->assert_gone( $users );
	}

	/**
	 * @dataProvider answers
	 */
	public function test_what_nobody_knows_is_an_error( string $suite, $answer, string $expected ): void {
		$users = $this->waiting( $suite );
		$run   = $this->work( array( self::WORK ), array( 'lags' => array( $answer ), 'seconds' => 1 ) );
		self::assertSame( array( array( 1, 'wpf_delete_replica_unknown' ) ), $run['left'] );
		list( $state, $attempts, $wait, $error ) = $this->jobs( 'state, attempts, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), due), last_error' )[0];
		self::assertSame( array( 'queued', '1' ), array( $state, $attempts ) );
		self::assertEqualsWithDelta( 60, $wait, 2 );
		self::assertStringStartsWith( "wpf_delete_replica_unknown: $expected", $error );
		self::assertStringNotContainsString( 'secret', $error );
		$this->assert_untouched( $users );
	}

	public static function answers(): iterable {
		foreach ( self::newest() as $suite => $newest ) {
			yield 'null' => array( $suite, null, 'The filter wpf_delete_lag does not know' );
			yield 'nothing of the kind' => array( $suite, 'a lot', 'The filter wpf_delete_lag does not know' );
			yield 'an exception' => array( $suite, 'throw', 'wpf_delete_lag: LogicException (' );
		}
	}

	/**
	 * @dataProvider newest
	 */
	public function test_the_switch_stops_whoever_waits( string $suite ): void {
		$users = $this->waiting( $suite );
		$run   = $this->work( array( self::WORK ), array( 'lags' => array( 99 ), 'at_look' => array( 2, array( 'update_option', 'wpf_delete_disabled', '1' ) ) ) );
		self::assertSame( array( array( 1, 'wpf_delete_paused' ) ), $run['left'] );
		self::assertSame( 2, $run['looks'] );
		$this->assert_untouched( $users );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_who_waits_is_called_off( string $suite ): void {
		$users = $this->waiting( $suite );
		$run   = $this->work( array( self::WORK ), array( 'lags' => array( 99 ), 'at_look' => array( 2, array( '\WpfDelete\Queue::cancel', 1 ) ) ) );
		self::assertSame( array( array( 1, 'wpf_delete_claimed' ) ), $run['left'] );
		self::assertSame( 2, $run['looks'] );
		self::assertSame( array( array( 'cancelled' ) ), $this->jobs() );
		$this->assert_untouched( $users );
	}

	/**
	 * Eleven seconds: the claim is renewed before it runs out, and the job says what it waits for.
	 *
	 * @dataProvider newest
	 */
	public function test_a_claim_is_renewed_by_whoever_waits( string $suite ): void {
		$users = $this->waiting( $suite );
		$run   = $this->work( array( self::WORK ), array( 'lags' => array_merge( array_fill( 0, 55, 99 ), array( 0 ) ) ) );
		self::assertSame( array( 1 ), $run['results'] );
		self::assertGreaterThan( 10, $run['seconds'] );
		// Of the 120.
		self::assertGreaterThanOrEqual( 108, $run['least'] );
		self::assertStringStartsWith( 'wpf_delete_replica_behind: ', $this->jobs( 'last_error' )[0][0] );
		$this->assert_gone( $users );
	}

	/**
	 * WordPress does not wait for ever in the middle of wp_delete_user(), and goes on without an error. What it does
	 * by itself does not wait at all.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_callers_of_wordpress_wait_for_ten_seconds( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 2 );
		$run   = $this->work( array( array( 'wp_delete_user', $users[0] ), array( 'wp_delete_user', $users[1] ) ), array( 'lags' => array( 99 ) ) );
		self::assertSame( array( true, true ), $run['results'] );
		self::assertGreaterThan( 9.5, $run['seconds'] );
		self::assertLessThan( 15, $run['seconds'] );
		$this->assert_gone( $users );
	}

	/**
	 * Others would have to wait for the rows that the caller's transaction holds.
	 *
	 * @dataProvider newest
	 */
	public function test_nobody_waits_inside_a_transaction( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$run   = $this->work( array( array( array( 'wpdb', 'query' ), 'START TRANSACTION' ), array( 'wp_delete_user', $users[0] ), array( array( 'wpdb', 'query' ), 'COMMIT' ) ), array( 'lags' => array( 99 ) ) );
		self::assertTrue( $run['results'][1] );
		self::assertLessThan( 5, $run['seconds'] );
		$this->assert_gone( $users );
	}

	/** A user whose deletion waits for a runner. */
	private function waiting( string $suite ): array {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		return $users;
	}

	/** Calls in one process; see tests/cluster/scripts/work.php. */
	private function work( array $calls, array $arguments ): array {
		return $this->site->run( dirname( __DIR__ ) . '/cluster/scripts/work.php', compact( 'calls' ) + $arguments );
	}

	private function assert_untouched( array $users ): void {
		self::assertSame( 4, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'publish'" ) );
	}
}
