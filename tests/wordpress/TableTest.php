<?php
/**
 * Is the table of deletions there when it is needed, and gone only when the owner wants that?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Activation makes it; whatever happens to it later is made good when it is next needed.
 */
final class TableTest extends JobsTestCase {

	/**
	 * @dataProvider suites
	 */
	public function test_activation_makes_it( string $suite ): void {
		$this->begin( $suite );
		self::assertSame( 0, $this->rows( 'wpf_deletions' ) );
		$table = $this->site->database()->query( "SHOW TABLE STATUS LIKE 'wp_wpf_deletions'" )->fetch_assoc();
		self::assertSame( 'InnoDB', $table['Engine'] );
		self::assertSame( '3', $this->site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'wpf_delete_table'" )->fetch_row()[0] );
	}

	/**
	 * A plugin that was updated by hand is not activated again.
	 *
	 * @dataProvider newest
	 */
	public function test_several_requests_make_it_at_once( string $suite ): void {
		$this->begin( $suite );
		$before = $this->columns();
		$this->query( 'DROP TABLE wp_wpf_deletions' );
		$this->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_table'" );
		$waits = array();
		for ( $number = 0; $number < 4; $number++ ) {
			$waits[] = $this->site->start( __DIR__ . '/scripts/jobs/calls.php', array( 'calls' => array( array( '\WpfDelete\Table::is_ready' ) ) ) );
		}
		foreach ( $waits as $wait ) {
			self::assertSame( array( true ), $wait()['results'] );
		}
		self::assertSame( $before, $this->columns() );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_a_user_has_one_open_job( string $suite ): void {
		$this->begin( $suite );
		list( $user, $other ) = $this->users( 2 );
		self::assertSame( array( 1, 1, 2 ), array_map( 'intval', $this->enqueue( array( $user, $user, $other ) ) ) );
		// Processes that ask at the same moment get the same one.
		$this->query( 'DELETE FROM wp_wpf_deletions' );
		$waits = array();
		for ( $number = 0; $number < 4; $number++ ) {
			$waits[] = $this->site->start( __DIR__ . '/scripts/jobs/calls.php', array( 'calls' => array( array( '\WpfDelete\Queue::enqueue', $user, array( 'source' => 'cli' ) ) ) ) );
		}
		$ids = array_map( static fn ( $wait ) => $wait()['results'][0], $waits );
		self::assertCount( 1, array_unique( $ids ) );
		self::assertSame( 1, $this->rows( 'wpf_deletions' ) );
		self::assertSame( 1, $this->rows( "usermeta WHERE user_id = $user AND meta_key = '_wpf_delete_job'" ) );
	}

	/**
	 * Login and address can be recognised by whoever knows them, and read by nobody.
	 *
	 * @dataProvider newest
	 */
	public function test_nothing_of_a_person_stays( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$login = $this->site->database()->query( "SELECT user_login FROM wp_users WHERE ID = {$users[0]}" )->fetch_row()[0];
		$this->enqueue( $users, array( 'source' => 'cli', 'cause' => 'REMOVE USER' ) );
		$hash = $this->call( array( array( '\WpfDelete\Queue::hash', strtoupper( $login ) ), array( '\WpfDelete\Runner::work' ) ) )['results'][0];
		$this->assert_gone( $users );
		$row = $this->site->database()->query( 'SELECT * FROM wp_wpf_deletions' )->fetch_assoc();
		self::assertSame( array( $hash, 'cli', 'REMOVE USER', 'done', 'deleted_user', null ), array( $row['login_hash'], $row['source'], $row['cause'], $row['state'], $row['phase'], $row['is_open'] ) );
		self::assertStringNotContainsString( $login, implode( ' ', $row ) );
		self::assertSame( array( null, null, null, null ), array( $row['resume'], $row['unsettled'], $row['attachments'], $row['person'] ) );
		self::assertSame( array( 'trashed' => array( 'page' => 1, 'post' => 3 ) ), array_map( static fn ( $of ) => array_map( 'intval', $of ), array_diff_key( $this->sorted( json_decode( $row['counts'], true ) ), array( 'rows' => 0 ) ) ) );
		foreach ( array( 'created', 'started', 'finished' ) as $when ) {
			self::assertLessThan( 300, abs( strtotime( "{$row[ $when ]} UTC" ) - time() ), $when );
		}
	}

	/**
	 * @dataProvider newest
	 */
	public function test_where_it_cannot_be_made_core_is_left_alone( string $suite ): void {
		$this->begin( $suite );
		list( $asked, $by_core ) = $this->users( 2 );
		$this->query( 'DROP TABLE wp_wpf_deletions' );
		$this->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_table'" );
		$site = $this->as_account( array( '*' => 'SELECT, INSERT, UPDATE, DELETE' ) );
		$run  = $site->run( __DIR__ . '/scripts/jobs/calls.php', array( 'calls' => array( array( '\WpfDelete\Table::is_ready' ), array( '\WpfDelete\delete_user', $asked ), array( 'wp_delete_user', $by_core ) ) ) );
		self::assertSame( array( false, false, true ), $run['results'] );
		self::assertSame( 1, $this->rows( "users WHERE ID = $asked" ) );
		$this->assert_gone( array( $by_core ) );
	}

	private function columns(): array {
		return array_column( $this->site->database()->query( 'SHOW COLUMNS FROM wp_wpf_deletions' )->fetch_all(), 0 );
	}

	private function sorted( array $counts ): array {
		array_walk( $counts, static fn ( &$of ) => ksort( $of ) );
		return $counts;
	}
}
