<?php
/**
 * Is a user kept out whose account is to go, in every way there is in, and nobody else?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * From the moment the deletion was asked for until it is called off or done.
 */
final class LockoutTest extends JobsTestCase {

	/**
	 * @dataProvider suites
	 */
	public function test_who_is_to_be_deleted_stays_out( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array( 'going' => 'author', 'staying' => 'author' ), true );
		$keys  = array();
		foreach ( $users as $login => $id ) {
			$seen           = $this->visit( $login, $id, array( 'make_keys' => true ) );
			$keys[ $login ] = $seen['keys'];
			self::assertSame( $id, $seen['password'] );
		}
		$welcome = static fn ( $id ) => array( 'password' => $id, 'cookie' => $id, 'new_cookie' => $id, 'application' => $id, 'rest_status' => 200, 'refused' => $id );
		$refused = array( 'password' => 'wpf_delete_pending', 'cookie' => 0, 'new_cookie' => 0, 'application' => 0, 'rest_status' => 401, 'refused' => 'wpf_delete_pending' );
		foreach ( $users as $login => $id ) {
			self::assertSame( $welcome( $id ), $this->visit( $login, $id, array( 'keys' => $keys[ $login ] ) ), $login );
		}

		$this->enqueue( array( $users['going'] ) );
		self::assertSame( $refused, $this->visit( 'going', $users['going'], array( 'keys' => $keys['going'] ) ) );
		self::assertSame( $welcome( $users['staying'] ), $this->visit( 'staying', $users['staying'], array( 'keys' => $keys['staying'] ) ) );

		// While nothing has begun, all that was good is good again when it is called off.
		$this->call( array( array( '\WpfDelete\Queue::cancel', 1 ) ) );
		self::assertSame( $welcome( $users['going'] ), $this->visit( 'going', $users['going'], array( 'keys' => $keys['going'] ) ) );

		// One that has begun and failed.
		$this->enqueue( array( $users['going'] ) );
		$this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'misbehave' => array( 'delete_user' => 'throw' ) ) );
		self::assertSame( array_replace( $refused, array( 'refused' => 'incorrect_password' ) ), $this->visit( 'going', $users['going'], array( 'keys' => $keys['going'] ) ) );
		self::assertSame( 0, $this->rows( "usermeta WHERE user_id = {$users['going']} AND meta_key = '_application_passwords' AND meta_value LIKE '%phone%'" ) );
	}

	/**
	 * A webhook that comes later joins the deletion, whatever it brings; what it writes goes, too.
	 *
	 * @dataProvider suites
	 */
	public function test_a_later_webhook_gives_no_new_life( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array( 'returning' => 'author' ) );
		$id    = $users['returning'];
		$this->enqueue( array( $id ) );
		$this->call( array( array( '\WpfDelete\Queue::next' ) ) );
		$run = TriggersTest::request(
			$this->site,
			array(
				array( 'update', $id, array( 'role' => 'editor', 'first_name' => 'New' ), array( '7' ) ),
				array( 'get_tags', $id, array( '12' ) ),
				array( 'wp_update_user', array( 'ID' => $id, 'user_pass' => 'another', 'role' => 'editor' ) ),
				array( 'wp_insert_post', array( 'post_author' => $id, 'post_title' => 'late', 'post_status' => 'publish' ) ),
			)
		);
		self::assertSame( array(), $run['hooks'] );
		self::assertSame( array( array( 'running' ) ), $this->jobs() );
		$this->make_due();
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		// Two posts, the page, and the one that came late.
		$this->assert_gone( array( $id ) );
	}

	private function visit( string $login, int $user, array $arguments ): array {
		return $this->site->run( __DIR__ . '/scripts/jobs/visit.php', compact( 'login', 'user' ) + $arguments );
	}
}
