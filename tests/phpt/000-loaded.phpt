--TEST--
The extension is loaded: every other test here is about it
--FILE--
<?php
var_dump( extension_loaded( 'wpf_delete' ) );
preg_match( '/^version = "(.+)"$/m', file_get_contents( __DIR__ . '/../../Cargo.toml' ), $version );
var_dump( phpversion( 'wpf_delete' ) === $version[1] );
$extension = new ReflectionExtension( 'wpf_delete' );
echo implode( "\n", array_keys( $extension->getFunctions() ) ), "\n";
var_dump( $extension->getConstants(), $extension->getINIEntries() );
--EXPECT--
bool(true)
bool(true)
wpf_delete_user
wpf_plan_user_deletion
array(0) {
}
array(0) {
}
