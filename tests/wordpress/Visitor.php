<?php
/**
 * Somebody with a browser.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

use DOMDocument;
use DOMElement;
use DOMXPath;
use WpfDelete\Tests\Support\Site;

/**
 * Real HTTP, with the cookies that WordPress gives whoever logs in. Follows no redirect by itself.
 */
final class Visitor {

	/** @var array<string, string> Names and values. */
	private array $cookies = array();

	/** Of the last answer. */
	public int $status = 0;

	/** @var array<string, string> Of the last answer, by name in small letters. */
	public array $headers = array();

	/** Of the last answer. */
	public string $body = '';

	/**
	 * @param int $port Of the server.
	 * @param int $user Who; 0 for nobody.
	 */
	public function __construct( private Site $site, private int $port, private int $user ) {
		if ( $user ) {
			$this->cookies = $site->run( __DIR__ . '/scripts/admin/log-in.php', compact( 'user' ), array( 'extension' => false ) );
		}
	}

	/**
	 * Nonces as a page shown to this visitor would have them.
	 *
	 * @param string[]    $actions Purposes.
	 * @param string|null $time    When it was shown; null for now.
	 * @return array<string, string> By purpose.
	 */
	public function nonces( array $actions, ?string $time = null ): array {
		return $this->site->run( __DIR__ . '/scripts/admin/nonces.php', array( 'actions' => $actions, 'cookies' => $this->cookies ), array( 'extension' => false, 'user' => $this->user ) + ( null === $time ? array() : array( 'time' => $time ) ) );
	}

	/** Looks at a page below wp-admin/. */
	public function get( string $path ): string {
		return $this->send( 'GET', "/wp-admin/$path" );
	}

	/** Looks at a tab of the page. */
	public function tab( string $tab, array $arguments = array() ): string {
		return $this->get( 'tools.php?' . http_build_query( array( 'page' => 'wpf-delete', 'tab' => $tab ) + $arguments ) );
	}

	/** Sends a form to admin-post.php. */
	public function post( array $fields ): string {
		return $this->send( 'POST', '/wp-admin/admin-post.php', http_build_query( $fields ), array( 'Content-Type: application/x-www-form-urlencoded' ) );
	}

	/**
	 * Sends the form of a page in which a field has a value, changed as told.
	 *
	 * @param string $page   Its HTML.
	 * @param string $id     Id of an element in or of the form.
	 * @param array  $fields Over the form's own; null takes one away.
	 */
	public function submit( string $page, string $id, array $fields = array() ): string {
		$document = self::document( $page );
		$element  = $document->getElementById( $id );
		for ( $form = $element; $form && 'form' !== $form->nodeName; $form = $form->parentNode ); // phpcs:ignore
		if ( ! $form instanceof DOMElement ) {
			throw new \RuntimeException( "There is no form with #$id." );
		}
		return $this->post( array_filter( $fields + self::fields( $document, $form ), static fn( $value ) => null !== $value ) );
	}

	/** Follows the redirect of the last answer. */
	public function follow(): string {
		return $this->send( 'GET', str_replace( 'http://example.test', '', $this->headers['location'] ?? '' ) );
	}

	/**
	 * Calls a route of the plugin.
	 *
	 * @param string      $nonce For `wp_rest`; none when null.
	 * @param array|null  $data  Sent as JSON.
	 * @return mixed What the answer says.
	 */
	public function rest( string $method, string $route, ?string $nonce, ?array $data = null ): mixed {
		list( $path, $query ) = explode( '?', $route ) + array( 1 => '' );
		$headers              = array_filter( array( null === $nonce ? null : "X-WP-Nonce: $nonce", null === $data ? null : 'Content-Type: application/json' ) );
		$this->send( $method, '/index.php?rest_route=/wpf-delete/v1' . $path . ( '' === $query ? '' : "&$query" ), null === $data ? '' : json_encode( $data ), $headers );
		return json_decode( $this->body, true );
	}

	/** A page, to be searched. */
	public static function document( string $html ): DOMDocument {
		$document = new DOMDocument();
		@$document->loadHTML( '<?xml encoding="utf-8"?>' . $html );
		return $document;
	}

	/** Elements of a page. */
	public static function elements( string $html, string $xpath ): array {
		return iterator_to_array( ( new DOMXPath( self::document( $html ) ) )->query( $xpath ), false );
	}

	/** @return array<string, string|string[]> Fields of a form as a browser would send them without a button. */
	private static function fields( DOMDocument $document, DOMElement $form ): array {
		$xpath  = new DOMXPath( $document );
		$own    = $form->getAttribute( 'id' );
		$fields = array();
		foreach ( $xpath->query( '//*[self::input or self::select][@name]' ) as $field ) {
			$owner = $field->getAttribute( 'form' );
			for ( $parent = $field; $parent && $parent !== $form; $parent = $parent->parentNode ); // phpcs:ignore
			if ( '' === $owner ? ! $parent : $owner !== $own ) {
				continue;
			}
			if ( in_array( $field->getAttribute( 'type' ), array( 'checkbox', 'radio' ), true ) && ! $field->hasAttribute( 'checked' ) ) {
				continue;
			}
			$selected = 'select' === $field->nodeName ? $xpath->query( './/option[@selected] | .//option[not(../option[@selected])][1]', $field )->item( 0 ) : $field;
			$name     = $field->getAttribute( 'name' );
			if ( str_ends_with( $name, '[]' ) ) {
				$fields[ substr( $name, 0, -2 ) ][] = $selected->getAttribute( 'value' );
			} else {
				$fields[ $name ] = $selected->getAttribute( 'value' );
			}
		}
		return $fields;
	}

	private function send( string $method, string $path, string $body = '', array $headers = array() ): string {
		$cookies = implode( '; ', array_map( static fn( $name, $value ) => "$name=" . rawurlencode( $value ), array_keys( $this->cookies ), $this->cookies ) );
		$context = stream_context_create(
			array(
				'http' => array(
					'method'           => $method,
					'header'           => array_merge( array( 'Host: example.test', "Cookie: $cookies", 'Connection: close' ), $headers ),
					'content'          => $body,
					'ignore_errors'    => true,
					'follow_location'  => 0,
					'protocol_version' => 1.1,
					'timeout'          => 60,
				),
			)
		);
		$answer = file_get_contents( "http://127.0.0.1:$this->port$path", false, $context );
		if ( false === $answer ) {
			throw new \RuntimeException( "$method $path got no answer." );
		}
		$this->headers = array();
		foreach ( $http_response_header as $line ) {
			if ( preg_match( '#^HTTP/\S+ (\d+)#', $line, $found ) ) {
				$this->status = (int) $found[1];
			} else {
				list( $name, $value )                  = explode( ':', $line, 2 );
				$this->headers[ strtolower( $name ) ] = trim( $value );
			}
		}
		$this->body = $answer;
		return $answer;
	}
}
