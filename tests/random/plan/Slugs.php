<?php
/**
 * The names of posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Any name; and names of posts for the trash that get in one another's way. */
final class Slugs {

	private const SLUGS = array( 'foo', 'Foo', 'fóo', 'foo-2', 'foo__trashed', 'FOO__trashed', 'foo__trashed-2', 'foo__trashed-3', 'bar', 'bar ', 'bar__trashed', 'bar_', 'b%r', 'b|r', '', '', '', '0', '2025', '2025__trashed', '__trashed', '__trashed-2', '-', 'end-', "it's", '"q"', 'back\\slash', 'back\\', '%d0%b6', '%D0%B6', 'ж', 'strasse', 'straße', 'strasse__trashed', 'fi', 'ﬁ', 'foo__trashed-02', 'foo__trashed__trashed', 'foo+bar', 'embed', 'feed' );

	private const RIVALRIES = array( 'same_letters', 'taken', 'too_long', 'elsewhere', 'of_an_attachment', 'of_what_goes_before', 'slashed' );

	public function __construct( private Blueprint $site ) {}

	public static function any( Dice $dice, string $status ): string {
		if ( $dice->chance( 'draft' === $status ? 60 : 5 ) ) {
			return '';
		}
		if ( $dice->chance( 55 ) ) {
			return $dice->pick( self::SLUGS );
		}
		if ( $dice->chance( 25 ) ) {
			$long = $dice->pick( array( str_repeat( 'long-', 40 ), str_repeat( '%d0%b6', 34 ), 'a' . str_repeat( '%d0%b6', 33 ), 'ab' . str_repeat( '%d0%b6-', 33 ), str_repeat( 'd', 190 ) . '-tail-', str_repeat( '%f0%9f%90%98', 17 ), str_repeat( 'x', 189 ) . '--------' ) );
			return substr( $long, 0, $dice->pick( array( 189, 190, 191, 192, 196, 198, 200 ) ) );
		}
		return 'slug-' . $dice->number( 1, 400 );
	}

	/** Names that no other post has, so that nothing else decides what becomes of them. */
	public function rivals(): void {
		foreach ( self::RIVALRIES as $rivalry ) {
			if ( $this->site->dice->chance( 60 ) ) {
				$this->$rivalry();
			}
		}
	}

	/** Equal for the database alone. */
	private function same_letters(): void {
		$type  = $this->site->dice->pick( array( 'post', 'page' ) );
		$names = $this->site->dice->shuffled( array( 'letter-é', 'letter-e', 'Letter-E', 'letter-ê' ) );
		foreach ( array_slice( $names, 0, $this->site->dice->number( 2, 3 ) ) as $name ) {
			$this->site->add_post( array( 'type' => $type, 'name' => $name ) );
		}
	}

	/** Somebody else has the name with the suffix, in another spelling, and perhaps the first number. */
	private function taken(): void {
		$this->site->add_post( array( 'name' => 'taken-e' ) );
		$this->site->add_post( array( 'name' => 'Taken-é__Trashed', 'author' => Generator::COLLEAGUE ) );
		if ( $this->site->dice->chance( 50 ) ) {
			$this->site->add_post( array( 'name' => 'TAKEN-e__trashed-2', 'author' => Generator::COLLEAGUE ) );
		}
	}

	/** Cut to the same; then a number has no room, either. */
	private function too_long(): void {
		$start = str_repeat( $this->site->dice->pick( array( 'y', 'ya-' ) ), 191 );
		foreach ( array( 'one', 'two' ) as $end ) {
			$this->site->add_post( array( 'name' => substr( $start, 0, 191 ) . $end ) );
		}
	}

	/** Pages below different ones do not compete. */
	private function elsewhere(): void {
		$above = $this->site->add_post( array( 'type' => 'page', 'author' => Generator::COLLEAGUE ) );
		foreach ( $this->site->dice->shuffled( array( 0, $above ) ) as $parent ) {
			$this->site->add_post( array( 'type' => 'page', 'name' => 'elsewhere', 'parent' => $parent ) );
		}
	}

	/** Pages and attachments below the same one do. */
	private function of_an_attachment(): void {
		$this->site->add_post( array( 'type' => 'page', 'name' => 'picture' ) );
		$this->site->add_post( array( 'type' => 'attachment', 'name' => 'picture__trashed', 'author' => Generator::COLLEAGUE ) );
	}

	/** The name is free by then: its post, in a spelling that has no trash, goes for good. */
	private function of_what_goes_before(): void {
		// See Posts::post().
		$type = $this->site->plan['network'] ? 'Page' : $this->site->dice->pick( array( 'POST', 'Page' ) );
		$this->site->add_post( array( 'type' => strtolower( $type ), 'name' => 'shouted' ) );
		$this->site->add_post( array( 'type' => $type, 'name' => 'shouted__trashed' ) );
	}

	/** Core loses a level of backslashes. */
	private function slashed(): void {
		$this->site->add_post( array( 'name' => $this->site->dice->pick( array( 'a\\slash', 'two\\\\slashes', 'slash\\' ) ) ) );
	}
}
