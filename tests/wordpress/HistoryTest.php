<?php
/**
 * Is everything found that was asked for, and is it told how far it is?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/AdminTestCase.php';

/**
 * Search, order, pages and progress of the history. What it looks like on the page is AdminPagesTest's.
 */
final class HistoryTest extends AdminTestCase {

	private function find( array $query ): array {
		return $this->call( array( array( '\WpfDelete\History::find', $query ) ) )['results'][0];
	}

	/** Ids that are found, and how many there are in all. */
	private function found( array $query ): array {
		$found = $this->find( $query );
		return array( array_column( $found['items'], 'id' ), $found['total'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_search_order_and_pages( string $suite ): void {
		$this->begin( $suite );
		list( $anna, $bert, $gone ) = $this->users( 3, 0 );
		$this->query( "UPDATE wp_users SET user_login = 'anna', user_email = 'a%a@example.test', display_name = 'Anna 100%' WHERE ID = $anna" );
		$this->query( "UPDATE wp_users SET user_login = '7', user_email = 'bert@example.test', display_name = 'Bert' WHERE ID = $bert" );
		$this->enqueue( array( $gone ) );
		$this->query( 'UPDATE wp_wpf_deletions SET due = due + INTERVAL 1 HOUR' );
		foreach ( array( array( $anna, 'done' ), array( $anna, 'held' ), array( $bert, 'failed' ), array( 7, 'done' ), array( $bert, 'cancelled', array( 'is_open' => 1, 'phase' => 'purge', 'site_id' => 1 ) ), array( $anna, 'held', array( 'site_id' => 2 ) ) ) as $number => $job ) {
			if ( 4 === $number ) {
				$job[0] = 999;
			}
			$this->job( ...$job );
		}
		self::assertSame( array( array( 6, 5, 4, 3, 2, 1 ), 6 ), $this->found( array() ), 'Another site’s is not among them.' );
		self::assertSame( array( array( 1, 2 ), 6 ), $this->found( array( 'order' => 'ASC', 'per_page' => 2 ) ) );
		self::assertSame( array( array( 5, 6 ), 6 ), $this->found( array( 'order' => 'ASC', 'per_page' => 2, 'page' => 3 ) ) );
		self::assertSame( array( array(), 6 ), $this->found( array( 'page' => 99 ) ) );
		self::assertSame( array( array( 3, 2 ), 2 ), $this->found( array( 'search' => 'ann' ) ) );
		self::assertSame( array( array( 3, 2 ), 2 ), $this->found( array( 'search' => '100%' ) ) );
		self::assertSame( array( array( 3, 2 ), 2 ), $this->found( array( 'search' => 'a%a@' ) ), 'Nothing in it is a wildcard.' );
		self::assertSame( array( array(), 0 ), $this->found( array( 'search' => 'a_na' ) ) );
		self::assertSame( array( array( 5, 4 ), 2 ), $this->found( array( 'search' => '7' ) ), 'By id, and by login.' );
		self::assertSame( array( array( 3, 2 ), 2 ), $this->found( array( 'search' => (string) $anna ) ) );
		self::assertSame( array( array( 5, 2 ), 2 ), $this->found( array( 'state' => array( 'done' ) ) ) );
		self::assertSame( array( array( 6, 4, 3, 1 ), 4 ), $this->found( array( 'open' => true ) ) );
		self::assertSame( array( array( 3 ), 1 ), $this->found( array( 'id' => 3 ) ) );
		self::assertSame( array( array(), 0 ), $this->found( array( 'id' => 7 ) ) );

		// Whose account is gone is found by what was kept: the whole login or address, in any case.
		$login = "many-$gone";
		self::assertSame( array( array( 1 ), 1 ), $this->found( array( 'search' => $login ) ) );
		$this->query( "DELETE FROM wp_users WHERE ID = $gone" );
		foreach ( array( $login, strtoupper( $login ), "$login@example.test", (string) $gone ) as $search ) {
			self::assertSame( array( array( 1 ), 1 ), $this->found( array( 'search' => " $search " ) ), $search );
		}
		self::assertSame( array( array(), 0 ), $this->found( array( 'search' => 'many-' ) ) );
		$item = $this->find( array( 'id' => 1 ) )['items'][0];
		self::assertSame( array( null, null, $gone ), array( $item['user'], $item['name'], $item['user_id'] ) );
	}

	/**
	 * What can be done about a job is what is done when somebody asks for it.
	 *
	 * @dataProvider newest
	 */
	public function test_what_can_be_done_is_done( string $suite ): void {
		$this->begin( $suite );
		$states = array(
			array( 'held', array() ),
			array( 'queued', array() ),
			array( 'queued', array( 'phase' => 'purge', 'attempts' => 1 ) ),
			array( 'running', array( 'phase' => 'trash', 'owner' => 'x' ) ),
			array( 'running', array( 'phase' => 'user', 'owner' => 'x' ) ),
			array( 'failed', array( 'phase' => 'purge' ) ),
			array( 'failed', array( 'is_open' => null ) ),
			array( 'cancelled', array( 'is_open' => 1, 'phase' => 'purge' ) ),
			array( 'cancelled', array() ),
			array( 'done', array() ),
			array( 'observed', array() ),
			array( 'refused', array() ),
		);
		$can = array();
		foreach ( array( 'delete', 'observe' ) as $mode ) {
			$this->settings( array( 'mode' => $mode ) );
			$this->query( 'DELETE FROM wp_wpf_deletions' );
			$asked = array();
			foreach ( $states as $number => list( $state, $columns ) ) {
				foreach ( array( 'cancel', 'retry', 'approve', 'reject', 'run' ) as $action ) {
					$asked[] = array( $number, $action, $this->job( 1000 + count( $asked ), $state, $columns ) );
				}
			}
			$calls = array();
			foreach ( $asked as list( , $action, $id ) ) {
				array_push( $calls, array( '\WpfDelete\History::item', $id ), array( '\WpfDelete\Actions::on_job', $action, $id ), array( '\WpfDelete\History::item', $id ) );
			}
			foreach ( array_chunk( $this->call( $calls )['results'], 3 ) as $turn => list( $before, $result, $after ) ) {
				list( $number, $action ) = $asked[ $turn ];
				$what                    = "$mode, $action, $number: {$before['state']}";
				self::assertSame( in_array( $action, $before['can'], true ), is_array( $result ), $what );
				if ( is_array( $result ) ) {
					self::assertNotSame( array( $before['state'], $before['due'] ), array( $after['state'], $after['due'] ), $what );
				} else {
					self::assertSame( $before, $after, $what );
				}
				$can[ $mode ][ $number ] = $before['can'];
			}
		}
		self::assertSame(
			array( array( 'approve', 'reject' ), array( 'run', 'cancel' ), array( 'run', 'cancel' ), array( 'cancel' ), array(), array( 'retry', 'cancel' ), array(), array( 'retry' ), array(), array(), array(), array() ),
			$can['delete']
		);
		self::assertSame( array( array( 'reject' ) ) + $can['delete'], $can['observe'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_progress( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1, 400 );
		$this->enqueue( $users );
		self::assertNull( $this->find( array( 'id' => 1 ) )['items'][0]['progress'], 'It has not begun.' );
		$this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'cancel' => 'trashed_post', 'listens' => true, 'lane' => 'replay' ) );
		$this->call( array( array( '\WpfDelete\Queue::retry', 1 ) ) );
		$item = $this->find( array( 'id' => 1 ) )['items'][0];
		$gone = $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'trash'" );
		self::assertGreaterThan( 0, $gone );
		self::assertSame( array( 'done' => $gone, 'total' => 401 ), $item['progress'] );
		self::assertSame( $gone, $item['posts'] );
		$this->make_due();
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$item = $this->find( array( 'id' => 1 ) )['items'][0];
		self::assertSame( array( 'done', 401, null, null ), array( $item['state'], $item['posts'], $item['progress'], $item['user'] ) );
		if ( ParityScenario::has_extension() ) {
			self::assertGreaterThan( 401 * 3, $item['rows'] );
		} else {
			self::assertSame( 0, $item['rows'], 'Nobody counts what WordPress does.' );
		}
	}

	/**
	 * More rows than are read at a time.
	 *
	 * @dataProvider newest
	 */
	public function test_a_file_has_all_rows_once( string $suite ): void {
		$this->begin( $suite );
		$this->job( 1, 'done' );
		$this->query( "INSERT INTO wp_wpf_deletions (site_id, user_id, is_open, login_hash, email_hash, source, mode, state, created) SELECT 1, seq, NULL, '', '', 'cli', 'delete', 'done', '2026-01-01' FROM seq_1_to_1200" );
		$file  = $this->site->path() . '/history.csv';
		$this->site->run( __DIR__ . '/scripts/admin/csv.php', compact( 'file' ) );
		$lines = file( $file, FILE_IGNORE_NEW_LINES );
		self::assertCount( 1202, $lines );
		self::assertSame( range( 1201, 1 ), array_map( static fn( $line ) => (int) $line, array_slice( $lines, 1 ) ) );
	}
}
