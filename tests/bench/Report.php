<?php
/**
 * Results for machines, and for the README.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** Writes report.json, and the picture when there is enough to draw. */
final class Report {

	/** @var array<string, string> Of the server. */
	private array $settings = array();

	private string $date;

	public function __construct( private Options $options, private Snapshot $snapshot, private Results $results ) {
		$this->date = gmdate( 'Y-m-d\TH:i:s\Z' );
	}

	/**
	 * Notes how the server is set up.
	 *
	 * @param array<string, string> $settings As it reports them.
	 */
	public function of_server( array $settings ): void {
		$this->settings = $settings;
	}

	/** @return string[] On what, and how, in lines. */
	public function conditions(): array {
		$machine  = Machine::describe();
		$settings = $this->settings;
		unset( $settings['version'] );
		return array(
			"WordPress {$this->snapshot->wordpress()}, PHP " . PHP_VERSION . ', MariaDB ' . strtok( $this->settings['version'], '-' ),
			sprintf( '%d cores of %s, %.0f GB of memory, %s', $machine['cores'], $machine['processor'], $machine['memory'] / 1e9, $machine['kernel'] ),
			'MariaDB: ' . implode( ', ', array_map( static fn( $name, $value ) => "$name=$value", array_keys( $settings ), $settings ) ),
			'Before each measurement: a fresh copy of the data folder, and every index of the site read once.',
			sprintf( '%s published posts of the author among %s; %d runs; wpf_delete_pace is 2.0.', number_format( $this->options->posts ), number_format( 5 * $this->options->posts ), $this->options->runs ),
		);
	}

	/**
	 * Writes report.json, and bench.svg and bench.png when core, engine and floor were all measured.
	 *
	 * @param string $folder Where.
	 */
	public function write( string $folder ): void {
		$report = array(
			'date'     => $this->date,
			'posts'    => $this->options->posts,
			'runs'     => $this->options->runs,
			'versions' => array(
				'wordpress'   => $this->snapshot->wordpress(),
				'php'         => PHP_VERSION,
				'mariadb'     => $this->settings['version'],
				'wpf_delete'  => Shell::run( array( PHP_BINARY, '-d', 'extension=' . realpath( $this->options->extension ), '-r', 'echo phpversion( "wpf_delete" );' ) ),
				'pt-archiver' => Archiver::version(),
			),
			'machine'  => Machine::describe(),
			'settings' => $this->settings,
			'jobs'     => $this->results->of( Jobs::groups() ),
		);
		file_put_contents( "$folder/report.json", json_encode( $report, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR ) . "\n" );
		$picture = new Picture( $this->results, $this->options->posts, implode( '; ', array_slice( $this->conditions(), 0, 2 ) ) );
		if ( $picture->is_whole() ) {
			$picture->write( $folder );
		}
	}
}
