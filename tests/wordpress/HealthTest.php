<?php
/**
 * Does the site's owner see what is in the way of deletions, and what to do?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Site Health as WordPress calls it, with each bad state brought about on the site or its database.
 */
final class HealthTest extends JobsTestCase {

	private const NATIVE   = 'wpf_delete_native';
	private const DATABASE = 'wpf_delete_database';
	private const JOBS     = 'wpf_delete_jobs';
	private const TRIGGERS = 'wpf_delete_triggers';

	/** A site on which the CRM may have users deleted. */
	private const WORKING = array(
		'stand_in' => array( 'REMOVE USER' => '12' ),
		'settings' => array( 'mode' => 'delete', 'tag' => '12' ),
	);

	/**
	 * @dataProvider suites
	 */
	public function test_all_is_well( string $suite ): void {
		$this->begin( $suite );
		$health = $this->ask( self::WORKING );
		$on     = ParityScenario::has_extension();
		self::assertSame( array( self::NATIVE, self::DATABASE, self::JOBS, self::TRIGGERS ), array_keys( $health['tests'] ) );
		self::assertSame( array( $on ? 'good' : 'recommended', 'good', 'good', 'good' ), array_column( $health['tests'], 'status' ) );
		foreach ( $health['tests'] as $name => $test ) {
			self::assertSame( $name, $test['test'] );
			foreach ( array( $test['title'], $test['label'], $test['badge']['label'], strip_tags( $test['description'] ) ) as $text ) {
				self::assertNotSame( '', $text );
			}
			self::assertSame( 'good' === $test['status'] ? '' : self::link(), $test['actions'] );
		}
		$native = $health['tests'][ self::NATIVE ]['description'];
		if ( $on ) {
			self::assertMatchesRegularExpression( '/wpf_delete ' . preg_quote( $health['version'], '/' ) . ' is loaded.* version \d+\.\d+\.\d+ of the client library/', $native );
		} else {
			self::assertStringContainsString( 'wpf_delete is not installed', $native );
			self::assertStringContainsString( sprintf( 'wpf_delete-%s-php%d.%d-%s-linux.tar.gz', self::version(), PHP_MAJOR_VERSION, PHP_MINOR_VERSION, php_uname( 'm' ) ), $native );
			self::assertStringContainsString( 'restart PHP', $native );
		}
		// The row that the two connections were compared by.
		self::assertSame( 0, $this->rows( "usermeta WHERE meta_key LIKE '\\_wpf\\_delete%'" ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_the_information( string $suite ): void {
		$this->begin( $suite );
		$this->enqueue( $this->users( 2, 0 ) );
		$health = $this->ask( self::WORKING );
		$on     = ParityScenario::has_extension();
		$values = array_map( static fn ( $field ) => $field['value'], $health['section']['fields'] );
		self::assertSame( $on, 1 === preg_match( '/^\d+\.\d+\.\d+$/', $values['client'] ) );
		self::assertSame( $on, 'yes' === $values['native'] );
		unset( $values['client'], $values['native'] );
		self::assertSame(
			array(
				'plugin'     => self::version(),
				'extension'  => $on ? $health['version'] : 'not loaded',
				'encryption' => 'no, no',
				'engines'    => '{"InnoDB":11}',
				'mode'       => 'delete, delete',
				'live'       => '-',
				'tag'        => 'yes',
				'field'      => 'yes',
				'cap'        => '25, 100',
				'grace'      => '10',
				'retention'  => '365',
				'jobs'       => '{"queued":2}',
				'disabled'   => 'no',
				'scheduler'  => 'WP-Cron',
			),
			$values
		);
		foreach ( array_column( $health['section']['fields'], 'label' ) as $label ) {
			self::assertNotSame( '', $label );
		}
		// Neither a way to the database nor anybody's name: this is what people paste into forums.
		$text = json_encode( $health );
		foreach ( array( 'pass\'', 'mysqld.sock', 'localhost', 'wpf_parity', 'REMOVE USER', 'many-' ) as $secret ) {
			self::assertStringNotContainsString( $secret, $text );
		}
	}

	/**
	 * @dataProvider newest
	 */
	public function test_native_deletion_is_switched_off( string $suite ): void {
		$this->begin( $suite );
		$health = $this->ask( array( 'native' => false ) );
		$reason = ParityScenario::has_extension() ? 'by the filter wpf_delete_native' : 'PHP extension wpf_delete is not installed';
		$this->assert_says( 'recommended', $reason, $health, self::NATIVE );
		self::assertStringContainsString( $reason, $health['section']['fields']['native']['value'] );
	}

	/**
	 * @group native
	 * @dataProvider newest
	 */
	public function test_the_extension_does_not_reach_the_database( string $suite ): void {
		$this->begin( $suite );
		foreach ( array(
			'no server answers on this socket or host' => array( 'dbhost' => 'localhost:/nowhere/mysqld.sock' ),
			'check DB_USER and DB_PASSWORD'            => array( 'dbpassword' => 'no-such-word' ),
		) as $says => $wrong ) {
			$health = $this->ask( array( 'only_extension' => $wrong ) );
			$this->assert_says( 'recommended', $says, $health, self::NATIVE );
			$this->assert_says( 'recommended', 'look at what differs', $health, self::NATIVE );
			self::assertStringNotContainsString( 'no-such-word', json_encode( $health ) );
		}
	}

	/**
	 * Same tables, same users, and yet another database: what a stale replica or a copy looks like.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_the_extension_reaches_another_database( string $suite ): void {
		$this->begin( $suite );
		$copy = $this->site->copy( Fixture::name( "$suite twin" ) );
		$name = $copy->database()->query( 'SELECT DATABASE()' )->fetch_row()[0];
		$this->assert_says( 'recommended', 'The extension has reached another database than WordPress', $this->ask( array( 'only_extension' => array( 'dbname' => $name ) ) ), self::NATIVE );
		$copy->drop();
	}

	/**
	 * @dataProvider newest
	 */
	public function test_tables_without_transactions_are_named( string $suite ): void {
		$this->begin( $suite );
		$this->query( 'ALTER TABLE wp_comments ENGINE=MyISAM' );
		// Nothing of a deletion is in it.
		$this->query( 'ALTER TABLE wp_termmeta ENGINE=MyISAM' );
		$health = $this->ask();
		$this->assert_says( 'recommended', 'cannot undo what was half done, so deletions go through WordPress itself, post by post: wp_comments.', $health, self::DATABASE );
		$this->assert_says( 'recommended', '<pre><code>ALTER TABLE `wp_comments` ENGINE=InnoDB;</code></pre>', $health, self::DATABASE );
		self::assertStringNotContainsString( 'termmeta', $health['tests'][ self::DATABASE ]['description'] );
		self::assertSame( '{"InnoDB":10,"MyISAM":1}', $this->sorted( $health['section']['fields']['engines']['value'] ) );
		self::assertSame( ParityScenario::has_extension(), str_contains( $health['tests'][ self::NATIVE ]['description'], 'wp_comments' ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_missing_privileges_are_named( string $suite ): void {
		$this->begin( $suite );
		$grants = array( '*' => 'CREATE, ALTER' );
		foreach ( array_column( $this->site->database()->query( 'SHOW TABLES' )->fetch_all(), 0 ) as $table ) {
			$grants[ "`$table`" ] = 'SELECT, INSERT, UPDATE, DELETE';
		}
		$grants['`wp_postmeta`'] = 'SELECT, INSERT, UPDATE';
		$grants['`wp_comments`'] = 'SELECT';
		$health                  = $this->ask( array(), $this->as_account( $grants ) );
		$this->assert_says( 'recommended', 'Whoever administers the database grants that', $health, self::DATABASE );
		preg_match( '/<pre><code>(.*)<\/code><\/pre>/s', $health['tests'][ self::DATABASE ]['description'], $found );
		self::assertSame( array( 'GRANT DELETE ON `wp_postmeta` TO …;', 'GRANT INSERT, DELETE, UPDATE ON `wp_comments` TO …;' ), $this->by_table( $found[1] ) );

		$all = $grants;
		unset( $grants['*'], $grants['`wp_commentmeta`'] );
		$this->assert_says( 'recommended', 'or its account may not even see them: wp_commentmeta.', $this->ask( array(), $this->as_account( $grants ) ), self::DATABASE );

		foreach ( array( 'postmeta', 'comments', 'commentmeta' ) as $table ) {
			$all[ "`wp_$table`" ] = 'SELECT, INSERT, UPDATE, DELETE';
		}
		self::assertSame( 'good', $this->ask( array(), $this->as_account( $all ) )['tests'][ self::DATABASE ]['status'] );
	}

	/**
	 * A server with a certificate, and three ways to connect to it.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_connections_are_encrypted_alike( string $suite ): void {
		$this->begin( $suite );
		$this->on_a_server_with_a_certificate(
			function ( string $host ) use ( $suite ) {
				$own    = Site::install( $suite, Fixture::name( "$suite encrypted" ) );
				$site   = $own->with( array( 'DB_HOST' => $host ) );
				$plain  = $this->ask( array(), $site );
				$silent = $this->ask( array( 'encrypts' => true ), $site );
				$both   = $this->ask( array(), $site->with( array( 'MYSQL_CLIENT_FLAGS' => MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT ) ) );
				$wary   = $this->ask( array(), $site->with( array( 'MYSQL_CLIENT_FLAGS' => MYSQLI_CLIENT_SSL ) ) );
				$own->drop();

				self::assertSame( 'no, no', $plain['section']['fields']['encryption']['value'] );
				self::assertSame( 'good', $plain['tests'][ self::DATABASE ]['status'] );
				self::assertSame( 'yes, no', $silent['section']['fields']['encryption']['value'] );
				$this->assert_says( 'recommended', 'send what it has to say in the clear', $silent, self::DATABASE );
				$this->assert_says( 'recommended', 'MYSQLI_CLIENT_SSL );</code>', $silent, self::DATABASE );
				self::assertSame( 'yes, yes', $both['section']['fields']['encryption']['value'] );
				self::assertSame( array( 'good', 'good' ), array( $both['tests'][ self::NATIVE ]['status'], $both['tests'][ self::DATABASE ]['status'] ) );
				// Its certificate is its own: WordPress does not look, the extension does.
				$this->assert_says( 'recommended', 'the encrypted connection failed; check MYSQL_CLIENT_FLAGS and the certificate', $wary, self::NATIVE );
			}
		);
	}

	/**
	 * @dataProvider newest
	 */
	public function test_there_is_no_table( string $suite ): void {
		$this->begin( $suite );
		$this->query( 'DROP TABLE wp_wpf_deletions' );
		$this->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_table'" );
		$health = $this->ask( array(), $this->as_account( array( '*' => 'SELECT, INSERT, UPDATE, DELETE' ) ) );
		$this->assert_says( 'critical', 'does the database account lack the CREATE privilege?', $health, self::JOBS );
		self::assertSame( 'no table', $health['section']['fields']['jobs']['value'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_nothing_goes_on( string $suite ): void {
		$this->begin( $suite );
		list( $job ) = $this->enqueue( $this->users( 1, 0 ) );
		self::assertSame( 'good', $this->ask()['tests'][ self::JOBS ]['status'] );

		$this->query( "INSERT INTO wp_options ( option_name, option_value, autoload ) VALUES ( 'wpf_delete_disabled', '1', 'no' )" );
		$health = $this->ask();
		$this->assert_says( 'critical', 'Deletions are switched off by WPF_DELETE_DISABLED', $health, self::JOBS );
		self::assertSame( 'yes', $health['section']['fields']['disabled']['value'] );
		$this->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_disabled'" );

		$this->query( 'UPDATE wp_wpf_deletions SET due = UTC_TIMESTAMP() - INTERVAL 50 MINUTE' );
		self::assertSame( 'good', $this->ask()['tests'][ self::JOBS ]['status'] );
		$this->query( 'UPDATE wp_wpf_deletions SET due = UTC_TIMESTAMP() - INTERVAL 61 MINUTE' );
		$this->assert_says( 'critical', 'nobody has taken them up', $this->ask(), self::JOBS );

		// Tried once too often, with whatever error.
		$this->query( "UPDATE wp_wpf_deletions SET state = 'failed', due = NULL, last_error = 'wpf_delete_full: <b>no</b> room'" );
		$health = $this->ask();
		$this->assert_says( 'critical', "Deletion $job (of user ", $health, self::JOBS );
		$this->assert_says( 'critical', 'wpf_delete_full: &lt;b&gt;no&lt;/b&gt; room', $health, self::JOBS );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_scheduled_events_do_not_run( string $suite ): void {
		$this->begin( $suite );
		$late = fn ( int $hours ) => $this->call( array( array( 'wp_clear_scheduled_hook', 'wpf_delete_forget' ), array( 'wp_schedule_event', time() - $hours * 3600, 'daily', 'wpf_delete_forget' ) ) );
		$late( 23 );
		self::assertSame( 'good', $this->ask()['tests'][ self::JOBS ]['status'] );
		$late( 25 );
		$this->assert_says( 'critical', 'Scheduled events of WordPress have not run for more than a day', $this->ask(), self::JOBS );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_requests_wait_for_approval( string $suite ): void {
		$this->begin( $suite );
		$this->ask( array( 'settings' => array( 'cap_hour' => 0 ) + self::WORKING['settings'] ) + self::WORKING );
		foreach ( array( 1 => '1 deletion was asked for beyond the cap and waits', 2 => '2 deletions were asked for beyond the cap and wait' ) as $says ) {
			$this->call( array( array( '\WpfDelete\Requests::ask', $this->users( 1, 0 )[0], array( 'source' => 'tag' ) ) ) );
			$health = $this->ask();
			$this->assert_says( 'recommended', $says, $health, self::JOBS );
		}
		self::assertSame( '{"held":2}', $health['section']['fields']['jobs']['value'] );
		$this->call( array( array( '\WpfDelete\Requests::reject_all' ) ) );
		self::assertSame( 'good', $this->ask()['tests'][ self::JOBS ]['status'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_the_crm_cannot_have_users_deleted( string $suite ): void {
		$this->begin( $suite );
		$this->ask( self::WORKING );
		foreach ( array(
			'WP Fusion has no list of tags'                            => array(),
			'The tag “REMOVE USER” (12) is not among WP Fusion’s tags' => array( 'stand_in' => array( 'Gone' => '34' ) ),
			'The tag “REMOVE USER” is called “VIP” now'                => array( 'stand_in' => array( 'VIP' => '12' ) ),
			'The field “role” is not enabled in WP Fusion'             => array( 'fields' => array( 'status' ) ) + array( 'stand_in' => self::WORKING['stand_in'] ),
		) as $says => $state ) {
			$this->assert_says( 'recommended', $says, $this->ask( $state ), self::TRIGGERS );
		}
		$codes = static fn ( $health ) => array( $health['section']['fields']['tag']['value'], $health['section']['fields']['field']['value'] );
		self::assertSame( array( 'wpf_delete_no_wp_fusion', 'wpf_delete_no_wp_fusion' ), $codes( $this->ask() ) );
		self::assertSame( array( 'wpf_delete_tag_renamed', 'yes' ), $codes( $this->ask( array( 'stand_in' => array( 'VIP' => '12' ) ) ) ) );

		// What is switched off cannot fail.
		$health = $this->ask( array( 'settings' => array( 'tag' => '', 'field' => '' ) ) );
		self::assertSame( 'good', $health['tests'][ self::TRIGGERS ]['status'] );
		self::assertSame( array( 'switched off', 'yes' ), $codes( $health ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_nobody_is_deleted( string $suite ): void {
		$this->begin( $suite );
		$observes = $this->ask( array( 'settings' => array( 'mode' => 'observe', 'tag' => '12' ) ) + self::WORKING );
		$this->assert_says( 'recommended', 'then switch to “delete”', $observes, self::TRIGGERS );
		self::assertSame( 'observe, observe', $observes['section']['fields']['mode']['value'] );

		$this->ask( self::WORKING );
		$fusion  = array( 'stand_in' => self::WORKING['stand_in'] );
		$staging = $this->ask( $fusion, $this->site->with( array( 'WP_ENVIRONMENT_TYPE' => 'staging' ) ) );
		self::assertSame( 'good', $staging['tests'][ self::TRIGGERS ]['status'], 'So it is meant.' );
		self::assertStringContainsString( 'The environment of this site is “staging”', $staging['tests'][ self::TRIGGERS ]['description'] );
		self::assertSame( 'delete, observe', $staging['section']['fields']['mode']['value'] );

		$moved = $this->ask( $fusion, $this->site->with( array( 'WP_HOME' => 'http://moved.test' ) ) );
		$this->assert_says( 'recommended', 'The address of this site is moved.test now; it was example.test', $moved, self::TRIGGERS );
		self::assertStringContainsString( 'moved.test', $moved['section']['fields']['live']['value'] );
	}

	/** A result is that bad and says this; the page is linked to. */
	private function assert_says( string $status, string $says, array $health, string $test ): void {
		$result = $health['tests'][ $test ];
		self::assertSame( $status, $result['status'], $result['description'] );
		self::assertStringContainsString( $says, $result['description'] );
		self::assertStringStartsWith( '<p><a href="http://', $result['actions'] );
		self::assertStringContainsString( '/wp-admin/tools.php?page=wpf-delete"', $result['actions'] );
	}

	private static function link(): string {
		return '<p><a href="http://example.test/wp-admin/tools.php?page=wpf-delete">Go to Tools → User deletion</a></p>';
	}

	private function ask( array $arguments = array(), ?Site $site = null ): array {
		return ( $site ?? $this->site )->run( __DIR__ . '/scripts/plugin/health.php', $arguments, array( 'user' => 1, 'ignore' => '/WordPress\.org/' ) );
	}

	/** Lines in the order in which the tables were made. */
	private function by_table( string $lines ): array {
		$lines = explode( "\n", $lines );
		usort( $lines, static fn ( $one, $other ) => strlen( $one ) <=> strlen( $other ) );
		return $lines;
	}

	/** JSON with its keys in order. */
	private function sorted( string $json ): string {
		$values = json_decode( $json, true );
		ksort( $values );
		return json_encode( $values );
	}

	/** Does something while Site uses another server; PHP encrypts no socket, so that its address is a port's. */
	private function on_a_server_with_a_certificate( callable $work ): void {
		$stack  = self::repository() . '/tests/support/stack.sh';
		$folder = self::repository() . '/target/encrypted-' . getmypid();
		$before = getenv( 'WPF_STACK' );
		mkdir( $folder, 0755, true );
		self::execute( 'openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', "$folder/key.pem", '-out', "$folder/cert.pem" );
		try {
			self::execute( $stack, 'start', '--port', 'free', "$folder/stack", '--', "--ssl-cert=$folder/cert.pem", "--ssl-key=$folder/key.pem" );
			putenv( "WPF_STACK=$folder/stack" );
			$work( '127.0.0.1:' . self::execute( 'sh', '-c', '. "$1" && echo "$WPF_DB_PORT"', 'sh', "$folder/stack/env" ) );
		} finally {
			putenv( false === $before ? 'WPF_STACK' : "WPF_STACK=$before" );
			self::execute( $stack, 'stop', "$folder/stack" );
			self::execute( 'rm', '-rf', $folder );
		}
	}
}
