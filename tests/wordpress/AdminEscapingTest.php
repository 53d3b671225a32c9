<?php
/**
 * Does what users, a CRM or an error have written stay text, wherever it is shown?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

require_once __DIR__ . '/AdminTestCase.php';

/**
 * A user who is called <script>, all the way: each page, each answer, and the file for spreadsheets.
 */
final class AdminEscapingTest extends AdminTestCase {

	private const LOGIN = '<script>alert(1)</script>';
	private const NAME  = '"><img src=x onerror=alert(2)>';
	private const EMAIL = '"><svg/onload=alert(3)>@example.test';
	private const CAUSE = '=HYPERLINK("http://example.com")</td><script>alert(4)</script>';
	private const ERROR = "wpf_delete_query: ' onmouseover=alert(5) <script>alert(5)</script>";

	private int $villain;

	private function arrange( string $suite ): void {
		$this->serve( $suite );
		$this->villain = $this->users( 1, 1 )[0];
		$statement     = $this->site->database()->prepare( 'UPDATE wp_users SET user_login = ?, display_name = ?, user_email = ? WHERE ID = ?' );
		$statement->execute( array( self::LOGIN, self::NAME, self::EMAIL, $this->villain ) );
		file_put_contents( $this->site->path() . '/wp-content/mu-plugins/crm.php', '<?php function wpf_get_option( $key ) { return array( "available_tags" => array( "t<i>1" => ' . var_export( self::LOGIN, true ) . ' ), "contact_fields" => array() )[ $key ] ?? null; }' );
		$columns = array( 'source' => '<b>src</b>', 'cause' => self::CAUSE, 'last_error' => self::ERROR, 'mode' => 'reassign', 'reassign' => $this->villain, 'requested_by' => $this->villain );
		foreach ( array( 'held', 'failed', 'queued', 'running', 'cancelled', 'observed', 'refused', 'done' ) as $number => $state ) {
			// One user has one open job on a site.
			$this->job( 0 === $number ? $this->villain : 1000 + $number, $state, $columns );
		}
	}

	/** Nothing of it is an element, an attribute or a script; and it is there, as text. */
	private function assert_is_text( string $html, string $where, string ...$texts ): void {
		foreach ( Visitor::elements( $html, '//*' ) as $element ) {
			self::assertFalse( 'svg' === $element->nodeName && $element->hasAttribute( 'onload' ), $where );
			if ( 'script' === $element->nodeName ) {
				self::assertDoesNotMatchRegularExpression( '/^\s*alert\(/', $element->textContent, $where );
			}
			foreach ( $element->attributes as $attribute ) {
				self::assertFalse( str_starts_with( $attribute->name, 'on' ) && str_contains( $attribute->value, 'alert(' ), "$where: $attribute->name" );
			}
		}
		foreach ( array( '<script>alert(', '<img src=x', '<svg/onload', '<b>src', '<i>1' ) as $markup ) {
			self::assertFalse( str_contains( $html, $markup ), "$where: $markup" );
		}
		$document = Visitor::document( $html );
		$content  = $document->getElementById( 'wpbody-content' )->textContent;
		foreach ( $texts as $text ) {
			self::assertStringContainsString( $text, $content, $where );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_pages( string $suite ): void {
		$this->arrange( $suite );
		$admin = $this->visitor( self::ADMIN );
		$this->assert_is_text( $admin->tab( 'queue' ), 'queue', self::CAUSE, self::ERROR, self::NAME, self::LOGIN, '<b>src</b>' );
		$this->assert_is_text( $admin->tab( 'held' ), 'held', self::CAUSE, self::NAME, self::LOGIN );
		$this->assert_is_text( $admin->tab( 'history' ), 'history', self::CAUSE, self::ERROR, self::NAME, self::LOGIN );
		$this->assert_is_text( $admin->tab( 'preview', array( 's' => 'example.test' ) ), 'search', self::NAME, self::LOGIN, self::EMAIL );
		$this->assert_is_text( $admin->tab( 'preview', array( 'user' => $this->villain ) ), 'preview', self::NAME, self::LOGIN );
		$this->assert_is_text( $admin->tab( 'settings' ), 'settings', self::LOGIN );
		// Other parts of that page are WordPress's own.
		$labels = array_map( static fn( $link ) => $link->getAttribute( 'aria-label' ), Visitor::elements( $admin->get( 'users.php' ), '//span[contains(@class, "wpf_delete")]/a' ) );
		self::assertContains( 'Delete natively… ' . self::NAME . ' (' . self::LOGIN . ')', $labels );
		$payload = '"><script>alert(6)</script>';
		foreach ( array( array( 'history', array( 's' => $payload ) ), array( 'history', array( 'status' => $payload ) ), array( 'preview', array( 's' => $payload ) ), array( 'preview', array( 'user' => $payload, 'mode' => $payload, 'heir' => $payload ) ), array( 'preview', array( 'user' => $this->villain, 'mode' => 'reassign', 'heir' => $payload ) ), array( 'queue', array( 'job' => $payload, 'paged' => $payload ) ), array( $payload, array() ), array( 'held', array( 'paged' => array( $payload ), 's' => array( $payload ), 'tab' => array( 'x' ) ) ) ) as list( $tab, $arguments ) ) {
			$this->assert_is_text( $admin->tab( $tab, $arguments ), "$tab " . json_encode( $arguments ) );
			self::assertSame( 200, $admin->status );
		}

		// What was entered and is wrong is shown again.
		$page = $admin->tab( 'settings' );
		$admin->submit( $page, 'wpf-delete-grace', array( 'grace' => $payload, 'field' => $payload, 'value' => "it's \"x\"", 'content' => 'reassign', 'heir' => $payload, 'cap_hour' => $payload ) );
		$page = $admin->follow();
		$this->assert_is_text( $page, 'settings with mistakes', 'Nothing was saved.' );
		self::assertSame( "it's \"x\"", Visitor::document( $page )->getElementById( 'wpf-delete-value' )->getAttribute( 'value' ) );
		$admin->post( array( 'action' => 'wpf_delete_job', 'job' => '1', '_wpnonce' => $payload, 'do' => $payload, 'tab' => $payload ) );
		self::assertStringNotContainsString( '<script>alert(', $admin->body );
	}

	/**
	 * @dataProvider newest
	 */
	public function test_rest( string $suite ): void {
		$this->arrange( $suite );
		$admin  = $this->visitor( self::ADMIN );
		$nonce  = $admin->nonces( array( 'wp_rest' ) )['wp_rest'];
		$answer = $admin->rest( 'GET', '/jobs', $nonce );
		self::assertSame( array( self::CAUSE, self::LOGIN, self::NAME ), array( end( $answer )['cause'], end( $answer )['user'], end( $answer )['name'] ) );
		foreach ( array( '/jobs', '/jobs/1', "/plan?user=$this->villain", '/settings', '/jobs/999', '/jobs?state[]=%3Cscript%3Ealert(7)%3C/script%3E' ) as $route ) {
			$admin->rest( 'GET', $route, $nonce );
			self::assertSame( array( 'application/json; charset=UTF-8', 'nosniff' ), array( $admin->headers['content-type'], $admin->headers['x-content-type-options'] ), $route );
		}
	}

	/**
	 * Cells that a spreadsheet would take for formulas are texts in it.
	 *
	 * @dataProvider newest
	 */
	public function test_csv( string $suite ): void {
		$this->arrange( $suite );
		foreach ( array( '=1+1', '+1', '-1', '@SUM(A1)', "\t=1", "\r=1", "a,b\"c\"\nd", 'größer', ' =1' ) as $number => $cause ) {
			$this->job( 2000 + $number, 'done', array( 'cause' => $cause ) );
		}
		$admin = $this->visitor( self::ADMIN );
		$admin->submit( $admin->tab( 'history' ), 'wpf-delete-csv' );
		self::assertSame( array( 200, 'text/csv; charset=utf-8', 'nosniff', 'attachment; filename="user-deletions-' . gmdate( 'Y-m-d' ) . '.csv"' ), array( $admin->status, strtolower( $admin->headers['content-type'] ), $admin->headers['x-content-type-options'], $admin->headers['content-disposition'] ) );
		self::assertStringStartsWith( "\xEF\xBB\xBFid,user_id,user,name,state,", $admin->body );
		$file = fopen( 'php://memory', 'w+' );
		fwrite( $file, substr( $admin->body, 3 ) );
		rewind( $file );
		for ( $rows = array(); $row = fgetcsv( $file, null, ',', '"', '' ); $rows[] = $row ); // phpcs:ignore
		$rows = array_map( static fn( $row ) => array_combine( $rows[0], $row ), array_slice( $rows, 1 ) );
		self::assertCount( 17, $rows );
		self::assertSame( array( ' =1', 'größer', "a,b\"c\"\nd", "'\r=1", "'\t=1", "'@SUM(A1)", "'-1", "'+1", "'=1+1" ), array_column( array_slice( $rows, 0, 9 ), 'cause' ) );
		self::assertSame( array( "'" . self::CAUSE, self::LOGIN, self::NAME, 'held' ), array( $rows[16]['cause'], $rows[16]['user'], $rows[16]['name'], $rows[16]['state'] ) );

		// The search holds for the file, too.
		$admin->submit( $admin->tab( 'history', array( 's' => '2003', 'status' => 'done' ) ), 'wpf-delete-csv' );
		self::assertSame( array( 'id', '12' ), array_map( static fn( $line ) => strtok( trim( $line, "\xEF\xBB\xBF" ), ',' ), array_filter( explode( "\n", $admin->body ) ) ) );
	}
}
