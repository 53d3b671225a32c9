<?php
/**
 * Does the site's owner see whether deletions are native?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';

/**
 * Site Health, as WordPress calls it.
 */
final class HealthTest extends TestCase {

	/** @var array<string, Site> By suite. */
	private static array $sites = array();

	public static function suites(): iterable {
		return TriggersTest::suites();
	}

	/**
	 * @dataProvider suites
	 */
	public function test_site_health_says_how_users_are_deleted( string $suite ): void {
		$health = $this->ask( $suite );
		$on     = ParityScenario::has_extension();
		self::assertSame( $on ? 'good' : 'recommended', $health['test']['status'] );
		self::assertStringContainsString( 'wpf_delete', $health['test']['description'] );
		self::assertSame( ! $on, '' !== $health['test']['actions'], 'What can be done is told when there is something to do.' );
		self::assertSame( 'wpf_delete_native', $health['test']['test'] );
		foreach ( array( $health['label'], $health['test']['label'], $health['test']['badge']['label'] ) as $text ) {
			self::assertNotSame( '', $text );
		}
		$values = array_column( $health['section']['fields'], 'value' );
		self::assertSame( $on ? $health['version'] : 'not loaded', $values[0] );
		self::assertSame( $on, 'yes' === $values[1] );
		self::assertSame( $on, 1 === preg_match( '/^\d+\.\d+\.\d+/', $health['version'] ) );
		$this->assert_no_secret( $health );
	}

	/**
	 * The kill switch shows with its name; without the extension there is nothing to switch off.
	 *
	 * @dataProvider suites
	 */
	public function test_the_kill_switch_shows( string $suite ): void {
		$health = $this->ask( $suite, array( 'native' => false ) );
		$reason = ParityScenario::has_extension() ? 'wpf_delete_native' : 'PHP extension wpf_delete is not installed';
		self::assertSame( 'recommended', $health['test']['status'] );
		self::assertStringContainsString( $reason, $health['test']['description'] );
		self::assertStringContainsString( $reason, $health['section']['fields']['native']['value'] );
	}

	/** No way to the database is told: this is what people paste into forums. */
	private function assert_no_secret( array $health ): void {
		$text = json_encode( array( $health['test'], $health['section'] ) );
		foreach ( array( 'pass\'', 'mysqld.sock', 'localhost', 'wpf_parity' ) as $secret ) {
			self::assertStringNotContainsString( $secret, $text );
		}
	}

	private function ask( string $suite, array $arguments = array() ): array {
		self::$sites[ $suite ] ??= Fixture::own( Site::install( $suite, Fixture::name( "$suite health" ) ) );
		return self::$sites[ $suite ]->run( __DIR__ . '/scripts/plugin/health.php', $arguments, array( 'ignore' => '/WordPress\.org/' ) );
	}
}
