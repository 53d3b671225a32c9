<?php
/**
 * The deletions in which core and the native engine are compared.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use WpfDelete\Tests\Support\Site;

/**
 * One way to delete the fixture's victim: who asks, with which constants, on a site pointing at which posts.
 */
final class ParityScenario {

	/** Images and pages of the site, all the victim's. `@` is followed by a post's label. */
	private const POINTERS = array(
		'delete'      => array(
			'options' => array(
				'show_on_front'              => 'page',
				'page_on_front'              => '@front',
				'page_for_posts'             => '@blog-trashed',
				'wp_page_for_privacy_policy' => '@privacy-trashed',
				'site_icon'                  => '@icon',
				'site_logo'                  => '@logo',
			),
			'mods'    => array(
				'custom_logo'  => '@logo',
				'header_text'  => 1,
				'header_image' => 'http://example.test/wp-content/uploads/2026/01/header.jpg',
				'kept'         => 'yes',
			),
		),
		'erase'       => array(
			'options' => array(
				'show_on_front'              => 'page',
				'page_on_front'              => '@front-others',
				'page_for_posts'             => '@blog',
				'wp_page_for_privacy_policy' => '@privacy',
				'site_icon'                  => '@icon',
			),
			'mods'    => array(
				'custom_logo' => '@logo',
			),
		),
		'trash media' => array(
			'options' => array(
				'show_on_front'              => 'page',
				'page_on_front'              => '@front',
				'page_for_posts'             => '@blog',
				'wp_page_for_privacy_policy' => '@privacy',
				'site_icon'                  => '@icon',
				'site_logo'                  => '@logo',
			),
			'mods'    => array(
				'custom_logo' => '@logo',
			),
		),
		'reassign'    => array(
			'options' => array(
				'page_on_front' => '@front',
				'site_icon'     => '@icon',
			),
			'mods'    => array(),
		),
	);

	private const CONSTANTS = array(
		'erase'       => array( 'EMPTY_TRASH_DAYS' => 0 ),
		'trash media' => array( 'MEDIA_TRASH' => true ),
	);

	/** What holds for a deletion, for the conditions of the fixture's proofs. */
	private const TRAITS = array(
		'delete'      => array( 'delete', 'trash', 'unlink', 'unprivileged' ),
		'erase'       => array( 'delete', 'erase', 'unlink', 'privileged' ),
		'trash media' => array( 'delete', 'trash', 'media', 'privileged' ),
		'reassign'    => array( 'reassign', 'privileged' ),
	);

	/** @var array<string, self> Prepared sites by suite and name. */
	private static array $prepared = array();

	/** @var array<string, array> State before the deletion. */
	public array $before;

	/** What core did, once it was asked. */
	private ?array $core = null;

	private ?ParityDeviations $deviations = null;

	/** The site to copy; never deleted from. */
	private Site $site;

	private function __construct( public Fixture $fixture, private string $suite, private string $name ) {
		$constants  = ( self::CONSTANTS[ $name ] ?? array() ) + array( 'WP_POST_REVISIONS' => 4 );
		$this->site = Fixture::own( $fixture->site->copy( Fixture::name( "$suite $name" ) ) )->with( $constants );
		$pointers   = self::POINTERS[ $name ];
		array_walk_recursive(
			$pointers,
			static function ( &$value ) use ( $fixture ) {
				if ( is_string( $value ) && '@' === $value[0] ) {
					$value = $fixture->posts[ substr( $value, 1 ) ];
				}
			}
		);
		$alone = in_array( $name, array( 'erase', 'trash media' ), true ) ? $fixture->users['victim'] : 0;
		$this->core_only( $this->site )->run( __DIR__ . '/scripts/arrange.php', $pointers + array( 'alone' => $alone ), array( 'time' => Fixture::SEEDED, 'extension' => false ) );
		$this->before = ParitySnapshot::of( $this->site );
	}

	/** That deletion on that suite's WordPress. */
	public static function named( string $suite, string $name ): self {
		self::$prepared[ "$suite $name" ] ??= new self( Fixture::on( $suite ), $suite, $name );
		return self::$prepared[ "$suite $name" ];
	}

	/** @return string[] */
	public static function names(): array {
		return array_keys( self::TRAITS );
	}

	/** What the native engine does differently in this deletion. */
	public function deviations(): ParityDeviations {
		$this->deviations ??= new ParityDeviations( $this->fixture, self::TRAITS[ $this->name ], $this->before, $this->core()['state'] );
		return $this->deviations;
	}

	/**
	 * Deletes the victim by core alone, once for all tests.
	 *
	 * @return array{result: mixed, hooks: array[], state: array}
	 */
	public function core(): array {
		if ( null === $this->core ) {
			$core       = $this->delete_by_core( 'core' );
			$this->core = array( 'state' => ParitySnapshot::of( $core['site'], $this->before ) ) + $core;
			$core['site']->drop();
		}
		return $this->core;
	}

	/** @return array<string, string[]> Labels by rule that must show. */
	public function proofs(): array {
		return $this->fixture->proofs( array_merge( self::TRAITS[ $this->name ], array( $this->suite, 'sid' === $this->suite ? 'new' : 'old' ) ) );
	}

	/**
	 * Deletes the victim on a copy of the site, by core alone.
	 *
	 * @param string $copy Name of the copy.
	 * @return array{site: Site, result: mixed, hooks: array[]}
	 */
	public function delete_by_core( string $copy ): array {
		return $this->delete( $this->core_only( Fixture::own( $this->site->copy( Fixture::name( $copy ) ) ) ), 'wp_delete_user', true, array( 'extension' => false ) );
	}

	/**
	 * Deletes the victim on a copy of the site, with the plugin, and with the extension if this run has one.
	 *
	 * @param string $copy     Name of the copy.
	 * @param string $function Function to call.
	 * @param string $lane     Lane of every type; the plugin's choice when empty.
	 * @return array{site: Site, result: mixed, hooks: array[]}
	 */
	public function delete_by_plugin( string $copy, string $function, string $lane = '' ): array {
		return $this->delete( Fixture::own( $this->site->copy( Fixture::name( $copy ) ) ), $function, ! self::has_extension(), array(), $lane );
	}

	/** A copy of the site before the deletion. */
	public function copy( string $name ): Site {
		return Fixture::own( $this->site->copy( Fixture::name( $name ) ) );
	}

	/** Whether this run has the extension. */
	public static function has_extension(): bool {
		return '' !== (string) getenv( 'WPF_EXTENSION' );
	}

	private function delete( Site $site, string $function, bool $order, array $options, string $lane = '' ): array {
		$arguments = array(
			'function' => $function,
			'user'     => $this->fixture->users['victim'],
			'reassign' => 'reassign' === $this->name ? $this->fixture->users['heir'] : null,
			'order'    => $order,
			'lane'     => $lane,
		);
		$options  += array(
			'time' => Fixture::DELETED,
			'user' => in_array( 'privileged', self::TRAITS[ $this->name ], true ) ? $this->fixture->users['administrator'] : 0,
		);
		return array( 'site' => $site ) + $site->run( __DIR__ . '/scripts/delete.php', $arguments, $options );
	}

	/** The same site without any plugin. */
	private function core_only( Site $site ): Site {
		return $site->with( array( 'WP_PLUGIN_DIR' => $site->path() . '/no-plugins' ) );
	}
}
