<?php
/**
 * Does the record of deletions stay for as long as the owner wants, and no longer?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Rows of many days, of which one may go to the day.
 */
final class RetentionTest extends JobsTestCase {

	private const FORGET = '\WpfDelete\Retention::forget';
	private const EVENT  = 'wpf_delete_forget';

	/**
	 * @dataProvider newest
	 */
	public function test_what_is_over_and_old_goes( string $suite ): void {
		$this->begin( $suite );
		$old = array( 'finished' => self::days( 366 ) );
		$new = array( 'finished' => self::days( 364 ) );
		$go  = array(
			$this->row( 'done', $old ),
			$this->row( 'failed', $old ),
			$this->row( 'cancelled', $old ),
			$this->row( 'observed', $old + array( 'is_open' => 2 ) ),
			$this->row( 'refused', $old + array( 'is_open' => 2 ) ),
		);
		$calls = array( 'state' => 'cancelled', 'is_open' => 2 );
		$go[]  = $this->row( 'cancelled', $old + $calls );
		$stay  = array(
			// The CRM may ask for this one again: there is the account.
			$this->row( 'cancelled', $old + $calls + array( 'user_id' => 1 ) ),
			$this->row( 'done', $new ),
			$this->row( 'observed', $new + array( 'is_open' => 2 ) ),
			// Nobody has looked at it yet.
			$this->row( 'failed', $old + array( 'is_open' => 1 ) ),
			$this->row( 'cancelled', $old + array( 'is_open' => 1, 'phase' => 'trash' ) ),
			$this->row( 'queued', array( 'is_open' => 1, 'created' => self::days( 4000 ) ) ),
			$this->row( 'held', array( 'is_open' => 1, 'created' => self::days( 4000 ) ) ),
		);
		$this->forget( 0 );
		self::assertSame( array( ...$go, ...$stay ), $this->ids() );
		$this->forget( 365 );
		self::assertSame( $stay, $this->ids() );
		$this->forget( 363 );
		self::assertSame( array( $stay[0], ...array_slice( $stay, 3 ) ), $this->ids() );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_many_go_in_batches_by_an_index( string $suite ): void {
		$this->begin( $suite );
		$this->row( 'done', array( 'finished' => self::days( 400 ) ) );
		$this->row( 'done', array( 'finished' => self::days( 1 ) ) );
		for ( $rows = 2; $rows < 8192; $rows *= 2 ) {
			$this->query( "INSERT INTO wp_wpf_deletions ( site_id, user_id, is_open, login_hash, email_hash, source, mode, state, created, finished ) SELECT site_id, user_id, NULL, '', '', source, mode, state, created, finished FROM wp_wpf_deletions" );
		}
		$file       = $this->site->path() . '/statements';
		$statements = function () use ( $file ) {
			file_put_contents( $file, '' );
			$this->call( array( array( '\WpfDelete\Settings::save', array( 'retention' => 365 ) ), array( self::FORGET ) ), array( 'statements' => $file ) );
			return file( $file, FILE_IGNORE_NEW_LINES );
		};
		// What they say is the same however many there are: explained before they are asked.
		$this->query( 'CREATE TABLE kept SELECT * FROM wp_wpf_deletions' );
		$first = $statements();
		$this->query( 'REPLACE INTO wp_wpf_deletions SELECT * FROM kept' );
		$this->query( 'DROP TABLE kept' );
		$this->query( 'ANALYZE TABLE wp_wpf_deletions' );
		$keys = array();
		foreach ( preg_grep( '/^(SELECT id|DELETE) FROM wp_wpf_deletions /', $first ) as $statement ) {
			$explained = $this->site->database()->query( "EXPLAIN $statement" )->fetch_assoc();
			$keys[]    = $explained['key'];
			self::assertStringNotContainsString( 'filesort', (string) $explained['Extra'] );
		}
		self::assertSame( array( 'record', 'PRIMARY' ), array_values( array_unique( $keys ) ) );

		self::assertCount( 5, preg_grep( '/^DELETE FROM wp_wpf_deletions /', $statements() ), '4096 rows, a thousand at a time.' );
		self::assertSame( 4096, $this->rows( 'wpf_deletions' ) );
		self::assertSame( 0, $this->rows( "wpf_deletions WHERE finished < '" . self::days( 365 ) . "'" ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_it_happens_once_a_day( string $suite ): void {
		$this->begin( $suite );
		$events = $this->events();
		self::assertCount( 1, $events );
		self::assertGreaterThan( time(), $events[0] );
		self::assertLessThanOrEqual( time() + 86400, $events[0] );

		$this->row( 'done', array( 'finished' => self::days( 366 ) ) );
		$this->site->run( __DIR__ . '/scripts/plugin/cron.php', array(), array( 'dies' => true, 'ignore' => '/WordPress\.org/', 'time' => gmdate( 'Y-m-d H:i:s', $events[0] + 60 ) ) );
		self::assertSame( array(), $this->ids() );
		self::assertSame( array( $events[0] + 86400 ), $this->events() );

		// Whoever takes it off the calendar by accident has it back at the next visit of the admin.
		$this->call( array( array( 'wp_clear_scheduled_hook', self::EVENT ) ) );
		self::assertSame( array(), $this->events() );
		$this->site->run( __DIR__ . '/scripts/plugin/policy.php', array(), array( 'user' => 1, 'ignore' => '/WordPress\.org/' ) );
		self::assertCount( 1, $this->events() );
		$this->site->run( __DIR__ . '/scripts/plugin/deactivate.php' );
		self::assertSame( array(), $this->events() );
	}

	/**
	 * Each site of a network has its own settings; one calendar is enough.
	 *
	 * @dataProvider newest
	 */
	public function test_on_a_network_each_site_has_its_time( string $suite ): void {
		$this->site = Site::install( $suite, Fixture::name( "$suite retention" ), array( 'multisite' => true ) );
		$second     = $this->site->run( __DIR__ . '/scripts/network/add-site.php', array( 'path' => '/second/' ) );
		$ids        = array();
		foreach ( array( 0, 1, $second, 99 ) as $site ) {
			foreach ( array( 8, 31, 366 ) as $days ) {
				$ids[ $site ][ $days ] = $this->row( 'done', array( 'site_id' => $site, 'finished' => self::days( $days ) ) );
			}
		}
		$this->call( array( array( '\WpfDelete\Settings::save', array( 'retention' => 30 ) ), array( 'switch_to_blog', $second ), array( '\WpfDelete\Settings::save', array( 'retention' => 7 ) ) ) );
		$this->call( array( array( self::FORGET ) ) );
		self::assertSame( array( $ids[0][8], $ids[1][8], $ids[99][8] ), $this->ids() );
		$count  = fn () => array( count( $this->events() ), count( $this->events( "wp_{$second}_options" ) ) );
		$visits = fn () => $this->call( array( array( 'switch_to_blog', $second ), array( '\WpfDelete\Retention::schedule' ) ) );
		$visits();
		self::assertSame( array( 1, 0 ), $count() );
		// Where the main site need not have the plugin, nobody else would do it.
		$this->query( "UPDATE wp_sitemeta SET meta_value = 'a:0:{}' WHERE meta_key = 'active_sitewide_plugins'" );
		$this->query( "UPDATE wp_options SET option_value = '" . serialize( array( 'wpf-delete/wpf-delete.php' ) ) . "' WHERE option_name = 'active_plugins'" );
		$visits();
		self::assertSame( array( 1, 1 ), $count() );
	}

	/** A time so many days ago. */
	private static function days( int $days ): string {
		return gmdate( 'Y-m-d H:i:s', time() - $days * 86400 );
	}

	private function row( string $state, array $columns ): int {
		static $user = 1000;
		return $this->insert_job( $columns + array( 'site_id' => 1, 'user_id' => ++$user, 'is_open' => null, 'login_hash' => '', 'email_hash' => '', 'source' => 'tag', 'mode' => 'delete', 'state' => $state, 'created' => self::days( 500 ) ) );
	}

	private function forget( int $days ): void {
		$results = $this->call( array( array( '\WpfDelete\Settings::save', array( 'retention' => $days ) ), array( self::FORGET ) ) )['results'];
		self::assertTrue( $results[0] );
	}

	private function ids(): array {
		return array_map( 'intval', array_column( $this->jobs( 'id' ), 0 ) );
	}

	/** When the event is due. */
	private function events( string $options = 'wp_options' ): array {
		$cron  = $this->site->database()->query( "SELECT option_value FROM $options WHERE option_name = 'cron'" )->fetch_row();
		$times = array();
		foreach ( unserialize( $cron[0] ?? 'a:0:{}' ) as $time => $hooks ) {
			if ( is_array( $hooks ) && isset( $hooks[ self::EVENT ] ) ) {
				$times[] = $time;
			}
		}
		return $times;
	}
}
