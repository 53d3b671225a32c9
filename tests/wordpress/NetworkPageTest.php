<?php
/**
 * Does whoever manages a network see what is deleted where?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use DOMDocument;
use DOMXPath;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Sites that are set and busy in different ways, and more of them than a page has room for.
 */
final class NetworkPageTest extends JobsTestCase {

	/**
	 * @dataProvider newest
	 */
	public function test_all_sites_and_the_last_deletions( string $suite ): void {
		$this->site = Site::install( $suite, Fixture::name( "$suite page" ), array( 'multisite' => true ) );
		$second     = $this->add( '/second/', 'Second' );
		// Past WordPress, which takes tags out of titles.
		$this->query( "UPDATE wp_{$second}_options SET option_value = '<script>alert(1)</script>' WHERE option_name = 'blogname'" );
		$third      = $this->add( '/third/', 'Third' );
		$moved      = $this->add( '/moved/', 'Moved' );
		$this->call(
			array(
				array( '\WpfDelete\Settings::save', array( 'mode' => 'delete' ) ),
				array( 'switch_to_blog', $third ),
				array( '\WpfDelete\Settings::save', array( 'mode' => 'delete' ) ),
				array( 'restore_current_blog' ),
				array( 'switch_to_blog', $moved ),
				array( '\WpfDelete\Settings::save', array( 'mode' => 'delete' ) ),
				array( 'update_option', 'home', 'http://elsewhere.test' ),
			)
		);
		$states = array(
			1       => array( 'queued' => 2, 'running' => 1, 'held' => 3, 'failed' => 1 ),
			$second => array( 'failed' => 2 ),
		);
		foreach ( $states as $site => $counts ) {
			foreach ( $counts as $state => $count ) {
				for ( $number = 0; $number < $count; $number++ ) {
					$this->row( $site, $state, 1 );
				}
			}
			// What is over, what was only observed, and a part of a network's deletion are not of the site's queue.
			$this->row( $site, 'done', null );
			$this->row( $site, 'observed', 2 );
			$this->row( $site, 'running', 1, array( 'mode' => 'part' ) );
		}
		$ids = array();
		for ( $number = 0; $number < 21; $number++ ) {
			$ids[] = $this->row( 0, 'done', null, array( 'source' => 'wpmu_delete_user', 'finished' => '2026-01-02 03:04:05' ) );
		}
		$ids[] = $this->row( 0, 'failed', 1, array( 'last_error' => 'wpf_delete_full: <b>no room</b>' ) );

		$seen = $this->ask( array( 'super' => 1, 'nobody' => 0 ) );
		self::assertSame( array( 'super' => true, 'nobody' => false ), $seen['menu'] );
		self::assertSame( '403', $seen['page']['nobody'] );
		list( $sites, $deletions ) = $this->tables( $seen['page']['super'] );
		self::assertSame(
			array(
				array( 'Test', 'delete', '7', '3', '1' ),
				array( '<script>alert(1)</script>', 'observe', '2', '0', '2' ),
				array( 'Third', 'delete', '0', '0', '0' ),
				array( 'Moved', 'observe (chosen: delete)', '0', '0', '0' ),
			),
			$sites
		);
		self::assertSame( array_map( 'strval', array_slice( array_reverse( $ids ), 0, 20 ) ), array_column( $deletions, 0 ) );
		self::assertSame( array( 'Other code', 'Failed', '', 'wpf_delete_full: <b>no room</b>' ), array( $deletions[0][2], $deletions[0][3], $deletions[0][5], $deletions[0][6] ) );
		self::assertSame( array( 'WordPress, for the whole network', 'Deleted', '2026-01-02 03:04:05', '' ), array( $deletions[1][2], $deletions[1][3], $deletions[1][5], $deletions[1][6] ) );

		$page = $this->document( $seen['page']['super'] );
		self::assertSame( 0, $page->getElementsByTagName( 'script' )->length );
		$links = array();
		foreach ( $page->getElementsByTagName( 'a' ) as $link ) {
			$links[] = $link->getAttribute( 'href' );
		}
		self::assertSame( array_map( static fn ( $path ) => "http://example.test{$path}wp-admin/tools.php?page=wpf-delete", array( '/', '/second/', '/third/', '/moved/' ) ), $links );

		// Activated on single sites.
		$this->query( "UPDATE wp_sitemeta SET meta_value = 'a:0:{}' WHERE meta_key = 'active_sitewide_plugins'" );
		foreach ( array( 'wp_options', "wp_{$third}_options" ) as $options ) {
			$this->query( "UPDATE $options SET option_value = '" . serialize( array( 'wpf-delete/wpf-delete.php' ) ) . "' WHERE option_name = 'active_plugins'" );
		}
		self::assertSame( array( 'delete', 'not active', 'delete', 'not active' ), array_column( $this->tables( $this->ask( array( 'super' => 1 ) )['page']['super'] )[0], 1 ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_many_sites_take_several_pages( string $suite ): void {
		$this->site = Site::install( $suite, Fixture::name( "$suite pages" ), array( 'multisite' => true ) );
		$other      = $this->add( '/other/', 'Other' );
		// Sites by the dozen, which have all but the content of one.
		for ( $number = $other + 1; $number <= $other + 58; $number++ ) {
			$this->query( "INSERT INTO wp_blogs ( blog_id, site_id, domain, path, registered, last_updated ) VALUES ( $number, 1, 'example.test', '/site-$number/', NOW(), NOW() )" );
			$this->query( "CREATE TABLE wp_{$number}_options LIKE wp_{$other}_options" );
			$this->query( "INSERT INTO wp_{$number}_options SELECT * FROM wp_{$other}_options" );
		}
		$first = $this->ask( array( 'super' => 1 ) )['page']['super'];
		self::assertCount( 50, $this->tables( $first )[0] );
		self::assertStringContainsString( 'Nobody has been deleted from the whole network.', $first );
		$links = ( new DOMXPath( $this->document( $first ) ) )->query( '//nav//a' );
		self::assertStringContainsString( 'paged=2', $links->item( 0 )->getAttribute( 'href' ) );
		$second = $this->ask( array( 'super' => 1 ), 2 )['page']['super'];
		self::assertCount( 10, $this->tables( $second )[0] );
	}

	private function add( string $path, string $title ): int {
		return $this->site->run( __DIR__ . '/scripts/network/add-site.php', compact( 'path', 'title' ) );
	}

	private function row( int $site, string $state, ?int $is_open, array $columns = array() ): int {
		static $user = 1000;
		return $this->insert_job( $columns + array( 'site_id' => $site, 'user_id' => ++$user, 'is_open' => $is_open, 'login_hash' => '', 'email_hash' => '', 'source' => 'api', 'mode' => 'delete', 'state' => $state, 'created' => '2026-01-01 00:00:00' ) );
	}

	private function ask( array $people, int $paged = 1 ): array {
		return $this->site->run( __DIR__ . '/scripts/network/page.php', compact( 'people', 'paged' ), array( 'ignore' => '/WordPress\.org/' ) );
	}

	private function document( string $page ): DOMDocument {
		$document = new DOMDocument();
		self::assertTrue( $document->loadHTML( '<?xml encoding="UTF-8">' . $page, LIBXML_NOERROR ) );
		return $document;
	}

	/** The cells of each table's rows. */
	private function tables( string $page ): array {
		$tables = array();
		foreach ( $this->document( $page )->getElementsByTagName( 'tbody' ) as $body ) {
			$rows = array();
			foreach ( $body->getElementsByTagName( 'tr' ) as $row ) {
				$rows[] = array_map( static fn ( $cell ) => $cell->textContent, iterator_to_array( $row->getElementsByTagName( 'td' ), false ) );
			}
			$tables[] = $rows;
		}
		return $tables;
	}
}
