<?php
/**
 * What the visitors of the live site want.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** A fixed sequence of requests. None of them is about the author who is being deleted. */
final class Visitors {

	public const FRONT_PAGE  = 'front page';
	public const SINGLE_POST = 'single post';
	public const COMMENT     = 'comment';
	public const NEW_POST    = 'new post';

	/** Who comes, over and over. */
	private const TURNS = array(
		self::FRONT_PAGE,
		self::SINGLE_POST,
		self::FRONT_PAGE,
		self::COMMENT,
		self::FRONT_PAGE,
		self::SINGLE_POST,
		self::NEW_POST,
		self::SINGLE_POST,
		self::FRONT_PAGE,
		self::COMMENT,
	);

	/** Far enough apart that neighbours are not on one page of the database. */
	private const STRIDE = 7919;

	/**
	 * @param array{size: int, every: int, first_id: int, login: string, password: string} $blog Posts of everybody; of
	 *        how many one is the author's; the id of the first; who may write posts, with what application password.
	 * @param int                                                                          $crowd Another one, other visitors.
	 */
	public function __construct( private array $blog, private int $crowd ) {
	}

	/** @return string[] All kinds of request. */
	public static function kinds(): array {
		return array_keys( self::mix() );
	}

	/** @return array<string, int> Parts of each kind. */
	public static function mix(): array {
		return array_count_values( self::TURNS );
	}

	/**
	 * A visitor's request.
	 *
	 * @param int $turn Counts from 0.
	 * @return array{kind: string, request: string, status: int, pattern: string} What to send; the status of the
	 *         answer, and what it must match: its first group, if any, is the id of what was written.
	 */
	public function request( int $turn ): array {
		$kind   = self::TURNS[ $turn % count( self::TURNS ) ];
		$number = 1 + ( ( $this->crowd + $turn ) * self::STRIDE ) % $this->blog['size'];
		// Not the author's.
		$number -= 0 === $number % $this->blog['every'] ? 1 : 0;

		list( $request, $status, $pattern ) = match ( $kind ) {
			self::FRONT_PAGE  => array( $this->get( '/', $turn ), 200, '~<title>Test.*</html>~s' ),
			self::SINGLE_POST => array( $this->get( "/article-$number/", $turn ), 200, "~<title>Article $number .*</html>~s" ),
			self::COMMENT     => array( $this->comment( $number, $turn ), 302, '~^Location: \S+#comment-(\d+)~mi' ),
			self::NEW_POST    => array( $this->new_post( $turn ), 201, '~^\{"id":(\d+),~m' ),
		};
		return compact( 'kind', 'request', 'status', 'pattern' );
	}

	private function get( string $path, int $turn ): string {
		return "GET $path HTTP/1.0\r\n" . $this->headers( $turn ) . "\r\n";
	}

	private function comment( int $number, int $turn ): string {
		$body = http_build_query(
			array(
				'comment_post_ID' => $this->blog['first_id'] + 2 * ( $number - 1 ),
				'author'          => "Guest $turn",
				'email'           => "guest-$this->crowd-$turn@example.org",
				'comment'         => "Visitor $this->crowd-$turn liked this, and says so in more words than are needed.",
			)
		);
		return "POST /wp-comments-post.php HTTP/1.0\r\n" . $this->headers( $turn ) . "Content-Type: application/x-www-form-urlencoded\r\n" . self::body( $body );
	}

	private function new_post( int $turn ): string {
		$body = json_encode(
			array(
				'title'   => "News $this->crowd-$turn",
				'content' => str_repeat( "<!-- wp:paragraph -->\n<p>What happened today, as far as anybody in our office has heard of it.</p>\n<!-- /wp:paragraph -->\n\n", 9 ),
				'status'  => 'publish',
			)
		);
		return "POST /wp-json/wp/v2/posts HTTP/1.0\r\n" . $this->headers( $turn ) . 'Authorization: Basic ' . base64_encode( "{$this->blog['login']}:{$this->blog['password']}" ) . "\r\nContent-Type: application/json\r\n" . self::body( $body );
	}

	/** WordPress takes few comments from one address; so each visitor has one. */
	private function headers( int $turn ): string {
		return "Host: example.test\r\nUser-Agent: Mozilla/5.0\r\nX-Forwarded-For: " . sprintf( '2001:db8:%x:%x::%x', $this->crowd, $turn >> 16, $turn & 0xffff ) . "\r\n";
	}

	private static function body( string $body ): string {
		return 'Content-Length: ' . strlen( $body ) . "\r\n\r\n$body";
	}
}
