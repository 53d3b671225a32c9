<?php
/**
 * A seeded site, and what each of its objects is there to prove.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/ParitySite.php';

/**
 * Seeding takes longer than copying, so that a suite is seeded once per run and never deleted from.
 */
final class Fixture implements ParitySite {

	/** When the site was filled, and when the deletion runs. */
	public const SEEDED  = '2026-01-15 09:00:00';
	public const DELETED = '2026-03-01 10:20:30';

	/** What DELETED is in the site's time zone, Europe/Berlin. */
	public const DELETED_LOCAL = '2026-03-01 11:20:30';

	/** @var array<string, self> */
	private static array $seeded = array();

	/** @var array<string, int> Ids of `victim`, `colleague`, `heir` and `administrator`. */
	public array $users;

	/** @var array<string, int> Post ids by label. */
	public array $posts;

	/** @var array<string, string> Slugs for the posts that core refuses to trash, by label. */
	public array $refused;

	/** @var array<string, string[]> Labels by rule. */
	private array $proves;

	private function __construct( public Site $site ) {
		copy( __DIR__ . '/scripts/types.php', $site->path() . '/wp-content/mu-plugins/types.php' );
		$options = array(
			'time'      => self::SEEDED,
			'user'      => 1,
			'extension' => false,
		);
		foreach ( $site->run( __DIR__ . '/scripts/seed.php', array(), $options ) as $property => $value ) {
			$this->$property = $value;
		}
	}

	/** The fixture on that suite's WordPress. */
	public static function on( string $suite ): self {
		self::$seeded[ $suite ] ??= new self( self::own( Site::install( $suite, self::name( $suite ) ) ) );
		return self::$seeded[ $suite ];
	}

	/** A site's name that no other run uses. */
	public static function name( string $what ): string {
		return 'parity_' . getmypid() . '_' . strtr( $what, ' ', '_' );
	}

	/** Drops a site when this process ends. */
	public static function own( Site $site ): Site {
		register_shutdown_function( array( $site, 'drop' ) );
		return $site;
	}

	public function victim(): int {
		return $this->users['victim'];
	}

	public function refused(): array {
		return array_combine( array_map( fn( $label ) => $this->posts[ $label ], array_keys( $this->refused ) ), $this->refused );
	}

	/** Not known here: a count that changed was counted. */
	public function counted(): ?array {
		return null;
	}

	public function label( int $id ): string {
		$label = array_search( $id, $this->posts, true );
		return false === $label ? "post $id" : $label;
	}

	/**
	 * The rules that must show, each with the labels of all objects it must touch.
	 *
	 * @param string[] $traits What holds for this deletion; a rule that ends in " when A B" needs both.
	 * @return array<string, string[]> Sorted.
	 */
	public function proofs( array $traits ): array {
		$proofs = array();
		foreach ( $this->proves as $rule => $labels ) {
			list( $rule, $conditions ) = explode( ' when ', $rule ) + array( 1 => '' );
			if ( preg_match( '/^D[13] /', $rule ) ) {
				$conditions .= ' trash';
			}
			if ( array_diff( array_filter( explode( ' ', $conditions ) ), $traits ) ) {
				continue;
			}
			$proofs[ $rule ] = array_merge( $proofs[ $rule ] ?? array(), $labels );
		}
		return array_map( array( self::class, 'sorted' ), $proofs );
	}

	/** Each label once, in order. */
	public static function sorted( array $labels ): array {
		$labels = array_values( array_unique( $labels ) );
		sort( $labels );
		return $labels;
	}
}
