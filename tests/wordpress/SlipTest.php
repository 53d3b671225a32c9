<?php
/**
 * A tag is put on the whole list in the CRM, administrators included. How many users are gone when somebody looks?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Ten thousand users and more, loaded one after the other as "Resync tags for every user" does.
 */
final class SlipTest extends JobsTestCase {

	private const USERS  = 10000;
	private const ADMINS = 20;
	private const CAP    = 25;

	/**
	 * @dataProvider newest
	 */
	public function test_exactly_the_cap_goes( string $suite ): void {
		$this->begin( $suite );
		$this->query( "UPDATE wp_options SET option_value = '1' WHERE option_name = 'fresh_site'" );
		$ids     = $this->many_users();
		$before  = $this->visit();
		$started = microtime( true );
		$run     = TriggersTest::request(
			$this->site,
			array_map( static fn ( $id ) => array( 'get_tags', $id, array( '12' ) ), $ids ),
			array( 'settings' => array( 'cap_hour' => self::CAP, 'cap_day' => 100 ) )
		);
		fprintf( STDERR, "slip: %d loads in %.1f s\n", count( $ids ), microtime( true ) - $started );

		self::assertSame( count( $ids ) + 1 - self::CAP, $this->rows( 'users' ) );
		self::assertSame( self::CAP, $this->rows( "wpf_deletions WHERE state = 'done'" ) );
		self::assertSame( self::USERS - self::CAP, $this->rows( "wpf_deletions WHERE state = 'held' AND is_open = 1 AND accepted IS NULL" ) );
		self::assertSame( self::ADMINS, $this->rows( "wpf_deletions WHERE state = 'refused' AND last_error LIKE 'wpf\\_delete\\_protected%'" ) );
		self::assertSame( self::ADMINS + 1, $this->rows( "usermeta WHERE meta_key = 'wp_capabilities' AND meta_value LIKE '%administrator%'" ) );
		self::assertCount( 1, $run['mails'] );
		self::assertSame( 2 * self::CAP, count( $run['hooks'] ) );

		// The next Resync, with the tag still on everybody: within the hour nobody else goes, and no mail is sent.
		$again = TriggersTest::request( $this->site, array_map( static fn ( $id ) => array( 'get_tags', $id, array( '12' ) ), array_slice( $ids, 0, 500 ) ), array( 'settings' => array( 'cap_hour' => self::CAP, 'cap_day' => 100 ) ) );
		self::assertSame( array( array(), array() ), array( $again['mails'], $again['hooks'] ) );
		self::assertSame( count( $ids ) + 1 - self::CAP, $this->rows( 'users' ) );

		// A page asks the database for the same, and it has to read as much.
		self::assertSame( $before, $this->visit() );

		$started = microtime( true );
		self::assertSame( self::USERS - self::CAP, $this->call( array( array( '\WpfDelete\Requests::reject_all' ) ) )['results'][0] );
		fprintf( STDERR, "slip: all rejected in %.1f s\n", microtime( true ) - $started );
		$run = TriggersTest::request( $this->site, array( array( 'get_tags', $ids[ self::USERS - 1 ], array( '12' ) ) ) );
		self::assertSame( array(), $run['hooks'], 'A rejected user was asked for once more, and went.' );
	}

	/**
	 * Makes users, subscribers and administrators in turn.
	 *
	 * @return int[] Their ids.
	 */
	private function many_users(): array {
		$first = 1 + (int) $this->site->database()->query( 'SELECT MAX(ID) FROM wp_users' )->fetch_row()[0];
		$last  = $first + self::USERS + self::ADMINS - 1;
		$this->query( "INSERT INTO wp_users ( ID, user_login, user_nicename, user_email, user_registered ) SELECT seq, CONCAT( 'user-', seq ), CONCAT( 'user-', seq ), CONCAT( 'user-', seq, '@example.test' ), UTC_TIMESTAMP() FROM seq_{$first}_to_$last" );
		$every = (int) ( ( self::USERS + self::ADMINS ) / self::ADMINS );
		$this->query( "INSERT INTO wp_usermeta ( user_id, meta_key, meta_value ) SELECT seq, 'wp_capabilities', IF( ( seq - $first ) MOD $every = 0, '" . serialize( array( 'administrator' => true ) ) . "', '" . serialize( array( 'subscriber' => true ) ) . "' ) FROM seq_{$first}_to_$last" );
		return range( $first, $last );
	}

	/**
	 * What the front page costs: statements, and rows that the server reads for them.
	 *
	 * @return array{int, int}
	 */
	private function visit(): array {
		$visit = fn () => $this->site->run( __DIR__ . '/scripts/plugin/front-page.php' );
		// The first one fills what is kept between visits.
		$visit();
		return $visit();
	}
}
