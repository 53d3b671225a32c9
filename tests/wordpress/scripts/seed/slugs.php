<?php
/**
 * Slugs whose trashed form is taken, too long, or equal only under the table's collation.
 */
return static function ( Seed $seed ) {
	$post = static function ( string $label, string $slug, string $owner = 'victim', array $fields = array() ) use ( $seed ) {
		return $seed->post(
			$label,
			$fields + array(
				'post_author' => $seed->users[ $owner ],
				'terms'       => array( 'category' => array( 'news' ) ),
				'raw'         => array( 'post_name' => $slug ),
			)
		);
	};

	$post( 'taken-first', 'foo__trashed', 'colleague', array( 'post_status' => 'trash' ) );
	$post( 'taken-second', 'foo__trashed-2', 'colleague' );
	$post( 'taken', 'foo' );
	$post( 'taken-by-other-type', 'bar__trashed', 'colleague', array( 'post_type' => 'book' ) );
	$post( 'free-in-this-type', 'bar' );

	$post( 'case-taken', 'CAF' . "\u{c9}" . '__TRASHED', 'colleague' );
	$post( 'case', 'cafe' );
	$post( 'padded-taken', 'padded__trashed ', 'colleague' );
	$post( 'padded', 'padded' );

	$post( 'twin-first', 'twin' );
	$post( 'twin-second', 'Twin' );
	$post( 'twin-third', "tw\u{ed}n" );

	$post( 'suffixed', 'already__trashed' );
	$post( 'suffixed-draft', 'drafted__trashed', 'victim', array( 'post_status' => 'draft' ) );
	$post( 'suffixed-taken-by', 'both__trashed', 'colleague' );
	$post( 'suffixed-taken', 'both__trashed' );
	$post( 'suffix-alone', '__trashed', 'colleague' );
	$post( 'suffix-inside', 'old__trashed-2' );

	foreach ( array( 190, 191, 192, 195, 199, 200 ) as $length ) {
		$post( "long-$length", substr( str_repeat( "long$length-", 40 ), 0, $length ) );
	}
	$post( 'long-dash', str_repeat( 'd', 190 ) . '-tail' );
	$post( 'long-twin-first', str_repeat( 't', 191 ) . 'one' );
	$post( 'long-twin-second', str_repeat( 't', 191 ) . 'two' );
	$post( 'long-twin-third', str_repeat( 't', 191 ) . 'three' );

	// Percent-encoded letters take six bytes; a cut may not split one.
	$cyrillic = static function ( int $letters, string $lead ) {
		return $lead . str_repeat( '%d0%b6', $letters );
	};
	$post( 'cyrillic-short', $cyrillic( 10, '' ) );
	$post( 'cyrillic-198', $cyrillic( 33, '' ) );
	$post( 'cyrillic-199', $cyrillic( 33, 'a' ) );
	$post( 'cyrillic-200', $cyrillic( 33, 'ab' ) );
	$post( 'cyrillic-200-twin', $cyrillic( 33, 'ab' ), 'victim', array( 'post_status' => 'private' ) );
	$post( 'cyrillic-mixed', 'page-' . str_repeat( '%d0%b6-', 27 ) . 'end' );

	$post( 'unencoded', "\u{43f}\u{440}\u{438}\u{432}\u{435}\u{442}" );
	$post( 'quoted-slug', 'it\'s "so" 100%' );
	$post( 'backslash-slug', 'back\\slash' );
	$post( 'numeric-slug', '2025' );
	$post( 'zero-slug', '0' );

	for ( $i = 0; $i < 4; $i++ ) {
		$seed->post( "slugless-page-$i", array( 'post_type' => 'page', 'post_status' => 'draft', 'post_parent' => $i % 2 ? $seed->posts['branch'] : 0 ) );
	}
	$seed->post( 'slugless-publish', array( 'raw' => array( 'post_name' => '' ), 'terms' => array( 'category' => array( 'news' ) ) ) );

	// A page's slug is also compared with those of attachments under the same parent.
	$post( 'map-attachment', 'map__trashed', 'colleague', array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'terms' => array() ) );
	$post( 'map', 'map', 'victim', array( 'post_type' => 'page', 'terms' => array() ) );
};
