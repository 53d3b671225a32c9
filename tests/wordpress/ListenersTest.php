<?php
/**
 * Does a deletion come to its end whatever its listeners do?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Listeners that throw, end the request, or use up all memory, on hooks of posts and of users.
 */
final class ListenersTest extends JobsTestCase {

	/**
	 * One who throws is recorded; all other hooks are heard, and everything goes.
	 *
	 * @dataProvider suites
	 */
	public function test_one_who_throws( string $suite ): void {
		$this->begin( $suite );
		$hooks = array( 'trashed_post', 'wp_trash_post', 'deleted_post', 'before_delete_post', 'deleted_user', 'clean_post_cache', 'delete_comment', 'edited_term_taxonomy', 'update_option_sticky_posts', 'delete_link', 'deleted_user_meta' );
		$users = TriggersTest::members( $this->site, array_fill_keys( array_map( static fn ( $hook ) => strtr( $hook, '_', '-' ), $hooks ), 'author' ) );
		foreach ( $hooks as $hook ) {
			$login = strtr( $hook, '_', '-' );
			$id    = $users[ $login ];
			$this->enqueue( array( $id ) );
			$this->call( array( array( 'stick_post', $this->first_post( $id ) ) ) );
			$run = $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( $hook => 'throw' ), 'listens' => true ) );
			if ( array( 1 ) !== $run['results'] ) {
				// What core has left half-way is not finished by core; the next attempt has no such listener.
				self::assertFalse( ParityScenario::has_extension(), "$hook: " . json_encode( $run ) );
				$this->make_due();
				self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'listens' => true ) )['results'], $hook );
			}
			TriggersTest::assert_gone( $this->site, $id, $login );
			list( $state, $error ) = $this->site->database()->query( "SELECT state, last_error FROM wp_wpf_deletions WHERE user_id = $id" )->fetch_row();
			self::assertSame( 'done', $state );
			self::assertMatchesRegularExpression( '/LogicException|wpf_delete_listener/', $error, $hook );
			self::assertStringNotContainsString( 'secret', $error );
			$heard = array_count_values( array_map( static fn ( $line ) => strtok( $line, ' ' ), $this->hooks() ) );
			self::assertSame( array( 1, 1 ), array( $heard['delete_user'], $heard['deleted_user'] ), $hook );
			if ( ParityScenario::has_extension() ) {
				self::assertSame( 3, $heard['trashed_post'], $hook );
			}
		}
	}

	/**
	 * In core's own lane a post is left in pieces when a listener throws; it goes all the same.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_one_who_throws_in_cores_lane( string $suite ): void {
		$this->begin( $suite );
		foreach ( array( 'before_delete_post', 'delete_attachment', 'deleted_post_meta', 'wp_trash_post', 'transition_post_status' ) as $hook ) {
			$login = strtr( $hook, '_', '-' );
			$id    = TriggersTest::members( $this->site, array( $login => 'author' ) )[ $login ];
			$this->enqueue( array( $id ) );
			self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( $hook => 'throw' ), 'lane' => 'core' ) )['results'], $hook );
			TriggersTest::assert_gone( $this->site, $id, $login );
			self::assertStringContainsString( 'LogicException', $this->site->database()->query( "SELECT last_error FROM wp_wpf_deletions WHERE user_id = $id" )->fetch_row()[0] );
		}
	}

	/**
	 * Before anything is gone, who throws or ends the request may mean no: nothing is deleted, and it is tried again.
	 *
	 * @dataProvider newest
	 */
	public function test_one_who_forbids_it( string $suite ): void {
		$this->begin( $suite );
		list( $user ) = $this->users( 1 );
		$this->enqueue( array( $user ) );
		foreach ( array( 'throw' => array(), 'exit' => array( 'dies' => true ) ) as $how => $options ) {
			$this->make_due();
			$this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( 'delete_user' => $how ) ), $options );
			self::assertSame( array( array( 'queued', '' ) ), $this->jobs( 'state, phase' ), $how );
			self::assertSame( 4, $this->rows( "posts WHERE post_author = $user AND post_status = 'publish'" ) );
		}
		self::assertStringContainsString( 'delete_user', $this->jobs( 'last_error' )[0][0] );
	}

	/**
	 * Afterwards, whoever takes the job up goes on where it stopped.
	 *
	 * @dataProvider newest
	 */
	public function test_one_who_ends_the_request( string $suite ): void {
		$this->begin( $suite );
		$ends = array(
			'exit'   => array( 'dies' => true ),
			'memory' => array( 'dies' => true, 'memory' => '128M', 'ignore' => '/Allowed memory size|Possible integer overflow/' ),
			'time'   => array( 'dies' => true, 'ignore' => '/Maximum execution time/' ),
			'kill'   => array( 'dies' => true ),
		);
		foreach ( $ends as $how => $options ) {
			foreach ( array( 'trashed_post', 'deleted_user' ) as $hook ) {
				list( $user ) = $this->users( 1, 4 );
				$this->enqueue( array( $user ) );
				$this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( $hook => "$how 1" ) ), $options );
				list( $state, $error, $phase ) = $this->site->database()->query( "SELECT state, last_error, phase FROM wp_wpf_deletions WHERE user_id = $user" )->fetch_row();
				self::assertSame( array( 'kill' === $how ? 'running' : 'queued', 'trashed_post' === $hook ? 'trash' : 'deleted_user' ), array( $state, $phase ), "$how $hook" );
				if ( 'kill' !== $how ) {
					self::assertStringContainsString( $hook, $error );
					self::assertStringContainsString( 'exit' === $how ? 'exit' : 'calls.php', $error );
				}
				$this->make_due();
				self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'], "$how $hook" );
				$this->assert_gone( array( $user ), 4 );
				self::assertSame( array( "delete_user $user", "deleted_user $user" ), $this->hooks(), "$how $hook" );
			}
		}
	}

	private function first_post( int $user ): int {
		return (int) $this->site->database()->query( "SELECT MIN(ID) FROM wp_posts WHERE post_author = $user AND post_type = 'post' AND post_status = 'publish'" )->fetch_row()[0];
	}
}
