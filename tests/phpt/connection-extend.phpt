--TEST--
Connection cannot be extended
--FILE--
<?php
class Mine extends WpfDelete\Native\Connection {}
--EXPECTF--
Fatal error: Class Mine cannot extend final class WpfDelete\Native\Connection in %s on line 2
