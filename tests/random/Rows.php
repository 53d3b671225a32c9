<?php
/**
 * A plan as SQL.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

use mysqli;

/** What goes into the tables on top of a freshly installed site. */
final class Rows {

	/** Metas and options are numbered from here: the two sites would not number them alike. */
	private const FIRST_NUMBER = 1000;

	/** Columns that no object needs to name. */
	private const POST = array(
		'guid'           => '',
		'title'          => '',
		'content'        => '',
		'excerpt'        => '',
		'comment_status' => 'closed',
		'ping_status'    => 'closed',
		'password'       => '',
		'to_ping'        => '',
		'menu_order'     => 0,
		'mime'           => '',
		'comment_count'  => 0,
		'parent'         => 0,
		'terms'          => array(),
		'metas'          => array(),
	);

	/** How taxonomies of types.php count: post types, and statuses besides `publish`. */
	private const COUNT = array(
		'category'    => array( array( 'post', 'book' ), array() ),
		'post_tag'    => array( array( 'post' ), array() ),
		'genre'       => array( array( 'book', 'post' ), array() ),
		'mood'        => array( array( 'attachment', 'post' ), array() ),
		'stage'       => array( array( 'book', 'post' ), array( 'draft' ) ),
		'deck'        => array( array( 'page' ), array() ),
		'post_format' => array( array( 'post' ), array() ),
		'nav_menu'    => array( array( 'nav_menu_item' ), array() ),
	);

	/** @var array<string, array<string, array>> Rows by table and primary key, or number. */
	private array $rows = array();

	/** @var array<string, mixed> Options by name. */
	private array $options = array();

	/** @var array<int, array> Terms by number. */
	private array $terms = array();

	/**
	 * @param array $plan  See Generator.
	 * @param array $terms Rows of `term_taxonomy` that the site has anyway.
	 */
	public function __construct( private array $plan, array $terms ) {
		foreach ( $terms as $row ) {
			$this->terms[ $row['term_taxonomy_id'] ] = array( 'tt' => $row['term_taxonomy_id'], 'taxonomy' => $row['taxonomy'] );
		}
		$this->options['use_balanceTags'] = '0';
		$this->options['cron']            = array( 'version' => 2 );
		foreach ( $plan['objects'] as $object ) {
			$this->{$object['kind']}( $object );
		}
		ksort( $this->options['cron'] );
		$this->counts();
	}

	/**
	 * Statements that insert everything.
	 *
	 * @return string[]
	 */
	public function statements( mysqli $connection ): array {
		$value = static fn( $value ) => match ( true ) {
			null === $value => 'NULL',
			is_int( $value ) => (string) $value,
			default => "'" . $connection->real_escape_string( $value ) . "'",
		};
		$lists      = static fn( array $rows ) => implode( ', ', array_map( static fn( $row ) => '(' . implode( ', ', array_map( $value, $row ) ) . ')', $rows ) );
		$statements = array();
		foreach ( $this->rows as $table => $rows ) {
			$columns      = implode( ', ', array_keys( reset( $rows ) ) );
			$statements[] = "INSERT INTO wp_$table ($columns) VALUES " . $lists( $rows );
		}
		$options = array();
		foreach ( $this->options as $name => $option ) {
			$options[] = array( self::FIRST_NUMBER + count( $options ), $name, is_array( $option ) ? serialize( $option ) : $option );
		}
		$statements[] = 'INSERT INTO wp_options (option_id, option_name, option_value) VALUES ' . $lists( $options ) . ' ON DUPLICATE KEY UPDATE option_value = VALUES(option_value)';
		foreach ( $this->terms as $tt => $term ) {
			if ( isset( $term['count'] ) ) {
				$statements[] = "UPDATE wp_term_taxonomy SET count = {$term['count']} WHERE term_taxonomy_id = $tt";
			}
		}
		return $statements;
	}

	/** @return string[] Paths of the files, below the uploads. */
	public function files(): array {
		return array_column( array_filter( $this->plan['objects'], static fn( $object ) => 'file' === $object['kind'] ), 'path' );
	}

	private function user( array $user ): void {
		$this->rows['users'][ $user['id'] ] = array(
			'ID'              => $user['id'],
			'user_login'      => $user['login'],
			'user_pass'       => 'hash',
			'user_nicename'   => $user['login'],
			'user_email'      => "{$user['login']}@example.org",
			'user_url'        => '',
			'user_registered' => '2024-12-24 18:00:00',
			'display_name'    => $user['name'],
		);
		$metas = array_merge( $user['metas'], array( array( 'wp_capabilities', serialize( array( $user['role'] => true ) ) ), array( 'wp_user_level', '2' ) ) );
		if ( $this->plan['network'] ) {
			$metas = array_merge( $metas, array( array( 'primary_blog', '1' ), array( 'source_domain', 'example.test' ) ) );
			$this->rows['signups'][] = array( 'signup_id' => $user['id'], 'domain' => '', 'path' => '', 'title' => '', 'user_login' => $user['login'], 'user_email' => "{$user['login']}@example.org", 'active' => 1, 'activation_key' => 'key' );
		}
		$this->metas( 'usermeta', 'user_id', $user['id'], $metas );
	}

	private function metas( string $table, string $column, int $id, array $metas ): void {
		foreach ( $metas as list( $key, $value ) ) {
			$this->rows[ $table ][] = array(
				'usermeta' === $table ? 'umeta_id' : 'meta_id' => self::FIRST_NUMBER + count( $this->rows[ $table ] ?? array() ),
				$column      => $id,
				'meta_key'   => $key,
				'meta_value' => $value,
			);
		}
	}

	private function term( array $term ): void {
		if ( null !== $term['name'] ) {
			$this->rows['terms'][ $term['id'] ] = array( 'term_id' => $term['id'], 'name' => $term['name'], 'slug' => $term['slug'] );
		}
		$this->rows['term_taxonomy'][ $term['tt'] ] = array( 'term_taxonomy_id' => $term['tt'], 'term_id' => $term['id'], 'taxonomy' => $term['taxonomy'], 'description' => '', 'parent' => $term['parent'] );
		$this->terms[ $term['tt'] ]                 = $term;
	}

	private function post( array $post ): void {
		$post += self::POST;
		$this->rows['posts'][ $post['id'] ] = array(
			'ID'                    => $post['id'],
			'post_author'           => $post['author'],
			'post_date'             => $post['date'],
			'post_date_gmt'         => $post['gmt'],
			'post_content'          => $post['content'],
			'post_title'            => $post['title'],
			'post_excerpt'          => $post['excerpt'],
			'post_status'           => $post['status'],
			'comment_status'        => $post['comment_status'],
			'ping_status'           => $post['ping_status'],
			'post_password'         => $post['password'],
			'post_name'             => $post['name'],
			'to_ping'               => $post['to_ping'],
			'pinged'                => '',
			'post_modified'         => '2026-01-02 03:04:05',
			'post_modified_gmt'     => '2026-01-02 02:04:05',
			'post_content_filtered' => '',
			'post_parent'           => $post['parent'],
			'guid'                  => $post['guid'],
			'menu_order'            => $post['menu_order'],
			'post_type'             => $post['type'],
			'post_mime_type'        => $post['mime'],
			'comment_count'         => $post['comment_count'],
		);
		$this->metas( 'postmeta', 'post_id', $post['id'], $post['metas'] );
		$this->relate( $post['id'], $post['terms'] );
	}

	private function relate( int $object, array $terms ): void {
		foreach ( $terms as $tt ) {
			$this->rows['term_relationships'][ "$object,$tt" ] = array( 'object_id' => $object, 'term_taxonomy_id' => $tt, 'term_order' => 0 );
		}
	}

	private function relation( array $relation ): void {
		$this->relate( $relation['object'], array( $relation['tt'] ) );
	}

	private function comment( array $comment ): void {
		$this->rows['comments'][ $comment['id'] ] = array(
			'comment_ID'           => $comment['id'],
			'comment_post_ID'      => $comment['post'],
			'comment_author'       => "O'Reader",
			'comment_author_email' => 'reader@example.org',
			'comment_author_IP'    => '192.0.2.1',
			'comment_date'         => $comment['date'],
			'comment_date_gmt'     => $comment['date'],
			'comment_content'      => $comment['text'],
			'comment_approved'     => $comment['status'],
			'comment_type'         => $comment['type'],
			'comment_parent'       => $comment['parent'],
			'user_id'              => $comment['author'],
		);
		$this->metas( 'commentmeta', 'comment_id', $comment['id'], $comment['metas'] );
	}

	private function link( array $link ): void {
		$this->rows['links'][ $link['id'] ] = array( 'link_id' => $link['id'], 'link_url' => "https://example.org/{$link['id']}", 'link_name' => $link['name'], 'link_owner' => $link['owner'], 'link_updated' => '2025-01-01 00:00:00', 'link_notes' => '' );
		$this->relate( $link['id'], $link['terms'] );
	}

	private function option( array $option ): void {
		$this->options[ $option['name'] ] = $option['value'];
	}

	private function event( array $event ): void {
		$this->options['cron'][ $event['time'] ][ $event['hook'] ][ md5( serialize( $event['args'] ) ) ] = array( 'schedule' => false, 'args' => $event['args'] );
	}

	private function file(): void {}

	/** Counts as they would be, but for terms whose count is wrong on purpose. */
	private function counts(): void {
		foreach ( $this->terms as $tt => $term ) {
			if ( isset( $term['count'] ) ) {
				continue;
			}
			$objects = array_filter( $this->rows['term_relationships'] ?? array(), static fn( $row ) => $row['term_taxonomy_id'] === $tt );
			$rule    = self::COUNT[ $term['taxonomy'] ] ?? null;
			if ( $rule ) {
				$objects = array_filter( $objects, fn( $row ) => $this->counts_as( $this->rows['posts'][ $row['object_id'] ] ?? null, ...$rule ) );
			}
			$this->terms[ $tt ]['count'] = count( $objects ) + ( 'tally' === $term['taxonomy'] ? 1000 : 0 );
		}
	}

	private function counts_as( ?array $post, array $types, array $statuses ): bool {
		if ( ! $post || ! in_array( strtolower( $post['post_type'] ), $types, true ) ) {
			return false;
		}
		$status = $post['post_status'];
		if ( 'attachment' === $post['post_type'] && 'inherit' === $status ) {
			$status = $this->rows['posts'][ $post['post_parent'] ]['post_status'] ?? '';
		}
		return in_array( strtolower( $status ), array( 'publish', ...$statuses ), true );
	}
}
