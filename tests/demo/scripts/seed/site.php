<?php
/**
 * What goes through WordPress's own functions: Jane's account, images, and what the site makes of Jane's posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/**
 * @param int   $jane  Jane.
 * @param int   $other Somebody else.
 * @param int[] $posts Jane's published posts.
 */
return static function ( int $jane, int $other, array $posts ): void {
	require_once ABSPATH . 'wp-admin/includes/image.php';
	require_once ABSPATH . 'wp-admin/includes/nav-menu.php';

	// A customer for years: the CRM's contact and tags as WP Fusion stores them, a session, a phone, a shop.
	$metas = array(
		'activecampaign_contact_id' => '48213',
		'activecampaign_tags'       => array( 'Author', 'Newsletter', 'Customer' ),
		'session_tokens'            => array( str_repeat( 'a', 64 ) => array( 'expiration' => time() + WEEK_IN_SECONDS, 'ip' => '192.0.2.7', 'login' => time() ) ),
		'_application_passwords'    => array( array( 'uuid' => wp_generate_uuid4(), 'app_id' => '', 'name' => 'Phone', 'password' => 'hash', 'created' => time(), 'last_used' => null, 'last_ip' => null ) ),
		'billing_city'              => 'Ghent',
		'billing_phone'             => '+32 9 000 00 00',
		'last_login'                => time(),
		'wp_user-settings'          => 'editor=tinymce&libraryContent=browse',
	);
	foreach ( $metas as $key => $value ) {
		update_user_meta( $jane, $key, $value );
	}

	$attach = static function ( string $file, int $author, int $parent = 0 ): int {
		$id = wp_insert_attachment(
			array(
				'post_author'    => $author,
				'post_mime_type' => 'image/jpeg',
				'post_title'     => basename( $file, '.jpg' ),
				'post_status'    => 'inherit',
			),
			$file,
			$parent
		);
		wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $file ) );
		return $id;
	};
	$photos = array();
	foreach ( array( 'bread', 'kitchen', 'portrait', 'market', 'harbour' ) as $i => $name ) {
		$canvas = imagecreatetruecolor( 1200, 800 );
		imagefilledrectangle( $canvas, 0, 0, 1199, 799, imagecolorallocate( $canvas, 200 - 30 * $i, 120 + 20 * $i, 60 ) );
		$file = wp_upload_dir()['path'] . "/$name.jpg";
		imagejpeg( $canvas, $file );
		$photos[ $name ] = $attach( $file, 'harbour' === $name ? $other : $jane, $posts[ $i ] ?? 0 );
	}
	// A translation plugin made a second attachment of the same file, and it is not Jane's.
	$attach( get_attached_file( $photos['market'] ), $other );

	foreach ( array_slice( $posts, 0, 60 ) as $i => $id ) {
		set_post_thumbnail( $id, $i % 2 ? $photos['bread'] : $photos['kitchen'] );
	}
	update_option( 'site_icon', $photos['portrait'] );
	update_option( 'sticky_posts', array_slice( $posts, 2, 2 ) );

	$menu = wp_create_nav_menu( 'Main' );
	foreach ( array_slice( $posts, 0, 3 ) as $id ) {
		wp_update_nav_menu_item(
			$menu,
			0,
			array(
				'menu-item-object'    => 'post',
				'menu-item-object-id' => $id,
				'menu-item-type'      => 'post_type',
				'menu-item-status'    => 'publish',
			)
		);
	}
	// What any page view leaves behind.
	is_multi_author();
	if ( function_exists( 'block_core_calendar_update_has_published_posts' ) ) {
		block_core_calendar_update_has_published_posts();
	}
};
