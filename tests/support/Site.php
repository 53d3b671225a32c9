<?php
/**
 * One real WordPress site for a test.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Support;

use InvalidArgumentException;
use mysqli;
use RuntimeException;

/**
 * A site of its own: database, folder, uploads. This process does not load WordPress; run() does, in
 * a process per run, so that nothing carries over from one run to the next but the site itself.
 *
 * Every method throws RuntimeException when a command or a statement fails.
 */
final class Site {

	private const PLUGIN = 'wpf-delete/wpf-delete.php';

	/** What run() understands in its options. */
	private const RUN_OPTIONS = array( 'extension', 'time', 'user', 'memory', 'ini', 'ignore', 'dies', 'may_die', 'strace' );

	/** Constants of single runs, over those in config.php. @var array<string, scalar> */
	private array $run_constants = array();

	private ?mysqli $connection = null;

	/**
	 * Use install() or copy().
	 *
	 * @param string $suite   Debian suite that the WordPress tree is from.
	 * @param string $name    Names the folder and, after `wpf_`, the database.
	 * @param array  $options As install() takes them, complete.
	 */
	private function __construct( private string $suite, private string $name, private array $options ) {
		if ( ! preg_match( '/^[a-z0-9_]{1,50}$/', $name ) ) {
			throw new InvalidArgumentException( "A site's name is 1 to 50 of a-z, 0-9 and _, not '$name'." );
		}
		if ( ! is_file( $this->wordpress() . '/wp-settings.php' ) ) {
			throw new RuntimeException( "There is no WordPress tree of $suite. Make it: tests/support/wordpress.sh $suite" );
		}
	}

	/**
	 * A fresh site; a site of the same name is replaced.
	 *
	 * @param string $suite   `bookworm`, `trixie` or `sid`.
	 * @param string $name    1 to 50 of a-z, 0-9 and _.
	 * @param array  $options `constants` (name => scalar, written to config.php), `multisite` (bool,
	 *                        subdirectories), `prefix` (of the tables, default `wp_`), `plugin` (bool,
	 *                        default true: link and activate the repository's plugin).
	 */
	public static function install( string $suite, string $name, array $options = array() ): self {
		$defaults = array(
			'constants' => array(),
			'multisite' => false,
			'prefix'    => 'wp_',
			'plugin'    => true,
		);
		self::refuse_unknown( $options, array_keys( $defaults ) );

		$site = new self( $suite, $name, $options + $defaults );
		$site->drop();
		$site->create_folder();
		$site->create_database();
		$site->fill_database();
		$site->write_config( $site->options['multisite'] );
		if ( is_file( $site->path() . '/wp-content/plugins/' . self::PLUGIN ) ) {
			$site->run( __DIR__ . '/activate-plugin.php' );
		}
		return $site;
	}

	/**
	 * The same site once more: same rows, AUTO_INCREMENT values, files, constants and URLs.
	 *
	 * @param string $name Of the copy; a site of that name is replaced.
	 */
	public function copy( string $name ): self {
		$copy                = new self( $this->suite, $name, $this->options );
		$copy->run_constants = $this->run_constants;
		$copy->drop();
		self::execute( array( 'cp', '--archive', '--', $this->path(), $copy->path() ) );
		self::execute( array( 'rm', '--force', '--', $copy->path() . '/debug.log' ) );
		$copy->write_config( $copy->options['multisite'] );
		$copy->create_database();
		$dump = tempnam( $copy->path(), 'dump' );
		$this->dump( $dump );
		$copy->load( $dump );
		unlink( $dump );
		return $copy;
	}

	/**
	 * The same site, its runs with other constants, such as EMPTY_TRASH_DAYS.
	 *
	 * @param array<string, scalar> $constants They win over config.php.
	 */
	public function with( array $constants ): self {
		$site                = clone $this;
		$site->run_constants = $constants + $this->run_constants;
		return $site;
	}

	/** Removes the database and the folder; they need not exist. */
	public function drop(): void {
		self::server()->query( "DROP DATABASE IF EXISTS `{$this->database_name()}`" );
		self::execute( array( 'rm', '--recursive', '--force', '--', $this->path() ) );
		$this->connection = null;
	}

	/**
	 * Runs a script in a process of its own in which WordPress is loaded.
	 *
	 * PHP messages and database errors of the run throw; PHP's own deprecations do not when they are
	 * raised by WordPress's files, for 6.1 is older than PHP 8.2. Lines written with error_log() are
	 * the script's own business. What the script prints goes to this process's stderr. The site's
	 * debug.log has all messages.
	 *
	 * @param string $script    Absolute path; sees `$arguments`; returns scalars and arrays of them.
	 * @param array  $arguments Scalars and arrays of them.
	 * @param array  $options   `extension` (bool: run with or without the extension; default: with it
	 *                          when the environment's WPF_EXTENSION names it),
	 *                          `time` ('YYYY-MM-DD HH:MM:SS' UTC: time() returns this for the whole run),
	 *                          `user` (id of the current user, default 0),
	 *                          `memory` (memory_limit, default 512M),
	 *                          `ini` (name => value),
	 *                          `ignore` (regular expression: messages that do not throw),
	 *                          `dies` (bool: the process must end before the script returns, by exit,
	 *                          by a signal, or by an error that `ignore` names; null is returned),
	 *                          `may_die` (bool: the process may end like that, or go on and return),
	 *                          `strace` (arguments of strace, under which the process then runs).
	 * @return mixed What the script returns.
	 */
	public function run( string $script, array $arguments = array(), array $options = array() ): mixed {
		return $this->start( $script, $arguments, $options )();
	}

	/**
	 * Begins what run() does, so that several processes can be at work on the site at once.
	 *
	 * @return callable Waits for the end, and returns or throws what run() does. To be called once; may be given a
	 *                  callable, which is called again and again until then.
	 */
	public function start( string $script, array $arguments = array(), array $options = array() ): callable {
		self::refuse_unknown( $options, self::RUN_OPTIONS );
		if ( ! is_file( $script ) ) {
			throw new InvalidArgumentException( "There is no script $script." );
		}
		$folder = $this->path() . '/run-' . bin2hex( random_bytes( 6 ) );
		mkdir( $folder );
		$process = $this->launch( $folder, $script, $arguments, $options );
		return function ( ?callable $meanwhile = null ) use ( $folder, $script, $options, $process ) {
			$status = null === $meanwhile ? null : self::watch( $process, $meanwhile );
			try {
				$closed = proc_close( $process );
				return $this->conclude( $folder, $script, $options, $status ?? $closed );
			} finally {
				file_put_contents( $this->path() . '/debug.log', (string) @file_get_contents( "$folder/log" ), FILE_APPEND );
				self::execute( array( 'rm', '--recursive', '--force', '--', $folder ) );
			}
		};
	}

	/** Has the next call of database() connect anew: the server was restarted. */
	public function reconnect(): void {
		$this->connection = null;
	}

	/** A connection to the site's database, the same one each time. */
	public function database(): mysqli {
		if ( null === $this->connection ) {
			$this->connection = self::server();
			$this->connection->select_db( $this->database_name() );
		}
		return $this->connection;
	}

	/** The name that install() or copy() was given. */
	public function name(): string {
		return $this->name;
	}

	/** The Debian suite that the WordPress tree is from. */
	public function suite(): string {
		return $this->suite;
	}

	/** The site's folder. */
	public function path(): string {
		return self::repository() . '/target/sites/' . $this->name;
	}

	/** The folder of uploads. */
	public function uploads(): string {
		return $this->path() . '/wp-content/uploads';
	}

	/**
	 * Everything that a deletion can change, to be compared.
	 *
	 * @return array{tables: array<string, array<string, array<string, ?string>>>, files: array<string, string>}
	 *         Rows by table name without prefix and by primary key (values joined by commas), in its
	 *         order; SHA-1 of the uploads by path relative to uploads().
	 */
	public function snapshot(): array {
		$tables = array();
		$names  = array_column( $this->database()->query( 'SHOW TABLES' )->fetch_all(), 0 );
		foreach ( $names as $name ) {
			$short            = preg_replace( '/^' . preg_quote( $this->options['prefix'], '/' ) . '/', '', $name );
			$tables[ $short ] = $this->rows( $name );
		}
		return array(
			'tables' => $tables,
			'files'  => $this->files(),
		);
	}

	/**
	 * A connection to the private MariaDB, without a database. Its address is read from DIR/env, which
	 * stack.sh writes; DIR is the environment's WPF_STACK, or target/stack.
	 */
	public static function server(): mysqli {
		$stack = self::stack();
		try {
			$connection = new mysqli( 'localhost', $stack['user'], $stack['password'], '', 0, $stack['socket'] );
			$connection->set_charset( 'utf8mb4' );
			return $connection;
		} catch ( \mysqli_sql_exception $error ) {
			throw new RuntimeException( 'MariaDB does not answer (' . $error->getMessage() . '). Start it: tests/support/stack.sh start', 0, $error );
		}
	}

	/**
	 * Throws unless PHP can load the extension.
	 *
	 * @param string $path Of the .so file.
	 */
	public static function verify_extension( string $path ): void {
		if ( ! is_file( $path ) ) {
			throw new RuntimeException( "WPF_EXTENSION names no file: $path" );
		}
		self::execute( array( PHP_BINARY, '-d', 'extension=' . realpath( $path ), '-d', 'display_startup_errors=1', '-r', 'exit( extension_loaded( "wpf_delete" ) ? 0 : 1 );' ) );
	}

	/**
	 * The process of one run, its files in $folder.
	 *
	 * @return resource
	 */
	private function launch( string $folder, string $script, array $arguments, array $options ) {
		$extension = $options['extension'] ?? false !== getenv( 'WPF_EXTENSION' ) && '' !== getenv( 'WPF_EXTENSION' );
		$memory    = $options['memory'] ?? '512M';
		$ini       = ( $options['ini'] ?? array() ) + array(
			'memory_limit'    => $memory,
			'error_log'       => "$folder/log",
			'log_errors'      => '1',
			'display_errors'  => '0',
			'error_reporting' => (string) E_ALL,
		);
		if ( $extension ) {
			$path = (string) getenv( 'WPF_EXTENSION' );
			if ( ! is_file( $path ) ) {
				throw new RuntimeException( "A run with the extension needs WPF_EXTENSION to name its .so file, not '$path'." );
			}
			$ini['extension'] = realpath( $path );
		}
		$command   = isset( $options['time'] ) ? self::frozen_clock( $options['time'] ) : array();
		if ( isset( $options['strace'] ) ) {
			array_push( $command, 'strace', ...$options['strace'] );
		}
		$command[] = PHP_BINARY;
		foreach ( $ini as $name => $value ) {
			array_push( $command, '-d', "$name=$value" );
		}
		array_push( $command, __DIR__ . '/run-in-wordpress.php', "$folder/job" );

		file_put_contents(
			"$folder/job",
			serialize(
				array(
					'wordpress' => $this->wordpress(),
					'extension' => $extension,
					// WordPress raises the memory limit to its own two, and sets the log's path once more.
					'constants' => $this->run_constants + array(
						'WP_DEBUG_LOG'        => "$folder/log",
						'WP_MEMORY_LIMIT'     => $memory,
						'WP_MAX_MEMORY_LIMIT' => $memory,
					),
					'user'      => $options['user'] ?? 0,
					'script'    => $script,
					'arguments' => $arguments,
					'result'    => "$folder/result",
				)
			)
		);

		return proc_open(
			$command,
			array(
				array( 'file', '/dev/null', 'r' ),
				array( 'file', "$folder/stdout", 'w' ),
				array( 'file', "$folder/stderr", 'w' ),
			),
			$pipes,
			null,
			array(
				'WPF_SITE'     => $this->path(),
				'TZ'           => 'UTC',
				// faketime would shift the times of files too, even of those written with its own.
				'NO_FAKE_STAT' => '1',
			) + getenv()
		);
	}

	/**
	 * Does something else until a process has ended.
	 *
	 * @param resource $process
	 * @return int Its status, which is told only once.
	 */
	private static function watch( $process, callable $meanwhile ): int {
		for ( $state = proc_get_status( $process ); $state['running']; $state = proc_get_status( $process ) ) {
			$meanwhile();
		}
		return $state['exitcode'];
	}

	/** What a run has come to that ended with this status. */
	private function conclude( string $folder, string $script, array $options, int $status ): mixed {
		$stdout  = file_get_contents( "$folder/stdout" );
		$stderr  = file_get_contents( "$folder/stderr" );
		$log     = (string) @file_get_contents( "$folder/log" );

		$returned = is_file( "$folder/result" );
		$dies     = $options['dies'] ?? false;
		$problem  = match ( true ) {
			$this->has_errors( $log, $options['ignore'] ?? null ) => 'raised errors',
			$dies && is_file( "$folder/job" ) => 'died before it began',
			$dies && $returned => 'returned, but was expected to die',
			$dies, $options['may_die'] ?? false => null,
			0 !== $status => "ended with status $status",
			! $returned => 'ended before it returned',
			'' !== $stderr => 'wrote to stderr',
			default => null,
		};
		if ( null !== $problem ) {
			throw new RuntimeException( basename( $script ) . " on site {$this->name} $problem.\n" . self::tail( $stderr ) . self::tail( $log ) . self::tail( $stdout ) );
		}
		fwrite( STDERR, $stdout );
		return $returned ? unserialize( file_get_contents( "$folder/result" ), array( 'allowed_classes' => false ) ) : null;
	}

	/** Whether a run's log has a message that fails the run. Lines that code logs by itself do not. */
	private function has_errors( string $log, ?string $ignore ): bool {
		foreach ( preg_split( '/^(?=\[\d\d-\w{3}-\d{4} )/m', $log, -1, PREG_SPLIT_NO_EMPTY ) as $message ) {
			if ( ! preg_match( '/^\[[^]]*\] (PHP (?!Stack trace)[A-Z]|WordPress database error)/', $message ) ) {
				continue;
			}
			// PHP's own, from WordPress's files. Those that WordPress raises itself blame its caller.
			$of_wordpress = str_contains( $message, 'PHP Deprecated: ' )
				&& str_contains( $message, ' in ' . realpath( $this->wordpress() ) . '/' )
				&& ! str_contains( $message, '<strong>deprecated</strong>' );
			if ( ! $of_wordpress && ( null === $ignore || ! preg_match( $ignore, $message ) ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Prefix of a command whose wall clock is frozen. The clock advances by 100 ns each time it is read,
	 * as PHP's uniqid() waits for it to change; time() stays for ten million reads. Timeouts and
	 * hrtime() use the monotonic clock, which is left alone.
	 *
	 * @param string $time 'YYYY-MM-DD HH:MM:SS' in the process's time zone.
	 */
	private static function frozen_clock( string $time ): array {
		if ( ! preg_match( '/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/', $time ) ) {
			throw new InvalidArgumentException( "A time is 'YYYY-MM-DD HH:MM:SS', not '$time'." );
		}
		if ( ! is_executable( '/usr/bin/faketime' ) ) {
			throw new RuntimeException( 'faketime is missing. Install it: tests/support/packages.sh' );
		}
		self::forget_killed_clocks();
		return array( '/usr/bin/faketime', '--exclude-monotonic', '-f', "@$time i0.0000001" );
	}

	/** faketime's semaphore is named by its process: it does not start where one that was killed had that number. */
	private static function forget_killed_clocks(): void {
		foreach ( glob( '/dev/shm/*faketime_s[eh]m_*' ) as $left ) {
			if ( ! is_dir( '/proc/' . substr( strrchr( $left, '_' ), 1 ) ) ) {
				@unlink( $left );
			}
		}
	}

	private function create_folder(): void {
		$content = $this->path() . '/wp-content';
		foreach ( array( 'plugins', 'mu-plugins', 'uploads' ) as $folder ) {
			mkdir( "$content/$folder", 0755, true );
		}
		symlink( $this->wordpress() . '/wp-content/themes', "$content/themes" );
		symlink( __DIR__ . '/offline.php', "$content/mu-plugins/offline.php" );
		if ( $this->options['plugin'] && is_dir( self::repository() . '/wp-plugin' ) ) {
			symlink( self::repository() . '/wp-plugin', "$content/plugins/" . dirname( self::PLUGIN ) );
		}
	}

	private function write_config( bool $network ): void {
		$stack     = self::stack();
		$constants = $this->options['constants'] + array(
			'DB_NAME'                        => $this->database_name(),
			'DB_USER'                        => $stack['user'],
			'DB_PASSWORD'                    => $stack['password'],
			'DB_HOST'                        => 'localhost:' . $stack['socket'],
			'DB_CHARSET'                     => 'utf8mb4',
			'DB_COLLATE'                     => '',
			'WP_CONTENT_DIR'                 => $this->path() . '/wp-content',
			'WP_CONTENT_URL'                 => 'http://example.test/wp-content',
			'WP_HOME'                        => 'http://example.test',
			'WP_SITEURL'                     => 'http://example.test',
			'WP_DEBUG'                       => true,
			'WP_DEBUG_DISPLAY'               => false,
			'WP_DEBUG_LOG'                   => $this->path() . '/debug.log',
			// A fatal error has to end the run, not to pause a plugin.
			'WP_DISABLE_FATAL_ERROR_HANDLER' => true,
			'DISABLE_WP_CRON'                => true,
			'WP_HTTP_BLOCK_EXTERNAL'         => true,
			'AUTOMATIC_UPDATER_DISABLED'     => true,
		);
		foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $key ) {
			$constants += array(
				"{$key}_KEY"  => "test $key key",
				"{$key}_SALT" => "test $key salt",
			);
		}
		if ( $network ) {
			$constants += array(
				'MULTISITE'            => true,
				'SUBDOMAIN_INSTALL'    => false,
				'DOMAIN_CURRENT_SITE'  => 'example.test',
				'PATH_CURRENT_SITE'    => '/',
				'SITE_ID_CURRENT_SITE' => 1,
				'BLOG_ID_CURRENT_SITE' => 1,
			);
		}
		$config = "<?php\n";
		foreach ( $constants as $name => $value ) {
			$config .= sprintf( "defined( '%s' ) || define( '%s', %s );\n", $name, $name, var_export( $value, true ) );
		}
		$config .= sprintf( "\$table_prefix = %s;\n", var_export( $this->options['prefix'], true ) );
		file_put_contents( $this->path() . '/config.php', $config );
	}

	private function create_database(): void {
		self::server()->query( "CREATE DATABASE `{$this->database_name()}`" );
	}

	/** WordPress's own installation, or what it left behind the last time it was asked for the same. */
	private function fill_database(): void {
		$version = self::execute( array( 'grep', '^\$wp_', $this->wordpress() . '/wp-includes/version.php' ) );
		$same    = array( $version, array( 'plugin' => null ) + $this->options, file_get_contents( __DIR__ . '/install-wordpress.php' ), file_get_contents( __FILE__ ) );
		$dump    = self::repository() . '/target/cache/' . $this->suite . '-' . md5( serialize( $same ) ) . '.sql';
		if ( is_file( $dump ) ) {
			$this->load( $dump );
			return;
		}
		// There is no network before WordPress is installed.
		$this->write_config( false );
		$this->with( array( 'WP_INSTALLING' => true ) )->run(
			__DIR__ . '/install-wordpress.php',
			array( 'multisite' => $this->options['multisite'] ),
			array( 'extension' => false )
		);
		@mkdir( dirname( $dump ), 0755, true );
		$temporary = tempnam( dirname( $dump ), 'dump' );
		$this->dump( $temporary );
		rename( $temporary, $dump );
	}

	private function dump( string $file ): void {
		self::execute(
			array(
				'mariadb-dump',
				'--no-defaults',
				'--socket=' . self::stack()['socket'],
				'--user=root',
				'--default-character-set=utf8mb4',
				'--max-allowed-packet=64M',
				'--single-transaction',
				'--hex-blob',
				'--skip-comments',
				"--result-file=$file",
				$this->database_name(),
			)
		);
	}

	private function load( string $file ): void {
		self::execute(
			array(
				'mariadb',
				'--no-defaults',
				'--socket=' . self::stack()['socket'],
				'--user=root',
				'--default-character-set=utf8mb4',
				'--max-allowed-packet=64M',
				$this->database_name(),
			),
			$file
		);
	}

	/** The rows of a table by primary key; by number, in the order of all columns, when it has none. */
	private function rows( string $table ): array {
		$keys = $this->database()->query( "SHOW KEYS FROM `$table` WHERE Key_name = 'PRIMARY'" )->fetch_all( MYSQLI_ASSOC );
		usort( $keys, static fn( $a, $b ) => $a['Seq_in_index'] <=> $b['Seq_in_index'] );
		$key   = array_column( $keys, 'Column_name' );
		$order = $key ? $key : array_column( $this->database()->query( "SHOW COLUMNS FROM `$table`" )->fetch_all( MYSQLI_ASSOC ), 'Field' );
		$order = implode( '`, `', $order );
		$rows  = array();
		foreach ( $this->database()->query( "SELECT * FROM `$table` ORDER BY `$order`" ) as $row ) {
			if ( $key ) {
				$rows[ implode( ',', array_map( static fn( $column ) => $row[ $column ], $key ) ) ] = $row;
			} else {
				$rows[] = $row;
			}
		}
		return $rows;
	}

	private function files(): array {
		$files    = array();
		$iterator = new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( $this->uploads(), \FilesystemIterator::SKIP_DOTS ) );
		foreach ( $iterator as $file ) {
			$files[ substr( $file->getPathname(), strlen( $this->uploads() ) + 1 ) ] = sha1_file( $file->getPathname() );
		}
		ksort( $files, SORT_STRING );
		return $files;
	}

	private function database_name(): string {
		return 'wpf_' . $this->name;
	}

	/** The folder of WordPress. */
	public function wordpress(): string {
		return self::repository() . '/target/wordpress/' . $this->suite;
	}

	private static function repository(): string {
		return dirname( __DIR__, 2 );
	}

	/**
	 * How to reach the private MariaDB.
	 *
	 * @return array{socket: string, user: string, password: string}
	 */
	private static function stack(): array {
		$folder = getenv( 'WPF_STACK' ) ?: self::repository() . '/target/stack';
		if ( ! is_file( "$folder/env" ) ) {
			throw new RuntimeException( 'MariaDB does not run. Start it: tests/support/stack.sh start' );
		}
		// The shell's own quoting is read by a shell.
		$values = self::execute( array( 'sh', '-c', '. "$1" && printf "%s\n" "$WPF_DB_SOCKET" "$WPF_DB_USER" "$WPF_DB_PASSWORD"', 'sh', "$folder/env" ) );
		return array_combine( array( 'socket', 'user', 'password' ), explode( "\n", rtrim( $values, "\n" ) ) );
	}

	/**
	 * Runs a command to its end and returns what it printed.
	 *
	 * @param string[] $command No shell is between.
	 * @param string   $input   File to read from.
	 */
	private static function execute( array $command, string $input = '/dev/null' ): string {
		$output  = tmpfile();
		$process = proc_open( $command, array( array( 'file', $input, 'r' ), $output, $output ), $pipes );
		$status  = proc_close( $process );
		rewind( $output );
		$text = stream_get_contents( $output );
		if ( 0 !== $status ) {
			throw new RuntimeException( "{$command[0]} failed with status $status:\n" . self::tail( $text ) );
		}
		return $text;
	}

	private static function refuse_unknown( array $options, array $known ): void {
		$unknown = array_diff( array_keys( $options ), $known );
		if ( $unknown ) {
			throw new InvalidArgumentException( 'Unknown option: ' . implode( ', ', $unknown ) );
		}
	}

	/** The last lines of a text, for a message. */
	private static function tail( string $text ): string {
		$lines = explode( "\n", rtrim( $text, "\n" ) );
		return '' === $text ? '' : implode( "\n", array_slice( $lines, -40 ) ) . "\n";
	}
}
