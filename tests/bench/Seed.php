<?php
/**
 * The content of the benchmark's site.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;

/**
 * Fills a fresh site as a few years of blogging would have: post after post, with everything that hangs
 * from one close together. By SQL, so that a million posts are a matter of minutes.
 *
 * Each post has about 1.1 kB of content, 4 metas, a category and a tag, 2 comments, one of them with a
 * meta, and a revision; its rows are what WordPress itself writes.
 */
final class Seed {

	/** Posts per transaction. */
	private const CHUNK = 5000;

	private const CATEGORIES = 100;
	private const TAGS       = 200;

	/** Ids of what WordPress's installation has made end below. */
	private const FIRST_POST = 101;
	private const FIRST_TERM = 101;

	/** From the first post to the last, however many there are: its time, as a timestamp too, and seconds. */
	private const BEGUN           = '2008-01-01 08:00:00';
	private const BEGUN_TIMESTAMP = 1199174400;
	private const LASTED          = 15 * 365 * 86400;

	/** Of which content is made. */
	private const SENTENCES = array(
		'The market opens at six, and by eight the good tomatoes are gone.',
		'Nobody in the village could say when the bridge was built, only who had crossed it last.',
		'Fold the dough four times, let it rest for half an hour, and do not hurry.',
		'We took the early train and had the whole carriage to ourselves until the border.',
		'There are three ways to sharpen a knife, and two of them ruin it.',
		'It rained for a week, which is what the garden had been waiting for since April.',
		'The second edition corrects the map on page forty and adds a chapter about bees.',
		'Put the beans in cold water the evening before and throw that water away.',
		'What looks like a castle from the valley turns out to be a water tower with ambitions.',
		'My grandmother measured flour with a cup that has no handle, and so do I.',
		'The museum is closed on Mondays, the cafe next to it on all other days.',
	);

	/** @param Authors $authors Who has how many posts. */
	public function __construct( private Authors $authors ) {
	}

	/**
	 * Fills the site.
	 *
	 * @param mysqli   $database Of a fresh site.
	 * @param callable $progress Told ( float $share ) now and then.
	 */
	public function sow( mysqli $database, callable $progress ): void {
		$database->query( 'SET SESSION sql_mode = "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION", time_zone = "+00:00"' );
		$this->terms( $database );
		$this->users( $database );
		$count      = $this->seats( $database );
		$statements = $this->statements( intdiv( self::LASTED, $count ) );
		for ( $from = 1; $from <= $count; $from += self::CHUNK ) {
			$database->begin_transaction();
			foreach ( $statements as $sql ) {
				$database->query( sprintf( $sql, $from, min( $count, $from + self::CHUNK - 1 ) ) );
			}
			$database->commit();
			$progress( min( 1, ( $from + self::CHUNK - 1 ) / $count ) );
		}
		$database->query( 'DROP TABLE bench_seats' );
		$database->query( 'UPDATE wp_term_taxonomy JOIN (SELECT term_taxonomy_id, COUNT(*) AS posts FROM wp_term_relationships GROUP BY term_taxonomy_id) counted USING (term_taxonomy_id) SET count = posts' );
		$tables = array_column( $database->query( 'SHOW TABLES' )->fetch_all(), 0 );
		$database->query( 'ANALYZE TABLE `' . implode( '`, `', $tables ) . '`' );
	}

	private function terms( mysqli $database ): void {
		$last = self::FIRST_TERM + self::CATEGORIES + self::TAGS - 1;
		$tags = self::FIRST_TERM + self::CATEGORIES;
		$from = 'FROM seq_' . self::FIRST_TERM . "_to_$last";
		$database->query( "INSERT INTO wp_terms (term_id, name, slug, term_group) SELECT seq, CONCAT('Subject ', seq), CONCAT('subject-', seq), 0 $from" );
		$database->query( "INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description, parent, count) SELECT seq, seq, IF(seq < $tags, 'category', 'post_tag'), '', 0, 0 $from" );
	}

	private function users( mysqli $database ): void {
		$ids = implode( ', ', array_keys( $this->authors->posts() ) );
		$database->query(
			"INSERT INTO wp_users (ID, user_login, user_pass, user_nicename, user_email, user_url, user_registered, user_activation_key, user_status, display_name)
			SELECT seq, CONCAT('author', seq), CONCAT('\$P\$B', MD5(seq)), CONCAT('author', seq), CONCAT('author', seq, '@example.org'), '', '" . self::BEGUN . "', '', 0, CONCAT('Author ', seq)
			FROM seq_1_to_1000 WHERE seq IN ($ids)"
		);
		// What WordPress itself gives every user, and what a shop and a newsletter would add.
		$metas = array(
			'nickname'              => "CONCAT('author', id)",
			'first_name'            => "'Robin'",
			'last_name'             => "CONCAT('Miller ', id)",
			'description'           => "''",
			'rich_editing'          => "'true'",
			'syntax_highlighting'   => "'true'",
			'comment_shortcuts'     => "'false'",
			'admin_color'           => "'fresh'",
			'use_ssl'               => "'0'",
			'show_admin_bar_front'  => "'true'",
			'locale'                => "''",
			'wp_capabilities'       => "'a:1:{s:6:\"author\";b:1;}'",
			'wp_user_level'         => "'2'",
			'dismissed_wp_pointers' => "''",
		);
		for ( $i = count( $metas ) + 1; $i <= Authors::METAS; $i++ ) {
			$metas[ "billing_field_$i" ] = "CONCAT('Value $i of user ', id)";
		}
		$values = array();
		foreach ( $metas as $key => $value ) {
			$values[] = "SELECT id, '$key' AS name, $value AS value, " . count( $values ) . ' AS number FROM wp_users WHERE ID > 1';
		}
		$database->query( 'INSERT INTO wp_usermeta (user_id, meta_key, meta_value) SELECT id, name, value FROM (' . implode( ' UNION ALL ', $values ) . ') metas ORDER BY id, number' );
	}

	/**
	 * The order in which everybody writes: each author evenly over the whole time.
	 *
	 * @return int How many posts there will be.
	 */
	private function seats( mysqli $database ): int {
		$database->query( 'CREATE TABLE bench_seats (n BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, author BIGINT UNSIGNED NOT NULL)' );
		$database->query( 'CREATE TEMPORARY TABLE bench_authors (author BIGINT UNSIGNED NOT NULL PRIMARY KEY, posts INT UNSIGNED NOT NULL)' );
		$posts = array_filter( $this->authors->posts() );
		$rows  = array();
		foreach ( $posts as $author => $count ) {
			$rows[] = "($author, $count)";
		}
		$database->query( 'INSERT INTO bench_authors VALUES ' . implode( ', ', $rows ) );
		// Small authors do not all begin at the same moment.
		$database->query( 'INSERT INTO bench_seats (author) SELECT author FROM bench_authors JOIN seq_0_to_' . max( $posts ) . ' ON seq < posts ORDER BY (seq + (author * 37 % 100) / 100) / posts, author' );
		$database->query( 'DROP TEMPORARY TABLE bench_authors' );
		return array_sum( $posts );
	}

	/**
	 * How a number of posts are written.
	 *
	 * @param int $pace Seconds from one post to the next.
	 * @return string[] INSERTs for the seats from %1$d to %2$d.
	 */
	private function statements( int $pace ): array {
		$post     = '(' . self::FIRST_POST . ' + 2 * (n - 1))';
		$seats    = 'FROM bench_seats WHERE n BETWEEN %1$d AND %2$d';
		$time     = "TIMESTAMPADD(SECOND, n * $pace, '" . self::BEGUN . "')";
		$comments = '(1 + 2 * n)';
		// The second comment of every tenth post waits for approval.
		$waits = 'n %% 10 = 0';
		return array(
			"INSERT INTO wp_posts (ID, post_author, post_date, post_date_gmt, post_content, post_title, post_excerpt, post_status, comment_status, ping_status, post_password, post_name, to_ping, pinged, post_modified, post_modified_gmt, post_content_filtered, post_parent, guid, menu_order, post_type, post_mime_type, comment_count)
			SELECT $post + revision, author, $time, $time, {$this->content()}, CONCAT('Notes from a kitchen garden, part ', n), '',
				IF(revision, 'inherit', 'publish'), IF(revision, 'closed', 'open'), IF(revision, 'closed', 'open'), '',
				IF(revision, CONCAT($post, '-revision-v1'), CONCAT('notes-from-a-kitchen-garden-part-', n)), '', '', $time, $time, '',
				IF(revision, $post, 0), CONCAT('http://example.test/?p=', $post + revision), 0, IF(revision, 'revision', 'post'), '',
				IF(revision, 0, IF($waits, 1, 2))
			FROM bench_seats JOIN (SELECT 0 AS revision UNION ALL SELECT 1) versions WHERE n BETWEEN %1\$d AND %2\$d ORDER BY n, revision",

			"INSERT INTO wp_postmeta (post_id, meta_key, meta_value)
			SELECT post, name, value FROM (
				SELECT $post AS post, 0 AS number, '_edit_lock' AS name, CONCAT(" . self::BEGUN_TIMESTAMP . " + n * $pace, ':', author) AS value $seats
				UNION ALL SELECT $post, 1, '_edit_last', author $seats
				UNION ALL SELECT $post, 2, 'subtitle', CONCAT('What grew, what did not, and what was eaten on day ', n) $seats
				UNION ALL SELECT $post, 3, 'reading_time', 2 + n %% 7 $seats
			) metas ORDER BY post, number",

			'INSERT INTO wp_term_relationships (object_id, term_taxonomy_id, term_order)
			SELECT post, term, 0 FROM (
				SELECT ' . $post . ' AS post, ' . self::FIRST_TERM . ' + CRC32(n) %% ' . self::CATEGORIES . ' AS term ' . $seats . '
				UNION ALL SELECT ' . $post . ', ' . ( self::FIRST_TERM + self::CATEGORIES ) . " + CRC32(CONCAT('tag', n)) %% " . self::TAGS . ' ' . $seats . '
			) relationships ORDER BY post, term',

			"INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_author, comment_author_email, comment_author_url, comment_author_IP, comment_date, comment_date_gmt, comment_content, comment_karma, comment_approved, comment_agent, comment_type, comment_parent, user_id)
			SELECT $comments + second, $post, CONCAT('Reader ', n %% 977), CONCAT('reader', n %% 977, '@example.org'), '', CONCAT('192.0.2.', n %% 250), TIMESTAMPADD(HOUR, 1 + second, $time), TIMESTAMPADD(HOUR, 1 + second, $time),
				CONCAT('Comment ', 1 + second, ' on part ', n, ': thank you for writing this down. We tried it with half the sugar, and nobody at the table noticed.'),
				0, IF(second AND $waits, '0', '1'), 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'comment', 0, 0
			FROM bench_seats JOIN (SELECT 0 AS second UNION ALL SELECT 1) comments WHERE n BETWEEN %1\$d AND %2\$d ORDER BY n, second",

			"INSERT INTO wp_commentmeta (comment_id, meta_key, meta_value) SELECT $comments, 'rating', 1 + n %% 5 $seats ORDER BY n",
		);
	}

	/** About 1.1 kB in three paragraphs, another text for each post. */
	private function content(): string {
		$paragraphs = array();
		for ( $paragraph = 0; $paragraph < 3; $paragraph++ ) {
			$sentences = array();
			for ( $i = 0; $i < 4; $i++ ) {
				$sentences[] = 'ELT(1 + (n * ' . ( 2 + $paragraph ) . " + $i * 3 + $paragraph) %% " . count( self::SENTENCES ) . ", '" . implode( "', '", self::SENTENCES ) . "')";
			}
			$paragraphs[] = "CONCAT('<!-- wp:paragraph -->\n<p>', CONCAT_WS(' ', " . implode( ', ', $sentences ) . "), '</p>\n<!-- /wp:paragraph -->')";
		}
		return "CONCAT_WS('\n\n', " . implode( ', ', $paragraphs ) . ')';
	}
}
