<?php
/**
 * What the native engine does differently from core on purpose, as changes to core's result.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

/**
 * Turns the state that core left into the one the native engine must leave. A rule sees the state before
 * the deletion and core's result only, and notes whatever it changed: the test compares these notes with the
 * objects which the fixture made for the rule, so that no rule is wider than its reason.
 */
final class ParityDeviations {

	/** What trashing writes, in core and here. */
	private const TRASH_COLUMNS = array( 'post_status', 'post_name', 'post_modified', 'post_modified_gmt' );

	private const TRASH_METAS = array( '_wp_trash_meta_status', '_wp_trash_meta_time' );

	/** The fixture's taxonomies that count attachments, with the other post types they count. */
	private const COUNT_ATTACHMENTS = array( 'mood' => array( 'post' ) );

	/** @var array<string, string[]> Labels of what was changed, by rule. */
	private array $notes = array();

	/** The state that changes from core's to the expected one. */
	private array $state;

	/** @var array<int, bool> Posts that core trashed, by id. */
	private array $trashed;

	/**
	 * @param ParitySite $site   Names the objects.
	 * @param string[]   $traits What holds for this deletion.
	 * @param array      $before State before the deletion.
	 * @param array      $core   State that core left.
	 */
	public function __construct( private ParitySite $site, private array $traits, private array $before, array $core ) {
		$this->state   = $core;
		$this->trashed = array();
		foreach ( $before['posts'] as $id => $row ) {
			if ( 'trash' !== $row['post_status'] && 'trash' === ( $core['posts'][ $id ]['post_status'] ?? '' ) ) {
				$this->trashed[ $id ] = true;
			}
		}
		if ( in_array( 'delete', $traits, true ) ) {
			$this->keep_rows_of_trashed_posts();
			$this->keep_relationships_of_trashed_posts();
			$this->keep_templates_of_trashed_posts();
			$this->keep_revisions_of_trashed_posts();
			$this->keep_trash_metas();
			$this->trash_what_core_refused();
			$this->clear_scheduled_publications();
			$this->reset_images_of_the_site();
			$this->keep_files_in_use();
			$this->count_attachments_in_the_end();
		}
		$this->forget_authors();
	}

	/** The state that the native engine must leave. */
	public function expected(): array {
		return $this->state;
	}

	/** @return array<string, string[]> Sorted labels by rule. */
	public function notes(): array {
		return array_map( array( Fixture::class, 'sorted' ), $this->notes );
	}

	/** D1: a trashed post is not saved again. A parent that went for good is another matter. */
	private function keep_rows_of_trashed_posts(): void {
		foreach ( $this->trashed as $id => $_ ) {
			foreach ( array_diff_key( $this->before['posts'][ $id ], array_flip( self::TRASH_COLUMNS ) ) as $column => $value ) {
				if ( $this->state['posts'][ $id ][ $column ] !== $value && ( 'post_parent' !== $column || isset( $this->state['posts'][ $value ] ) ) ) {
					$this->state['posts'][ $id ][ $column ] = $value;
					$this->note( "D1 $column", $id );
				}
			}
		}
	}

	/** D1: nor gets default terms, nor other tags of the same name. Links share the numbers of posts. */
	private function keep_relationships_of_trashed_posts(): void {
		$of_trashed_posts = fn( $row ) => isset( $this->trashed[ $row['object_id'] ] )
			&& 'link_category' !== ( $this->before['term_taxonomy'][ $row['term_taxonomy_id'] ]['taxonomy'] ?? '' );

		foreach ( array_filter( array_diff_key( $this->state['term_relationships'], $this->before['term_relationships'] ), $of_trashed_posts ) as $key => $row ) {
			unset( $this->state['term_relationships'][ $key ] );
			$this->note( 'D1 relationship added', $row['object_id'] );
			$this->drop_new_term( $row );
		}
		foreach ( array_filter( array_diff_key( $this->before['term_relationships'], $this->state['term_relationships'] ), $of_trashed_posts ) as $key => $row ) {
			$this->state['term_relationships'][ $key ] = $row;
			$this->note( 'D1 relationship removed', $row['object_id'] );
		}
	}

	/** D1: nor has a tag made for it whose name nobody knows by that slug. */
	private function drop_new_term( array $relationship ): void {
		$number = $relationship['term_taxonomy_id'];
		if ( isset( $this->state['term_taxonomy'][ $number ] ) && ! isset( $this->before['term_taxonomy'][ $number ] ) ) {
			unset( $this->state['terms'][ $this->state['term_taxonomy'][ $number ]['term_id'] ], $this->state['term_taxonomy'][ $number ] );
			$this->note( 'D1 term created', $relationship['object_id'] );
		}
	}

	/** D1: nor loses a template that the theme does not have at the moment. */
	private function keep_templates_of_trashed_posts(): void {
		foreach ( $this->before['postmeta'] as $key => $row ) {
			if ( '_wp_page_template' === $row['meta_key'] && isset( $this->trashed[ $row['post_id'] ] ) && $row !== $this->state['postmeta'][ $key ] ) {
				$this->state['postmeta'][ $key ] = $row;
				$this->note( 'D1 _wp_page_template', $row['post_id'] );
			}
		}
	}

	/** D1: nor gets a revision, for which older ones would be dropped. */
	private function keep_revisions_of_trashed_posts(): void {
		foreach ( array_diff_key( $this->state['posts'], $this->before['posts'] ) as $id => $row ) {
			if ( 'revision' !== $row['post_type'] || ! isset( $this->trashed[ $row['post_parent'] ] ) ) {
				continue;
			}
			unset( $this->state['posts'][ $id ] );
			foreach ( $this->new_metas( $id ) as $key => $_ ) {
				unset( $this->state['postmeta'][ $key ] );
			}
			$this->note( 'D1 revision created', $row['post_parent'] );
		}

		foreach ( array_diff_key( $this->before['posts'], $this->state['posts'] ) as $id => $row ) {
			if ( 'revision' !== $row['post_type'] || ! isset( $this->trashed[ $row['post_parent'] ] ) || (int) $row['post_author'] === $this->site->victim() ) {
				continue;
			}
			$this->state['posts'][ $id ]  = $row;
			$this->state['postmeta']     += array_filter( $this->before['postmeta'], static fn( $meta ) => (int) $meta['post_id'] === $id );
			$this->note( 'D1 revision pruned', $row['post_parent'] );
		}
	}

	/** D2: a revision that goes leaves alone what its parent needs to be restored. */
	private function keep_trash_metas(): void {
		foreach ( array_diff_key( $this->before['postmeta'], $this->state['postmeta'] ) as $key => $row ) {
			if ( in_array( $row['meta_key'], self::TRASH_METAS, true ) && isset( $this->state['posts'][ $row['post_id'] ] ) ) {
				$this->state['postmeta'][ $key ] = $row;
				$this->note( 'D2', $row['post_id'] );
			}
		}
		foreach ( $this->trashed as $id => $_ ) {
			$metas = array_column( $this->new_metas( $id ), 'meta_value', 'meta_key' );
			if ( ! array_intersect_key( $metas, array_flip( self::TRASH_METAS ) ) ) {
				$this->replace_new_metas( $id, $this->trash_metas( $id ) + $metas );
				$this->note( 'D2', $id );
			}
		}
	}

	/** D3: empty posts and impossible dates are no reason to stay. */
	private function trash_what_core_refused(): void {
		$refused = $this->site->refused();
		if ( ! $refused || ! in_array( 'trash', $this->traits, true ) ) {
			return;
		}
		foreach ( $refused as $id => $slug ) {
			$before = $this->before['posts'][ $id ];
			if ( $before !== $this->state['posts'][ $id ] ) {
				continue;
			}
			$metas = $this->trash_metas( $id );
			if ( ! str_ends_with( $before['post_name'], '__trashed' ) ) {
				$metas['_wp_desired_post_slug'] = $before['post_name'];
			}
			$comments = array_filter( $this->state['comments'], static fn( $comment ) => (int) $comment['comment_post_ID'] === $id );
			if ( $comments ) {
				$metas['_wp_trash_meta_comments_status'] = serialize( array_map( static fn( $comment ) => $comment['comment_approved'], $comments ) );
			}
			foreach ( $comments as $key => $_ ) {
				$this->state['comments'][ $key ]['comment_approved'] = 'post-trashed';
			}
			$this->replace_new_metas( $id, $metas );
			$this->state['posts'][ $id ] = array_replace( $before, array_combine( self::TRASH_COLUMNS, array( 'trash', $slug, Fixture::DELETED_LOCAL, Fixture::DELETED ) ) );
			if ( 'publish' === $before['post_status'] ) {
				$this->count_out( $id );
			}
			$this->note( 'D3 trashed', $id );
		}

		$published = array_filter( $this->state['posts'], static fn( $row ) => 'post' === $row['post_type'] && 'publish' === $row['post_status'] );
		$flag      = &$this->state['options']['wp_calendar_block_has_published_posts']['option_value'];
		if ( ! $published && '' !== $flag ) {
			$flag = '';
			$this->note_name( 'D3 calendar', 'wp_calendar_block_has_published_posts' );
		}
	}

	/** D4: nothing is left to publish a post that went, whatever type its id has in cron's key. */
	private function clear_scheduled_publications(): void {
		$cron = &$this->state['options']['cron']['option_value'];
		foreach ( $cron as $time => $hooks ) {
			foreach ( is_array( $hooks ) ? $hooks['publish_future_post'] ?? array() : array() as $key => $event ) {
				$id = (int) $event['args'][0];
				if ( $this->is_gone( $id ) ) {
					unset( $cron[ $time ]['publish_future_post'][ $key ] );
					$this->note( 'D4', $id );
				}
			}
			if ( isset( $cron[ $time ]['publish_future_post'] ) ) {
				$cron[ $time ] = array_filter( $cron[ $time ] );
			}
			if ( ! $cron[ $time ] ) {
				unset( $cron[ $time ] );
			}
		}
	}

	/** D5: the site's logo and icon do not point at an attachment that is no more. */
	private function reset_images_of_the_site(): void {
		$options   = &$this->state['options'];
		$theme     = 'theme_mods_' . $options['stylesheet']['option_value'];
		$mods      = $options[ $theme ]['option_value'] ?? array();
		$is_erased = fn( $id ) => $id && isset( $this->before['posts'][ $id ] ) && ! isset( $this->state['posts'][ $id ] );

		foreach ( array( 'site_icon', 'site_logo' ) as $name ) {
			if ( $is_erased( $options[ $name ]['option_value'] ?? 0 ) ) {
				unset( $options[ $name ] );
				$this->note_name( 'D5', $name );
			}
		}
		// The one that shows: a site logo hides the theme's, and takes it along.
		if ( $is_erased( $this->before['options']['site_logo']['option_value'] ?? $mods['custom_logo'] ?? 0 ) && array_intersect_key( $mods, array( 'custom_logo' => 0, 'header_text' => 0 ) ) ) {
			unset( $mods['custom_logo'], $mods['header_text'] );
			$this->note_name( 'D5', 'custom_logo' );
			if ( $mods ) {
				$options[ $theme ]['option_value'] = $mods;
			} else {
				unset( $options[ $theme ] );
			}
		}
	}

	/** D6: a file stays while an attachment that stays is made of it. */
	private function keep_files_in_use(): void {
		foreach ( $this->state['posts'] as $id => $post ) {
			if ( 'attachment' !== $post['post_type'] ) {
				continue;
			}
			foreach ( array_intersect_key( $this->before['files'], array_flip( $this->files_of( $id ) ) ) as $path => $row ) {
				if ( ! isset( $this->state['files'][ $path ] ) ) {
					$this->state['files'][ $path ] = $row;
					$this->note( 'D6', $id );
				}
			}
		}
		ksort( $this->state['files'] );
	}

	/**
	 * D11: a term that counts attachments is counted when all have their last status, not while some are still on
	 * their way to the trash. Only where core counted in this deletion, too, which a changed count shows.
	 */
	private function count_attachments_in_the_end(): void {
		$counted = $this->site->counted();
		foreach ( $this->state['term_taxonomy'] as $key => $row ) {
			$types       = self::COUNT_ATTACHMENTS[ $row['taxonomy'] ] ?? null;
			$was_counted = null === $counted ? $row['count'] !== $this->before['term_taxonomy'][ $key ]['count'] : in_array( $key, $counted, true );
			if ( null === $types || ! $was_counted ) {
				continue;
			}
			$count = (string) $this->published_objects( (int) $row['term_taxonomy_id'], $types );
			if ( $row['count'] !== $count ) {
				$this->state['term_taxonomy'][ $key ]['count'] = $count;
				$this->note_name( 'D11', $this->state['terms'][ $row['term_id'] ]['slug'] );
			}
		}
	}

	/** Posts of these types, and attachments by their own or their parent's status, that a term has. */
	private function published_objects( int $term_taxonomy_id, array $types ): int {
		$count = 0;
		foreach ( $this->state['term_relationships'] as $row ) {
			$post = $this->state['posts'][ $row['object_id'] ] ?? null;
			if ( (int) $row['term_taxonomy_id'] !== $term_taxonomy_id || ! $post ) {
				continue;
			}
			$status = $post['post_status'];
			if ( 'attachment' === $post['post_type'] && 'inherit' === $status ) {
				$status = $this->state['posts'][ $post['post_parent'] ]['post_status'] ?? '';
			}
			$count += (int) ( 'publish' === $status && in_array( $post['post_type'], array( 'attachment', ...$types ), true ) );
		}
		return $count;
	}

	/** D8: of the caches that core forgets, this one is a row. It is about posts. */
	private function forget_authors(): void {
		if ( $this->state['posts'] !== $this->before['posts'] && isset( $this->state['options']['_transient_is_multi_author'] ) ) {
			unset( $this->state['options']['_transient_is_multi_author'] );
			$this->note_name( 'D8', 'is_multi_author' );
		}
	}

	/** Whether the deletion took this post of the victim, to the trash or for good. */
	private function is_gone( int $id ): bool {
		return isset( $this->before['posts'][ $id ] )
			&& ( ! isset( $this->state['posts'][ $id ] ) || $this->before['posts'][ $id ]['post_status'] !== $this->state['posts'][ $id ]['post_status'] );
	}

	/** Paths that an attachment's metas name. */
	private function files_of( int $id ): array {
		$metas = array();
		foreach ( $this->before['postmeta'] as $row ) {
			if ( (int) $row['post_id'] === $id ) {
				$metas[ $row['meta_key'] ] = $row['meta_value'];
			}
		}
		$file  = $metas['_wp_attached_file'] ?? '';
		$about = @unserialize( $metas['_wp_attachment_metadata'] ?? '', array( 'allowed_classes' => false ) );
		$about = is_array( $about ) ? $about : array();
		$names = array_merge( array_column( $about['sizes'] ?? array(), 'file' ), array_values( array_intersect_key( $about, array_flip( array( 'thumb', 'original_image', 'source_image', 'animated_video' ) ) ) ) );
		return array_merge( array( $file ), array_map( static fn( $name ) => dirname( $file ) . "/$name", $names ) );
	}

	/** One published post less in each of its terms. */
	private function count_out( int $id ): void {
		foreach ( $this->before['term_relationships'] as $row ) {
			if ( (int) $row['object_id'] === $id ) {
				$count = &$this->state['term_taxonomy'][ $row['term_taxonomy_id'] ]['count'];
				$count = (string) ( $count - 1 );
			}
		}
	}

	/** What a trashed post is restored with, by key. */
	private function trash_metas( int $id ): array {
		return array_combine( self::TRASH_METAS, array( $this->before['posts'][ $id ]['post_status'], (string) strtotime( Fixture::DELETED . ' UTC' ) ) );
	}

	/** Metas which the deletion gave to a post, by key of the state. */
	private function new_metas( int $id ): array {
		return array_filter( array_diff_key( $this->state['postmeta'], $this->before['postmeta'] ), static fn( $row ) => (int) $row['post_id'] === $id );
	}

	private function replace_new_metas( int $id, array $metas ): void {
		$this->state['postmeta'] = array_diff_key( $this->state['postmeta'], $this->new_metas( $id ) );
		$number                  = 0;
		foreach ( $metas as $key => $value ) {
			$this->state['postmeta'][ ParitySnapshot::new_meta( $id, ++$number ) ] = array(
				'post_id'    => (string) $id,
				'meta_key'   => $key,
				'meta_value' => $value,
			);
		}
	}

	private function note( string $rule, int|string $id ): void {
		$this->note_name( $rule, $this->site->label( (int) $id ) );
	}

	private function note_name( string $rule, string $name ): void {
		$this->notes[ $rule ][] = $name;
	}
}
