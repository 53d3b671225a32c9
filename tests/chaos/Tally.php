<?php
/**
 * What many trials have come to.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

require_once __DIR__ . '/Kind.php';

/** Counts, by kind of fault. A run is a success when nothing went wrong, and when something could have. */
final class Tally {

	/** So many faults of a kind, of which none has interrupted a deletion, are no accident. */
	private const ENOUGH = 10;

	private int $differences = 0;

	private int $lost = 0;

	private int $stuck = 0;

	/** Faults by kind: all, those that took hold, those that interrupted a deletion, those after which another process finished it. @var array<string, int[]> */
	private array $kinds = array();

	/** How often, by what was different on purpose. @var array<string, int> */
	private array $notes = array();

	/**
	 * Adds a trial.
	 *
	 * @param array $trial What report() of a Trial says.
	 */
	public function add( array $trial ): void {
		$this->differences += $trial['differences'];
		$this->lost        += $trial['lost'] ? 1 : 0;
		$this->stuck       += $trial['stuck'] ? 1 : 0;

		$kind = $this->kinds[ $trial['kind'] ] ?? array( 0, 0, 0, 0 );
		foreach ( array( true, $trial['hit'], $trial['interrupted'], $trial['taken_up'] ) as $column => $holds ) {
			$kind[ $column ] += $holds ? 1 : 0;
		}
		$this->kinds[ $trial['kind'] ] = $kind;
		foreach ( $trial['notes'] as $note ) {
			$this->notes[ $note ] = 1 + ( $this->notes[ $note ] ?? 0 );
		}
	}

	/** Whether all is well: nothing different, lost or stuck, and deletions were really interrupted. */
	public function is_well(): bool {
		return 0 === $this->differences + $this->lost + $this->stuck && ! $this->idle();
	}

	/** The table, what was different on purpose, and one line in the end. */
	public function __toString(): string {
		$text = sprintf( "%-28s %8s %10s %12s %22s\n", 'fault', 'times', 'took hold', 'interrupted', 'finished by another' );
		foreach ( Kind::cases() as $kind ) {
			if ( isset( $this->kinds[ $kind->value ] ) ) {
				$text .= vsprintf( "%-28s %8d %10d %12d %22d\n", array( $kind->value, ...$this->kinds[ $kind->value ] ) );
			}
		}
		$text .= vsprintf( "%-28s %8d %10d %12d %22d\n", array( 'all', ...$this->sums() ) );
		ksort( $this->notes );
		foreach ( $this->notes as $note => $count ) {
			$text .= "different on purpose, $count times: $note\n";
		}
		foreach ( $this->idle() as $kind ) {
			$text .= "no deletion was interrupted: $kind\n";
		}
		return $text . "chaos: {$this->sums()[0]} kills, {$this->differences} differences, {$this->lost} lost, {$this->stuck} stuck\n";
	}

	/** What was to interrupt deletions and never did. @return string[] */
	private function idle(): array {
		$idle = array_keys( array_filter( $this->kinds, static fn ( $kind ) => $kind[0] >= self::ENOUGH && 0 === $kind[2] ) );
		return 0 === $this->sums()[2] ? array_merge( $idle, array( 'all' ) ) : $idle;
	}

	/** @return int[] */
	private function sums(): array {
		return array_map( fn ( $column ) => array_sum( array_column( $this->kinds, $column ) ), array( 0, 1, 2, 3 ) );
	}
}
