<?php
/**
 * The bulk: every status of every core type that a person writes, with terms, metas and comments.
 */
return static function ( Seed $seed ) {
	$categories = array( array( 'news' ), array( 'events', 'local' ), array( 'news', 'events' ) );
	$statuses   = array( 'publish', 'future', 'draft', 'pending', 'private', 'auto-draft', 'inherit', 'mystatus', 'trash' );

	foreach ( $statuses as $status ) {
		for ( $i = 0; $i < 14; $i++ ) {
			$label = "post-$status-$i";
			$id    = $seed->post(
				$label,
				array(
					'post_status' => $status,
					'post_date'   => 'future' === $status ? sprintf( '2027-05-%02d 12:00:00', $i + 1 ) : $seed->next_date(),
					'post_author' => $i < 12 ? $seed->users['victim'] : $seed->users['colleague'],
					'terms'       => 'auto-draft' === $status && $i % 2 ? array() : array(
						'category' => $categories[ $i % 3 ],
						'post_tag' => $i % 2 ? array( 'red' ) : array( 'red', 'green' ),
						'genre'    => array( $i % 3 ? 'novel' : 'sonnet' ),
						'mood'     => array( $i % 4 ? 'calm' : 'wild' ),
						'shelf'    => array( 'upper' ),
						'stage'    => array( $i % 2 ? 'early' : 'late' ),
						'tally'    => array( 'ones' ),
					),
					'proves'      => 'future' === $status && $i < 12 ? array( 'D4 when erase old' ) : array(),
					'meta'        => array( '_edit_last' => (string) $seed->users['victim'], 'list' => array( 'a', 'b' ), 'quoted' => 'it\'s \\ "so"' ),
				)
			);
			if ( 0 === $i % 3 ) {
				$seed->comment( $id );
				$seed->comment( $id, array( 'comment_approved' => '0', 'user_id' => $seed->users['victim'] ) );
			}
		}
	}

	foreach ( $statuses as $status ) {
		for ( $i = 0; $i < 5; $i++ ) {
			$seed->post(
				"page-$status-$i",
				array(
					'post_type'   => 'page',
					'post_status' => $status,
					'post_author' => $i < 4 ? $seed->users['victim'] : $seed->users['colleague'],
					'post_date'   => 'future' === $status ? sprintf( '2027-06-%02d 12:00:00', $i + 1 ) : $seed->next_date(),
					'menu_order'  => $i,
					'proves'      => 'future' === $status && $i < 4 ? array( 'D4 when erase old' ) : array(),
				)
			);
		}
	}

	foreach ( array( 'publish', 'future', 'draft', 'trash', 'mystatus' ) as $status ) {
		for ( $i = 0; $i < 6; $i++ ) {
			$id = $seed->post(
				"book-$status-$i",
				array(
					'post_type'   => 'book',
					'post_status' => $status,
					'post_author' => $i < 5 ? $seed->users['victim'] : $seed->users['colleague'],
					'post_date'   => 'future' === $status ? sprintf( '2027-07-%02d 12:00:00', $i + 1 ) : $seed->next_date(),
					'terms'       => array( 'category' => array( 'local' ), 'genre' => array( 'poem' ), 'shelf' => array( 'upper', 'lower' ), 'stage' => array( 'early' ), 'tally' => array( 'ones', 'tens' ) ),
					'meta'        => array( 'isbn' => "978-$i" ),
					'proves'      => 'future' === $status && $i < 5 ? array( 'D4 when delete old' ) : array(),
				)
			);
			if ( 0 === $i % 2 ) {
				$seed->comment( $id );
			}
		}
	}

	$seed->post( 'format', array( 'terms' => array( 'post_format' => array( 'post-format-quote' ), 'category' => array( 'news' ) ) ) );
	$seed->post( 'no-category', array( 'terms' => array( 'category' => array() ) ) );
	$seed->post( 'sticky', array( 'terms' => array( 'category' => array( 'news' ) ) ) );
	$seed->post( 'sticky-others', array( 'post_author' => $seed->users['colleague'] ) );
};
