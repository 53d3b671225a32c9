<?php
/**
 * What the tests of the page, its forms and REST have in common.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\AssertionFailedError;
use WpfDelete\Tests\Support\Web;

require_once __DIR__ . '/JobsTestCase.php';
require_once __DIR__ . '/Visitor.php';
require_once dirname( __DIR__ ) . '/support/Web.php';

/**
 * A site with a web server, visitors who are logged in, and jobs in each state.
 */
abstract class AdminTestCase extends JobsTestCase {

	protected const ADMIN = 1;

	protected Web $web;

	/** Begins with a site of the test's own, and starts its server. */
	protected function serve( string $suite ): void {
		$this->begin( $suite );
		$extension = ParityScenario::has_extension() ? getenv( 'WPF_EXTENSION' ) : null;
		$this->web = new Web( $this->site, $this->site->path() . '/web', $extension );
	}

	protected function tearDown(): void {
		$errors = array();
		if ( isset( $this->web ) ) {
			$this->web->stop();
			$errors = $this->web->errors();
			unset( $this->web );
		}
		parent::tearDown();
		self::assertSame( array(), $errors, 'The server has logged errors.' );
	}

	/** Somebody with a browser; 0 for who is not logged in. */
	protected function visitor( int $user ): Visitor {
		return new Visitor( $this->site, $this->web->port, $user );
	}

	/** A user with a role. */
	protected function user( string $login, string $role ): int {
		return $this->call( array( array( 'wp_insert_user', array( 'user_login' => $login, 'user_pass' => 'password', 'user_email' => "$login@example.test", 'role' => $role ) ) ), array(), array( 'extension' => false ) )['results'][0];
	}

	/** Settings over the defaults. */
	protected function settings( array $settings ): void {
		self::assertSame( array( true ), $this->call( array( array( '\WpfDelete\Settings::save', $settings ) ) )['results'] );
	}

	/**
	 * A job in that state, made by hand; the columns as given.
	 *
	 * @return int Its id.
	 */
	protected function job( int $user, string $state, array $columns = array() ): int {
		$columns += array(
			'site_id'    => 1,
			'user_id'    => $user,
			'is_open'    => match ( $state ) {
				'held', 'queued', 'running', 'failed' => 1,
				'observed', 'refused' => 2,
				default => null,
			},
			'login_hash' => '',
			'email_hash' => '',
			'source'     => 'tag',
			'mode'       => 'delete',
			'state'      => $state,
			'created'    => '2026-01-02 03:04:05',
			// So far away that no runner takes it up.
			'due'        => in_array( $state, array( 'queued', 'running' ), true ) ? gmdate( 'Y-m-d H:i:s', time() + 3600 ) : null,
			'counts'     => '[]',
		);
		$database = $this->site->database();
		$statement = $database->prepare( 'INSERT INTO wp_wpf_deletions (' . implode( ', ', array_keys( $columns ) ) . ') VALUES (' . implode( ', ', array_fill( 0, count( $columns ), '?' ) ) . ')' );
		$statement->execute( array_values( $columns ) );
		return $database->insert_id;
	}

	/** A job's state. */
	protected function state( int $job ): ?string {
		return $this->site->database()->query( "SELECT state FROM wp_wpf_deletions WHERE id = $job" )->fetch_column() ?: null;
	}

	/** The page says that. */
	protected static function assert_says( string $text, string $html ): void {
		self::assertStringContainsString( $text, self::said( $html ) );
	}

	/** The page does not say that. */
	protected static function assert_never_says( string $text, string $html ): void {
		self::assertStringNotContainsString( $text, self::said( $html ) );
	}

	/** The page says that it went well, or not. */
	protected static function assert_notice( bool $is_good, string $html ): void {
		$notices = array_map( static fn( $notice ) => str_contains( $notice->getAttribute( 'class' ), 'notice-success' ), Visitor::elements( $html, '//div[@role="status" or @role="alert"][contains(@class, "notice")]' ) );
		self::assertSame( array( $is_good ), array_unique( $notices ), self::said( $html ) );
	}

	/** What a page says, without its frame. */
	private static function said( string $html ): string {
		$content = Visitor::document( $html )->getElementById( 'wpbody-content' );
		return trim( preg_replace( '/\s+/', ' ', $content ? $content->textContent : $html ) );
	}

	/** Asserts again and again for a while: deletions begin when the answer is out. */
	protected function eventually( callable $assert ): void {
		$limit = microtime( true ) + 20;
		while ( true ) {
			try {
				$assert();
				return;
			} catch ( AssertionFailedError $failed ) {
				if ( microtime( true ) > $limit ) {
					throw $failed;
				}
				usleep( 30000 );
			}
		}
	}

	/** Lines of the plugin in PHP's log so far. */
	protected function log(): array {
		return preg_replace( '/^.*(wpf-delete: )/', '$1', preg_grep( '/wpf-delete: /', (array) @file( $this->site->path() . '/web/php.log', FILE_IGNORE_NEW_LINES ) ) );
	}

	/** Everything in the database, to be compared. */
	protected function database(): array {
		return $this->site->snapshot()['tables'];
	}
}
