<?php
/**
 * Fills a network of five sites: the victim is a member of the first three and of an archived one, and has left the
 * fifth. What they wrote there is the same everywhere.
 *
 * Nothing here is what core's trash would rewrite (see D1 to D11 in README.md, which other tests prove): core and plugin
 * have to leave exactly the same.
 *
 * @return array{users: int[], sites: int[], posts: array<int, array<string, int>>} By name; posts by site and label.
 */

require dirname( __DIR__ ) . '/clock.php';
require_once ABSPATH . 'wp-admin/includes/nav-menu.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
require_once ABSPATH . 'wp-admin/includes/bookmark.php';

/**
 * One site's content.
 *
 * @param int[] $users By name.
 * @return array<string, int> Posts by label.
 */
function fill_site( array $users ): array {
	global $wpdb;

	$posts = array();
	$hour  = 0;
	$post  = static function ( string $label, array $fields = array() ) use ( $users, &$posts, &$hour ) {
		$date   = gmdate( 'Y-m-d H:i:s', gmmktime( 8, 0, 0, 1, 2, 2025 ) + HOUR_IN_SECONDS * $hour++ );
		$fields = wp_slash( $fields ) + array(
			'post_author'   => $users['victim'],
			'post_status'   => 'publish',
			'post_title'    => "Title of $label",
			'post_content'  => "Content of $label.",
			'post_name'     => $label,
			'post_date'     => $date,
			'post_date_gmt' => $date,
		);
		$id     = wp_insert_post( $fields, true );
		if ( is_wp_error( $id ) ) {
			throw new RuntimeException( "$label: " . $id->get_error_message() );
		}
		add_post_meta( $id, 'note', $label );
		$posts[ $label ] = $id;
		return $id;
	};
	$comment = static function ( int $id, array $fields = array() ) use ( &$hour ) {
		$date = gmdate( 'Y-m-d H:i:s', gmmktime( 8, 0, 0, 1, 2, 2025 ) + HOUR_IN_SECONDS * $hour++ );
		$id   = wp_insert_comment( $fields + array( 'comment_post_ID' => $id, 'comment_content' => "Remark on $id.", 'comment_author' => 'Reader', 'comment_date' => $date, 'comment_date_gmt' => $date, 'comment_approved' => '1' ) );
		add_comment_meta( $id, 'rating', '5' );
		return $id;
	};
	$write   = static function ( string $table, array $values, array $where = array() ) use ( $wpdb ) {
		if ( false === ( $where ? $wpdb->update( $table, $values, $where ) : $wpdb->insert( $table, $values ) ) ) {
			throw new RuntimeException( $wpdb->last_error );
		}
		wp_cache_flush();
	};
	$genres  = array_column( array( wp_insert_term( 'Novel', 'genre' ), wp_insert_term( 'Poem', 'genre' ) ), 'term_id' );
	$shelf   = wp_insert_term( 'Upper', 'shelf' )['term_id'];

	// Trash and published posts first, so that the list of ids is no list of turns.
	$post( 'old-trash', array( 'post_status' => 'trash', 'post_modified' => '2025-03-01 10:00:00' ) );
	foreach ( array( 'publish', 'draft', 'private', 'pending' ) as $status ) {
		$id = $post( "post-$status", array( 'post_status' => $status ) );
		wp_set_object_terms( $id, $genres, 'genre' );
	}
	$comment( $posts['post-publish'] );
	$comment( $posts['post-publish'], array( 'comment_approved' => '0', 'user_id' => $users['victim'] ) );
	$post( 'post-future', array( 'post_status' => 'future', 'post_date' => '2027-01-01 00:00:00', 'post_date_gmt' => '2027-01-01 00:00:00' ) );
	$post( 'page-front', array( 'post_type' => 'page' ) );
	$post( 'page-under', array( 'post_type' => 'page', 'post_parent' => $posts['page-front'] ) );
	$post( 'page-trash', array( 'post_type' => 'page', 'post_status' => 'trash' ) );
	$post( 'post-others', array( 'post_author' => $users['colleague'] ) );
	$post( 'same-slug', array( 'post_name' => 'post-publish__trashed', 'post_author' => $users['colleague'] ) );

	foreach ( array( 'publish', 'trash', 'draft' ) as $status ) {
		$id = $post( "book-$status", array( 'post_type' => 'book', 'post_status' => $status ) );
		wp_set_object_terms( $id, $genres[0], 'genre' );
		$reply = $comment( $id );
		$comment( $posts['post-others'], array( 'comment_parent' => $reply ) );
	}
	$post( 'book-others', array( 'post_type' => 'book', 'post_author' => $users['colleague'] ) );
	wp_set_object_terms( $posts['book-others'], $genres, 'genre' );
	foreach ( array( 'victim', 'colleague' ) as $name ) {
		$post( "revision-$name", array( 'post_type' => 'revision', 'post_status' => 'inherit', 'post_parent' => $posts['book-publish'], 'post_author' => $users[ $name ] ) );
	}
	$post( 'hidden', array( 'post_type' => 'draftbook' ) );
	$post( 'doc', array( 'post_type' => 'doc' ) );
	$post( 'doc-under', array( 'post_type' => 'doc', 'post_parent' => $posts['doc'], 'post_author' => $users['colleague'] ) );
	wp_set_object_terms( $posts['doc'], $shelf, 'shelf' );
	$post( 'kept', array( 'post_type' => 'kept' ) );
	wp_set_object_terms( $posts['kept'], $shelf, 'shelf' );
	$post( 'kept-trash', array( 'post_type' => 'kept', 'post_status' => 'trash' ) );
	$post( 'block', array( 'post_type' => 'wp_block' ) );
	$post( 'styles', array( 'post_type' => 'wp_global_styles', 'post_content' => '{}' ) );

	// Types of plugins that are off; one is a number, one the database takes for another. Published, that one would be
	// counted by core among posts until it goes, and what core counted before that stays.
	foreach ( array( 'product' => 'product', 'shouted' => 'POST', 'numbered' => '123', 'unnamed' => '' ) as $label => $type ) {
		$post( $label, array( 'post_type' => 'book' ) );
		wp_set_object_terms( $posts[ $label ], $genres[1], 'genre' );
		$write( $wpdb->posts, array( 'post_type' => $type, 'post_status' => 'shouted' === $label ? 'draft' : 'publish' ), array( 'ID' => $posts[ $label ] ) );
	}
	$post( 'product-trash', array( 'post_type' => 'book' ) );
	$write( $wpdb->posts, array( 'post_type' => 'product', 'post_status' => 'trash' ), array( 'ID' => $posts['product-trash'] ) );

	$folder = wp_upload_dir()['path'];
	$canvas = imagecreatetruecolor( 400, 300 );
	imagejpeg( $canvas, "$folder/image.jpg" );
	file_put_contents( "$folder/paper.txt", 'paper' );
	file_put_contents( "$folder/others.txt", 'others' );
	foreach ( array( 'image' => 'image.jpg', 'paper' => 'paper.txt', 'others' => 'others.txt' ) as $label => $file ) {
		$id = $post( $label, array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_mime_type' => wp_check_filetype( $file )['type'], 'post_parent' => $posts['book-publish'], 'post_author' => $users[ 'others' === $label ? 'colleague' : 'victim' ] ) );
		update_attached_file( $id, "$folder/$file" );
		wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, "$folder/$file" ) );
	}
	update_post_meta( $posts['post-others'], '_thumbnail_id', $posts['image'] );

	// A changeset with pages that exist for it alone; fonts with their files.
	$post( 'stub', array( 'post_type' => 'page', 'post_status' => 'auto-draft', 'post_name' => '' ) );
	$post( 'stub-draft', array( 'post_type' => 'page', 'post_status' => 'draft' ) );
	$post( 'stub-others', array( 'post_type' => 'page', 'post_status' => 'auto-draft', 'post_name' => '', 'post_author' => $users['colleague'] ) );
	$post( 'changeset', array( 'post_type' => 'customize_changeset', 'post_status' => 'draft', 'post_content' => wp_json_encode( array( 'nav_menus_created_posts' => array( 'value' => array( $posts['stub'], $posts['stub-draft'], $posts['stub-others'] ) ) ) ) ) );
	if ( post_type_exists( 'wp_font_family' ) ) {
		$fonts = wp_get_font_dir()['path'];
		wp_mkdir_p( $fonts );
		$post( 'font', array( 'post_type' => 'wp_font_family', 'post_content' => '{}' ) );
		foreach ( array( 'face' => 'victim', 'face-others' => 'colleague' ) as $label => $name ) {
			$post( $label, array( 'post_type' => 'wp_font_face', 'post_content' => '{}', 'post_parent' => $posts['font'], 'post_author' => $users[ $name ] ) );
			add_post_meta( $posts[ $label ], '_wp_font_face_file', "$label.woff2" );
			file_put_contents( "$fonts/$label.woff2", $label );
		}
	}

	$menu = wp_create_nav_menu( 'Main' );
	foreach ( array( 'item' => array( 'book-publish', 'administrator' ), 'item-doc' => array( 'doc', 'administrator' ), 'item-front' => array( 'page-front', 'administrator' ), 'item-own' => array( 'book-others', 'victim' ) ) as $label => list( $target, $author ) ) {
		$item = wp_update_nav_menu_item( $menu, 0, array( 'menu-item-object-id' => $posts[ $target ], 'menu-item-object' => get_post_type( $posts[ $target ] ), 'menu-item-type' => 'post_type', 'menu-item-title' => $label, 'menu-item-status' => 'publish' ) );
		$write( $wpdb->posts, array( 'post_author' => $users[ $author ] ), array( 'ID' => $item ) );
		$posts[ $label ] = $item;
	}

	foreach ( array( 'victim', 'colleague' ) as $name ) {
		for ( $i = 0; $i < 2; $i++ ) {
			$link = wp_insert_link( array( 'link_url' => "https://example.org/$name/$i", 'link_name' => "$name $i" ) );
			$write( $wpdb->links, array( 'link_owner' => $users[ $name ] ), array( 'link_id' => $link ) );
		}
	}

	update_option( 'show_on_front', 'page' );
	update_option( 'page_on_front', $posts['page-front'] );
	update_option( 'wp_page_for_privacy_policy', $posts['page-trash'] );
	update_option( 'sticky_posts', array( $posts['post-others'], $posts['post-publish'], $posts['book-publish'] ) );
	return $posts;
}

kses_remove_filters();
$users = array( 'administrator' => get_current_user_id() );
foreach ( array( 'victim' => 'author', 'colleague' => 'editor', 'heir' => 'editor', 'super' => 'administrator' ) as $name => $role ) {
	$users[ $name ] = wp_insert_user( array( 'user_login' => $name, 'user_pass' => 'secret', 'user_email' => "$name@example.org", 'role' => $role, 'user_registered' => '2024-12-24 18:00:00' ) );
}
grant_super_admin( $users['super'] );
add_user_meta( $users['victim'], 'note', 'of the victim' );
add_user_meta( $users['victim'], 'session_tokens', array( str_repeat( 'a', 64 ) => array( 'expiration' => 1900000000 ) ) );

$sites = array( 'main' => get_current_blog_id() );
foreach ( array( 'second', 'third', 'archived', 'left' ) as $name ) {
	$sites[ $name ] = wpmu_create_blog( 'example.test', "/$name/", "Site $name", $users['administrator'] );
	if ( is_wp_error( $sites[ $name ] ) ) {
		throw new RuntimeException( $sites[ $name ]->get_error_message() );
	}
}
$posts = array();
foreach ( $sites as $site ) {
	switch_to_blog( $site );
	foreach ( array( 'victim', 'colleague', 'heir' ) as $name ) {
		add_user_to_blog( $site, $users[ $name ], 'author' );
		update_user_option( $users[ $name ], 'user-settings', 'editor=tinymce' );
	}
	$posts[ $site ] = fill_site( $users );
	restore_current_blog();
}
remove_user_from_blog( $users['victim'], $sites['left'] );
update_blog_status( $sites['archived'], 'archived', 1 );
update_user_meta( $users['victim'], 'primary_blog', $sites['second'] );
update_user_meta( $users['victim'], 'source_domain', 'example.test' );

// Who signed up and is a user by now still has the row.
global $wpdb;
foreach ( array( 'victim', 'colleague' ) as $name ) {
	wpmu_signup_user( "$name", "$name@example.org" );
	$wpdb->update( $wpdb->signups, array( 'activation_key' => "key of $name" ), array( 'user_login' => $name ) );
}

// Counts and dates from before, for what the deletion writes to show.
foreach ( $sites as $site ) {
	update_blog_details( $site, array( 'last_updated' => '2025-06-01 00:00:00' ) );
	update_blog_option( $site, 'post_count', 77 );
}

return array(
	'users' => $users,
	'sites' => $sites,
	'posts' => $posts,
);
