<?php
/**
 * Exports and erases a person's data as WordPress's tools do: page by page, through every exporter and eraser that is
 * registered, until one says that it is done.
 *
 * Arguments: `email`: whose. `erase`: whether to erase; else to export.
 *
 * @return array[] The answers of the plugin's, page by page.
 */

$tools = ( $arguments['erase'] ?? false ) ? apply_filters( 'wp_privacy_personal_data_erasers', array() ) : apply_filters( 'wp_privacy_personal_data_exporters', array() );
$pages = array();
foreach ( $tools as $name => $tool ) {
	$page = 1;
	do {
		$answer = call_user_func( $tool['callback'], $arguments['email'], $page++ );
		if ( 'wpf-delete' === $name ) {
			$pages[] = $answer;
		}
	} while ( ! $answer['done'] && $page < 20 );
}
return $pages;
