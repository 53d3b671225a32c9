<?php
/**
 * What becomes of what the CRM says, before anything is deleted?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Observed, held, waiting, taken back, called off, refused: each seen in the table, in WP Fusion's log, in the mail, and by
 * whether the user is there.
 */
final class RequestsTest extends JobsTestCase {

	private const WAITS = array( 'grace' => 10 );
	private const STATE = 'user_id, state, is_open, attempts, source';

	/**
	 * Nobody has saved anything but the tag.
	 *
	 * @dataProvider suites
	 */
	public function test_a_fresh_install_only_observes( string $suite ): void {
		$this->begin( $suite );
		$users  = TriggersTest::members( $this->site, array( 'tagged' => 'author', 'boss' => 'administrator' ), true );
		$before = $this->site->snapshot();
		$fresh  = array( 'settings' => array( 'mode' => 'observe', 'grace' => 10, 'cap_hour' => 25, 'cap_day' => 100 ) );
		$calls  = array();
		foreach ( $users as $id ) {
			$calls[] = array( 'get_tags', $id, array( '12' ) );
		}
		$run = TriggersTest::request( $this->site, $calls, $fresh );
		self::assertSame( array( 'notice', 'notice' ), array_column( $run['log'], 0 ) );
		self::assertStringContainsString( 'only observed', $run['log'][0][2] );
		self::assertStringContainsString( 'CRM may not have users of this role deleted', $run['log'][1][2] );
		// However often it is asked, and by what.
		TriggersTest::request( $this->site, array( array( 'update', $users['tagged'], array( 'role' => 'deleted' ), array( '12' ) ) ), $fresh );
		self::assertSame(
			array(
				array( (string) $users['tagged'], 'observed', '2', '3', 'tag' ),
				array( (string) $users['boss'], 'refused', '2', '1', 'tag' ),
			),
			$this->jobs( self::STATE )
		);
		self::assertSame( array( '' ), array_unique( array_column( $this->jobs( 'owner' ), 0 ) ) );

		$this->call( array( array( '\WpfDelete\Runner::work' ) ) );
		// What WP Fusion itself has written.
		$this->query( "DELETE FROM wp_usermeta WHERE meta_key = 'crm_tags'" );
		$this->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_settings'" );
		$after = $this->site->snapshot();
		unset( $before['tables']['wpf_deletions'], $after['tables']['wpf_deletions'] );
		self::assertSame( self::without_cron( $before ), self::without_cron( $after ) );

		// The same with deletions switched on, so that it is the mode that has kept them.
		TriggersTest::request( $this->site, array( $calls[0] ) );
		self::assertSame( array( $users['boss'] ), TriggersTest::remaining( $this->site, $users ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_a_copy_of_the_site_only_observes( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array( 'a' => 'author', 'b' => 'author', 'c' => 'author', 'd' => 'author', 'e' => 'author' ), true );
		$load  = static fn ( $login ) => array( array( 'get_tags', $users[ $login ], array( '12' ) ) );
		TriggersTest::request( $this->site, $load( 'a' ), array( 'staging' => true ) );
		TriggersTest::request( $this->site->with( array( 'WP_ENVIRONMENT_TYPE' => 'staging' ) ), $load( 'b' ) );
		TriggersTest::request( $this->site, $load( 'd' ), array( 'settings' => self::WAITS ) );
		self::assertSame( 'queued', $this->jobs()[2][0] );

		// The copy has the queue of the original.
		$original   = $this->site;
		$this->site = $original->with( array( 'WP_HOME' => 'https://staging.example.org' ) );
		TriggersTest::request( $this->site, $load( 'c' ) );
		$this->make_due();
		$this->call( array( array( '\WpfDelete\Runner::work' ) ) );
		self::assertSame( array_values( $users ), TriggersTest::remaining( $this->site, $users ) );
		self::assertSame( array( 'observed', 'observed', 'held', 'observed' ), array_column( $this->jobs(), 0 ) );
		self::assertFalse( $this->call( array( array( '\WpfDelete\Requests::approve', 3 ) ) )['results'][0] );

		// "This is the live site." A move to HTTPS needs no word.
		self::assertTrue( $this->call( array( array( '\WpfDelete\Settings::save', array( 'mode' => 'delete' ) ) ) )['results'][0] );
		$this->site = $original->with( array( 'WP_HOME' => 'http://Staging.example.org/' ) );
		TriggersTest::request( $this->site, $load( 'e' ), array( 'staging' => false ) );
		self::assertSame( array( $users['a'], $users['b'], $users['c'], $users['d'] ), TriggersTest::remaining( $this->site, $users ) );
		self::assertSame( array( true, 1 ), $this->call( array( array( '\WpfDelete\Requests::approve', 3 ), array( '\WpfDelete\Runner::work' ) ) )['results'] );
		self::assertSame( array( $users['a'], $users['b'], $users['c'] ), TriggersTest::remaining( $this->site, $users ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_what_is_taken_back_within_the_grace_period_does_not_happen( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array_fill_keys( array( 'loaded', 'removed', 'field', 'other', 'late' ), 'subscriber' ), true );
		$ask   = array(
			array( 'get_tags', $users['loaded'], array( '12' ) ),
			array( 'get_tags', $users['removed'], array( '7', '12' ) ),
			array( 'pull_user_meta', $users['field'], array( 'role' => 'deleted' ) ),
			array( 'get_tags', $users['other'], array( '12' ) ),
			array( 'get_tags', $users['late'], array( '12' ) ),
		);
		TriggersTest::request( $this->site, $ask, array( 'settings' => self::WAITS ) );
		// A webhook that comes twice does not begin anew.
		TriggersTest::request( $this->site, $ask, array( 'settings' => self::WAITS ) );
		self::assertSame( array_fill( 0, 5, array( 'queued', '1' ) ), $this->jobs( 'state, due BETWEEN created + INTERVAL 599 SECOND AND created + INTERVAL 605 SECOND' ) );
		self::assertSame( 0, $this->rows( "usermeta WHERE meta_key LIKE '\\_wpf\\_delete%'" ), 'Nobody is locked out unless the owner says so.' );
		self::assertEqualsWithDelta( time() + 600, $this->call( array( array( 'wp_next_scheduled', 'wpf_delete_work' ) ) )['results'][0], 60 );

		$run = TriggersTest::request(
			$this->site,
			array(
				array( 'get_tags', $users['loaded'], array( '7' ) ),
				array( 'remove_tags', array( '12' ), $users['removed'] ),
				array( 'pull_user_meta', $users['field'], array( 'role' => 'subscriber' ) ),
				// Each takes back only what it has said itself.
				array( 'pull_user_meta', $users['other'], array( 'role' => 'subscriber' ) ),
			),
			array( 'settings' => self::WAITS )
		);
		self::assertSame( array( 'info', 'info', 'info' ), array_column( $run['log'], 0 ) );
		self::assertSame( array( 'cancelled', 'cancelled', 'cancelled', 'queued', 'queued' ), array_column( $this->jobs(), 0 ) );
		$this->make_due();
		$this->call( array( array( '\WpfDelete\Runner::work' ) ) );
		self::assertSame( array( $users['loaded'], $users['removed'], $users['field'] ), TriggersTest::remaining( $this->site, $users ) );

		// What was taken back can be said anew.
		TriggersTest::request( $this->site, array( $ask[0] ) );
		self::assertSame( array( $users['removed'], $users['field'] ), TriggersTest::remaining( $this->site, $users ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_the_owner_may_lock_out_meanwhile( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array( 'out' => 'subscriber' ), true );
		$marks = "usermeta WHERE user_id = {$users['out']} AND meta_key = '_wpf_delete_job'";
		$wait  = array( 'settings' => self::WAITS + array( 'lock_out' => true ) );
		TriggersTest::request( $this->site, array( array( 'get_tags', $users['out'], array( '12' ) ) ), $wait );
		self::assertSame( 1, $this->rows( $marks ) );
		TriggersTest::request( $this->site, array( array( 'get_tags', $users['out'], array() ) ), $wait );
		self::assertSame( 0, $this->rows( $marks ) );
	}

	/**
	 * Resync asks for everybody again, whatever somebody has said here.
	 *
	 * @dataProvider newest
	 */
	public function test_what_somebody_has_called_off_is_not_asked_for_again( string $suite ): void {
		$this->begin( $suite );
		$users  = TriggersTest::members( $this->site, array( 'waiting' => 'subscriber', 'held' => 'subscriber', 'half' => 'author' ), true );
		$calls  = array();
		foreach ( $users as $id ) {
			$calls[] = array( 'get_tags', $id, array( '12' ) );
		}
		TriggersTest::request( $this->site, array( $calls[0] ), array( 'settings' => self::WAITS ) );
		TriggersTest::request( $this->site, array( $calls[1] ), array( 'settings' => self::WAITS + array( 'cap_hour' => 1 ) ) );
		self::assertSame( array( array( 'queued' ), array( 'held' ) ), $this->jobs() );
		self::assertSame( array( true, true ), $this->call( array( array( '\WpfDelete\Queue::cancel', 1 ), array( '\WpfDelete\Requests::reject', 2 ) ) )['results'] );

		$run = TriggersTest::request( $this->site, array_slice( $calls, 0, 2 ) );
		self::assertSame( array( 'notice', 'notice' ), array_column( $run['log'], 0 ) );
		self::assertStringContainsString( 'called this off', $run['log'][1][2] );
		// Not even for having been observed meanwhile.
		TriggersTest::request( $this->site, array_slice( $calls, 0, 2 ), array( 'settings' => array( 'mode' => 'observe' ) ) );
		TriggersTest::request( $this->site, array_slice( $calls, 0, 2 ) );
		self::assertSame( array( array( 'cancelled', '2' ), array( 'cancelled', '2' ) ), $this->jobs( 'state, is_open' ) );

		// A person who asks is served; the CRM, when it has taken the tag back and set it anew.
		self::assertTrue( $this->call( array( array( '\WpfDelete\delete_user', $users['held'] ) ) )['results'][0] );
		TriggersTest::request( $this->site, array( array( 'get_tags', $users['waiting'], array( '7' ) ) ) );
		TriggersTest::request( $this->site, array( $calls[0] ) );
		self::assertSame( array( $users['half'] ), TriggersTest::remaining( $this->site, $users ) );

		// Stopped half-way: nobody but a person has it go on.
		$this->enqueue( array( $users['half'] ) );
		$this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( 'delete_user' => 'throw' ) ) );
		$this->query( "UPDATE wp_wpf_deletions SET phase = 'purge' WHERE user_id = {$users['half']}" );
		$id = (int) $this->site->database()->query( "SELECT id FROM wp_wpf_deletions WHERE user_id = {$users['half']}" )->fetch_row()[0];
		self::assertTrue( $this->call( array( array( '\WpfDelete\Queue::cancel', $id ) ) )['results'][0] );
		TriggersTest::request( $this->site, array( $calls[2] ) );
		self::assertSame( array( $users['half'] ), TriggersTest::remaining( $this->site, $users ) );
		self::assertSame( array( true, 1 ), $this->call( array( array( '\WpfDelete\Queue::retry', $id ), array( '\WpfDelete\Runner::work' ) ) )['results'] );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_who_becomes_an_administrator_meanwhile_stays( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array( 'promoted' => 'subscriber', 'same' => 'subscriber' ), true );
		$calls = array( array( 'get_tags', $users['promoted'], array( '12' ) ), array( 'get_tags', $users['same'], array( '12' ) ) );
		TriggersTest::request( $this->site, $calls, array( 'settings' => self::WAITS ) );
		$this->call( array( array( 'wp_update_user', array( 'ID' => $users['promoted'], 'role' => 'administrator' ) ) ) );
		$this->make_due();
		$run = $this->call( array( array( '\WpfDelete\Runner::work' ) ) );
		self::assertSame( array( $users['promoted'] ), TriggersTest::remaining( $this->site, $users ) );
		self::assertSame( array( array( 'refused', null ), array( 'done', null ) ), $this->jobs( 'state, is_open' ) );
		self::assertSame( array( "delete_user {$users['same']}", "deleted_user {$users['same']}" ), $this->hooks() );
	}

	/**
	 * Whom the CRM's request is held for, or waits, goes when WordPress or a person deletes them, as if the CRM had never
	 * asked: whatever the CRM may.
	 *
	 * @dataProvider newest
	 */
	public function test_a_person_deletes_whom_the_crm_may_not( string $suite ): void {
		$this->begin( $suite );
		$users    = TriggersTest::members( $this->site, array( 'held' => 'author', 'waiting' => 'author', 'promoted' => 'author' ), true );
		$settings = array( 'settings' => array( 'cap_hour' => 2 ) + self::WAITS );
		foreach ( array( 'waiting', 'promoted', 'held' ) as $login ) {
			TriggersTest::request( $this->site, array( array( 'get_tags', $users[ $login ], array( '12' ) ) ), $settings );
		}
		self::assertSame( array( array( 'queued' ), array( 'queued' ), array( 'held' ) ), $this->jobs() );
		$this->query( "UPDATE wp_usermeta SET meta_value = 'a:1:{s:13:\"administrator\";b:1;}' WHERE meta_key = 'wp_capabilities' AND user_id = {$users['promoted']}" );
		$calls = array(
			array( '\WpfDelete\Settings::save', array( 'mode' => 'observe' ) ),
			array( 'wp_delete_user', $users['held'] ),
			array( 'wp_delete_user', $users['promoted'] ),
			array( '\WpfDelete\Queue::enqueue', $users['waiting'], array( 'source' => 'admin' ) ),
			array( '\WpfDelete\Runner::work' ),
		);
		self::assertSame( array( true, true, true, 1, 1 ), $this->call( $calls, array(), array( 'user' => 1 ) )['results'] );
		self::assertSame( array(), TriggersTest::remaining( $this->site, $users ) );
		self::assertSame( array( array( 'done', 'admin', '1' ), array( 'done', 'wp_delete_user', '1' ), array( 'done', 'wp_delete_user', '1' ) ), $this->jobs( 'state, source, requested_by' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_beyond_the_cap_requests_are_held_and_the_owner_is_told_once( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array_fill_keys( array( 'a', 'b', 'c', 'd', 'e', 'f' ), 'subscriber' ), true );
		$cap   = array( 'settings' => array( 'cap_hour' => 2, 'cap_day' => 3 ) );
		$load  = static fn ( ...$logins ) => array_map( static fn ( $login ) => array( 'get_tags', $users[ $login ], array( '12' ) ), $logins );
		$run   = TriggersTest::request( $this->site, $load( 'a', 'b', 'c', 'd' ), $cap );
		self::assertSame( array_values( array_diff_key( $users, array( 'a' => 0, 'b' => 0 ) ) ), TriggersTest::remaining( $this->site, $users ) );
		self::assertSame( array( 'done', 'done', 'held', 'held' ), array_column( $this->jobs(), 0 ) );
		self::assertCount( 1, $run['mails'] );
		self::assertSame( 'admin@example.test', $run['mails'][0]['to'] );
		self::assertStringContainsString( 'tools.php?page=wpf-delete&tab=held', $run['mails'][0]['message'] );
		self::assertStringContainsString( 'Up to 2 an hour and 3 a day', $run['mails'][0]['message'] );

		// Once an hour later, and then the day's are used up; no second mail while some are held.
		$this->query( 'UPDATE wp_wpf_deletions SET accepted = accepted - INTERVAL 61 MINUTE' );
		$run = TriggersTest::request( $this->site, $load( 'a', 'c', 'e', 'f' ), $cap );
		self::assertSame( array( $users['c'], $users['d'], $users['f'] ), TriggersTest::remaining( $this->site, $users ) );
		self::assertSame( array(), $run['mails'] );

		// Those that somebody approves do not count.
		self::assertSame( array( true, false, true, 1 ), $this->call( array( array( '\WpfDelete\Requests::approve', 3 ), array( '\WpfDelete\Requests::approve', 3 ), array( '\WpfDelete\Requests::reject', 4 ), array( '\WpfDelete\Requests::approve_all' ) ) )['results'] );
		self::assertSame( 2, $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'][0] );
		self::assertSame( array( $users['d'] ), TriggersTest::remaining( $this->site, $users ) );
		$more = TriggersTest::members( $this->site, array( 'g' => 'subscriber', 'h' => 'subscriber' ), true );
		$run  = TriggersTest::request( $this->site, array( array( 'get_tags', $more['g'], array( '12' ) ), array( 'get_tags', $more['h'], array( '12' ) ) ), $cap );
		self::assertCount( 1, $run['mails'], 'None was held any more.' );
		self::assertSame( 2, $this->call( array( array( '\WpfDelete\Requests::reject_all' ) ) )['results'][0] );
		self::assertSame( array(), array_filter( $this->jobs( 'state, is_open' ), static fn ( $job ) => 'held' === $job[0] ) );
		self::assertSame( 3, $this->rows( "wpf_deletions WHERE state = 'cancelled' AND is_open = 2" ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_requests_at_the_same_moment_do_not_exceed_the_cap( string $suite ): void {
		$this->begin( $suite );
		$users = array_chunk( $this->users( 12, 0 ), 2 );
		$this->call( array( array( 'update_option', 'wpf_delete_settings', array( 'cap_hour' => 4 ) + TriggersTest::SETTINGS + self::WAITS ) ) );
		$waits = array();
		foreach ( $users as $some ) {
			$waits[] = $this->site->start( __DIR__ . '/scripts/jobs/calls.php', array( 'calls' => array_map( static fn ( $id ) => array( '\WpfDelete\Requests::ask', $id, array( 'source' => 'tag', 'cause' => 'REMOVE USER' ) ), $some ) ) );
		}
		foreach ( $waits as $wait ) {
			$wait();
		}
		$accepted = $this->rows( "wpf_deletions WHERE accepted IS NOT NULL AND state <> 'held'" );
		self::assertLessThanOrEqual( 4, $accepted );
		self::assertGreaterThan( 0, $accepted );
		self::assertSame( 12 - $accepted, $this->rows( "wpf_deletions WHERE accepted IS NULL AND state = 'held'" ) );
	}

	/**
	 * A form, a course or a person applies tags here, and WP Fusion tells it by the same hook.
	 *
	 * @dataProvider suites
	 */
	public function test_only_what_was_loaded_counts_by_default( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array( 'applied' => 'subscriber', 'automated' => 'subscriber', 'forged' => 'subscriber', 'loaded' => 'subscriber' ), true );
		$calls = array(
			array( 'apply_tags', array( '12' ), $users['applied'] ),
			array( 'do_action', 'wpf_tags_modified', $users['forged'], array( '12' ) ),
		);
		$run   = TriggersTest::request( $this->site, $calls );
		$auto  = TriggersTest::request( $this->site, array( array( 'get_tags', $users['automated'], array( '7' ) ) ), array( 'automation' => array( '12' ) ) );
		self::assertSame( array( array(), array() ), array( $run['hooks'], $auto['hooks'] ) );
		self::assertSame( 0, $this->rows( 'wpf_deletions' ) );
		// Loaded again by the next Resync, and it counts; so does what is loaded while a listener applies others.
		TriggersTest::request( $this->site, array( array( 'get_tags', $users['loaded'], array( '12' ) ) ), array( 'automation' => array( '7' ) ) );
		self::assertSame( array( $users['applied'], $users['automated'], $users['forged'] ), TriggersTest::remaining( $this->site, $users ) );
		TriggersTest::request( $this->site, $calls, array( 'settings' => array( 'sources' => 'any' ) ) );
		self::assertSame( array( $users['automated'] ), TriggersTest::remaining( $this->site, $users ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_the_content_goes_as_the_settings_say( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 3, 2 );
		$load  = static fn ( $number ) => array( array( 'get_tags', $users[ $number ], array( '12' ) ) );
		TriggersTest::request( $this->site, $load( 0 ), array( 'settings' => array( 'content' => 'permanent' ) ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = {$users[0]}" ) );
		TriggersTest::request( $this->site, $load( 1 ), array( 'settings' => array( 'content' => 'reassign', 'heir' => $users[2] ) ) );
		self::assertSame( array( 0, 6 ), array( $this->rows( "posts WHERE post_author = {$users[1]}" ), $this->rows( "posts WHERE post_author = {$users[2]}" ) ) );
	}

	/**
	 * Code asks as the CRM does, or in person.
	 *
	 * @dataProvider newest
	 */
	public function test_requests_by_code( string $suite ): void {
		$this->begin( $suite );
		$users   = TriggersTest::members( $this->site, array( 'a' => 'author', 'b' => 'author', 'boss' => 'administrator' ), true );
		$request = '\WpfDelete\request_deletion';
		$this->call( array( array( 'update_option', 'wpf_delete_settings', self::WAITS + TriggersTest::SETTINGS ) ) );
		$results = $this->call(
			array(
				array( $request, $users['a'], array( 'cause' => 'left the club', 'permanent' => true ) ),
				array( $request, (string) $users['b'], array( 'reassign' => $users['boss'] ) ),
				array( $request, $users['boss'] ),
				array( $request, 'x' ),
				array( $request, $users['a'], array( 'reassign' => $users['a'] ) ),
				array( '\WpfDelete\Requests::run_now', 1 ),
				array( '\WpfDelete\Requests::run_now', 1 ),
				array( '\WpfDelete\Runner::work' ),
			)
		)['results'];
		self::assertSame( array( 1, 2, 'wpf_delete_protected', 'wpf_delete_invalid_user', 'wpf_delete_invalid_reassign', true, false, 1 ), $results );
		self::assertSame(
			array( array( 'request', 'left the club', 'permanent', 'done' ), array( 'request', '', 'reassign', 'queued' ), array( 'request', '', 'delete', 'refused' ) ),
			$this->jobs( 'source, cause, mode, state' )
		);
		// A person does not wait, for approval neither.
		$this->query( "UPDATE wp_wpf_deletions SET state = 'held', due = NULL WHERE id = 2" );
		$this->enqueue( array( $users['b'] ), array( 'reassign' => $users['boss'] ) );
		self::assertSame( 1, $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'][0] );
		self::assertSame( array( $users['boss'] ), TriggersTest::remaining( $this->site, $users ) );
	}

	/** Without the calendar, which begins to have WordPress's own events. */
	private static function without_cron( array $snapshot ): array {
		$snapshot['tables']['options'] = array_filter( $snapshot['tables']['options'], static fn ( $row ) => 'cron' !== $row['option_name'] && ! str_contains( $row['option_name'], '_transient_' ) );
		return $snapshot;
	}
}
