<?php
/**
 * Is what `make dist` packs all that a site needs, and the same whoever packs it?
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

require_once __DIR__ . '/JobsTestCase.php';

/**
 * Packed twice; installed from the zip into a WordPress that has never seen the plugin, with the extension from the
 * archive.
 *
 * @group native
 */
final class DistTest extends JobsTestCase {

	/** Files of the two packages. */
	private static array $dist = array();

	/** Where they are. */
	private static string $folder;

	public static function setUpBeforeClass(): void {
		self::$folder = self::repository() . '/target/dist-test-' . getmypid();
		self::$dist   = self::pack( 'one', array( 'TZ' => 'UTC' ), '022' );
	}

	public static function tearDownAfterClass(): void {
		self::execute( 'rm', '-rf', self::$folder );
	}

	protected function tearDown(): void {
		if ( isset( $this->site ) ) {
			parent::tearDown();
		}
	}

	public function test_whoever_packs_gets_the_same_bytes(): void {
		$again = self::pack( 'another', array( 'TZ' => 'Asia/Tokyo', 'LC_ALL' => 'C.UTF-8' ), '077' );
		self::assertSame( array_map( 'basename', self::$dist ), array_map( 'basename', $again ) );
		foreach ( self::$dist as $number => $file ) {
			self::assertSame( hash_file( 'sha256', $file ), hash_file( 'sha256', $again[ $number ] ), basename( $file ) );
		}
		// Another time is another package: what is compared above could differ.
		$later = self::pack( 'later', array( 'SOURCE_DATE_EPOCH' => '1800000000' ), '022' );
		foreach ( array( 0, 1 ) as $number ) {
			self::assertNotSame( hash_file( 'sha256', self::$dist[ $number ] ), hash_file( 'sha256', $later[ $number ] ) );
		}
	}

	public function test_names_and_sums(): void {
		$version = self::version();
		$names   = array( "wpf-delete-$version.zip", sprintf( 'wpf_delete-%s-php%d.%d-%s-linux.tar.gz', $version, PHP_MAJOR_VERSION, PHP_MINOR_VERSION, php_uname( 'm' ) ), 'SHA256SUMS' );
		self::assertSame( $names, array_map( 'basename', self::$dist ) );
		self::execute( 'sh', '-c', 'cd "$1" && sha256sum --check --strict --quiet SHA256SUMS', 'sh', dirname( self::$dist[0] ) );
	}

	/**
	 * The versions of all parts agree, in all places that name one.
	 */
	public function test_there_is_one_version(): void {
		$root    = self::repository();
		$version = self::version();
		$places  = array(
			'Cargo.toml'           => '/^\[package\][^[]*^version = "(\S+)"/ms',
			'Cargo.lock'           => '/^name = "wpf_delete"\nversion = "(\S+)"/m',
			'wp-plugin/readme.txt' => '/^Stable tag: (\S+)$/m',
			'CHANGELOG.md'         => '/^## \[([^]]+)\]/m',
		);
		foreach ( $places as $file => $pattern ) {
			self::assertSame( 1, preg_match( $pattern, file_get_contents( "$root/$file" ), $found ), $file );
			self::assertSame( $version, $found[1], $file );
		}
		$readme = file_get_contents( "$root/wp-plugin/readme.txt" );
		self::assertSame( 1, preg_match( '/^== Changelog ==\s+= (\S+) =$/m', $readme, $found ) );
		self::assertSame( $version, $found[1] );
		self::assertStringContainsString( "`wpf-delete-$version.zip`", $readme );
		self::assertStringContainsString( "`wpf_delete-$version-php", $readme );
		// What else the readme repeats of the plugin's header.
		$header = file_get_contents( "$root/wp-plugin/wpf-delete.php" );
		foreach ( array( 'Requires at least', 'Requires PHP', 'License', 'License URI' ) as $line ) {
			$of = static fn ( string $text ) => preg_match( "/^(?: \\* )?$line: +(.*)$/m", $text, $found ) ? $found[1] : "no $line";
			self::assertSame( $of( $header ), $of( $readme ) );
		}
		preg_match( '/^ \* Plugin Name: +(.*)$/m', $header, $name );
		preg_match( '/^ \* Description: +(.*)$/m', $header, $description );
		self::assertStringStartsWith( "=== {$name[1]} ===\n", $readme );
		self::assertStringContainsString( "\n\n{$description[1]}\n\n", $readme );
		self::assertLessThanOrEqual( 150, strlen( $description[1] ), 'WordPress.org shows no more of it.' );
	}

	public function test_nothing_else_is_in_them(): void {
		list( $zip, $archive ) = self::$dist;
		$listed = array_filter( explode( "\n", self::execute( 'zipinfo', '-1', $zip ) ) );
		$root   = self::repository() . '/wp-plugin';
		$mine   = array_map( static fn ( $file ) => 'wpf-delete' . substr( $file, strlen( $root ) ), array_filter( explode( "\n", self::execute( 'find', $root, '-type', 'f' ) ) ) );
		sort( $mine );
		self::assertSame( $mine, array_values( $listed ) );
		foreach ( array( 'wpf-delete.php', 'uninstall.php', 'readme.txt', 'LICENSE', 'languages/wpf-delete.pot', 'inc/namespace.php' ) as $file ) {
			self::assertContains( "wpf-delete/$file", $listed );
		}
		self::assertSame( array(), preg_grep( '/\.(php|js|css|txt|pot|svg|png)$|\/LICENSE$/', $listed, PREG_GREP_INVERT ) );

		$folder = basename( $archive, '.tar.gz' );
		self::assertSame(
			array_map( static fn ( $file ) => "$folder/$file", array( '', 'LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT', 'README', 'SHA256SUMS', 'wpf_delete.ini', 'wpf_delete.so', 'wpf_delete.stubs.php' ) ),
			array_values( array_filter( explode( "\n", self::execute( 'tar', '--list', '--file', $archive ) ) ) )
		);
		foreach ( explode( "\n", trim( self::execute( 'tar', '--list', '--verbose', '--numeric-owner', '--file', $archive ) ) ) as $line ) {
			self::assertMatchesRegularExpression( '/^(drwxr-xr-x|-rw-r--r--) 0\/0 /', $line );
		}
	}

	/**
	 * @dataProvider suites
	 */
	public function test_a_site_runs_with_what_is_in_them( string $suite ): void {
		list( $zip, $archive ) = self::$dist;
		self::execute( 'tar', '--extract', '--file', $archive, '--directory', self::$folder );
		$unpacked = self::$folder . '/' . basename( $archive, '.tar.gz' );
		self::execute( 'sh', '-c', 'cd "$1" && sha256sum --check --strict --quiet SHA256SUMS', 'sh', $unpacked );
		self::assertSame( "extension=wpf_delete.so\n", file_get_contents( "$unpacked/wpf_delete.ini" ) );

		$this->site = Site::install( $suite, Fixture::name( "$suite dist" ), array( 'plugin' => false ) );
		$before     = getenv( 'WPF_EXTENSION' );
		putenv( "WPF_EXTENSION=$unpacked/wpf_delete.so" );
		try {
			self::assertSame( 'wpf-delete/wpf-delete.php', $this->site->run( __DIR__ . '/scripts/dist/install.php', compact( 'zip' ), array( 'user' => 1, 'ignore' => '/WordPress\.org|ftp_|Undefined/' ) ) );
			$plugin = $this->site->path() . '/wp-content/plugins/wpf-delete';
			self::assertFalse( is_link( $plugin ) );

			$users = $this->users( 1 );
			self::assertSame( array( true ), $this->call( array( array( '\WpfDelete\delete_user', $users[0] ) ) )['results'] );
			$this->assert_gone( $users );
			self::assertSame( array( 'good', 'good' ), array_values( array_intersect_key( array_column( $this->health(), 'status', 'test' ), array_flip( array( 'wpf_delete_native', 'wpf_delete_database' ) ) ) ) );

			// The same extension, and a plugin that is ahead of it, or behind.
			$this->edit( "$plugin/wpf-delete.php", '/^( \* Version: +).*$/m', '${1}0.99.0' );
			$native = $this->health()['wpf_delete_native'];
			self::assertSame( 'recommended', $native['status'] );
			self::assertStringContainsString( 'The plugin is 0.99.0, the extension wpf_delete ' . self::version(), $native['description'] );
			self::assertStringContainsString( 'wpf_delete-0.99.0-php', $native['description'] );

			$this->assert_translated( $plugin );
		} finally {
			putenv( "WPF_EXTENSION=$before" );
		}
	}

	/** One text speaks German, with whatever files of translations this WordPress reads. */
	private function assert_translated( string $plugin ): void {
		$text = 'There is no such user.';
		self::assertStringContainsString( "msgid \"$text\"\n", file_get_contents( "$plugin/languages/wpf-delete.pot" ) );
		$this->query( "REPLACE INTO wp_options ( option_name, option_value, autoload ) VALUES ( 'WPLANG', 'de_DE', 'yes' )" );
		$read = fn () => $this->site->run( __DIR__ . '/scripts/dist/text.php', array( 'text' => $text ) );
		self::assertSame( $text, $read() );

		$po = self::$folder . '/de.po';
		file_put_contents( $po, str_replace( array( "msgid \"$text\"\nmsgstr \"\"", 'nplurals=INTEGER; plural=EXPRESSION;' ), array( "msgid \"$text\"\nmsgstr \"Diesen Benutzer gibt es nicht.\"", 'nplurals=2; plural=(n != 1);' ), file_get_contents( "$plugin/languages/wpf-delete.pot" ) ) );
		$mo = "$plugin/languages/wpf-delete-de_DE.mo";
		self::execute( 'msgfmt', '--check', "--output-file=$mo", $po );
		self::assertSame( 'Diesen Benutzer gibt es nicht.', $read() );
		if ( 'bookworm' !== $this->site->suite() ) {
			// The form that language packs have since 6.5.
			$this->site->run( __DIR__ . '/scripts/dist/to-php.php', array( 'mo' => $mo ) );
			unlink( $mo );
			self::assertSame( 'Diesen Benutzer gibt es nicht.', $read() );
		}
	}

	private function health(): array {
		return $this->site->run( __DIR__ . '/scripts/plugin/health.php', array(), array( 'user' => 1, 'ignore' => '/WordPress\.org/' ) )['tests'];
	}

	private function edit( string $file, string $pattern, string $replacement ): void {
		$edited = preg_replace( $pattern, $replacement, file_get_contents( $file ), 1, $count );
		self::assertSame( 1, $count );
		file_put_contents( $file, $edited );
	}

	/** Packs, and returns the files. */
	private static function pack( string $name, array $environment, string $umask ): array {
		$root   = self::repository();
		$folder = self::$folder . "/$name";
		$settings = array();
		foreach ( $environment as $key => $value ) {
			$settings[] = "$key=$value";
		}
		self::execute( ...array( 'env', ...$settings, 'sh', '-c', 'umask "$1" && mkdir -p "$4" && exec "$2" "$3" "$4"', 'sh', $umask, "$root/tools/dist.sh", getenv( 'WPF_EXTENSION' ), $folder ) );
		return array( ...glob( "$folder/*.zip" ), ...glob( "$folder/*.tar.gz" ), ...glob( "$folder/SHA256SUMS" ) );
	}
}
