<?php
/**
 * The terms of a plan.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Terms of every taxonomy of types.php, and what is in them. */
final class Terms {

	/** Term of the base site in which core puts posts without a category; taxonomy's and term's number. */
	public const DEFAULT_CATEGORY = 1;

	private const TAXONOMIES = array(
		'category'      => array( 'post', 'book' ),
		'post_tag'      => array( 'post' ),
		'genre'         => array( 'book', 'post' ),
		'mood'          => array( 'attachment', 'post' ),
		'lens'          => array(),
		'shelf'         => array( 'book', 'post' ),
		'stage'         => array( 'book', 'post' ),
		'tally'         => array( 'book', 'post' ),
		'deck'          => array( 'page' ),
		'post_format'   => array( 'post' ),
		'link_category' => array(),
		'nav_menu'      => array( 'nav_menu_item' ),
		'unregistered'  => array(),
	);

	public function __construct( private Blueprint $site ) {}

	public function make(): void {
		$dice = $this->site->dice;
		$tt   = 200;
		$id   = 60;
		foreach ( array_keys( self::TAXONOMIES ) as $taxonomy ) {
			$known   = 'category' === $taxonomy ? array( self::DEFAULT_CATEGORY ) : array();
			$parents = array( 0 );
			for ( $i = $dice->number( 0, 3 ); $i >= 0; $i-- ) {
				$id    += $dice->number( 1, 3 );
				$tt    -= $dice->number( 1, 2 );
				$slug   = "$taxonomy-$i";
				$name   = "$taxonomy $i " . strtr( $this->site->text( 1 ), array( "'" => 'ʼ', '"' => '“', '\\' => '/' ) );
				$quoted = 'post_tag' === $taxonomy && $this->site->is_wild() && $dice->chance( 30 );
				if ( 'post_format' === $taxonomy ) {
					$slug = $name = 'post-format-' . array( 'quote', 'aside', 'link', 'audio' )[ $i ];
				} elseif ( $quoted ) {
					$name = $dice->pick( array( "Don't", '"so"', 'back\\slash' ) );
				}
				$term = array( 'id' => $id, 'tt' => $tt, 'taxonomy' => $taxonomy, 'name' => $name, 'slug' => $slug, 'parent' => in_array( $taxonomy, array( 'category', 'genre' ), true ) ? $dice->pick( $parents ) : 0 );
				// Adding a default term or putting a quoted tag in place of another repairs a count, which D1 does not.
				if ( $dice->chance( 15 ) && ! in_array( $taxonomy, array( 'deck', 'post_tag' ), true ) ) {
					// Terms that seem to be large are counted in another way.
					$term['count'] = $dice->chance( 50 ) ? $dice->number( 0, 40 ) : $dice->number( 10000, 20000 );
				}
				$this->site->add( 'term', $term );
				$parents[] = $id;
				$known[]   = $tt;
			}
			$this->site->terms[ $taxonomy ] = $known;
		}
	}

	/** Terms of the type's taxonomies, and sometimes of others. */
	public function of( string $type ): array {
		$terms = array();
		// Core would not take it out of its terms, and count it in them until it is gone: the last count would be luck.
		if ( in_array( $type, array( 'POST', 'Page' ), true ) ) {
			return $terms;
		}
		foreach ( self::TAXONOMIES as $taxonomy => $types ) {
			$own = in_array( $type, $types, true );
			if ( $this->site->dice->chance( $own ? 60 : 3 ) ) {
				$terms = array_merge( $terms, $this->site->dice->some( $this->site->terms[ $taxonomy ], 2 ) );
			}
		}
		return $terms;
	}

	/** Counts that only one of several rules gets right. */
	public function counts(): void {
		if ( $this->site->dice->chance( 70 ) ) {
			$this->count_of_a_draft();
		}
		if ( $this->site->dice->chance( 70 ) ) {
			$this->count_of_an_attachment();
		}
	}

	/** A wrong count that nobody may mend: a draft that goes to the trash has never counted. */
	private function count_of_a_draft(): void {
		$this->site->add( 'term', array( 'id' => 56, 'tt' => 251, 'taxonomy' => 'genre', 'name' => 'Unseen', 'slug' => 'unseen', 'parent' => 0, 'count' => 9 ) );
		$this->site->add_post( array( 'status' => 'draft', 'terms' => array( self::DEFAULT_CATEGORY, 251 ) ) );
	}

	/** A term is counted for a post that leaves it, with an attachment in it that counts by the post it hangs from. */
	private function count_of_an_attachment(): void {
		$this->site->add( 'term', array( 'id' => 57, 'tt' => 252, 'taxonomy' => 'mood', 'name' => 'Serene', 'slug' => 'serene', 'parent' => 0 ) );
		$above = $this->site->add_post( array( 'author' => Generator::COLLEAGUE ) );
		$this->site->add_post( array( 'type' => 'attachment', 'author' => Generator::COLLEAGUE, 'parent' => $above, 'terms' => array( 252 ) ) );
		$this->site->add_post( array( 'terms' => array( self::DEFAULT_CATEGORY, 252 ) ) );
	}

	/** Relationships of what is no more, or to what is no more. */
	public function relations(): void {
		$site = $this->site;
		$dice = $site->dice;
		for ( $i = $dice->number( 0, 4 ); $i > 0; $i-- ) {
			$taxonomy = $dice->pick( array_keys( self::TAXONOMIES ) );
			$term     = $dice->chance( 50 ) && $site->terms[ $taxonomy ] ? $dice->pick( $site->terms[ $taxonomy ] ) : Blueprint::DANGLING + 5;
			$site->add( 'relation', array( 'object' => $term > Blueprint::DANGLING ? $site->reference( $site->post_ids(), 0 ) : $dice->pick( array( Generator::VICTIM, Blueprint::DANGLING + 2 ) ), 'tt' => $term ) );
		}
		// A term whose name is gone, its taxonomy's row is not. Some post that goes for good has it, if there is one.
		if ( $dice->chance( 70 ) ) {
			$site->add( 'term', array( 'id' => 55, 'tt' => 250, 'taxonomy' => 'genre', 'name' => null, 'slug' => '', 'parent' => 0, 'count' => 9 ) );
			$going = $site->ids_with_fate( 'purge', 'book', 'post' );
			$site->add( 'relation', array( 'object' => $going ? $dice->pick( $going ) : $site->reference( $site->post_ids(), 0 ), 'tt' => 250 ) );
		}
	}
}
