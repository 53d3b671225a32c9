<?php
/**
 * Revisions.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Revisions of what is there, of what is no more, and of revisions. */
final class Revisions {

	public function __construct( private Blueprint $site ) {}

	public function make(): void {
		$dice = $this->site->dice;
		foreach ( $this->site->posts() as $post ) {
			$versions = $dice->weighted( array( 0 => 60, 1 => 20, 2 => 10, 5 => 5 ) );
			for ( $i = 0; $i < $versions; $i++ ) {
				$this->revision( $post );
			}
		}
		$posts = $this->site->posts();
		if ( $dice->chance( 30 ) ) {
			$this->revision( array( 'id' => Blueprint::DANGLING + 1 ) + $posts[ array_key_last( $posts ) ] );
		}
		if ( $dice->chance( 20 ) && $this->site->post_ids( 'revision' ) ) {
			$this->revision( $dice->pick( $this->site->posts( 'revision' ) ) );
		}
	}

	/** One revision of a post, with its text or another. */
	private function revision( array $post ): void {
		$site = $this->site;
		$dice = $site->dice;
		$id   = $site->next_id();
		if ( null === $id ) {
			return;
		}
		$site->add(
			'post',
			array(
				'id'     => $id,
				'type'   => 'revision',
				'author' => $dice->weighted( array( Generator::VICTIM => 50, Generator::COLLEAGUE => 45, Blueprint::NOBODY => 5 ) ),
				'status' => 'inherit',
				'name'   => $post['id'] . $dice->pick( array( '-revision-v1', '-revision-v1', '-autosave-v1' ) ),
				'parent' => $post['id'],
				'date'   => $site->date(),
				'gmt'    => $site->date(),
				'title'  => $dice->chance( 70 ) ? $post['title'] : $site->text( 1 ),
				'guid'   => "http://example.test/?p=$id",
				'terms'  => $dice->chance( 5 ) ? $dice->some( $site->terms['category'], 1 ) : array(),
				'metas'  => $dice->chance( 15 ) ? Posts::metas( $site ) : array(),
			) + array_intersect_key( $post, array( 'content' => '', 'excerpt' => '' ) )
		);
	}
}
