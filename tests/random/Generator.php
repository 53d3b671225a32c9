<?php
/**
 * Small sites, made up.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/**
 * Makes the plan of one site out of a seed: pure data, a list of objects with the ids they will have, and how the
 * victim is to be deleted. The same seed makes the same plan everywhere.
 *
 * An object that another one names need not exist: a plan stays a plan when objects are taken out of it.
 */
final class Generator {

	public const VICTIM    = 20;
	public const COLLEAGUE = 10;
	public const HEIR      = 30;
	private const NOBODY   = 777;

	/** Ids that no object has. */
	private const DANGLING = 900000;

	/** Ids that the deletion's `MEDIA_TRASH`, `EMPTY_TRASH_DAYS` and heir follow from. */
	public const MODES    = array( 'delete', 'erase', 'trash media', 'reassign' );
	public const PROFILES = array( 'clean', 'wild' );

	/** Term of the base site in which core puts posts without a category; taxonomy's and term's number. */
	private const DEFAULT_CATEGORY = 1;

	private const TAXONOMIES = array(
		'category'      => array( 'post', 'book' ),
		'post_tag'      => array( 'post' ),
		'genre'         => array( 'book', 'post' ),
		'mood'          => array( 'attachment', 'post' ),
		'lens'          => array(),
		'shelf'         => array( 'book', 'post' ),
		'stage'         => array( 'book', 'post' ),
		'tally'         => array( 'book', 'post' ),
		'deck'          => array( 'page' ),
		'post_format'   => array( 'post' ),
		'link_category' => array(),
		'nav_menu'      => array( 'nav_menu_item' ),
		'unregistered'  => array(),
	);

	private const TYPES = array(
		'post'             => 38,
		'page'             => 14,
		'attachment'       => 12,
		'book'             => 7,
		'doc'              => 5,
		'ledger'           => 2,
		'kept'             => 2,
		'gone'             => 2,
		'wp_block'         => 2,
		'wp_template'      => 1,
		'wp_template_part' => 1,
		'wp_navigation'    => 1,
		'wp_font_family'   => 1,
		'wp_font_face'     => 1,
		'custom_css'       => 1,
		'oembed_cache'     => 1,
		'user_request'     => 1,
		'product'          => 2,
		'POST'             => 2,
		'Page'             => 1,
	);

	private const STATUSES = array(
		'publish'    => 45,
		'draft'      => 12,
		'pending'    => 4,
		'private'    => 6,
		'future'     => 6,
		'auto-draft' => 4,
		'inherit'    => 2,
		'mystatus'   => 3,
		'trash'      => 16,
		'Trash'      => 1,
	);

	private const WORDS = array( "It's", '"quoted"', 'back\\slash', '\\\\', 'žluť', 'кит', '東京', '🐘', 'ﬁ', 'İstanbul', 'naïve', '100%', 'a_b', '{x}', 'null', '%s', '%d0%b6', '\\\'', '$1', 'ß' );

	/** What core rewrites when it saves a post again. */
	private const RISKY = array( '<script>x</script>', 'a & b', '<svg/>', '&#150;', '<a href="https://example.org" target="_blank">x</a>', '<b>bold', '&amp;', '<!-- wp:paragraph {"a":"<b>"} -->', '>' );

	private const SLUGS = array( 'foo', 'Foo', 'fóo', 'foo-2', 'foo__trashed', 'FOO__trashed', 'foo__trashed-2', 'foo__trashed-3', 'bar', 'bar ', 'bar__trashed', 'bar_', 'b%r', 'b|r', '', '', '', '0', '2025', '2025__trashed', '__trashed', '__trashed-2', '-', 'end-', "it's", '"q"', 'back\\slash', 'back\\', '%d0%b6', '%D0%B6', 'ж', 'strasse', 'straße', 'strasse__trashed', 'fi', 'ﬁ', 'foo__trashed-02', 'foo__trashed__trashed', 'foo+bar', 'embed', 'feed' );

	private Dice $dice;

	/** The plan in the making. */
	private array $plan;

	/** @var int[] Post ids that were not given away. */
	private array $free_ids;

	/** @var array<string, int[]> Ids of `term_taxonomy` by taxonomy. */
	private array $terms = array();

	/** How many objects have been dated. */
	private int $clock = 0;

	private int $next_comment = 50;

	private function __construct( private int $seed ) {
		$this->dice = new Dice( $seed );
	}

	/**
	 * The plan of a seed.
	 *
	 * @param int   $seed   Any number.
	 * @param array $forced `profile`, `mode`, `network`, `lane`: these win over what the seed says.
	 * @return array `seed`, `profile`, `network`, `mode`, `function`, `actor`, `revisions`, `batch`, `slice`, `lane`, `objects`.
	 */
	public static function plan( int $seed, array $forced = array() ): array {
		return ( new self( $seed ) )->make( array_filter( $forced, static fn( $value ) => null !== $value ) );
	}

	/** Whether it may have what makes the engine deviate. */
	private function is_wild(): bool {
		return 'wild' === $this->plan['profile'];
	}

	private function make( array $forced ): array {
		$dice       = $this->dice;
		$this->plan = $forced + array(
			'seed'      => $this->seed,
			'profile'   => $dice->pick( self::PROFILES ),
			'network'   => $dice->chance( 25 ),
			'mode'      => $dice->weighted( array( 'delete' => 50, 'erase' => 20, 'trash media' => 10, 'reassign' => 20 ) ),
			'function'  => $dice->pick( array( 'WpfDelete\delete_user', 'wp_delete_user' ) ),
			'actor'     => $dice->pick( array( 0, 1 ) ),
			'revisions' => $dice->weighted( array( -1 => 3, 0 => 4, 3 => 3 ) ),
			'batch'     => $dice->weighted( array( 300 => 4, 7 => 1, 2 => 2, 1 => 1 ) ),
			'slice'     => $dice->weighted( array( 2000 => 3, 5 => 1 ) ),
			// Empty for the plugin's own choice, which is the bulk lane here.
			'lane'      => $dice->weighted( array( '' => 3, 'replay' => 1 ) ),
			'objects'   => array(),
		);

		$this->free_ids = $dice->shuffled( range( 100, 260 ) );
		$this->people();
		$this->make_terms();
		$count = $dice->number( 6, 52 );
		for ( $i = 0; $i < $count; $i++ ) {
			$this->post();
		}
		$this->family();
		$this->revisions();
		$this->menu();
		$this->thumbnails();
		$this->comments();
		$this->links();
		$this->relations();
		$this->options();
		$this->events();
		if ( $this->is_wild() ) {
			$this->loops();
		} else {
			$this->plan['objects'] = Tidy::up( $this->plan, $this->dice );
		}
		return $this->plan;
	}

	private function add( string $kind, array $object ): void {
		$this->plan['objects'][] = array( 'kind' => $kind ) + $object;
	}

	/** @return array<int, array> The posts so far, by their place in the list. */
	private function posts( ?string $type = null ): array {
		return array_filter( $this->plan['objects'], static fn( $object ) => 'post' === $object['kind'] && ( null === $type || $type === $object['type'] ) );
	}

	/** Ids of the posts so far. Nothing hangs from a revision that core might drop for a new one: D1 would be about it, too. */
	private function post_ids( ?string $type = null ): array {
		$posts = $this->posts( $type );
		if ( $this->plan['revisions'] > 0 ) {
			$posts = array_filter( $posts, static fn( $post ) => 'revision' !== $post['type'] );
		}
		return array_column( $posts, 'id' );
	}

	private function text( int $words ): string {
		$list = array();
		for ( $i = 0; $i < $words; $i++ ) {
			$risky  = $this->dice->chance( 8 ) && $this->is_wild();
			$list[] = $this->dice->pick( $risky ? self::RISKY : self::WORDS );
		}
		return implode( ' ', $list );
	}

	private function author(): int {
		return $this->dice->weighted( array( self::VICTIM => 64, self::COLLEAGUE => 24, 1 => 6, 0 => 3, self::NOBODY => 3 ) );
	}

	private function date(): string {
		return gmdate( 'Y-m-d H:i:s', gmmktime( 8, 0, 0, 1, 1, 2025 ) + 3600 * ++$this->clock );
	}

	/** A post that was made before, or none, or one that is no more. */
	private function reference( array $ids, int $none = 30 ): int {
		if ( ! $ids || $this->dice->chance( $none ) ) {
			return 0;
		}
		return $this->dice->chance( 8 ) ? self::DANGLING + $this->dice->number( 1, 9 ) : $this->dice->pick( $ids );
	}

	private function people(): void {
		$roles = array( self::VICTIM => 'author', self::COLLEAGUE => 'editor', self::HEIR => 'editor' );
		foreach ( $roles as $id => $role ) {
			$metas = array( array( 'nickname', $this->text( 2 ) ), array( 'description', $this->text( 4 ) ), array( 'wp_user-settings', 'editor=tinymce' ), array( 'twice', 'a' ), array( 'twice', 'a' ) );
			foreach ( $this->dice->some( array( 'session_tokens', '_application_passwords', 'closedpostboxes_post', 'wp_persisted_preferences', "it's" ), 5 ) as $key ) {
				$metas[] = array( $key, str_starts_with( $key, '_' ) || 'session_tokens' === $key ? 'a:0:{}' : $this->text( 1 ) );
			}
			$this->add( 'user', array( 'id' => $id, 'login' => "user$id", 'role' => $role, 'name' => $this->text( 2 ), 'metas' => $metas ) );
		}
	}

	private function make_terms(): void {
		$tt = 200;
		$id = 60;
		foreach ( self::TAXONOMIES as $taxonomy => $types ) {
			$this->terms[ $taxonomy ] = 'category' === $taxonomy ? array( self::DEFAULT_CATEGORY ) : array();
			$parents                  = array( 0 );
			for ( $i = $this->dice->number( 0, 3 ); $i >= 0; $i-- ) {
				$id    += $this->dice->number( 1, 3 );
				$tt    -= $this->dice->number( 1, 2 );
				$slug   = "$taxonomy-$i";
				$name   = "$taxonomy $i " . strtr( $this->text( 1 ), array( "'" => 'ʼ', '"' => '“', '\\' => '/' ) );
				$quoted = 'post_tag' === $taxonomy && $this->is_wild() && $this->dice->chance( 30 );
				if ( 'post_format' === $taxonomy ) {
					$slug = $name = 'post-format-' . array( 'quote', 'aside', 'link', 'audio' )[ $i ];
				} elseif ( $quoted ) {
					$name = $this->dice->pick( array( "Don't", '"so"', 'back\\slash' ) );
				}
				$term = array( 'id' => $id, 'tt' => $tt, 'taxonomy' => $taxonomy, 'name' => $name, 'slug' => $slug, 'parent' => in_array( $taxonomy, array( 'category', 'genre' ), true ) ? $this->dice->pick( $parents ) : 0 );
				// Adding a default term or putting a quoted tag in place of another repairs a count, which D1 does not.
				if ( $this->dice->chance( 15 ) && ! in_array( $taxonomy, array( 'deck', 'post_tag' ), true ) ) {
					$term['count'] = $this->dice->number( 0, 40 );
				}
				$this->add( 'term', $term );
				$parents[]                  = $id;
				$this->terms[ $taxonomy ][] = $tt;
			}
		}
	}

	private function post(): void {
		$dice   = $this->dice;
		$id     = array_pop( $this->free_ids );
		// Core counts the posts of a network's site in any spelling, but only when it deletes one in this.
		$type   = $dice->weighted( $this->plan['network'] ? array( 'POST' => 0 ) + self::TYPES : self::TYPES );
		$status = 'attachment' === $type && $dice->chance( 75 ) ? 'inherit' : $dice->weighted( self::STATUSES );
		$ids    = $this->post_ids();
		$same   = $this->post_ids( $type );
		$post   = array(
			'id'             => $id,
			'type'           => $type,
			'author'         => $this->author(),
			'status'         => $status,
			'name'           => $this->slug( $status ),
			'title'          => $this->text( $dice->number( 1, 3 ) ),
			'content'        => $this->text( $dice->number( 1, 5 ) ),
			'excerpt'        => $dice->chance( 20 ) ? $this->text( 2 ) : '',
			'date'           => 'future' === $status ? '2027-0' . $dice->number( 1, 9 ) . '-15 12:00:00' : $this->date(),
			'parent'         => $this->reference( $same && $dice->chance( 70 ) ? $same : $ids, 55 ),
			'guid'           => $dice->pick( array( "http://example.test/?p=$id", "https://example.org/$id", 'urn:uuid:00000000-0000-4000-8000-000000000000' ) ),
			'comment_status' => $dice->pick( array( 'open', 'closed' ) ),
			'ping_status'    => $dice->pick( array( 'open', 'closed' ) ),
			'menu_order'     => $dice->number( 0, 3 ),
			'comment_count'  => $dice->number( 0, 5 ),
			'password'       => $dice->chance( 10 ) ? 'sec"ret\\' : '',
			'mime'           => 'attachment' === $type ? 'image/jpeg' : '',
			'terms'          => $this->terms_of( $type ),
			'metas'          => $this->metas(),
		);
		$floats      = in_array( $status, array( 'draft', 'pending', 'auto-draft' ), true ) && $dice->chance( 50 ) && $this->is_wild();
		$post['gmt'] = $floats ? '0000-00-00 00:00:00' : $post['date'];
		if ( $this->is_wild() ) {
			$post = $this->spoilt( $post );
		}
		if ( 'attachment' === $type ) {
			$post['metas'] = array_merge( $post['metas'], $this->files( $id ) );
		}
		$this->add( 'post', $post );
	}

	/** Posts of one type below one another, in any order of ids, and attachments below them. */
	private function family(): void {
		if ( ! $this->dice->chance( 50 ) ) {
			return;
		}
		$type   = $this->dice->pick( array( 'book', 'book', 'doc', 'gone', 'page' ) );
		$parent = $this->reference( $this->post_ids(), 50 );
		$ids    = array();
		for ( $i = 0; $i < 3; $i++ ) {
			$this->post();
		}
		foreach ( array_keys( array_slice( $this->posts(), -3, null, true ) ) as $key ) {
			$post   = &$this->plan['objects'][ $key ];
			$post   = array( 'type' => $type, 'parent' => $parent, 'author' => $this->dice->pick( array( self::VICTIM, self::VICTIM, self::VICTIM, self::COLLEAGUE ) ), 'mime' => '' ) + $post;
			$post   = array( 'status' => $this->dice->pick( array( 'publish', 'trash' ) ) ) + $post;
			$parent = $post['id'];
			$ids[]  = $parent;
			unset( $post );
		}
		foreach ( $ids as $id ) {
			$this->post();
			$key = array_key_last( $this->posts() );

			$this->plan['objects'][ $key ] = array( 'type' => 'attachment', 'parent' => $id, 'author' => $this->dice->pick( array( self::VICTIM, self::COLLEAGUE ) ), 'status' => 'inherit' ) + $this->plan['objects'][ $key ];
		}
	}

	private function slug( string $status ): string {
		$dice = $this->dice;
		if ( $dice->chance( 'draft' === $status ? 60 : 5 ) ) {
			return '';
		}
		if ( $dice->chance( 55 ) ) {
			return $dice->pick( self::SLUGS );
		}
		if ( $dice->chance( 25 ) ) {
			$long = $dice->pick( array( str_repeat( 'long-', 40 ), str_repeat( '%d0%b6', 34 ), 'a' . str_repeat( '%d0%b6', 33 ), 'ab' . str_repeat( '%d0%b6-', 33 ), str_repeat( 'd', 190 ) . '-tail-', str_repeat( '%f0%9f%90%98', 17 ), str_repeat( 'x', 189 ) . '--------' ) );
			return substr( $long, 0, $dice->pick( array( 189, 190, 191, 192, 196, 198, 200 ) ) );
		}
		return 'slug-' . $dice->number( 1, 400 );
	}

	/** What core mends when it saves a post, and what it cannot save (D1, D3). */
	private function spoilt( array $post ): array {
		$dice = $this->dice;
		if ( ! $dice->chance( 35 ) ) {
			return $post;
		}
		return match ( $dice->number( 1, 14 ) ) {
			1 => array( 'title' => '', 'content' => '', 'excerpt' => '' ) + $post,
			2 => array( 'title' => '0', 'content' => '', 'excerpt' => '' ) + $post,
			3 => array( 'title' => '   ', 'content' => '', 'excerpt' => '' ) + $post,
			4 => array( 'date' => $dice->pick( array( '2020-00-10 00:00:00', '2020-05-00 00:00:00', '2021-02-30 10:00:00' ) ) ) + $post,
			5 => array( 'date' => '0000-00-00 00:00:00', 'gmt' => '0000-00-00 00:00:00' ) + $post,
			6 => array( 'gmt' => '0000-00-00 00:00:00' ) + $post,
			7 => array( 'guid' => $dice->pick( array( 'http://example.org/?a=1&b=2', '12345', 'tag:blogger.com,1999:blog-1.post-2', '' ) ) ) + $post,
			8 => array( 'to_ping' => 'https://example.org/ping ftp://example.org nonsense' ) + $post,
			9 => array( 'comment_status' => '' ) + $post,
			10 => array( 'ping_status' => '' ) + $post,
			11 => array( 'mime' => 'text/x html' ) + $post,
			12 => array( 'title' => "  {$post['title']} " ) + $post,
			13 => array( 'title' => '', 'content' => $dice->pick( self::RISKY ), 'excerpt' => '' ) + $post,
			14 => array( 'metas' => array_merge( $post['metas'], array( array( '_wp_page_template', $dice->pick( array( 'no-such.php', 'default', '', 'blank' ) ) ), array( 'footnotes', '[]' ) ) ) ) + $post,
		};
	}

	/** Terms of the type's taxonomies, and sometimes of others. */
	private function terms_of( string $type ): array {
		$terms = array();
		foreach ( self::TAXONOMIES as $taxonomy => $types ) {
			$own = in_array( $type, $types, true );
			if ( $this->dice->chance( $own ? 60 : 3 ) ) {
				$terms = array_merge( $terms, $this->dice->some( $this->terms[ $taxonomy ], 2 ) );
			}
		}
		return $terms;
	}

	private function metas(): array {
		$dice  = $this->dice;
		$metas = array();
		foreach ( $dice->some( array( '_edit_last', '_edit_lock', "it's", 'žluť', 'broken', 'null', 'twice', '_wp_old_slug', '_wp_desired_post_slug', '_wp_trash_meta_status', '_wp_trash_meta_time', '_wp_trash_meta_comments_status', '_menu_item_object_id', '_wp_attachment_context', '_customize_changeset_uuid' ), 4 ) as $key ) {
			$metas[] = match ( $key ) {
				'_edit_last' => array( $key, (string) self::VICTIM ),
				'broken' => array( $key, 'a:1:{s:3:"' ),
				'null' => array( $key, null ),
				'_wp_trash_meta_status' => array( $key, 'draft' ),
				'_wp_trash_meta_time' => array( $key, '1700000000' ),
				'_menu_item_object_id' => array( $key, (string) $this->reference( $this->post_ids() ) ),
				default => array( $key, $this->text( 1 ) ),
			};
			if ( 'twice' === $key ) {
				$metas[] = array( $key, 'once more' );
			}
		}
		return $metas;
	}

	/** Metas and files of an attachment. */
	private function files( int $id ): array {
		$dice   = $this->dice;
		$shared = array_values( array_filter( $this->plan['objects'], static fn( $object ) => 'file' === $object['kind'] && str_ends_with( $object['path'], '.jpg' ) && ! str_contains( $object['path'], 'x' ) ) );
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
				$this->add( 'file', array( 'path' => $file ) );
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

	private function revisions(): void {
		$dice = $this->dice;
		foreach ( $this->posts() as $post ) {
			$versions = $dice->weighted( array( 0 => 60, 1 => 20, 2 => 10, 5 => 5 ) );
			for ( $i = 0; $i < $versions; $i++ ) {
				$this->revision( $post );
			}
		}
		if ( $dice->chance( 30 ) ) {
			$this->revision( array( 'id' => self::DANGLING + 1 ) + $this->posts()[ array_key_last( $this->posts() ) ] );
		}
		if ( $dice->chance( 20 ) && $this->post_ids( 'revision' ) ) {
			$this->revision( $dice->pick( $this->posts( 'revision' ) ) );
		}
	}

	/** One revision of a post, with its text or another. */
	private function revision( array $post ): void {
		$dice = $this->dice;
		$id   = array_pop( $this->free_ids );
		if ( null === $id ) {
			return;
		}
		$this->add(
			'post',
			array(
				'id'     => $id,
				'type'   => 'revision',
				'author' => $dice->weighted( array( self::VICTIM => 50, self::COLLEAGUE => 45, self::NOBODY => 5 ) ),
				'status' => 'inherit',
				'name'   => $post['id'] . $dice->pick( array( '-revision-v1', '-revision-v1', '-autosave-v1' ) ),
				'parent' => $post['id'],
				'date'   => $this->date(),
				'gmt'    => $this->date(),
				'title'  => $dice->chance( 70 ) ? $post['title'] : $this->text( 1 ),
				'guid'   => "http://example.test/?p=$id",
				'terms'  => $dice->chance( 5 ) ? $dice->some( $this->terms['category'], 1 ) : array(),
				'metas'  => $dice->chance( 15 ) ? $this->metas() : array(),
			) + array_intersect_key( $post, array( 'content' => '', 'excerpt' => '' ) )
		);
	}

	private function menu(): void {
		$dice = $this->dice;
		for ( $i = $dice->number( 0, 6 ); $i > 0; $i-- ) {
			$id     = array_pop( $this->free_ids );
			$target = $this->reference( $this->post_ids(), 5 );
			$value  = (string) $target;
			if ( $dice->chance( 12 ) ) {
				$value = $dice->pick( array( "0$value", "$value ", " $value", "{$value}x", '', "$value.0" ) );
			}
			$kind  = $dice->weighted( array( 'post_type' => 8, 'taxonomy' => 1, 'custom' => 1 ) );
			$metas = array( array( '_menu_item_type', $kind ), array( '_menu_item_object', 'page' ), array( '_menu_item_object_id', $value ), array( '_menu_item_menu_item_parent', (string) $this->reference( $this->post_ids( 'nav_menu_item' ) ) ) );
			if ( $dice->chance( 15 ) ) {
				$metas[] = $dice->pick( array( array( '_menu_item_type', 'custom' ), array( '_menu_item_object_id', (string) $this->reference( $this->post_ids(), 5 ) ) ) );
			}
			$metas = $dice->chance( 20 ) ? $dice->shuffled( $metas ) : $metas;
			$this->add(
				'post',
				array(
					'id'     => $id,
					'type'   => 'nav_menu_item',
					'author' => $this->author(),
					'status' => $dice->weighted( array( 'publish' => 7, 'draft' => 1, 'trash' => 1, 'auto-draft' => 1, 'private' => 1 ) ),
					'name'   => (string) $id,
					'title'  => $this->text( 1 ),
					'parent' => $dice->chance( 30 ) ? $this->reference( $this->post_ids() ) : 0,
					'date'   => $this->date(),
					'gmt'    => $this->date(),
					'terms'  => $dice->some( $this->terms['nav_menu'], 1 ),
					'metas'  => $metas,
				)
			);
		}
	}

	private function thumbnails(): void {
		$images = $this->post_ids( 'attachment' );
		if ( ! $images ) {
			return;
		}
		foreach ( $this->posts() as $key => $post ) {
			if ( $this->dice->chance( 25 ) ) {
				$id    = (string) $this->dice->pick( $images );
				$value = $this->dice->chance( 80 ) ? $id : $this->dice->pick( array( "0$id", "$id ", " $id", "{$id}x", '' ) );
				$this->plan['objects'][ $key ]['metas'][] = array( $this->dice->chance( 95 ) ? '_thumbnail_id' : '_Thumbnail_id', $value );
			}
		}
	}

	private function comments(): void {
		$dice = $this->dice;
		$ids  = array();
		for ( $i = $dice->number( 0, 30 ); $i > 0; $i-- ) {
			$ids[] = $this->next_comment += $dice->number( 1, 2 );
		}
		$made  = array();
		$posts = $dice->shuffled( $this->post_ids() );
		// Some get conversations; a reply may be anywhere, and older than what it answers.
		$posts = array_merge( array_slice( $posts, 0, 3 ), array_slice( $posts, 0, 3 ), $posts );
		foreach ( $dice->shuffled( $ids ) as $id ) {
			$by = $this->author();
			$this->add(
				'comment',
				array(
					'id'     => $id,
					'post'   => $this->reference( $posts, 3 ),
					'parent' => $this->reference( $made, 35 ),
					'author' => $dice->pick( array( 0, 0, $by ) ),
					'status' => $dice->weighted( array( '1' => 8, '0' => 3, 'spam' => 2, 'trash' => 2, 'post-trashed' => 2, "cus'tom" => 1 ) ),
					'type'   => $dice->pick( array( 'comment', 'comment', 'pingback', 'note', '', 'review' ) ),
					'date'   => $this->date(),
					'text'   => $this->text( 2 ),
					'metas'  => $dice->chance( 40 ) ? array( array( "rating's", $this->text( 1 ) ), array( '_wp_trash_meta_status', '1' ) ) : array(),
				)
			);
			$made[] = $id;
		}
	}

	private function links(): void {
		$dice = $this->dice;
		$ids  = array_unique( array_merge( $dice->some( $this->post_ids(), 3 ), $dice->some( array( 5, 6, 7 ), 3 ) ) );
		foreach ( $ids as $id ) {
			$this->add( 'link', array( 'id' => $id, 'owner' => $dice->pick( array( self::VICTIM, self::VICTIM, self::COLLEAGUE ) ), 'name' => $this->text( 1 ), 'terms' => array_merge( $dice->some( $this->terms['link_category'], 2 ), $dice->chance( 10 ) ? $dice->some( $this->terms['genre'], 1 ) : array() ) ) );
		}
	}

	/** Relationships of what is no more, or to what is no more. */
	private function relations(): void {
		$dice = $this->dice;
		for ( $i = $dice->number( 0, 4 ); $i > 0; $i-- ) {
			$taxonomy = $dice->pick( array_keys( self::TAXONOMIES ) );
			$term     = $dice->chance( 50 ) && $this->terms[ $taxonomy ] ? $dice->pick( $this->terms[ $taxonomy ] ) : self::DANGLING + 5;
			$this->add( 'relation', array( 'object' => $term > self::DANGLING ? $this->reference( $this->post_ids(), 0 ) : $dice->pick( array( self::VICTIM, self::DANGLING + 2 ) ), 'tt' => $term ) );
		}
		// A term whose name is gone, its taxonomy's row is not.
		if ( $dice->chance( 30 ) ) {
			$this->add( 'term', array( 'id' => 55, 'tt' => 250, 'taxonomy' => 'genre', 'name' => null, 'slug' => '', 'parent' => 0, 'count' => 9 ) );
			$this->add( 'relation', array( 'object' => $this->reference( $this->post_ids(), 0 ), 'tt' => 250 ) );
		}
	}

	private function options(): void {
		$dice  = $this->dice;
		$pages = $this->post_ids( 'page' );
		$all   = $this->post_ids();
		$image = $this->post_ids( 'attachment' );
		$set   = function ( string $name, $value, int $chance = 50 ) {
			if ( $this->dice->chance( $chance ) ) {
				$this->add( 'option', array( 'name' => $name, 'value' => $value ) );
			}
		};

		$set( 'timezone_string', $dice->pick( array( 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', '' ) ), 80 );
		if ( $pages ) {
			$set( 'show_on_front', 'page' );
			foreach ( array( 'page_on_front', 'page_for_posts', 'wp_page_for_privacy_policy' ) as $name ) {
				$set( $name, (string) $dice->pick( $dice->chance( 85 ) ? $pages : $all ), 60 );
			}
		}
		// Not menu items: core's query for those of a post gives the sticky ones of all posts.
		$sticky = array_map( static fn( $id ) => $dice->chance( 20 ) ? (string) $id : $id, $dice->some( array_values( array_diff( $all, $this->post_ids( 'nav_menu_item' ) ) ), 8 ) );
		$sticky = array_merge( $sticky, $dice->some( array( 'abc', self::DANGLING, 0, $sticky[0] ?? 1 ), 2 ) );
		$set( 'sticky_posts', $sticky, 70 );
		$set( 'wp_calendar_block_has_published_posts', $dice->pick( array( '1', '' ) ), 60 );
		if ( $this->plan['network'] ) {
			$set( 'post_count', (string) $dice->number( 0, 9 ), 60 );
		}
		if ( $image ) {
			$set( 'site_icon', (string) $dice->pick( $image ), 40 );
			$set( 'site_logo', (string) $dice->pick( $image ), 40 );
			$mods = array();
			foreach ( array( 'custom_logo' => $dice->pick( $image ), 'header_text' => 1, 'header_image' => 'http://example.test/wp-content/uploads/2026/01/' . $dice->pick( $image ) . '.jpg', 'kept' => 'yes' ) as $mod => $value ) {
				if ( $dice->chance( 50 ) ) {
					$mods[ $mod ] = $value;
				}
			}
			$set( 'theme_mods_twentytwentythree', $mods, 60 );
		}
		$set( '_transient_is_multi_author', '1', 60 );
	}

	private function events(): void {
		$dice = $this->dice;
		$ids  = $this->post_ids();
		for ( $i = $dice->number( 0, 6 ); $i > 0; $i-- ) {
			$id = $dice->pick( $ids );
			$this->add(
				'event',
				array(
					'time' => gmmktime( $dice->number( 0, 3 ), 0, 0, 7, 1, 2027 ),
					'hook' => $dice->weighted( array( 'publish_future_post' => 6, 'another_event' => 1 ) ),
					'args' => array( $this->is_wild() && $dice->chance( 25 ) ? (string) $id : $id ),
				)
			);
		}
		foreach ( $this->posts() as $post ) {
			if ( 'future' === $post['status'] && $dice->chance( 80 ) ) {
				$this->add( 'event', array( 'time' => gmmktime( 12, 0, 0, 7, 1, 2027 ), 'hook' => 'publish_future_post', 'args' => array( $post['id'] ) ) );
			}
		}
	}

	/** Pages under themselves or one another, with nothing else below: core would mend other posts on the way. */
	private function loops(): void {
		$dice    = $this->dice;
		$parents = array_column( $this->posts(), 'parent' );
		$leaves  = array_filter( $this->posts(), static fn( $post ) => ! in_array( $post['id'], $parents, true ) && in_array( $post['type'], array( 'post', 'page', 'attachment', 'doc' ), true ) );
		if ( ! $leaves || ! $dice->chance( 35 ) ) {
			return;
		}
		$first  = $dice->pick( array_keys( $leaves ) );
		$second = $dice->pick( array_keys( $leaves ) );
		$this->plan['objects'][ $first ]['parent']  = $leaves[ $second ]['id'];
		$this->plan['objects'][ $second ]['parent'] = $leaves[ $first ]['id'];
	}
}
