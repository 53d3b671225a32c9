<?php
/**
 * The smallest plan that still fails.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Takes away halves, then quarters, then single objects, and at last what objects have. */
final class Shrinker {

	/** What a post loses if nothing depends on it. */
	private const PLAIN = array(
		'title'         => 'T',
		'content'       => 'C',
		'excerpt'       => '',
		'name'          => 'n',
		'password'      => '',
		'menu_order'    => 0,
		'comment_count' => 0,
		'parent'        => 0,
		'text'          => '',
		'status'        => 'publish',
		'type'          => 'post',
	);

	private int $tries = 0;

	/**
	 * @param callable $fails Takes a plan, says whether it still fails.
	 * @param int      $most  Tries before the smallest plan so far is good enough.
	 */
	public function __construct( private $fails, private int $most = 400 ) {}

	/** The smallest plan found. */
	public function shrink( array $plan ): array {
		$plan            = $this->settings( $plan );
		$plan['objects'] = $this->fewer( $plan['objects'], static fn( $objects ) => array( 'objects' => $objects ) + $plan );
		foreach ( array_keys( $plan['objects'] ) as $key ) {
			$plan = $this->plainer( $plan, $key );
		}
		return $plan;
	}

	private function fails( array $plan ): bool {
		return ++$this->tries <= $this->most && ( $this->fails )( $plan );
	}

	/** One batch, no revisions, if that makes no difference. */
	private function settings( array $plan ): array {
		foreach ( array( 'batch' => 300, 'slice' => 2000, 'pace' => 0.5, 'lane' => '', 'revisions' => 0, 'function' => 'WpfDelete\delete_user', 'actor' => 1 ) as $setting => $value ) {
			$simpler = array( $setting => $value ) + $plan;
			if ( $simpler[ $setting ] !== $plan[ $setting ] && $this->fails( $simpler ) ) {
				$plan = $simpler;
			}
		}
		return $plan;
	}

	/** A list with as little in it as possible. */
	private function fewer( array $list, callable $plan_with ): array {
		for ( $size = intdiv( count( $list ) + 1, 2 ); $size >= 1; $size = $size > 1 ? intdiv( $size + 1, 2 ) : 0 ) {
			for ( $at = 0; $at < count( $list ); ) {
				$less = $list;
				$cut  = array_splice( $less, $at, $size );
				$kept = array_filter( $cut, static fn( $object ) => is_array( $object ) && 'user' === ( $object['kind'] ?? '' ) );
				array_splice( $less, $at, 0, $kept );
				if ( count( $less ) < count( $list ) && $this->fails( $plan_with( $less ) ) ) {
					$list = $less;
				} else {
					$at += $size;
				}
			}
		}
		return $list;
	}

	private function plainer( array $plan, int $key ): array {
		$with = static function ( array $object ) use ( $plan, $key ) {
			$plan['objects'][ $key ] = $object;
			return $plan;
		};
		$object = $plan['objects'][ $key ];
		foreach ( array( 'metas', 'terms' ) as $list ) {
			if ( ! empty( $object[ $list ] ) ) {
				$object[ $list ] = $this->fewer( array_values( $object[ $list ] ), static fn( $less ) => $with( array( $list => $less ) + $object ) );
			}
		}
		foreach ( 'user' === $object['kind'] ? array() : self::PLAIN as $field => $value ) {
			if ( isset( $object[ $field ] ) && $object[ $field ] !== $value && ! ( 'comment' === $object['kind'] && in_array( $field, array( 'type', 'status' ), true ) ) ) {
				$plainer = array( $field => $value ) + $object;
				if ( $this->fails( $with( $plainer ) ) ) {
					$object = $plainer;
				}
			}
		}
		return $with( $object );
	}
}
