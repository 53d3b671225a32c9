<?php
/**
 * Attachments: their files, and the theme's settings that show them.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * A few attachments that are about to go. What only the rows can tell is read while they are there;
 * files are unlinked after the rows are gone for good.
 */
final class Attachments {

	/**
	 * How many at a time: bounds memory, because metadata of an image takes kilobytes.
	 */
	private const AT_A_TIME = 100;

	/**
	 * By id: what wp_delete_attachment_files() needs, and the URL.
	 *
	 * @var array<int, array{meta: mixed, backup: mixed, file: string|false, path: string, url: string|false}>
	 */
	private $attachments = array();

	/**
	 * The next attachments of a user, ascending by id.
	 *
	 * @param int  $user_id    Whose.
	 * @param bool $only_trash Only those that lie in the trash.
	 */
	public static function next_of( int $user_id, bool $only_trash ): self {
		global $wpdb;
		$status = $only_trash ? "AND CAST(post_status AS BINARY) = 'trash'" : '';
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- constant text.
		$ids = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE post_author = %d AND post_type = 'attachment' AND CAST(post_type AS BINARY) = 'attachment' $status ORDER BY ID LIMIT %d", $user_id, self::AT_A_TIME ) );
		_prime_post_caches( $ids, false, true );
		return self::of( array_map( 'intval', $ids ) );
	}

	/**
	 * These attachments.
	 *
	 * @param int[] $ids Ids.
	 */
	public static function of( array $ids ): self {
		$self = new self();
		foreach ( $ids as $id ) {
			$self->attachments[ $id ] = array(
				'meta'   => wp_get_attachment_metadata( $id ),
				'backup' => get_post_meta( $id, '_wp_attachment_backup_sizes', true ),
				'file'   => get_attached_file( $id ),
				'path'   => (string) get_post_meta( $id, '_wp_attached_file', true ),
				'url'    => wp_get_attachment_url( $id ),
			);
		}
		return $self;
	}

	/**
	 * Their ids.
	 *
	 * @return int[]
	 */
	public function ids(): array {
		return array_keys( $this->attachments );
	}

	/**
	 * Removes what is left of attachments whose rows are gone.
	 *
	 * @param int[] $gone Ids.
	 */
	public function forget( array $gone ): void {
		$gone   = array_intersect_key( $this->attachments, array_flip( $gone ) );
		$shared = self::paths_in_use( array_column( $gone, 'path' ) );
		foreach ( $gone as $id => $attachment ) {
			self::reset_theme( $id, $attachment['url'] );
			if ( is_multisite() && is_string( $attachment['file'] ) && '' !== $attachment['file'] ) {
				clean_dirsize_cache( $attachment['file'] );
			}
			if ( ! in_array( $attachment['path'], $shared, true ) ) {
				self::unlink( $id, $attachment );
			}
		}
	}

	/**
	 * Which of these paths other attachments still have: translation plugins give one file to several.
	 *
	 * @param string[] $paths Values of `_wp_attached_file`.
	 * @return string[]
	 */
	private static function paths_in_use( array $paths ): array {
		global $wpdb;
		$paths = array_filter( $paths, 'strlen' );
		if ( ! $paths ) {
			return array();
		}
		$list = implode( ', ', array_fill( 0, count( $paths ), '%s' ) );
		// phpcs:ignore WordPress.DB.PreparedSQLPlaceholders.UnfinishedPrepare -- the list is placeholders.
		return $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT meta_value FROM $wpdb->postmeta WHERE meta_key = '_wp_attached_file' AND meta_value IN ($list)", array_values( $paths ) ) );
	}

	/**
	 * Unlinks the files of one attachment and tells about those that stay.
	 *
	 * @param int   $id         The attachment.
	 * @param array $attachment What was read of it.
	 */
	private static function unlink( int $id, array $attachment ): void {
		wp_delete_attachment_files( $id, $attachment['meta'], $attachment['backup'], $attachment['file'] );
		if ( $attachment['file'] && file_exists( $attachment['file'] ) ) {
			/**
			 * Fires when the file of a deleted attachment could not be unlinked.
			 *
			 * @param string $file Absolute path.
			 * @param int    $id   The attachment, whose row is gone.
			 */
			do_action( 'wpf_delete_file_left', $attachment['file'], $id );
		}
	}

	/**
	 * Takes a deleted image out of the theme. Core: _delete_attachment_theme_mod(), which needs the
	 * row, and compares an id given as a string in vain.
	 *
	 * @param int          $id  The attachment.
	 * @param string|false $url Its URL while it was there.
	 */
	private static function reset_theme( int $id, $url ): void {
		if ( (int) get_theme_mod( 'custom_logo' ) === $id ) {
			remove_theme_mod( 'custom_logo' );
			remove_theme_mod( 'header_text' );
		}
		foreach ( array( 'site_logo', 'site_icon' ) as $option ) {
			if ( (int) get_option( $option ) === $id ) {
				delete_option( $option );
			}
		}
		if ( ! $url ) {
			return;
		}
		if ( get_header_image() === $url ) {
			remove_theme_mod( 'header_image' );
			remove_theme_mod( 'header_image_data' );
		}
		if ( get_background_image() === $url ) {
			remove_theme_mod( 'background_image' );
		}
	}
}
