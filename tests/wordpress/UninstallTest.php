<?php
/**
 * Is everything gone that the owner wants gone when the plugin is deleted, and nothing else?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * After a life in which the plugin has written all it ever writes.
 */
final class UninstallTest extends JobsTestCase {

	/** Options that stay unless the owner says otherwise. */
	private const SETTINGS = array( 'wpf_delete_disabled', 'wpf_delete_home', 'wpf_delete_settings', 'wpf_delete_table' );

	/**
	 * @dataProvider suites
	 */
	public function test_settings_and_record_stay_unless_the_owner_says_otherwise( string $suite ): void {
		$this->begin( $suite );
		$this->live();
		$everything = array( '_transient_timeout_wpf_delete_1', '_transient_wpf_delete_1', 'wpf_delete_cap_told', ...self::SETTINGS );
		self::assertSame( $everything, $this->options() );
		$events = array( 'wpf_delete_forget', 'wpf_delete_work' );
		self::assertSame( $events, $this->events() );

		$this->uninstall();
		self::assertSame( self::SETTINGS, $this->options() );
		self::assertSame( array(), $this->events() );
		self::assertSame( 2, $this->rows( 'wpf_deletions' ) );
		self::assertSame( 1, $this->rows( "usermeta WHERE meta_key = '_wpf_delete_job'" ) );

		$this->call( array( array( '\WpfDelete\Schedule::renew', 1 ), array( 'update_option', 'wpf_delete_erase', true ) ) );
		$this->uninstall();
		$this->assert_nothing_left();
	}

	/**
	 * @dataProvider newest
	 */
	public function test_on_all_sites_of_a_network( string $suite ): void {
		$this->site = Site::install( $suite, Fixture::name( "$suite uninstall" ), array( 'multisite' => true ) );
		$second     = $this->site->run( __DIR__ . '/scripts/network/add-site.php', array( 'path' => '/second/' ) );
		$this->live();
		$this->call( array( array( 'switch_to_blog', $second ), array( '\WpfDelete\Settings::save', array( 'mode' => 'delete' ) ), array( 'wp_schedule_single_event', time() + 99, 'wpf_delete_work' ) ) );
		$this->uninstall();
		self::assertSame( array( 'wpf_delete_home', 'wpf_delete_settings' ), $this->options( "wp_{$second}_" ) );
		self::assertSame( array( array(), array() ), array( $this->events(), $this->events( "wp_{$second}_" ) ) );

		// The main site speaks for all.
		$this->call( array( array( 'update_option', 'wpf_delete_erase', true ) ) );
		$this->uninstall();
		$this->assert_nothing_left();
		self::assertSame( array(), $this->options( "wp_{$second}_" ) );
		self::assertSame( 0, $this->rows( "sitemeta WHERE meta_key LIKE 'wpf\\_delete%'" ) );
	}

	/** Has the plugin do all it does. */
	private function live(): void {
		list( $waits, $held ) = $this->users( 2, 0 );
		$this->enqueue( array( $waits ) );
		$this->call(
			array(
				array( '\WpfDelete\Settings::save', array( 'mode' => 'delete', 'cap_hour' => 0 ) ),
				array( '\WpfDelete\Requests::ask', $held, array( 'source' => 'tag' ) ),
				array( 'update_option', 'wpf_delete_disabled', '0' ),
				array( 'set_transient', 'wpf_delete_1', 'notices', 999 ),
				array( '\WpfDelete\Retention::schedule' ),
				array( '\WpfDelete\Schedule::renew', 1 ),
			)
		);
	}

	private function assert_nothing_left(): void {
		self::assertSame( array(), $this->options() );
		self::assertSame( array(), $this->events() );
		self::assertSame( 0, $this->site->database()->query( "SHOW TABLES LIKE '%wpf_deletions'" )->num_rows );
		self::assertSame( 0, $this->rows( "usermeta WHERE meta_key LIKE '%wpf\\_delete%'" ) );
	}

	private function uninstall(): void {
		self::assertTrue( $this->site->run( __DIR__ . '/scripts/jobs/uninstall.php' ) );
	}

	/** The plugin's options. */
	private function options( string $prefix = 'wp_' ): array {
		return array_column( $this->site->database()->query( "SELECT option_name FROM {$prefix}options WHERE option_name LIKE '%wpf\\_delete%' ORDER BY option_name" )->fetch_all(), 0 );
	}

	/** The plugin's events. */
	private function events( string $prefix = 'wp_' ): array {
		$cron  = $this->site->database()->query( "SELECT option_value FROM {$prefix}options WHERE option_name = 'cron'" )->fetch_row();
		$hooks = array_merge( ...array_map( static fn ( $hooks ) => is_array( $hooks ) ? array_keys( $hooks ) : array(), array_values( unserialize( $cron[0] ?? 'a:0:{}' ) ) ) );
		$hooks = array_values( array_unique( preg_grep( '/^wpf_delete/', $hooks ) ) );
		sort( $hooks );
		return $hooks;
	}
}
