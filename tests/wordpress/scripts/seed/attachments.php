<?php
/**
 * Attachments with real files, and everything that points at them.
 */
return static function ( Seed $seed ) {
	require_once ABSPATH . 'wp-admin/includes/image.php';
	$folder = wp_upload_dir()['path'];
	$others = $seed->users['colleague'];

	$image = static function ( string $name, int $width, int $height ) use ( $folder ) {
		$canvas = imagecreatetruecolor( $width, $height );
		imagefilledrectangle( $canvas, 0, 0, $width, $height, imagecolorallocate( $canvas, strlen( $name ) * 9 % 256, 80, 160 ) );
		imagejpeg( $canvas, "$folder/$name.jpg" );
		return "$folder/$name.jpg";
	};
	$attach = static function ( string $label, string $file, array $fields = array() ) use ( $seed ) {
		$id = $seed->post( $label, $fields + array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_mime_type' => wp_check_filetype( $file )['type'] ) );
		update_attached_file( $id, $file );
		wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $file ) );
		return $id;
	};

	$attach( 'image', $image( 'image', 800, 600 ), array( 'terms' => array( 'mood' => array( 'calm', 'wild' ) ) ) );
	$attach( 'image-others', $image( 'image-others', 400, 300 ), array( 'post_author' => $others, 'terms' => array( 'mood' => array( 'calm' ) ) ) );
	// Too wide: WordPress keeps the original beside a scaled one.
	$attach( 'scaled', $image( 'scaled', 2600, 40 ), array( 'post_parent' => $seed->posts['post-publish-0'] ) );
	// An image that was edited, and restored from its backup.
	$edited = $attach( 'edited', $image( 'edited', 400, 300 ), array( 'post_parent' => $seed->posts['book-publish-0'] ) );
	$image( 'edited-e1700000000000', 200, 200 );
	update_post_meta( $edited, '_wp_attachment_backup_sizes', array( 'full-orig' => array( 'width' => 200, 'height' => 200, 'file' => 'edited-e1700000000000.jpg' ) ) );
	$attach( 'logo', $image( 'logo', 120, 120 ) );
	$attach( 'icon', $image( 'icon', 512, 512 ) );
	$attach( 'header', $image( 'header', 640, 160 ) );

	file_put_contents( "$folder/paper.pdf", '%PDF-1.4 no pages' );
	$attach( 'pdf', "$folder/paper.pdf", array( 'post_parent' => $seed->posts['page-publish-0'] ) );
	file_put_contents( "$folder/plain.txt", 'plain' );
	file_put_contents( "$folder/plain-thumb.txt", 'thumb' );
	file_put_contents( "$folder/plain.heic", 'source' );
	file_put_contents( "$folder/plain.mp4", 'video' );
	$plain = $attach( 'plain', "$folder/plain.txt" );
	wp_update_attachment_metadata( $plain, array( 'thumb' => 'plain-thumb.txt', 'source_image' => 'plain.heic', 'animated_video' => 'plain.mp4', 'file' => 'plain.txt' ) );
	$outside = $attach( 'outside', "$folder/plain.txt" );
	update_post_meta( $outside, '_wp_attached_file', '../../escaped.txt' );
	update_post_meta( $outside, '_wp_attachment_metadata', array() );
	file_put_contents( dirname( wp_upload_dir()['basedir'], 2 ) . '/escaped.txt', 'Not an upload.' );
	$missing = $attach( 'missing', "$folder/plain.txt" );
	update_attached_file( $missing, "$folder/never-was.jpg" );
	update_post_meta( $missing, '_wp_attachment_metadata', array( 'file' => 'never-was.jpg', 'sizes' => array( 'thumbnail' => array( 'file' => 'never-was-150x150.jpg' ) ) ) );

	// One path, two attachments: translation plugins do this. It stays while somebody else's attachment uses it.
	$shared = $image( 'shared', 400, 300 );
	$attach( 'shared', $shared );
	$attach( 'shared-others', $shared, array( 'post_author' => $others, 'proves' => array( 'D6 when unlink' ) ) );
	$own = $image( 'shared-own', 400, 300 );
	$attach( 'shared-own-first', $own );
	$attach( 'shared-own-second', $own );

	$attach( 'attachment-trashed', $image( 'attachment-trashed', 200, 200 ), array( 'post_status' => 'trash' ) );
	$attach( 'attachment-private', $image( 'attachment-private', 200, 200 ), array( 'post_status' => 'private', 'terms' => array( 'mood' => array( 'wild' ) ) ) );
	$attach( 'tree-child-others', $image( 'tree-child', 200, 200 ), array( 'post_author' => $others, 'post_parent' => $seed->posts['image'] ) );
	$attach( 'tree-child', $image( 'tree-child-own', 200, 200 ), array( 'post_parent' => $seed->posts['image-others'] ) );
	$attach( 'in-sticky', $image( 'in-sticky', 200, 200 ) );
	$seed->revision( 'revision-of-attachment', 'image', array( 'post_author' => $others ) );
	$seed->relate( $seed->posts['image'], 'lens', 'wide' );
	$seed->relate( $seed->posts['image'], 'category', 'news' );
	$seed->relate( $seed->posts['image'], 'post_tag', 'green' );
	$seed->comment( $seed->posts['image'] );

	// Featured images: compared as strings, in whatever post.
	foreach ( array( 'post-publish-1', 'post-publish-12', 'book-publish-1', 'revision-same', 'post-publish-13' ) as $label ) {
		add_metadata( 'post', $seed->posts[ $label ], '_thumbnail_id', $seed->posts['image'] );
	}
	add_post_meta( $seed->posts['post-publish-2'], '_thumbnail_id', $seed->posts['image-others'] );
	add_post_meta( $seed->posts['root-others'], '_thumbnail_id', '0' . $seed->posts['image'] );
	add_post_meta( $seed->posts['front-others'], '_thumbnail_id', $seed->posts['image'] . 'x' );
	add_post_meta( $seed->posts['leaf-others'], '_thumbnail_id', $seed->posts['image'] . ' ' );
	add_post_meta( $seed->posts['sticky-others'], 'not_thumbnail_id', $seed->posts['image'] );
};
