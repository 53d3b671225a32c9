<?php
/**
 * The visitors of the live site, all in one process.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench\Live;

/** Comes at a fixed rate from its construction to stop(), and keeps what became of each request. */
final class Load {

	public readonly Child $child;

	private string $results;

	/**
	 * Starts.
	 *
	 * @param string               $folder  For its files.
	 * @param int                  $port    On 127.0.0.1.
	 * @param array<string, mixed> $blog    See Visitors.
	 * @param float                $rate    Requests per second.
	 * @param int                  $seconds When it ends by itself.
	 * @param int                  $seed    Another one, another sequence of requests.
	 */
	public function __construct( string $folder, int $port, array $blog, public readonly float $rate, int $seconds, int $seed ) {
		$this->results = "$folder/requests-$seed";
		$job           = "$folder/job-$seed";
		touch( $job );
		chmod( $job, 0600 );
		file_put_contents( $job, json_encode( compact( 'port', 'blog', 'rate', 'seconds', 'seed' ) + array( 'results' => $this->results ) ) );
		$this->child = new Child( array( PHP_BINARY, __DIR__ . '/visit.php', $job ), "$folder/load.log" );
		$this->child->wait_until( fn() => file_exists( $this->results ) );
	}

	/**
	 * Ends it; what was sent is waited for.
	 *
	 * @return array[] See Exchange::outcome().
	 */
	public function stop(): array {
		$this->child->stop();
		return array_map( static fn( $line ) => json_decode( $line, true ), file( $this->results ) );
	}
}
