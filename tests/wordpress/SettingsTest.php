<?php
/**
 * Are settings checked before they count, and is what is wrong told?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Settings, the tag, the field and who is protected, on a site with WP Fusion's lists.
 */
final class SettingsTest extends JobsTestCase {

	/**
	 * @dataProvider newest
	 */
	public function test_nothing_wrong_is_saved( string $suite ): void {
		$this->begin( $suite );
		$wrong = array(
			'mode'            => array( 'mode' => 'on' ),
			'sources'         => array( 'sources' => null ),
			'cap_hour'        => array( 'cap_hour' => '-1' ),
			'cap_day'         => array( 'cap_day' => '1.5' ),
			'grace'           => array( 'grace' => 'soon' ),
			'retention'       => array( 'retention' => array( 1 ) ),
			'tag'             => array( 'tag' => '13' ),
			'heir'            => array( 'content' => 'reassign', 'heir' => 999 ),
			'protected_roles' => array( 'protected_roles' => array( 'administrator', 'king' ) ),
		);
		foreach ( $wrong as $key => $values ) {
			// What is right beside it is not saved either.
			self::assertSame( array( $key ), array_keys( $this->save( $values + array( 'field' => 'status' ) ) ), $key );
			self::assertSame( 0, $this->rows( "options WHERE option_name = 'wpf_delete_settings'" ), $key );
		}
		self::assertSame( array( 'cap_day', 'grace' ), array_keys( $this->save( array( 'grace' => '', 'cap_day' => '' ) ) ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_what_is_right_is_saved_as_its_type( string $suite ): void {
		$this->begin( $suite );
		$forms = array( 'mode' => 'delete', 'tag' => ' 12 ', 'field' => "<b>status</b>\n", 'value' => ' O\'Neil & "Sons" ', 'content' => 'reassign', 'heir' => '1', 'cap_hour' => '3', 'grace' => '0', 'lock_out' => '1', 'protected_roles' => array( 'editor' ), 'unknown' => 'x' );
		self::assertTrue( $this->save( $forms ) );
		$expected = array( 'mode' => 'delete', 'tag' => '12', 'tag_label' => 'REMOVE USER', 'field' => 'status', 'value' => 'O\'Neil & "Sons"', 'content' => 'reassign', 'heir' => 1, 'cap_hour' => 3, 'grace' => 0, 'lock_out' => true, 'protected_roles' => array( 'editor' ) );
		$saved    = unserialize( $this->site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'wpf_delete_settings'" )->fetch_row()[0] );
		ksort( $saved );
		$expected += array( 'sources' => 'crm', 'cap_day' => 100, 'retention' => 365 );
		ksort( $expected );
		self::assertSame( $expected, $saved );
		// A part of them leaves the others.
		self::assertTrue( $this->save( array( 'tag' => '' ) ) );
		self::assertSame( array( '', '', 'status', 3 ), array_map( fn ( $key ) => $this->get( $key ), array( 'tag', 'tag_label', 'field', 'cap_hour' ) ) );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_the_tag_and_the_field_are_looked_up( string $suite ): void {
		$this->begin( $suite );
		self::assertNull( $this->ask( '\WpfDelete\Tag::current' ) );
		self::assertTrue( $this->save( array( 'tag' => '12' ) ) );
		self::assertSame( '12', $this->ask( '\WpfDelete\Tag::current' ) );
		self::assertNull( $this->ask( '\WpfDelete\Tag::field_problem' ) );
		$problems = array(
			'wpf_delete_tag_renamed' => array( 'another' => '12' ),
			'wpf_delete_tag_unknown' => array( 'REMOVE USER' => '13' ),
			'wpf_delete_no_wp_fusion' => null,
		);
		foreach ( $problems as $code => $tags ) {
			self::assertSame( $code, $this->ask( '\WpfDelete\Tag::current', $tags ) );
		}
		// Saved once more, the renamed tag counts.
		self::assertTrue( $this->save( array( 'tag' => '12' ), $problems['wpf_delete_tag_renamed'] ) );
		self::assertSame( '12', $this->ask( '\WpfDelete\Tag::current', $problems['wpf_delete_tag_renamed'] ) );
		self::assertTrue( $this->save( array( 'field' => 'nickname' ) ) );
		self::assertSame( 'wpf_delete_field_not_synced', $this->ask( '\WpfDelete\Tag::field_problem' ) );
		self::assertTrue( $this->save( array( 'field' => '' ) ) );
		self::assertNull( $this->ask( '\WpfDelete\Tag::field_problem' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_who_is_protected( string $suite ): void {
		$this->begin( $suite );
		$users = TriggersTest::members( $this->site, array( 'boss' => 'administrator', 'editor' => 'editor', 'deleter' => 'subscriber', 'member' => 'subscriber' ), true );
		$this->query( "UPDATE wp_usermeta SET meta_value = '" . serialize( array( 'subscriber' => true, 'delete_users' => true ) ) . "' WHERE user_id = {$users['deleter']} AND meta_key = 'wp_capabilities'" );
		$may = function ( bool $by_person = false ) use ( $users ) {
			$results = $this->call( array_map( static fn ( $id ) => array( '\WpfDelete\Guard::may_go', $id, $by_person ), array_values( $users ) ) )['results'];
			return array_combine( array_keys( $users ), $results );
		};
		self::assertSame( array( 'boss' => 'wpf_delete_protected', 'editor' => true, 'deleter' => 'wpf_delete_protected', 'member' => true ), $may() );
		self::assertSame( array( 'boss' => true, 'editor' => true, 'deleter' => true, 'member' => true ), $may( true ) );
		// Roles are the owner's choice, and what somebody may do by themself is not a role.
		self::assertTrue( $this->save( array( 'protected_roles' => array( 'editor' ) ) ) );
		self::assertSame( array( 'boss' => true, 'editor' => 'wpf_delete_protected', 'deleter' => 'wpf_delete_protected', 'member' => true ), $may() );
		// The last administrator is not.
		$this->query( "UPDATE wp_usermeta SET meta_value = '" . serialize( array( 'editor' => true ) ) . "' WHERE user_id = 1 AND meta_key = 'wp_capabilities'" );
		foreach ( array( false, true ) as $by_person ) {
			self::assertSame( 'wpf_delete_last_administrator', $may( $by_person )['boss'] );
		}
	}

	/** Saves as a form does; what is wrong by key. */
	private function save( array $values, ?array $tags = array( 'REMOVE USER' => '12' ) ) {
		return $this->site->run( __DIR__ . '/scripts/plugin/settings.php', compact( 'values', 'tags' ) );
	}

	private function ask( string $function, ?array $tags = array( 'REMOVE USER' => '12' ) ) {
		return $this->site->run( __DIR__ . '/scripts/plugin/settings.php', compact( 'function', 'tags' ) );
	}

	private function get( string $key ) {
		return $this->call( array( array( '\WpfDelete\Settings::get', $key ) ) )['results'][0];
	}
}
