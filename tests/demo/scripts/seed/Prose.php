<?php
/**
 * Text that reads like a food blog.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/** The same number gives the same text, so that two sites seeded alike are alike. */
final class Prose {

	private const DISHES    = array( 'Sourdough bread', 'Lentil soup', 'Apple cake', 'Roast pumpkin', 'Potato salad', 'Plum jam', 'Leek quiche', 'Ginger cookies', 'Tomato tart', 'Mushroom risotto', 'Pickled beets', 'Barley stew', 'Cherry clafoutis' );
	private const TWISTS    = array( 'the way my grandmother made it', 'for a rainy Sunday', 'without an oven', 'in half an hour', 'from the market', 'for twelve guests', 'that never fails', 'with what is left over', 'on a small budget', 'for the freezer', 'and why it works' );
	private const SENTENCES = array(
		'Start the evening before: patience does most of the work here.',
		'I bought everything at the market on the corner, and it came to less than ten euros.',
		'Don\'t worry when the dough looks too wet; it comes together after the second fold.',
		'My neighbour "borrowed" the last jar, which I take as a compliment.',
		'Let it rest under a cloth, away from the window, until it has doubled.',
		'Salt early, taste often, and keep a little of the cooking water.',
		'If you have no cast-iron pot, a heavy lid on a baking tray is 90% as good.',
		'It keeps for three days in the fridge and freezes well.',
		'Crème fraîche works, yoghurt works, and nobody noticed when I used neither. 🥄',
		'The photographs are from last winter, the recipe is older than I am.',
	);
	private const REMARKS   = array( 'Made this twice already, thank you!', 'Mine came out a little dry. Less flour next time?', 'Could I use spelt instead?', 'My kids ate it. All of it.', 'I\'ve linked to this from our newsletter, hope that is fine.', 'What size is your tin?', 'Best one on the whole internet.', 'Yes, that works; five minutes longer then.' );

	/** A title. */
	public static function title( int $number ): string {
		return self::DISHES[ $number % count( self::DISHES ) ] . ' ' . self::TWISTS[ intdiv( $number, count( self::DISHES ) ) % count( self::TWISTS ) ];
	}

	/** Paragraphs in blocks, as the editor stores them. */
	public static function content( int $number, int $paragraphs = 4 ): string {
		$blocks = array();
		for ( $i = 0; $i < $paragraphs; $i++ ) {
			$blocks[] = "<!-- wp:paragraph -->\n<p>" . self::sentences( $number + 3 * $i, 4 ) . "</p>\n<!-- /wp:paragraph -->";
		}
		return implode( "\n\n", $blocks );
	}

	/** A few sentences. */
	public static function sentences( int $number, int $count ): string {
		$sentences = array();
		for ( $i = 0; $i < $count; $i++ ) {
			$sentences[] = self::SENTENCES[ ( $number * 7 + $i * 3 ) % count( self::SENTENCES ) ];
		}
		return implode( ' ', $sentences );
	}

	/** What a reader writes. */
	public static function remark( int $number ): string {
		return self::REMARKS[ $number % count( self::REMARKS ) ];
	}
}
