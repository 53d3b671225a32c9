<?php
/**
 * Deleting a user on a network, from one site and from all of them.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/NetworkFixture.php';
require_once __DIR__ . '/ParityScenario.php';
require_once __DIR__ . '/ParityTest.php';

/**
 * Two copies of one network: core deletes the user on one, the plugin on the other. Every row of every table of every
 * site and of the network, and every file, must then be the same; the fixture has nothing that D1 to D11 are about, but for one event.
 */
final class NetworkTest extends TestCase {

	/** What a trashed post gets: all others go for good. */
	private const TRASHED = array( 'post-publish', 'post-draft', 'post-private', 'post-pending', 'post-future', 'page-front', 'page-under' );

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	public static function deletions_from_a_site(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			foreach ( array( 'wp_delete_user', '\WpfDelete\delete_user' ) as $function ) {
				foreach ( array( 'main', 'second' ) as $site ) {
					yield "$suite, $site, $function" => array( $suite, $site, $function, null );
				}
			}
			yield "$suite, second, to an heir" => array( $suite, 'second', '\WpfDelete\delete_user', 'heir' );
		}
	}

	/**
	 * @dataProvider deletions_from_a_site
	 */
	public function test_leaves_one_site_as_core_does( string $suite, string $site, string $function, ?string $heir ): void {
		$fixture   = NetworkFixture::on( $suite );
		$arguments = array(
			'site'      => $fixture->sites[ $site ],
			'arguments' => array( $fixture->users['victim'], $heir ? $fixture->users[ $heir ] : null ),
		);
		$core      = $fixture->by_core( $arguments + array( 'function' => 'wp_delete_user' ) );
		$native    = $fixture->by_plugin( $arguments + array( 'function' => $function ) );

		$this->assert_same_deletion( $fixture, $core, $native );
		self::assertSame( array( 'delete_user', 'remove_user_from_blog', 'deleted_user' ), array_column( $native['hooks'], 0 ) );
		self::assertArrayHasKey( $fixture->users['victim'], $native['state']['users'] );
		self::assertNotContains( 'victim', array_column( $native['state']['signups'], 'user_login' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_leaves_the_network_as_core_does( string $suite ): void {
		$fixture = NetworkFixture::on( $suite );
		$core    = $fixture->by_core( array( 'function' => 'wpmu_delete_user' ) );
		$native  = $fixture->by_plugin( array( 'function' => 'wpmu_delete_user' ) );

		$this->assert_same_deletion( $fixture, $core, $native );
		self::assertSame(
			array(
				array( 'wpmu_delete_user', 1 ),
				array( 'remove_user_from_blog', 1 ),
				array( 'remove_user_from_blog', $fixture->sites['second'] ),
				array( 'remove_user_from_blog', $fixture->sites['third'] ),
				array( 'deleted_user', 1 ),
			),
			array_map( static fn( $hook ) => array_slice( $hook, 0, 2 ), $native['hooks'] )
		);
		if ( ParityScenario::has_extension() ) {
			self::assertLessThan( $core['queries'] / 3, $native['queries'], 'WordPress has done it.' );
		}
		foreach ( array( 'main', 'second', 'third' ) as $site ) {
			self::assertSame( self::TRASHED, $fixture->trashed( $native['state'], $site ) );
		}
		self::assertSame( array(), $fixture->trashed( $native['state'], 'archived' ), 'Core leaves out archived sites.' );
		self::assertArrayNotHasKey( $fixture->users['victim'], $native['state']['users'] );
	}

	/**
	 * Core is made to visit the sites it leaves out, as if the user were a member of both.
	 *
	 * @dataProvider suites
	 */
	public function test_leaves_sites_that_core_leaves_out_as_the_others( string $suite ): void {
		$fixture = NetworkFixture::on( $suite );
		$core    = $fixture->by_core( array( 'function' => 'wpmu_delete_user', 'also' => $fixture->sites( 'archived', 'left' ) ) );
		$native  = $fixture->by_plugin( array( 'function' => '\WpfDelete\delete_network_user' ) );

		// Nobody is removed from a site they have left.
		$left_nothing  = static fn( $hook ) => 'remove_user_from_blog' !== $hook[0] || $fixture->sites['left'] !== $hook[1];
		$core['hooks'] = array_values( array_filter( $core['hooks'], $left_nothing ) );
		$this->assert_same_deletion( $fixture, $core, $native );
		foreach ( array_keys( $fixture->sites ) as $site ) {
			self::assertSame( self::TRASHED, $fixture->trashed( $native['state'], $site ) );
		}
	}

	/**
	 * A plugin makes users members of sites in its own way, and goes on doing so when they have been removed.
	 *
	 * @dataProvider suites
	 */
	public function test_visits_each_site_once( string $suite ): void {
		$fixture   = NetworkFixture::on( $suite );
		$arguments = array( 'function' => 'wpmu_delete_user', 'also' => $fixture->sites( 'main', 'second', 'left' ) );
		$native    = $fixture->by_plugin( $arguments );
		$this->assert_same_deletion( $fixture, $fixture->by_core( $arguments ), $native );
		self::assertSame( self::TRASHED, $fixture->trashed( $native['state'], 'second' ) );
		self::assertSame( self::TRASHED, $fixture->trashed( $native['state'], 'left' ) );
	}

	/**
	 * Somebody listens, so that posts of every type are deleted with all their hooks.
	 *
	 * @dataProvider suites
	 */
	public function test_leaves_the_same_when_somebody_listens( string $suite ): void {
		$fixture   = NetworkFixture::on( $suite );
		$arguments = array( 'function' => 'wpmu_delete_user', 'listens' => array( 'deleted_post', 'trashed_post', 'deleted_link' ) );
		$native    = $fixture->by_plugin( $arguments );
		$this->assert_same_deletion( $fixture, $fixture->by_core( $arguments ), $native );
		self::assertSame( self::TRASHED, $fixture->trashed( $native['state'], 'second' ) );
	}

	/**
	 * A listener takes the user off a site before core asks which sites there are.
	 *
	 * @dataProvider suites
	 */
	public function test_a_site_the_user_has_just_left_is_left_alone( string $suite ): void {
		$fixture   = NetworkFixture::on( $suite );
		$arguments = array( 'function' => 'wpmu_delete_user', 'leaves' => $fixture->sites['third'] );
		$native    = $fixture->by_plugin( $arguments );
		$this->assert_same_deletion( $fixture, $fixture->by_core( $arguments ), $native );
		self::assertSame( array(), $fixture->trashed( $native['state'], 'third' ) );
		self::assertSame( self::TRASHED, $fixture->trashed( $native['state'], 'second' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_leaving_a_site_deletes_nothing( string $suite ): void {
		$fixture   = NetworkFixture::on( $suite );
		$arguments = array( 'function' => 'remove_user_from_blog', 'arguments' => array( $fixture->users['victim'], $fixture->sites['second'] ) );
		$native    = $fixture->by_plugin( $arguments );
		$this->assert_same_deletion( $fixture, $fixture->by_core( $arguments ), $native );
		$posts = $fixture->sites['second'] . '_posts';
		self::assertSame( $fixture->before[ $posts ], $native['state'][ $posts ] );
	}

	/**
	 * With the trash off.
	 *
	 * @dataProvider suites
	 */
	public function test_erases_what_core_erases( string $suite ): void {
		$fixture   = NetworkFixture::on( $suite );
		$arguments = array( 'function' => 'wpmu_delete_user' );
		$networks  = array_map( static fn( $name ) => $fixture->copy( $name )->with( array( 'EMPTY_TRASH_DAYS' => 0 ) ), array( 'core', 'native' ) );
		$core      = $fixture->by( $networks[0]->with( array( 'WP_PLUGIN_DIR' => $networks[0]->path() . '/no-plugins' ) ), $arguments, array( 'extension' => false ) );
		$native    = $fixture->by( $networks[1], $arguments );
		if ( ParityScenario::has_extension() ) {
			$core['state'] = $this->without_publications( $fixture, $core['state'], 'sid' === $suite ? array() : array( 'main', 'second', 'third' ) );
		}
		$this->assert_same_deletion( $fixture, $core, $native );
		self::assertNotContains( (string) $fixture->users['victim'], array_column( $native['state']['posts'], 'post_author' ) );
		// 6.1 forgets posts that are deleted for good.
		self::assertSame( 'bookworm' === $suite ? '77' : '3', (string) $native['state']['options']['post_count']['option_value'] );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_super_admins_stay( string $suite ): void {
		$fixture = NetworkFixture::on( $suite );
		$super   = $fixture->users['super'];
		foreach ( array( 'wpmu_delete_user' => array(), '\WpfDelete\delete_network_user' => array( array( 'wpf_delete_failed', 1, array( $super, 'wpf_delete_super_admin' ) ) ) ) as $function => $hooks ) {
			$native = $fixture->by_plugin( array( 'function' => $function, 'user' => $super, 'arguments' => array( $super ) ) );
			self::assertFalse( $native['result'] );
			self::assertSame( $hooks, $native['hooks'] );
			ParityTest::assert_same_state( $fixture->before, $fixture->before, $native['state'] );
		}
	}

	/** D4: no event is left for a post that was deleted for good on one of these sites, as before 6.9. */
	private function without_publications( NetworkFixture $fixture, array $state, array $sites ): array {
		foreach ( $fixture->sites( ...$sites ) as $site ) {
			$cron = &$state[ 1 === $site ? 'options' : "{$site}_options" ]['cron']['option_value'];
			self::assertCount( 1, $cron[ strtotime( '2027-01-01 UTC' ) ]['publish_future_post'] );
			unset( $cron[ strtotime( '2027-01-01 UTC' ) ] );
		}
		return $state;
	}

	/** Same result, hooks, current site, folder sizes, rows and files. */
	private function assert_same_deletion( NetworkFixture $fixture, array $core, array $native ): void {
		self::assertTrue( $core['result'] );
		self::assertSame( $core['result'], $native['result'] );
		self::assertSame( $core['hooks'], $native['hooks'] );
		self::assertSame( $native['sites'][0], $native['sites'][1], 'Another site is the current one.' );
		self::assertSame( $core['sizes'], $native['sizes'] );
		ParityTest::assert_same_state( $fixture->before, $core['state'], $native['state'] );
	}
}
