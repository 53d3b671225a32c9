<?php
/**
 * Breaks the engine in one place after the other; see mutations.sh.
 *
 * As parity.php on the same seeds, but in one process: sites are installed once, and what core leaves on them is
 * remembered.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

require_once __DIR__ . '/Contest.php';

/** A copy of the sources, the mutations, and the seeds. */
final class Mutations {

	private string $folder;

	/** @var array<string, Arena> By `network` or `single`. */
	private array $arenas = array();

	/** @var array<int, array> What core did, by seed. */
	private array $cores = array();

	private function __construct( private string $suite, private int $seeds, private int $from ) {
		$this->folder = dirname( __DIR__, 2 ) . '/target/mutations';
	}

	public static function main( array $arguments ): int {
		$options = getopt( '', array( 'wp:', 'seeds:', 'from:' ), $rest );
		return ( new self( $options['wp'], (int) $options['seeds'], (int) $options['from'] ) )->all( array_slice( $arguments, $rest ) );
	}

	/** @param string[] $only Names; all when empty. */
	private function all( array $only ): int {
		$this->copy_sources();
		if ( ! $this->build() ) {
			echo "The engine does not build, see {$this->folder}/build.log.\n";
			return 1;
		}
		putenv( "WPF_EXTENSION={$this->folder}/build/debug/libwpf_delete.so" );
		putenv( "WPF_PLUGIN={$this->folder}/copy/wp-plugin" );
		$found = $this->first_difference();
		if ( null !== $found ) {
			echo "The engine fails as it is: seed {$this->seed( $found[0] )}\n$found[1]\n";
			return 1;
		}

		$count     = 0;
		$survivors = 0;
		$latest    = 0;
		self::row( 'mutation', 'caught at', 'first difference' );
		foreach ( file( __DIR__ . '/mutations.txt', FILE_IGNORE_NEW_LINES ) as $line ) {
			list( $name, $file, $change ) = array_map( 'trim', explode( ' | ', $line, 3 ) );
			if ( $only && ! in_array( $name, $only, true ) ) {
				continue;
			}
			++$count;
			$problem = $this->mutate( $file, $change );
			$found   = $problem ? null : $this->first_difference();
			if ( null === $found ) {
				++$survivors;
				self::row( $name, $problem ?? 'SURVIVES', "$this->seeds sites, 0 differences" );
			} else {
				$latest = max( $latest, $found[0] );
				self::row( $name, "site $found[0], seed {$this->seed( $found[0] )}", $found[1] );
			}
			$this->restore( $file );
		}
		echo "mutations: $count, $survivors not caught, the others at site $latest at the latest (seeds from $this->from)\n";
		return $survivors ? 1 : 0;
	}

	/** What is wrong with a mutation, if anything is. */
	private function mutate( string $file, string $change ): ?string {
		$path   = "{$this->folder}/copy/$file";
		$before = file_get_contents( $path );
		$this->execute( array( 'perl', '-0pi', '-e', $change, $path ) );
		if ( file_get_contents( $path ) === $before ) {
			return 'NO CHANGE';
		}
		return $this->build() ? null : 'NOT BUILT';
	}

	private function restore( string $file ): void {
		copy( "{$this->folder}/original/$file", "{$this->folder}/copy/$file" );
	}

	private function copy_sources(): void {
		foreach ( array( 'copy', 'original' ) as $name ) {
			@mkdir( "{$this->folder}/$name", 0755, true );
			$this->execute( array( 'rm', '-rf', "{$this->folder}/$name/src", "{$this->folder}/$name/wp-plugin" ) );
			$root = dirname( __DIR__, 2 );
			$this->execute( array( 'cp', '-r', "$root/src", "$root/wp-plugin", "$root/Cargo.toml", "$root/Cargo.lock", "{$this->folder}/$name" ) );
		}
	}

	private function build(): bool {
		return $this->execute( array( 'cargo', 'build', '--lib', '--locked', "--manifest-path={$this->folder}/copy/Cargo.toml", "--target-dir={$this->folder}/build" ), "{$this->folder}/build.log" );
	}

	private function execute( array $command, string $log = '/dev/null' ): bool {
		$process = proc_open( $command, array( array( 'file', '/dev/null', 'r' ), array( 'file', $log, 'w' ), array( 'file', $log, 'a' ) ), $pipes );
		return 0 === proc_close( $process );
	}

	/** The seed of the n-th site. */
	private function seed( int $site ): int {
		return $this->from + $site - 1;
	}

	/** @return array|null Which site, from 1, and the difference. */
	private function first_difference(): ?array {
		foreach ( $this->arenas as $arena ) {
			$arena->forget_plugins();
		}
		for ( $site = 1; $site <= $this->seeds; $site++ ) {
			$seed  = $this->seed( $site );
			$plan  = Generator::plan( $seed );
			$where = $plan['network'] ? 'network' : 'single';
			$this->arenas[ $where ] ??= new Arena( $this->suite, $plan['network'] );
			try {
				$contest              = new Contest( $this->arenas[ $where ], $this->suite, $plan, null, $this->cores[ $seed ] ?? null );
				$this->cores[ $seed ] = $contest->core;
			} catch ( \RuntimeException $error ) {
				return array( $site, strtok( $error->getMessage(), "\n" ) );
			}
			if ( $contest->differences ) {
				return array( $site, strtok( $contest->differences[0], "\n" ) );
			}
		}
		return null;
	}

	private static function row( string $name, string $result, string $difference ): void {
		printf( "%-48s %-24s %s\n", $name, $result, substr( $difference, 0, 100 ) );
	}
}

exit( Mutations::main( $argv ) );
