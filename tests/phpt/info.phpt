--TEST--
phpinfo() and --ri show the version and nothing of any connection
--FILE--
<?php
require __DIR__ . '/site.inc';
wpf_plan_user_deletion( VICTIM, null, request() );
( new ReflectionExtension( 'wpf_delete' ) )->info();
--EXPECTF--
wpf_delete

wpf_delete => enabled
Version => %d.%d.%d
Client library => %d.%d.%d
