<?php
/**
 * A state of the fixture's site, asked by label.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

/**
 * What ParitySnapshot saw before a deletion, or after it.
 */
final class LabelledState {

	/**
	 * @param Fixture  $fixture Names posts and users.
	 * @param array    $tables  As ParitySnapshot::of() returns them.
	 * @param string[] $new     Keys of the metas that the deletion inserted.
	 */
	public function __construct( private Fixture $fixture, public array $tables, private array $new = array() ) {
	}

	/** The id of a post. */
	public function id( string $label ): int {
		return $this->fixture->posts[ $label ];
	}

	/** A post's row; null when it is gone. */
	public function post( string $label ): ?array {
		return $this->tables['posts'][ $this->id( $label ) ] ?? null;
	}

	/** A column of some posts, by label; `gone` for a post that is. */
	public function column( string $column, array $labels ): array {
		return array_combine( $labels, array_map( fn( $label ) => $this->post( $label )[ $column ] ?? 'gone', $labels ) );
	}

	/** The parents of some posts, by label; `-` for none. They need not be there any more. */
	public function parents( array $labels ): array {
		return array_map( fn( $id ) => (int) $id ? $this->fixture->label( (int) $id ) : '-', $this->column( 'post_parent', $labels ) );
	}

	/** Which of these posts are there. */
	public function there( array $labels ): array {
		return array_values( array_filter( $labels, fn( $label ) => null !== $this->post( $label ) ) );
	}

	/** Values of a meta, in order. */
	public function metas( string $label, string $key ): array {
		return array_column( array_filter( $this->tables['postmeta'], fn( $row ) => (int) $row['post_id'] === $this->id( $label ) && $row['meta_key'] === $key ), 'meta_value' );
	}

	/** Keys and values of the metas that the deletion gave a post, in order. */
	public function new_metas( string $label ): array {
		$rows = array_filter( array_intersect_key( $this->tables['postmeta'], array_flip( $this->new ) ), fn( $row ) => (int) $row['post_id'] === $this->id( $label ) );
		return array_map( static fn( $row ) => array( $row['meta_key'], $row['meta_value'] ), array_values( $rows ) );
	}

	/** How many metas a post has, whatever their keys. */
	public function count_metas( string $label ): int {
		return count( array_keys( array_column( $this->tables['postmeta'], 'post_id' ), (string) $this->id( $label ), true ) );
	}

	/** What a number is related to, sorted: `taxonomy:slug`, or the id of a term that is no more. */
	public function terms( string $label, string $taxonomy = '' ): array {
		$terms = array();
		foreach ( $this->tables['term_relationships'] as $row ) {
			if ( (int) $row['object_id'] === $this->id( $label ) ) {
				$terms[] = $this->term( $row['term_taxonomy_id'] );
			}
		}
		sort( $terms );
		return array_values( array_filter( $terms, static fn( $term ) => str_starts_with( $term, $taxonomy ) ) );
	}

	/** Counts of terms, by `taxonomy:slug`. */
	public function counts( array $terms ): array {
		$counts = array();
		foreach ( $this->tables['term_taxonomy'] as $id => $row ) {
			$counts[ $this->term( (string) $id ) ] = (int) $row['count'];
		}
		return array_combine( $terms, array_map( static fn( $term ) => $counts[ $term ], $terms ) );
	}

	/** An option's value; null without one. */
	public function option( string $name ): mixed {
		return $this->tables['options'][ $name ]['option_value'] ?? null;
	}

	/** Posts that are scheduled to be published, sorted; a number that is text comes in quotes. */
	public function scheduled(): array {
		$scheduled = array();
		foreach ( array_filter( $this->option( 'cron' ), 'is_array' ) as $hooks ) {
			foreach ( $hooks['publish_future_post'] ?? array() as $event ) {
				$id          = $event['args'][0];
				$label       = $this->fixture->label( (int) $id );
				$scheduled[] = is_string( $id ) ? "'$label'" : $label;
			}
		}
		sort( $scheduled );
		return $scheduled;
	}

	/** Comments on a post by id. */
	public function comments( string $label ): array {
		return array_filter( $this->tables['comments'], fn( $row ) => (int) $row['comment_post_ID'] === $this->id( $label ) );
	}

	/** Which of these files of the fixture's month are there. */
	public function files( array $names ): array {
		return array_values( array_filter( $names, fn( $name ) => isset( $this->tables['files'][ "2026/01/$name" ] ) ) );
	}

	/** The id of the n-th comment on a post. */
	public function comment( string $label, int $number ): int {
		return array_keys( $this->comments( $label ) )[ $number ];
	}

	private function term( string $term_taxonomy_id ): string {
		$row = $this->tables['term_taxonomy'][ $term_taxonomy_id ] ?? null;
		return $row ? $row['taxonomy'] . ':' . $this->tables['terms'][ $row['term_id'] ]['slug'] : $term_taxonomy_id;
	}
}
