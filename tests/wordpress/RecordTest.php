<?php
/**
 * Do the work and its record in the table stay together when something comes between them?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Records that are refused, answers that are lost, jobs that are called off at the wrong moment, runners that are slow.
 */
final class RecordTest extends JobsTestCase {

	private const WORK = array( '\WpfDelete\Runner::work' );

	/**
	 * A process dies in `deleted_user`, before WordPress itself has had its turn there; and somebody asks once more.
	 *
	 * @dataProvider suites
	 */
	public function test_what_wordpress_does_at_the_farewell_is_made_up_for( string $suite ): void {
		$this->begin( $suite );
		list( $id ) = $this->users( 1 );
		$this->enqueue( array( $id ) );
		$this->call( array( self::WORK ), array( 'misbehave' => array( 'deleted_user' => 'kill' ) ), array( 'dies' => true ) );
		self::assertSame( array( array( 'running', 'deleted_user' ) ), $this->jobs( 'state, phase' ) );
		$this->query( "UPDATE wp_options SET option_value = '99' WHERE option_name = 'user_count'" );
		$this->make_due();
		$this->enqueue( array( $id ) );
		self::assertSame( 1, $this->call( array( self::WORK ) )['results'][0] );
		self::assertSame( (string) $this->rows( 'users' ), $this->site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'user_count'" )->fetch_row()[0] );
		self::assertSame( 0, $this->rows( "usermeta WHERE user_id = $id" ) );
		self::assertSame( array( "delete_user $id", "deleted_user $id" ), $this->hooks() );
	}

	/**
	 * Nothing is trashed unless it is on record that posts in the trash may be the deletion's own: another attempt would
	 * delete them.
	 *
	 * @dataProvider newest
	 */
	public function test_what_cannot_be_put_on_record_is_not_begun( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		// WordPress's way has it in the phase, the extension's in the point to go on from.
		$this->query( "CREATE TRIGGER refuse BEFORE UPDATE ON wp_wpf_deletions FOR EACH ROW IF NEW.phase = 'trash' OR NEW.resume LIKE '%|trash|%' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused'; END IF" );
		$run = $this->call( array( self::WORK ), array(), array( 'ignore' => '/refused/' ) );
		self::assertSame( array( array( 1, ParityScenario::has_extension() ? 'wpf_delete_query' : 'wpf_delete_claimed' ) ), $run['left'] );
		self::assertSame( array( array( 'queued', 'purge', '1' ) ), $this->jobs( 'state, phase, attempts' ) );
		self::assertSame( 4, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status = 'publish'" ) );

		$this->query( 'DROP TRIGGER refuse' );
		$this->make_due();
		self::assertSame( array( 1 ), $this->call( array( self::WORK ) )['results'] );
		$this->assert_gone( $users );
		self::assertSame( array( "delete_user {$users[0]}", "deleted_user {$users[0]}" ), $this->hooks() );
	}

	/**
	 * A commit that got no answer has gone through after all, so that more is noted than the extension knows: that is
	 * settled, too, and counts once.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_what_was_kept_without_an_answer_is_settled( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$own = (int) $this->site->database()->query( "SELECT MAX(ID) FROM wp_posts WHERE post_author = {$users[0]}" )->fetch_row()[0];
		$this->call( array( array( 'stick_post', $own ), array( 'stick_post', 4711 ) ) );
		$run = $this->call( array( self::WORK ), array( 'note' => array( 'update_option_sticky_posts', $this->note( 4711 ) ) ) );
		self::assertSame( array( 1 ), $run['results'] );
		$this->assert_gone( $users );
		self::assertSame( array( '[]' ), array_map( static fn ( $option ) => json_encode( unserialize( $option ) ), array_column( $this->site->database()->query( "SELECT option_value FROM wp_options WHERE option_name = 'sticky_posts'" )->fetch_all(), 0 ) ) );
		$counts = json_decode( $this->jobs( 'counts' )[0][0], true );
		self::assertSame( array( 'book' => 1 ), $counts['purged'] );
		self::assertSame( array( 'page' => 1, 'post' => 3 ), array_intersect_key( $counts['trashed'], array( 'page' => 0, 'post' => 0 ) ) );
	}

	/**
	 * Whoever calls off the job of a dead runner settles what that has left: nobody else may come by.
	 *
	 * @dataProvider newest
	 */
	public function test_a_dead_runners_job_is_called_off( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$this->call( array( array( '\WpfDelete\Queue::next' ), array( 'stick_post', 4711 ) ) );
		$term = (int) $this->site->database()->query( "SELECT MIN(term_taxonomy_id) FROM wp_term_taxonomy WHERE taxonomy = 'post_tag'" )->fetch_row()[0];
		$this->query( "UPDATE wp_term_taxonomy SET count = 9 WHERE term_taxonomy_id = $term" );
		$this->query( "UPDATE wp_wpf_deletions SET phase = 'trash', resume = 'wpfd1|trash|0|0|1|$term', unsettled = '{$this->note( 4711 )}'" );

		self::assertSame( array( true, array() ), $this->call( array( array( '\WpfDelete\Queue::cancel', 1 ), array( 'get_option', 'sticky_posts' ) ) )['results'] );
		self::assertSame( 3, $this->rows( "term_relationships WHERE term_taxonomy_id = $term" ) );
		self::assertSame( 1, $this->rows( "term_taxonomy WHERE term_taxonomy_id = $term AND count = 3" ) );
		list( $state, $unsettled, $counts ) = $this->jobs( 'state, unsettled, counts' )[0];
		self::assertSame( array( 'cancelled', null, array( 'book' => 1 ) ), array( $state, $unsettled, json_decode( $counts, true )['purged'] ) );
	}

	/**
	 * Called off at the moment when a runner marks the user: the mark does not stay.
	 *
	 * @dataProvider newest
	 */
	public function test_nobody_stays_locked_out( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$this->query( "CREATE TRIGGER cancel AFTER UPDATE ON wp_usermeta FOR EACH ROW IF NEW.meta_key = '_wpf_delete_job' THEN UPDATE wp_wpf_deletions SET state = 'cancelled'; END IF" );
		self::assertSame( array( array( 1, 'wpf_delete_claimed' ) ), $this->call( array( self::WORK ) )['left'] );
		self::assertSame( array( array( 'cancelled' ) ), $this->jobs() );
		self::assertSame( array(), $this->hooks() );
		self::assertSame( 0, $this->rows( "usermeta WHERE meta_key = '_wpf_delete_job'" ) );
	}

	/**
	 * From the moment it is there the mark is there: a runner that takes the job up changes it, and puts no new one.
	 *
	 * @dataProvider newest
	 */
	public function test_a_mark_is_never_taken_off_in_between( string $suite ): void {
		$this->begin( $suite );
		$this->enqueue( $this->users( 1 ) );
		$mark   = fn () => $this->site->database()->query( "SELECT umeta_id, meta_value FROM wp_usermeta WHERE meta_key = '_wpf_delete_job'" )->fetch_all();
		$before = $mark();
		$this->call( array( self::WORK ), array( 'misbehave' => array( 'delete_user' => 'throw' ) ) );
		$after = $mark();
		self::assertSame( array_column( $before, 0 ), array_column( $after, 0 ) );
		self::assertNotSame( array_column( $before, 1 ), array_column( $after, 1 ) );
	}

	/**
	 * Listeners that take long for each post do not cost the runner its job: it is heard of in between.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_who_is_slow_is_not_taken_for_dead( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$run = $this->call( array( self::WORK ), array( 'nap' => 'trashed_post', 'lane' => 'replay' ) );
		self::assertSame( array( 1 ), $run['results'] );
		$claims = preg_replace( '/1[12]\d$/', 'two minutes', array_values( preg_grep( '/:/', $this->hooks() ) ) );
		self::assertSame( array( 'at the first: 0', 'after a nap: two minutes' ), $claims );
	}

	/**
	 * Files of attachments that core was deleting when its process was killed go, too.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_files_do_not_outlive_a_runner_that_was_killed_in_cores_lane( string $suite ): void {
		$this->begin( $suite );
		$id = TriggersTest::members( $this->site, array( 'killed' => 'author' ) )['killed'];
		$this->enqueue( array( $id ) );
		$this->call( array( self::WORK ), array( 'lane' => 'core', 'misbehave' => array( 'deleted_post' => 'kill 1' ) ), array( 'dies' => true ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = $id AND post_type = 'attachment'" ) );
		self::assertCount( 1, glob( $this->site->uploads() . '/*/*/image-killed.jpg' ) );
		$this->make_due();
		self::assertSame( array( 1 ), $this->call( array( self::WORK ) )['results'] );
		TriggersTest::assert_gone( $this->site, $id, 'killed' );
	}

	/**
	 * A deleted logo takes two of the theme's settings along; a runner that is killed between them leaves the other one to
	 * the next.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_settings_that_go_together_go_together( string $suite ): void {
		$this->begin( $suite );
		$id   = TriggersTest::members( $this->site, array( 'killed' => 'author' ) )['killed'];
		$logo = (int) $this->site->database()->query( "SELECT ID FROM wp_posts WHERE post_author = $id AND post_type = 'attachment'" )->fetch_row()[0];
		$mods = array( 'get_theme_mods' );
		$made = $this->call( array( array( 'set_theme_mod', 'kept', 1 ), array( 'set_theme_mod', 'custom_logo', $logo ), array( 'set_theme_mod', 'header_text', 1 ), array( 'get_stylesheet' ), $mods ) )['results'];
		// WordPress keeps lists of its own beside these.
		self::assertEquals( array( 'kept' => 1, 'custom_logo' => $logo, 'header_text' => 1 ), array_filter( $made[4], 'is_scalar' ) );
		$this->enqueue( array( $id ) );
		$this->call( array( self::WORK ), array( 'misbehave' => array( "update_option_theme_mods_{$made[3]}" => 'kill 1' ) ), array( 'dies' => true ) );
		self::assertSame( 0, $this->rows( "posts WHERE ID = $logo" ) );
		$this->make_due();
		$done = $this->call( array( self::WORK, $mods ) )['results'];
		self::assertSame( 1, $done[0] );
		self::assertEquals( array( 'kept' => 1 ), array_filter( $done[1], 'is_scalar' ) );
		TriggersTest::assert_gone( $this->site, $id, 'killed' );
	}

	/**
	 * Somebody who throws when told that a deletion has failed does not keep the runner from the next one.
	 *
	 * @dataProvider newest
	 */
	public function test_one_failure_does_not_stop_the_runner( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 2 );
		$this->enqueue( $users );
		$run = $this->call( array( self::WORK ), array( 'misbehave' => array( 'delete_user' => 'throw 1', 'wpf_delete_failed' => 'throw' ) ) );
		self::assertSame( array( 1 ), $run['results'] );
		self::assertSame( array( array( 'queued' ), array( 'done' ) ), $this->jobs() );
		$this->assert_gone( array( $users[1] ) );
	}

	/** What the extension notes of one post that is gone for good. */
	private function note( int $post ): string {
		return '{"rows":{"posts":{"inserted":0,"updated":0,"deleted":1}},"purged":{"book":[' . $post . ']},"trashed":{},"reassigned":{},"unpublished":{"purged":{},"trashed":{}},"changed_posts":[],"deleted_comments":[],"changed_comments":[],"counted_terms":{},"terms_to_count":{},"links":[]}' . "\n";
	}
}
