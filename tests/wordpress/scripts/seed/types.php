<?php
/**
 * Every other post type: those that go for good, and those that stay with a dead author.
 */
return static function ( Seed $seed ) {
	$stays = array( 'ledger', 'kept', 'spared', 'nav_menu_item', 'wp_block', 'wp_navigation', 'wp_global_styles', 'customize_changeset', 'oembed_cache', 'custom_css', 'user_request' );
	$goes  = array( 'gone', 'chosen', 'doc', 'wp_template', 'wp_template_part' );
	foreach ( array( 'wp_font_family', 'wp_font_face' ) as $type ) {
		if ( post_type_exists( $type ) ) {
			$stays[] = $type;
		}
	}

	foreach ( array_merge( $stays, $goes ) as $type ) {
		foreach ( array( 'draft', 'trash' ) as $status ) {
			$label = strtr( $type, '_', '-' ) . "-$status";
			$id    = $seed->post( $label, array( 'post_type' => $type, 'post_status' => $status, 'post_content' => '{}' ) );
			$seed->comment( $id );
			add_post_meta( $id, 'note', $label );
		}
	}
	foreach ( array( 'wp_template', 'wp_template_part', 'gone', 'wp_block', 'kept' ) as $type ) {
		$seed->post( strtr( $type, '_', '-' ) . '-publish', array( 'post_type' => $type, 'post_content' => '<!-- wp:paragraph /-->' ) );
	}
	wp_set_object_terms( $seed->posts['wp-template-publish'], 'twentytwentythree', 'wp_theme' );
	wp_set_object_terms( $seed->posts['wp-template-part-publish'], 'twentytwentythree', 'wp_theme' );
	wp_set_object_terms( $seed->posts['wp-template-part-publish'], 'header', 'wp_template_part_area' );

	// A plugin that is off left these behind; the second is a type to the database's collation, not to PHP.
	$book = array( 'terms' => array( 'category' => array( 'news' ) ), 'meta' => array( 'note' => 'stray' ) );
	$seed->post( 'unregistered', array( 'raw' => array( 'post_type' => 'product' ), 'post_type' => 'book' ) + $book );
	$seed->post( 'shouted-type', array( 'raw' => array( 'post_type' => 'POST' ), 'post_type' => 'book' ) + $book );

	// The relationships of a taxonomy nobody registers, and of a term that is no more, outlive the post.
	$seed->write( $GLOBALS['wpdb']->terms, array( 'term_id' => 9001, 'name' => 'stray', 'slug' => 'stray' ) );
	$seed->write( $GLOBALS['wpdb']->term_taxonomy, array( 'term_taxonomy_id' => 9001, 'term_id' => 9001, 'taxonomy' => 'unregistered', 'description' => '', 'count' => 7 ) );
	foreach ( array( 'book-publish-0', 'post-publish-0', 'post-trash-0' ) as $label ) {
		foreach ( array( 9001, 9500 ) as $tt_id ) {
			$seed->write( $GLOBALS['wpdb']->term_relationships, array( 'object_id' => $seed->posts[ $label ], 'term_taxonomy_id' => $tt_id ) );
		}
	}

	// Re-parenting takes the parent a post has at its turn: of two books under one another, the first to go is the lower.
	$seed->post( 'chain-lower', array( 'post_type' => 'book' ) );
	$seed->post( 'chain-upper', array( 'post_type' => 'book', 'post_parent' => $seed->posts['root-others'] ) );
	$seed->write( $GLOBALS['wpdb']->posts, array( 'post_parent' => $seed->posts['chain-upper'] ), array( 'ID' => $seed->posts['chain-lower'] ) );
	$seed->post( 'rising-upper', array( 'post_type' => 'book', 'post_parent' => $seed->posts['root-others'] ) );
	$seed->post( 'rising-lower', array( 'post_type' => 'book', 'post_parent' => $seed->posts['rising-upper'] ) );
	foreach ( array( 'chain-lower', 'chain-upper', 'rising-lower', 'branch', 'trashed-twig', 'doc-lower', 'ledger-draft' ) as $parent ) {
		$seed->post( "attached-to-$parent", array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_author' => $seed->users['colleague'], 'post_parent' => $seed->posts[ $parent ] ) );
		$seed->post( "own-attached-to-$parent", array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_parent' => $seed->posts[ $parent ], 'terms' => array( 'mood' => array( 'calm' ) ) ) );
	}
};
