<?php
/**
 * The measurements.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

use mysqli;
use RuntimeException;
use WpfDelete\Tests\Support\Site;

/** Does jobs, each on a fresh copy of the snapshot, and proves that they were done. */
final class Bench {

	/** Hooks that trivial listeners listen to in the replay lane. */
	private const LISTENERS = array( 'before_delete_post', 'deleted_post' );

	/** @var array<string, array<string, string>> Checksums of what a mode leaves of some authors. */
	private array $checksums = array();

	public function __construct( private Snapshot $snapshot, private Server $server, private int $heir ) {
	}

	/**
	 * Does a job.
	 *
	 * @return array[] Figures as Meter returns them, one for each author, and `core_to_core`: see Machine; before
	 *         or after, whichever took longer.
	 */
	public function measure( Job $job ): array {
		return $this->on_a_fresh_copy(
			$job,
			array(),
			function ( Site $site ) use ( $job ) {
				$before       = Machine::core_to_core();
				$figures      = $this->perform( $job, $site );
				$core_to_core = max( $before, Machine::core_to_core() );
				return array_map( static fn( $of_one ) => $of_one + array( 'core_to_core' => $core_to_core ), $figures );
			}
		);
	}

	/** Is it worth knowing how long a job's transactions are? Others of its way have told already where it is not. */
	public static function has_transactions( Job $job ): bool {
		return ! in_array( $job->group, array( 'curve', 'small' ), true );
	}

	/**
	 * Does a job once more while the server takes notes, which takes it time.
	 *
	 * @return array{count: int, longest: float, p99: float} Transactions in seconds.
	 */
	public function transactions( Job $job ): array {
		return $this->on_a_fresh_copy(
			$job,
			Transactions::SETTINGS,
			function ( Site $site ) use ( $job ) {
				$transactions = new Transactions( Site::server() );
				$this->perform( $job, $site );
				return $transactions->figures( $job->is_by_core() );
			}
		);
	}

	/**
	 * What is measured on a fresh copy, unless it was done wrong.
	 *
	 * @param array<string, string> $settings Of the server, over the usual ones.
	 * @param callable              $measured Does the job ( Site $site ).
	 */
	private function on_a_fresh_copy( Job $job, array $settings, callable $measured ): array {
		$this->server->start_copy_of( $this->snapshot->data(), $settings );
		$site     = $this->snapshot->site();
		$database = $site->database();
		$authors  = array_keys( $job->authors );
		$this->server->warm_up( $database );
		$before  = State::of( $database, $authors, $this->heir );
		$figures = $measured( $site );
		$after   = State::of( $database, $authors, $this->heir );
		State::verify( $job, $before, $after );
		$this->compare( $job, $after['checksums'] );
		return $figures;
	}

	/** @return array[] Figures as Meter returns them. */
	private function perform( Job $job, Site $site ): array {
		return match ( $job->way ) {
			'core'                         => $this->by_core( $job, $site ),
			'bulk', 'replay', 'core-lane' => $this->by_engine( $job, $site ),
			default                        => $this->by_hand( $job, $site->database() ),
		};
	}

	/** @return array[] */
	private function by_hand( Job $job, mysqli $database ): array {
		$meter   = new Meter( Site::server(), $this->server->pid() );
		$figures = array();
		foreach ( array_keys( $job->authors ) as $author ) {
			$figures[] = $meter->measure_until_quiet(
				fn() => match ( $job->way ) {
					'floor'       => Floor::delete( $database, $job->mode, $author, $this->heir ),
					'batches'     => Floor::delete_in_batches( $database, $job->mode, $author, $this->heir ),
					'pt-archiver' => Archiver::purge_posts( $database, $author ),
				}
			);
		}
		return $figures;
	}

	/** wp_delete_user() on the site without any plugin. */
	private function by_core( Job $job, Site $site ): array {
		$site = $site->with( array( 'WP_PLUGIN_DIR' => $site->path() . '/no-plugins' ) );
		return $this->in_wordpress( $job, $site, array( 'function' => 'wp_delete_user' ), false );
	}

	/** @return array[] */
	private function by_engine( Job $job, Site $site ): array {
		$arguments = array(
			'function'  => 'WpfDelete\delete_user',
			'listeners' => 'replay' === $job->way ? self::LISTENERS : array(),
			'lane'      => 'core-lane' === $job->way ? 'core' : null,
		);
		return $this->in_wordpress( $job, $site, $arguments, true );
	}

	/** @return array[] */
	private function in_wordpress( Job $job, Site $site, array $arguments, bool $extension ): array {
		$figures = $site->with( 'purge' === $job->mode ? array( 'EMPTY_TRASH_DAYS' => 0 ) : array() )->run(
			__DIR__ . '/scripts/delete.php',
			$arguments + array(
				'users'     => array_keys( $job->authors ),
				'heir'      => 'reassign' === $job->mode ? $this->heir : null,
				'listeners' => array(),
				'lane'      => null,
				'server'    => $this->server->pid(),
				'measure'   => $job->is_small() ? 'measure' : 'measure_until_quiet',
			),
			array( 'extension' => $extension )
		);
		foreach ( $figures as $of_one ) {
			if ( true !== $of_one['result'] ) {
				throw new RuntimeException( "{$job->name()} has returned " . var_export( $of_one['result'], true ) . '.' );
			}
		}
		return $figures;
	}

	/** Every way has to leave the same behind. */
	private function compare( Job $job, array $checksums ): void {
		if ( 'pt-archiver' === $job->way || ( 'core' === $job->way && 'trash' === $job->mode ) ) {
			// The one deletes from one table only, the other takes metas away from what it has trashed.
			return;
		}
		$key = $job->mode . ' ' . implode( ' ', array_keys( $job->authors ) );
		if ( $checksums !== ( $this->checksums[ $key ] ??= $checksums ) ) {
			throw new RuntimeException( "{$job->name()} does not leave what other ways leave: " . implode( ', ', array_keys( array_diff_assoc( $checksums, $this->checksums[ $key ] ) ) ) . '.' );
		}
	}
}
