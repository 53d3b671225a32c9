<?php
/**
 * What the tests of jobs have in common.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use mysqli;
use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';

/**
 * A site with a queue, and short words for looking at it. What WordPress makes no difference to is tested on the newest
 * version alone.
 */
abstract class JobsTestCase extends TestCase {

	protected Site $site;

	/** @var string[] Accounts of the database that were made for a test. */
	private array $accounts = array();

	/** @var array<string, Site> Sites on which nothing has happened, by suite. */
	private static array $empty = array();

	public static function newest(): iterable {
		$suites = ParityTest::suites();
		$newest = end( $suites );
		yield $newest => array( $newest );
	}

	public static function suites(): iterable {
		return TriggersTest::suites();
	}

	/** Begins with a site of the test's own. */
	protected function begin( string $suite ): void {
		self::$empty[ $suite ] ??= TriggersTest::install( $suite, 'empty' );
		$this->site              = self::$empty[ $suite ]->copy( Fixture::name( "$suite jobs" ) );
	}

	protected function tearDown(): void {
		foreach ( $this->accounts as $account ) {
			self::root( $this->site )->query( "DROP USER '$account'@'localhost'" );
		}
		$this->accounts = array();
		$this->site->drop();
		parent::tearDown();
	}

	/**
	 * The site, as an account of the database sees it that may do this and no more.
	 *
	 * @param array<string, string> $grants Privileges by table, quoted; `*` for all.
	 */
	protected function as_account( array $grants ): Site {
		$root    = self::root( $this->site );
		$name    = $this->site->database()->query( 'SELECT DATABASE()' )->fetch_row()[0];
		$account = 'few_' . getmypid() . '_' . count( $this->accounts );
		$root->query( "CREATE OR REPLACE USER '$account'@'localhost' IDENTIFIED BY 'secret'" );
		$this->accounts[] = $account;
		foreach ( $grants as $table => $privileges ) {
			$root->query( "GRANT $privileges ON `$name`.$table TO '$account'@'localhost'" );
		}
		return $this->site->with( array( 'DB_USER' => $account, 'DB_PASSWORD' => 'secret' ) );
	}

	/** Runs a command to its end, and returns what it printed. */
	protected static function execute( string ...$command ): string {
		exec( implode( ' ', array_map( 'escapeshellarg', $command ) ) . ' </dev/null 2>&1', $output, $status );
		self::assertSame( 0, $status, implode( "\n", $output ) );
		return implode( "\n", $output );
	}

	/** The plugin's version, as its header says. */
	protected static function version(): string {
		preg_match( '/^ \* Version: +(\S+)$/m', file_get_contents( self::repository() . '/wp-plugin/wpf-delete.php' ), $found );
		return $found[1];
	}

	protected static function repository(): string {
		return dirname( __DIR__, 2 );
	}

	/** The server's administrator. */
	private static function root( Site $site ): mysqli {
		return new mysqli( 'localhost', 'root', '', '', 0, $site->database()->query( 'SELECT @@socket' )->fetch_row()[0] );
	}

	/** Makes users. */
	protected function users( int $users, int $posts = 3 ): array {
		return $this->site->run( __DIR__ . '/scripts/jobs/users.php', compact( 'users', 'posts' ), array( 'extension' => false ) );
	}

	/** Calls in one process; see scripts/jobs/calls.php. */
	protected function call( array $calls, array $arguments = array(), array $options = array() ): ?array {
		return $this->site->run( __DIR__ . '/scripts/jobs/calls.php', compact( 'calls' ) + $arguments + array( 'log' => $this->site->path() . '/hooks' ), $options );
	}

	/** Jobs of users that wait. */
	protected function enqueue( array $users, array $order = array() ): array {
		return $this->call( array_map( static fn ( $user ) => array( '\WpfDelete\Queue::enqueue', $user, $order + array( 'source' => 'cli' ) ), $users ) )['results'];
	}

	/** Writes a row past the plugin: one that some other day has left. */
	protected function insert_job( array $columns, string $table = 'wp_wpf_deletions' ): int {
		$database = $this->site->database();
		$values   = array_map( static fn ( $value ) => null === $value ? 'NULL' : "'" . $database->real_escape_string( (string) $value ) . "'", $columns );
		$database->query( "INSERT INTO $table (" . implode( ', ', array_keys( $columns ) ) . ') VALUES (' . implode( ', ', $values ) . ')' );
		return $database->insert_id;
	}

	/** Columns of jobs by id. */
	protected function jobs( string $columns = 'state' ): array {
		return $this->site->database()->query( "SELECT $columns FROM wp_wpf_deletions ORDER BY id" )->fetch_all();
	}

	/** Each firing of a hook of users or posts so far, and forgets it. */
	protected function hooks(): array {
		$file  = $this->site->path() . '/hooks';
		$lines = is_file( $file ) ? file( $file, FILE_IGNORE_NEW_LINES ) : array();
		file_put_contents( $file, '' );
		return $lines;
	}

	/** Has the time pass that jobs wait for. */
	protected function make_due(): void {
		$this->query( 'UPDATE wp_wpf_deletions SET due = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE due IS NOT NULL' );
	}

	protected function query( string $statement ): void {
		$this->site->database()->query( $statement );
	}

	protected function rows( string $what ): int {
		return (int) $this->site->database()->query( "SELECT COUNT(*) FROM wp_$what" )->fetch_row()[0];
	}

	/** Nothing of these users is left but posts in the trash. */
	protected function assert_gone( array $users, int $posts = 3 ): void {
		$in = implode( ', ', $users );
		foreach ( array( "users WHERE ID IN ($in)", "usermeta WHERE user_id IN ($in)", "links WHERE link_owner IN ($in)", "posts WHERE post_author IN ($in) AND post_status <> 'trash'" ) as $what ) {
			self::assertSame( 0, $this->rows( $what ), $what );
		}
		self::assertSame( count( $users ) * ( $posts + 1 ), $this->rows( "posts WHERE post_author IN ($in)" ) );
	}
}
