<?php
/**
 * A site's state in the form in which two sites are compared.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

/**
 * Rows by table and key, with the upload folder as one more table. What had a number before the
 * deletion keeps it; rows that the deletion inserted are known by what they belong to.
 */
final class ParitySnapshot {

	/** What the plugin writes for itself, which core has no counterpart of. */
	public const OWN_TABLES   = array( 'wpf_deletions' );
	private const OWN_OPTIONS = '/^(_transient_(timeout_)?)?wpf_delete_/';

	/** What loading WordPress writes by itself; the name has the path of the site's theme in it. */
	private const OF_THE_THEME = '/^_site_transient_(timeout_)?wp_theme_files_patterns-/';

	/**
	 * @param Site  $site   Site to read.
	 * @param array $before The state that the deletion started from; empty when this is that state.
	 * @return array<string, array<string, array<string, mixed>>>
	 */
	public static function of( Site $site, array $before = array() ): array {
		$snapshot        = $site->snapshot();
		$tables          = self::tables( array_diff_key( $snapshot['tables'], array_flip( self::OWN_TABLES ) ), $before );
		$tables['files'] = array_map( static fn( $sha1 ) => array( 'sha1' => $sha1 ), $snapshot['files'] );
		return $tables;
	}

	/**
	 * One site's tables in that form.
	 *
	 * @param array $tables Rows by table and key.
	 * @param array $before As of().
	 */
	public static function tables( array $tables, array $before ): array {
		$tables['options'] = self::options( $tables['options'], $before['options'] ?? null );
		if ( $before ) {
			$tables['postmeta'] = self::metas( $tables['postmeta'], $before['postmeta'] );
		}
		if ( isset( $tables['sitemeta'] ) ) {
			$tables['sitemeta'] = self::of_network( $tables['sitemeta'] );
		}
		return $tables;
	}

	/**
	 * The first differences, in words.
	 *
	 * @return string[] Empty when the two are the same.
	 */
	public static function differences( array $before, array $expected, array $got ): array {
		$differences = array();
		foreach ( self::keys( $expected, $got ) as $table ) {
			foreach ( self::keys( $expected[ $table ] ?? array(), $got[ $table ] ?? array() ) as $key ) {
				$rows = array_map( static fn( $state ) => $state[ $table ][ $key ] ?? null, array( $before, $expected, $got ) );
				if ( $rows[1] === $rows[2] ) {
					continue;
				}
				foreach ( null === $rows[1] || null === $rows[2] ? array( null ) : self::keys( $rows[1], $rows[2] ) as $column ) {
					$values = null === $column ? $rows : array_map( static fn( $row ) => $row[ $column ] ?? null, $rows );
					if ( $values[1] !== $values[2] ) {
						$differences[] = vsprintf( "$table $key %s\n\tbefore   %s\n\texpected %s\n\tgot      %s", array_merge( array( $column ?? 'row' ), array_map( array( self::class, 'shown' ), $values ) ) );
					}
				}
			}
		}
		return $differences;
	}

	/** Options by name, their values decoded; new ones without the number they happened to get. */
	private static function options( array $rows, ?array $before ): array {
		$options = array();
		foreach ( $rows as $row ) {
			$name = $row['option_name'];
			if ( preg_match( self::OWN_OPTIONS, $name ) || preg_match( self::OF_THE_THEME, $name ) ) {
				continue;
			}
			if ( null !== $before && ! isset( $before[ $name ] ) ) {
				unset( $row['option_id'] );
			}
			$value               = @unserialize( $row['option_value'], array( 'allowed_classes' => false ) );
			$row['option_value'] = false === $value ? $row['option_value'] : $value;
			$options[ $name ]    = $row;
		}
		ksort( $options );
		return $options;
	}

	/** Options of a network by name; nothing refers to their numbers. */
	private static function of_network( array $rows ): array {
		$options = array();
		foreach ( $rows as $row ) {
			if ( ! preg_match( self::OF_THE_THEME, $row['meta_key'] ) ) {
				unset( $row['meta_id'] );
				$options[ $row['meta_key'] ] = $row;
			}
		}
		ksort( $options );
		return $options;
	}

	/** Metas that are new by post, in the order in which they were inserted. */
	private static function metas( array $rows, array $before ): array {
		$metas = array_intersect_key( $rows, $before );
		$count = array();
		foreach ( array_diff_key( $rows, $before ) as $row ) {
			$post            = $row['post_id'];
			$count[ $post ] = ( $count[ $post ] ?? 0 ) + 1;
			unset( $row['meta_id'] );
			$metas[ self::new_meta( $post, $count[ $post ] ) ] = $row;
		}
		return $metas;
	}

	/** The key of the n-th new meta of a post. */
	public static function new_meta( int $post, int $number ): string {
		return "of post $post, new $number";
	}

	private static function keys( array ...$maps ): array {
		return array_keys( array_replace( ...$maps ) );
	}

	private static function shown( $value ): string {
		$text = null === $value ? '-' : json_encode( $value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR );
		return strlen( $text ) > 600 ? mb_strcut( $text, 0, 600 ) . '…' : $text;
	}
}
