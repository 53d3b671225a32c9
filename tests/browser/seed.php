<?php
/**
 * Fills the site.
 *
 * Arguments: `posts`: how many posts `maria` and `john` have each.
 *
 * @package WpfDelete
 *
 * @return array<string, int> Ids of users by login.
 */

global $wpdb;

require_once ABSPATH . 'wp-admin/includes/image.php';

// Pictures of people come from elsewhere.
update_option( 'show_avatars', 0 );
// On any machine a deletion takes long enough to be watched, and to be cancelled: the server needs this long for a post.
$seconds = 5 / $arguments['posts'];
$wpdb->query( "CREATE TRIGGER takes_its_time BEFORE UPDATE ON $wpdb->posts FOR EACH ROW IF NEW.post_status = 'trash' AND OLD.post_status <> 'trash' THEN DO SLEEP($seconds); END IF" );

$people = array();
foreach ( array(
	'maria' => array( 'Maria Rossi', 'author' ),
	'john'  => array( 'John Okafor', 'author' ),
	'anna'  => array( 'Anna Lindqvist', 'subscriber' ),
	'bert'  => array( 'Bert Janssen', 'subscriber' ),
	'carla' => array( 'Carla Núñez', 'contributor' ),
	'deniz' => array( 'Deniz Kaya', 'subscriber' ),
	'emil'  => array( 'Emil Novák', 'subscriber' ),
	'fatma' => array( 'Fatma Haddad', 'subscriber' ),
	'heir'  => array( 'Editorial Team', 'editor' ),
) as $login => list( $name, $role ) ) {
	$people[ $login ] = wp_insert_user(
		array(
			'user_login'   => $login,
			'display_name' => $name,
			'user_email'   => "$login@example.com",
			'user_pass'    => 'password',
			'role'         => $role,
		)
	);
}

$columns = 'post_author, post_date, post_date_gmt, post_modified, post_modified_gmt, post_content, post_title, post_name, post_status, post_type, post_excerpt, to_ping, pinged, post_content_filtered';
foreach ( array( 'maria' => $arguments['posts'], 'john' => $arguments['posts'], 'anna' => 3, 'carla' => 7, 'deniz' => 2 ) as $login => $count ) {
	$wpdb->query( "INSERT INTO $wpdb->posts ($columns) SELECT {$people[ $login ]}, NOW(), NOW(), NOW(), NOW(), 'Words.', CONCAT('Article ', seq), CONCAT('$login-', seq), 'publish', 'post', '', '', '', '' FROM seq_1_to_$count" );
	$wpdb->query( "INSERT INTO $wpdb->comments (comment_post_ID, comment_author, comment_content, comment_approved, comment_date, comment_date_gmt) SELECT ID, 'A reader', 'Thank you.', '1', NOW(), NOW() FROM $wpdb->posts WHERE post_author = {$people[ $login ]}" );
	$wpdb->query( "INSERT INTO $wpdb->term_relationships (object_id, term_taxonomy_id) SELECT ID, 1 FROM $wpdb->posts WHERE post_author = {$people[ $login ]}" );
}

wp_set_current_user( $people['maria'] );
wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'About', 'post_content' => 'Who we are.' ) );
wp_insert_post( array( 'post_type' => 'wp_block', 'post_status' => 'publish', 'post_title' => 'Our footer', 'post_content' => '<!-- wp:paragraph --><p>Call us.</p><!-- /wp:paragraph -->' ) );
$uploads = wp_upload_dir();
for ( $number = 1; $number <= 12; $number++ ) {
	$file  = "{$uploads['path']}/photo-$number.png";
	$image = imagecreatetruecolor( 400, 300 );
	imagefill( $image, 0, 0, imagecolorallocate( $image, 20 * $number, 120, 160 ) );
	imagepng( $image, $file );
	$attachment = wp_insert_attachment( array( 'post_mime_type' => 'image/png', 'post_title' => "Photo $number", 'post_status' => 'inherit' ), $file );
	wp_update_attachment_metadata( $attachment, wp_generate_attachment_metadata( $attachment, $file ) );
}
// Somebody else's page shows one of her photos.
wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_author' => $people['heir'], 'post_title' => 'Contact', 'meta_input' => array( '_thumbnail_id' => $attachment ) ) );
wp_update_term_count_now( array( 1 ), 'category' );

return $people;
