<?php
/**
 * One plan, core against the engine.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

use WpfDelete\Tests\WordPress\ParityDeviations;
use WpfDelete\Tests\WordPress\ParitySite;
use WpfDelete\Tests\WordPress\ParitySnapshot;

foreach ( array( 'plan/Generator', 'Rows', 'Arena', 'Reasons' ) as $class ) {
	require_once __DIR__ . "/$class.php";
}
require_once dirname( __DIR__ ) . '/wordpress/ParityDeviations.php';
require_once dirname( __DIR__ ) . '/wordpress/Fixture.php';

/**
 * Runs both deletions and says where they differ. Without the extension they may not differ at all; with it a clean plan
 * may not either, and a wild one only as ParityDeviations says, for reasons that Reasons finds.
 */
final class Contest implements ParitySite {

	/** What deviated: names by rule. @var array<string, string[]> */
	public array $notes = array();

	/** In words; the first line of each says where. @var string[] */
	public array $differences = array();

	/** What core did, see Arena::core(). */
	public array $core;

	/**
	 * @param Arena     $arena  Where.
	 * @param string    $suite  Debian suite of the WordPress there.
	 * @param array     $plan   See Generator.
	 * @param bool|null $allows Whether deviations are allowed; null: as the plan's profile says.
	 * @param array|null $core  What core did with the same plan there; null to let it.
	 */
	public function __construct( Arena $arena, string $suite, array $plan, ?bool $allows = null, ?array $core = null ) {
		$allows = ( $allows ?? 'wild' === $plan['profile'] ) && Arena::has_extension();
		$before = $arena->fill( $plan );
		$core   = $core ?? $arena->core( $plan, $before, $allows );
		$native = $arena->native( $plan, $before );

		$this->core = $core;
		$expected   = $core['state'];
		if ( $allows ) {
			$before['outside'] = $expected['outside'];
			$deviations        = new ParityDeviations( $this, $this->traits( $plan ), $before, $expected );
			$expected          = $deviations->expected();
			$this->notes       = $deviations->notes();
			foreach ( $core['accepted'] as $id ) {
				$this->notes['D3 trashed'][] = $this->label( $id );
			}
			$this->differences = ( new Reasons( $plan, $suite, $before, $expected ) )->missing( $this->notes );
		}
		foreach ( array( 'result', 'hooks' ) as $what ) {
			if ( $core[ $what ] !== $native[ $what ] ) {
				$this->differences[] = "$what\n\texpected " . json_encode( $core[ $what ] ) . "\n\tgot      " . json_encode( $native[ $what ] );
			}
		}
		$this->differences = array_merge( $this->differences, ParitySnapshot::differences( $before, $expected, $native['state'] ) );
	}

	public function victim(): int {
		return Generator::VICTIM;
	}

	public function label( int $id ): string {
		return "post $id";
	}

	/** None: core was made to trash them itself. */
	public function refused(): array {
		return array();
	}

	public function counted(): ?array {
		return $this->core['counted'];
	}

	/** @return string[] */
	private function traits( array $plan ): array {
		return 'reassign' === $plan['mode'] ? array( 'reassign' ) : array( 'delete', 'erase' === $plan['mode'] ? 'erase' : 'trash' );
	}
}
