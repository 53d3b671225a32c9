<?php
/**
 * Who may do what, by the page's forms and by REST?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/AdminTestCase.php';

/**
 * Each form and each route is asked without being logged in, without the capability, without a nonce, with an old one
 * and with somebody else's: nothing in the database changes. The last one who asks may, and it happens: what was
 * refused before would have worked.
 */
final class AdminAccessTest extends AdminTestCase {

	/** When a page was shown that is too old now. */
	private const LONG_AGO = '2026-01-01 00:00:00';

	/** @var array<string, int> Jobs that are held, by what is to become of them. */
	private array $held = array();

	/** @var int[] Users. */
	private array $users;

	private int $subscriber;

	/** The database before what is refused; null when something has happened since. */
	private ?array $before;

	/** Makes what the requests are about. */
	private function arrange( string $suite ): void {
		$this->serve( $suite );
		$this->settings( array( 'mode' => 'delete' ) );
		$this->users      = $this->users( 8, 1 );
		$this->subscriber = $this->user( 'subscriber', 'subscriber' );
		foreach ( array( 'approve', 'reject', 'bulk' ) as $number => $what ) {
			$this->held[ $what ] = $this->job( $this->users[ $number ], 'held' );
		}
	}

	/** What every request of a logged-in visitor may write, so that it is not taken for the refused one's doing. */
	private function warm_up( Visitor ...$visitors ): void {
		foreach ( $visitors as $visitor ) {
			$visitor->get( 'index.php' );
			$visitor->get( 'profile.php' );
			$visitor->rest( 'GET', '/jobs', null );
		}
		$this->before = null;
	}

	/** Nothing is changed by this, and the answer has this status. */
	private function assert_refused( int $status, string $who, string $what, Visitor $visitor, callable $ask ): void {
		$this->before ??= $this->database();
		$ask();
		self::assertSame( $status, $visitor->status, "$what by $who: " . substr( $visitor->body, 0, 500 ) );
		self::assertSame( $this->before, $this->database(), "$what by $who" );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_forms( string $suite ): void {
		$this->arrange( $suite );
		$queued = $this->job( $this->users[3], 'queued' );
		$failed = $this->job( $this->users[4], 'failed', array( 'last_error' => 'wpf_delete_query: no' ) );
		$last   = $this->job( $this->users[5], 'held' );
		$gone   = $this->users[7];
		$tag    = array( 'mode' => 'delete', 'sources' => 'any', 'field' => 'role', 'value' => 'gone', 'content' => 'delete', 'roles' => 'default', 'cap_hour' => '1', 'cap_day' => '2', 'grace' => '3', 'retention' => '4' );
		$forms  = array(
			"job_$queued"                   => array( 'job', array( 'job' => $queued, 'do' => 'cancel' ), fn () => self::assertSame( 'cancelled', $this->state( $queued ) ) ),
			"job_$failed"                   => array( 'job', array( 'job' => $failed, 'do' => 'retry' ), fn () => $this->assert_done( $this->users[4] ) ),
			"job_{$this->held['approve']}" => array( 'job', array( 'job' => $this->held['approve'], 'do' => 'approve' ), fn () => $this->assert_done( $this->users[0] ) ),
			"job_{$this->held['reject']}"  => array( 'job', array( 'job' => $this->held['reject'], 'do' => 'reject' ), fn () => self::assertSame( 'cancelled', $this->state( $this->held['reject'] ) ) ),
			'held'                          => array( 'held', array( 'jobs' => array( $this->held['bulk'] ), 'do' => 'reject' ), fn () => self::assertSame( 'cancelled', $this->state( $this->held['bulk'] ) ) ),
			'all_held'                      => array( 'all_held', array( 'do' => 'approve', 'confirm' => '1' ), fn () => self::assertSame( 'queued', $this->state( $last ) ) ),
			'settings'                      => array( 'settings', $tag, fn () => self::assertSame( array( 'any', 'gone', 1, 4 ), array_map( fn( $key ) => unserialize( (string) $this->option( 'wpf_delete_settings' ) )[ $key ], array( 'sources', 'value', 'cap_hour', 'retention' ) ) ) ),
			"delete_$gone"                  => array( 'delete', array( 'user' => $gone, 'mode' => 'delete', 'confirm' => '1' ), fn () => $this->assert_done( $gone ) ),
			'csv'                           => array( 'csv', array(), null ),
		);
		$names      = array_map( static fn( $name ) => "wpf_delete_$name", array_keys( $forms ) );
		$nobody     = $this->visitor( 0 );
		$admin      = $this->visitor( self::ADMIN );
		$subscriber = $this->visitor( $this->subscriber );
		$good       = $admin->nonces( $names );
		$old        = $admin->nonces( $names, self::LONG_AGO );
		$others     = $subscriber->nonces( $names );
		$this->warm_up( $nobody, $admin, $subscriber );
		foreach ( $forms as $name => list( $form, $fields, $happens ) ) {
			$fields += array( 'action' => "wpf_delete_$form" );
			$purpose = "wpf_delete_$name";
			$another = $good[ 'wpf_delete_csv' === $purpose ? 'wpf_delete_held' : 'wpf_delete_csv' ];
			$logged  = count( $this->log() );
			$this->assert_refused( 400, 'nobody', $name, $nobody, fn () => $nobody->post( $fields + array( '_wpnonce' => $good[ $purpose ] ) ) );
			$this->assert_refused( 403, 'a subscriber', $name, $subscriber, fn () => $subscriber->post( $fields + array( '_wpnonce' => $others[ $purpose ] ) ) );
			$this->assert_refused( 403, 'a link', $name, $admin, fn () => $admin->get( 'admin-post.php?' . http_build_query( $fields + array( '_wpnonce' => $good[ $purpose ] ) ) ) );
			foreach ( array( 'no' => null, 'an empty' => '', 'an old' => $old[ $purpose ], 'another one’s' => $others[ $purpose ], 'another form’s' => $another ) as $which => $nonce ) {
				$this->assert_refused( 403, "an administrator with $which nonce", $name, $admin, fn () => $admin->post( $fields + ( null === $nonce ? array() : array( '_wpnonce' => $nonce ) ) ) );
				self::assert_says( 'Go back, reload the page, and try again.', $admin->body );
			}
			$detail = trim( "$form " . ( $fields['job'] ?? $fields['user'] ?? '' ) );
			$nonce  = fn ( string $of ) => "wpf-delete: refused user 1 on site 1: form $of, its nonce is missing, old, or for something else";
			self::assertSame(
				// What is in a link is not looked at.
				array_merge( array( "wpf-delete: refused user $this->subscriber on site 1: form $detail", $nonce( preg_replace( '/\d+$/', '0', $detail ) ) ), array_fill( 0, 5, $nonce( $detail ) ) ),
				array_values( array_slice( $this->log(), $logged ) )
			);

			$admin->post( $fields + array( '_wpnonce' => $good[ $purpose ] ) );
			self::assertSame( $happens ? 302 : 200, $admin->status, substr( $admin->body, 0, 500 ) );
			if ( $happens ) {
				self::assert_notice( true, $admin->follow() );
				$this->eventually( $happens );
				$this->come_to_rest();
			}
		}
	}

	/**
	 * @dataProvider newest
	 */
	public function test_routes( string $suite ): void {
		$this->arrange( $suite );
		$queued = $this->job( $this->users[3], 'queued' );
		$failed = $this->job( $this->users[4], 'failed', array( 'last_error' => 'wpf_delete_query: no' ) );
		$waits  = $this->job( $this->users[5], 'queued' );
		$last   = $this->job( $this->users[6], 'held' );
		$gone   = $this->users[7];
		$is     = fn ( int $job, string $state ) => fn () => self::assertSame( $state, $this->state( $job ) );
		$routes = array(
			'GET /jobs'                                  => array( null, fn ( $answer ) => self::assertCount( 7, $answer ) ),
			"GET /jobs/$queued"                          => array( null, fn ( $answer ) => self::assertSame( array( 'queued', $this->users[3] ), array( $answer['state'], $answer['user_id'] ) ) ),
			"GET /plan?user=$gone"                       => array( null, fn ( $answer ) => self::assertSame( array( $gone, true ), array( $answer['user']['id'], $answer['may_go'] ) ) ),
			'GET /settings'                              => array( null, fn ( $answer ) => self::assertSame( array( 'delete', 25 ), array( $answer['applies'], $answer['cap_hour'] ) ) ),
			"POST /jobs/$queued/cancel"                  => array( null, $is( $queued, 'cancelled' ) ),
			"POST /jobs/$failed/retry"                   => array( null, fn () => $this->assert_done( $this->users[4] ) ),
			"POST /jobs/$waits/run"                      => array( null, fn () => $this->assert_done( $this->users[5] ) ),
			"POST /jobs/{$this->held['approve']}/approve" => array( null, fn () => $this->assert_done( $this->users[0] ) ),
			"POST /jobs/{$this->held['reject']}/reject"  => array( null, $is( $this->held['reject'], 'cancelled' ) ),
			'POST /jobs'                                 => array( array( 'user' => $gone ), fn () => $this->assert_done( $gone ) ),
			'POST /held/approve'                         => array( array(), $is( $this->held['bulk'], 'queued' ) ),
			'POST /held/reject'                          => array( array(), fn ( $answer ) => self::assertSame( array( 'jobs' => 0 ), $answer ) ),
			'POST /settings'                             => array( array( 'cap_hour' => 7 ), fn ( $answer ) => self::assertSame( 7, $answer['cap_hour'] ) ),
		);
		$nobody     = $this->visitor( 0 );
		$admin      = $this->visitor( self::ADMIN );
		$subscriber = $this->visitor( $this->subscriber );
		$nonce      = $admin->nonces( array( 'wp_rest' ) )['wp_rest'];
		$old        = $admin->nonces( array( 'wp_rest' ), self::LONG_AGO )['wp_rest'];
		$others     = $subscriber->nonces( array( 'wp_rest' ) )['wp_rest'];
		$this->warm_up( $nobody, $admin, $subscriber );
		foreach ( $routes as $route => list( $data, $happens ) ) {
			list( $method, $path ) = explode( ' ', $route );
			$logged                = count( $this->log() );
			$this->assert_refused( 401, 'nobody', $route, $nobody, fn () => $nobody->rest( $method, $path, null, $data ) );
			$this->assert_refused( 403, 'nobody with a nonce', $route, $nobody, fn () => $nobody->rest( $method, $path, $nonce, $data ) );
			$this->assert_refused( 403, 'a subscriber', $route, $subscriber, fn () => $subscriber->rest( $method, $path, $others, $data ) );
			$this->assert_refused( 401, 'an administrator with no nonce', $route, $admin, fn () => $admin->rest( $method, $path, null, $data ) );
			$this->assert_refused( 403, 'an administrator with an old nonce', $route, $admin, fn () => $admin->rest( $method, $path, $old, $data ) );
			$this->assert_refused( 403, 'an administrator with another one’s nonce', $route, $admin, fn () => $admin->rest( $method, $path, $others, $data ) );
			$called = strtok( $path, '?' );
			self::assertSame( array( "wpf-delete: refused user $this->subscriber on site 1: $method /wpf-delete/v1$called" ), array_values( array_slice( $this->log(), $logged ) ) );

			$answer = $admin->rest( $method, $path, $nonce, $data );
			self::assertContains( $admin->status, array( 200, 201 ), "$route: $admin->body" );
			$this->eventually( static fn () => $happens( $answer ) );
			$this->come_to_rest();
		}
		self::assertSame( 'queued', $this->state( $last ) );
	}

	/**
	 * The page itself, and the link to it.
	 *
	 * @dataProvider newest
	 */
	public function test_the_page_is_for_who_may_delete_users( string $suite ): void {
		$this->arrange( $suite );
		$editor = $this->user( 'editor', 'editor' );
		foreach ( array( $this->subscriber, $editor ) as $user ) {
			$visitor = $this->visitor( $user );
			$visitor->tab( 'settings' );
			self::assertSame( 403, $visitor->status );
			self::assertStringNotContainsString( 'page=wpf-delete', $visitor->get( 'profile.php' ) );
		}
		$admin = $this->visitor( self::ADMIN );
		self::assertStringContainsString( 'tools.php?page=wpf-delete', $admin->get( 'profile.php' ) );
		$links = array_map( static fn( $link ) => $link->getAttribute( 'href' ), Visitor::elements( $admin->get( 'users.php' ), '//span[contains(@class, "wpf_delete")]/a' ) );
		self::assertCount( 10, $links );
		self::assertSame( array(), preg_grep( '/user=1$/', $links ), 'An administrator is offered to delete themself.' );
		self::assertCount( 1, preg_grep( "/tools\\.php\\?page=wpf-delete&tab=preview&user=$editor\$/", $links ) );
	}

	/**
	 * Ids that are not there, not of that kind, or another site's.
	 *
	 * @dataProvider newest
	 */
	public function test_forged_ids( string $suite ): void {
		$this->arrange( $suite );
		$foreign = $this->job( $this->users[6], 'held', array( 'site_id' => 2 ) );
		$admin   = $this->visitor( self::ADMIN );
		$nonces  = $admin->nonces( array( 'wp_rest', "wpf_delete_job_$foreign", 'wpf_delete_held', 'wpf_delete_job_0', 'wpf_delete_delete_1', 'wpf_delete_delete_0' ) );
		$rest    = $nonces['wp_rest'];
		$this->warm_up( $admin );
		$admin->tab( 'held' );
		$this->before = null;
		foreach ( array( 'approve', 'reject', 'cancel', 'retry', 'run' ) as $action ) {
			$this->assert_refused( 404, 'an administrator', "$action another site’s job", $admin, fn () => $admin->rest( 'POST', "/jobs/$foreign/$action", $rest ) );
			$this->assert_refused( 404, 'an administrator', "$action no job", $admin, fn () => $admin->rest( 'POST', "/jobs/99999/$action", $rest ) );
		}
		self::assertSame( 'wpf-delete: refused user 1 on site 1: run job 99999, which is none of this site', array_slice( array_values( $this->log() ), -1 )[0] );
		$this->assert_refused( 404, 'an administrator', 'look at another site’s job', $admin, fn () => $admin->rest( 'GET', "/jobs/$foreign", $rest ) );
		$this->assert_refused( 404, 'an administrator', 'an action that is none', $admin, fn () => $admin->rest( 'POST', "/jobs/{$this->held['reject']}/delete", $rest ) );
		$this->assert_refused( 409, 'an administrator', 'retry what is held', $admin, fn () => $admin->rest( 'POST', "/jobs/{$this->held['reject']}/retry", $rest ) );
		foreach ( array( '1 OR 1=1', 'abc', '-1', '0', '1.5', array( 1 ), null ) as $id ) {
			$this->assert_refused( 400, 'an administrator', 'delete ' . json_encode( $id ), $admin, fn () => $admin->rest( 'POST', '/jobs', $rest, array( 'user' => $id ) ) );
		}
		$this->assert_refused( 404, 'an administrator', 'delete nobody', $admin, fn () => $admin->rest( 'POST', '/jobs', $rest, array( 'user' => 99999 ) ) );
		$this->assert_refused( 409, 'an administrator', 'delete themself', $admin, fn () => $admin->rest( 'POST', '/jobs', $rest, array( 'user' => 1 ) ) );
		$this->assert_refused( 400, 'an administrator', 'an heir who is not there', $admin, fn () => $admin->rest( 'POST', '/jobs', $rest, array( 'user' => $this->users[7], 'reassign' => 99999 ) ) );
		$this->assert_refused( 400, 'an administrator', 'an heir who goes', $admin, fn () => $admin->rest( 'POST', '/jobs', $rest, array( 'user' => $this->users[7], 'reassign' => $this->users[7] ) ) );
		$this->assert_refused( 400, 'an administrator', 'an heir for what is deleted for good', $admin, fn () => $admin->rest( 'POST', '/jobs', $rest, array( 'user' => $this->users[7], 'reassign' => 1, 'permanent' => true ) ) );
		$this->assert_refused( 400, 'an administrator', 'a setting that is none', $admin, fn () => $admin->rest( 'POST', '/settings', $rest, array( 'cap_hour' => 3, 'admin_email' => 'x@example.test' ) ) );
		self::assertSame( 'held', $this->state( $foreign ) );

		// Forms say so on the page that follows, for which they keep a word.
		$before = $this->database()['wpf_deletions'];
		foreach ( array( array( "wpf_delete_job_$foreign", array( 'action' => 'wpf_delete_job', 'job' => $foreign, 'do' => 'approve' ) ), array( 'wpf_delete_held', array( 'action' => 'wpf_delete_held', 'jobs' => array( $foreign, '1 OR 1=1', 99999 ), 'do' => 'approve' ) ), array( 'wpf_delete_delete_1', array( 'action' => 'wpf_delete_delete', 'user' => 1, 'mode' => 'delete', 'confirm' => '1' ) ), array( 'wpf_delete_job_0', array( 'action' => 'wpf_delete_job', 'job' => "$foreign or 1", 'do' => 'approve' ) ) ) as list( $purpose, $fields ) ) {
			$admin->post( $fields + array( '_wpnonce' => $nonces[ $purpose ] ) );
			$page = $admin->follow();
			self::assert_notice( false, $page );
		}
		self::assertSame( $before, $this->database()['wpf_deletions'] );
		self::assertSame( array(), Visitor::elements( $admin->tab( 'held' ) . $admin->tab( 'history' ) . $admin->tab( 'queue', array( 'job' => $foreign ) ), "//tr[@data-job='$foreign']" ) );
	}

	/** The user is gone, and the job knows. */
	private function assert_done( int $user ): void {
		self::assertSame( 'done', $this->site->database()->query( "SELECT state FROM wp_wpf_deletions WHERE user_id = $user" )->fetch_column() );
		$this->assert_gone( array( $user ), 1 );
	}

	/** Waits until nothing changes any more: what is done when the answer is out would be taken for the next one's doing. */
	private function come_to_rest(): void {
		do {
			$this->before = $this->database();
			usleep( 100000 );
		} while ( $this->database() !== $this->before );
	}

	private function option( string $name ): ?string {
		return $this->site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = '$name'" )->fetch_column() ?: null;
	}
}
