<?php
/**
 * Options that name posts.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** Front pages, stickies, logos, and what else may be wrong after a deletion. */
final class Options {

	public function __construct( private Blueprint $site ) {}

	public function make(): void {
		$dice  = $this->site->dice;
		$pages = $this->site->post_ids( 'page' );
		$all   = $this->site->post_ids();
		$image = $this->site->post_ids( 'attachment' );

		$this->set( 'timezone_string', $dice->pick( array( 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', '' ) ), 80 );
		if ( $pages ) {
			$this->set( 'show_on_front', 'page', 50 );
			foreach ( array( 'page_on_front', 'page_for_posts', 'wp_page_for_privacy_policy' ) as $name ) {
				$this->set( $name, (string) $dice->pick( $dice->chance( 85 ) ? $pages : $all ), 60 );
			}
		}
		// Not menu items: core's query for those of a post gives the sticky ones of all posts.
		$sticky = array_map( static fn( $id ) => $dice->chance( 20 ) ? (string) $id : $id, $dice->some( array_values( array_diff( $all, $this->site->post_ids( 'nav_menu_item' ) ) ), 8 ) );
		$sticky = array_merge( $sticky, $dice->some( array( 'abc', Blueprint::DANGLING, 0, $sticky[0] ?? 1 ), 2 ) );
		$this->set( 'sticky_posts', $sticky, 70 );
		$this->set( 'wp_calendar_block_has_published_posts', $dice->pick( array( '1', '' ) ), 60 );
		if ( $this->site->plan['network'] ) {
			$this->set( 'post_count', (string) $dice->number( 0, 9 ), 60 );
		}
		if ( $image ) {
			$this->set( 'site_icon', (string) $dice->pick( $image ), 40 );
			$this->set( 'site_logo', (string) $dice->pick( $image ), 40 );
			$mods = array();
			foreach ( array( 'custom_logo' => $dice->pick( $image ), 'header_text' => 1, 'header_image' => 'http://example.test/wp-content/uploads/2026/01/' . $dice->pick( $image ) . '.jpg', 'kept' => 'yes' ) as $mod => $value ) {
				if ( $dice->chance( 50 ) ) {
					$mods[ $mod ] = $value;
				}
			}
			$this->set( 'theme_mods_twentytwentythree', $mods, 60 );
		}
		$this->set( '_transient_is_multi_author', '1', 60 );
	}

	private function set( string $name, mixed $value, int $chance ): void {
		if ( $this->site->dice->chance( $chance ) ) {
			$this->site->add( 'option', array( 'name' => $name, 'value' => $value ) );
		}
	}
}
