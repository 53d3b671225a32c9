<?php
/**
 * A user's content, post by post.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * What Content does, through core: where there is no extension, or it cannot reach the database, or it
 * has met an error that somebody has to get past who cannot wait. Slow, and as safe: what goes for good
 * goes first, and what lies in the trash is left alone from the moment it may have been put there by
 * this deletion.
 */
final class CoreContent {

	/**
	 * Posts between two looks at the job's row.
	 */
	private const AT_A_TIME = 25;

	/**
	 * Whose.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * The job.
	 *
	 * @var Job
	 */
	private $job;

	/**
	 * Post types that go; null for those that go with a user.
	 *
	 * @var string[]|null
	 */
	private $types;

	/**
	 * Changes nothing.
	 *
	 * @param Job           $job   Who goes, and where it stands.
	 * @param string[]|null $types Post types that go; null for those that go with a user.
	 */
	public function __construct( Job $job, ?array $types = null ) {
		$this->user_id = $job->number( 'user_id' );
		$this->job     = $job;
		$this->types   = $types;
	}

	/**
	 * Deletes or hands over all content that is left.
	 *
	 * @return true|WP_Error
	 */
	public function delete() {
		require_once ABSPATH . 'wp-admin/includes/bookmark.php';
		Aftermath::of_the_dead( $this->job );
		Aftermath::count_terms( $this->job->terms_left() );
		$kept_since = $this->job->trashing_since();
		if ( ! $this->job->leave_to_core() ) {
			return Job::lost();
		}
		if ( null !== $this->job->reassign() ) {
			return $this->hand_over( $this->job->reassign() );
		}
		$done = $this->posts( $kept_since );
		return is_wp_error( $done ) ? $done : $this->links();
	}

	/**
	 * Posts: for good, then to the trash, each time by id; and again, until no more appear.
	 *
	 * @param int|null $kept_since Unix time since when this deletion may have trashed posts, which stay there.
	 * @return true|WP_Error
	 */
	private function posts( ?int $kept_since ) {
		global $wpdb;
		$types = $this->types ?? Request::types_to_delete( $this->user_id );
		if ( ! $types ) {
			return true;
		}
		$trash = Request::types_to_trash( $this->user_id );
		// phpcs:disable WordPress.DB -- lists of placeholders, and conditions that are prepared before.
		$has_trash = $trash ? $wpdb->prepare( 'CAST(post_type AS BINARY) IN (' . implode( ', ', array_fill( 0, count( $trash ), '%s' ) ) . ')', $trash ) : 'FALSE';
		$is_going_to_trash = "$has_trash AND CAST(post_status AS BINARY) <> 'trash'";

		$is_kept   = null === $kept_since ? 'FALSE' : $wpdb->prepare( "$has_trash AND CAST(post_status AS BINARY) = 'trash' AND post_modified_gmt >= %s", gmdate( 'Y-m-d H:i:s', $kept_since ) );
		$is_own    = $wpdb->prepare( 'post_author = %d AND post_type IN (' . implode( ', ', array_fill( 0, count( $types ), '%s' ) ) . ')', $this->user_id, ...$types );
		$failed    = 0;
		$after     = 0;
		do {
			$read = static fn () => $wpdb->get_results( "SELECT ID, post_type, $is_going_to_trash AS is_trashed FROM $wpdb->posts WHERE $is_own AND ID > $after AND NOT ($is_kept) ORDER BY $is_going_to_trash, NOT ($is_going_to_trash) AND CAST(post_type AS BINARY) <> 'attachment', ID" );
			if ( ! Statements::read( $read, $posts ) ) {
				return Statements::unanswered();
			}
			foreach ( array_chunk( $posts, self::AT_A_TIME ) as $some ) {
				$failures = $this->some_posts( $some );
				if ( is_wp_error( $failures ) ) {
					return $failures;
				}
				$failed += $failures;
			}
			$after = $posts ? max( array_map( 'intval', array_column( $posts, 'ID' ) ) ) : $after;
		} while ( $posts );
		// phpcs:enable
		return $failed ? self::stopped_by_a_listener() : true;
	}

	/**
	 * A few posts, one by one.
	 *
	 * @param object[] $posts Rows with ID, post_type and is_trashed.
	 * @return int|WP_Error How many a listener has stopped.
	 */
	private function some_posts( array $posts ) {
		$go_on = Throttle::wait( $this->job );
		$go_on = is_wp_error( $go_on ) ? $go_on : $this->job->go_on();
		if ( is_wp_error( $go_on ) ) {
			return $go_on;
		}
		$files = Attachments::of( array_map( 'intval', array_column( array_filter( $posts, static fn ( $post ) => 'attachment' === $post->post_type && ! $post->is_trashed ), 'ID' ) ) );
		if ( $files->ids() && ! $this->job->remember( $files ) ) {
			return Job::lost();
		}
		$failed = 0;
		$forced = Request::types_past_trash( $this->user_id );
		foreach ( $posts as $post ) {
			if ( $post->is_trashed && ! $this->job->is_trashing() && ! $this->job->enter( Job::TRASH ) ) {
				return Job::lost();
			}
			$is_past    = in_array( $post->post_type, $forced, true );
			$is_through = false;
			$is_written = Statements::once(
				static function () use ( $post, $is_past, &$is_through ) {
					$is_through = Announce::safely( static fn () => wp_delete_post( $post->ID, $is_past ) );
				}
			);
			if ( ! $is_written ) {
				// Core does not look, and would delete the user in the end.
				return Statements::unwritten();
			}
			if ( $is_through ) {
				$this->job->count( array( $post->is_trashed ? 'trashed' : 'purged' => array( $post->post_type => array( $post->ID ) ) ) );
			} else {
				++$failed;
				$files->among( array( (int) $post->ID ) )->forget_those_gone();
			}
		}
		Caches::forget( array_map( 'intval', array_column( $posts, 'ID' ) ) );
		$this->job->came_further();
		Announce::progress( $this->job );
		return $failed;
	}

	/**
	 * Links, where the site has them.
	 *
	 * @return true|WP_Error
	 */
	private function links() {
		foreach ( $this->ids_of_links() as $link ) {
			Announce::safely( static fn () => wp_delete_link( $link ) );
		}
		return $this->ids_of_links() ? self::stopped_by_a_listener() : true;
	}

	/**
	 * What is said when something is left that a listener has kept core from deleting.
	 */
	private static function stopped_by_a_listener(): WP_Error {
		return new WP_Error( 'wpf_delete_listener', __( 'A listener has stopped WordPress in the middle of a deletion.', 'wpf-delete' ) );
	}

	/**
	 * Posts and links change hands, as in the other branch of wp_delete_user().
	 *
	 * @param int $heir Who inherits.
	 * @return true|WP_Error
	 */
	private function hand_over( int $heir ) {
		global $wpdb;
		$posts = array();
		foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT ID, post_type FROM $wpdb->posts WHERE post_author = %d", $this->user_id ) ) as $post ) {
			$posts[ $post->post_type ][] = $post->ID;
		}
		if ( false === $wpdb->update( $wpdb->posts, array( 'post_author' => $heir ), array( 'post_author' => $this->user_id ) ) ) {
			return Statements::unwritten();
		}
		foreach ( array_merge( ...array_values( $posts ) ) as $post ) {
			Announce::safely( static fn () => clean_post_cache( $post ) );
		}
		$this->job->count( array( 'reassigned' => $posts ) );
		$this->job->came_further();
		Announce::progress( $this->job );
		$links = $this->ids_of_links();
		if ( $links ) {
			$wpdb->update( $wpdb->links, array( 'link_owner' => $heir ), array( 'link_owner' => $this->user_id ) );
			array_map( 'clean_bookmark_cache', $links );
		}
		return true;
	}

	/**
	 * The user's links. Many sites have dropped the table.
	 *
	 * @return string[]
	 */
	private function ids_of_links(): array {
		global $wpdb;
		if ( ! $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $wpdb->links ) ) ) ) {
			return array();
		}
		return $wpdb->get_col( $wpdb->prepare( "SELECT link_id FROM $wpdb->links WHERE link_owner = %d", $this->user_id ) );
	}
}
