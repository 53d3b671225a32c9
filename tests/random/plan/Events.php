<?php
/**
 * Scheduled events.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Events about posts: those of future ones, and others. */
final class Events {

	public static function make( Blueprint $site ): void {
		$dice = $site->dice;
		$ids  = $site->post_ids();
		for ( $i = $dice->number( 0, 6 ); $i > 0; $i-- ) {
			$id = $dice->pick( $ids );
			$site->add(
				'event',
				array(
					'time' => gmmktime( $dice->number( 0, 3 ), 0, 0, 7, 1, 2027 ),
					'hook' => $dice->weighted( array( 'publish_future_post' => 6, 'another_event' => 1 ) ),
					'args' => array( $site->is_wild() && $dice->chance( 25 ) ? (string) $id : $id ),
				)
			);
		}
		foreach ( $site->posts() as $post ) {
			if ( 'future' === $post['status'] && $dice->chance( 80 ) ) {
				$site->add( 'event', array( 'time' => gmmktime( 12, 0, 0, 7, 1, 2027 ), 'hook' => 'publish_future_post', 'args' => array( $post['id'] ) ) );
			}
		}
	}
}
