<?php
/**
 * A persistent object cache for the tests: WordPress's drop-in, on a private Redis.
 *
 * As small as a real one can be: everything is in Redis, and what this process has read or written is
 * also in memory, as in the drop-ins that sites use. The socket is named by the constant
 * WPF_REDIS_SOCKET.
 *
 * @package WpfDelete
 */

/**
 * The cache.
 */
final class WP_Object_Cache {

	/**
	 * What this process knows, by full key.
	 *
	 * @var array<string, mixed>
	 */
	private $known = array();

	/**
	 * Groups that all sites of a network share.
	 *
	 * @var string[]
	 */
	private $global_groups = array();

	/**
	 * Groups that do not outlive the request.
	 *
	 * @var string[]
	 */
	private $local_groups = array();

	/**
	 * The server.
	 *
	 * @var Redis
	 */
	private $redis;

	/**
	 * Begins the keys of the current site.
	 *
	 * @var string
	 */
	private $site;

	/**
	 * Connects.
	 */
	public function __construct() {
		$this->redis = new Redis();
		$this->redis->connect( WPF_REDIS_SOCKET );
		$this->redis->setOption( Redis::OPT_SERIALIZER, Redis::SERIALIZER_PHP );
		$this->site = (string) get_current_blog_id();
	}

	/**
	 * Reads.
	 *
	 * @param int|string $key   Key.
	 * @param string     $group Group.
	 * @param bool       $force Past this process's memory.
	 * @param bool|null  $found Whether there was anything.
	 * @return mixed
	 */
	public function get( $key, $group, $force = false, &$found = null ) {
		$full = $this->key( $key, $group );
		if ( ( $force || ! array_key_exists( $full, $this->known ) ) && ! in_array( $group, $this->local_groups, true ) ) {
			$packed = $this->redis->get( $full );
			unset( $this->known[ $full ] );
			if ( is_array( $packed ) ) {
				$this->known[ $full ] = $packed[0];
			}
		}
		$found = array_key_exists( $full, $this->known );
		$value = $found ? $this->known[ $full ] : false;
		return is_object( $value ) ? clone $value : $value;
	}

	/**
	 * Writes.
	 *
	 * @param int|string $key    Key.
	 * @param mixed      $value  Value.
	 * @param string     $group  Group.
	 * @param int        $expire Seconds; 0 for ever.
	 */
	public function set( $key, $value, $group, $expire = 0 ): bool {
		$full                 = $this->key( $key, $group );
		$this->known[ $full ] = is_object( $value ) ? clone $value : $value;
		if ( ! in_array( $group, $this->local_groups, true ) ) {
			$this->redis->set( $full, array( $value ), $expire ? array( 'ex' => (int) $expire ) : array() );
		}
		return true;
	}

	/**
	 * Forgets.
	 *
	 * @param int|string $key   Key.
	 * @param string     $group Group.
	 */
	public function delete( $key, $group ): bool {
		$full = $this->key( $key, $group );
		unset( $this->known[ $full ] );
		return in_array( $group, $this->local_groups, true ) || (bool) $this->redis->del( $full );
	}

	/**
	 * Forgets everything.
	 */
	public function flush(): bool {
		$this->known = array();
		return $this->redis->flushDb();
	}

	/**
	 * Names groups.
	 *
	 * @param string|string[] $groups Groups that all sites share.
	 */
	public function add_global_groups( $groups ): void {
		$this->global_groups = array_merge( $this->global_groups, (array) $groups );
	}

	/**
	 * Names groups.
	 *
	 * @param string|string[] $groups Groups that do not outlive the request.
	 */
	public function add_non_persistent_groups( $groups ): void {
		$this->local_groups = array_merge( $this->local_groups, (array) $groups );
	}

	/**
	 * Goes to another site of the network.
	 *
	 * @param int $site Its id.
	 */
	public function switch_to_blog( $site ): void {
		$this->site = (string) $site;
	}

	/**
	 * `site:group:key`.
	 *
	 * @param int|string $key   Key.
	 * @param string     $group Group.
	 */
	private function key( $key, $group ): string {
		$group = $group ? $group : 'default';
		return ( in_array( $group, $this->global_groups, true ) ? '' : $this->site ) . ":$group:$key";
	}
}

// phpcs:disable Squiz.Commenting.FunctionComment.Missing -- WordPress's cache API, see wp-includes/cache.php.
function wp_cache_init() {
	$GLOBALS['wp_object_cache'] = new WP_Object_Cache();
}

function wp_cache_get( $key, $group = '', $force = false, &$found = null ) {
	return $GLOBALS['wp_object_cache']->get( $key, $group, $force, $found );
}

function wp_cache_set( $key, $data, $group = '', $expire = 0 ) {
	return $GLOBALS['wp_object_cache']->set( $key, $data, $group, $expire );
}

function wp_cache_add( $key, $data, $group = '', $expire = 0 ) {
	if ( wp_suspend_cache_addition() ) {
		return false;
	}
	wp_cache_get( $key, $group, false, $found );
	return ! $found && wp_cache_set( $key, $data, $group, $expire );
}

function wp_cache_replace( $key, $data, $group = '', $expire = 0 ) {
	wp_cache_get( $key, $group, false, $found );
	return $found && wp_cache_set( $key, $data, $group, $expire );
}

function wp_cache_incr( $key, $offset = 1, $group = '' ) {
	$value = wp_cache_get( $key, $group, true, $found );
	if ( ! $found ) {
		return false;
	}
	$value = max( 0, (int) $value + $offset );
	wp_cache_set( $key, $value, $group );
	return $value;
}

function wp_cache_decr( $key, $offset = 1, $group = '' ) {
	return wp_cache_incr( $key, -$offset, $group );
}

function wp_cache_delete( $key, $group = '' ) {
	return $GLOBALS['wp_object_cache']->delete( $key, $group );
}

function wp_cache_flush() {
	return $GLOBALS['wp_object_cache']->flush();
}

function wp_cache_close() {
	return true;
}

function wp_cache_add_global_groups( $groups ) {
	$GLOBALS['wp_object_cache']->add_global_groups( $groups );
}

function wp_cache_add_non_persistent_groups( $groups ) {
	$GLOBALS['wp_object_cache']->add_non_persistent_groups( $groups );
}

function wp_cache_switch_to_blog( $blog_id ) {
	$GLOBALS['wp_object_cache']->switch_to_blog( $blog_id );
}
