<?php
/**
 * Does a person get to see what the record of deletions knows of them, and have it forgotten?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Through the filters of WordPress's own tools, page by page.
 */
final class PrivacyTest extends JobsTestCase {

	private const EMAIL   = 'Jane.Doe@example.test';

	/** Rows of Jane's first account, which is gone: found by the address alone. */
	private const GONE = 150;

	/**
	 * @dataProvider suites
	 */
	public function test_all_rows_are_exported_and_erased( string $suite ): void {
		$this->begin( $suite );
		list( $other ) = $this->users( 1, 0 );
		// Whatever its case: it is hers.
		$jane = $this->call( array( array( 'wp_insert_user', array( 'user_login' => 'jane', 'user_pass' => 'password', 'user_email' => strtolower( self::EMAIL ) ) ) ) )['results'][0];
		foreach ( array( self::EMAIL, 'jane', 'old@example.test', 'other@example.test' ) as $text ) {
			$calls[] = array( '\WpfDelete\Queue::hash', $text );
		}
		list( $hash, $login, $old, $others ) = $this->call( $calls )['results'];

		// Accounts that are gone, one of which is somebody else's; her account, with another address then; theirs.
		$ids = array();
		for ( $number = 0; $number < self::GONE; $number++ ) {
			$ids[] = $this->insert( 1000 + $number, $hash, $login );
		}
		$strangers = array( $this->insert( 5000, $others, $others ), $this->insert( $other, $others, $others ) );
		for ( $number = 0; $number < 60; $number++ ) {
			$ids[] = $this->insert( $jane, $old, $login );
		}
		$standing = $this->insert( $jane, $hash, $login, array( 'state' => 'cancelled', 'is_open' => 2, 'site_id' => 2 ) );
		$observed = $this->insert( $jane, $hash, $login, array( 'state' => 'observed', 'is_open' => 2 ) );
		$open     = (int) $this->enqueue( array( $jane ) )[0];

		$pages = $this->ask();
		self::assertSame( array( 100, 100, 13 ), array_map( static fn ( $page ) => count( $page['data'] ), $pages ) );
		self::assertSame( array( false, false, true ), array_column( $pages, 'done' ) );
		$items = array_merge( ...array_column( $pages, 'data' ) );
		self::assertSame( array_map( static fn ( $id ) => "wpf-delete-$id", array( ...$ids, $standing, $observed, $open ) ), array_column( $items, 'item_id' ) );
		self::assertSame( array( 'wpf-delete' ), array_values( array_unique( array_column( $items, 'group_id' ) ) ) );
		self::assertSame(
			array(
				'Number'               => (string) $ids[0],
				'Account'              => '1000',
				'Site'                 => '1',
				'State'                => 'Deleted',
				'Asked for by'         => 'Tag in the CRM',
				'Cause'                => 'Gone &amp; &lt;forgotten&gt;',
				'Asked for (UTC)'      => '2026-01-01 10:00:00',
				'Begun (UTC)'          => '2026-01-01 10:01:00',
				'Ended (UTC)'          => '2026-01-01 10:02:00',
				'Posts'                => '7',
				'Rows of the database' => '30',
				'Error'                => 'it was &lt;b&gt;hard&lt;/b&gt;',
				'Login and address'    => 'as hashes',
			),
			array_column( $items[0]['data'], 'value', 'name' )
		);

		$stay = $this->rows_of( $strangers );
		$once = $this->ask( true );
		self::assertSame( array( 100, 100, 11 ), array_column( $once, 'items_removed' ) );
		self::assertSame( array( 0, 0, 2 ), array_column( $once, 'items_retained' ) );
		self::assertSame( array( false, false, true ), array_column( $once, 'done' ) );
		self::assertSame( array( array(), array() ), array_column( array_slice( $once, 0, 2 ), 'messages' ) );
		self::assertCount( 2, $once[2]['messages'] );
		self::assertStringContainsString( "Deletion $standing of this account was called off by somebody", $once[2]['messages'][0] );
		self::assertStringContainsString( "Deletion $open of this account is not finished", $once[2]['messages'][1] );
		self::assertSame( $stay, $this->rows_of( $strangers ), 'Nobody else is forgotten.' );

		// What is left says when and how much, and of nobody.
		$rows = $this->rows_of( array( ...$ids, $observed ) );
		self::assertCount( 211, $rows );
		foreach ( $rows as $row ) {
			self::assertSame(
				array( '0', null, '', '', '', null, null, null, null, null ),
				array_map( static fn ( $column ) => $row[ $column ], array( 'user_id', 'is_open', 'login_hash', 'email_hash', 'cause', 'last_error', 'resume', 'unsettled', 'attachments', 'person' ) )
			);
			self::assertSame( array( '2026-01-01 10:00:00', 'tag', '{"purged":{"post":4,"late":1},"trashed":{"post":2},"rows":{"posts":{"deleted":5,"updated":25}}}' ), array( $row['created'], $row['source'], $row['counts'] ) );
		}
		self::assertSame( array( 'queued', '1' ), $this->jobs( 'state, is_open' )[ $this->position( $open ) ] );

		self::assertSame( array( 0, 2 ), array( $this->ask( true )[0]['items_removed'], $this->ask( true )[0]['items_retained'] ) );
		self::assertSame( array( "wpf-delete-$standing", "wpf-delete-$open" ), array_column( $this->ask()[0]['data'], 'item_id' ) );
		// The open one goes on; when there is no account any more, both can be forgotten.
		$this->call( array( array( '\WpfDelete\Runner::work' ) ) );
		self::assertSame( 0, $this->rows( "users WHERE ID = $jane" ) );
		self::assertSame( array( 2, 0, array() ), array_values( array_intersect_key( $this->ask( true )[0], array_flip( array( 'items_removed', 'items_retained', 'messages' ) ) ) ) );
		self::assertSame( array(), $this->ask()[0]['data'] );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_nothing_is_known_of_strangers( string $suite ): void {
		$this->begin( $suite );
		// An empty address would be the hash of many.
		$this->insert( 77, $this->call( array( array( '\WpfDelete\Queue::hash', '' ) ) )['results'][0], '' );
		self::assertSame( array( array( 'data' => array(), 'done' => true ) ), $this->ask() );
		self::assertSame( array( array( 'items_removed' => 0, 'items_retained' => 0, 'messages' => array(), 'done' => true ) ), $this->ask( true ) );
		self::assertSame( 1, $this->rows( 'wpf_deletions WHERE user_id = 77' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_a_text_for_the_policy_is_suggested( string $suite ): void {
		$this->begin( $suite );
		$text = $this->policy();
		self::assertStringContainsString( 'hashes only', $text );
		self::assertStringContainsString( 'The record is deleted after 365 days.', $text );
		$this->call( array( array( '\WpfDelete\Settings::save', array( 'retention' => 1 ) ) ) );
		self::assertStringContainsString( 'The record is deleted after 1 day.', $this->policy() );
		$this->call( array( array( '\WpfDelete\Settings::save', array( 'retention' => 0 ) ) ) );
		self::assertStringContainsString( 'The record is kept for as long as this site exists.', $this->policy() );
	}

	private function policy(): string {
		return $this->site->run( __DIR__ . '/scripts/plugin/policy.php', array(), array( 'user' => 1, 'ignore' => '/WordPress\.org/' ) );
	}

	/** What the tools get, page by page. */
	private function ask( bool $erase = false ): array {
		return $this->site->run( __DIR__ . '/scripts/plugin/privacy.php', array( 'email' => self::EMAIL ) + compact( 'erase' ) );
	}

	/** A row of a deletion that is over, unless it says otherwise. */
	private function insert( int $user, string $email_hash, string $login_hash, array $columns = array() ): int {
		$columns += array(
			'state'      => 'done',
			'is_open'    => null,
			'site_id'    => 1,
			'user_id'    => $user,
			'email_hash' => $email_hash,
			'login_hash' => $login_hash,
			'source'     => 'tag',
			'cause'      => 'Gone & <forgotten>',
			'mode'       => 'delete',
			'counts'     => '{"purged":{"post":4,"late":1},"trashed":{"post":2},"rows":{"posts":{"deleted":5,"updated":25}}}',
			'last_error' => 'it was <b>hard</b>',
			'created'    => '2026-01-01 10:00:00',
			'started'    => '2026-01-01 10:01:00',
			'finished'   => '2026-01-01 10:02:00',
		);
		return $this->insert_job( $columns );
	}

	/** Rows by id. */
	private function rows_of( array $ids ): array {
		return $this->site->database()->query( 'SELECT * FROM wp_wpf_deletions WHERE id IN (' . implode( ', ', $ids ) . ') ORDER BY id' )->fetch_all( MYSQLI_ASSOC );
	}

	/** Which of all rows it is. */
	private function position( int $id ): int {
		return (int) $this->rows( "wpf_deletions WHERE id < $id" );
	}
}
