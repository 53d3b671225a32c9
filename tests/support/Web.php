<?php
/**
 * The web server of a site.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Support;

use RuntimeException;

require_once __DIR__ . '/Child.php';

/** nginx on a loopback port and php-fpm behind it, with files of their own, in the foreground. */
final class Web {

	/** PHP processes that answer requests. */
	public const WORKERS = 8;

	public readonly int $port;
	public readonly Child $nginx;
	public readonly Child $fpm;

	/** Private: who can talk to php-fpm can run any code as this user. */
	private string $socket_folder;

	/**
	 * Starts.
	 *
	 * @param Site        $site      What to serve, whatever host is asked for.
	 * @param string      $folder    For configuration and logs, emptied.
	 * @param string|null $extension Loaded, as on any site that has it; null for a site without.
	 */
	public function __construct( private Site $site, private string $folder, ?string $extension ) {
		array_map( 'unlink', array_filter( glob( "$folder/*" ), 'is_file' ) );
		@mkdir( "$folder/nginx", 0700, true );
		// Not below $folder, whose path may be too long for the address of a socket.
		$this->socket_folder = sys_get_temp_dir() . '/wpf-web-' . bin2hex( random_bytes( 6 ) );
		mkdir( $this->socket_folder, 0700 );
		register_shutdown_function( array( $this, 'stop' ) );
		$this->port = self::free_port();
		file_put_contents( "$folder/php-fpm.conf", $this->fpm_configuration() );
		file_put_contents( "$folder/nginx.conf", $this->nginx_configuration() );

		$loaded      = null === $extension ? array() : array( '-d', 'extension=' . realpath( $extension ) );
		$as_root     = 0 === posix_geteuid() ? array( '--allow-to-run-as-root' ) : array();
		$this->fpm   = new Child( array( self::fpm_binary(), '--nodaemonize', ...$as_root, '--fpm-config', "$folder/php-fpm.conf", ...$loaded ), "$folder/php-fpm.out" );
		$this->fpm->wait_until( fn() => file_exists( $this->socket() ) );
		$this->nginx = new Child( array( '/usr/sbin/nginx', '-p', $folder, '-e', "$folder/nginx.log", '-c', "$folder/nginx.conf" ), "$folder/nginx.out" );
		$this->nginx->wait_until( fn() => is_resource( @stream_socket_client( "tcp://127.0.0.1:$this->port", $number, $message, 1 ) ) );
	}

	/** Stops both. */
	public function stop(): void {
		// Not there yet when starting has failed.
		foreach ( array( 'nginx', 'fpm' ) as $child ) {
			if ( isset( $this->$child ) ) {
				$this->$child->stop();
			}
		}
		@unlink( $this->socket() );
		@rmdir( $this->socket_folder );
	}

	/** @return string[] Errors that PHP, WordPress and nginx have logged, though the request may have seemed to succeed. */
	public function errors(): array {
		$lines = array();
		foreach ( array( 'php.log', 'nginx.log' ) as $log ) {
			$lines = array_merge( $lines, (array) @file( "$this->folder/$log", FILE_IGNORE_NEW_LINES ) );
		}
		return preg_grep( '/PHP (Fatal|Warning|Parse)|WordPress database error|\[(error|crit|alert|emerg)\]/', array_filter( $lines ) );
	}

	private function socket(): string {
		return "$this->socket_folder/php-fpm.sock";
	}

	private function fpm_configuration(): string {
		$user    = posix_getpwuid( posix_geteuid() )['name'];
		$workers = self::WORKERS;
		return <<<CONF
		[global]
		error_log = $this->folder/php-fpm.log

		[www]
		user = $user
		listen = {$this->socket()}
		listen.mode = 0600
		pm = static
		pm.max_children = $workers
		env[WPF_SITE] = {$this->site->path()}
		php_admin_value[error_log] = $this->folder/php.log
		php_admin_flag[log_errors] = on
		CONF;
	}

	private function nginx_configuration(): string {
		// Any other user ignores the directive, with a warning.
		$user = 0 === posix_geteuid() ? 'user root;' : '';
		$tree = $this->site->wordpress();
		return <<<CONF
		$user
		daemon off;
		worker_processes 1;
		pid nginx.pid;
		events {}
		http {
			access_log off;
			include /etc/nginx/mime.types;
			client_body_temp_path nginx/body;
			proxy_temp_path nginx/proxy;
			fastcgi_temp_path nginx/fastcgi;
			uwsgi_temp_path nginx/uwsgi;
			scgi_temp_path nginx/scgi;
			# Each visitor has an address of its own.
			set_real_ip_from 127.0.0.1;
			real_ip_header X-Forwarded-For;
			server {
				listen 127.0.0.1:$this->port;
				root $tree;
				index index.php;
				location ^~ /wp-content/ {
					alias {$this->site->path()}/wp-content/;
				}
				location / {
					try_files \$uri \$uri/ /index.php?\$args;
				}
				location ~ \\.php\$ {
					include /etc/nginx/fastcgi_params;
					fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
					fastcgi_buffers 32 16k;
					fastcgi_pass unix:{$this->socket()};
				}
			}
		}

		CONF;
	}

	private static function fpm_binary(): string {
		$binary = '/usr/sbin/php-fpm' . PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION;
		if ( ! is_executable( $binary ) ) {
			throw new RuntimeException( "There is no $binary. Install it: tests/support/packages.sh live" );
		}
		return $binary;
	}

	private static function free_port(): int {
		$socket = stream_socket_server( 'tcp://127.0.0.1:0' );
		return (int) substr( strrchr( stream_socket_get_name( $socket, false ), ':' ), 1 );
	}
}
