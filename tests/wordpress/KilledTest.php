<?php
/**
 * Does a deletion end as if nothing had happened, at whatever moment its process was killed?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use PHPUnit\Framework\TestCase;
use RuntimeException;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/ParityTest.php';

/**
 * The process runs under strace, which kills it at a chosen message to the database, before it is sent, or at a chosen
 * answer, before it is read. Another process then does what any runner does. Moments are drawn by lot, as many as
 * WPF_KILLS says on each version of WordPress; WPF_KILLS_SEED draws others.
 */
final class KilledTest extends TestCase {

	private const KILLS = 5;

	private const SEED = 1;

	/** @var array<string, array> What an undisturbed run is, by suite. */
	private static array $whole = array();

	public static function suites(): iterable {
		foreach ( ParityTest::suites() as $suite ) {
			yield $suite => array( $suite );
		}
	}

	/**
	 * Every row, option, event and file is as after a deletion in one go; the two hooks were heard once, unless the process
	 * died between what is on record and the hook.
	 *
	 * @group native
	 * @dataProvider suites
	 */
	public function test_the_next_runner_finishes_it( string $suite ): void {
		$scenario = ParityScenario::named( $suite, 'delete' );
		foreach ( $this->kills( $suite ) as $moment ) {
			list( $site, $phase ) = $this->kill( $scenario, $moment );
			$message              = "Killed at $moment, in phase '$phase'.";

			$last = $this->delete( $site );
			self::assertContains( $last['results'][1], array( 0, 1 ), $message );
			self::assertSame( array( array( 'done', null ) ), $site->database()->query( 'SELECT DISTINCT state, is_open FROM wp_wpf_deletions' )->fetch_all(), $message );
			$differences = ParitySnapshot::differences( $scenario->before, self::$whole[ $suite ]['state'], ParitySnapshot::of( $site, $scenario->before ) );
			self::assertSame( array(), array_slice( $differences, 0, 10 ), $message );
			$this->assert_heard_once( $site, $phase, $message );
			$site->drop();
		}
	}

	/**
	 * Core is not made to be killed: it leaves a post in pieces. But the user goes, and nothing of what was trashed.
	 *
	 * @group core
	 * @dataProvider suites
	 */
	public function test_without_the_extension_nothing_trashed_is_lost( string $suite ): void {
		$scenario = ParityScenario::named( $suite, 'delete' );
		foreach ( $this->kills( $suite ) as $moment ) {
			list( $site, $phase ) = $this->kill( $scenario, $moment );
			$message              = "Killed at $moment, in phase '$phase'.";
			$this->delete( $site );
			$state = ParitySnapshot::of( $site, $scenario->before );
			$whole = self::$whole[ $suite ]['state'];
			self::assertArrayNotHasKey( $scenario->fixture->victim(), $state['users'], $message );
			$trashed = static fn ( array $of ) => array_keys( array_filter( $of['posts'], static fn ( $post ) => 'trash' === $post['post_status'] ) );
			self::assertSame( array(), array_diff( $trashed( $whole ), $trashed( $state ) ), $message );
			$this->assert_heard_once( $site, $phase, $message );
			$site->drop();
		}
	}

	/** Moments at which to kill, of those at which there is anything to kill. */
	private function kills( string $suite ): array {
		self::$whole[ $suite ] ??= $this->whole( ParityScenario::named( $suite, 'delete' ) );
		$seed  = (int) ( getenv( 'WPF_KILLS_SEED' ) ?: self::SEED );
		$kills = (int) ( getenv( 'WPF_KILLS' ) ?: self::KILLS );
		fwrite( STDERR, "kills on $suite: WPF_KILLS_SEED=$seed\n" );
		mt_srand( $seed );
		$moments = self::$whole[ $suite ]['moments'];
		$drawn   = array();
		for ( $number = 0; $number < $kills; $number++ ) {
			// One of each part of the run.
			$from    = intdiv( count( $moments ) * $number, $kills );
			$to      = intdiv( count( $moments ) * ( $number + 1 ), $kills ) - 1;
			$drawn[] = $moments[ mt_rand( $from, $to ) ];
		}
		return $drawn;
	}

	/**
	 * A deletion in one go.
	 *
	 * @return array{state: array, moments: string[]} How it leaves the site; each message and answer of the script's, as
	 *                                                `sendto 17`, for strace to count.
	 */
	private function whole( ParityScenario $scenario ): array {
		$site = $scenario->copy( 'whole' );
		$file = $site->path() . '/trace';
		$this->delete( $site, array( '-e', 'trace=sendto,recvfrom,unlink,openat', '-o', $file ) );
		$counts  = array( 'sendto' => 0, 'recvfrom' => 0 );
		$moments = array();
		$is_on   = false;
		foreach ( file( $file ) as $line ) {
			if ( preg_match( '/^(sendto|recvfrom)\(/', $line, $call ) ) {
				++$counts[ $call[1] ];
				if ( $is_on ) {
					$moments[] = "{$call[1]} {$counts[ $call[1] ]}";
				}
			} elseif ( preg_match( '#^unlink\(".*/run-[0-9a-f]+/job"#', $line ) ) {
				$is_on = true;
			} elseif ( preg_match( '#^openat\(.*/run-[0-9a-f]+/result"#', $line ) ) {
				break;
			}
		}
		self::assertGreaterThan( 100, count( $moments ) );
		$state = ParitySnapshot::of( $site, $scenario->before );
		$site->drop();
		return compact( 'state', 'moments' );
	}

	/**
	 * A deletion that is killed, and then given up for dead.
	 *
	 * @return array{Site, string} The site, and the phase that is on record.
	 */
	private function kill( ParityScenario $scenario, string $moment ): array {
		list( $call, $number ) = explode( ' ', $moment );

		$site = $scenario->copy( 'killed' );
		try {
			$this->delete( $site, array( '-o', '/dev/null', '-e', "trace=$call", '-e', "inject=$call:signal=SIGKILL:when=$number" ), array( 'dies' => true ) );
		} catch ( RuntimeException $error ) {
			// Answers do not always come in as many pieces, so that the last moments may come too late.
			if ( ! str_contains( $error->getMessage(), 'returned, but was expected to die' ) ) {
				throw $error;
			}
			return $this->kill( $scenario, "$call " . ( $number - 3 ) );
		}
		$database = $site->database();
		$phase    = $database->query( 'SELECT phase FROM wp_wpf_deletions' )->fetch_row()[0] ?? '';
		$database->query( 'UPDATE wp_wpf_deletions SET due = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE due IS NOT NULL' );
		return array( $site, $phase );
	}

	/** Asks for the deletion, and does whatever is due. */
	private function delete( Site $site, array $strace = array(), array $options = array() ): ?array {
		$arguments = array(
			'calls' => array(
				array( '\WpfDelete\Queue::enqueue', Fixture::on( $site->suite() )->victim(), array( 'source' => 'cli' ) ),
				array( '\WpfDelete\Runner::work' ),
			),
			'log'   => $site->path() . '/hooks',
		);
		if ( $strace ) {
			$options['strace'] = $strace;
		}
		return $site->run( __DIR__ . '/scripts/jobs/calls.php', $arguments, $options + array( 'time' => Fixture::DELETED ) );
	}

	/** Once each; but a process may die between a hook and the record of it. */
	private function assert_heard_once( Site $site, string $phase, string $message ): void {
		$heard = array_count_values( array_map( static fn ( $line ) => strtok( $line, ' ' ), file( $site->path() . '/hooks' ) ) ) + array( 'deleted_user' => 0 );
		self::assertContains( $heard['delete_user'], '' === $phase ? array( 1, 2 ) : array( 1 ), $message );
		self::assertContains( $heard['deleted_user'], 'deleted_user' === $phase ? array( 0, 1 ) : array( 1 ), $message );
	}
}
