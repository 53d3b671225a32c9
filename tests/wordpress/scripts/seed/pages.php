<?php
/**
 * Families: pages, documents and attachments whose parents and children belong to different people.
 */
return static function ( Seed $seed ) {
	$page = static function ( string $label, string $owner, string $parent = '', array $fields = array() ) use ( $seed ) {
		return $seed->post(
			$label,
			$fields + array(
				'post_type'   => 'page',
				'post_author' => $seed->users[ $owner ],
				'post_parent' => $parent ? $seed->posts[ $parent ] : 0,
			)
		);
	};

	// Trashed pages keep their children; pages that were already in the trash hand them to their own parent.
	$page( 'root-others', 'colleague' );
	$page( 'branch', 'victim', 'root-others' );
	$page( 'leaf-others', 'colleague', 'branch' );
	$page( 'leaf-own', 'victim', 'branch' );
	$page( 'trashed-branch', 'victim', 'root-others', array( 'post_status' => 'trash' ) );
	$page( 'trashed-twig', 'victim', 'trashed-branch', array( 'post_status' => 'trash' ) );
	$page( 'orphan-others', 'colleague', 'trashed-twig' );
	$page( 'orphan-own', 'victim', 'trashed-twig' );

	// A child with a smaller id than its parent is deleted first.
	$page( 'early-child', 'victim', '', array( 'post_status' => 'trash' ) );
	$page( 'late-parent', 'victim', 'root-others', array( 'post_status' => 'trash' ) );
	wp_update_post( array( 'ID' => $seed->posts['early-child'], 'post_parent' => $seed->posts['late-parent'] ) );
	$page( 'grandchild-others', 'colleague', 'early-child' );

	// Slugs are unique per parent only.
	$page( 'same-slug-root', 'victim', '', array( 'post_name' => 'same' ) );
	$page( 'same-slug-branch', 'victim', 'branch', array( 'post_name' => 'same' ) );
	$page( 'same-slug-others', 'colleague', 'root-others', array( 'post_name' => 'same__trashed' ) );
	$page( 'same-slug-taken', 'victim', 'root-others', array( 'post_name' => 'same' ) );

	$page( 'own-parent', 'victim', '', array( 'proves' => array( 'D1 post_parent' ) ) );
	$page( 'loop-first', 'victim', '', array( 'proves' => array( 'D1 post_parent' ) ) );
	$page( 'loop-second', 'victim', 'loop-first' );
	foreach ( array( 'own-parent' => 'own-parent', 'loop-first' => 'loop-second' ) as $label => $parent ) {
		$seed->write( $GLOBALS['wpdb']->posts, array( 'post_parent' => $seed->posts[ $parent ] ), array( 'ID' => $seed->posts[ $label ] ) );
	}

	$page( 'deckless', 'victim', '', array( 'terms' => array( 'deck' => array() ) ) );
	$page( 'deckless-draft', 'victim', '', array( 'terms' => array( 'deck' => array() ), 'post_status' => 'draft' ) );
	$page( 'sun-deck', 'victim', '', array( 'terms' => array( 'deck' => array( 'sun-deck' ) ) ) );

	$page( 'front', 'victim' );
	$page( 'front-others', 'colleague' );
	$page( 'blog', 'victim' );
	$page( 'blog-trashed', 'victim', '', array( 'post_status' => 'trash' ) );
	$page( 'privacy', 'victim' );
	$page( 'privacy-trashed', 'victim', '', array( 'post_status' => 'trash' ) );

	foreach ( array( 'doc-root' => array( 'colleague', '' ), 'doc-middle' => array( 'victim', 'doc-root' ), 'doc-lower' => array( 'victim', 'doc-middle' ), 'doc-leaf' => array( 'colleague', 'doc-lower' ) ) as $label => list( $owner, $parent ) ) {
		$page( $label, $owner, $parent, array( 'post_type' => 'doc' ) );
	}
	$page( 'page-under-doc', 'colleague', 'doc-lower' );
	$page( 'page-under-doc-own', 'victim', 'doc-lower' );
};
