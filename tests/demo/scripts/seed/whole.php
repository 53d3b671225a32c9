<?php
/**
 * The rest of what Jane owns: recipes, pages, drafts, what is planned and what is in the trash, older revisions,
 * longer discussions, links.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Demo;

/**
 * @param Blog    $blog  The blog.
 * @param int     $jane  Jane.
 * @param int     $other Somebody else.
 * @param int[]   $posts Jane's published posts.
 * @param int[][] $terms Categories and tags.
 * @return array<string, string> Slugs of the posts without content, by id.
 */
return static function ( Blog $blog, int $jane, int $other, array $posts, array $terms ): array {
	$cuisines = Blog::terms( 'cuisine', array( 'Alpine', 'Levantine', 'Nordic', 'Bengali' ) );

	for ( $i = 0; $i < 300; $i++ ) {
		$id = $blog->post( $jane, Prose::title( $i * 3 ), array( 'post_type' => 'recipe' ) );
		$blog->metas( $id, array( 'minutes' => 15 + $i % 90, 'servings' => 2 + $i % 6, 'ingredients' => serialize( array( 'flour', 'salt', 'water' ) ) ) );
		$blog->relate( $id, array( $cuisines[ $i % 4 ] ) );
		if ( 0 === $i % 3 ) {
			$blog->comment( $id );
		}
	}

	$pages = array();
	for ( $i = 0; $i < 30; $i++ ) {
		// Three levels: ten pages, each with a page below, which has one more below.
		$parent  = $i < 10 ? 0 : $pages[ $i - 10 ];
		$pages[] = $blog->post( $jane, "Course, part $i", array( 'post_type' => 'page', 'post_parent' => $parent, 'comment_status' => 'closed' ) );
		$blog->metas( $pages[ $i ], array( '_wp_page_template' => 0 === $i ? 'page-course.php' : 'default' ) );
	}
	// Somebody else's page below one of Jane's keeps its parent, which is only trashed.
	$blog->post( $other, 'Course, guest chapter', array( 'post_type' => 'page', 'post_parent' => $pages[2] ) );

	for ( $i = 0; $i < 25; $i++ ) {
		$id = $blog->post( $jane, 'Idea: ' . Prose::title( $i * 5 ), array( 'post_status' => $i % 5 ? 'draft' : 'pending', 'post_name' => '' ) );
		$blog->relate( $id, array( $terms[0][0] ) );
	}
	for ( $i = 0; $i < 5; $i++ ) {
		$time = time() + ( 30 + $i ) * DAY_IN_SECONDS;
		$date = gmdate( 'Y-m-d H:i:s', $time );
		$id   = $blog->post( $jane, "Advent, day $i", array( 'post_type' => $i % 2 ? 'recipe' : 'post', 'post_status' => 'future', 'post_date' => $date, 'post_date_gmt' => $date ) );
		wp_schedule_single_event( $time, 'publish_future_post', array( $id ) );
	}
	for ( $i = 0; $i < 10; $i++ ) {
		$id = $blog->post( $jane, "Old news $i", array( 'post_status' => 'trash', 'post_name' => "old-news-{$i}__trashed" ) );
		$blog->metas( $id, array( '_wp_trash_meta_status' => 'publish', '_wp_trash_meta_time' => time() - WEEK_IN_SECONDS, '_wp_desired_post_slug' => "old-news-$i" ) );
	}
	$empty = array();
	foreach ( array( 'untitled', 'untitled-2' ) as $slug ) {
		$empty[ $blog->post( $jane, '', array( 'post_name' => $slug, 'post_content' => '' ) ) ] = $slug . '__trashed';
	}
	// Imported: nothing was ever saved here, so there is no revision.
	for ( $i = 0; $i < 20; $i++ ) {
		$blog->relate( $blog->post( $jane, "From the old blog, $i" ), array( $terms[0][ $i % 6 ], $terms[1][ $i % 10 ] ) );
	}

	foreach ( $posts as $i => $id ) {
		if ( 0 === $i % 10 ) {
			$blog->revision( $i % 20 ? $jane : $other, $id, Prose::title( $i ) . ' (draft)', Prose::content( $i + 1, 2 ) );
		}
		if ( 0 === $i % 25 ) {
			$above = 0;
			foreach ( array( '1', '1', '1', '0', 'spam' ) as $approved ) {
				$above = $blog->comment( $id, $above, 0, $approved );
			}
		}
	}
	// What is in the trash by somebody else, with a revision of Jane's.
	$id = $blog->post( $other, 'Retracted', array( 'post_status' => 'trash', 'post_name' => 'retracted__trashed' ) );
	$blog->metas( $id, array( '_wp_trash_meta_status' => 'publish', '_wp_trash_meta_time' => time() - DAY_IN_SECONDS ) );
	$blog->revision( $jane, $id, 'Retracted', 'An earlier version.' );

	$categories = Blog::terms( 'link_category', array( 'Friends', 'Shops' ) );
	for ( $i = 0; $i < 16; $i++ ) {
		$id = $blog->rows->id( 'links' );
		$blog->rows->add( 'links', array( 'link_id' => $id, 'link_url' => "https://example.org/$i", 'link_name' => "Friend $i", 'link_owner' => $i < 12 ? $jane : $other, 'link_notes' => '' ) );
		$blog->relate( $id, array( $categories[ $i % 2 ] ) );
	}
	return $empty;
};
