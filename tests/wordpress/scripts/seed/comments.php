<?php
/**
 * Comments of every status and type, and conversations that cross from post to post.
 */
return static function ( Seed $seed ) {
	foreach ( array( 'post-publish-2', 'book-publish-2', 'post-publish-13' ) as $label ) {
		$id = $seed->posts[ $label ];
		foreach ( array( '1', '0', 'spam', 'trash', 'post-trashed', 'custom' ) as $status ) {
			foreach ( array( 'comment', 'pingback', 'trackback', 'note', 'review', '' ) as $type ) {
				$seed->comment( $id, array( 'comment_approved' => $status, 'comment_type' => $type, 'user_id' => 'review' === $type ? $seed->users['victim'] : 0 ) );
			}
		}
		wp_update_comment_count_now( $id );
	}

	// Replies find the nearest ancestor that is left, through posts that stay and posts that go.
	$stays   = $seed->posts['post-publish-12'];
	$goes    = $seed->posts['book-publish-3'];
	$trashed = $seed->posts['post-publish-3'];
	$chain   = $seed->comment( $stays );
	foreach ( array( $goes, $goes, $trashed, $goes, $stays, $goes, $stays ) as $post ) {
		$chain = $seed->comment( $post, array( 'comment_parent' => $chain ) );
	}
	$root = $seed->comment( $goes );
	$seed->comment( $stays, array( 'comment_parent' => $root ) );
	$seed->comment( $stays, array( 'comment_parent' => $seed->comment( $goes, array( 'comment_parent' => $root ) ) ) );
	$seed->comment( $goes, array( 'comment_parent' => 999999 ) );
	// A reply that is older than what it answers.
	$late = $seed->comment( $goes, array( 'comment_parent' => $root ) );
	$seed->write( $GLOBALS['wpdb']->comments, array( 'comment_parent' => $late ), array( 'comment_ID' => $root ) );

	$own = array( 'user_id' => $seed->users['victim'], 'comment_author' => 'Victim', 'comment_author_email' => 'victim@example.org' );
	$seed->comment( $stays, $own );
	$seed->comment( $stays, $own + array( 'comment_approved' => 'trash' ) );
	$seed->comment( 0, $own );
};
