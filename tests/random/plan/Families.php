<?php
/**
 * Posts below posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Who moves up when a parent goes, and who does not. */
final class Families {

	public function __construct( private Blueprint $site, private Posts $posts ) {}

	public function make(): void {
		if ( $this->site->dice->chance( 50 ) ) {
			$this->line();
		}
		if ( $this->site->dice->chance( 70 ) ) {
			$this->orphans();
		}
	}

	/** Posts of one type below one another, in any order of ids, and attachments below them. */
	private function line(): void {
		$dice   = $this->site->dice;
		$type   = $dice->pick( array( 'book', 'book', 'doc', 'gone', 'page' ) );
		$parent = $this->site->reference( $this->site->post_ids(), 50 );
		$ids    = array();
		for ( $i = 0; $i < 3; $i++ ) {
			$author = $dice->pick( array( Generator::VICTIM, Generator::VICTIM, Generator::VICTIM, Generator::COLLEAGUE ) );
			$parent = $this->posts->post( array( 'type' => $type, 'parent' => $parent, 'author' => $author, 'status' => $dice->pick( array( 'publish', 'trash' ) ) ) );
			$ids[]  = $parent;
		}
		foreach ( $ids as $id ) {
			$this->posts->post( array( 'type' => 'attachment', 'parent' => $id, 'author' => $dice->pick( array( Generator::VICTIM, Generator::COLLEAGUE ) ), 'status' => 'inherit' ) );
		}
	}

	/** Below a post that goes for good: posts that stay, of its type, of that in another spelling, and of others. */
	private function orphans(): void {
		foreach ( array( 'doc', 'book' ) as $type ) {
			$parent   = $this->site->add_post( array( 'type' => $type, 'parent' => $this->site->reference( $this->site->post_ids(), 50 ) ) );
			$children = array( $type, ucfirst( $type ), 'attachment', 'Attachment' );
			foreach ( array_slice( $this->site->dice->shuffled( $children ), 0, 3 ) as $child ) {
				$this->site->add_post( array( 'type' => $child, 'parent' => $parent, 'author' => Generator::COLLEAGUE ) );
			}
		}
	}

	/**
	 * Pages under themselves or one another, with nothing else below: core would mend other posts on the way. Nor does
	 * anybody else want their names, which core asks about where it has moved them. And when one goes for good, the other
	 * is not saved after it: core would mend where that had moved to.
	 */
	public function loops(): void {
		$dice    = $this->site->dice;
		$parents = array_column( $this->site->posts(), 'parent' );
		$leaves  = array_filter( $this->site->posts(), static fn( $post ) => ! in_array( $post['id'], $parents, true ) && in_array( $post['type'], array( 'post', 'page', 'attachment', 'doc' ), true ) );
		if ( ! $leaves || ! $dice->chance( 35 ) ) {
			return;
		}
		$first  = $dice->pick( array_keys( $leaves ) );
		$second = $dice->pick( array_keys( $leaves ) );
		$fates  = array_map( fn( $key ) => Fate::of( $leaves[ $key ], $this->site->plan['mode'] ), array( $first, $second ) );
		if ( ! array_diff( array( 'purge', 'trash' ), $fates ) ) {
			return;
		}
		foreach ( array( $first => $second, $second => $first ) as $key => $above ) {
			$loop = array( 'parent' => $leaves[ $above ]['id'], 'name' => "loop-{$leaves[ $key ]['id']}" );

			$this->site->plan['objects'][ $key ] = $loop + $this->site->plan['objects'][ $key ];
		}
	}
}
