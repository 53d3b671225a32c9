<?php
/**
 * Links of the old link manager.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Links share their ids, and so their relationships, with posts. */
final class Links {

	public static function make( Blueprint $site ): void {
		$dice = $site->dice;
		$ids  = array_unique( array_merge( $dice->some( $site->post_ids(), 3 ), $dice->some( array( 5, 6, 7 ), 3 ) ) );
		foreach ( $ids as $id ) {
			$site->add( 'link', array( 'id' => $id, 'owner' => $dice->pick( array( Generator::VICTIM, Generator::VICTIM, Generator::COLLEAGUE ) ), 'name' => $site->text( 1 ), 'terms' => array_merge( $dice->some( $site->terms['link_category'], 2 ), $dice->chance( 10 ) ? $dice->some( $site->terms['genre'], 1 ) : array() ) ) );
		}
	}
}
