<?php
/**
 * Users as they are named on the command line.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * By id, login or e-mail address, each of them once; `-` stands for those on the standard input.
 */
final class CommandUsers {

	/**
	 * Names a list on the standard input.
	 */
	private const STDIN = '-';

	/**
	 * Ids of users.
	 *
	 * @param string[] $names   As they were given.
	 * @param string[] $unknown Gets the names of nobody.
	 * @return int[]
	 */
	public static function ids( array $names, array &$unknown ): array {
		$ids = array();
		foreach ( self::with_input( $names ) as $name ) {
			$id = self::id( $name );
			if ( $id ) {
				$ids[ $id ] = $id;
			} else {
				$unknown[] = $name;
			}
		}
		return array_values( $ids );
	}

	/**
	 * The id of one user; 0 for nobody's.
	 *
	 * @param string $name As it was given.
	 */
	public static function id( string $name ): int {
		foreach ( array( ctype_digit( $name ) ? 'id' : '', is_email( $name ) ? 'email' : '', 'login' ) as $field ) {
			$user = '' === $field ? false : get_user_by( $field, $name );
			if ( $user ) {
				return $user->ID;
			}
		}
		return 0;
	}

	/**
	 * Are some of them on the standard input? Then nobody can be asked there.
	 *
	 * @param string[] $names As they were given.
	 */
	public static function are_on_input( array $names ): bool {
		return in_array( self::STDIN, $names, true );
	}

	/**
	 * The names, and those on the standard input, which blanks and line ends part.
	 *
	 * @param string[] $names As they were given.
	 * @return string[]
	 */
	private static function with_input( array $names ): array {
		if ( ! self::are_on_input( $names ) ) {
			return $names;
		}
		$input = preg_split( '/\s+/', (string) file_get_contents( 'php://stdin' ), -1, PREG_SPLIT_NO_EMPTY );
		return array_merge( array_diff( $names, array( self::STDIN ) ), $input );
	}
}
