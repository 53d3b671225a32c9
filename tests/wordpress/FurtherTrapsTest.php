<?php
/**
 * The traps of deleting for good, and of all that points at posts: is each avoided?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/TrapsTestCase.php';

/**
 * Continues TrapsTest, in the same way.
 */
final class FurtherTrapsTest extends TrapsTestCase {

	/**
	 * @dataProvider suites
	 */
	public function test_12_texts_pass_no_filter( string $suite ): void {
		$link = '<a href="https://example.org" target="_blank"%s>Away</a>';
		// By label: column, text; what core makes of it for nobody, and for an administrator.
		$texts = array(
			'script'            => array( 'post_content', '<script>alert( 1 )</script><iframe src="https://example.org"></iframe>', 'alert( 1 )', null ),
			'emoji'             => array( 'post_content', 'Elephants 🐘 & co', 'Elephants 🐘 &amp; co', null ),
			'ampersand'         => array( 'post_title', 'Black & white <blink>', 'Black &amp; white ', null ),
			'entity'            => array( 'post_content', 'An old &#150; dash.', 'An old &#8211; dash.', 'An old &#8211; dash.' ),
			'spaces'            => array( 'post_title', '  spaces around  ', 'spaces around', 'spaces around' ),
			'target'            => array( 'post_content', sprintf( $link, '' ), ...array_fill( 0, 2, sprintf( $link, 'bookworm' === $suite ? ' rel="noopener"' : '' ) ) ),
			'quotes'            => array( 'post_excerpt', '\\', null, null ),
			'to-ping'           => array( 'to_ping', 'https://example.org/ping ftp://example.org nonsense', ...array_fill( 0, 2, 'https://example.org/ping' ) ),
			'no-comment-status' => array( 'comment_status', '', 'closed', 'closed' ),
			'no-ping-status'    => array( 'ping_status', '', 'open', 'open' ),
			'mime'              => array( 'post_mime_type', 'text/x html', 'text/xhtml', 'text/xhtml' ),
		);
		foreach ( array( 'delete' => 2, 'trash media' => 3 ) as $name => $actor ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			foreach ( $texts as $label => $text ) {
				self::assertSame( $text[1], $before->post( $label )[ $text[0] ] );
				self::assertSame( self::native( $text[1], $text[ $actor ] ?? $text[1] ), $after->post( $label )[ $text[0] ], "$name: $label" );
			}
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_13_guids_are_kept( string $suite ): void {
		list( , $after ) = self::deletion( $suite, 'delete' );
		$guids           = array(
			'guid-tag'       => self::native( 'tag:blogger.com,1999:blog-1.post-2', '' ),
			'guid-ampersand' => self::native( 'http://example.org/?a=1&b=2', 'http://example.org/?a=1&#038;b=2' ),
			'guid-number'    => self::native( '12345', 'http://12345' ),
			'guid-urn'       => 'urn:uuid:00000000-0000-4000-8000-000000000000',
			'post-publish-0' => 'http://example.test/?p=' . $after->id( 'post-publish-0' ),
		);
		self::assertSame( $guids, $after->column( 'guid', array_keys( $guids ) ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_14_page_templates_are_kept( string $suite ): void {
		list( , $after ) = self::deletion( $suite, 'delete' );
		$templates       = array(
			'template-missing'      => self::native( array( 'no-such-template.php' ), array( 'default' ) ),
			'template-missing-page' => self::native( array( 'no-such-template.php' ), array( 'default' ) ),
			'template-twice'        => self::native( array( 'first.php', 'second.php' ), array( 'default', 'default' ) ),
			'template-default'      => array( 'default' ),
		);
		foreach ( $templates as $label => $values ) {
			self::assertSame( $values, $after->metas( $label, '_wp_page_template' ), $label );
			self::assertSame( 'trash', $after->post( $label )['post_status'] );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_15_menu_items_of_what_goes_for_good( string $suite ): void {
		$go   = array( 'item-book', 'item-twice', 'item-trashed-page', 'item-draft', 'item-mystatus', 'item-private', 'item-of-victim' );
		$stay = array( 'item-under-book', 'item-others', 'item-category', 'item-custom', 'item-trash', 'item-auto-draft', 'item-zero' );
		// Items of trashed posts stay, so that it depends on the trash; the last number is what the menu counts.
		$more = array(
			'delete'      => array( array( 'item-attachment' ), array( 'item-page', 'item-post' ), 7 ),
			'trash media' => array( array(), array( 'item-page', 'item-post', 'item-attachment' ), 8 ),
			'erase'       => array( array( 'item-page', 'item-post', 'item-attachment' ), array(), 5 ),
		);
		foreach ( $more as $name => list( $more_go, $more_stay, $count ) ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			self::assertSame( array(), $after->there( array_merge( $go, $more_go ) ), $name );
			foreach ( array_merge( $stay, $more_stay ) as $label ) {
				self::assertSame( $before->post( $label ), $after->post( $label ), "$name: $label" );
			}
			self::assertSame( array( 'nav_menu:main' => 12 ), $before->counts( array( 'nav_menu:main' ) ) );
			self::assertSame( array( 'nav_menu:main' => $count ), $after->counts( array( 'nav_menu:main' ) ), $name );
			self::assertSame( array( 9, 0 ), array( $before->count_metas( 'item-book' ), $after->count_metas( 'item-book' ) ) );
			self::assertSame( array( array(), array() ), array( $after->comments( 'item-book' ), $after->terms( 'item-book' ) ) );
			// What was below it keeps it as its parent.
			self::assertSame( array( (string) $after->id( 'item-book' ) ), $after->metas( 'item-under-book', '_menu_item_menu_item_parent' ) );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_16_attachments_go_with_files_and_references( string $suite ): void {
		list( , $after ) = self::deletion( $suite, 'delete' );
		self::assertSame( array(), $after->there( array( 'image', 'scaled', 'edited', 'plain', 'outside', 'missing', 'shared', 'attachment-trashed', 'attachment-private' ) ) );
		self::assertSame( 0, $after->count_metas( 'image' ) );
		self::assertSame( array( 'lens:wide', 'link_category:friends' ), $after->terms( 'image' ) );
		self::assertSame( array(), $after->comments( 'image' ) );
		// Children and revisions keep the parent that is gone.
		$orphans = array( 'tree-child-others', 'revision-of-attachment' );
		self::assertSame( self::all( $orphans, 'image' ), $after->parents( $orphans ) );

		// Featured images: the number as a text, which the database compares without trailing spaces.
		foreach ( array( 'post-publish-1', 'post-publish-12', 'revision-same', 'post-publish-13', 'leaf-others' ) as $label ) {
			self::assertSame( array(), $after->metas( $label, '_thumbnail_id' ), $label );
		}
		$image = $after->id( 'image' );
		self::assertSame( array( "0$image" ), $after->metas( 'root-others', '_thumbnail_id' ) );
		self::assertSame( array( "{$image}x" ), $after->metas( 'front-others', '_thumbnail_id' ) );
		self::assertSame( array( (string) $after->id( 'image-others' ) ), $after->metas( 'post-publish-2', '_thumbnail_id' ) );
		self::assertSame( array( (string) $image ), $after->metas( 'sticky-others', 'not_thumbnail_id' ) );

		$gone   = array( 'image.jpg', 'image-150x150.jpg', 'image-768x576.jpg', 'scaled.jpg', 'scaled-scaled.jpg', 'scaled-2048x32.jpg', 'edited.jpg', 'edited-e1700000000000.jpg', 'paper.pdf', 'plain.txt', 'plain-thumb.txt', 'shared-own.jpg', 'attachment-trashed.jpg' );
		$others = array( 'image-others.jpg', 'image-others-150x150.jpg', 'tree-child.jpg' );
		$new    = array( 'plain.heic', 'plain.mp4' );
		$shared = array( 'shared.jpg', 'shared-150x150.jpg' );
		self::assertSame( array(), $after->files( $gone ) );
		self::assertSame( $others, $after->files( $others ) );
		self::assertSame( 'sid' === $suite ? array() : $new, $after->files( $new ) );
		self::assertSame( self::native( $shared, array() ), $after->files( $shared ) );

		// The site's own images; 6.8 takes the number for another, as it is text.
		$logo = self::native( false, 'trixie' === $suite );
		self::assertSame( $logo ? (string) $after->id( 'logo' ) : null, $after->option( 'site_logo' ) );
		self::assertSame( self::native( null, (string) $after->id( 'icon' ) ), $after->option( 'site_icon' ) );
		$mods = array(
			'custom_logo' => $after->id( 'logo' ),
			'header_text' => 1,
			'kept'        => 'yes',
		);
		self::assertSame( $logo ? $mods : array( 'kept' => 'yes' ), $after->option( 'theme_mods_twentytwentythree' ) );

		list( $before, $after ) = self::deletion( $suite, 'trash media' );
		self::assertSame( array( 'image' => 'trash', 'attachment-trashed' => 'gone' ), $after->column( 'post_status', array( 'image', 'attachment-trashed' ) ) );
		self::assertSame( array( 'inherit' ), $after->metas( 'image', '_wp_trash_meta_status' ) );
		self::assertSame( $before->terms( 'image' ), $after->terms( 'image' ) );
		self::assertSame( array( (string) $image ), $after->metas( 'post-publish-1', '_thumbnail_id' ) );
		self::assertSame( array( 'image.jpg', 'shared.jpg', 'plain.txt' ), $after->files( array( 'image.jpg', 'shared.jpg', 'plain.txt', 'attachment-trashed.jpg' ) ) );

		$hooks = self::heard_of_posts( $suite, 'attachment' );
		self::assertContains( 'delete_attachment', $hooks );
		self::assertContains( 'deleted_post', $hooks );
		self::assertSame( array(), array_intersect( array( 'before_delete_post', 'after_delete_post', 'pre_delete_post' ), $hooks ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_17_children_of_what_goes_for_good_move_up( string $suite ): void {
		// A trashed page keeps its children.
		$with_trash = array(
			'leaf-others'        => 'branch',
			'attached-to-branch' => 'branch',
			'same-slug-branch'   => 'branch',
		);
		$without    = array(
			'leaf-others'        => 'root-others',
			'attached-to-branch' => 'root-others',
			'same-slug-branch'   => 'gone',
		);
		$always     = array(
			// Past all that go: two pages, and a child older than its parent.
			'orphan-others'            => 'root-others',
			'grandchild-others'        => 'root-others',
			'attached-to-trashed-twig' => 'root-others',
			'doc-leaf'                 => 'doc-root',
			'attached-to-doc-lower'    => 'doc-root',
			// Only of its own type.
			'page-under-doc'           => 'doc-lower',
			// Books are not hierarchical: an attachment gets what its book has at its turn.
			'attached-to-chain-lower'  => 'root-others',
			'attached-to-chain-upper'  => 'root-others',
			'attached-to-rising-lower' => 'rising-upper',
			'attached-to-ledger-draft' => 'ledger-draft',
		);
		foreach ( array( 'delete' => $with_trash, 'erase' => $without ) as $name => $more ) {
			list( , $after ) = self::deletion( $suite, $name );
			$expected        = array_filter( $always + $more, static fn( $parent ) => 'gone' !== $parent );
			self::assertSame( $expected, $after->parents( array_keys( $expected ) ), $name );
			self::assertSame( array(), $after->there( array( 'doc-lower', 'rising-upper', 'trashed-twig', 'late-parent' ) ) );
		}
		list( , $after ) = self::deletion( $suite, 'delete' );
		self::assertSame( array( 'orphan-own' => 'root-others', 'page-under-doc-own' => 'doc-lower' ), $after->parents( array( 'orphan-own', 'page-under-doc-own' ) ) );
		// A page that is its own parent, and two that are each other's, are saved by core without one.
		$loop = array(
			'own-parent'  => self::native( 'own-parent', '-' ),
			'loop-first'  => self::native( 'loop-second', '-' ),
			'loop-second' => 'loop-first',
		);
		self::assertSame( $loop, $after->parents( array_keys( $loop ) ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_18_sticky_posts_and_the_pages_of_the_site( string $suite ): void {
		$privacy = static fn( $label, $after ) => 'sid' === $suite ? '0' : (string) $after->id( $label );

		list( , $after ) = self::deletion( $suite, 'delete' );
		// Only numbers, each once; attachments are not taken out.
		self::assertSame( array( $after->id( 'sticky-others' ), 0, $after->id( 'in-sticky' ) ), $after->option( 'sticky_posts' ) );
		self::assertSame( array( 'posts', '0', '0' ), array( $after->option( 'show_on_front' ), $after->option( 'page_on_front' ), $after->option( 'page_for_posts' ) ) );
		// It was in the trash, and goes for good.
		self::assertSame( $privacy( 'privacy-trashed', $after ), $after->option( 'wp_page_for_privacy_policy' ) );

		list( , $after ) = self::deletion( $suite, 'trash media' );
		self::assertSame( array( $after->id( 'sticky-others' ), 0 ), $after->option( 'sticky_posts' ) );
		self::assertSame( array( 'posts', '0', '0' ), array( $after->option( 'show_on_front' ), $after->option( 'page_on_front' ), $after->option( 'page_for_posts' ) ) );
		self::assertSame( (string) $after->id( 'privacy' ), $after->option( 'wp_page_for_privacy_policy' ) );

		list( , $after ) = self::deletion( $suite, 'erase' );
		self::assertSame( array( 'page', (string) $after->id( 'front-others' ), '0' ), array( $after->option( 'show_on_front' ), $after->option( 'page_on_front' ), $after->option( 'page_for_posts' ) ) );
		self::assertSame( $privacy( 'privacy', $after ), $after->option( 'wp_page_for_privacy_policy' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_19_replies_find_the_nearest_ancestor_that_is_left( string $suite ): void {
		list( $before, $after ) = self::deletion( $suite, 'delete' );
		$parent                 = static fn( $state, $id ) => (int) $state->tables['comments'][ $id ]['comment_parent'];
		// A conversation: on a post that stays, two on a book, on a trashed post, a book, the first post, a book, the first.
		$first  = $before->comment( 'post-publish-12', 2 );
		$second = $before->comment( 'post-publish-3', 2 );
		$third  = $before->comment( 'post-publish-12', 3 );
		$fourth = $before->comment( 'post-publish-12', 4 );
		self::assertSame( array( 0, $first + 2, $second + 1, $third + 1 ), array_map( fn( $id ) => $parent( $before, $id ), array( $first, $second, $third, $fourth ) ) );
		self::assertSame( array( 0, $first, $second, $third ), array_map( fn( $id ) => $parent( $after, $id ), array( $first, $second, $third, $fourth ) ) );
		self::assertSame( array(), $after->comments( 'book-publish-3' ) );
		self::assertSame( array(), $after->comments( 'book-publish-2' ) );

		// What the victim said elsewhere is still the victim's.
		foreach ( array( 'post-publish-12' => 3, 'post-publish-13' => 6 ) as $label => $count ) {
			$authors = array_column( $after->comments( $label ), 'user_id' );
			self::assertCount( $count, array_keys( $authors, self::user( $suite, 'victim' ), true ), $label );
		}
		self::assertSame( 'victim@example.org', $after->comments( 'post-publish-12' )[ $after->comment( 'post-publish-12', 7 ) ]['comment_author_email'] );

		foreach ( array( 'delete', 'erase' ) as $name ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			// Each comment of the fixture has one meta.
			$rated = array_column( $after->tables['commentmeta'], 'comment_id' );
			self::assertSame( array(), array_diff( $rated, array_keys( $after->tables['comments'] ) ), $name );
			self::assertCount( count( $before->tables['commentmeta'] ) - count( $before->tables['comments'] ) + count( $after->tables['comments'] ), $rated, $name );
		}
		// The trashed post is no more, too.
		self::assertSame( array( $first, $third ), array( $parent( $after, $third ), $parent( $after, $fourth ) ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_20_revisions_that_go( string $suite ): void {
		$go   = array( 'revision-own', 'revision-others-revised-publish', 'autosave-others-revised-publish', 'revision-others-revised-trash', 'revision-book', 'revision-book-others', 'revision-trash-others', 'revision-of-nothing' );
		$stay = array( 'revision-others-revised-publish-others', 'revision-others-revised-trash-others', 'revision-of-attachment' );
		$of   = array( 'revision-same', 'revision-older', 'page-revision-same', 'autosave-others', 'revision-often-3', 'revision-often-5' );
		$old  = array( 'revision-often-0', 'revision-often-1', 'revision-often-2' );
		foreach ( array( 'delete', 'trash media', 'erase' ) as $name ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			self::assertSame( array(), $after->there( $go ), $name );
			self::assertSame( $stay, $after->there( $stay ), $name );
			self::assertSame( 'erase' === $name ? array() : $of, $after->there( $of ), $name );
			// Nothing is too much, as none is added.
			self::assertSame( 'erase' === $name ? array() : self::native( $old, array() ), $after->there( $old ), $name );
			foreach ( array( 'revision-own', 'revision-book' ) as $label ) {
				self::assertSame( array( array( 'note' ), array() ), array( $before->metas( $label, 'footnotes' ), $after->metas( $label, 'footnotes' ) ) );
			}
			foreach ( array( 'revision-own', 'revision-book-others' ) as $label ) {
				self::assertSame( array( 1, 0 ), array( count( $before->comments( $label ) ), count( $after->comments( $label ) ) ) );
			}
			self::assertSame( $before->post( 'others-revised-publish' ), $after->post( 'others-revised-publish' ) );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_21_nothing_is_published_that_went( string $suite ): void {
		$others = array( 'book-future-5', 'page-future-4', 'post-future-12', 'post-future-13' );
		// Where core looks for the text of a number, it finds only what was scheduled by one; 7.1 looks for the number.
		$books   = array( 'book-future-0', 'book-future-1', 'book-future-2', 'book-future-3', 'book-future-4' );
		$forgets = 'sid' === $suite ? array( "'book-future-0'", 'image' ) : array( 'image', ...$books );
		$posts   = array( 'page-future-0', 'page-future-1', 'page-future-2', 'page-future-3', 'post-draft-0', 'refused-future' );
		for ( $i = 0; $i < 12; $i++ ) {
			$posts[] = "post-future-$i";
		}
		$left = array(
			'delete'      => array( ...$forgets, 'refused-future' ),
			'trash media' => array( ...$forgets, 'refused-future' ),
			'erase'       => 'sid' === $suite ? $forgets : array( ...$forgets, ...$posts ),
		);
		foreach ( $left as $name => $labels ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			$all                    = array( "'book-future-0'", 'image', ...$books, ...$posts, ...$others );
			self::assertEqualsCanonicalizing( $all, $before->scheduled() );
			self::assertEqualsCanonicalizing( self::native( $others, array( ...$others, ...$labels ) ), $after->scheduled(), $name );
			$event = $after->option( 'cron' )[ gmmktime( 12, 0, 0, 7, 2, 2027 ) ]['another_event'];
			self::assertSame( array( array( $after->id( 'book-future-0' ) ) ), array_column( $event, 'args' ) );
		}
	}
}
