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
	 * Files beside a file, by their keys in the metadata, and the version of WordPress that unlinks them first.
	 */
	private const COMPANIONS     = array( 'source_image', 'animated_video', 'animated_video_poster' );
	private const HAS_COMPANIONS = '7.1';

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
	 * @param int  $after      Only those with higher ids.
	 * @return self|null Null when the database does not answer.
	 */
	public static function next_of( int $user_id, bool $only_trash, int $after = 0 ): ?self {
		$status = $only_trash ? "AND CAST(post_status AS BINARY) = 'trash'" : '';
		$read   = static function () use ( $user_id, $status, $after ) {
			global $wpdb;
			// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- constant text.
			$ids = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE post_author = %d AND ID > %d AND post_type = 'attachment' AND CAST(post_type AS BINARY) = 'attachment' $status ORDER BY ID LIMIT %d", $user_id, $after, self::AT_A_TIME ) );
			_prime_post_caches( $ids, false, true );
			return self::of( array_map( 'intval', $ids ) );
		};
		return Statements::read( $read, $attachments ) ? $attachments : null;
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
	 * Those that are among these.
	 *
	 * @param int[] $ids Ids.
	 */
	public function among( array $ids ): self {
		$self              = new self();
		$self->attachments = array_intersect_key( $this->attachments, array_flip( $ids ) );
		return $self;
	}

	/**
	 * As to_text() has put it.
	 *
	 * @param string $text Text, or nothing.
	 */
	public static function from_text( string $text ): self {
		$self = new self();
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- our own, and no objects.
		$self->attachments = '' === $text ? array() : unserialize( base64_decode( $text ), array( 'allowed_classes' => false ) );
		return $self;
	}

	/**
	 * All that is known, as text of which no database changes a character.
	 */
	public function to_text(): string {
		return base64_encode( serialize( $this->attachments ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- metadata may hold any bytes.
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
	 * Files that there are of these, and that wp_delete_attachment_files() of this version would unlink.
	 *
	 * @return array<string, array<string, int>> Bytes by absolute path, by value of `_wp_attached_file`.
	 */
	public function files(): array {
		$root  = realpath( wp_get_upload_dir()['basedir'] );
		$files = array();
		foreach ( $this->attachments as $attachment ) {
			$meta = is_array( $attachment['meta'] ) ? $attachment['meta'] : array();
			if ( version_compare( $GLOBALS['wp_version'], self::HAS_COMPANIONS, '<' ) ) {
				$meta = array_diff_key( $meta, array_flip( self::COMPANIONS ) );
			}
			foreach ( $root && $attachment['file'] ? self::names( $attachment['path'], $meta, $attachment['backup'] ) : array() as $name ) {
				$file = realpath( dirname( $attachment['file'] ) . '/' . $name );
				if ( $file && is_file( $file ) && str_starts_with( $file, $root . DIRECTORY_SEPARATOR ) ) {
					$files[ $attachment['path'] ][ $file ] = (int) filesize( $file );
				}
			}
		}
		return $files;
	}

	/**
	 * Removes what is left of attachments whose rows are gone; nothing as long as nobody knows which files others
	 * use.
	 *
	 * @param int[] $gone Ids.
	 * @return bool Whether that is known, and all is removed.
	 */
	public function forget( array $gone ): bool {
		$gone = array_intersect_key( $this->attachments, array_flip( $gone ) );
		if ( ! Statements::read( static fn () => self::files_in_use( array_column( $gone, 'path' ) ), $in_use ) ) {
			return false;
		}
		foreach ( $gone as $id => $attachment ) {
			Statements::twice( static fn () => Announce::safely( static fn () => self::reset_theme( $id, $attachment['url'] ) ) );
			if ( is_multisite() && is_string( $attachment['file'] ) && '' !== $attachment['file'] ) {
				Announce::safely( static fn () => clean_dirsize_cache( $attachment['file'] ) );
			}
			self::unlink( $id, $attachment, $in_use[ $attachment['path'] ] ?? array() );
		}
		return true;
	}

	/**
	 * The same for those of which the database says that they are gone.
	 *
	 * @return bool Whether it says so of any, or of none.
	 */
	public function forget_those_gone(): bool {
		global $wpdb;
		$ids = $this->ids();
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- a list of integers.
		$read = static fn () => $wpdb->get_col( "SELECT ID FROM $wpdb->posts WHERE ID IN (" . implode( ', ', $ids ) . ')' );
		return ! $ids || ( Statements::read( $read, $there ) && $this->forget( array_diff( $ids, array_map( 'intval', $there ) ) ) );
	}

	/**
	 * What other attachments made of the same file have: translation plugins give one file to several.
	 *
	 * @param string[] $paths  Values of `_wp_attached_file`.
	 * @param string   $others A condition on posts `p`: which others.
	 * @return array<string, string[]> Names of files by path.
	 */
	public static function files_in_use( array $paths, string $others = 'TRUE' ): array {
		global $wpdb;
		$paths = array_filter( $paths, 'strlen' );
		if ( ! $paths ) {
			return array();
		}
		$list   = implode( ', ', array_fill( 0, count( $paths ), '%s' ) );
		$in_use = array();
		// phpcs:ignore WordPress.DB -- the list is placeholders, and the condition constant text and integers.
		$users = $wpdb->get_results( $wpdb->prepare( "SELECT p.ID, m.meta_value FROM $wpdb->postmeta m JOIN $wpdb->posts p ON p.ID = m.post_id AND p.post_type = 'attachment' WHERE m.meta_key = '_wp_attached_file' AND m.meta_value IN ($list) AND $others", array_values( $paths ) ) );
		foreach ( $users as $other ) {
			$in_use[ $other->meta_value ] = array_merge( $in_use[ $other->meta_value ] ?? array(), self::names( $other->meta_value, wp_get_attachment_metadata( (int) $other->ID ), get_post_meta( (int) $other->ID, '_wp_attachment_backup_sizes', true ) ) );
		}
		return $in_use;
	}

	/**
	 * Names of all files of an attachment; they are in one folder.
	 *
	 * @param string $path   Its `_wp_attached_file`.
	 * @param mixed  $meta   Its metadata.
	 * @param mixed  $backup Its backup sizes.
	 * @return string[]
	 */
	private static function names( string $path, $meta, $backup ): array {
		$meta  = is_array( $meta ) ? $meta : array();
		$files = array_intersect_key( $meta, array_flip( array_merge( array( 'thumb', 'original_image' ), self::COMPANIONS ) ) );
		foreach ( array( $meta['sizes'] ?? array(), $backup ) as $sizes ) {
			$files = array_merge( array_values( $files ), array_column( is_array( $sizes ) ? $sizes : array(), 'file' ) );
		}
		return array_map( 'wp_basename', array_filter( array_merge( array( $path ), $files ), 'is_string' ) );
	}

	/**
	 * Unlinks the files of one attachment and tells about those that stay.
	 *
	 * @param int      $id         The attachment.
	 * @param array    $attachment What was read of it.
	 * @param string[] $in_use     Names of those that others still have.
	 */
	private static function unlink( int $id, array $attachment, array $in_use ): void {
		$keep = static function ( $file ) use ( $in_use ) {
			return in_array( wp_basename( $file ), $in_use, true ) ? '' : $file;
		};
		add_filter( 'wp_delete_file', $keep );
		Announce::safely( static fn () => wp_delete_attachment_files( $id, $attachment['meta'], $attachment['backup'], $attachment['file'] ) );
		remove_filter( 'wp_delete_file', $keep );
		if ( $attachment['file'] && ! $in_use && file_exists( $attachment['file'] ) ) {
			/**
			 * Fires when the file of a deleted attachment could not be unlinked.
			 *
			 * @param string $file Absolute path.
			 * @param int    $id   The attachment, whose row is gone.
			 */
			Announce::action( 'wpf_delete_file_left', $attachment['file'], $id );
		}
	}

	/**
	 * Takes a deleted image out of the theme. Core: _delete_attachment_theme_mod(), which needs the
	 * row, and compares an id given as a string in vain. What tells that there is something to do goes
	 * last: a process may be killed in between, and another one has to find it.
	 *
	 * @param int          $id  The attachment.
	 * @param string|false $url Its URL while it was there.
	 */
	private static function reset_theme( int $id, $url ): void {
		if ( (int) get_theme_mod( 'custom_logo' ) === $id ) {
			remove_theme_mod( 'header_text' );
			remove_theme_mod( 'custom_logo' );
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
			remove_theme_mod( 'header_image_data' );
			remove_theme_mod( 'header_image' );
		}
		if ( get_background_image() === $url ) {
			remove_theme_mod( 'background_image' );
		}
	}
}
