<?php
/**
 * Does what deviates have the property for which it may?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/**
 * A second opinion on ParityDeviations: it says what changes and for which object; this looks at the object as it was
 * before. A rule that fires without its reason would hide a mistake.
 */
final class Reasons {

	private const ZERO = '0000-00-00 00:00:00';

	/** Rules that were noted, by post. @var array<int, string[]> */
	private array $noted = array();

	/**
	 * @param array $plan   See Generator.
	 * @param array $suite  Debian suite of the WordPress.
	 * @param array $before State before the deletion.
	 * @param array $after  State that was expected after it.
	 */
	public function __construct( private array $plan, private string $suite, private array $before, private array $after ) {}

	/**
	 * Deviations without a reason.
	 *
	 * @param array<string, string[]> $notes Names by rule.
	 * @return string[]
	 */
	public function missing( array $notes ): array {
		foreach ( $notes as $rule => $names ) {
			foreach ( $names as $name ) {
				$this->noted[ self::id( $name ) ][] = $rule;
			}
		}
		$missing = array();
		foreach ( $notes as $rule => $names ) {
			foreach ( $names as $name ) {
				if ( ! $this->has_reason( $rule, $name, self::id( $name ) ) ) {
					$missing[] = "reason $rule $name\n\tno property of it justifies this deviation";
				}
			}
		}
		return $missing;
	}

	private static function id( string $name ): int {
		return preg_match( '/^post (\d+)$/', $name, $found ) ? (int) $found[1] : 0;
	}

	private function has_reason( string $rule, string $name, int $id ): bool {
		$post = $this->before['posts'][ $id ] ?? null;
		return match ( $rule ) {
			'D1 post_title' => trim( $post['post_title'] ) !== $post['post_title'] || $this->is_filtered( $post['post_title'] ),
			'D1 post_content' => $this->is_filtered( $post['post_content'] ) || str_contains( $post['post_content'], '&#1' ),
			'D1 post_excerpt' => $this->is_filtered( $post['post_excerpt'] ) || str_contains( $post['post_excerpt'], '&#1' ),
			'D1 guid' => ! preg_match( '#^(https?://[^&\s]*|urn:.*)$#', $post['guid'] ),
			'D1 to_ping' => '' !== $post['to_ping'],
			'D1 comment_status' => '' === $post['comment_status'],
			'D1 ping_status' => '' === $post['ping_status'],
			'D1 post_mime_type' => (bool) preg_match( '#[^\w+.*/-]#', $post['post_mime_type'] ),
			'D1 post_date' => self::ZERO === $post['post_date'] || self::ZERO === $post['post_date_gmt'] && in_array( $post['post_status'], array( 'draft', 'pending', 'auto-draft' ), true ) || ! self::is_date( $post['post_date'] ),
			'D1 post_date_gmt' => self::ZERO === $post['post_date_gmt'],
			'D1 post_parent' => $this->is_in_a_loop( $id ),
			'D1 relationship added' => $this->lacks_a_default( $post ) || $this->has_quoted_tag( $id ),
			'D1 relationship removed', 'D1 term created' => $this->has_quoted_tag( $id ),
			'D1 _wp_page_template' => (bool) array_diff( $this->metas( $id, '_wp_page_template' ), array( '', 'default' ) ) || 1 < count( $this->metas( $id, '_wp_page_template' ) ),
			'D1 revision created' => $this->gets_a_revision( $post ),
			'D1 revision pruned' => in_array( 'D1 revision created', $this->noted[ $id ], true ) && $this->plan['revisions'] > 0 && count( $this->revisions( $id, false ) ) >= $this->plan['revisions'],
			'D2' => $this->revisions( $id, true ) || in_array( 'D1 revision pruned', $this->noted[ $id ], true ),
			'D3 trashed' => $this->is_refused( $post ),
			'D4' => $this->is_forgotten( $id ),
			'D5' => $this->showed_what_is_gone( $name ),
			'D6' => $this->shares_a_file( $id ),
			'D8' => $this->before['posts'] !== $this->after['posts'],
			'D11' => $this->has_attachment_below_what_changed( $name ),
			default => false,
		};
	}

	/** Whether kses, which nobody without rights escapes, or 6.1's filter of links would change it. */
	private function is_filtered( string $text ): bool {
		return 0 === $this->plan['actor'] && preg_match( '/[<>&]/', $text )
			|| 'bookworm' === $this->suite && str_contains( $text, ' target=' );
	}

	private static function is_date( string $date ): bool {
		return checkdate( (int) substr( $date, 5, 2 ), (int) substr( $date, 8, 2 ), (int) substr( $date, 0, 4 ) );
	}

	private function is_in_a_loop( int $id ): bool {
		$parent = (int) $this->before['posts'][ $id ]['post_parent'];
		for ( $steps = 0; $parent && $steps < 500; $steps++ ) {
			if ( $parent === $id ) {
				return true;
			}
			$parent = (int) ( $this->before['posts'][ $parent ]['post_parent'] ?? 0 );
		}
		return false;
	}

	/** @return array[] Rows of the terms that a post has in a taxonomy. */
	private function terms( int $id, string $taxonomy ): array {
		$terms = array();
		foreach ( $this->before['term_relationships'] as $row ) {
			$kind = $this->before['term_taxonomy'][ $row['term_taxonomy_id'] ] ?? null;
			if ( (int) $row['object_id'] === $id && $kind && $taxonomy === $kind['taxonomy'] && isset( $this->before['terms'][ $kind['term_id'] ] ) ) {
				$terms[] = $this->before['terms'][ $kind['term_id'] ];
			}
		}
		return $terms;
	}

	private function lacks_a_default( array $post ): bool {
		return 'post' === $post['post_type'] && ! $this->terms( (int) $post['ID'], 'category' )
			|| 'page' === $post['post_type'] && 1 === $this->plan['actor'] && ! $this->terms( (int) $post['ID'], 'deck' );
	}

	private function has_quoted_tag( int $id ): bool {
		return (bool) preg_grep( '/[\'"\\\\]/', array_column( $this->terms( $id, 'post_tag' ), 'name' ) );
	}

	/** @return string[] */
	private function metas( int $id, string $key ): array {
		return array_column( array_filter( $this->before['postmeta'], static fn( $row ) => (int) $row['post_id'] === $id && $key === $row['meta_key'] ), 'meta_value' );
	}

	/** A post's revisions by the victim, or by others. */
	private function revisions( int $id, bool $by_victim ): array {
		return array_filter( $this->before['posts'], static fn( $row ) => (int) $row['post_parent'] === $id && 'revision' === $row['post_type'] && $by_victim === ( Generator::VICTIM === (int) $row['post_author'] ) );
	}

	/** No newest revision is left that is equal, once the victim's are gone, to what core saves. */
	private function gets_a_revision( array $post ): bool {
		if ( 0 === $this->plan['revisions'] || ! in_array( $post['post_type'], array( 'post', 'page' ), true ) ) {
			return false;
		}
		$id        = (int) $post['ID'];
		$revisions = array_filter( $this->revisions( $id, false ), static fn( $row ) => str_contains( $row['post_name'], "$id-revision" ) );
		usort( $revisions, static fn( $a, $b ) => array( $b['post_date'], $b['ID'] ) <=> array( $a['post_date'], $a['ID'] ) );
		$columns  = array( 'post_title', 'post_content', 'post_excerpt' );
		$resaved  = array_intersect( array( 'D1 post_title', 'D1 post_content', 'D1 post_excerpt' ), $this->noted[ $id ] );
		$footnote = array_merge( $this->metas( $id, 'footnotes' ), $revisions ? $this->metas( (int) $revisions[0]['ID'], 'footnotes' ) : array() );
		foreach ( $revisions ? $columns : array() as $column ) {
			$plain = static fn( string $text ) => preg_replace( array( '/\n+/', '/[ \t]+/' ), array( "\n", ' ' ), trim( str_replace( "\r", "\n", $text ) ) );
			if ( $plain( $revisions[0][ $column ] ) !== $plain( $post[ $column ] ) ) {
				return true;
			}
		}
		return ! $revisions || $resaved || $footnote;
	}

	private function is_refused( array $post ): bool {
		$texts = array_map( 'trim', array( $post['post_title'], $post['post_content'], $post['post_excerpt'] ) );
		if ( 0 === $this->plan['actor'] ) {
			$texts = array_map( 'strip_tags', $texts );
		}
		return ! self::is_date( $post['post_date'] ) || 'post' === $post['post_type'] && ! array_filter( $texts );
	}

	/** Core keeps an event whose key it does not build right, or does not build at all. */
	private function is_forgotten( int $id ): bool {
		foreach ( $this->before['options']['cron']['option_value'] as $hooks ) {
			foreach ( is_array( $hooks ) ? $hooks['publish_future_post'] ?? array() : array() as $event ) {
				if ( (int) $event['args'][0] !== $id ) {
					continue;
				}
				$is_gone = ! isset( $this->after['posts'][ $id ] );
				if ( is_string( $event['args'][0] ) || 'attachment' === $this->before['posts'][ $id ]['post_type'] || $is_gone && 'sid' !== $this->suite ) {
					return true;
				}
			}
		}
		return false;
	}

	private function showed_what_is_gone( string $name ): bool {
		$options = $this->before['options'];
		$theme   = $options['theme_mods_twentytwentythree']['option_value'] ?? array();
		$id      = 'custom_logo' === $name ? $options['site_logo']['option_value'] ?? $theme['custom_logo'] : $options[ $name ]['option_value'];
		$post    = $this->before['posts'][ (int) $id ] ?? null;
		return $post && 'attachment' === $post['post_type'] && Generator::VICTIM === (int) $post['post_author'] && ! isset( $this->after['posts'][ $id ] );
	}

	private function shares_a_file( int $id ): bool {
		$paths = $this->metas( $id, '_wp_attached_file' );
		foreach ( $this->before['posts'] as $other => $post ) {
			if ( 'attachment' === $post['post_type'] && ! isset( $this->after['posts'][ $other ] ) && array_intersect( $paths, $this->metas( $other, '_wp_attached_file' ) ) ) {
				return true;
			}
		}
		return false;
	}

	/** An attachment that was trashed; or one that counts by its parent: trashed, deleted, or another one by now. */
	private function has_attachment_below_what_changed( string $slug ): bool {
		foreach ( $this->before['term_relationships'] as $row ) {
			$kind = $this->before['term_taxonomy'][ $row['term_taxonomy_id'] ] ?? array( 'term_id' => 0 );
			$post = $this->before['posts'][ $row['object_id'] ] ?? array( 'post_type' => '' );
			if ( ( $this->before['terms'][ $kind['term_id'] ]['slug'] ?? '' ) !== $slug || 'attachment' !== $post['post_type'] ) {
				continue;
			}
			$status = fn( $state ) => $state['posts'][ $state['posts'][ $row['object_id'] ]['post_parent'] ?? 0 ]['post_status'] ?? '';
			if ( $status( $this->before ) !== $status( $this->after ) || 'inherit' !== ( $this->after['posts'][ $row['object_id'] ]['post_status'] ?? '' ) ) {
				return true;
			}
		}
		return false;
	}
}
