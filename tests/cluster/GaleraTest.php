<?php
/**
 * Is a deletion whole, once, and on all nodes of a cluster the same?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Cluster;

use WpfDelete\Tests\Support\Child;
use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\WordPress\JobsTestCase;

require_once dirname( __DIR__ ) . '/support/Child.php';
require_once dirname( __DIR__ ) . '/wordpress/JobsTestCase.php';
require_once __DIR__ . '/Node.php';
require_once __DIR__ . '/Blog.php';

/**
 * On three nodes (galera.sh). WPF_POSTS says how many posts an author has in whose deletion a node is killed; the group
 * `long` is about what takes its time. What the engine makes of conflicts and limits is tests/rust/galera.rs.
 */
final class GaleraTest extends JobsTestCase {

	private const POSTS = 1500;

	/** Each of these loses a node and gets it back. */
	private const AUTHOR = 100;

	/** @var array<int, Node> */
	private static array $nodes;

	public static function setUpBeforeClass(): void {
		foreach ( array( 1, 2, 3 ) as $number ) {
			self::$nodes[ $number ] = new Node( dirname( (string) getenv( 'WPF_STACK' ) ) . "/node$number" );
		}
	}

	/**
	 * Runners on two nodes share a queue: each user is deleted once, and heard of once.
	 *
	 * @dataProvider newest
	 */
	public function test_runners_on_two_nodes_share_a_queue( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 30, 2 );
		$this->enqueue( $users );
		$waits = array();
		foreach ( array( 1, 2, 1, 2 ) as $node ) {
			$waits[] = $this->start( $node, array( array( '\WpfDelete\Runner::work' ) ), array( 'log' => $this->site->path() . '/hooks' ) );
		}
		$runs = array_map( static fn ( $wait ) => $wait()['results'][0], $waits );

		self::assertSame( 30, array_sum( $runs ) );
		self::assertGreaterThan( 0, $runs[0] + $runs[2], 'The second node has done it all.' );
		self::assertGreaterThan( 0, $runs[1] + $runs[3], 'The first node has done it all.' );
		self::assertSame( array( array( 'done', null ) ), array_values( array_unique( $this->jobs( 'state, is_open' ), SORT_REGULAR ) ) );
		$expected = array();
		foreach ( $users as $user ) {
			array_push( $expected, "delete_user $user", "deleted_user $user" );
		}
		self::assertEqualsCanonicalizing( $expected, $this->hooks() );
		$this->assert_gone( $users, 2 );
		$this->assert_identical();
	}

	/**
	 * A node dies in the middle, and another one is written to, beside the author's posts and right among them.
	 *
	 * @dataProvider newest
	 */
	public function test_a_node_is_killed_and_another_is_written_to( string $suite ): void {
		$posts = $this->begin_with_author( $suite );
		$load  = $this->load( 3, $posts );
		$began  = microtime( true );
		$before = self::conflicts( 1 );
		$finish = $this->start( 1, array( array( '\WpfDelete\Runner::work' ) ) );
		$this->wait_for_half( 1, $posts );
		self::galera( 'kill', '2' );
		$left = $this->untouched( 1 );
		self::assertSame( array( true ), array_column( $finish()['left'], 1 ), implode( ' ', $this->jobs( 'last_error' )[0] ) );
		$seconds = microtime( true ) - $began;
		$redone  = self::conflicts( 1 ) - $before;
		self::galera( 'start', '2' );
		$load->stop();

		self::assertGreaterThan( 0, $left, 'It was over before the node was killed.' );
		self::assertSame( '', (string) file_get_contents( $this->site->path() . '/children' ) );
		$kept = json_decode( file_get_contents( $this->site->path() . '/load' ), true );
		fwrite( STDERR, sprintf( "galera: %d posts in %.1f s, a node killed when %d were left, %d transactions redone; %d posts, %d comments and %d changes of the author's posts written on another node\n", $posts, $seconds, $left, $redone, $kept['posts'], $kept['comments'], $kept['changes'] ) );
		self::assertGreaterThan( 0, $redone, 'Nobody was in the way.' );
		self::assertGreaterThan( 0, $kept['changes'] );
		$this->assert_author_is_gone( $posts );
		self::assertSame( $kept['posts'], $this->rows( "posts WHERE post_title = 'Of the load'" ) );
		self::assertSame( $kept['comments'], $this->rows( "comments WHERE comment_author = 'Visitor'" ) );
		self::assertSame( $kept['changes'], (int) $this->site->database()->query( 'SELECT SUM(menu_order) FROM wp_posts' )->fetch_row()[0] );
		$this->assert_identical();
	}

	/**
	 * A node that cannot keep up holds up all others, and the plugin notices.
	 *
	 * @group long
	 * @dataProvider newest
	 */
	public function test_a_node_that_cannot_keep_up( string $suite ): void {
		$posts = $this->begin_with_author( $suite );
		$load  = $this->load( 1, $posts );
		$look  = array( array( '\WpfDelete\Cluster::is_held_up' ), array( 'sleep', 2 ), array( '\WpfDelete\Cluster::is_held_up' ) );
		self::assertSame( array( false, 0, false ), $this->start( 1, $look )()['results'] );
		// Each write of the thread that does what other nodes have done takes 20 ms more.
		$thread = self::$nodes[3]->row( "SELECT tid FROM information_schema.PROCESSLIST WHERE user = 'system user' AND state NOT LIKE '%aborter%'" )['tid'];
		$slow   = new Child( array( 'strace', '-q', '-p', $thread, '-o', '/dev/null', '-e', 'trace=pwrite64,futex', '-e', 'inject=pwrite64,futex:delay_enter=20000' ), '/dev/null' );
		sleep( 1 );
		$results = $this->start( 2, $look )()['results'];
		$slow->stop();
		$load->stop();
		self::assertSame( array( false, 0, true ), $results );
	}

	/**
	 * The node dies on which the deletion works; a runner on another one finishes it.
	 *
	 * @group long
	 * @dataProvider newest
	 */
	public function test_the_node_is_killed_on_which_it_works( string $suite ): void {
		$posts  = $this->begin_with_author( $suite );
		$finish = $this->start( 2, array( array( '\WpfDelete\Runner::work' ) ), array(), array( 'dies' => true, 'ignore' => '/.*/' ) );
		$this->wait_for_half( 1, $posts );
		self::galera( 'kill', '2' );
		$finish();
		$left = $this->untouched( 1 );
		self::assertGreaterThan( 0, $left, 'It was over before the node was killed.' );
		self::assertSame( array( array( 'running' ) ), $this->jobs() );

		$this->make_due();
		self::assertSame( array( 1 ), $this->start( 3, array( array( '\WpfDelete\Runner::work' ) ) )()['results'] );
		self::galera( 'start', '2' );
		fwrite( STDERR, "galera: the node of the runner killed when $left posts of $posts were left; another finished\n" );
		$this->assert_author_is_gone( $posts );
		$this->assert_identical();
	}

	/** Begins a process on a node; see scripts/work.php. */
	private function start( int $node, array $calls, array $arguments = array(), array $options = array() ): callable {
		$arguments['filters'] = array( 'wpf_delete_pace' => 0.5, 'wpf_delete_transaction_seconds' => 0.1 );
		return $this->site->with( array( 'DB_HOST' => self::$nodes[ $node ]->host() ) )->start( __DIR__ . '/scripts/work.php', compact( 'calls' ) + $arguments, $options );
	}

	/** Writes to the site on a node, until it is stopped, and then says in the file `load` what was kept. */
	private function load( int $node, int $posts ): Child {
		return new Child( array( PHP_BINARY, __DIR__ . '/scripts/load.php', substr( self::$nodes[ $node ]->host(), strlen( 'localhost:' ) ), $this->name(), (string) self::AUTHOR, (string) $posts, $this->site->path() . '/load' ), $this->site->path() . '/children' );
	}

	/** Transactions of a node that another one's were ahead of. */
	private static function conflicts( int $node ): int {
		$status = self::$nodes[ $node ]->connect()->query( "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')" );
		return array_sum( array_column( $status->fetch_all(), 1 ) );
	}

	/** A job for an author with many posts; returns how many. */
	private function begin_with_author( string $suite ): int {
		$posts = (int) ( getenv( 'WPF_POSTS' ) ?: self::POSTS );
		$this->begin( $suite );
		Blog::write( $this->site->database(), array( self::AUTHOR ), $posts );
		$this->enqueue( array( self::AUTHOR ) );
		return $posts;
	}

	/** Until a good part of the posts is gone. */
	private function wait_for_half( int $node, int $posts ): void {
		$deadline = microtime( true ) + 300;
		while ( $this->untouched( $node ) > $posts * 2 / 3 ) {
			self::assertLessThan( $deadline, microtime( true ), 'It does not come forward.' );
			usleep( 10000 );
		}
	}

	/** How many of the author's posts are still as they were. */
	private function untouched( int $node ): int {
		return (int) self::$nodes[ $node ]->connect( $this->name() )->query( 'SELECT COUNT(*) FROM wp_posts WHERE post_author = ' . self::AUTHOR . " AND post_status = 'publish'" )->fetch_row()[0];
	}

	private function assert_author_is_gone( int $posts ): void {
		self::assertSame( array( array( 'done', null ) ), $this->jobs( 'state, is_open' ) );
		self::assertSame( 0, $this->rows( 'users WHERE ID = ' . self::AUTHOR ) );
		self::assertSame( 0, $this->rows( 'usermeta WHERE user_id = ' . self::AUTHOR ) );
		self::assertSame( $posts, $this->rows( 'posts WHERE post_author = ' . self::AUTHOR . " AND post_status = 'trash'" ) );
		self::assertSame( $posts, $this->rows( "postmeta WHERE meta_key = '_wp_trash_meta_status'" ) );
	}

	/** Every table and row is the same on all nodes. */
	private function assert_identical(): void {
		$name = $this->name();
		foreach ( self::$nodes as $node ) {
			// Whatever was committed anywhere is waited for.
			$database = $node->connect( $name );
			$database->query( 'SET SESSION wsrep_sync_wait = 1' );
			$database->query( 'SELECT 1 FROM wp_users' );
			self::assertSame( '', $node->difference( self::$nodes[1], $name ), $node->folder );
		}
	}

	private function name(): string {
		return $this->site->database()->query( 'SELECT DATABASE()' )->fetch_row()[0];
	}

	/** What galera.sh is told to do. */
	private static function galera( string ...$command ): void {
		$process = proc_open( array( dirname( __DIR__ ) . '/support/galera.sh', ...$command ), array( 1 => array( 'file', '/dev/null', 'w' ) ), $pipes );
		self::assertSame( 0, proc_close( $process ), implode( ' ', $command ) );
	}
}
