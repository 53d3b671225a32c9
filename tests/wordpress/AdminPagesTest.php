<?php
/**
 * Does the page do without a script what its forms say?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;
use WpfDelete\Tests\Support\Web;

require_once __DIR__ . '/AdminTestCase.php';

/**
 * The forms as a browser without JavaScript sends them, on each WordPress. What the script adds is tests/browser's.
 */
final class AdminPagesTest extends AdminTestCase {

	private const TABS = array( 'queue', 'held', 'history', 'preview', 'settings' );

	/** A page that is sound: ids are there once, and every field has a label. */
	private function assert_sound( string $html, string $where ): void {
		$wrap = Visitor::elements( $html, '//div[contains(@class, "wpf-delete")]' );
		self::assertNotEmpty( $wrap, $where );
		$ids = array_map( static fn( $element ) => $element->getAttribute( 'id' ), Visitor::elements( $html, '//div[@id="wpbody-content"]//*[@id]' ) );
		self::assertSame( array_unique( $ids ), $ids, $where );
		foreach ( Visitor::elements( $html, '//div[contains(@class, "wpf-delete")]//*[self::input or self::select][not(@type="hidden" or @type="submit")]' ) as $field ) {
			$id = $field->getAttribute( 'id' );
			self::assertCount( 1, '' === $id ? array() : Visitor::elements( $html, "//label[@for='$id']" ), "$where: " . $field->ownerDocument->saveHTML( $field ) );
		}
		foreach ( Visitor::elements( $html, '//div[contains(@class, "wpf-delete")]//*[@form or @for or @aria-describedby or @aria-labelledby]' ) as $element ) {
			foreach ( array( 'form', 'for', 'aria-describedby', 'aria-labelledby' ) as $attribute ) {
				foreach ( array_filter( explode( ' ', $element->getAttribute( $attribute ) ) ) as $id ) {
					self::assertContains( $id, $ids, "$where: $attribute" );
				}
			}
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_each_tab_is_sound( string $suite ): void {
		$this->serve( $suite );
		$admin = $this->visitor( self::ADMIN );
		$users = $this->users( 4 );
		foreach ( self::TABS as $tab ) {
			$this->assert_sound( $admin->tab( $tab ), "empty $tab" );
		}
		foreach ( array( 'held', 'queued', 'failed', 'running' ) as $number => $state ) {
			$this->job( $users[ $number ], $state, 'running' === $state ? array( 'phase' => 'purge', 'counts' => '{"purged":{"post":[]},"rows":{}}' ) : array() );
		}
		for ( $number = 0; $number < 30; $number++ ) {
			$this->job( 500 + $number, 'done' );
		}
		foreach ( self::TABS as $tab ) {
			$this->assert_sound( $admin->tab( $tab ), $tab );
		}
		$this->assert_sound( $admin->tab( 'preview', array( 's' => 'many' ) ), 'search' );
		$this->assert_sound( $admin->tab( 'preview', array( 'user' => $users[0] ) ), 'preview' );
		$page = $admin->tab( 'history', array( 'paged' => 2 ) );
		$this->assert_sound( $page, 'second page' );
		self::assertCount( 14, Visitor::elements( $page, '//tr[@data-job]' ) );
		$bar = Visitor::elements( $admin->tab( 'queue' ), '//tr[@data-state="running"]//progress' )[0];
		self::assertSame( array( '0', '4' ), array( $bar->getAttribute( 'value' ), $bar->getAttribute( 'max' ) ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_a_user_is_deleted_as_previewed( string $suite ): void {
		$this->serve( $suite );
		list( $user, $heir, $other ) = $this->users( 3 );
		$admin                       = $this->visitor( self::ADMIN );
		$login                       = "many-$heir";
		$page                        = $admin->tab( 'preview', array( 'user' => $user, 'mode' => 'reassign', 'heir' => $login ) );
		self::assert_says( 'go to another author', $page );
		self::assert_says( 'Observe mode holds back what the CRM asks for, not this button.', $page );

		$before = $this->database();
		$admin->submit( $page, 'wpf-delete-confirm' );
		$page = $admin->follow();
		self::assert_says( 'Nothing was deleted: tick the box', $page );
		self::assertSame( $before, $this->database() );
		self::assertSame( $login, Visitor::document( $page )->getElementById( 'wpf-delete-heir' )->getAttribute( 'value' ), 'The choice is kept.' );

		$admin->submit( $page, 'wpf-delete-confirm', array( 'confirm' => '1' ) );
		self::assert_says( "many-$user is being deleted.", $admin->follow() );
		$this->eventually( fn () => self::assertSame( 'done', $this->state( 1 ) ) );
		self::assertSame( 8, $this->rows( "posts WHERE post_author = $heir" ) );
		self::assertSame( 0, $this->rows( "users WHERE ID = $user" ) );
		self::assertSame( array( array( 'admin', '1', 'reassign', (string) $heir ) ), $this->jobs( 'source, requested_by, mode, reassign' ) );

		$admin->submit( $admin->tab( 'preview', array( 'user' => $other, 'mode' => 'permanent' ) ), 'wpf-delete-confirm', array( 'confirm' => '1' ) );
		$this->eventually( fn () => self::assertSame( 'done', $this->state( 2 ) ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = $other" ) );

		// Who may not go has no form, and the reason.
		$page = $admin->tab( 'preview', array( 'user' => self::ADMIN ) );
		self::assert_says( 'This user cannot be deleted.', $page );
		self::assertNull( Visitor::document( $page )->getElementById( 'wpf-delete-confirm' ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_settings_are_saved_all_or_none( string $suite ): void {
		$this->serve( $suite );
		$heir  = $this->users( 1, 0 )[0];
		$admin = $this->visitor( self::ADMIN );
		$saved = fn () => $this->call( array( array( '\WpfDelete\Settings::all' ) ) )['results'][0];
		$page  = $admin->tab( 'settings' );
		$first = $saved();
		$admin->submit( $page, 'wpf-delete-grace' );
		$page = $admin->follow();
		self::assertEquals( $first, $saved(), 'A form that is sent as it was shown changes nothing.' );

		$admin->submit( $page, 'wpf-delete-grace', array( 'mode' => 'delete', 'grace' => '20', 'cap_day' => 'many', 'content' => 'reassign', 'heir' => 'nobody', 'lock_out' => '1' ) );
		$page = $admin->follow();
		self::assertEquals( $first, $saved() );
		self::assert_says( 'Nothing was saved.', $page );
		$document = Visitor::document( $page );
		foreach ( array( 'grace' => '20', 'cap-day' => 'many', 'heir' => 'nobody' ) as $id => $value ) {
			self::assertSame( $value, $document->getElementById( "wpf-delete-$id" )->getAttribute( 'value' ) );
		}
		self::assertSame( array( 'wpf-delete-heir', 'wpf-delete-cap-day' ), array_map( static fn( $field ) => $field->getAttribute( 'id' ), Visitor::elements( $page, '//*[@aria-invalid="true"]' ) ) );
		self::assertSame( array( 'wpf-delete-heir' ), array_map( static fn( $field ) => $field->getAttribute( 'id' ), Visitor::elements( $page, '//*[@autofocus]' ) ) );
		self::assert_never_says( 'Nothing was saved.', $admin->tab( 'settings' ) );

		$admin->submit( $page, 'wpf-delete-grace', array( 'cap_day' => '0', 'heir' => "many-$heir@example.test", 'roles' => 'chosen', 'protected_roles' => array( 'editor', 'author' ), 'erase' => '1', 'retention' => '0' ) );
		self::assert_says( 'Settings saved.', $admin->follow() );
		self::assertEquals( array( 'mode' => 'delete', 'content' => 'reassign', 'heir' => $heir, 'cap_day' => 0, 'grace' => 20, 'lock_out' => true, 'protected_roles' => array( 'editor', 'author' ), 'retention' => 0 ) + $first, $saved() );
		self::assertSame( '1', $this->site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'wpf_delete_erase'" )->fetch_column() );

		// And back.
		$admin->submit( $admin->tab( 'settings' ), 'wpf-delete-grace', array( 'roles' => 'default', 'lock_out' => null, 'erase' => null, 'content' => 'delete' ) );
		self::assertSame( array( null, false ), array( $saved()['protected_roles'], $saved()['lock_out'] ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_why_nothing_is_deleted_is_said( string $suite ): void {
		$this->serve( $suite );
		$admin = $this->visitor( self::ADMIN );
		$held  = $this->job( $this->users( 1 )[0], 'held' );
		self::assert_says( 'Observe mode: nothing that the CRM asks for is deleted.', $admin->tab( 'queue' ) );
		$admin->submit( $admin->tab( 'held' ), 'wpf-delete-sure', array( 'do' => 'approve', 'confirm' => '1' ) );
		self::assert_says( 'Nothing was approved: this site only observes', $admin->follow() );
		self::assertSame( 'held', $this->state( $held ) );

		$this->settings( array( 'mode' => 'delete' ) );
		self::assert_never_says( 'nothing that the CRM asks for', $admin->tab( 'queue' ) );
		$this->query( "UPDATE wp_options SET option_value = 'elsewhere.test' WHERE option_name = 'wpf_delete_home'" );
		$page = $admin->tab( 'queue' );
		self::assert_says( 'this does not seem to be the live site', $page );
		self::assert_says( 'it was elsewhere.test when deletions were switched on', $page );
		$this->query( "INSERT INTO wp_options (option_name, option_value) VALUES ('wpf_delete_disabled', '1')" );
		self::assert_says( 'All deletions are switched off.', $admin->tab( 'queue' ) );
	}

	/**
	 * On a network super admins alone may delete users; each site shows its own jobs.
	 *
	 * @dataProvider newest
	 */
	public function test_on_a_network( string $suite ): void {
		$this->site = Site::install( $suite, Fixture::name( 'pages network' ), array( 'multisite' => true ) );
		$this->web  = new Web( $this->site, $this->site->path() . '/web', ParityScenario::has_extension() ? getenv( 'WPF_EXTENSION' ) : null );
		$local      = $this->user( 'local', 'administrator' );
		$member     = $this->user( 'member', 'author' );
		$own        = $this->job( $member, 'held' );
		$foreign    = $this->job( $member, 'held', array( 'site_id' => 2 ) );
		$network    = $this->job( 900, 'failed', array( 'site_id' => 0, 'source' => 'wpmu_delete_user' ) );
		$super      = $this->visitor( self::ADMIN );
		$admin      = $this->visitor( $local );

		$admin->tab( 'queue' );
		self::assertSame( 403, $admin->status );
		self::assertStringNotContainsString( 'wpf_delete', $admin->get( 'users.php' ) );
		$admin->rest( 'GET', '/jobs', $admin->nonces( array( 'wp_rest' ) )['wp_rest'] );
		self::assertSame( 403, $admin->status );

		self::assertSame( array( (string) $network, (string) $own ), array_map( static fn( $row ) => $row->getAttribute( 'data-job' ), Visitor::elements( $super->tab( 'history' ), '//tr[@data-job]' ) ) );
		self::assertStringContainsString( "tab=preview&#038;user=$member", $super->get( 'users.php' ) );
		self::assertStringNotContainsString( 'wpf_delete', $super->get( 'network/users.php' ) );
		$page = $super->tab( 'preview', array( 'user' => $member ) );
		self::assert_says( 'The account stays in the network.', $page );
		$super->submit( $page, 'wpf-delete-confirm', array( 'confirm' => '1' ) );
		$this->eventually( fn () => self::assertSame( 'done', $this->state( $own ) ) );
		self::assertSame( 'held', $this->state( $foreign ) );
		self::assertSame( 1, $this->rows( "users WHERE ID = $member" ) );
		self::assertSame( 0, $this->rows( "usermeta WHERE user_id = $member AND meta_key = 'wp_capabilities'" ) );
	}
}
