<?php
/**
 * Many rows in few statements.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/**
 * Collects rows with ids of their own choice and writes them a few hundred at a time: WordPress's own
 * functions take some forty statements per post, and seeding would last as long as the deletion.
 */
final class Rows {

	private const AT_ONCE = 200;

	/** The column that counts up, by table as $wpdb calls it. */
	private const IDS = array(
		'posts'       => 'ID',
		'postmeta'    => 'meta_id',
		'comments'    => 'comment_ID',
		'commentmeta' => 'meta_id',
		'links'       => 'link_id',
	);

	/** @var array<string, int> The last id given, by table. */
	private array $last = array();

	/** @var array<string, array[]> Rows to be written, by table. All rows of a table have the same columns. */
	private array $waiting = array();

	/** The id for the next row of a table; each call takes one. */
	public function id( string $table ): int {
		global $wpdb;
		$this->last[ $table ] ??= (int) $wpdb->get_var( 'SELECT COALESCE( MAX( ' . self::IDS[ $table ] . ' ), 0 ) FROM ' . $wpdb->$table );
		return ++$this->last[ $table ];
	}

	/**
	 * Adds a row.
	 *
	 * @param string $table As $wpdb calls it.
	 * @param array  $row   Columns, in the same order in every row of the table.
	 */
	public function add( string $table, array $row ): void {
		$this->waiting[ $table ][] = $row;
		if ( count( $this->waiting[ $table ] ) >= self::AT_ONCE ) {
			$this->write( $table );
		}
	}

	/** Writes what waits. */
	public function finish(): void {
		array_map( array( $this, 'write' ), array_keys( $this->waiting ) );
	}

	private function write( string $table ): void {
		global $wpdb;
		$rows = $this->waiting[ $table ];
		unset( $this->waiting[ $table ] );
		$columns = implode( ', ', array_keys( $rows[0] ) );
		$values  = '(' . implode( ', ', array_fill( 0, count( $rows[0] ), '%s' ) ) . ')';
		$wpdb->query( $wpdb->prepare( "INSERT INTO {$wpdb->$table} ($columns) VALUES " . implode( ', ', array_fill( 0, count( $rows ), $values ) ), array_merge( ...array_map( 'array_values', $rows ) ) ) );
		if ( '' !== $wpdb->last_error ) {
			throw new \RuntimeException( "Seeding $table: $wpdb->last_error" );
		}
	}
}
