<?php
/**
 * Which of a user's posts go, as SQL.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Conditions that choose as the extension does and as core does: the types that go are compared by the database, in the
 * column's collation; what goes to the trash is compared as in PHP, byte by byte.
 */
final class Going {

	/**
	 * Whose.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * The types that go as a list for IN; empty when none do.
	 *
	 * @var string
	 */
	private $types;

	/**
	 * Those among them that go to the trash.
	 *
	 * @var string
	 */
	private $trash_types;

	/**
	 * Reads the request.
	 *
	 * @param int   $user_id    Whose.
	 * @param array $post_types From Request.
	 */
	public function __construct( int $user_id, array $post_types ) {
		$actions           = array_column( $post_types, 'action' );
		$by_type           = array_combine( array_map( 'strval', array_keys( $post_types ) ), $actions );
		$this->user_id     = $user_id;
		$this->types       = self::in( array_keys( array_diff( $by_type, array( 'keep' ) ) ) );
		$this->trash_types = self::in( array_keys( $by_type, 'trash', true ) );
	}

	/**
	 * The user's posts by type and by what becomes of them.
	 *
	 * @return array<string, array<string, int>> As the extension's plan has it.
	 */
	public function count(): array {
		global $wpdb;
		$trash = $this->is_of_trash( 'p' );
		$goes  = '' === $this->types ? 'FALSE' : "p.post_type IN ($this->types)";
		$posts = array();
		// phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
		foreach ( $wpdb->get_results( "SELECT CAST(p.post_type AS BINARY) AS type, CASE WHEN $trash THEN 'trash' WHEN $goes THEN 'purge' ELSE 'keep' END AS action, COUNT(*) AS posts FROM {$this->posts()} WHERE p.post_author = $this->user_id GROUP BY 1, 2" ) as $row ) {
			$posts[ $row->type ][ $row->action ] = (int) $row->posts;
		}
		$items = $this->menu_items( 'i.post_author = p.post_author' );
		if ( $items && isset( $posts['nav_menu_item']['keep'] ) ) {
			$posts['nav_menu_item'] = array_filter(
				array(
					'keep'  => $posts['nav_menu_item']['keep'] - $items,
					'purge' => $items,
				)
			);
		}
		return $posts;
	}

	/**
	 * How many menu items point at what goes for good, and go with it.
	 *
	 * @param string $which A condition on items `i` and posts `p`.
	 */
	public function menu_items( string $which ): int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class, and constant text.
		return (int) $wpdb->get_var( "SELECT COUNT(DISTINCT i.ID) FROM $wpdb->posts i JOIN $wpdb->postmeta m ON m.post_id = i.ID AND m.meta_key = '_menu_item_object_id' JOIN $wpdb->postmeta k ON k.post_id = i.ID AND k.meta_key = '_menu_item_type' AND k.meta_value = 'post_type' JOIN $wpdb->posts p ON p.ID = CAST(m.meta_value AS UNSIGNED) AND m.meta_value = CAST(p.ID AS CHAR) WHERE i.post_type = 'nav_menu_item' AND i.post_status NOT IN ({$this->hidden_statuses()}) AND {$this->for_good( 'p' )} AND $which" );
	}

	/**
	 * Statuses of menu items that stay. Core: wp_get_associated_nav_menu_items() asks for `any`.
	 */
	private function hidden_statuses(): string {
		return self::in( array_merge( array( '' ), array_values( get_post_stati( array( 'exclude_from_search' => true ) ) ) ) );
	}

	/**
	 * The user's posts `p`, found by their author: of whoever wrote every fourth post the database would rather
	 * read the whole table.
	 */
	public function posts(): string {
		return "{$GLOBALS['wpdb']->posts} p FORCE INDEX (post_author)";
	}

	/**
	 * The condition for those that go for good.
	 *
	 * @param string $alias The table's name in the statement.
	 */
	public function for_good( string $alias ): string {
		return '' === $this->types ? 'FALSE' : "($alias.post_author = $this->user_id AND $alias.post_type IN ($this->types) AND NOT ({$this->is_of_trash( $alias )}))";
	}

	/**
	 * The condition for those that go to the trash.
	 *
	 * @param string $alias The table's name in the statement.
	 */
	public function to_trash( string $alias ): string {
		return "($alias.post_author = $this->user_id AND {$this->is_of_trash( $alias )})";
	}

	/**
	 * The condition for both.
	 *
	 * @param string $alias The table's name in the statement.
	 */
	public function either( string $alias ): string {
		return '' === $this->types ? 'FALSE' : "($alias.post_author = $this->user_id AND $alias.post_type IN ($this->types))";
	}

	/**
	 * Whether a post of anybody's is of a type that goes to the trash, and not in it.
	 *
	 * @param string $alias The table's name in the statement.
	 */
	private function is_of_trash( string $alias ): string {
		return '' === $this->trash_types ? 'FALSE' : "CAST($alias.post_type AS BINARY) IN ($this->trash_types) AND CAST($alias.post_status AS BINARY) <> 'trash'";
	}

	/**
	 * `'a', 'b'`.
	 *
	 * @param string[] $types Post types.
	 */
	private static function in( array $types ): string {
		return $types ? "'" . implode( "', '", array_map( 'esc_sql', $types ) ) . "'" : '';
	}
}
