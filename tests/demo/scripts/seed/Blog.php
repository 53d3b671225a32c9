<?php
/**
 * The pieces of a blog.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/** Posts, comments and metas as rows that WordPress would have written. */
final class Blog {

	/** When the first thing was written, in seconds; the site's clock is UTC. */
	private int $clock;

	public Rows $rows;

	/** Nothing is written before finish(). */
	public function __construct() {
		$this->rows  = new Rows();
		$this->clock = strtotime( '2019-03-04 08:00:00 UTC' );
	}

	/**
	 * A post of any type.
	 *
	 * @param int    $author Its author.
	 * @param string $title  Title; the slug is made of it and of the id.
	 * @param array  $fields Columns that are not as usual; a missing post_name is made.
	 * @return int Its id.
	 */
	public function post( int $author, string $title, array $fields = array() ): int {
		$id   = $this->rows->id( 'posts' );
		$date = gmdate( 'Y-m-d H:i:s', $this->clock += 3 * HOUR_IN_SECONDS );
		$type = $fields['post_type'] ?? 'post';

		$defaults = array(
			'ID'                    => $id,
			'post_author'           => $author,
			'post_date'             => $date,
			'post_date_gmt'         => $date,
			'post_content'          => Prose::content( $id ),
			'post_title'            => $title,
			'post_excerpt'          => '',
			'post_status'           => 'publish',
			'comment_status'        => 'open',
			'ping_status'           => 'closed',
			'post_password'         => '',
			'post_name'             => sanitize_title( $title ) . "-$id",
			'to_ping'               => '',
			'pinged'                => '',
			'post_modified'         => $date,
			'post_modified_gmt'     => $date,
			'post_content_filtered' => '',
			'post_parent'           => 0,
			'guid'                  => 'http://example.test/?' . ( 'post' === $type ? 'p' : "post_type=$type&p" ) . "=$id",
			'menu_order'            => 0,
			'post_type'             => $type,
			'post_mime_type'        => '',
			'comment_count'         => 0,
		);
		$this->rows->add( 'posts', array_merge( $defaults, $fields ) );
		return $id;
	}

	/**
	 * What WordPress keeps of a version of a post.
	 *
	 * @param int    $author  Who saved it.
	 * @param int    $post    The post.
	 * @param string $title   The version's title.
	 * @param string $content The version's content.
	 */
	public function revision( int $author, int $post, string $title, string $content ): void {
		$this->post(
			$author,
			$title,
			array(
				'post_content'   => $content,
				'post_status'    => 'inherit',
				'comment_status' => 'closed',
				'post_name'      => "$post-revision-v1",
				'post_parent'    => $post,
				'post_type'      => 'revision',
			)
		);
	}

	/**
	 * Metas of a post.
	 *
	 * @param int                   $post  The post.
	 * @param array<string, scalar> $metas Values by key.
	 */
	public function metas( int $post, array $metas ): void {
		foreach ( $metas as $key => $value ) {
			$this->rows->add(
				'postmeta',
				array(
					'meta_id'    => $this->rows->id( 'postmeta' ),
					'post_id'    => $post,
					'meta_key'   => $key,
					'meta_value' => $value,
				)
			);
		}
	}

	/**
	 * Terms of a post or a link.
	 *
	 * @param int   $object            Its id.
	 * @param int[] $term_taxonomy_ids Which.
	 */
	public function relate( int $object, array $term_taxonomy_ids ): void {
		foreach ( $term_taxonomy_ids as $id ) {
			$this->rows->add(
				'term_relationships',
				array(
					'object_id'        => $object,
					'term_taxonomy_id' => $id,
					'term_order'       => 0,
				)
			);
		}
	}

	/**
	 * A comment with a meta.
	 *
	 * @param int    $post     Where.
	 * @param int    $parent   What it answers; 0 for nothing.
	 * @param int    $user     Who, if that is a user.
	 * @param string $approved `1`, `0` or `spam`.
	 * @return int Its id.
	 */
	public function comment( int $post, int $parent = 0, int $user = 0, string $approved = '1' ): int {
		$id   = $this->rows->id( 'comments' );
		$date = gmdate( 'Y-m-d H:i:s', $this->clock += MINUTE_IN_SECONDS );
		$this->rows->add(
			'comments',
			array(
				'comment_ID'           => $id,
				'comment_post_ID'      => $post,
				'comment_author'       => "Reader $id",
				'comment_author_email' => "reader$id@example.org",
				'comment_author_url'   => '',
				'comment_author_IP'    => '192.0.2.' . $id % 255,
				'comment_date'         => $date,
				'comment_date_gmt'     => $date,
				'comment_content'      => Prose::remark( $id ),
				'comment_karma'        => 0,
				'comment_approved'     => $approved,
				'comment_agent'        => 'Mozilla/5.0',
				'comment_type'         => 'comment',
				'comment_parent'       => $parent,
				'user_id'              => $user,
			)
		);
		$this->rows->add(
			'commentmeta',
			array(
				'meta_id'    => $this->rows->id( 'commentmeta' ),
				'comment_id' => $id,
				'meta_key'   => 'stars',
				'meta_value' => 1 + $id % 5,
			)
		);
		return $id;
	}

	/**
	 * A published post as most are: four metas, two terms, a question with its answer, and the revision
	 * of its last saving.
	 *
	 * @param int      $author Its author.
	 * @param int      $number Decides what it is about.
	 * @param string   $more   Content after the usual.
	 * @param int[][]  $terms  Term taxonomy ids of categories and of tags.
	 * @return int Its id.
	 */
	public function article( int $author, int $number, array $terms, string $more = '' ): int {
		$title   = Prose::title( $number );
		$content = Prose::content( $number ) . $more;
		$id      = $this->post( $author, $title, array( 'post_content' => $content ) );
		$this->revision( $author, $id, $title, $content );
		$this->metas(
			$id,
			array(
				'_edit_last' => $author,
				'_edit_lock' => "$this->clock:$author",
				'views'      => $number * 37 % 9000,
				'subtitle'   => Prose::sentences( $number, 1 ),
			)
		);
		$this->relate( $id, array_map( static fn( $of_taxonomy ) => $of_taxonomy[ $number % count( $of_taxonomy ) ], $terms ) );
		$this->comment( $id, $this->comment( $id ), $author );
		return $id;
	}

	/** Writes everything and counts what WordPress keeps counts of. */
	public function finish(): void {
		global $wpdb;
		$this->rows->finish();
		$wpdb->query( "UPDATE $wpdb->posts JOIN ( SELECT comment_post_ID, COUNT(*) AS approved FROM $wpdb->comments WHERE comment_approved = '1' GROUP BY comment_post_ID ) counted ON comment_post_ID = ID SET comment_count = approved" );
		wp_cache_flush();
		foreach ( get_taxonomies() as $taxonomy ) {
			$ids = get_terms(
				array(
					'taxonomy'   => $taxonomy,
					'hide_empty' => false,
					'fields'     => 'tt_ids',
				)
			);
			if ( $ids ) {
				wp_update_term_count_now( $ids, $taxonomy );
			}
		}
	}

	/**
	 * Terms of a taxonomy.
	 *
	 * @param string   $taxonomy Which.
	 * @param string[] $names    Their names.
	 * @return int[] Term taxonomy ids.
	 */
	public static function terms( string $taxonomy, array $names ): array {
		return array_map( static fn( $name ) => (int) wp_insert_term( $name, $taxonomy )['term_taxonomy_id'], $names );
	}
}
