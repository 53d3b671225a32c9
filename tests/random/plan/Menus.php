<?php
/**
 * Menu items.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Items of menus that point at posts, or seem to. */
final class Menus {

	public function __construct( private Blueprint $site ) {}

	public function make(): void {
		$site = $this->site;
		$dice = $site->dice;
		for ( $i = $dice->number( 0, 6 ); $i > 0; $i-- ) {
			$value = (string) $site->reference( $site->post_ids(), 5 );
			if ( $dice->chance( 12 ) ) {
				$value = $dice->pick( array( "0$value", "$value ", " $value", "{$value}x", '', "$value.0" ) );
			}
			$kind  = $dice->weighted( array( 'post_type' => 8, 'taxonomy' => 1, 'custom' => 1 ) );
			$metas = array( array( '_menu_item_type', $kind ), array( '_menu_item_object', 'page' ), array( '_menu_item_object_id', $value ), array( '_menu_item_menu_item_parent', (string) $site->reference( $site->post_ids( 'nav_menu_item' ) ) ) );
			if ( $dice->chance( 15 ) ) {
				$metas[] = $dice->pick( array( array( '_menu_item_type', 'custom' ), array( '_menu_item_object_id', (string) $site->reference( $site->post_ids(), 5 ) ) ) );
			}
			$status = $dice->weighted( array( 'publish' => 7, 'draft' => 1, 'trash' => 1, 'auto-draft' => 1, 'private' => 1 ) );
			$this->item( $site->author(), $status, $dice->chance( 20 ) ? $dice->shuffled( $metas ) : $metas );
		}
		$this->doubtful();
	}

	/** Items of others that almost point at a post that goes for good, or only just. */
	private function doubtful(): void {
		$dice  = $this->site->dice;
		$going = $this->site->ids_with_fate( 'purge' );
		$cases = array(
			array( 'publish', array( 'post_type', 'custom' ), '' ),
			array( 'publish', array( 'custom', 'post_type' ), '' ),
			array( 'publish', array( 'post_type' ), '0' ),
			array( 'trash', array( 'post_type' ), '' ),
			array( 'auto-draft', array( 'post_type' ), '' ),
		);
		foreach ( $going ? $cases : array() as list( $status, $kinds, $zero ) ) {
			if ( $dice->chance( 60 ) ) {
				$metas   = array_map( static fn( $kind ) => array( '_menu_item_type', $kind ), $kinds );
				$metas[] = array( '_menu_item_object_id', $zero . $dice->pick( $going ) );
				$this->item( Generator::COLLEAGUE, $status, $metas );
			}
		}
	}

	private function item( int $author, string $status, array $metas ): void {
		$site = $this->site;
		$id   = $site->next_id();
		if ( null === $id ) {
			return;
		}
		$site->add(
			'post',
			array(
				'id'     => $id,
				'type'   => 'nav_menu_item',
				'author' => $author,
				'status' => $status,
				'name'   => (string) $id,
				'title'  => $site->text( 1 ),
				'parent' => $site->dice->chance( 30 ) ? $site->reference( $site->post_ids() ) : 0,
				'date'   => $site->date(),
				'gmt'    => $site->date(),
				'terms'  => $site->dice->some( $site->terms['nav_menu'], 1 ),
				'metas'  => $metas,
			)
		);
	}
}
