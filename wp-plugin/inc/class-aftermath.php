<?php
/**
 * What WordPress has to do about what the extension has done.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;

/**
 * Caches, options, scheduled events, and terms that a taxonomy counts in a way of its own. All of it may
 * be done twice: after a process has died, nobody knows how far it had come with its last report.
 */
final class Aftermath {

	/**
	 * Whether it is a reason to stop when something could not be written.
	 *
	 * @var bool
	 */
	private static $insists = true;

	/**
	 * Sees to a report. If a statement fails twice the job has to wait, and try again, once. Then it may be one
	 * of a listener's that always fails.
	 *
	 * @param Job   $job   Whose.
	 * @param array $slice The extension's report, or what its notes in the job's row say.
	 * @return bool Whether it is settled.
	 */
	public static function see_to( Job $job, array $slice ): bool {
		if ( Statements::twice( static fn () => self::settle( $slice ) ) ) {
			return true;
		}
		self::$insists = self::$insists && $job->number( 'attempts' ) < 2;
		return ! self::$insists;
	}

	/**
	 * Does what there is to do about a report.
	 *
	 * @param array $slice As for see_to().
	 */
	private static function settle( array $slice ): void {
		Announce::safely( static fn () => Caches::clear( $slice ) );
		Announce::safely( static fn () => References::settle( $slice ) );
		foreach ( $slice['terms_to_count'] as $taxonomy => $term_taxonomy_ids ) {
			Announce::safely( static fn () => wp_update_term_count_now( $term_taxonomy_ids, (string) $taxonomy ) );
		}
		if ( $slice['reassigned'] && Lanes::clean_post_cache_is_heard() ) {
			foreach ( array_merge( ...array_values( $slice['reassigned'] ) ) as $id ) {
				Announce::safely( static fn () => clean_post_cache( $id ) );
			}
		}
	}

	/**
	 * Settles what a process has left that died with its report: the extension's notes, and files of
	 * attachments whose rows are gone.
	 *
	 * @param Job $job Whose.
	 * @return bool Whether all is settled.
	 */
	public static function of_the_dead( Job $job ): bool {
		$unsettled  = $job->unsettled();
		$is_settled = ! in_array( false, array_map( static fn ( $slice ) => self::see_to( $job, $slice ), $unsettled ), true );
		if ( $unsettled && $is_settled ) {
			$job->settled( $unsettled, $job->noted() );
		}
		return $job->remembered()->forget_those_gone() && $is_settled;
	}

	/**
	 * The same for a job that was called off, and with it the terms that would have been counted in the end.
	 *
	 * @param Job $job Which.
	 */
	public static function of_the_cancelled( Job $job ): void {
		$site_id     = $job->number( 'site_id' );
		$is_far_away = is_multisite() && $site_id && get_current_blog_id() !== $site_id;
		if ( $is_far_away ) {
			switch_to_blog( $site_id );
		}
		self::of_the_dead( $job );
		self::count_terms( $job->terms_left() );
		if ( $is_far_away ) {
			restore_current_blog();
		}
	}

	/**
	 * Counts the terms that the extension has left for later, where it will not come back.
	 *
	 * @param int[] $term_taxonomy_ids Terms.
	 */
	public static function count_terms( array $term_taxonomy_ids ): void {
		global $wpdb;
		if ( ! $term_taxonomy_ids ) {
			return;
		}
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- a list of integers.
		foreach ( $wpdb->get_results( "SELECT term_taxonomy_id, taxonomy FROM $wpdb->term_taxonomy WHERE term_taxonomy_id IN (" . implode( ', ', $term_taxonomy_ids ) . ')' ) as $term ) {
			if ( taxonomy_exists( $term->taxonomy ) ) {
				Announce::safely( static fn () => wp_update_term_count_now( array( (int) $term->term_taxonomy_id ), $term->taxonomy ) );
			}
		}
	}
}
