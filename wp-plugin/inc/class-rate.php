<?php
/**
 * How long a deletion takes.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Posts per second as this site's own deletions have shown, or, until there are any, as they were measured on a small
 * machine at the usual pace.
 */
final class Rate {

	/**
	 * Posts per second where nothing was measured: two cores, default pace.
	 */
	private const DEFAULTS = array(
		Lanes::BULK   => 2000.0,
		Lanes::REPLAY => 1000.0,
		Lanes::CORE   => 30.0,
		'reassign'    => 10000.0,
	);

	/**
	 * Posts that a deletion has to have for its time to say something.
	 */
	private const ENOUGH = 100;

	/**
	 * How many of these are asked for the median, and how many deletions are looked at for them.
	 */
	private const SAMPLES = 20;
	private const LOOKED  = 200;

	/**
	 * Seconds for these posts, and the rate by which that is reckoned.
	 *
	 * @param array<string, int> $posts    By lane.
	 * @param bool               $reassign Whether they change hands instead.
	 * @return array{seconds: float, rate: array{posts_per_second: float, measured: bool}}
	 */
	public static function estimate( array $posts, bool $reassign ): array {
		$measured = self::measured( $reassign );
		$seconds  = 0.0;
		foreach ( $posts as $lane => $count ) {
			// What core does post by post takes as long as it takes, whatever others took.
			$is_slow  = Lanes::CORE === $lane && ! $reassign;
			$seconds += $count / ( $is_slow ? self::DEFAULTS[ Lanes::CORE ] : ( $measured ?? self::DEFAULTS[ $reassign ? 'reassign' : $lane ] ) );
		}
		$rate = $measured ?? ( $seconds > 0 ? array_sum( $posts ) / $seconds : self::DEFAULTS[ $reassign ? 'reassign' : Lanes::BULK ] );
		return array(
			'seconds' => round( $seconds, 1 ),
			'rate'    => array(
				'posts_per_second' => round( $rate, 1 ),
				'measured'         => null !== $measured,
			),
		);
	}

	/**
	 * The median of this site's last deletions, or handings over; null while there are none.
	 *
	 * @param bool $reassign Which of the two.
	 */
	private static function measured( bool $reassign ): ?float {
		global $wpdb;
		$rates = array();
		// `due` is null for what is done, which makes the index one by id.
		// phpcs:ignore WordPress.DB.PreparedSQL -- the table is ours.
		$rows = Table::is_ready() ? $wpdb->get_results( $wpdb->prepare( 'SELECT mode, counts, TIMESTAMPDIFF(SECOND, started, finished) AS seconds FROM ' . Table::name() . ' WHERE site_id = %d AND state = %s AND due IS NULL ORDER BY id DESC LIMIT %d', get_current_blog_id(), Job::DONE, self::LOOKED ), ARRAY_A ) : array();
		foreach ( $rows as $row ) {
			$posts = ( new Job( $row ) )->posts();
			if ( count( $rates ) < self::SAMPLES && ( 'reassign' === $row['mode'] ) === $reassign && $posts >= self::ENOUGH && null !== $row['seconds'] ) {
				// Times are whole seconds.
				$rates[] = $posts / max( 1, (int) $row['seconds'] );
			}
		}
		if ( ! $rates ) {
			return null;
		}
		sort( $rates );
		$middle = intdiv( count( $rates ), 2 );
		return (float) ( count( $rates ) % 2 ? $rates[ $middle ] : ( $rates[ $middle - 1 ] + $rates[ $middle ] ) / 2 );
	}
}
