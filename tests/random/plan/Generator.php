<?php
/**
 * Small sites, made up.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

foreach ( array( 'Dice', 'Fate', 'Tidy', 'Blueprint', 'People', 'Terms', 'Attachments', 'Slugs', 'Posts', 'Families', 'Revisions', 'Menus', 'Comments', 'Links', 'Options', 'Events' ) as $class ) {
	require_once __DIR__ . "/$class.php";
}

/**
 * Makes the plan of one site out of a seed: pure data, a list of objects with the ids they will have, and how the
 * victim is to be deleted. The same seed makes the same plan everywhere.
 *
 * Most of it is chance. But what hardly ever comes about by chance, and tells a wrong engine from a right one, is put
 * into most plans on purpose: mutations.txt says what must not be missed.
 *
 * An object that another one names need not exist: a plan stays a plan when objects are taken out of it.
 */
final class Generator {

	public const VICTIM    = 20;
	public const COLLEAGUE = 10;
	public const HEIR      = 30;

	/** What the deletion's `MEDIA_TRASH`, `EMPTY_TRASH_DAYS` and heir follow from. */
	public const MODES    = array( 'delete', 'erase', 'trash media', 'reassign' );
	public const PROFILES = array( 'clean', 'wild' );

	/** The modes of ten seeds: what shows in one mode only is not left to luck. The last card is for a single site. */
	private const DECK = array( 'delete', 'delete', 'delete', 'delete', 'delete', 'erase', 'erase', 'trash media', 'reassign', 'reassign' );

	/**
	 * The plan of a seed.
	 *
	 * @param int   $seed   Not negative.
	 * @param array $forced `profile`, `mode`, `network`, `lane`: these win over what the seed says.
	 * @return array `seed`, `profile`, `network`, `mode`, `function`, `actor`, `revisions`, `batch`, `slice`, `lane`, `objects`.
	 */
	public static function plan( int $seed, array $forced = array() ): array {
		$dice = new Dice( $seed );
		$site = new Blueprint( $dice, array_filter( $forced, static fn( $value ) => null !== $value ) + self::settings( $seed, $dice ) );
		self::fill( $site );
		return $site->plan;
	}

	private static function settings( int $seed, Dice $dice ): array {
		$count = count( self::DECK );
		$card  = ( new Dice( intdiv( $seed, $count ) ) )->shuffled( array_keys( self::DECK ) )[ $seed % $count ];
		// Everywhere else core comes after, and hands over what the engine has left.
		$alone = $count - 1 === $card;
		return array(
			'seed'      => $seed,
			'profile'   => $dice->pick( self::PROFILES ),
			'network'   => $dice->chance( 25 ) && ! $alone,
			'mode'      => self::DECK[ $card ],
			'function'  => $dice->pick( array( 'WpfDelete\delete_user', $alone ? 'WpfDelete\delete_user' : 'wp_delete_user' ) ),
			'actor'     => $dice->pick( array( 0, 1 ) ),
			'revisions' => $dice->weighted( array( -1 => 3, 0 => 4, 3 => 3 ) ),
			'batch'     => $dice->weighted( array( 300 => 4, 7 => 1, 2 => 2, 1 => 1 ) ),
			'slice'     => $dice->weighted( array( 2000 => 3, 5 => 1 ) ),
			// Above 1 on two connections.
			'pace'      => $seed % 2 ? 0.5 : 2,
			// Empty for the plugin's own choice, which is the bulk lane here.
			'lane'      => $dice->weighted( array( '' => 3, 'replay' => 1 ) ),
			'objects'   => array(),
		);
	}

	/** Each maker may refer to what those before it have made. */
	private static function fill( Blueprint $site ): void {
		$terms       = new Terms( $site );
		$attachments = new Attachments( $site );
		$posts       = new Posts( $site, $terms, $attachments );
		$families    = new Families( $site, $posts );

		People::make( $site );
		$terms->make();
		$posts->make();
		$families->make();
		( new Slugs( $site ) )->rivals();
		$terms->counts();
		$attachments->copies();
		( new Revisions( $site ) )->make();
		( new Menus( $site ) )->make();
		$attachments->thumbnails();
		( new Comments( $site ) )->make();
		Links::make( $site );
		$terms->relations();
		( new Options( $site ) )->make();
		Events::make( $site );
		if ( $site->is_wild() ) {
			$families->loops();
		} else {
			$site->plan['objects'] = Tidy::up( $site->plan, $site->dice );
		}
	}
}
