<?php
/**
 * Time against posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** An SVG with two logarithmic axes, and the same as PNG. */
final class Picture {

	private const WIDTH  = 860;
	private const HEIGHT = 500;

	/** Where the axes are. */
	private const LEFT   = 80;
	private const RIGHT  = 700;
	private const TOP    = 70;
	private const BOTTOM = 440;

	/** Lines by way: what it is called, and its colour. */
	private const LINES = array(
		'core'  => array( 'WordPress', '#b3261e' ),
		'bulk'  => array( 'this project', '#0b57d0' ),
		'floor' => array( 'SQL by hand', '#5f6368' ),
	);

	/** @var array{float, float} Bounds of the axes as powers of ten: posts. */
	private array $x;

	/** @var array{float, float} Seconds. */
	private array $y;

	/** @var array<string, array<int, float>> Seconds by posts, by way. */
	private array $measured = array();

	/** @var array<string, array<int, float>> From the last point that was measured to the whole. */
	private array $extrapolated = array();

	/**
	 * @param Results $results What was measured.
	 * @param int     $posts   Of the big author.
	 * @param string  $where   Versions and machine, in a line.
	 */
	public function __construct( Results $results, private int $posts, private string $where ) {
		foreach ( array_keys( self::LINES ) as $way ) {
			$seconds                = $results->purge_seconds( $way );
			$this->measured[ $way ] = $seconds;
			$most                   = array_key_last( $seconds );
			if ( $seconds && $most < $posts ) {
				$this->extrapolated[ $way ] = array(
					$most  => $seconds[ $most ],
					$posts => $seconds[ $most ] * $posts / $most,
				);
			}
		}
		$points  = array_merge( array_values( $this->measured ), array_values( $this->extrapolated ) );
		$posts   = array_merge( ...array_map( 'array_keys', $points ) );
		$seconds = array_merge( ...array_map( 'array_values', $points ) );
		if ( $posts ) {
			$this->x = array( log10( min( $posts ) ), log10( max( $posts ) ) );
			$this->y = array( floor( log10( min( $seconds ) ) ), ceil( log10( max( $seconds ) ) ) );
		}
	}

	/** Is there a line for everybody? */
	public function is_whole(): bool {
		return array() === array_filter( $this->measured, static fn( $seconds ) => count( $seconds ) < 2 );
	}

	/**
	 * Writes bench.svg and bench.png.
	 *
	 * @param string $folder Where.
	 */
	public function write( string $folder ): void {
		file_put_contents( "$folder/bench.svg", $this->svg() );
		Shell::run( array( 'rsvg-convert', '--zoom=2', "--output=$folder/bench.png", "$folder/bench.svg" ) );
	}

	private function svg(): string {
		$svg  = sprintf( '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" font-family="DejaVu Sans, Verdana, sans-serif" font-size="13" fill="#202124">', self::WIDTH, self::HEIGHT ) . "\n";
		$svg .= sprintf( '<rect width="%d" height="%d" fill="#ffffff"/>', self::WIDTH, self::HEIGHT ) . "\n";
		$svg .= self::text( self::LEFT, 28, 'Time to delete an author for good', 'font-size="17" font-weight="bold"' );
		$svg .= self::text( self::LEFT, 50, $this->where, 'font-size="11" fill="#5f6368"' );
		$svg .= $this->axes();
		foreach ( self::LINES as $way => list( $name, $colour ) ) {
			$svg .= $this->line( $this->measured[ $way ], $colour, '' );
			$svg .= $this->line( $this->extrapolated[ $way ] ?? array(), $colour, ' stroke-dasharray="6 5"' );
			foreach ( $this->measured[ $way ] as $posts => $seconds ) {
				$svg .= sprintf( '<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>', $this->x( $posts ), $this->y( $seconds ), $colour ) . "\n";
			}
		}
		return $svg . $this->names() . "</svg>\n";
	}

	private function axes(): string {
		$svg = '';
		foreach ( array_unique( array( ...array_map( static fn( $power ) => 10 ** $power, range( ceil( $this->x[0] ), floor( $this->x[1] ) ) ), $this->posts ) ) as $posts ) {
			$x    = $this->x( $posts );
			$svg .= sprintf( '<line x1="%1$.1f" x2="%1$.1f" y1="%2$d" y2="%3$d" stroke="#dadce0"/>', $x, self::TOP, self::BOTTOM ) . "\n";
			$svg .= self::text( $x, self::BOTTOM + 20, number_format( $posts ), 'text-anchor="middle"' );
		}
		for ( $power = $this->y[0]; $power <= $this->y[1]; $power++ ) {
			$y    = $this->y( 10 ** $power );
			$svg .= sprintf( '<line x1="%1$d" x2="%2$d" y1="%3$.1f" y2="%3$.1f" stroke="#dadce0"/>', self::LEFT, self::RIGHT, $y ) . "\n";
			$svg .= self::text( self::LEFT - 10, $y + 4, $power < 0 ? self::duration( 10 ** $power ) : number_format( 10 ** $power ) . ' s', 'text-anchor="end"' );
		}
		return $svg . self::text( ( self::LEFT + self::RIGHT ) / 2, self::BOTTOM + 44, 'posts of the author; dashed: extrapolated', 'text-anchor="middle" fill="#5f6368"' );
	}

	/** @param array<int, float> $points Seconds by posts. */
	private function line( array $points, string $colour, string $style ): string {
		$at = array();
		foreach ( $points as $posts => $seconds ) {
			$at[] = sprintf( '%.1f,%.1f', $this->x( $posts ), $this->y( $seconds ) );
		}
		return $at ? sprintf( '<polyline points="%s" fill="none" stroke="%s" stroke-width="2.5"%s/>', implode( ' ', $at ), $colour, $style ) . "\n" : '';
	}

	/** Beside the ends of the lines, and apart from each other. */
	private function names(): string {
		$ends = array();
		foreach ( array_keys( self::LINES ) as $way ) {
			$points       = $this->extrapolated[ $way ] ?? $this->measured[ $way ];
			$ends[ $way ] = end( $points );
		}
		arsort( $ends );
		$svg   = '';
		$above = 0;
		foreach ( $ends as $way => $seconds ) {
			list( $name, $colour ) = self::LINES[ $way ];
			$above                 = max( $above + 34, $this->y( $seconds ) );
			$svg                  .= self::text( $this->x( $this->posts ) + 12, $above, $name, "font-weight=\"bold\" fill=\"$colour\"" );
			$svg                  .= self::text( $this->x( $this->posts ) + 12, $above + 15, self::duration( $seconds ), "fill=\"$colour\"" );
		}
		return $svg;
	}

	private function x( float $posts ): float {
		return self::LEFT + ( self::RIGHT - self::LEFT ) * ( log10( $posts ) - $this->x[0] ) / ( $this->x[1] - $this->x[0] );
	}

	private function y( float $seconds ): float {
		return self::BOTTOM - ( self::BOTTOM - self::TOP ) * ( log10( $seconds ) - $this->y[0] ) / ( $this->y[1] - $this->y[0] );
	}

	/** As people say it. */
	private static function duration( float $seconds ): string {
		return match ( true ) {
			$seconds < 1    => sprintf( '%.3g ms', 1000 * $seconds ),
			$seconds < 120  => sprintf( '%.3g s', $seconds ),
			$seconds < 7200 => sprintf( '%.3g min', $seconds / 60 ),
			default         => sprintf( '%.3g h', $seconds / 3600 ),
		};
	}

	private static function text( float $x, float $y, string $text, string $attributes ): string {
		return sprintf( '<text x="%.1f" y="%.1f" %s>%s</text>', $x, $y, $attributes, htmlspecialchars( $text, ENT_XML1 ) ) . "\n";
	}
}
