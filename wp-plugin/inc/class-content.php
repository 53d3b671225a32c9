<?php
/**
 * A user's content, slice by slice.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * Lets the extension do its slices and does after each what is WordPress's: caches, options, cron,
 * files, and the point to go on from.
 */
final class Content {

	/**
	 * Whose.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * Who inherits, or null.
	 *
	 * @var int|null
	 */
	private $reassign;

	/**
	 * Where it stands.
	 *
	 * @var Job
	 */
	private $job;

	/**
	 * The constant part of the request.
	 *
	 * @var array
	 */
	private $request;

	/**
	 * The lane of each type that goes.
	 *
	 * @var array<string, array{lane: string, cause: string}>
	 */
	private $lanes;

	/**
	 * Reads WordPress's state; changes nothing.
	 *
	 * @param Job           $job   Who goes, and where it stands.
	 * @param string[]|null $types Post types that go; null for those that go with a user.
	 */
	public function __construct( Job $job, ?array $types = null ) {
		$this->user_id  = $job->number( 'user_id' );
		$this->reassign = $job->reassign();
		$this->job      = $job;
		$this->request  = Request::of( $this->user_id, $this->reassign, $types );
		$this->lanes    = Lanes::of( $this->request['post_types'], $this->user_id );

		$this->request['tables']['deletions'] = Table::name();
	}

	/**
	 * Can the extension reach this site's database, and does it see this user there?
	 *
	 * @return true|WP_Error
	 */
	public function reachable() {
		$nothing = $this->call( array( 'purge' => array() ) );
		return is_wp_error( $nothing ) ? $nothing : true;
	}

	/**
	 * Deletes or hands over all content.
	 *
	 * @return true|WP_Error
	 */
	public function delete() {
		if ( ! Aftermath::of_the_dead( $this->job ) ) {
			return Statements::unwritten();
		}
		foreach ( array( 'purge_with_hooks', 'links_with_hooks', 'purge_and_trash', 'trash_with_hooks', 'count_terms' ) as $step ) {
			$done = $this->$step();
			if ( is_wp_error( $done ) ) {
				return $done;
			}
		}
		return true;
	}

	/**
	 * Posts that go for good and that somebody listens to, or wants core to see to.
	 *
	 * @return true|WP_Error
	 */
	private function purge_with_hooks() {
		$replay = new Replay( $this->job, array( $this, 'slice' ) );
		// Core first: deleting a changeset it trashes drafts, and deletes them when their turn comes.
		foreach ( array( Lanes::CORE, Lanes::REPLAY ) as $lane ) {
			$purged  = $this->types_in( $lane, 'purge' );
			$trashed = $this->types_in( $lane, 'trash' );
			if ( ! $purged && ! $trashed ) {
				continue;
			}
			// What was in the trash before this deletion goes for good, too.
			$from_trash = $this->job->is_trashing() ? array() : $trashed;
			$others     = array_diff( array_map( 'strval', array_keys( $this->request['post_types'] ) ), $purged );
			$which      = Replay::like_types( array_merge( $purged, $trashed ), $others );
			if ( $from_trash ) {
				$which = "($which OR " . Replay::of_types( $from_trash, '=' ) . ')';
			}
			// Attachments first, here as in the bulk lane: they take metas of other posts along. The others all
			// together, by id: which goes first decides who inherits children.
			$done = true;
			if ( in_array( 'attachment', $purged, true ) ) {
				$done = $replay->purge( Replay::of_types( array( 'attachment' ), 'any' ), Lanes::CORE === $lane );
			} elseif ( in_array( 'attachment', $from_trash, true ) ) {
				$done = $replay->purge( Replay::of_types( array( 'attachment' ), '=' ), Lanes::CORE === $lane );
			}
			if ( ! is_wp_error( $done ) ) {
				$done = $replay->purge( $which, Lanes::CORE === $lane );
			}
			if ( is_wp_error( $done ) ) {
				return $done;
			}
		}
		return true;
	}

	/**
	 * Links, one by one through core, when somebody listens.
	 */
	private function links_with_hooks(): bool {
		global $wpdb;
		if ( null === $this->reassign && isset( $this->request['tables']['links'] ) && Lanes::links_are_heard() ) {
			require_once ABSPATH . 'wp-admin/includes/bookmark.php';
			foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT link_id FROM $wpdb->links WHERE link_owner = %d", $this->user_id ) ) as $link ) {
				Announce::safely( static fn () => wp_delete_link( $link ) );
			}
		}
		return true;
	}

	/**
	 * The same for the trash.
	 *
	 * @return true|WP_Error
	 */
	private function trash_with_hooks() {
		$replay = new Replay( $this->job, array( $this, 'slice' ) );
		foreach ( array( Lanes::REPLAY, Lanes::CORE ) as $lane ) {
			$types = $this->types_in( $lane, 'trash' );
			if ( $types && Job::TRASH !== $this->job->text( 'phase' ) && ! $this->job->enter( Job::TRASH ) ) {
				return Job::lost();
			}
			$done = $types ? $replay->trash( Replay::of_types( $types, '<>' ), Lanes::CORE === $lane ) : true;
			if ( is_wp_error( $done ) ) {
				return $done;
			}
		}
		return true;
	}

	/**
	 * Terms of whatever has gone, by any lane of the extension, once all posts have their last status.
	 *
	 * @return true|WP_Error
	 */
	private function count_terms() {
		if ( $this->job->terms_left() ) {
			do {
				$slice = $this->slice( 'terms' );
				if ( is_wp_error( $slice ) ) {
					return $slice;
				}
			} while ( ! $slice['done'] );
		}
		return true;
	}

	/**
	 * Types of one lane with this action.
	 *
	 * @param string $lane   A lane.
	 * @param string $action `purge` or `trash`.
	 * @return string[]
	 */
	private function types_in( string $lane, string $action ): array {
		$types = array();
		foreach ( $this->lanes as $type => $of_type ) {
			if ( $lane === $of_type['lane'] && $action === $this->request['post_types'][ $type ]['action'] ) {
				$types[] = (string) $type;
			}
		}
		return $types;
	}

	/**
	 * What nobody listens to, and links.
	 *
	 * @return true|WP_Error
	 */
	private function purge_and_trash() {
		do {
			$attachments = $this->attachments();
			if ( is_wp_error( $attachments ) ) {
				return $attachments;
			}
			$done = $this->content();
			if ( is_wp_error( $done ) ) {
				return $done;
			}
		} while ( $attachments > 0 );
		return true;
	}

	/**
	 * What the extension finds by itself.
	 *
	 * @return true|WP_Error
	 */
	private function content() {
		do {
			$slice = Throttle::wait( $this->job );
			$slice = is_wp_error( $slice ) ? $slice : $this->slice( 'content' );
			if ( is_wp_error( $slice ) ) {
				return $slice;
			}
		} while ( ! $slice['done'] );
		return true;
	}

	/**
	 * Deletes the user's metas and row.
	 *
	 * @return true|WP_Error
	 */
	public function delete_user() {
		global $wpdb;
		if ( Lanes::user_metas_are_heard() ) {
			$ids = $wpdb->get_col( $wpdb->prepare( "SELECT umeta_id FROM $wpdb->usermeta WHERE user_id = %d AND meta_key <> %s", $this->user_id, Mark::META_KEY ) );
			foreach ( $ids as $id ) {
				Announce::safely( static fn () => delete_metadata_by_mid( 'user', $id ) );
			}
		}
		$slice = $this->call( 'user' );
		return is_wp_error( $slice ) ? $slice : true;
	}

	/**
	 * Attachments that go for good, a few at a time: their files have to be known before the rows go.
	 *
	 * @return int|WP_Error How many went.
	 */
	private function attachments() {
		$action     = $this->request['post_types']['attachment']['action'] ?? 'keep';
		$only_trash = 'trash' === $action;
		if ( 'keep' === $action || Lanes::BULK !== $this->lanes['attachment']['lane'] || ( $only_trash && $this->job->is_trashing() ) ) {
			return 0;
		}
		$count = 0;
		while ( true ) {
			$go_on = Throttle::wait( $this->job );
			if ( is_wp_error( $go_on ) ) {
				return $go_on;
			}
			$attachments = Attachments::next_of( $this->user_id, $only_trash );
			if ( ! $attachments ) {
				return Statements::unanswered();
			}
			if ( ! $attachments->ids() ) {
				return $count;
			}
			$slice = $this->slice( array( 'purge' => $attachments->ids() ), $attachments );
			if ( is_wp_error( $slice ) ) {
				return $slice;
			}
			$gone = $slice['purged']['attachment'] ?? array();
			if ( ! $gone ) {
				return new WP_Error( 'wpf_delete_stuck', __( 'Attachments of this user cannot be deleted.', 'wpf-delete' ) );
			}
			if ( ! $attachments->forget( $gone ) ) {
				return Statements::unanswered();
			}
			$count += count( $gone );
		}
	}

	/**
	 * One call of the extension, with what WordPress has to do about its result. The point to go on from,
	 * and what was done, are in the job's row before the call returns; that all is settled, only after.
	 *
	 * @param string|array<string, int[]> $part        Which part of the work, or which posts to purge or trash.
	 * @param Attachments|null            $attachments Those among the posts, whose files outlive their rows.
	 * @return array|WP_Error The report.
	 */
	public function slice( $part, ?Attachments $attachments = null ) {
		$go_on = $this->job->go_on();
		if ( is_wp_error( $go_on ) ) {
			return $go_on;
		}
		if ( $attachments && $attachments->ids() && ! $this->job->remember( $attachments ) ) {
			return Job::lost();
		}
		$slice = $this->call( $part );
		if ( is_wp_error( $slice ) ) {
			$this->job->reload();
			return $slice;
		}
		if ( ! Aftermath::see_to( $this->job, $slice ) ) {
			$this->job->reload();
			return Statements::unwritten();
		}
		if ( ! $this->job->settled( array( $slice ), $slice['noted'], $slice['resume'] ) ) {
			// More was kept than was reported: the server was lost while it committed.
			$this->job->reload();
			if ( ! Aftermath::of_the_dead( $this->job ) ) {
				return Statements::unwritten();
			}
		}
		if ( $slice['rows'] ) {
			Announce::progress( $this->job );
		}
		return $slice;
	}

	/**
	 * One call of the extension.
	 *
	 * @param string|array<string, int[]> $part Which part of the work, or which posts to purge or trash.
	 * @return array|WP_Error The report.
	 */
	private function call( $part ) {
		$request           = $this->request;
		$request['part']   = $part;
		$request['proof']  = $this->job->proof();
		$request['claim']  = $this->job->claim();
		$request['resume'] = $this->job->text( 'resume' );

		$request['budget']['seconds'] = $this->job->seconds( $request['budget']['seconds'] );
		if ( 'content' === $part ) {
			// These are named one by one, because their rows have to be seen before they go.
			foreach ( $this->lanes as $type => $of_type ) {
				$is_file = 'attachment' === $type && 'purge' === $request['post_types'][ $type ]['action'];
				if ( $is_file || Lanes::BULK !== $of_type['lane'] ) {
					$request['post_types'][ $type ]['action'] = 'keep';
				}
			}
		}
		return Native::slice( $this->user_id, $this->reassign, $request );
	}
}
