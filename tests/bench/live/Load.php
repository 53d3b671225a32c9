<?php
/**
 * The visitors of the live site, all in one process.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

use RuntimeException;
use WpfDelete\Tests\Support\Child;
use WpfDelete\Tests\Support\Web;

/** Comes at a fixed rate from its construction to stop(), and keeps what became of each request. */
final class Load {

	/** Ends by itself then. */
	private const MOST_SECONDS = 3600;

	public readonly Child $child;

	private string $results;

	/**
	 * Starts.
	 *
	 * @param Blog  $blog   Is visited.
	 * @param Web   $web    Answers.
	 * @param float $rate   Requests per second.
	 * @param int   $number Another one, other visitors.
	 */
	public function __construct( Blog $blog, Web $web, float $rate, int $number ) {
		$this->results = Options::folder() . "/requests-$number";
		$job           = Options::folder() . '/job';
		// It holds a password.
		touch( $job );
		chmod( $job, 0600 );
		file_put_contents(
			$job,
			json_encode(
				array(
					'port'    => $web->port,
					'rate'    => $rate,
					'seconds' => self::MOST_SECONDS,
					'blog'    => $blog->for_visitors(),
					'number'  => $number,
					'results' => $this->results,
				)
			)
		);
		$this->child = new Child( array( PHP_BINARY, __DIR__ . '/visit.php', $job ), Options::folder() . '/load.log' );
		$this->child->wait_until( static fn() => ! file_exists( $job ) );
	}

	/**
	 * Ends it; what was sent is waited for.
	 *
	 * @return array[] See Exchange::outcome().
	 */
	public function stop(): array {
		if ( ! $this->child->runs() ) {
			throw new RuntimeException( 'The load has ended too early, see ' . Options::folder() . '/load.log.' );
		}
		$this->child->stop();
		return array_map( static fn( $line ) => json_decode( $line, true ), file( $this->results ) );
	}
}
