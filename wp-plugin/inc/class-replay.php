<?php
/**
 * Posts that somebody listens to, a batch at a time.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_Post;

/**
 * The replay lane: vetoes and `before` hooks while every row of the batch is there; the extension's SQL
 * for the whole batch; then, post by post in core's order, all other hooks with core's arguments.
 *
 * Each object sees its hooks in core's order. Between objects the order differs in one way: the vetoes
 * and the `before` hooks of the whole batch come first.
 */
final class Replay {

	/**
	 * Posts per batch: all of them, with metas and comments, are in memory.
	 */
	private const AT_A_TIME = 300;

	/**
	 * The same for core, which takes its time for each.
	 */
	private const AT_A_TIME_THROUGH_CORE = 25;

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
	 * Does a part of the work: `array( 'purge' => ids )` or `array( 'trash' => ids )`, and the attachments
	 * that go with it.
	 *
	 * @var callable
	 */
	private $slice;

	/**
	 * Nothing happens yet.
	 *
	 * @param Job      $job   Whose posts.
	 * @param callable $slice One call of the extension.
	 */
	public function __construct( Job $job, callable $slice ) {
		$this->user_id = $job->number( 'user_id' );
		$this->job     = $job;
		$this->slice   = $slice;
	}

	/**
	 * Deletes for good.
	 *
	 * @param string $which A condition on posts.
	 * @param bool   $core  One by one through core.
	 * @return true|WP_Error
	 */
	public function purge( string $which, bool $core ) {
		return $this->each_batch( $which, $core, fn ( $ids ) => $core ? $this->ask_core( 'purge', $ids ) : $this->purge_batch( $ids ) );
	}

	/**
	 * Moves to the trash.
	 *
	 * @param string $which A condition on posts.
	 * @param bool   $core  One by one through core.
	 * @return true|WP_Error
	 */
	public function trash( string $which, bool $core ) {
		return $this->each_batch( $which, $core, fn ( $ids ) => $core ? $this->ask_core( 'trash', $ids ) : $this->trash_batch( $ids ) );
	}

	/**
	 * The user's posts of the given types: exactly those, as PHP compares them.
	 *
	 * @param string[] $types  Not empty.
	 * @param string   $status `=` or `<>` the trash, or `any` for all.
	 */
	public static function of_types( array $types, string $status ): string {
		$which = sprintf( 'post_type IN (%1$s) AND CAST(post_type AS BINARY) IN (%1$s)', self::in( $types ) );
		return 'any' === $status ? $which : "$which AND CAST(post_status AS BINARY) $status 'trash'";
	}

	/**
	 * Those which core would delete for good although they are in no such type: it asks the database for
	 * types, which does not tell `BOOK` from `book`.
	 *
	 * @param string[] $types  Types of the lane, not empty.
	 * @param string[] $others Registered types that are dealt with elsewhere.
	 */
	public static function like_types( array $types, array $others ): string {
		return sprintf( 'post_type IN (%s) AND CAST(post_type AS BINARY) NOT IN (%s)', self::in( $types ), self::in( array_merge( array( '' ), $others ) ) );
	}

	/**
	 * A post's id as wp_delete_user() hands it on: until 6.9 as the database gives it.
	 *
	 * @param int $id Post.
	 * @return int|string
	 */
	public static function id_as_core_has_it( int $id ) {
		return version_compare( $GLOBALS['wp_version'], '6.9', '<' ) ? (string) $id : $id;
	}

	/**
	 * Hands posts to core. Where a listener throws, core leaves a post in pieces, or as it was; the
	 * extension sees to these, without hooks.
	 *
	 * @param string $how `purge` or `trash`: what core makes of them.
	 * @param int[]  $ids Posts.
	 * @return true|WP_Error
	 */
	private function ask_core( string $how, array $ids ) {
		// Read in time: core may come as far as the metas.
		$attachments = Attachments::of( 'purge' === $how ? array_values( array_filter( $ids, static fn ( $id ) => 'attachment' === get_post_type( $id ) ) ) : array() );
		if ( $attachments->ids() && ! $this->job->remember( $attachments ) ) {
			return Job::lost();
		}
		$left   = array();
		$gone   = array();
		$forced = Request::types_past_trash( $this->user_id );
		foreach ( $ids as $id ) {
			$type    = get_post_type( $id );
			$deleted = false;
			$delete  = static function () use ( $id, $type, $forced, &$deleted ) {
				$deleted = wp_delete_post( self::id_as_core_has_it( $id ), in_array( $type, $forced, true ) );
			};
			if ( ! Announce::safely( $delete ) ) {
				$left[] = $id;
			} elseif ( $deleted ) {
				$gone[ $type ][] = $id;
			}
		}
		$this->job->count( array( 'purge' === $how ? 'purged' : 'trashed' => $gone ) );
		$this->job->came_further();
		Announce::progress( $this->job );
		if ( ! $left ) {
			return true;
		}
		$attachments = $attachments->among( $left );
		return $this->all_of( $how, $left, array( $attachments, 'forget_those_gone' ), $attachments );
	}

	/**
	 * Goes through the user's posts, ascending by id.
	 *
	 * @param string   $which A condition on posts.
	 * @param bool     $core  Whether core does the work.
	 * @param callable $work  Gets ids; returns true or a WP_Error.
	 * @return true|WP_Error
	 */
	private function each_batch( string $which, bool $core, callable $work ) {
		global $wpdb;
		$after = 0;
		$limit = $core ? self::AT_A_TIME_THROUGH_CORE : self::AT_A_TIME;
		while ( true ) {
			// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- made by this class.
			$read = fn () => array_map( 'intval', $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE post_author = %d AND ID > %d", $this->user_id, $after ) . " AND $which ORDER BY ID LIMIT $limit" ) );
			if ( ! Statements::read( $read, $ids ) ) {
				return Statements::unanswered();
			}
			if ( ! $ids ) {
				return true;
			}
			$go_on = Throttle::wait( $this->job );
			$go_on = is_wp_error( $go_on ) ? $go_on : $this->job->go_on();
			$done  = is_wp_error( $go_on ) ? $go_on : $work( $ids );
			Caches::forget( $ids );
			if ( is_wp_error( $done ) ) {
				return $done;
			}
			$after = end( $ids );
		}
	}

	/**
	 * `'a', 'b'`.
	 *
	 * @param string[] $types Post types.
	 */
	private static function in( array $types ): string {
		return "'" . implode( "', '", array_map( 'esc_sql', $types ) ) . "'";
	}

	/**
	 * One batch that goes for good.
	 *
	 * @param int[] $ids Posts.
	 * @return true|WP_Error
	 */
	private function purge_batch( array $ids ) {
		if ( ! Statements::read( static fn () => new PurgeHooks( $ids ), $batch ) ) {
			return Statements::unanswered();
		}
		$willed = $batch->before();
		$done   = $this->all_of( 'purge', $willed['purge'], array( $batch, 'after' ), $batch->attachments() );
		if ( is_wp_error( $done ) ) {
			return $done;
		}
		return $this->ask_core( 'purge', $willed['core'] );
	}

	/**
	 * One batch that goes to the trash.
	 *
	 * @param int[] $ids Posts.
	 * @return true|WP_Error
	 */
	private function trash_batch( array $ids ) {
		if ( ! Statements::read( static fn () => new TrashHooks( $ids ), $batch ) ) {
			return Statements::unanswered();
		}
		return $this->all_of( 'trash', $batch->before(), array( $batch, 'after' ) );
	}

	/**
	 * Has the extension deal with posts, until it has with all. A call that has met an error half-way tells
	 * what it had done by then, and no error: the next one meets it.
	 *
	 * @param string           $how         `purge` or `trash`.
	 * @param int[]            $ids         Posts.
	 * @param callable         $after       Gets the ids of those that are dealt with, each time; returns false when
	 *                                      something of theirs is left to do.
	 * @param Attachments|null $attachments Those among the posts.
	 * @return true|WP_Error
	 */
	private function all_of( string $how, array $ids, callable $after, ?Attachments $attachments = null ) {
		while ( $ids ) {
			$slice = ( $this->slice )( array( $how => $ids ), $attachments );
			if ( is_wp_error( $slice ) ) {
				return $slice;
			}
			$gone = array_merge( array(), ...array_values( $slice[ 'purge' === $how ? 'purged' : 'trashed' ] ) );
			if ( false === $after( $gone ) ) {
				return Statements::unanswered();
			}
			$ids = $slice['done'] ? array() : array_values( array_diff( $ids, $gone ) );
		}
		return true;
	}
}
