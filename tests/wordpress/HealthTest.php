<?php
/**
 * Does the site's owner see whether deletions are native, and what deletes whom?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use DOMDocument;
use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/TriggersTest.php';

/**
 * Site Health and the settings page, as WordPress calls them.
 */
final class HealthTest extends TestCase {

	/** Values that end an attribute, a tag or a string when they are not escaped. */
	private const HOSTILE = array(
		'tag'   => '"><script>alert(1)</script>',
		'field' => "' onfocus='alert(1)",
		'value' => '& <b>"quoted"</b>',
	);

	/** @var array<string, array{0: Site, 1: array<string, int>}> By suite. */
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

	/**
	 * @dataProvider suites
	 */
	public function test_settings( string $suite ): void {
		$sent   = array(
			array( 'tag' => ' Gone ', 'field' => 'status', 'value' => "left\n" ),
			array( 'tag' => '', 'field' => '', 'value' => '' ),
			array( 'tag' => array( 'a' ), 'field' => null, 'unknown' => 'x' ),
			array( 'tag' => 12, 'field' => '<b>role</b>', 'value' => 'O\'Neil & "Sons"' ),
			'text',
			null,
			array(),
		);
		$health = $this->ask( $suite, array( 'sent' => $sent ) );
		$empty  = array( 'tag' => '', 'field' => '', 'value' => '' );
		self::assertSame( array( 'REMOVE USER', 'role', 'deleted', '' ), $health['settings'], 'What holds until somebody has saved.' );
		self::assertSame(
			array(
				array( 'tag' => 'Gone', 'field' => 'status', 'value' => 'left' ),
				$empty,
				$empty,
				array( 'tag' => '12', 'field' => 'role', 'value' => 'O\'Neil & "Sons"' ),
				$empty,
				$empty,
				$empty,
			),
			$health['sanitized']
		);
	}

	/**
	 * An editor may not delete users; who may delete users may see and save the page, whatever else they may not.
	 *
	 * @dataProvider suites
	 */
	public function test_the_page_needs_delete_users( string $suite ): void {
		$no  = array( 'seen' => false, 'saves' => false );
		$yes = array( 'seen' => true, 'saves' => true );
		self::assertSame( array( 'admin' => $yes, 'editor' => $no, 'deleter' => $yes, 'nobody' => $no ), $this->ask( $suite )['menu'] );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_the_page_escapes( string $suite ): void {
		// Written past the plugin's own sanitizing, as an import or another plugin might.
		list( $site ) = $this->site( $suite );
		$site->database()->query( "REPLACE INTO wp_options ( option_name, option_value, autoload ) VALUES ( 'wpf_delete_settings', '" . $site->database()->real_escape_string( serialize( self::HOSTILE ) ) . "', 'yes' )" );
		$page = $this->ask( $suite )['page'];
		$site->database()->query( "DELETE FROM wp_options WHERE option_name = 'wpf_delete_settings'" );

		$document = new DOMDocument();
		self::assertTrue( $document->loadHTML( '<?xml encoding="UTF-8">' . $page, LIBXML_NOERROR ) );
		self::assertSame( 0, $document->getElementsByTagName( 'script' )->length );
		$shown = array();
		foreach ( $document->getElementsByTagName( 'input' ) as $input ) {
			if ( 'text' === $input->getAttribute( 'type' ) ) {
				$shown[ $input->getAttribute( 'name' ) ] = $input->getAttribute( 'value' );
				self::assertFalse( $input->hasAttribute( 'onfocus' ) );
				self::assertNotNull( $document->getElementById( $input->getAttribute( 'aria-describedby' ) ) );
			}
			if ( in_array( $input->getAttribute( 'type' ), array( 'text', 'checkbox' ), true ) ) {
				$labels[] = $input->getAttribute( 'id' );
			}
		}
		self::assertSame(
			array(
				'wpf_delete_settings[tag]'   => self::HOSTILE['tag'],
				'wpf_delete_settings[field]' => self::HOSTILE['field'],
				'wpf_delete_settings[value]' => self::HOSTILE['value'],
			),
			$shown
		);
		$for = array();
		foreach ( $document->getElementsByTagName( 'label' ) as $label ) {
			$for[] = $label->getAttribute( 'for' );
		}
		self::assertSame( $labels, $for );
		self::assertNotNull( $document->getElementById( '_wpnonce' ) );
	}

	/** No way to the database is told: this is what people paste into forums. */
	private function assert_no_secret( array $health ): void {
		$text = json_encode( array( $health['test'], $health['section'] ) );
		foreach ( array( 'pass\'', 'mysqld.sock', 'localhost', 'wpf_parity' ) as $secret ) {
			self::assertStringNotContainsString( $secret, $text );
		}
	}

	private function ask( string $suite, array $arguments = array() ): array {
		list( $site, $people ) = $this->site( $suite );
		return $site->run( __DIR__ . '/scripts/plugin/health.php', $arguments + array( 'people' => $people ), array( 'ignore' => '/WordPress\.org/' ) );
	}

	/** The suite's site, and who is on it. */
	private function site( string $suite ): array {
		if ( ! isset( self::$sites[ $suite ] ) ) {
			$site   = Fixture::own( Site::install( $suite, Fixture::name( "$suite health" ) ) );
			$people = TriggersTest::members( $site, array( 'editor' => 'editor', 'deleter' => 'subscriber' ), true );
			$site->database()->query( "UPDATE wp_usermeta SET meta_value = '" . serialize( array( 'subscriber' => true, 'delete_users' => true ) ) . "' WHERE user_id = {$people['deleter']} AND meta_key = 'wp_capabilities'" );
			self::$sites[ $suite ] = array( $site, array( 'admin' => 1 ) + $people + array( 'nobody' => 0 ) );
		}
		return self::$sites[ $suite ];
	}
}
