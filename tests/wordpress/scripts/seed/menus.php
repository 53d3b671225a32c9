<?php
/**
 * Menu items of posts that go, and items that only look as if.
 */
return static function ( Seed $seed ) {
	$menu = wp_create_nav_menu( 'Main' );
	$item = static function ( string $label, string $target, array $arguments = array() ) use ( $seed, $menu ) {
		$id = wp_update_nav_menu_item(
			$menu,
			0,
			$arguments + array(
				'menu-item-object-id' => $seed->posts[ $target ],
				'menu-item-object'    => get_post_type( $seed->posts[ $target ] ),
				'menu-item-type'      => 'post_type',
				'menu-item-title'     => $label,
				'menu-item-status'    => 'publish',
				'menu-item-position'  => count( $seed->posts ),
			)
		);
		if ( is_wp_error( $id ) ) {
			throw new RuntimeException( "$label: " . $id->get_error_message() );
		}
		$seed->posts[ $label ] = $id;
		$seed->write( $GLOBALS['wpdb']->posts, array( 'post_author' => $seed->users['administrator'], 'post_date' => $seed->next_date() ), array( 'ID' => $id ) );
		return $id;
	};

	$parent = $item( 'item-book', 'book-publish-0' );
	$item( 'item-under-book', 'post-publish-12', array( 'menu-item-parent-id' => $parent ) );
	$item( 'item-twice', 'book-publish-0' );
	$item( 'item-trashed-page', 'privacy-trashed' );
	$item( 'item-page', 'front' );
	$item( 'item-post', 'post-publish-0' );
	$item( 'item-attachment', 'image' );
	$item( 'item-others', 'front-others' );
	$item( 'item-category', 'book-publish-0', array( 'menu-item-type' => 'taxonomy', 'menu-item-object' => 'category' ) );
	$item( 'item-custom', 'book-publish-0', array( 'menu-item-type' => 'custom', 'menu-item-url' => 'https://example.org/' ) );
	$item( 'item-draft', 'book-publish-0', array( 'menu-item-status' => 'draft' ) );
	foreach ( array( 'trash', 'auto-draft', 'mystatus', 'private' ) as $status ) {
		$id = $item( "item-$status", 'book-publish-0' );
		$seed->write( $GLOBALS['wpdb']->posts, array( 'post_status' => $status ), array( 'ID' => $id ) );
	}
	$id = $item( 'item-zero', 'book-publish-0' );
	update_post_meta( $id, '_menu_item_object_id', '0' . $seed->posts['book-publish-0'] );
	$id = $item( 'item-of-victim', 'book-publish-1' );
	$seed->write( $GLOBALS['wpdb']->posts, array( 'post_author' => $seed->users['victim'] ), array( 'ID' => $id ) );
	$seed->comment( $seed->posts['item-book'] );
	add_post_meta( $seed->posts['item-book'], 'icon', 'star' );
};
