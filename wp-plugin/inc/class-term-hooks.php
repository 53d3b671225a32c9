<?php
/**
 * The hooks of terms.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * What wp_update_term_count_now() fires.
 */
final class TermHooks {

	/**
	 * Does somebody listen?
	 */
	public static function are_heard(): bool {
		return Listeners::any_on( array( 'delete_term_relationships', 'deleted_term_relationships', 'edit_term_taxonomy', 'edited_term_taxonomy', 'clean_term_cache' ) );
	}

	/**
	 * Terms were counted. Callbacks of a taxonomy's own fire what they like, when they are called.
	 *
	 * @param object[] $terms    Rows with term_id and term_taxonomy_id.
	 * @param string   $taxonomy Their taxonomy.
	 */
	public static function fire_counted( array $terms, string $taxonomy ): void {
		$callback = get_taxonomy( $taxonomy )->update_count_callback ?? '';
		if ( in_array( $callback, array( '', '_update_post_term_count', '_update_generic_term_count' ), true ) ) {
			$more = version_compare( $GLOBALS['wp_version'], '6.9', '>=' ) ? array( array() ) : array();
			foreach ( $terms as $term ) {
				/** This action is documented in wp-includes/taxonomy.php */
				Announce::action( 'edit_term_taxonomy', (int) $term->term_taxonomy_id, $taxonomy, ...$more );
				/** This action is documented in wp-includes/taxonomy.php */
				Announce::action( 'edited_term_taxonomy', (int) $term->term_taxonomy_id, $taxonomy, ...$more );
			}
		}
		Announce::safely( static fn () => clean_term_cache( array_column( $terms, 'term_id' ), $taxonomy, false ) );
	}
}
