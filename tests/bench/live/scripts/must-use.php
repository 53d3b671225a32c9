<?php
/**
 * Must-use plugin of the live site: what its owner has decided.
 *
 * @package WpfDelete
 */

// Real sites have https.
add_filter( 'wp_is_application_passwords_available', '__return_true' );

if ( defined( 'WPF_LIVE_PURGE' ) ) {
	add_filter( 'wpf_delete_permanently', '__return_true' );
}
if ( defined( 'WPF_LIVE_PACE' ) ) {
	add_filter( 'wpf_delete_pace', static fn() => WPF_LIVE_PACE );
}
