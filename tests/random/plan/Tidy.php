<?php
/**
 * A plan without anything that makes the engine deviate from core.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** What is left must come out the same to the last byte, in every version of WordPress. */
final class Tidy {

	private const TRASH_METAS = array( '_wp_trash_meta_status', '_wp_trash_meta_time' );

	/** @var array<int, array> Posts by id. */
	private array $posts = array();

	/** @var array<int, string> Taxonomy by number. */
	private array $taxonomies = array( 1 => 'category' );

	private function __construct( private array $plan ) {
		foreach ( $plan['objects'] as $object ) {
			if ( 'post' === $object['kind'] ) {
				$this->posts[ $object['id'] ] = $object;
			} elseif ( 'term' === $object['kind'] && null !== $object['name'] ) {
				$this->taxonomies[ $object['tt'] ] = $object['taxonomy'];
			}
		}
	}

	/** @return array[] The objects of the plan, mended, and more. */
	public static function up( array $plan, Dice $dice ): array {
		$tidy    = new self( $plan );
		$objects = array();
		$paths   = array();
		foreach ( $plan['objects'] as $object ) {
			$object = match ( $object['kind'] ) {
				'post' => $tidy->post( $object, $dice, $paths ),
				'event' => $tidy->event( $object ),
				'option' => $tidy->option( $object ),
				default => $object,
			};
			if ( $object ) {
				$objects[] = $object;
			}
		}
		return array_merge( $objects, $tidy->revisions() );
	}

	private function fate( array $post ): string {
		return Fate::of( $post, $this->plan['mode'] );
	}

	private function post( array $post, Dice $dice, array &$paths ): array {
		$fate = $this->fate( $post );
		if ( 'trash' === $fate && 'post' === $post['type'] && ! $this->has( $post, 'category' ) ) {
			$post['terms'][] = $dice->pick( array_keys( $this->taxonomies, 'category', true ) );
		}
		if ( 'trash' === $fate && 'page' === $post['type'] && ! $this->has( $post, 'deck' ) ) {
			$post['terms'][] = $dice->pick( array_keys( $this->taxonomies, 'deck', true ) );
		}
		if ( 'attachment' === $post['type'] ) {
			$post = $this->attachment( $post, $paths );
		}
		if ( 'revision' === $post['type'] && Generator::VICTIM === $post['author'] && $this->is_to_be_restored( $post['parent'] ) ) {
			$post['author'] = Generator::COLLEAGUE;
		}
		return $post;
	}

	/** D6: a file of its own. D11: nothing on which it depends, while others go, whether it counts. */
	private function attachment( array $post, array &$paths ): array {
		$fate = $this->fate( $post );
		foreach ( $post['metas'] as list( $key, $path ) ) {
			if ( '_wp_attached_file' === $key && ( $paths[ $path ] ??= $fate ) !== $fate ) {
				$post['metas'] = array();
			}
		}
		$counts_no_more = in_array( $post['status'], array( 'publish', 'inherit' ), true ) && 'trash' === $fate;
		if ( $counts_no_more || 0 !== $post['parent'] && ! $this->stays( $post['parent'] ) ) {
			$post['terms'] = array_filter( $post['terms'], fn( $tt ) => 'mood' !== ( $this->taxonomies[ $tt ] ?? '' ) );
		}
		return $post;
	}

	/** Whether a post is there before and after, and no other way. */
	private function stays( int $id ): bool {
		$post = $this->posts[ $id ] ?? null;
		return $post && 'keep' === $this->fate( $post ) && ! in_array( $post['type'], array( 'revision', 'nav_menu_item' ), true );
	}

	/** D2: whether a post needs its trash metas, or has some. */
	private function is_to_be_restored( int $id ): bool {
		$post = $this->posts[ $id ] ?? null;
		return $post && 'purge' !== $this->fate( $post )
			&& ( 'trash' === $this->fate( $post ) || array_intersect( array_column( $post['metas'], 0 ), self::TRASH_METAS ) );
	}

	private function has( array $post, string $taxonomy ): bool {
		foreach ( $post['terms'] as $tt ) {
			if ( ( $this->taxonomies[ $tt ] ?? '' ) === $taxonomy ) {
				return true;
			}
		}
		return false;
	}

	/** D4: core clears only events of posts that it trashes. */
	private function event( array $event ): array {
		$post = $this->posts[ $event['args'][0] ] ?? null;
		$fine = ! $post || match ( $this->fate( $post ) ) {
			'trash' => 'attachment' !== $post['type'],
			'purge' => false,
			default => ! in_array( $post['type'], array( 'revision', 'nav_menu_item' ), true ),
		};
		return $fine ? $event : array( 'hook' => 'another_event' ) + $event;
	}

	/** D5 and D8. */
	private function option( array $option ): ?array {
		switch ( $option['name'] ) {
			case 'site_icon':
			case 'site_logo':
				return $this->goes( $option['value'] ) ? null : $option;
			case 'theme_mods_twentytwentythree':
				if ( $this->goes( $option['value']['custom_logo'] ?? 0 ) ) {
					unset( $option['value']['custom_logo'] );
				}
				return $option;
			case '_transient_is_multi_author':
				foreach ( $this->posts as $post ) {
					if ( 'trash' === $this->fate( $post ) && 'attachment' !== $post['type'] ) {
						return $option;
					}
				}
				return null;
		}
		return $option;
	}

	private function goes( int|string $id ): bool {
		return isset( $this->posts[ (int) $id ] ) && 'purge' === $this->fate( $this->posts[ (int) $id ] );
	}

	/** D1: core makes no revision when the newest one, somebody else's, is equal. */
	private function revisions(): array {
		$revisions = array();
		$id        = 300;
		if ( 0 === $this->plan['revisions'] ) {
			return array();
		}
		foreach ( $this->posts as $post ) {
			if ( 'trash' === $this->fate( $post ) && 'attachment' !== $post['type'] ) {
				++$id;
				$revisions[] = array(
					'kind'   => 'post',
					'id'     => $id,
					'type'   => 'revision',
					'author' => Generator::COLLEAGUE,
					'status' => 'inherit',
					'name'   => "{$post['id']}-revision-v1",
					'parent' => $post['id'],
					'date'   => '2026-01-14 08:00:00',
					'gmt'    => '2026-01-14 08:00:00',
					'guid'   => "http://example.test/?p=$id",
				) + array_intersect_key( $post, array_flip( array( 'title', 'content', 'excerpt' ) ) );
			}
		}
		return $revisions;
	}
}
