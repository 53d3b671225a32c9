<?php
/**
 * The users of a plan.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Who goes, and two who stay. */
final class People {

	private const ROLES = array( Generator::VICTIM => 'author', Generator::COLLEAGUE => 'editor', Generator::HEIR => 'editor' );

	public static function make( Blueprint $site ): void {
		foreach ( self::ROLES as $id => $role ) {
			$metas = array( array( 'nickname', $site->text( 2 ) ), array( 'description', $site->text( 4 ) ), array( 'wp_user-settings', 'editor=tinymce' ), array( 'twice', 'a' ), array( 'twice', 'a' ) );
			foreach ( $site->dice->some( array( 'session_tokens', '_application_passwords', 'closedpostboxes_post', 'wp_persisted_preferences', "it's" ), 5 ) as $key ) {
				$metas[] = array( $key, str_starts_with( $key, '_' ) || 'session_tokens' === $key ? 'a:0:{}' : $site->text( 1 ) );
			}
			$site->add( 'user', array( 'id' => $id, 'login' => "user$id", 'role' => $role, 'name' => $site->text( 2 ), 'metas' => $metas ) );
		}
	}
}
