<?php
/**
 * Is a statement that fails once done once more, or what it was a part of?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * A trigger refuses one statement, the first time it comes, or some times. It remembers that in a table without transactions.
 */
final class FailedStatementsTest extends JobsTestCase {

	/** Posts of one batch with hooks; of the extension's batches the first is smaller. */
	private const POSTS = 300;
	private const LATE  = 250;

	private const IGNORE = array( 'ignore' => '/refused once/' );

	/**
	 * The extension has committed a part of what it was given, and says so.
	 *
	 * @group native
	 * @dataProvider modes
	 */
	public function test_posts_that_were_listened_to_all_go( string $suite, string $mode, string $event, string $hook ): void {
		$this->begin( $suite );
		list( $user ) = $this->users( 1, self::POSTS );
		$late         = $this->site->database()->query( "SELECT ID FROM wp_posts WHERE post_author = $user ORDER BY ID LIMIT 1 OFFSET " . self::LATE )->fetch_row()[0];
		$this->refuse_once( "$event ON wp_posts", "OLD.ID = $late" );
		$this->enqueue( array( $user ), array( 'mode' => $mode ) );
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'listens' => true ) )['results'] );

		$this->assert_refused();
		self::assertSame( 0, $this->rows( "users WHERE ID = $user" ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = $user AND post_status <> 'trash'" ) );
		$heard = preg_grep( "/^$hook /", $this->hooks() );
		self::assertSame( array( self::POSTS + 1, self::POSTS + 1 ), array( count( $heard ), count( array_unique( $heard ) ) ) );
	}

	public static function modes(): iterable {
		foreach ( self::newest() as list( $suite ) ) {
			yield "$suite, to the trash" => array( $suite, 'delete', 'UPDATE', 'trashed_post' );
			yield "$suite, for good" => array( $suite, 'permanent', 'DELETE', 'deleted_post' );
		}
	}

	/**
	 * WordPress says nothing about an option that could not be written.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_options_are_written_after_all( string $suite ): void {
		$this->begin( $suite );
		list( $user ) = $this->users( 1 );
		$posts        = array_map( 'intval', array_column( $this->site->database()->query( "SELECT ID FROM wp_posts WHERE post_author = $user AND post_type = 'post'" )->fetch_all(), 0 ) );
		$this->call( array( array( 'update_option', 'sticky_posts', $posts ) ) );
		$this->refuse_once( 'UPDATE ON wp_options', "OLD.option_name = 'sticky_posts'" );
		$this->enqueue( array( $user ) );
		self::assertSame( array( 1, array() ), $this->call( array( array( '\WpfDelete\Runner::work' ), array( 'get_option', 'sticky_posts' ) ), array(), self::IGNORE )['results'] );
		$this->assert_refused();
	}

	/**
	 * @dataProvider newest
	 */
	public function test_a_hook_that_has_fired_gets_on_record( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$this->refuse_once( 'UPDATE ON wp_wpf_deletions', "NEW.phase = 'purge'" );
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), array(), self::IGNORE )['results'] );
		$this->assert_refused();
		self::assertSame( array( "delete_user {$users[0]}", "deleted_user {$users[0]}" ), $this->hooks() );
		$this->assert_gone( $users );
	}

	/**
	 * Of the two options of a front page one says that there is something to do about the other.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_both_options_of_the_front_page_are_written( string $suite ): void {
		$this->begin( $suite );
		list( $user ) = $this->users( 1 );
		$page         = (int) $this->site->database()->query( "SELECT ID FROM wp_posts WHERE post_author = $user AND post_type = 'page'" )->fetch_row()[0];
		$this->call( array( array( 'update_option', 'show_on_front', 'page' ), array( 'update_option', 'page_on_front', $page ) ) );
		$this->refuse_once( 'UPDATE ON wp_options', "OLD.option_name = 'show_on_front'" );
		$this->enqueue( array( $user ) );
		$run = $this->call( array( array( '\WpfDelete\Runner::work' ), array( 'get_option', 'show_on_front' ), array( 'get_option', 'page_on_front' ) ), array(), self::IGNORE );
		$this->assert_refused();
		self::assertEquals( array( 1, 'posts', 0 ), $run['results'] );
	}

	/**
	 * A picture that goes is the theme's background.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_the_theme_lets_go_of_a_picture( string $suite ): void {
		$this->begin( $suite );
		list( $user ) = $this->users( 1 );
		$url          = 'http://example.test/picture.jpg';
		$this->query( "UPDATE wp_posts SET post_type = 'attachment', guid = '$url' WHERE post_author = $user AND post_type = 'page'" );
		$this->call( array( array( 'set_theme_mod', 'kept', 'yes' ), array( 'set_theme_mod', 'background_image', $url ) ) );
		$this->refuse_once( 'UPDATE ON wp_options', "OLD.option_name LIKE 'theme\\_mods\\_%'" );
		$this->enqueue( array( $user ) );
		list( $finished, $mods ) = $this->call( array( array( '\WpfDelete\Runner::work' ), array( 'get_theme_mods' ) ), array(), self::IGNORE )['results'];
		$this->assert_refused();
		self::assertSame( array( 1, 'yes' ), array( $finished, $mods['kept'] ) );
		self::assertArrayNotHasKey( 'background_image', $mods );
	}

	/**
	 * The database is in trouble for longer: the job waits. But when it is the same after that, it goes on.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_options_that_cannot_be_written_are_waited_for_once( string $suite ): void {
		foreach ( array( array( 2, array() ), array( 1000, null ) ) as list( $times, $expected ) ) {
			$this->begin( $suite );
			list( $user ) = $this->users( 1 );
			$sticky       = array( (int) $this->site->database()->query( "SELECT MIN(ID) FROM wp_posts WHERE post_author = $user" )->fetch_row()[0] );
			$this->call( array( array( 'update_option', 'sticky_posts', $sticky ) ) );
			$this->refuse( 'UPDATE ON wp_options', "OLD.option_name = 'sticky_posts'", $times );
			$this->enqueue( array( $user ) );
			$work = fn () => $this->call( array( array( '\WpfDelete\Runner::work' ), array( 'get_option', 'sticky_posts' ) ), array(), self::IGNORE )['results'];
			self::assertSame( array( 0, $sticky ), $work() );
			list( $state, $error ) = $this->jobs( 'state, last_error' )[0];
			self::assertSame( array( 'queued', 'wpf_delete_not_written' ), array( $state, strtok( $error, ':' ) ) );
			$this->make_due();
			self::assertSame( array( 1, $expected ?? $sticky ), $work() );
			$this->assert_gone( array( $user ) );
			$this->site->drop();
		}
	}

	/**
	 * WordPress does not look whether a post has gone, and would delete the user in the end.
	 *
	 * @dataProvider refused_to_wordpress
	 */
	public function test_wordpress_deletes_nobody_whose_posts_it_cannot_change( string $suite, array $order, string $what, string $row ): void {
		$this->begin( $suite );
		$users = $this->users( 2 );
		$order = isset( $order['reassign'] ) ? array( 'reassign' => $users[1] ) : $order;
		$this->enqueue( array( $users[0] ), $order );
		$this->refuse( $what, $row, 1000 );
		$work = fn () => $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'native' => false ), self::IGNORE )['results'];
		self::assertSame( array( 0 ), $work() );
		list( $state, $error ) = $this->jobs( 'state, last_error' )[0];
		self::assertSame( array( 'queued', 'wpf_delete_not_written' ), array( $state, strtok( $error, ':' ) ) );
		self::assertSame( 1, $this->rows( "users WHERE ID = {$users[0]}" ) );

		$this->query( 'DROP TRIGGER refuse' );
		$this->make_due();
		self::assertSame( array( 1 ), $work() );
		self::assertSame( 0, $this->rows( "users WHERE ID = {$users[0]}" ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status <> 'trash'" ) );
		self::assertSame( isset( $order['reassign'] ) ? 8 : 4, $this->rows( "posts WHERE post_author = {$users[1]}" ) );
	}

	public static function refused_to_wordpress(): iterable {
		foreach ( self::newest() as list( $suite ) ) {
			yield "$suite, to the trash" => array( $suite, array(), 'UPDATE ON wp_posts', "NEW.post_status = 'trash'" );
			yield "$suite, what restores it" => array( $suite, array(), 'INSERT ON wp_postmeta', "NEW.meta_key = '_wp_trash_meta_time'" );
			yield "$suite, for good" => array( $suite, array( 'mode' => 'permanent' ), 'DELETE ON wp_posts', "OLD.post_type = 'page'" );
			yield "$suite, to another author" => array( $suite, array( 'reassign' => true ), 'UPDATE ON wp_posts', 'NEW.post_author <> OLD.post_author' );
			yield "$suite, the user" => array( $suite, array(), 'DELETE ON wp_users', 'OLD.ID > 1' );
		}
	}

	/**
	 * A database that cannot take the mark is not another database: nothing is left to WordPress.
	 *
	 * @group native
	 * @dataProvider newest
	 */
	public function test_a_mark_that_cannot_be_written_is_waited_for( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$this->enqueue( $users );
		$this->refuse( 'UPDATE ON wp_usermeta', "NEW.meta_key = '_wpf_delete_job'", 1000 );
		$run = $this->call( array( array( '\WpfDelete\Runner::work' ) ), array(), self::IGNORE );
		self::assertSame( array( array( 1, 'wpf_delete_not_written' ) ), $run['left'] );
		self::assertSame( array(), $this->hooks() );
		self::assertSame( 4, $this->rows( "posts WHERE post_author = {$users[0]} AND post_status <> 'trash'" ) );

		$this->query( 'DROP TRIGGER refuse' );
		$this->make_due();
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$this->assert_gone( $users );
		// WordPress does not count rows.
		self::assertStringContainsString( '"rows":{"', $this->jobs( 'counts' )[0][0] );
	}

	/**
	 * No answer is not an empty one: nothing is taken for gone, for dealt with, or for nobody's. The job waits, and
	 * finishes the next time.
	 *
	 * @group native
	 * @dataProvider questions
	 */
	public function test_a_question_without_an_answer_stops_the_job( string $suite, string $question, string $lane, string $error ): void {
		$this->begin( $suite );
		$users = $this->users( 1, 30 );
		$file  = $this->site->path() . '/wp-content/uploads/shared.txt';
		$this->attach( $file, array( $users[0], $users[0], 1 ) );
		$this->enqueue( $users, array( 'mode' => 'permanent' ) );
		$run = $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'unanswered' => $question, 'lane' => $lane, 'listens' => true ), array( 'ignore' => '/SELECT unanswered|Unknown column/' ) );
		self::assertSame( array( array( 1, $error ) ), $run['left'] );
		self::assertSame( array( array( 'queued' ) ), $this->jobs() );
		self::assertSame( 1, $this->rows( "users WHERE ID = {$users[0]}" ) );
		self::assertFileExists( $file );

		$this->make_due();
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ), array( 'lane' => $lane ) )['results'] );
		self::assertSame( 0, $this->rows( "users WHERE ID = {$users[0]}" ) );
		self::assertSame( 0, $this->rows( "posts WHERE post_author = {$users[0]}" ) );
		self::assertFileExists( $file, 'Somebody else has it.' );
	}

	public static function questions(): iterable {
		foreach ( self::newest() as list( $suite ) ) {
			yield "$suite, the next attachments" => array( $suite, "/post_type = 'attachment' AND CAST\(post_type AS BINARY\) = 'attachment' +ORDER BY ID LIMIT/", 'bulk', 'wpf_delete_not_read' );
			yield "$suite, whose files those are" => array( $suite, '/SELECT p\.ID, m\.meta_value FROM/', 'bulk', 'wpf_delete_not_read' );
			yield "$suite, whose files those are, with hooks" => array( $suite, '/SELECT p\.ID, m\.meta_value FROM/', 'replay', 'wpf_delete_not_read' );
			yield "$suite, the next posts with hooks" => array( $suite, '/SELECT ID FROM wp_posts WHERE post_author = \d+ AND ID > 0/', 'replay', 'wpf_delete_not_read' );
			yield "$suite, what hangs from them" => array( $suite, '/SELECT r\.ID, r\.post_parent FROM/', 'replay', 'wpf_delete_not_read' );
		}
	}

	/**
	 * The row is written, and cannot be read back: somebody else comes for it.
	 *
	 * @dataProvider newest
	 */
	public function test_a_job_that_cannot_be_read_back_is_finished_later( string $suite ): void {
		$this->begin( $suite );
		$users = $this->users( 1 );
		$run   = $this->call( array( array( '\WpfDelete\delete_user', $users[0] ) ), array( 'unanswered' => '/SELECT \* FROM wp_wpf_deletions WHERE id = /' ), array( 'ignore' => '/SELECT unanswered|Unknown column/' ) );
		self::assertSame( array( false ), $run['results'] );
		self::assertSame( array( array( 'running' ) ), $this->jobs() );
		$this->make_due();
		self::assertSame( array( 1 ), $this->call( array( array( '\WpfDelete\Runner::work' ) ) )['results'] );
		$this->assert_gone( $users );
	}

	/** Attachments of these authors, all made of the same file. */
	private function attach( string $file, array $authors ): void {
		@mkdir( dirname( $file ), 0755, true );
		file_put_contents( $file, 'x' );
		$this->call( array_map( static fn ( $author ) => array( 'wp_insert_attachment', array( 'post_author' => $author, 'post_mime_type' => 'text/plain', 'post_title' => 'shared' ), $file ), $authors ) );
		self::assertSame( count( $authors ), $this->rows( "postmeta WHERE meta_key = '_wp_attached_file'" ) );
	}

	/** Has the first statement refused that does this to such a row. */
	private function refuse_once( string $what, string $row ): void {
		$this->refuse( $what, $row, 1 );
	}

	/** Has so many statements refused. */
	private function refuse( string $what, string $row, int $times ): void {
		$this->query( 'CREATE TABLE refusals ( id INT ) ENGINE=MyISAM' );
		$this->query(
			"CREATE TRIGGER refuse BEFORE $what FOR EACH ROW
			IF $row AND ( SELECT COUNT(*) FROM refusals ) < $times THEN
				INSERT INTO refusals VALUES (1);
				SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused once';
			END IF"
		);
	}

	private function assert_refused(): void {
		self::assertSame( array( array( '1' ) ), $this->site->database()->query( 'SELECT COUNT(*) FROM refusals' )->fetch_all() );
	}
}
