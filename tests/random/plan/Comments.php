<?php
/**
 * Comments.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Conversations, also across posts. */
final class Comments {

	private int $last_id = 50;

	/** @var int[] */
	private array $made = array();

	public function __construct( private Blueprint $site ) {}

	public function make(): void {
		$dice  = $this->site->dice;
		$ids   = $this->ids( $dice->number( 0, 30 ) );
		$posts = $dice->shuffled( $this->site->post_ids() );
		// Some get conversations; a reply may be anywhere, and older than what it answers.
		$posts = array_merge( array_slice( $posts, 0, 3 ), array_slice( $posts, 0, 3 ), $posts );
		foreach ( $ids as $id ) {
			$this->comment( $id, array( 'post' => $this->site->reference( $posts, 3 ), 'parent' => $this->site->reference( $this->made, 35 ) ) );
		}
		$this->below_what_goes();
	}

	/** A post for the trash with comments of several statuses, and one that goes for good with one that is answered elsewhere. */
	private function below_what_goes(): void {
		$dice = $this->site->dice;
		$bin  = $this->site->ids_with_fate( 'trash' );
		if ( $bin && $dice->chance( 60 ) ) {
			$post = $dice->pick( $bin );
			foreach ( array_combine( $this->ids( 3 ), array( '1', 'spam', '0' ) ) as $id => $status ) {
				$this->comment( $id, array( 'post' => $post, 'status' => (string) $status ) );
			}
		}
		$going = $this->site->ids_with_fate( 'purge' );
		if ( $going && $dice->chance( 60 ) ) {
			list( $first, $reply ) = $this->ids( 2 );
			$this->comment( $first, array( 'post' => $dice->pick( $going ), 'metas' => array( array( 'rating', '5' ) ) ) );
			$this->comment( $reply, array( 'post' => $this->site->add_post( array( 'author' => Generator::COLLEAGUE ) ), 'parent' => $first ) );
		}
	}

	/** New ids, in any order. */
	private function ids( int $count ): array {
		$ids = array();
		for ( ; $count > 0; $count-- ) {
			$ids[] = $this->last_id += $this->site->dice->number( 1, 2 );
		}
		return $this->site->dice->shuffled( $ids );
	}

	/** A comment; the fields are what is sure about it. */
	private function comment( int $id, array $fields ): void {
		$site = $this->site;
		$dice = $site->dice;
		$by   = $site->author();
		$site->add(
			'comment',
			$fields + array(
				'id'     => $id,
				'parent' => 0,
				'author' => $dice->pick( array( 0, 0, $by ) ),
				'status' => $dice->weighted( array( '1' => 8, '0' => 3, 'spam' => 2, 'trash' => 2, 'post-trashed' => 2, "cus'tom" => 1 ) ),
				'type'   => $dice->pick( array( 'comment', 'comment', 'pingback', 'note', '', 'review' ) ),
				'date'   => $site->date(),
				'text'   => $site->text( 2 ),
				'metas'  => $dice->chance( 40 ) ? array( array( "rating's", $site->text( 1 ) ), array( '_wp_trash_meta_status', '1' ) ) : array(),
			)
		);
		$this->made[] = $id;
	}
}
