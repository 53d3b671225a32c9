<?php
/**
 * What becomes of a post, told from its plan.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Knows the post types of types.php by heart, and asks neither core nor the engine. */
final class Fate {

	/** Types that go with their author, in any spelling: the database compares them. */
	private const GO = array( 'post', 'page', 'attachment', 'revision', 'wp_template', 'wp_template_part', 'book', 'doc', 'gone' );

	/**
	 * @param string $mode One of Generator::MODES.
	 * @return string `keep`, `purge`, `trash` or `reassign`. Posts that only go along with others are kept.
	 */
	public static function of( array $post, string $mode ): string {
		if ( Generator::VICTIM !== $post['author'] ) {
			return 'keep';
		}
		if ( 'reassign' === $mode ) {
			return 'reassign';
		}
		if ( ! in_array( strtolower( $post['type'] ), self::GO, true ) ) {
			return 'keep';
		}
		return in_array( $post['type'], self::types_to_trash( $mode ), true ) && 'trash' !== $post['status'] ? 'trash' : 'purge';
	}

	/** @return string[] */
	private static function types_to_trash( string $mode ): array {
		return match ( $mode ) {
			'delete' => array( 'post', 'page' ),
			'trash media' => array( 'post', 'page', 'attachment' ),
			default => array(),
		};
	}
}
