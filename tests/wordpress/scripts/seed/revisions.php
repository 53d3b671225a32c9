<?php
/**
 * Revisions: whose they are decides whether they go, whether core makes a new one, and what it forgets (D1, D2).
 */
return static function ( Seed $seed ) {
	$by = static function ( string $owner, array $fields = array() ) use ( $seed ) {
		return $fields + array( 'post_author' => $seed->users[ $owner ] );
	};
	$post = static function ( string $label, array $fields = array() ) use ( $seed ) {
		return $seed->post( $label, $fields + array( 'terms' => array( 'category' => array( 'news' ) ) ) );
	};

	$post( 'revised-same', array( 'revised' => true ) );
	$seed->revision( 'revision-same', 'revised-same', $by( 'colleague' ) );
	$post( 'revised-spaces', array( 'revised' => true, 'post_content' => "Two  spaces.\r\n\r\nNew line." ) );
	$seed->revision( 'revision-spaces', 'revised-spaces', $by( 'colleague', array( 'post_content' => "Two spaces.\nNew line." ) ) );
	$post( 'revised-older' );
	$seed->revision( 'revision-older', 'revised-older', $by( 'colleague', array( 'post_content' => 'Before.' ) ) );
	$post( 'revised-autosave-only' );
	$seed->revision( 'autosave-others', 'revised-autosave-only', $by( 'colleague', array( 'post_name' => $seed->posts['revised-autosave-only'] . '-autosave-v1' ) ) );
	$post( 'revised-by-victim' );
	$seed->revision( 'revision-own', 'revised-by-victim' );
	$post( 'revised-by-victim-stale-metas', array( 'meta' => array( '_wp_trash_meta_status' => 'pending', '_wp_trash_meta_time' => '1700000001' ), 'proves' => array( 'D2 when trash' ) ) );
	$seed->revision( 'revision-own-stale', 'revised-by-victim-stale-metas' );
	$seed->post( 'page-revised-same', array( 'post_type' => 'page', 'revised' => true ) );
	$seed->revision( 'page-revision-same', 'page-revised-same', $by( 'colleague' ) );

	// More than the deletion's WP_POST_REVISIONS: the new revision makes core drop the oldest, and with it the trash metas.
	$post( 'revised-often', array( 'proves' => array( 'D1 revision pruned', 'D2 when trash' ) ) );
	for ( $i = 0; $i < 6; $i++ ) {
		$id = $seed->revision( "revision-often-$i", 'revised-often', $by( 'colleague', array( 'post_content' => "Attempt $i." ) ) );
		add_metadata( 'post', $id, 'footnotes', "note $i" );
	}

	// The victim's revisions of other people's posts go; the metas that restore a trashed post must not.
	foreach ( array( 'publish', 'trash' ) as $status ) {
		$label = "others-revised-$status";
		$seed->post( $label, $by( 'colleague', array( 'post_status' => $status, 'proves' => 'trash' === $status ? array( 'D2 when delete' ) : array() ) ) );
		if ( 'trash' === $status ) {
			add_post_meta( $seed->posts[ $label ], '_wp_trash_meta_status', 'publish' );
			add_post_meta( $seed->posts[ $label ], '_wp_trash_meta_time', '1700000002' );
		}
		$seed->revision( "revision-$label", $label );
		$seed->revision( "autosave-$label", $label, array( 'post_name' => $seed->posts[ $label ] . '-autosave-v1' ) );
		$seed->revision( "revision-$label-others", $label, $by( 'colleague' ) );
	}

	// Of posts that go for good, everybody's.
	$seed->revision( 'revision-book', 'book-publish-0' );
	$seed->revision( 'revision-book-others', 'book-publish-0', $by( 'colleague' ) );
	$seed->revision( 'revision-trash-others', 'post-trash-1', $by( 'colleague' ) );
	$seed->comment( $seed->posts['revision-book-others'] );
	$seed->comment( $seed->posts['revision-own'] );
	add_metadata( 'post', $seed->posts['revision-book'], 'footnotes', 'note' );
	add_metadata( 'post', $seed->posts['revision-own'], 'footnotes', 'note' );
	$seed->revision( 'revision-of-nothing', 'book-publish-1', array( 'raw' => array( 'post_parent' => 999999 ) ) );
};
