<?php
/**
 * Deletions on a network that were cut off.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/NetworkFixture.php';
require_once __DIR__ . '/ParityScenario.php';
require_once __DIR__ . '/ParityTest.php';

/**
 * D7: what a deletion has only trashed before it died, another one never deletes. In the end everything is as if nothing
 * had happened in between.
 */
final class NetworkRetryTest extends TestCase {

	private const WPMU    = 'wpmu_delete_user';
	private const NETWORK = '\WpfDelete\delete_network_user';

	/** @var array<string, array> States by suite and function. */
	private static array $uninterrupted = array();

	public static function interruptions(): iterable {
		$native = array(
			'posts deleted, not yet on record' => array( 'second', 'wpmu_blog_updated', 1 ),
			'posts trashed, not yet on record' => array( 'second', 'wpmu_blog_updated', 2 ),
			'two sites done'                   => array( 'third', 'remove_user_from_blog', 1 ),
		);
		$left   = array(
			'trashed on a site left before' => array( 'left', 'wpmu_blog_updated', 2 ),
		);
		// Posts that core trashes on the way, with a changeset, are deleted later in the same run; cut off between, they
		// stay in the trash, so that only a moment after a whole site compares with a deletion in one go.
		$core = array(
			'two sites done' => array( 'third', 'remove_user_from_blog', 1 ),
		);
		foreach ( ParityTest::suites() as $suite ) {
			foreach ( ParityScenario::has_extension() ? $native : array() as $when => $moment ) {
				yield "$suite, $when, wpmu twice" => array( $suite, self::WPMU, self::WPMU, $moment );
				yield "$suite, $when, then wpmu" => array( $suite, self::NETWORK, self::WPMU, $moment );
			}
			foreach ( ParityScenario::has_extension() ? $native + $left : $core as $when => $moment ) {
				yield "$suite, $when" => array( $suite, self::NETWORK, self::NETWORK, $moment );
			}
		}
	}

	/**
	 * @dataProvider interruptions
	 */
	public function test_a_second_attempt_finishes_the_first( string $suite, string $first, string $second, array $moment ): void {
		$fixture = NetworkFixture::on( $suite );
		$network = $fixture->copy( 'retry' );
		$this->cut_off( $fixture, $network, array( 'function' => $first ), $moment );

		$retry = $fixture->by( $network, array( 'function' => $second ) );
		self::assertTrue( $retry['result'] );
		self::assertNotContains( 'wpf_delete_failed', array_column( $retry['hooks'], 0 ) );
		ParityTest::assert_same_state( $fixture->before, $this->uninterrupted( $fixture, $suite, $second ), $retry['state'] );
	}

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	/**
	 * Without the extension, at the first post that core trashes, at the last one with the changeset, and in the middle.
	 *
	 * @group core
	 * @dataProvider suites
	 */
	public function test_what_core_has_only_trashed_stays_in_the_trash( string $suite ): void {
		$fixture = NetworkFixture::on( $suite );
		$core    = array( 'extension' => false );
		foreach ( array( 1, 3, 6 ) as $turn ) {
			$network = $fixture->copy( 'retry' );
			$this->cut_off( $fixture, $network, array( 'function' => self::NETWORK ), array( 'second', 'trashed_post', $turn ), $core );
			$trashed = $this->trashed( $fixture, NetworkSnapshot::of( $network ) );
			self::assertCount( $turn, $trashed );

			$retry = $fixture->by( $network, array( 'function' => self::NETWORK ), $core );
			self::assertTrue( $retry['result'] );
			self::assertArrayNotHasKey( $fixture->users['victim'], $retry['state']['users'] );
			self::assertSame( array(), array_diff( $trashed, $this->trashed( $fixture, $retry['state'] ) ) );
		}
	}

	/**
	 * The extension is gone at the second attempt.
	 *
	 * @group native
	 * @dataProvider suites
	 */
	public function test_core_finishes_what_the_extension_began( string $suite ): void {
		$fixture = NetworkFixture::on( $suite );
		foreach ( array( 1, 2 ) as $turn ) {
			$network = $fixture->copy( 'retry' );
			$this->cut_off( $fixture, $network, array( 'function' => self::NETWORK ), array( 'second', 'wpmu_blog_updated', $turn ) );
			$retry = $fixture->by( $network, array( 'function' => self::NETWORK ), array( 'extension' => false ) );
			ParityTest::assert_same_state( $fixture->before, $this->uninterrupted( $fixture, $suite, self::NETWORK ), $retry['state'] );
		}
	}

	/**
	 * Where one site's deletion stopped says nothing about another site.
	 *
	 * @dataProvider suites
	 */
	public function test_each_site_goes_on_where_it_stopped( string $suite ): void {
		$fixture = NetworkFixture::on( $suite );
		$network = $fixture->copy( 'retry' );
		$moment  = ParityScenario::has_extension() ? array( 'second', 'wpmu_blog_updated', 2 ) : array( 'second', 'trashed_post', 3 );
		$this->cut_off( $fixture, $network, array( 'function' => '\WpfDelete\delete_user', 'from' => $fixture->sites['second'] ), $moment );

		$delete = array( 'arguments' => array( $fixture->users['victim'] ), 'function' => '\WpfDelete\delete_user' );
		$third  = array( 'site' => $fixture->sites['third'] ) + $delete;
		$second = array( 'site' => $fixture->sites['second'] ) + $delete;
		$copy   = $fixture->copy( 'straight' );
		$fixture->run( $copy, $third );
		$fixture->run( $network, $third );
		ParityTest::assert_same_state( $fixture->before, $fixture->by( $copy, $second )['state'], $fixture->by( $network, $second )['state'] );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_who_is_being_deleted_does_not_log_in( string $suite ): void {
		$fixture = NetworkFixture::on( $suite );
		$network = $fixture->copy( 'retry' );
		$log_in  = static fn() => $network->run( __DIR__ . '/scripts/network/log-in.php', array( 'login' => 'victim', 'password' => 'secret' ) );
		self::assertSame( '', $log_in() );
		$this->cut_off( $fixture, $network, array( 'function' => self::NETWORK ), array( 'third', 'remove_user_from_blog', 1 ) );
		self::assertSame( 'wpf_delete_pending', $log_in() );
		$network->drop();
	}

	/** Ids of posts of the second site, whoever's, that were moved to the trash. */
	private function trashed( NetworkFixture $fixture, array $state ): array {
		$table = $fixture->sites['second'] . '_posts';
		$bin   = static fn( array $state ) => array_column( array_filter( $state[ $table ], static fn( $post ) => 'trash' === $post['post_status'] ), 'ID' );
		return array_values( array_diff( $bin( $state ), $bin( $fixture->before ) ) );
	}

	/** Deletes the victim until a hook fires on a site for the n-th time. The options are those of Site::run(). */
	private function cut_off( NetworkFixture $fixture, Site $network, array $arguments, array $moment, array $options = array() ): void {
		list( $site, $action, $turn ) = $moment;

		$arguments += array(
			'user'   => $fixture->users['victim'],
			'site'   => $fixture->sites[ $site ],
			'action' => $action,
			'turn'   => $turn,
		);
		$network->run( __DIR__ . '/scripts/network/cut-off.php', $arguments, $options + array( 'time' => Fixture::DELETED, 'user' => $fixture->users['administrator'], 'dies' => true ) );
		// Whoever asks again before the dead one's claim has run out is told that the user is being deleted.
		$network->database()->query( 'UPDATE net_wpf_deletions SET due = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE is_open = 1' );
	}

	private function uninterrupted( NetworkFixture $fixture, string $suite, string $function ): array {
		self::$uninterrupted[ "$suite $function" ] ??= $fixture->by_plugin( array( 'function' => $function ) )['state'];
		return self::$uninterrupted[ "$suite $function" ];
	}
}
