<?php
/**
 * What one seed stands for.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use WpfDelete\Tests\Random\Dice;
use WpfDelete\Tests\Random\Generator;

require_once __DIR__ . '/Kind.php';
require_once dirname( __DIR__ ) . '/random/plan/Generator.php';

/** A random site, and a kind of fault. As many seeds as there are kinds, one after the other, have each of them once. */
final class Plan {

	/** Most posts in a transaction: the deletion is to take many. */
	private const BATCH = 7;

	/** Posts that fill more than the room which happens to be left in a table's file. */
	private const CROWD = 400;

	/** Ids of those; other posts' are below. */
	private const FIRST_OF_THE_CROWD = 1000;

	private const OTHER_DICE = 1 << 30;

	/** @param Kind[] $kinds Those that can happen on this machine. */
	public static function kind( int $seed, array $kinds ): Kind {
		// Not the dice that the site is made with: which mode it is would say which fault it is.
		return ( new Dice( self::OTHER_DICE + intdiv( $seed, count( $kinds ) ) ) )->shuffled( $kinds )[ $seed % count( $kinds ) ];
	}

	/** See Generator. */
	public static function of( int $seed, Kind $kind ): array {
		$forced = array();
		if ( $kind->may_be_left_to_core() ) {
			// What is left to core ends as in core: only on clean sites that is the same.
			$forced['profile'] = 'clean';
		}
		$plan = Generator::plan( $seed, $forced );
		if ( Kind::Disk === $kind && 'erase' === $plan['mode'] ) {
			// To delete for good takes no room.
			$plan = Generator::plan( $seed, array( 'mode' => 'delete' ) + $forced );
		}
		if ( $kind->fails_statements() ) {
			// wp_delete_user() goes on when a statement of its own has failed, and nobody can make it stop. Nor does it wait when
			// one of the extension's has: WordPress then does the rest, and leaves everything in the trash that lies there.
			$plan['function'] = 'WpfDelete\\delete_user';
		}
		$plan['batch'] = min( $plan['batch'], self::BATCH );
		if ( Kind::Disk === $kind ) {
			for ( $number = 0; $number < self::CROWD; $number++ ) {
				$plan['objects'][] = self::post( self::FIRST_OF_THE_CROWD + $number );
			}
		}
		return $plan;
	}

	private static function post( int $id ): array {
		return array(
			'kind'    => 'post',
			'id'      => $id,
			'type'    => 'post',
			'author'  => Generator::VICTIM,
			'status'  => 'publish',
			'name'    => "crowd-$id",
			'title'   => "Post $id",
			'content' => "Content $id",
			'date'    => '2026-01-02 08:00:00',
			'gmt'     => '2026-01-02 08:00:00',
			'guid'    => "http://example.test/?p=$id",
			'terms'   => array( 1 ),
			'ping_status' => 'open',
		);
	}
}
