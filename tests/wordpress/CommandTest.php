<?php
/**
 * Do the commands do what they say, and end as scripts need it?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * WP-CLI is a stand-in that records, scripts/jobs/wp-cli.php.
 */
final class CommandTest extends JobsTestCase {

	/**
	 * @dataProvider newest
	 */
	public function test_a_plan_is_printed( string $suite ): void {
		$this->begin( $suite );
		list( $user, $other ) = $this->users( 2, 5 );
		$before               = $this->site->snapshot()['tables'];
		$run                  = $this->command(
			array(
				array( 'plan', array( (string) $user ), array() ),
				array( 'plan', array( "many-$user", (string) $other ), array( 'format' => 'csv' ) ),
				array( 'plan', array( "many-$user@example.test" ), array( 'format' => 'json', 'permanent' => true ) ),
				array( 'delete', array( (string) $user ), array( 'dry-run' => true, 'format' => 'yaml', 'reassign' => "many-$other" ) ),
			),
			array( 'plan' => array( $user, array( 'permanent' => true ) ) )
		);
		self::assertSame( array( 0, 0, 0, 0 ), array_column( $run['runs'], 'code' ) );
		list( $table, $csv, $json, $yaml ) = array_column( $run['runs'], 'said' );

		self::assertSame( array( 'table', array( array( "many-$user", 'page', 'trash', 1 ), array( "many-$user", 'post', 'trash', 5 ) ) ), array( $table[0][0], array_map( static fn ( $row ) => array_slice( array_values( $row ), 0, 4 ), $table[0][1] ) ) );
		$lines = array_column( array_slice( $table, 1 ), 1 );
		self::assertSame( array( '', "many-$user (user $user):", ParityScenario::has_extension() ? 'links: 1 rows deleted, 0 changed, 0 new' : 'links: 1' ), array_values( array_filter( array_map( 'trim', $lines ), static fn ( $line ) => preg_match( '/^(many|links|files|$)/', $line ) ) ) );
		self::assertContains( '  6 comments by others go to the trash with their posts, and come back with them.', $lines );
		self::assertMatchesRegularExpression( '/^  about [\d.]+ s \(if it does/', end( $lines ) );
		if ( ParityScenario::has_extension() ) {
			self::assertContains( '  posts: 0 rows deleted, 6 changed, 0 new', $lines );
		}
		self::assertSame( array( 'csv', 4 ), array( $csv[0][0], count( $csv[0][1] ) ) );
		self::assertCount( 1, $csv );
		self::assertSame( array( array( 'json', array( $run['plan'] ) ) ), $json );
		self::assertSame( array( 'reassign', $other, 'reassign' ), array( $yaml[0][1][0]['mode'], $yaml[0][1][0]['reassign'], $yaml[0][1][0]['types'][0]['action'] ) );
		self::assertSame( $before, $this->site->snapshot()['tables'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_users_go( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 5 );
		$run   = $this->command(
			array(
				array( 'delete', array( (string) $users[0], "many-{$users[1]}", "many-{$users[2]}@example.test", (string) $users[0] ), array( 'yes' => true ) ),
				array( 'delete', array( (string) $users[3] ), array( 'yes' => true, 'permanent' => true, 'format' => 'json' ) ),
				array( 'delete', array( (string) $users[4] ), array( 'yes' => true, 'reassign' => '1', 'format' => 'csv' ) ),
			)
		);
		self::assertSame( array( 0, 0, 0 ), array_column( $run['runs'], 'code' ) );
		$gone = static fn ( array $users ) => array_map( static fn ( $user ) => array( 'id' => $user, 'login' => "many-$user", 'result' => 'deleted', 'reason' => '' ), $users );
		self::assertSame( array( 'table', $gone( array_slice( $users, 0, 3 ) ) ), end( $run['runs'][0]['said'] ) );
		self::assertSame( array( array( 'json', $gone( array( $users[3] ) ) ) ), $run['runs'][1]['said'] );
		self::assertSame( array( array( 'csv', $gone( array( $users[4] ) ) ) ), $run['runs'][2]['said'] );
		$this->assert_gone( array_slice( $users, 0, 3 ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = {$users[3]}" ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = {$users[4]}" ) );
		self::assertSame( 4, $this->rows( 'posts WHERE post_author = 1 AND post_title LIKE "%of many-%"' ) );
		self::assertSame( array( array( 'cli', 'delete', 'done' ), array( 'cli', 'delete', 'done' ), array( 'cli', 'delete', 'done' ), array( 'cli', 'permanent', 'done' ), array( 'cli', 'reassign', 'done' ) ), $this->jobs( 'source, mode, state' ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_a_bar_grows_while_a_long_deletion_is_done( string $suite ): void {
		$this->begin( $suite );
		list( $user ) = $this->users( 1, 699 );
		$run          = $this->command( array( array( 'delete', array( (string) $user ), array( 'yes' => true ) ) ), array( 'listens' => true ) );

		list( $kind, list( $message, $count, $ticks ) ) = $run['runs'][0]['said'][0];
		self::assertSame( array( 'bar', "Deleting many-$user", 700 ), array( $kind, $message, $count ) );
		self::assertSame( 700, array_sum( $ticks ) );
		self::assertGreaterThan( 2, count( $ticks ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_who_is_asked_may_say_no( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 12, 1 );
		$run   = $this->command( array( array( 'delete', array( (string) $users[0], (string) $users[1] ), array() ), array( 'delete', array_map( 'strval', $users ), array() ) ), array( 'answer' => false ) );
		self::assertSame( array( array( 'confirm', "Delete many-{$users[0]}, many-{$users[1]}, and what they wrote (posts: 4)?" ) ), $run['runs'][0]['said'] );
		self::assertSame( array( array( 'confirm', 'Delete 12 users, and what they wrote (posts: 24)?' ) ), $run['runs'][1]['said'] );
		self::assertSame( 24, $this->rows( 'posts WHERE post_status = "publish" AND post_title LIKE "%of many-%"' ) );
		self::assertSame( array(), $this->jobs() );

		$run = $this->command( array( array( 'delete', array( (string) $users[0] ), array() ) ) );
		self::assertSame( 'confirm', $run['runs'][0]['said'][0][0] );
		$this->assert_gone( array( $users[0] ), 1 );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_users_on_the_standard_input( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 3, 1 );
		$input = array( 'input' => "{$users[0]}\n\n many-{$users[1]}\r\n" );
		$run   = $this->command( array( array( 'delete', array( '-' ), array() ) ), $input );
		self::assertSame( array( 1, array( array( 'error', 'With users on the standard input nobody can answer there: say --yes.' ) ) ), array( $run['runs'][0]['code'], $run['runs'][0]['said'] ) );
		self::assertSame( array(), $this->jobs() );
		$run = $this->command( array( array( 'delete', array( (string) $users[2], '-' ), array( 'yes' => true ) ) ), $input );
		self::assertSame( 0, $run['runs'][0]['code'] );
		$this->assert_gone( $users, 1 );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_what_is_not_done_is_told_by_the_exit_code( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 2, 1 );
		$run   = $this->command(
			array(
				array( 'delete', array( 'nobody', (string) $users[0], '1' ), array( 'yes' => true, 'format' => 'json' ) ),
				array( 'plan', array( '4711' ), array( 'format' => 'json' ) ),
				array( 'delete', array( (string) $users[1] ), array( 'yes' => true, 'reassign' => 'nobody' ) ),
				array( 'delete', array( (string) $users[1] ), array( 'yes' => true, 'reassign' => '1', 'permanent' => true ) ),
				array( 'delete', array( (string) $users[1] ), array( 'yes' => true, 'reassign' => (string) $users[1] ) ),
			)
		);
		self::assertSame( array( 2, 2, 1, 1, 2 ), array_column( $run['runs'], 'code' ) );
		self::assertSame( array( 'warning', 'There is no user “nobody”.' ), $run['runs'][0]['said'][0] );
		self::assertSame( array( 'deleted', 'refused' ), array_column( $run['runs'][0]['said'][1][1], 'result' ) );
		self::assertSame( 'This is the last administrator of the site.', $run['runs'][0]['said'][1][1][1]['reason'] );
		self::assertSame( array( array( 'warning', 'There is no user “4711”.' ), array( 'json', array() ) ), $run['runs'][1]['said'] );
		self::assertSame( 2, $this->rows( "posts WHERE post_author = {$users[1]} AND post_status = 'publish'" ) );

		$this->query( "INSERT INTO wp_options ( option_name, option_value, autoload ) VALUES ( 'wpf_delete_disabled', '1', 'no' )" );
		$run = $this->command( array( array( 'delete', array( (string) $users[1] ), array( 'yes' => true, 'format' => 'json' ) ), array( 'status', array(), array() ) ) );
		self::assertSame( 2, $run['runs'][0]['code'] );
		self::assertSame( array( 'failed', 'Deletions are switched off.' ), array_values( array_intersect_key( $run['runs'][0]['said'][0][1][0], array( 'result' => 1, 'reason' => 1 ) ) ) );
		self::assertContains( array( 'line', 'Deletions are switched off.' ), $run['runs'][1]['said'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_deletions_are_listed_and_looked_after( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 5, 1 );
		$this->enqueue( $users );
		$this->query( "UPDATE wp_wpf_deletions SET state = 'held', due = NULL, source = 'tag' WHERE id IN ( 2, 3 )" );
		$this->query( "UPDATE wp_wpf_deletions SET state = 'failed', due = NULL WHERE id = 4" );
		$this->query( 'UPDATE wp_wpf_deletions SET due = UTC_TIMESTAMP() + INTERVAL 1 DAY WHERE id = 5' );
		self::assertSame( array( true ), $this->call( array( array( '\\WpfDelete\\Settings::save', array( 'mode' => 'delete' ) ) ) )['results'] );
		$runs = $this->command(
			array(
				array( 'list', array(), array( 'format' => 'ids' ) ),
				array( 'list', array(), array( 'state' => 'held,failed', 'format' => 'count' ) ),
				array( 'list', array(), array( 'per-page' => '2', 'page' => '2' ) ),
				array( 'list', array(), array( 'search' => "many-{$users[3]}", 'format' => 'json' ) ),
				array( 'status', array(), array( 'format' => 'json' ) ),
				array( 'status', array( '4', '99', 'x' ), array( 'format' => 'json' ) ),
				array( 'cancel', array( '1' ), array() ),
				array( 'cancel', array( '1', '99' ), array() ),
				array( 'approve', array( '2' ), array() ),
				array( 'approve', array( '2' ), array() ),
				array( 'reject', array( '3' ), array() ),
				array( 'retry', array( '4', '5' ), array() ),
			)
		)['runs'];
		self::assertSame( array( 0, 0, 0, 0, 0, 2, 0, 2, 0, 2, 0, 2 ), array_column( $runs, 'code' ) );
		$said = array_column( $runs, 'said' );
		self::assertSame( array( array( 'line', '5 4 3 2 1' ) ), $said[0] );
		self::assertSame( array( array( 'line', '3' ) ), $said[1] );
		self::assertSame( array( 3, 2 ), array_column( $said[2][0][1], 'id' ) );
		self::assertSame( array( array( 4, $users[3], "many-{$users[3]}", 'failed', 'cli', 'delete', 0 ) ), array_map( static fn ( $row ) => array_slice( array_values( $row ), 0, 7 ), $said[3][0][1] ) );
		self::assertEqualsCanonicalizing( array( array( 'state' => 'queued', 'jobs' => 2 ), array( 'state' => 'held', 'jobs' => 2 ), array( 'state' => 'failed', 'jobs' => 1 ) ), $said[4][0][1] );
		self::assertSame( array( array( 'warning', '99: There is no such deletion on this site.' ), array( 'warning', 'x: There is no such deletion on this site.' ) ), array_slice( $said[5], 0, 2 ) );
		self::assertSame( array( 4 ), array_column( $said[5][2][1], 'id' ) );
		self::assertSame( array( array( 'success', 'Cancelled.' ) ), $said[6] );
		self::assertSame( array( array( 'success', 'Approved.' ) ), $said[8] );
		self::assertSame( array( array( 'success', 'Rejected.' ) ), $said[10] );
		self::assertSame( 'warning', $said[11][0][0] );
		// What was approved and what was tried again began when the command ended.
		self::assertSame( array( 'cancelled', 'done', 'cancelled', 'done', 'queued' ), array_column( $this->jobs(), 0 ) );
	}

	/** Runs commands; see scripts/jobs/command.php. */
	private function command( array $runs, array $arguments = array() ): array {
		return $this->site->run( __DIR__ . '/scripts/jobs/command.php', compact( 'runs' ) + $arguments );
	}
}
