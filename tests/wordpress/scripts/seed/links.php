<?php
/**
 * Links, some with the id of a post: relationships do not say which of the two they belong to.
 */
return static function ( Seed $seed ) {
	global $wpdb;

	$owners = array(
		'victim'    => array( 101, 102, 103, $seed->posts['book-publish-0'], $seed->posts['post-publish-0'], $seed->posts['post-publish-12'] ),
		'colleague' => array( 201, $seed->posts['book-publish-1'], $seed->posts['post-publish-1'], $seed->posts['image'] ),
	);
	foreach ( $owners as $owner => $ids ) {
		foreach ( $ids as $i => $id ) {
			$seed->write(
				$wpdb->links,
				array( 'link_id' => $id, 'link_url' => "https://example.org/$id", 'link_name' => "Link $id", 'link_owner' => $seed->users[ $owner ], 'link_updated' => '2025-01-01 00:00:00', 'link_notes' => '' )
			);
			$seed->relate( $id, 'link_category', $i % 2 ? array( 'friends' ) : array( 'friends', 'partners' ) );
		}
	}
	// A link's relationship in a taxonomy of posts is not the link's.
	$seed->write( $wpdb->term_relationships, array( 'object_id' => 102, 'term_taxonomy_id' => get_term_by( 'slug', 'events', 'category' )->term_taxonomy_id ) );
};
