<?php
/**
 * The network's page of deletions as several people see it.
 *
 * Arguments: `people`: ids by label. `paged`: which page of sites.
 *
 * @return array{menu: array<string, bool>, page: array<string, ?string>} Who has it in the menu; what each sees, null for
 *         who is refused.
 */

require_once ABSPATH . 'wp-admin/includes/admin.php';

if ( isset( $arguments['paged'] ) ) {
	$_GET['paged'] = $arguments['paged'];
}
// A refusal in place of the end of the process.
add_filter(
	'wp_die_handler',
	static fn () => static function ( $message, $title, $args ) {
		throw new DomainException( (string) ( is_int( $title ) ? $title : $args['response'] ?? '' ) );
	},
	99
);
set_current_screen( 'users-network' );
$menu = array();
$page = array();
foreach ( $arguments['people'] as $label => $id ) {
	wp_set_current_user( $id );
	$GLOBALS['submenu'] = array();
	do_action( 'network_admin_menu', '' );
	$mine           = array_values( array_filter( $GLOBALS['submenu']['users.php'] ?? array(), static fn ( $item ) => 'wpf-delete-network' === $item[2] ) );
	$menu[ $label ] = (bool) $mine;
	$GLOBALS['title'] = 'User deletion';
	ob_start();
	try {
		WpfDelete\NetworkPage::show();
		$page[ $label ] = ob_get_clean();
	} catch ( DomainException $refused ) {
		ob_end_clean();
		$page[ $label ] = $refused->getMessage();
	}
}
return compact( 'menu', 'page' );
