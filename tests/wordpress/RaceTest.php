<?php
/**
 * Does it make a difference how many runners there are?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Chaos\State;

require_once __DIR__ . '/JobsTestCase.php';
require_once dirname( __DIR__ ) . '/chaos/State.php';

/**
 * Several processes begin at the same moment with one queue. WPF_RUNNERS says how many, in one number or several.
 */
final class RaceTest extends JobsTestCase {

	private const USERS = 100;

	private const RUNNERS = '4';

	/** Posts of users that have terms in common, so that runners meet in their rows. */
	private const POSTS = 2;

	private const OPTIONS = array( 'time' => Fixture::DELETED );

	/**
	 * Each user is deleted once and heard of once, and all that is left is what one runner leaves who is alone.
	 *
	 * @dataProvider newest
	 */
	public function test_runners_share_a_queue( string $suite ): void {
		$this->begin( $suite );
		$users  = $this->users( self::USERS, self::POSTS );
		$this->enqueue( $users );
		$before = State::of( $this->site );
		$alone  = $this->site;
		foreach ( preg_split( '/\D+/', getenv( 'WPF_RUNNERS' ) ?: self::RUNNERS ) as $runners ) {
			$this->site = $alone->copy( Fixture::name( "$suite race" ) );
			$this->assert_done( $this->race( (int) $runners ), (int) $runners, $users );
			$states[ $runners ] = $this->left( $before );
			$this->site->drop();
		}
		$this->site = $alone;
		$this->assert_done( $this->race( 1 ), 1, $users );
		if ( ! ParityScenario::has_extension() ) {
			// WordPress adds a revision to each post, and its number says who came first.
			return;
		}
		$expected = $this->left( $before );
		foreach ( $states as $runners => $state ) {
			self::assertSame( array(), array_slice( ParitySnapshot::differences( $before, $expected, $state ), 0, 10 ), "$runners runners" );
		}
	}

	/**
	 * What is left, without what depends on who goes first: which of the posts of one name gets which number (D10; nor does
	 * WordPress keep two processes from choosing the same), and whose job was the one to change a term's count.
	 */
	private function left( array $before ): array {
		$state = State::of( $this->site, $before );
		foreach ( $state['posts'] as &$post ) {
			$post['post_name'] = preg_replace( '/__trashed(-\d+)?$/', '__trashed-#', $post['post_name'] );
		}
		foreach ( $state['wpf_deletions'] as &$job ) {
			unset( $job['counts']['rows']['term_taxonomy'] );
		}
		return $state;
	}

	/** @return int[] How many users each of them has deleted. */
	private function race( int $runners ): array {
		$gate  = $this->site->path() . '/gate';
		$waits = array();
		for ( $number = 0; $number < $runners; $number++ ) {
			$waits[] = $this->site->start( __DIR__ . '/scripts/jobs/calls.php', array( 'calls' => array( array( '\WpfDelete\Runner::work' ) ), 'log' => $this->site->path() . '/hooks', 'gate' => $gate ), self::OPTIONS );
		}
		for ( $deadline = microtime( true ) + 60; count( glob( "$gate-*" ) ) < $runners && microtime( true ) < $deadline; ) {
			usleep( 500 );
		}
		touch( $gate );
		return array_map( static fn ( $wait ) => $wait()['results'][0], $waits );
	}

	private function assert_done( array $shares, int $runners, array $users ): void {
		self::assertSame( self::USERS, array_sum( $shares ), "$runners runners" );
		if ( $runners > 1 ) {
			self::assertGreaterThan( 1, count( array_filter( $shares ) ), 'One runner has done it all.' );
		}
		self::assertSame( array( array( 'done', null, null ) ), array_values( array_unique( $this->jobs( 'state, is_open, last_error' ), SORT_REGULAR ) ), "$runners runners" );
		$expected = array();
		foreach ( $users as $user ) {
			array_push( $expected, "delete_user $user", "deleted_user $user" );
		}
		self::assertEqualsCanonicalizing( $expected, $this->hooks() );
		// WordPress writes its calendar as a whole: one process may bring back the event that another has taken off. Whom it
		// calls finds nothing to do.
		self::assertSame( array( 0 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), array(), self::OPTIONS )['results'] );
		$this->assert_gone( $users, self::POSTS );
	}
}
