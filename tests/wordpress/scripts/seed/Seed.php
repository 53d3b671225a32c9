<?php
/**
 * What the seeding files share: labelled objects, fixed dates, and what each object is there to prove.
 */
class Seed {

	/** @var array<string, int> Ids of the victim, a colleague, the heir and the administrator. */
	public $users = array();

	/** @var array<string, int> Post ids by label. */
	public $posts = array();

	/**
	 * Rows that a deliberate deviation must touch.
	 *
	 * @var array<string, string[]> Labels by rule; a rule may end in " when CONDITION".
	 */
	public $proves = array();

	/** @var array<string, string> Slugs of the posts which core refuses to trash, by label. */
	public $refused = array();

	/** @var int Hours since the first post. */
	private $clock = 0;

	/**
	 * Creates a post through WordPress, then writes what its API would have corrected.
	 *
	 * @param string $label  Name of the post within the fixture; letters, digits and dashes.
	 * @param array  $fields Fields for wp_insert_post(), and: `raw` columns written by SQL, `terms` slugs by taxonomy,
	 *                       `meta` values by key (a list gives several rows), `proves` rules, `revised` when somebody
	 *                       else's equal revision exists, `refused` the slug the native engine gives to a post that
	 *                       core cannot trash.
	 * @return int Post id.
	 */
	public function post( string $label, array $fields = array() ): int {
		global $wpdb;

		$fields += array(
			'post_author'  => $this->users['victim'],
			'post_status'  => 'publish',
			'post_type'    => 'post',
			'post_title'   => "Title of $label",
			'post_content' => "Content of $label.",
			'post_date'    => $this->next_date(),
			'raw'          => array(),
			'terms'        => array(),
			'meta'         => array(),
			'proves'       => array(),
		);

		if ( isset( $this->posts[ $label ] ) ) {
			throw new LogicException( "Two posts are called $label." );
		}
		$id = wp_insert_post( wp_slash( array_intersect_key( $fields, get_object_vars( new WP_Post( new stdClass() ) ) ) ), true );
		if ( is_wp_error( $id ) ) {
			throw new RuntimeException( "$label: " . $id->get_error_message() );
		}
		$this->posts[ $label ] = $id;

		foreach ( $fields['terms'] as $taxonomy => $slugs ) {
			$this->relate( $id, $taxonomy, $slugs );
		}
		foreach ( $fields['meta'] as $key => $values ) {
			foreach ( is_array( $values ) && array_is_list( $values ) ? $values : array( $values ) as $value ) {
				add_post_meta( $id, $key, wp_slash( $value ) );
			}
		}
		if ( $fields['raw'] ) {
			$this->write( $wpdb->posts, $fields['raw'], array( 'ID' => $id ) );
			clean_post_cache( $id );
		}

		$this->prove( $label, $fields );
		return $id;
	}

	/**
	 * A revision row as WordPress writes it, of any author and age.
	 *
	 * @param string $label  Name of the revision within the fixture.
	 * @param string $parent Label of the revised post, whose text is copied.
	 * @param array  $fields What differs.
	 * @return int Post id.
	 */
	public function revision( string $label, string $parent, array $fields = array() ): int {
		$post = get_post( $this->posts[ $parent ] );

		return $this->post(
			$label,
			$fields + array(
				'post_type'    => 'revision',
				'post_status'  => 'inherit',
				'post_parent'  => $post->ID,
				'post_name'    => "{$post->ID}-revision-v1",
				'post_title'   => $post->post_title,
				'post_content' => $post->post_content,
				'post_excerpt' => $post->post_excerpt,
			)
		);
	}

	/**
	 * A comment with a meta.
	 *
	 * @param int   $post_id Post commented on.
	 * @param array $fields  Fields for wp_insert_comment().
	 * @return int Comment id.
	 */
	public function comment( int $post_id, array $fields = array() ): int {
		$date = $this->next_date();
		$id   = wp_insert_comment(
			$fields + array(
				'comment_post_ID'      => $post_id,
				'comment_author'       => 'Reader',
				'comment_author_email' => 'reader@example.org',
				'comment_author_IP'    => '192.0.2.1',
				'comment_content'      => "A remark on $post_id.",
				'comment_date'         => $date,
				'comment_date_gmt'     => $date,
				'comment_approved'     => '1',
			)
		);
		add_comment_meta( $id, 'rating', '5' );
		return $id;
	}

	/**
	 * Attaches terms as they are, without default terms and without touching what the post already has.
	 *
	 * @param int             $object_id Post or link.
	 * @param string          $taxonomy  Taxonomy.
	 * @param string|string[] $slugs     Existing terms; none empties the taxonomy for this object.
	 */
	public function relate( int $object_id, string $taxonomy, $slugs ) {
		$ids = array();
		foreach ( (array) $slugs as $slug ) {
			$ids[] = get_term_by( 'slug', $slug, $taxonomy )->term_id;
		}
		wp_set_object_terms( $object_id, $ids, $taxonomy );
	}

	/**
	 * Writes a row that WordPress's API would correct or refuse.
	 *
	 * @param string $table  Table.
	 * @param array  $values Columns.
	 * @param array  $where  Columns that choose the row; none inserts.
	 */
	public function write( string $table, array $values, array $where = array() ) {
		global $wpdb;

		if ( false === ( $where ? $wpdb->update( $table, $values, $where ) : $wpdb->insert( $table, $values ) ) ) {
			throw new RuntimeException( $wpdb->last_error );
		}
	}

	/**
	 * @return string The next hour of the fixture's calendar.
	 */
	public function next_date(): string {
		return gmdate( 'Y-m-d H:i:s', gmmktime( 8, 0, 0, 1, 2, 2025 ) + HOUR_IN_SECONDS * $this->clock++ );
	}

	/**
	 * Notes which deviations this post must show, from how it was made rather than from what the deletion did to it.
	 *
	 * @param string $label  Name of the post.
	 * @param array  $fields What post() was asked for.
	 */
	private function prove( string $label, array $fields ) {
		$post = get_post( $this->posts[ $label ] );
		foreach ( $fields['proves'] as $rule ) {
			$this->proves[ $rule ][] = $label;
		}

		if ( isset( $fields['refused'] ) ) {
			$this->refused[ $label ] = $fields['refused'];
			$this->proves['D3 trashed'][] = $label;
		}
		if ( $post->post_author != $this->users['victim'] || ! in_array( $post->post_type, array( 'post', 'page' ), true )
			|| 'trash' === $post->post_status || isset( $fields['refused'] )
		) {
			return;
		}

		if ( empty( $fields['revised'] ) ) {
			$this->proves['D1 revision created'][] = $label;
		}
		if ( in_array( $post->post_status, array( 'draft', 'pending', 'auto-draft' ), true ) && '0000-00-00 00:00:00' === $post->post_date_gmt ) {
			$this->proves['D1 post_date'][]     = $label;
			$this->proves['D1 post_date_gmt'][] = $label;
		}
		if ( 'post' === $post->post_type && ! wp_get_object_terms( $post->ID, 'category' ) ) {
			$this->proves['D1 relationship added'][] = $label;
		}
		if ( 'page' === $post->post_type && ! wp_get_object_terms( $post->ID, 'deck' ) ) {
			$this->proves['D1 relationship added when privileged'][] = $label;
		}
	}
}
