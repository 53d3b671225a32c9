<?php
/**
 * Saves settings, or asks about them, on a site with WP Fusion.
 *
 * Arguments: `tags`: as for trigger.php. `values`: to be saved; or `function`: to be called.
 *
 * @return mixed True, null, a text, the code of an error, or what is wrong by key.
 */

require __DIR__ . '/wp-fusion.php';

stand_in_for_wp_fusion( $arguments['tags'] );
if ( isset( $arguments['function'] ) ) {
	$result = $arguments['function']();
	return is_wp_error( $result ) ? $result->get_error_code() : $result;
}
$saved = WpfDelete\Settings::save( $arguments['values'] );
return is_wp_error( $saved ) ? $saved->get_error_data() : $saved;
