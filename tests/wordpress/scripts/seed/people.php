<?php
/**
 * Four users, and everything WordPress hangs on the one who goes.
 */
return static function ( Seed $seed ) {
	global $wpdb;

	$seed->users = array( 'administrator' => get_current_user_id() );
	foreach ( array( 'victim' => 'author', 'colleague' => 'editor', 'heir' => 'editor' ) as $name => $role ) {
		$seed->users[ $name ] = wp_insert_user(
			array(
				'user_login'      => $name,
				'user_pass'       => 'replaced below',
				'user_email'      => "$name@example.org",
				'user_url'        => "https://example.org/$name",
				'display_name'    => "O'Neill \"$name\" 🐘",
				'description'     => "A 'quoted' biography of $name.",
				'role'            => $role,
				'user_registered' => '2024-12-24 18:00:00',
			)
		);
		$seed->write( $wpdb->users, array( 'user_pass' => "hash of $name" ), array( 'user_login' => $name ) );
	}

	foreach ( array( 'victim', 'colleague' ) as $name ) {
		$id = $seed->users[ $name ];
		for ( $i = 0; $i < 30; $i++ ) {
			add_user_meta( $id, "setting_$i", $i % 2 ? "value $i" : array( 'value' => $i ) );
		}
		add_user_meta( $id, 'twice', 'first' );
		add_user_meta( $id, 'twice', 'second' );
		add_user_meta( $id, 'wp_user-settings', 'editor=tinymce' );
		add_user_meta( $id, 'session_tokens', array( str_repeat( 'a', 64 ) => array( 'expiration' => 1900000000, 'ip' => '192.0.2.7', 'login' => 1760000000 ) ) );
		add_user_meta( $id, '_application_passwords', array( array( 'uuid' => '00000000-0000-4000-8000-00000000000' . $id, 'app_id' => '', 'name' => 'Phone', 'password' => 'hash', 'created' => 1760000000, 'last_used' => null, 'last_ip' => null ) ) );
	}
};
