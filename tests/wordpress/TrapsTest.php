<?php
/**
 * The traps of moving posts to the trash: is each avoided?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/TrapsTestCase.php';

/**
 * What the database must hold, written down. Where the native engine differs on purpose (D1 to D11) both are. Goes on
 * in FurtherTrapsTest and LastTrapsTest.
 */
final class TrapsTest extends TrapsTestCase {

	/**
	 * @dataProvider suites
	 */
	public function test_01_posts_and_pages_are_trashed_and_keep_their_author( string $suite ): void {
		list( $before, $after ) = self::deletion( $suite, 'delete' );
		$trashed                = array();
		foreach ( array( 'publish', 'future', 'draft', 'pending', 'private', 'auto-draft', 'inherit', 'mystatus' ) as $status ) {
			array_push( $trashed, "post-$status-0", "page-$status-0" );
		}
		$gone = array( 'post-trash-0', 'page-trash-0' );
		self::assertArrayNotHasKey( self::user( $suite, 'victim' ), $after->tables['users'] );
		self::assertSame( self::all( $trashed, 'trash' ), $after->column( 'post_status', $trashed ) );
		self::assertSame( self::all( $trashed, self::user( $suite, 'victim' ) ), $after->column( 'post_author', $trashed ) );
		self::assertSame( self::all( $trashed, '2026-03-01 11:20:30' ), $after->column( 'post_modified', $trashed ) );
		self::assertSame( self::all( $trashed, '2026-03-01 10:20:30' ), $after->column( 'post_modified_gmt', $trashed ) );
		self::assertSame( array(), $after->there( $gone ) );
		foreach ( array( 'post-publish-12', 'post-trash-12', 'page-draft-4' ) as $of_others ) {
			self::assertSame( $before->post( $of_others ), $after->post( $of_others ) );
		}

		// Without a trash, for good.
		list( , $after ) = self::deletion( $suite, 'erase' );
		self::assertSame( array(), $after->there( array_merge( $trashed, $gone ) ) );
		self::assertSame( array( 'post-publish-12' ), $after->there( array( 'post-publish-12' ) ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_02_types_that_go_and_types_that_stay( string $suite ): void {
		$goes  = array( 'book-publish-0', 'gone-publish', 'wp-template-publish', 'wp-template-part-publish', 'shouted-type', 'revision-own' );
		$stays = array( 'wp-block-publish', 'kept-publish', 'unregistered' );
		foreach ( array( 'gone', 'chosen', 'doc', 'wp-template', 'wp-template-part' ) as $type ) {
			array_push( $goes, "$type-draft", "$type-trash" );
		}
		$kept = array( 'ledger', 'kept', 'spared', 'nav-menu-item', 'wp-block', 'wp-navigation', 'wp-global-styles', 'customize-changeset', 'oembed-cache', 'custom-css', 'user-request' );
		if ( 'bookworm' !== $suite ) {
			array_push( $kept, 'wp-font-family', 'wp-font-face' );
		}
		foreach ( $kept as $type ) {
			array_push( $stays, "$type-draft", "$type-trash" );
		}
		foreach ( array( 'delete', 'erase', 'trash media' ) as $name ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			self::assertSame( $goes, $before->there( $goes ) );
			self::assertSame( array(), $after->there( $goes ), $name );
			foreach ( $stays as $label ) {
				self::assertSame( $before->post( $label ), $after->post( $label ), $name );
				self::assertSame( self::user( $suite, 'victim' ), $after->post( $label )['post_author'] );
				self::assertSame( $before->comments( $label ), $after->comments( $label ), $label );
				self::assertSame( $before->metas( $label, 'note' ), $after->metas( $label, 'note' ), $label );
			}
			self::assertSame( array( 'ledger-draft' ), $after->metas( 'ledger-draft', 'note' ) );
		}
		self::assertSame( array( 'image' ), $after->there( array( 'image' ) ) );
		self::assertSame( array(), self::deletion( $suite, 'delete' )[1]->there( array( 'image' ) ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_03_slugs_of_trashed_posts( string $suite ): void {
		list( $before, $after ) = self::deletion( $suite, 'delete' );
		$slugs                  = array(
			'post-publish-0'    => 'title-of-post-publish-0__trashed',
			// Taken by others, in the same type only.
			'taken'             => 'foo__trashed-3',
			'free-in-this-type' => 'bar__trashed',
			// Equal to the collation: case, accents, trailing spaces.
			'case'              => 'cafe__trashed-2',
			'padded'            => 'padded__trashed-2',
			'twin-first'        => 'twin__trashed',
			'twin-second'       => 'Twin__trashed-2',
			'twin-third'        => 'twín__trashed-3',
			// Drafts without one; the first of posts is taken.
			'page-draft-0'      => '__trashed',
			'page-draft-1'      => '__trashed-2',
			'post-draft-0'      => '__trashed-2',
			'post-draft-1'      => '__trashed-3',
			// Pages, per parent, and compared with attachments.
			'slugless-page-1'   => '__trashed',
			'slugless-page-3'   => '__trashed-2',
			'same-slug-root'    => 'same__trashed',
			'same-slug-branch'  => 'same__trashed',
			'same-slug-taken'   => 'same__trashed-2',
			'map'               => 'map__trashed-2',
			// At most 191 bytes, 200 with the suffix and its number; no encoded letter is split.
			'long-190'          => substr( str_repeat( 'long190-', 24 ), 0, 190 ) . '__trashed',
			'long-191'          => substr( str_repeat( 'long191-', 24 ), 0, 191 ) . '__trashed',
			'long-200'          => substr( str_repeat( 'long200-', 24 ), 0, 191 ) . '__trashed',
			'long-dash'         => str_repeat( 'd', 190 ) . '__trashed',
			'long-twin-first'   => str_repeat( 't', 191 ) . '__trashed',
			'long-twin-second'  => str_repeat( 't', 191 ) . '__trash-2',
			'long-twin-third'   => str_repeat( 't', 191 ) . '__trash-3',
			'cyrillic-200'      => 'ab' . str_repeat( '%d0%b6', 31 ) . '__trashed',
			'cyrillic-200-twin' => 'ab' . str_repeat( '%d0%b6', 31 ) . '__trashed-2',
			'quoted-slug'       => 'it\'s "so" 100%__trashed',
			'zero-slug'         => '0__trashed',
			'suffix-inside'     => 'old__trashed-2__trashed',
		);
		self::assertSame( $slugs, $after->column( 'post_name', array_keys( $slugs ) ) );
		foreach ( $slugs as $label => $_ ) {
			self::assertSame( array( $before->post( $label )['post_name'] ), $after->metas( $label, '_wp_desired_post_slug' ), $label );
		}
		self::assertSame( array( '' ), $after->metas( 'post-draft-0', '_wp_desired_post_slug' ) );
		self::assertSame( array( str_repeat( 't', 191 ) . 'two' ), $after->metas( 'long-twin-second', '_wp_desired_post_slug' ) );

		// Suffixed already.
		$slugs = array(
			'suffixed'       => 'already__trashed',
			'suffixed-draft' => 'drafted__trashed',
			'suffixed-taken' => 'both__trashed-2',
		);
		self::assertSame( $slugs, $after->column( 'post_name', array_keys( $slugs ) ) );
		foreach ( $slugs as $label => $_ ) {
			self::assertSame( array(), $after->metas( $label, '_wp_desired_post_slug' ), $label );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_04_trash_metas_survive_the_revisions_of_the_victim( string $suite ): void {
		foreach ( array( 'delete', 'trash media' ) as $name ) {
			list( , $after ) = self::deletion( $suite, $name );
			$expected        = array(
				'others-revised-trash'          => self::native( array( array( 'publish' ), array( '1700000002' ) ), array( array(), array() ) ),
				'revised-by-victim-stale-metas' => self::native( array( array( 'pending', 'publish' ), array( '1700000001', self::DELETED_AT ) ), array( array( 'publish' ), array( self::DELETED_AT ) ) ),
				'revised-often'                 => self::native( array( array( 'publish' ), array( self::DELETED_AT ) ), array( array(), array() ) ),
				'revised-by-victim'             => array( array( 'publish' ), array( self::DELETED_AT ) ),
			);
			foreach ( $expected as $label => $metas ) {
				self::assertSame( $metas, array( $after->metas( $label, '_wp_trash_meta_status' ), $after->metas( $label, '_wp_trash_meta_time' ) ), "$name: $label" );
				self::assertSame( 'trash', $after->post( $label )['post_status'] );
			}
			self::assertSame( array(), $after->there( array( 'revision-others-revised-trash', 'autosave-others-revised-trash', 'revision-own-stale', 'revision-own' ) ) );
		}
		list( , $after ) = self::deletion( $suite, 'erase' );
		self::assertSame( self::native( array( '1700000002' ), array() ), $after->metas( 'others-revised-trash', '_wp_trash_meta_time' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_05_trashing_adds_no_revision( string $suite ): void {
		foreach ( array( 'delete' => '0', 'trash media' => self::user( $suite, 'administrator' ) ) as $name => $actor ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			$new                    = array_diff_key( $after->tables['posts'], $before->tables['posts'] );
			if ( ParityScenario::has_extension() ) {
				self::assertSame( array(), $new );
				continue;
			}
			self::assertSame( array( $actor ), array_values( array_unique( array_column( $new, 'post_author' ) ) ) );
			$by_parent = array_column( $new, null, 'post_parent' );
			foreach ( array( 'post-publish-0', 'post-auto-draft-0', 'revised-older', 'revised-autosave-only' ) as $label ) {
				$row      = $by_parent[ $after->id( $label ) ];
				$expected = array(
					'post_type'      => 'revision',
					'post_status'    => 'inherit',
					'post_name'      => $after->id( $label ) . '-revision-v1',
					'post_date'      => '2026-03-01 11:20:30',
					'post_modified'  => '2026-03-01 11:20:30',
					'post_content'   => "Content of $label.",
					'comment_status' => 'closed',
					'guid'           => 'http://example.test/?p=' . $row['ID'],
				);
				self::assertSame( $expected, array_intersect_key( array_replace( $expected, $row ), $expected ) );
			}
			foreach ( array( 'revised-same', 'revised-spaces', 'page-revised-same' ) as $label ) {
				self::assertArrayNotHasKey( $after->id( $label ), $by_parent );
			}
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_06_comments_are_trashed_with_their_post( string $suite ): void {
		list( $before, $after ) = self::deletion( $suite, 'delete' );
		$format                 = 'a:2:{i:%d;s:1:"1";i:%d;s:1:"0";}';
		self::assertSame( array( vsprintf( $format, array_keys( $before->comments( 'post-publish-0' ) ) ) ), $after->metas( 'post-publish-0', '_wp_trash_meta_comments_status' ) );
		self::assertSame( '33', $after->post( 'post-publish-0' )['comment_count'] );
		self::assertSame( array(), $after->metas( 'post-publish-1', '_wp_trash_meta_comments_status' ) );

		// Six of each status, one of each type.
		$serialized = 'a:36:{';
		foreach ( array_keys( $before->comments( 'post-publish-2' ) ) as $number => $id ) {
			$serialized .= "i:$id;" . array( 's:1:"1";', 's:1:"0";', 's:4:"spam";', 's:5:"trash";', 's:12:"post-trashed";', 's:6:"custom";' )[ intdiv( $number, 6 ) ];
		}
		self::assertSame( array( $serialized . '}' ), $after->metas( 'post-publish-2', '_wp_trash_meta_comments_status' ) );
		$trashed = array_map( static fn( $row ) => array( 'comment_approved' => 'post-trashed' ) + $row, $before->comments( 'post-publish-2' ) );
		self::assertEquals( $trashed, $after->comments( 'post-publish-2' ) );
		self::assertSame( $before->post( 'post-publish-2' )['comment_count'], $after->post( 'post-publish-2' )['comment_count'] );
		self::assertSame( $before->comments( 'post-publish-13' ), $after->comments( 'post-publish-13' ) );

		list( , $after ) = self::deletion( $suite, 'trash media' );
		self::assertSame( array( sprintf( 'a:1:{i:%d;s:1:"1";}', $after->comment( 'image', 0 ) ) ), $after->metas( 'image', '_wp_trash_meta_comments_status' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_07_relationships_of_other_owners_of_the_number_stay( string $suite ): void {
		list( , $after ) = self::deletion( $suite, 'delete' );
		$expected        = array(
			// Its taxonomies, but nobody's and those of a term that is no more; the link was the victim's too.
			'book-publish-0'      => array( '9500', 'unregistered:stray' ),
			'post-trash-0'        => array( '9500', 'unregistered:stray' ),
			// Somebody else's link has the number.
			'book-publish-1'      => array( 'link_category:friends' ),
			// A taxonomy of `attachment:image` is not one of attachments; categories and tags are, always.
			'image'               => array( 'lens:wide', 'link_category:friends' ),
			'wp-template-publish' => array(),
			'unregistered'        => array( 'category:news' ),
			// The victim's link goes, the post stays.
			'post-publish-12'     => array( 'category:news', 'genre:sonnet', 'mood:wild', 'post_tag:green', 'post_tag:red', 'shelf:upper', 'stage:late', 'tally:ones' ),
			'post-publish-0'      => array( '9500', 'category:news', 'genre:sonnet', 'mood:wild', 'post_tag:green', 'post_tag:red', 'shelf:upper', 'stage:late', 'tally:ones', 'unregistered:stray' ),
			'post-publish-1'      => array( 'category:events', 'category:local', 'genre:novel', 'link_category:friends', 'link_category:partners', 'mood:calm', 'post_tag:red', 'shelf:upper', 'stage:early', 'tally:ones' ),
		);
		foreach ( $expected as $label => $terms ) {
			self::assertSame( $terms, $after->terms( $label ), $label );
		}
		list( , $after ) = self::deletion( $suite, 'erase' );
		self::assertSame( array( '9500', 'unregistered:stray' ), $after->terms( 'post-publish-0' ) );
		self::assertSame( array( 'link_category:friends', 'link_category:partners' ), $after->terms( 'post-publish-1' ) );
		self::assertSame( $expected['post-publish-12'], $after->terms( 'post-publish-12' ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_08_terms_are_counted_by_their_own_rules( string $suite ): void {
		$expected = array(
			'delete'      => array(
				'category:events'               => array( 9, 1 ),
				'post_tag:red'                  => array( 14, 2 ),
				// Wrong before; 7.1 leaves the terms of what was not counted alone.
				'post_tag:drifting'             => array( 77, 0 ),
				'post_tag:drifting-draft'       => array( 77, 'sid' === $suite ? 77 : 0 ),
				// An attachment counts by itself, or by its parent.
				'mood:calm'                     => array( 15, 1 ),
				'mood:wild'                     => array( 4, 1 ),
				// Whatever its status: the taxonomy is one of users, too.
				'shelf:upper'                   => array( 149, 112 ),
				'shelf:lower'                   => array( 30, 5 ),
				// Published or draft, by a filter.
				'stage:early'                   => array( 26, 4 ),
				// By a callback: 1000 more than there are.
				'tally:ones'                    => array( 1149, 1112 ),
				'tally:tens'                    => array( 1030, 1005 ),
				'post_format:post-format-quote' => array( 1, 0 ),
				'link_category:friends'         => array( 10, 4 ),
				'wp_theme:twentytwentythree'    => array( 2, 0 ),
				'wp_template_part_area:header'  => array( 1, 0 ),
				'unregistered:stray'            => array( 7, 7 ),
				'category:refused'              => array( 3, self::native( 0, 3 ) ),
			),
			'erase'       => array(
				'post_tag:drifting-draft' => array( 77, 0 ),
				'shelf:upper'             => array( 149, 22 ),
				'tally:ones'              => array( 1149, 1022 ),
				'category:refused'        => array( 3, 0 ),
			),
			'trash media' => array(
				// Attachments are in the trash before their parents.
				'mood:calm' => array( 15, self::native( 0, 5 ) ),
				'mood:wild' => array( 4, 0 ),
			),
		);
		foreach ( $expected as $name => $counts ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			$terms                  = array_keys( $counts );
			self::assertSame( array_combine( $terms, array_column( $counts, 0 ) ), $before->counts( $terms ), $name );
			self::assertSame( array_combine( $terms, array_column( $counts, 1 ) ), $after->counts( $terms ), $name );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_09_trashing_adds_no_default_terms( string $suite ): void {
		foreach ( array( 'delete' => array(), 'trash media' => array( 'deck:lower-deck' ) ) as $name => $default ) {
			list( , $after ) = self::deletion( $suite, $name );
			foreach ( array( 'no-category', 'post-auto-draft-1' ) as $label ) {
				self::assertSame( self::native( array(), array( 'category:uncategorized' ) ), $after->terms( $label ), "$name: $label" );
			}
			// Only who may assign a term gives it to posts.
			foreach ( array( 'deckless', 'deckless-draft' ) as $label ) {
				self::assertSame( self::native( array(), $default ), $after->terms( $label ), "$name: $label" );
			}
			self::assertSame( array( 'deck:sun-deck' ), $after->terms( 'sun-deck' ) );
			// Nor other tags of the same name.
			self::assertSame( array( self::native( 'post_tag:dont-2', 'post_tag:dont' ) ), $after->terms( 'tags-twin', 'post_tag' ) );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_10_empty_posts_and_impossible_dates_are_trashed( string $suite ): void {
		$refused = array(
			'refused-empty'  => array( 'publish', 'refused-empty__trashed' ),
			'refused-zero'   => array( 'private', 'refused-zero__trashed' ),
			'refused-blank'  => array( 'publish', 'foo__trashed-4' ),
			'refused-month'  => array( 'publish', 'refused-month__trashed' ),
			'refused-day'    => array( 'publish', 'refused-day__trashed' ),
			'refused-future' => array( 'future', 'refused-future__trashed' ),
		);
		foreach ( array( 'delete', 'trash media' ) as $name ) {
			list( $before, $after ) = self::deletion( $suite, $name );
			foreach ( $refused as $label => list( $status, $slug ) ) {
				$trashed = array(
					'post_name'         => $slug,
					'post_status'       => 'trash',
					'post_modified'     => '2026-03-01 11:20:30',
					'post_modified_gmt' => '2026-03-01 10:20:30',
				);
				$metas   = array( array( '_wp_trash_meta_status', $status ), array( '_wp_trash_meta_time', self::DELETED_AT ) );
				self::assertSame( self::native( array_replace( $before->post( $label ), $trashed ), $before->post( $label ) ), $after->post( $label ), "$name: $label" );
				self::assertSame( $metas, array_slice( $after->new_metas( $label ), 0, 2 ) );
			}
			$ids  = array_keys( $before->comments( 'refused-empty' ) );
			$more = array( array( '_wp_desired_post_slug', 'refused-empty' ), array( '_wp_trash_meta_comments_status', vsprintf( 'a:2:{i:%d;s:1:"1";i:%d;s:4:"spam";}', $ids ) ) );
			self::assertSame( self::native( $more, array() ), array_slice( $after->new_metas( 'refused-empty' ), 2 ) );
			self::assertSame( self::native( array( 'post-trashed', 'post-trashed' ), array( '1', 'spam' ) ), array_column( $after->comments( 'refused-empty' ), 'comment_approved' ) );
			self::assertCount( 2, $after->new_metas( 'refused-month' ) );
			// A page may be empty; what is in the trash goes.
			self::assertSame( array( 'empty-page' => 'trash', 'empty-trashed' => 'gone' ), $after->column( 'post_status', array( 'empty-page', 'empty-trashed' ) ) );
		}
		self::assertSame( array(), self::deletion( $suite, 'erase' )[1]->there( array_keys( $refused ) ) );
	}

	/**
	 * @dataProvider suites
	 */
	public function test_11_drafts_keep_their_dates( string $suite ): void {
		list( $before, $after ) = self::deletion( $suite, 'delete' );
		$now                    = array( '2026-03-01 11:20:30', '2026-03-01 10:20:30' );
		$dates                  = static fn( $row ) => array( $row['post_date'], $row['post_date_gmt'] );
		foreach ( array( 'post-draft-0', 'post-pending-0', 'post-auto-draft-0', 'page-draft-0', 'page-auto-draft-0' ) as $label ) {
			$had = $dates( $before->post( $label ) );
			self::assertSame( self::NO_DATE, $had[1] );
			self::assertStringStartsWith( '2025-01-', $had[0] );
			self::assertSame( self::native( $had, $now ), $dates( $after->post( $label ) ), $label );
		}
		self::assertSame( self::native( array( self::NO_DATE, self::NO_DATE ), $now ), $dates( $after->post( 'no-date' ) ) );
		self::assertSame( self::native( self::NO_DATE, '2025-01-26 11:00:00' ), $after->post( 'no-gmt' )['post_date_gmt'] );
		self::assertSame( array( $before->post( 'draft-with-gmt' )['post_date'], '2025-01-01 00:00:00' ), $dates( $after->post( 'draft-with-gmt' ) ) );
		self::assertSame( $dates( $before->post( 'post-publish-0' ) ), $dates( $after->post( 'post-publish-0' ) ) );
	}
}
