<?php
/**
 * Attachments and their files.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Files of attachments, whole and broken, and the posts that show them. */
final class Attachments {

	public function __construct( private Blueprint $site ) {}

	/** Metas of an attachment; adds its files. */
	public function files( int $id ): array {
		$dice   = $this->site->dice;
		$shared = array_values( array_filter( $this->site->plan['objects'], static fn( $object ) => 'file' === $object['kind'] && str_ends_with( $object['path'], '.jpg' ) && ! str_contains( $object['path'], 'x' ) ) );
		if ( $shared && $dice->chance( 15 ) ) {
			$path = $dice->pick( $shared )['path'];
			return array( array( '_wp_attached_file', $path ), array( '_wp_attachment_metadata', serialize( array( 'file' => $path, 'sizes' => array( 'thumbnail' => array( 'file' => substr( basename( $path ), 0, -4 ) . '-10x10.jpg' ) ) ) ) ) );
		}
		$name  = "{$id}" . $dice->pick( array( '', 'ž', "'" ) );
		$path  = "2026/01/$name.jpg";
		$about = array( 'width' => 9, 'height' => 9, 'file' => $path, 'sizes' => array() );
		$files = array( $path );
		$metas = array();
		foreach ( $dice->some( array( '10x10', '20x20', '30x30' ), 3 ) as $size ) {
			$about['sizes'][ $size ] = array( 'file' => "$name-$size.jpg" );
			$files[]                 = "2026/01/$name-$size.jpg";
		}
		foreach ( array( 'original_image' => 'o.jpg', 'thumb' => 't.jpg', 'source_image' => 'heic', 'animated_video' => 'mp4' ) as $key => $end ) {
			if ( $dice->chance( 12 ) ) {
				$about[ $key ] = "$name-x.$end";
				$files[]       = "2026/01/$name-x.$end";
			}
		}
		if ( $dice->chance( 15 ) ) {
			$metas[] = array( '_wp_attachment_backup_sizes', serialize( array( 'full-orig' => array( 'file' => "$name-xe.jpg" ) ) ) );
			$files[] = "2026/01/$name-xe.jpg";
		}
		foreach ( $files as $file ) {
			if ( $dice->chance( 92 ) ) {
				$this->site->add( 'file', array( 'path' => $file ) );
			}
		}
		return match ( $dice->number( 1, 12 ) ) {
			1 => array(),
			2 => array( array( '_wp_attached_file', '../../escaped.txt' ) ),
			3 => array( array( '_wp_attached_file', $path ), array( '_wp_attachment_metadata', 'garbage' ) ),
			4 => array( array( '_wp_attached_file', '' ) ),
			default => array_merge( $metas, array( array( '_wp_attached_file', $path ), array( '_wp_attachment_metadata', serialize( $about ) ) ) ),
		};
	}

	/** An image with a smaller one, of which somebody else has another attachment; a clean plan takes that away. */
	public function copies(): void {
		if ( ! $this->site->dice->chance( 70 ) ) {
			return;
		}
		$path = '2026/01/copied.jpg';
		foreach ( array( $path, '2026/01/copied-10x10.jpg' ) as $file ) {
			$this->site->add( 'file', array( 'path' => $file ) );
		}
		$metas = array( array( '_wp_attached_file', $path ), array( '_wp_attachment_metadata', serialize( array( 'file' => $path, 'sizes' => array( 'thumbnail' => array( 'file' => 'copied-10x10.jpg' ) ) ) ) ) );
		$this->site->add_post( array( 'type' => 'attachment', 'metas' => $metas, 'mime' => 'image/jpeg' ) );
		$this->site->add_post( array( 'type' => 'attachment', 'metas' => array( $metas[0] ), 'mime' => 'image/jpeg', 'author' => Generator::COLLEAGUE ) );
	}

	/** Posts that show an attachment, and posts whose meta only looks like it. */
	public function thumbnails(): void {
		$dice   = $this->site->dice;
		$images = $this->site->post_ids( 'attachment' );
		if ( ! $images ) {
			return;
		}
		$posts = $this->site->post_ids();
		foreach ( $this->site->posts() as $key => $post ) {
			if ( in_array( $post['id'], $posts, true ) && $dice->chance( 25 ) ) {
				$id    = $dice->pick( $images );
				$value = $dice->chance( 80 ) ? (string) $id : $dice->pick( self::lookalikes( $id ) );
				$this->site->plan['objects'][ $key ]['metas'][] = array( $dice->chance( 95 ) ? '_thumbnail_id' : '_Thumbnail_id', $value );
			}
		}
		$going = $this->site->ids_with_fate( 'purge', 'attachment' );
		if ( $going && $dice->chance( 70 ) ) {
			$this->site->add_post( array( 'author' => Generator::COLLEAGUE, 'metas' => array( array( '_thumbnail_id', $dice->pick( self::lookalikes( $dice->pick( $going ) ) ) ) ) ) );
		}
	}

	/** Strings that some take for the id. */
	private static function lookalikes( int $id ): array {
		return array( "0$id", "$id ", " $id", "{$id}x", '' );
	}
}
