<?php
/**
 * Posts of any kind.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Makes posts in which nothing is sure. */
final class Posts {

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

	private const METAS = array( '_edit_last', '_edit_lock', "it's", 'žluť', 'broken', 'null', 'twice', '_wp_old_slug', '_wp_desired_post_slug', '_wp_trash_meta_status', '_wp_trash_meta_time', '_wp_trash_meta_comments_status', '_menu_item_object_id', '_wp_attachment_context', '_customize_changeset_uuid' );

	public function __construct( private Blueprint $site, private Terms $terms, private Attachments $attachments ) {}

	public function make(): void {
		for ( $i = $this->site->dice->number( 6, 52 ); $i > 0; $i-- ) {
			$this->post();
		}
		// PHP does not take it for the trash, the database does.
		if ( $this->site->dice->chance( 50 ) ) {
			$this->site->add_post( array( 'status' => $this->site->dice->pick( array( 'Trash', 'TRASH' ) ) ) );
		}
	}

	/** A post; the fields are what is sure about it. */
	public function post( array $fields = array() ): int {
		$site   = $this->site;
		$dice   = $site->dice;
		$id     = $site->next_id();
		// Core counts the posts of a network's site in any spelling, but only when it deletes one in this.
		$type   = $fields['type'] ?? $dice->weighted( $site->plan['network'] ? array( 'POST' => 0 ) + self::TYPES : self::TYPES );
		$status = 'attachment' === $type && $dice->chance( 75 ) ? 'inherit' : $dice->weighted( self::STATUSES );
		$ids    = $site->post_ids();
		$same   = $site->post_ids( $type );
		$post   = array(
			'id'             => $id,
			'type'           => $type,
			'author'         => $site->author(),
			'status'         => $status,
			'name'           => Slugs::any( $dice, $status ),
			'title'          => $site->text( $dice->number( 1, 3 ) ),
			'content'        => $site->text( $dice->number( 1, 5 ) ),
			'excerpt'        => $dice->chance( 20 ) ? $site->text( 2 ) : '',
			'date'           => 'future' === $status ? '2027-0' . $dice->number( 1, 9 ) . '-15 12:00:00' : $site->date(),
			'parent'         => $site->reference( $same && $dice->chance( 70 ) ? $same : $ids, 55 ),
			'guid'           => $dice->pick( array( "http://example.test/?p=$id", "https://example.org/$id", 'urn:uuid:00000000-0000-4000-8000-000000000000' ) ),
			'comment_status' => $dice->pick( array( 'open', 'closed' ) ),
			'ping_status'    => $dice->pick( array( 'open', 'closed' ) ),
			'menu_order'     => $dice->number( 0, 3 ),
			'comment_count'  => $dice->number( 0, 5 ),
			'password'       => $dice->chance( 10 ) ? 'sec"ret\\' : '',
			'mime'           => 'attachment' === $type ? 'image/jpeg' : '',
			'terms'          => $this->terms->of( $type ),
			'metas'          => self::metas( $site ),
		);
		$floats      = in_array( $status, array( 'draft', 'pending', 'auto-draft' ), true ) && $dice->chance( 50 ) && $site->is_wild();
		$post['gmt'] = $floats ? '0000-00-00 00:00:00' : $post['date'];
		if ( $site->is_wild() ) {
			$post = $this->spoilt( $post );
		}
		if ( 'attachment' === $type ) {
			$post['metas'] = array_merge( $post['metas'], $this->attachments->files( $id ) );
		}
		$site->add( 'post', $fields + $post );
		return $id;
	}

	/** What core mends when it saves a post, and what it cannot save (D1, D3). */
	private function spoilt( array $post ): array {
		$dice = $this->site->dice;
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
			13 => array( 'title' => '', 'content' => $dice->pick( Blueprint::RISKY ), 'excerpt' => '' ) + $post,
			14 => array( 'metas' => array_merge( $post['metas'], array( array( '_wp_page_template', $dice->pick( array( 'no-such.php', 'default', '', 'blank' ) ) ), array( 'footnotes', '[]' ) ) ) ) + $post,
		};
	}

	/** Some metas that posts have. */
	public static function metas( Blueprint $site ): array {
		$metas = array();
		foreach ( $site->dice->some( self::METAS, 4 ) as $key ) {
			$metas[] = match ( $key ) {
				'_edit_last' => array( $key, (string) Generator::VICTIM ),
				'broken' => array( $key, 'a:1:{s:3:"' ),
				'null' => array( $key, null ),
				'_wp_trash_meta_status' => array( $key, 'draft' ),
				'_wp_trash_meta_time' => array( $key, '1700000000' ),
				'_menu_item_object_id' => array( $key, (string) $site->reference( $site->post_ids() ) ),
				default => array( $key, $site->text( 1 ) ),
			};
			if ( 'twice' === $key ) {
				$metas[] = array( $key, 'once more' );
			}
		}
		return $metas;
	}
}
