<?php
/**
 * How far the demo is.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/** A bar on a terminal; a line per step where stderr goes anywhere else. */
final class Progress {

	private const WIDTH = 30;

	/** Nanoseconds between two drawings: drawing must not cost what it measures. */
	private const PAUSE = 200_000_000;

	/** Share of the whole at which the present step begins and ends. */
	private float $from = 0;
	private float $to   = 0;

	private string $label = '';
	private int $counted  = 0;
	private int $expected = 0;
	private int $drawn    = 0;

	/**
	 * @param resource|null $stream   Where to draw; null draws nothing.
	 * @param bool          $terminal Whether that is one.
	 */
	private function __construct( private $stream, private bool $terminal ) {
	}

	/** On this process's stderr. */
	public static function on_stderr(): self {
		return new self( STDERR, stream_isatty( STDERR ) );
	}

	/**
	 * The next step.
	 *
	 * @param string $label What is done in it.
	 * @param float  $to    Share of the whole that is done when it is.
	 */
	public function step( string $label, float $to ): void {
		$this->from    = $this->to;
		$this->to      = $to;
		$this->label   = $label;
		$this->counted = 0;
		if ( $this->terminal ) {
			$this->draw();
		} else {
			fwrite( $this->stream, "demo: $label\n" );
		}
	}

	/**
	 * What a child process needs to count on in the present step.
	 *
	 * @param int $expected How far it will count.
	 * @return array|null Null when there is no bar to draw.
	 */
	public function handed_over( int $expected ): ?array {
		return $this->terminal ? array(
			// The child's own stderr is for errors.
			'stream'   => '/proc/' . getmypid() . '/fd/2',
			'from'     => $this->from,
			'to'       => $this->to,
			'label'    => $this->label,
			'expected' => $expected,
		) : null;
	}

	/** In a child process: goes on where the parent is. */
	public static function continued( array $from_parent ): self {
		$stream   = @fopen( $from_parent['stream'], 'w' );
		$progress = new self( $stream ? $stream : null, true );
		foreach ( array( 'from', 'to', 'label', 'expected' ) as $property ) {
			$progress->$property = $from_parent[ $property ];
		}
		return $progress;
	}

	/** One more of the expected. */
	public function count(): void {
		++$this->counted;
		if ( hrtime( true ) - $this->drawn > self::PAUSE ) {
			$this->draw();
		}
	}

	/** Leaves the line to whoever prints next. */
	public function clear(): void {
		if ( $this->terminal ) {
			fwrite( $this->stream, "\r\033[K" );
		}
	}

	private function draw(): void {
		if ( null === $this->stream ) {
			return;
		}
		$this->drawn = hrtime( true );
		$share       = $this->expected ? min( 1, $this->counted / $this->expected ) : 0;
		$done        = $this->from + ( $this->to - $this->from ) * $share;
		$filled      = (int) round( $done * self::WIDTH );
		$count       = $this->counted ? sprintf( ' (%s of %s)', number_format( $this->counted ), number_format( $this->expected ) ) : '';
		fprintf( $this->stream, "\r\033[K[%s%s] %3d %% %s%s", str_repeat( '#', $filled ), str_repeat( '-', self::WIDTH - $filled ), round( $done * 100 ), $this->label, $count );
	}
}
