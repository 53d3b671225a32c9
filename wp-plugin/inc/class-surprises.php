<?php
/**
 * What somebody who deletes a user may not expect.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Looks for it and says it in plain words. Each question finds its rows through an index, from the user's own posts or
 * from the few that a setting names; none reads the texts of posts.
 */
final class Surprises {

	/**
	 * Types that are the site's design rather than anybody's writing.
	 */
	private const DESIGN = array( 'wp_template', 'wp_template_part', 'wp_navigation', 'wp_global_styles', 'nav_menu_item' );

	/**
	 * The user's posts by type and by what becomes of them.
	 *
	 * @var array<string, array<string, int>>
	 */
	private $posts;

	/**
	 * Which of them go.
	 *
	 * @var Going
	 */
	private $going;

	/**
	 * Whose.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * Whether they change hands instead.
	 *
	 * @var bool
	 */
	private $reassign;

	/**
	 * Changes nothing.
	 *
	 * @param int                               $user_id  Who goes.
	 * @param array<string, array<string, int>> $posts    The user's posts by type and action.
	 * @param Going                             $going    Which of them go.
	 * @param bool                              $reassign Whether they change hands instead.
	 */
	public function __construct( int $user_id, array $posts, Going $going, bool $reassign ) {
		$this->user_id  = $user_id;
		$this->posts    = $posts;
		$this->going    = $going;
		$this->reassign = $reassign;
	}

	/**
	 * All of them.
	 *
	 * @return string[] For people.
	 */
	public function all(): array {
		$found = array( $this->open_job(), $this->network() );
		if ( $this->reassign ) {
			$found[] = $this->design();
		} elseif ( $this->number( array( 'purge', 'trash' ) ) ) {
			array_push( $found, $this->design(), ...$this->pages() );
			array_push( $found, $this->own_trash(), $this->scheduled(), $this->revisions(), $this->menu_items() );
			array_push( $found, ...$this->children() );
			array_push( $found, ...$this->comments() );
			if ( $this->number( array( 'purge' ), array( 'attachment' ) ) ) {
				array_push( $found, $this->featured(), $this->logo(), $this->uploaded_elsewhere() );
			}
		}
		$found[] = $this->kept();
		return array_values( array_filter( $found ) );
	}

	/**
	 * A deletion that was asked for already.
	 */
	private function open_job(): string {
		$job = Table::is_ready() ? Queue::open_of( $this->user_id, get_current_blog_id() ) : null;
		/* translators: 1: number of a deletion, 2: its state, such as `queued`. */
		return $job ? sprintf( __( 'Deletion %1$d of this user has been asked for already, and is “%2$s”; asking again joins it.', 'wpf-delete' ), $job->number( 'id' ), $job->text( 'state' ) ) : '';
	}

	/**
	 * On a network the account stays.
	 */
	private function network(): string {
		return is_multisite() ? __( 'The user leaves this site only. The account, and what the user wrote on other sites of the network, stay.', 'wpf-delete' ) : '';
	}

	/**
	 * Templates and menus.
	 */
	private function design(): string {
		$count = $this->number( array( 'purge', 'trash', 'reassign' ), self::DESIGN );
		if ( ! $count ) {
			return '';
		}
		$names = self::labels( array_intersect( self::DESIGN, array_map( 'strval', array_keys( $this->posts ) ) ) );
		if ( $this->reassign ) {
			/* translators: 1: number, 2: names of post types. */
			return sprintf( _n( '%1$s part of the site’s design belongs to this user and goes to the heir (%2$s).', '%1$s parts of the site’s design belong to this user and go to the heir (%2$s).', $count, 'wpf-delete' ), number_format_i18n( $count ), $names );
		}
		/* translators: 1: number, 2: names of post types. */
		return sprintf( _n( '%1$s part of the site’s design belongs to this user and goes: the site will look different (%2$s).', '%1$s parts of the site’s design belong to this user and go: the site will look different (%2$s).', $count, 'wpf-delete' ), number_format_i18n( $count ), $names );
	}

	/**
	 * Front page, posts page and privacy policy.
	 *
	 * @return string[]
	 */
	private function pages(): array {
		$is_front = 'page' === get_option( 'show_on_front' );
		$settings = array_filter(
			array(
				__( 'The front page of the site is this user’s, and goes.', 'wpf-delete' ) => $is_front ? (int) get_option( 'page_on_front' ) : 0,
				__( 'The page for posts is this user’s, and goes.', 'wpf-delete' ) => $is_front ? (int) get_option( 'page_for_posts' ) : 0,
				__( 'The privacy policy page is this user’s, and goes.', 'wpf-delete' ) => (int) get_option( 'wp_page_for_privacy_policy' ),
			)
		);
		return array_keys( array_intersect( $settings, $this->among( $settings, $this->going->either( 'p' ) ) ) );
	}

	/**
	 * Posts that lie in the trash.
	 */
	private function own_trash(): string {
		$count = $this->ask( "SELECT COUNT(*) FROM {$this->going->posts()} WHERE {$this->going->for_good( 'p' )} AND p.post_status = 'trash'" );
		/* translators: %s: number of posts. */
		return $count ? sprintf( _n( '%s post that is in the trash already is deleted for good.', '%s posts that are in the trash already are deleted for good.', $count, 'wpf-delete' ), number_format_i18n( $count ) ) : '';
	}

	/**
	 * Posts that wait for their day.
	 */
	private function scheduled(): string {
		$count = $this->ask( "SELECT COUNT(*) FROM {$this->going->posts()} WHERE {$this->going->either( 'p' )} AND p.post_status = 'future'" );
		/* translators: %s: number of posts. */
		return $count ? sprintf( _n( '%s scheduled post will not be published.', '%s scheduled posts will not be published.', $count, 'wpf-delete' ), number_format_i18n( $count ) ) : '';
	}

	/**
	 * What the user has changed in others' posts.
	 */
	private function revisions(): string {
		global $wpdb;
		if ( ! $this->number( array( 'purge' ), array( 'revision' ) ) ) {
			return '';
		}
		$count = $this->ask( "SELECT STRAIGHT_JOIN COUNT(*) FROM {$this->going->posts()} JOIN $wpdb->posts o ON o.ID = p.post_parent AND o.post_author <> p.post_author WHERE {$this->going->for_good( 'p' )} AND p.post_type = 'revision'" );
		/* translators: %s: number of revisions. */
		return $count ? sprintf( _n( '%s revision that this user made of posts of others goes; the posts stay as they are.', '%s revisions that this user made of posts of others go; the posts stay as they are.', $count, 'wpf-delete' ), number_format_i18n( $count ) ) : '';
	}

	/**
	 * Menu items that point at what goes for good.
	 */
	private function menu_items(): string {
		$count = $this->going->menu_items( 'i.post_author <> p.post_author' );
		/* translators: %s: number of menu items. */
		return $count ? sprintf( _n( '%s menu item of others that points at what is deleted for good goes with it.', '%s menu items of others that point at what is deleted for good go with it.', $count, 'wpf-delete' ), number_format_i18n( $count ) ) : '';
	}

	/**
	 * Posts of others below those that go for good.
	 *
	 * @return string[]
	 */
	private function children(): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- conditions of Going.
		$rows    = $wpdb->get_results( "SELECT STRAIGHT_JOIN c.post_type AS type, c.post_type = p.post_type AS is_alike, COUNT(*) AS posts FROM {$this->going->posts()} JOIN $wpdb->posts c FORCE INDEX (post_parent) ON c.post_parent = p.ID AND c.post_author <> p.post_author WHERE {$this->going->for_good( 'p' )} AND p.post_type <> 'attachment' GROUP BY 1, 2" );
		$moving  = 0;
		$leaving = 0;
		$going   = 0;
		foreach ( $rows as $row ) {
			$moves    = 'attachment' === $row->type || ( $row->is_alike && is_post_type_hierarchical( $row->type ) );
			$goes     = 'revision' === $row->type;
			$moving  += $moves && ! $goes ? (int) $row->posts : 0;
			$going   += $goes ? (int) $row->posts : 0;
			$leaving += $moves || $goes ? 0 : (int) $row->posts;
		}
		return array(
			/* translators: %s: number of posts. */
			$moving ? sprintf( _n( '%s page or upload of others is below what is deleted for good, and moves up to the next parent.', '%s pages or uploads of others are below what is deleted for good, and move up to the next parent.', $moving, 'wpf-delete' ), number_format_i18n( $moving ) ) : '',
			/* translators: %s: number of posts. */
			$leaving ? sprintf( _n( '%s post of others loses the post it belongs to.', '%s posts of others lose the posts they belong to.', $leaving, 'wpf-delete' ), number_format_i18n( $leaving ) ) : '',
			/* translators: %s: number of revisions. */
			$going ? sprintf( _n( '%s revision that others made of this user’s posts goes with them.', '%s revisions that others made of this user’s posts go with them.', $going, 'wpf-delete' ), number_format_i18n( $going ) ) : '',
		);
	}

	/**
	 * What others have written below the user's posts.
	 *
	 * @return string[]
	 */
	private function comments(): array {
		global $wpdb;
		$of      = "SELECT STRAIGHT_JOIN COUNT(*) FROM {$this->going->posts()} JOIN $wpdb->comments c ON c.comment_post_ID = p.ID AND c.user_id <> p.post_author WHERE";
		$deleted = $this->ask( "$of {$this->going->for_good( 'p' )}" );
		$hidden  = $this->number( array( 'trash' ) ) ? $this->ask( "$of {$this->going->to_trash( 'p' )}" ) : 0;
		return array(
			/* translators: %s: number of comments. */
			$deleted ? sprintf( _n( '%s comment by others is deleted with the post it is about.', '%s comments by others are deleted with the posts they are about.', $deleted, 'wpf-delete' ), number_format_i18n( $deleted ) ) : '',
			/* translators: %s: number of comments. */
			$hidden ? sprintf( _n( '%s comment by others goes to the trash with its post, and comes back with it.', '%s comments by others go to the trash with their posts, and come back with them.', $hidden, 'wpf-delete' ), number_format_i18n( $hidden ) ) : '',
		);
	}

	/**
	 * Images that others' posts feature. The database has no index on what metas say, so that all featured images
	 * of the site are gone through, but no posts.
	 */
	private function featured(): string {
		global $wpdb;
		$count = $this->ask( "SELECT STRAIGHT_JOIN COUNT(DISTINCT m.post_id) FROM $wpdb->postmeta m JOIN $wpdb->posts p ON p.ID = CAST(m.meta_value AS UNSIGNED) JOIN $wpdb->posts f ON f.ID = m.post_id AND f.post_author <> p.post_author WHERE m.meta_key = '_thumbnail_id' AND {$this->going->for_good( 'p' )} AND p.post_type = 'attachment'" );
		/* translators: %s: number of posts. */
		return $count ? sprintf( _n( '%s post of others loses its featured image.', '%s posts of others lose their featured image.', $count, 'wpf-delete' ), number_format_i18n( $count ) ) : '';
	}

	/**
	 * Images that the theme or the site shows.
	 */
	private function logo(): string {
		$header = get_theme_mod( 'header_image_data' );
		$images = array(
			array( __( 'logo', 'wpf-delete' ), (int) get_theme_mod( 'custom_logo' ) ),
			array( __( 'logo', 'wpf-delete' ), (int) get_option( 'site_logo' ) ),
			array( __( 'site icon', 'wpf-delete' ), (int) get_option( 'site_icon' ) ),
			array( __( 'header image', 'wpf-delete' ), is_object( $header ) ? (int) ( $header->attachment_id ?? 0 ) : 0 ),
		);
		$going  = $this->among( array_column( $images, 1 ), $this->going->for_good( 'p' ) );
		$shown  = array_unique( array_column( array_filter( $images, static fn ( $image ) => in_array( $image[1], $going, true ) ), 0 ) );
		/* translators: %s: `logo`, `site icon`, or the like. */
		return $shown ? sprintf( __( 'The site shows images of this user, which go: %s.', 'wpf-delete' ), implode( ', ', $shown ) ) : '';
	}

	/**
	 * Attachments that were uploaded to others' posts.
	 */
	private function uploaded_elsewhere(): string {
		global $wpdb;
		$count = $this->ask( "SELECT STRAIGHT_JOIN COUNT(*) FROM {$this->going->posts()} JOIN $wpdb->posts o ON o.ID = p.post_parent AND o.post_author <> p.post_author WHERE {$this->going->for_good( 'p' )} AND p.post_type = 'attachment'" );
		/* translators: %s: number of attachments. */
		return $count ? sprintf( _n( '%s upload was made for a post of somebody else, and may stand in its text.', '%s uploads were made for posts of others, and may stand in their texts.', $count, 'wpf-delete' ), number_format_i18n( $count ) ) : '';
	}

	/**
	 * Types that stay, without an author.
	 */
	private function kept(): string {
		$count = $this->number( array( 'keep' ) );
		$types = array_keys( array_filter( $this->posts, static fn ( $actions ) => isset( $actions['keep'] ) ) );
		/* translators: 1: number of posts, 2: names of post types. */
		return $count ? sprintf( _n( '%1$s post stays without an author, because its type does not go with users (%2$s).', '%1$s posts stay without an author, because their types do not go with users (%2$s).', $count, 'wpf-delete' ), number_format_i18n( $count ), self::labels( $types ) ) : '';
	}

	/**
	 * How many posts have one of these actions.
	 *
	 * @param string[]      $actions Of `purge`, `trash`, `keep`, `reassign`.
	 * @param string[]|null $types   Only of these types.
	 */
	private function number( array $actions, ?array $types = null ): int {
		$posts = null === $types ? $this->posts : array_intersect_key( $this->posts, array_flip( $types ) );
		return (int) array_sum( array_map( static fn ( $by_action ) => array_sum( array_intersect_key( $by_action, array_flip( $actions ) ) ), $posts ) );
	}

	/**
	 * Those of these posts for which a condition holds.
	 *
	 * @param int[]  $ids       Posts.
	 * @param string $condition On posts `p`.
	 * @return int[]
	 */
	private function among( array $ids, string $condition ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL -- integers, and a condition of Going.
		return $ids ? array_map( 'intval', $wpdb->get_col( "SELECT p.ID FROM $wpdb->posts p WHERE p.ID IN (" . implode( ', ', $ids ) . ") AND $condition" ) ) : array();
	}

	/**
	 * The one number of an answer.
	 *
	 * @param string $statement Made of conditions of Going.
	 */
	private function ask( string $statement ): int {
		return (int) $GLOBALS['wpdb']->get_var( $statement ); // phpcs:ignore WordPress.DB.PreparedSQL -- as said.
	}

	/**
	 * Names of types for people.
	 *
	 * @param array $types Post types.
	 */
	private static function labels( array $types ): string {
		return implode( ', ', array_map( array( Plan::class, 'label' ), array_map( 'strval', $types ) ) );
	}
}
