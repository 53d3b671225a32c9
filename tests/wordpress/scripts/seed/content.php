<?php
/**
 * What core changes when it saves a post again only to trash it (D1), and posts it cannot save at all (D3).
 */
return static function ( Seed $seed ) {
	$news = array( 'category' => array( 'news' ) );
	$post = static function ( string $label, array $fields, string ...$proves ) use ( $seed, $news ) {
		return $seed->post( $label, $fields + array( 'terms' => $news, 'proves' => $proves ) );
	};

	$post( 'quotes', array( 'post_title' => 'It\'s a \\ "title" \\\'', 'post_content' => 'C:\\new \'single\' "double" \\0', 'post_excerpt' => '\\' ) );
	$post( 'emoji', array( 'post_title' => '🐘 👩‍👩‍👧', 'post_content' => 'Elephants 🐘 & co' ), 'D1 post_content when unprivileged' );
	$post( 'script', array( 'post_content' => '<script>alert( 1 )</script><iframe src="https://example.org"></iframe>' ), 'D1 post_content when unprivileged' );
	$post( 'ampersand', array( 'post_title' => 'Black & white <blink>' ), 'D1 post_title when unprivileged' );
	$post( 'target', array( 'raw' => array( 'post_content' => '<a href="https://example.org" target="_blank">Away</a>' ) ), 'D1 post_content when bookworm' );
	$post( 'entity', array( 'raw' => array( 'post_content' => 'An old &#150; dash.' ) ), 'D1 post_content' );
	$post( 'spaces', array( 'raw' => array( 'post_title' => '  spaces around  ' ) ), 'D1 post_title' );

	$post( 'guid-tag', array( 'raw' => array( 'guid' => 'tag:blogger.com,1999:blog-1.post-2' ) ), 'D1 guid' );
	$post( 'guid-ampersand', array( 'raw' => array( 'guid' => 'http://example.org/?a=1&b=2' ) ), 'D1 guid' );
	$post( 'guid-number', array( 'raw' => array( 'guid' => '12345' ) ), 'D1 guid' );
	$post( 'guid-urn', array( 'raw' => array( 'guid' => 'urn:uuid:00000000-0000-4000-8000-000000000000' ) ) );

	$post( 'to-ping', array( 'raw' => array( 'to_ping' => 'https://example.org/ping ftp://example.org nonsense' ) ), 'D1 to_ping' );
	$post( 'no-comment-status', array( 'raw' => array( 'comment_status' => '' ) ), 'D1 comment_status' );
	$post( 'no-ping-status', array( 'raw' => array( 'ping_status' => '' ) ), 'D1 ping_status' );
	$post( 'mime', array( 'raw' => array( 'post_mime_type' => 'text/x html' ) ), 'D1 post_mime_type' );
	$post( 'no-gmt', array( 'raw' => array( 'post_date_gmt' => '0000-00-00 00:00:00' ) ), 'D1 post_date_gmt' );
	$post( 'no-date', array( 'raw' => array( 'post_date' => '0000-00-00 00:00:00', 'post_date_gmt' => '0000-00-00 00:00:00' ) ), 'D1 post_date', 'D1 post_date_gmt' );
	$post( 'draft-with-gmt', array( 'post_status' => 'draft', 'raw' => array( 'post_date_gmt' => '2025-01-01 00:00:00' ) ) );
	$post( 'password', array( 'post_status' => 'private', 'raw' => array( 'post_password' => 'sec"ret' ) ) );

	$post( 'tags-twin', array( 'terms' => $news + array( 'post_tag' => array( 'dont-2' ) ) ), 'D1 relationship added', 'D1 relationship removed' );
	$post( 'drifting', array( 'terms' => $news + array( 'post_tag' => array( 'drifting' ) ) ) );
	$post( 'drifting-draft', array( 'post_status' => 'draft', 'terms' => $news + array( 'post_tag' => array( 'drifting-draft' ) ) ) );

	$template = array( '_wp_page_template' => 'no-such-template.php' );
	$post( 'template-missing', array( 'meta' => $template ), 'D1 _wp_page_template' );
	$seed->post( 'template-missing-page', array( 'post_type' => 'page', 'meta' => $template, 'proves' => array( 'D1 _wp_page_template' ) ) );
	$post( 'template-twice', array( 'meta' => array( '_wp_page_template' => array( 'first.php', 'second.php' ) ) ), 'D1 _wp_page_template' );
	$post( 'template-default', array( 'meta' => array( '_wp_page_template' => 'default' ) ) );

	// Left-overs of an earlier attempt: core adds a second pair.
	$post( 'stale-trash-metas', array( 'meta' => array( '_wp_trash_meta_status' => 'draft', '_wp_trash_meta_time' => '1700000000', '_wp_desired_post_slug' => 'older' ) ) );

	$empty   = array( 'post_title' => '', 'post_content' => '', 'post_excerpt' => '' );
	$refused = array( 'terms' => array( 'category' => array( 'refused' ) ) );
	$seed->post( 'refused-empty', $refused + array( 'raw' => $empty + array( 'post_name' => 'refused-empty' ), 'refused' => 'refused-empty__trashed' ) );
	$seed->comment( $seed->posts['refused-empty'] );
	$seed->comment( $seed->posts['refused-empty'], array( 'comment_approved' => 'spam' ) );
	$seed->post( 'refused-zero', $refused + array( 'post_status' => 'private', 'raw' => array( 'post_title' => '0' ) + $empty + array( 'post_name' => 'refused-zero' ), 'refused' => 'refused-zero__trashed' ) );
	$seed->post( 'refused-blank', $refused + array( 'raw' => array( 'post_title' => '   ' ) + $empty + array( 'post_name' => 'foo' ), 'refused' => 'foo__trashed-4' ) );
	$seed->post( 'refused-month', $refused + array( 'raw' => array( 'post_date' => '2020-00-10 00:00:00', 'post_name' => 'refused-month__trashed' ), 'refused' => 'refused-month__trashed' ) );
	$seed->post( 'refused-day', array( 'post_type' => 'page', 'raw' => array( 'post_date' => '2020-05-00 00:00:00', 'post_name' => 'refused-day' ), 'refused' => 'refused-day__trashed' ) );
	$seed->post( 'refused-future', $refused + array( 'post_status' => 'future', 'post_date' => '2027-08-01 12:00:00', 'raw' => $empty + array( 'post_name' => 'refused-future' ), 'refused' => 'refused-future__trashed', 'proves' => array( 'D4 when trash', 'D4 when erase old' ) ) );
	// Only a page may be empty: its type has no excerpt.
	$seed->post( 'empty-page', array( 'post_type' => 'page', 'raw' => $empty ) );
	$seed->post( 'empty-trashed', array( 'post_status' => 'trash', 'raw' => $empty ) );
};
