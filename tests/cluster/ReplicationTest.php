<?php
/**
 * Does a deletion leave replicas the time to follow, and what is there?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Cluster;

use WpfDelete\Tests\Support\Child;
use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\WordPress\Fixture;
use WpfDelete\Tests\WordPress\JobsTestCase;
use WpfDelete\Tests\WordPress\ParityScenario;

require_once dirname( __DIR__ ) . '/support/Child.php';
require_once dirname( __DIR__ ) . '/wordpress/JobsTestCase.php';
require_once __DIR__ . '/Node.php';
require_once __DIR__ . '/Blog.php';

/**
 * On a primary with two replicas (replicas.sh). WPF_POSTS says how many posts an author has whose replica is slow; the
 * group `long` is about what takes its time.
 */
final class ReplicationTest extends JobsTestCase {

	private const POSTS = 5000;

	/** Seconds that a replica may be behind: the plugin's own. */
	private const LIMIT = 2;

	/** Seconds of a batch: the slow one has a chance once in a little more than a second, in which it does one at least. */
	private const TOLERANCE = 1.3;

	/** @var Node[] */
	private static array $replicas;

	private static Node $primary;

	public static function setUpBeforeClass(): void {
		$folder         = dirname( (string) getenv( 'WPF_STACK' ) );
		self::$primary  = new Node( "$folder/primary" );
		self::$replicas = array( new Node( "$folder/replica1" ), new Node( "$folder/replica2" ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_replicas_end_identical( string $suite ): void {
		$this->assert_replicated( $suite, 'STATEMENT', 'delete' );
	}

	/**
	 * @group long
	 * @dataProvider logs
	 */
	public function test_replicas_end_identical_whatever_the_log( string $suite, string $format, string $deletion ): void {
		$this->assert_replicated( $suite, $format, $deletion );
	}

	/** Whatever the primary logs, the replicas do the same. */
	private function assert_replicated( string $suite, string $format, string $deletion ): void {
		self::$primary->connect()->query( "SET GLOBAL binlog_format = '$format'" );
		$scenario   = ParityScenario::named( $suite, $deletion );
		$this->site = $scenario->copy( Fixture::name( 'log ' . strtolower( $format ) ) );
		$order      = array( 'source' => 'cli' ) + ( 'reassign' === $deletion ? array( 'reassign' => 1 ) : array() );
		$run        = $this->work( array( array( '\WpfDelete\Queue::enqueue', Fixture::on( $suite )->victim(), $order ), array( '\WpfDelete\Runner::work' ) ) );
		self::assertSame( 1, $run['results'][1] );
		self::assertSame( 0, $this->rows( 'users WHERE ID = ' . Fixture::on( $suite )->victim() ) );
		$this->assert_identical();
		self::$primary->connect()->query( "SET GLOBAL binlog_format = 'MIXED'" );
	}

	public static function logs(): iterable {
		foreach ( self::newest() as $suite => $newest ) {
			foreach ( array( 'STATEMENT', 'MIXED', 'ROW' ) as $format ) {
				foreach ( array( 'delete', 'reassign' ) as $deletion ) {
					yield "$format $deletion" => array( $suite, $format, $deletion );
				}
			}
		}
	}

	/**
	 * One of the two replicas is slow. It is waited for, or, where the site does not name it, it falls behind.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_a_slow_replica_is_waited_for( string $suite ): void {
		$this->begin( $suite );
		$posts = (int) ( getenv( 'WPF_POSTS' ) ?: self::POSTS );
		Blog::write( $this->site->database(), array( 100, 200 ), $posts );
		$this->wait_for_replicas();

		list( $kept, $seconds )     = $this->lag_while( fn () => $this->delete_author( 100, $this->named() ) );
		list( $exceeded, $without ) = $this->lag_while( fn () => $this->delete_author( 200, array() ) );
		fwrite( STDERR, sprintf( "replication: %d posts in %.1f s with the slow replica at most %.1f s behind; in %.1f s and %.1f s behind when it is not named\n", $posts, $seconds, $kept, $without, $exceeded ) );

		self::assertLessThanOrEqual( self::LIMIT + self::TOLERANCE, $kept );
		self::assertGreaterThan( self::LIMIT + self::TOLERANCE, $exceeded, 'It is not slow enough to prove anything.' );
		foreach ( array( 100, 200 ) as $author ) {
			self::assertSame( 0, $this->rows( "users WHERE ID = $author" ) );
			self::assertSame( $posts, $this->rows( "posts WHERE post_author = $author AND post_status = 'trash'" ) );
		}
		$this->assert_identical();
	}

	/**
	 * @dataProvider newest
	 */
	public function test_a_replica_that_has_stopped( string $suite ): void {
		$this->assert_unknown( $suite, 'stopped', 'its replication has stopped' );
	}

	/**
	 * @group long
	 * @dataProvider out_of_order
	 */
	public function test_a_replica_that_does_not_tell( string $suite, string $how, string $expected ): void {
		$this->assert_unknown( $suite, $how, $expected );
	}

	/** What nobody knows may be far behind: the job stops and says why, without a name or a password. */
	private function assert_unknown( string $suite, string $how, string $expected ): void {
		$this->begin( $suite );
		$users   = $this->users( 1 );
		$replica = self::$replicas[1]->connect();
		$this->wait_for_replicas();
		$this->enqueue( $users );
		list( $break, $mend, $address ) = array(
			'stopped'   => array( array( 'STOP SLAVE SQL_THREAD' ), array( 'START SLAVE SQL_THREAD' ), self::$replicas[1]->host() ),
			'none'      => array( array( 'STOP SLAVE', 'RESET SLAVE ALL' ), array( $this->source(), 'START SLAVE' ), self::$replicas[1]->host() ),
			'away'      => array( array(), array(), '127.0.0.1:1' ),
			'forbidden' => array(
				array( 'STOP SLAVE SQL_THREAD', "REVOKE REPLICA MONITOR, SUPER ON *.* FROM 'wp'@localhost" ),
				array( "GRANT REPLICA MONITOR, SUPER ON *.* TO 'wp'@localhost", 'START SLAVE SQL_THREAD' ),
				self::$replicas[1]->host(),
			),
			'stranger'  => array( array( "RENAME USER 'wp'@localhost TO 'away'@localhost" ), array( "RENAME USER 'away'@localhost TO 'wp'@localhost" ), self::$replicas[1]->host() ),
		)[ $how ];
		$filters = array( 'wpf_delete_replicas' => array( self::$replicas[0]->host(), $address ) );
		array_map( array( $replica, 'query' ), $break );
		$run = $this->work( array( array( '\WpfDelete\Runner::work' ) ), array( 'seconds' => 2 ) + compact( 'filters' ) );
		array_map( array( $replica, 'query' ), $mend );

		self::assertSame( array( array( 1, 'wpf_delete_replica_unknown' ) ), $run['left'] );
		self::assertLessThan( 4, $run['seconds'] );
		list( $state, $wait, $error ) = $this->jobs( 'state, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), due), last_error' )[0];
		self::assertSame( 'queued', $state );
		self::assertEqualsWithDelta( 60, $wait, 2 );
		self::assertStringContainsString( $address, $error );
		self::assertStringContainsString( $expected, $error );
		self::assertStringNotContainsString( 'pass', $error );
		self::assertSame( 4, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'publish'" ) );

		$this->make_due();
		$this->wait_for_replicas();
		self::assertSame( array( 1 ), $this->work( array( array( '\WpfDelete\Runner::work' ) ), $this->named() )['results'] );
		$this->assert_gone( $users );
	}

	public static function out_of_order(): iterable {
		foreach ( self::newest() as $suite => $newest ) {
			yield 'none' => array( $suite, 'none', 'it is no replica' );
			yield 'away' => array( $suite, 'away', 'it does not answer (error 2002)' );
			yield 'forbidden' => array( $suite, 'forbidden', 'GRANT REPLICA MONITOR' );
			yield 'stranger' => array( $suite, 'stranger', 'it does not let in the account of DB_USER (error 1045)' );
		}
	}

	/** Where a replica replicates from, as replicas.sh says. */
	private function source(): string {
		return "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = " . self::$primary->row( 'SELECT @@port AS port' )['port'] . ", MASTER_USER = 'replica', MASTER_PASSWORD = '', MASTER_CONNECT_RETRY = 1, MASTER_USE_GTID = slave_pos";
	}

	/** Deletes an author, as a runner does. */
	private function delete_author( int $author, array $arguments ): void {
		$this->enqueue( array( $author ) );
		$run = $this->work( array( array( '\WpfDelete\Runner::work' ) ), $arguments );
		self::assertSame( array( 1 ), $run['results'] );
	}

	/** With the replicas named. */
	private function named(): array {
		return array( 'filters' => array( 'wpf_delete_replicas' => array_map( static fn ( $replica ) => $replica->host(), self::$replicas ) ) );
	}

	/** Calls in one process, without a rest between batches; see scripts/work.php. */
	private function work( array $calls, array $arguments = array() ): array {
		$arguments['filters'] = ( $arguments['filters'] ?? array() ) + array( 'wpf_delete_pace' => 1.0, 'wpf_delete_transaction_seconds' => 0.2 );
		return $this->site->run( __DIR__ . '/scripts/work.php', compact( 'calls' ) + $arguments );
	}

	/**
	 * Does something while the first replica is slow.
	 *
	 * @return array{float, float} By how many seconds it was behind at most, until it has followed; how long that something took.
	 */
	private function lag_while( callable $work ): array {
		$file    = tempnam( $this->site->path(), 'lag' );
		$sockets = array_map( static fn ( $node ) => substr( $node->host(), strlen( 'localhost:' ) ), array( self::$primary, self::$replicas[0] ) );
		$name    = $this->site->database()->query( 'SELECT DATABASE()' )->fetch_row()[0];
		$log     = $this->site->path() . '/children';
		$beat    = new Child( array( PHP_BINARY, __DIR__ . '/scripts/beat.php', $sockets[0], $sockets[1], $file ), $log );
		$beat->wait_until( static fn () => '' !== file_get_contents( $file ) );
		$hold  = new Child( array( PHP_BINARY, __DIR__ . '/scripts/hold.php', $sockets[1], $name ), $log );
		$began = microtime( true );
		$work();
		$seconds = microtime( true ) - $began;
		$this->wait_for_replicas();
		$hold->stop();
		$beat->stop();
		return array( max( array_map( static fn ( $line ) => (float) explode( ' ', $line )[1], file( $file ) ) ), $seconds );
	}

	/** Until both have done what the primary has. */
	private function wait_for_replicas(): void {
		$position = self::$primary->row( 'SELECT @@gtid_binlog_pos AS position' )['position'];
		foreach ( self::$replicas as $replica ) {
			self::assertSame( array( 'failed' => '0' ), $replica->row( "SELECT MASTER_GTID_WAIT('$position', 600) AS failed" ) );
		}
	}

	/** Every table and row is on each replica as on the primary. */
	private function assert_identical(): void {
		$this->wait_for_replicas();
		$name = $this->site->database()->query( 'SELECT DATABASE()' )->fetch_row()[0];
		self::assertStringContainsString( 'INSERT INTO `wp_options`', file_get_contents( self::$primary->dump( $name ) ) );
		foreach ( self::$replicas as $replica ) {
			self::assertSame( '', $replica->difference( self::$primary, $name ), $replica->folder );
		}
	}
}
