<?php
/**
 * Gives every change of the cache a time of its own, as on a clock that runs.
 *
 * WordPress takes a cached query for fresh while `last_changed` is what it was, to the microsecond. A frozen clock may
 * move by less from one reading to the next: without this, core would read terms it has just replaced.
 */
$GLOBALS['wp_object_cache'] = new class( $GLOBALS['wp_object_cache'] ) extends WP_Object_Cache {

	public function __construct( WP_Object_Cache $other ) {
		parent::__construct();
		// What the sites of a network share.
		$this->global_groups = $other->global_groups;
	}

	public function set( $key, $data, $group = 'default', $expire = 0 ) {
		while ( 'last_changed' === $key && microtime() === $data ) {
			continue;
		}
		return parent::set( $key, $data, $group, $expire );
	}
};
