<?php
/**
 * Would the chaos notice?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

use PHPUnit\Framework\TestCase;
use WpfDelete\Tests\Random\Generator;
use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/Lab.php';
require_once __DIR__ . '/Tally.php';

/**
 * After the fault somebody tampers with the site: each time that has to be found, and nothing else. And a run in which
 * nothing has been interrupted has proved nothing.
 */
final class ChaosTest extends TestCase {

	/** A job on a single site; PHP is killed in the middle of the deletion. */
	private const SEED = 9;

	private static ?Lab $lab = null;

	public static function setUpBeforeClass(): void {
		self::$lab = new Lab( 'sid' );
	}

	public function test_nothing_is_found_where_nothing_is_wrong(): void {
		$report = self::$lab->trial( self::SEED, Kind::Php )->report();
		self::assertSame( array( '', true, true, true ), array( $report['wrong'], $report['hit'], $report['interrupted'], $report['taken_up'] ) );
		self::assertSame( array( 0, false, false, array() ), array( $report['differences'], $report['lost'], $report['stuck'], $report['notes'] ) );
	}

	public function test_differences_are_found(): void {
		$trial = self::tampered(
			static function ( Site $site ) {
				$database = $site->database();
				$database->query( "UPDATE wp_posts SET post_title = 'planted' WHERE post_author = " . Generator::COLLEAGUE . " AND post_status = 'publish' ORDER BY ID LIMIT 1" );
				$database->query( "INSERT INTO wp_options (option_name, option_value, autoload) VALUES ('planted', '1', 'no'), ('wpf_delete_planted', '1', 'no')" );
				$database->query( "UPDATE wp_wpf_deletions SET cause = 'planted'" );
				$cron                                  = unserialize( $database->query( "SELECT option_value FROM wp_options WHERE option_name = 'cron'" )->fetch_row()[0] );
				$cron[2000000000]['planted'][ md5( serialize( array() ) ) ] = array( 'schedule' => false, 'args' => array() );
				$database->query( "UPDATE wp_options SET option_value = '" . $database->real_escape_string( serialize( $cron ) ) . "' WHERE option_name = 'cron'" );
				file_put_contents( $site->uploads() . '/planted.txt', '' );
				file_put_contents( $site->path() . '/hooks', "deleted_user\n", FILE_APPEND );
			}
		);
		$places = array_map( static fn ( $difference ) => preg_replace( '/(?<=posts )\d+/', '#', strtok( $difference, "\n" ) ), $trial->differences );
		self::assertEqualsCanonicalizing( array( 'posts # post_title', 'options planted row', 'options wpf_delete_planted row', 'options cron option_value', 'wpf_deletions 0 cause', 'files planted.txt row', 'hooks {"delete_user":1,"deleted_user":2}' ), $places );
		self::assertSame( array( false, null ), array( $trial->is_lost, $trial->stuck ) );
	}

	public function test_a_job_that_vanishes_is_lost(): void {
		$trial = self::tampered( static fn ( Site $site ) => $site->database()->query( 'DELETE FROM wp_wpf_deletions' ) );
		self::assertTrue( $trial->is_lost );
		self::assertNotSame( array(), preg_grep( '/^users ' . Generator::VICTIM . ' row$/m', $trial->differences ) );
	}

	public function test_a_job_that_nobody_takes_up_is_stuck(): void {
		$parked = self::tampered( static fn ( Site $site ) => $site->database()->query( "UPDATE wp_wpf_deletions SET state = 'failed', due = NULL" ) );
		self::assertStringStartsWith( 'Parked: ', (string) $parked->stuck );
		$forgotten = self::tampered( static fn ( Site $site ) => $site->database()->query( "UPDATE wp_options SET option_value = 'a:1:{s:7:\"version\";i:2;}' WHERE option_name = 'cron'" ) );
		self::assertStringStartsWith( 'There is a job, and nobody is going to come: ', (string) $forgotten->stuck );
	}

	/** @dataProvider tallies */
	public function test_a_run_is_a_success_only_when_nothing_is_wrong_and_something_was_interrupted( bool $expected, array $trials, string $last ): void {
		$tally = new Tally();
		foreach ( $trials as $trial ) {
			$tally->add( $trial + array( 'kind' => Kind::Php->value, 'hit' => true, 'interrupted' => true, 'taken_up' => true, 'differences' => 0, 'lost' => false, 'stuck' => false, 'notes' => array() ) );
		}
		self::assertSame( $expected, $tally->is_well() );
		self::assertStringEndsWith( "\n$last\n", (string) $tally );
	}

	public static function tallies(): iterable {
		$idle = array( 'interrupted' => false );
		$disk = array( 'kind' => Kind::Disk->value );
		yield 'all well' => array( true, array( array(), $idle ), 'chaos: 2 kills, 0 differences, 0 lost, 0 stuck' );
		yield 'differences' => array( false, array( array(), array( 'differences' => 3 ) ), 'chaos: 2 kills, 3 differences, 0 lost, 0 stuck' );
		yield 'one lost' => array( false, array( array( 'lost' => true ) ), 'chaos: 1 kills, 0 differences, 1 lost, 0 stuck' );
		yield 'one stuck' => array( false, array( array( 'stuck' => true ) ), 'chaos: 1 kills, 0 differences, 0 lost, 1 stuck' );
		yield 'none interrupted' => array( false, array( $idle, $idle ), 'chaos: 2 kills, 0 differences, 0 lost, 0 stuck' );
		yield 'none of a kind interrupted' => array( false, array( array(), ...array_fill( 0, 10, $disk + $idle ) ), 'chaos: 11 kills, 0 differences, 0 lost, 0 stuck' );
		yield 'none at all' => array( false, array(), 'chaos: 0 kills, 0 differences, 0 lost, 0 stuck' );
	}

	private static function tampered( callable $meddle ): Trial {
		return self::$lab->trial( self::SEED, Kind::Php, $meddle );
	}
}
