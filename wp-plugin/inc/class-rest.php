<?php
/**
 * The page's data and actions for programs.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Routes of `wpf-delete/v1`. What they do is in Actions, History and Plan.
 */
final class Rest {

	public const SPACE = 'wpf-delete/v1';

	private const USER = array(
		'type'    => 'integer',
		'minimum' => 1,
	);

	/**
	 * Registers all routes.
	 */
	public static function register(): void {
		$deletion = array(
			'user'      => self::USER + array( 'required' => true ),
			'reassign'  => array( 'type' => array( 'integer', 'null' ) ),
			'permanent' => array(
				'type'    => 'boolean',
				'default' => false,
			),
		);
		self::route( '/jobs', 'GET', 'jobs', self::query_arguments() );
		self::route( '/jobs', 'POST', 'delete', $deletion );
		self::route( '/jobs/(?P<id>\d+)', 'GET', 'job' );
		self::route( '/jobs/(?P<id>\d+)/(?P<action>' . implode( '|', Actions::ON_JOB ) . ')', 'POST', 'on_job' );
		self::route( '/held/(?P<action>' . implode( '|', Actions::ON_HELD ) . ')', 'POST', 'on_held' );
		self::route( '/plan', 'GET', 'plan', $deletion );
		self::route( '/settings', 'GET', 'settings' );
		self::route( '/settings', 'POST', 'save' );
	}

	/**
	 * GET /jobs.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	public static function jobs( WP_REST_Request $request ): WP_REST_Response {
		$found    = History::find( array_intersect_key( $request->get_params(), self::query_arguments() ) );
		$response = new WP_REST_Response( $found['items'] );
		$response->header( 'X-WP-Total', (string) $found['total'] );
		$response->header( 'X-WP-TotalPages', (string) (int) ceil( $found['total'] / $request['per_page'] ) );
		return $response;
	}

	/**
	 * GET /jobs/<id>.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public static function job( WP_REST_Request $request ) {
		return History::item( (int) $request['id'] ) ?? Actions::no_such_job();
	}

	/**
	 * POST /jobs.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response|WP_Error
	 */
	public static function delete( WP_REST_Request $request ) {
		$id = Actions::delete( $request['user'], $request['reassign'], $request['permanent'] );
		return is_wp_error( $id ) ? $id : new WP_REST_Response( History::item( $id ), 201 );
	}

	/**
	 * POST /jobs/<id>/<action>.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public static function on_job( WP_REST_Request $request ) {
		return Actions::on_job( $request['action'], (int) $request['id'] );
	}

	/**
	 * POST /held/<action>.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array{jobs: int}|WP_Error
	 */
	public static function on_held( WP_REST_Request $request ) {
		$jobs = Actions::on_held( $request['action'] );
		return is_wp_error( $jobs ) ? $jobs : compact( 'jobs' );
	}

	/**
	 * GET /plan.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public static function plan( WP_REST_Request $request ) {
		return Actions::plan( $request['user'], $request['reassign'], $request['permanent'] );
	}

	/**
	 * GET /settings: also what applies in fact, and why.
	 */
	public static function settings(): array {
		$tag   = Tag::current();
		$field = Tag::field_problem();
		return Settings::all() + array(
			'erase'    => (bool) get_option( Settings::ERASE ),
			'applies'  => Requests::mode(),
			'problems' => array_merge( LiveSite::reasons(), is_wp_error( $tag ) ? array( $tag->get_error_message() ) : array(), $field ? array( $field->get_error_message() ) : array() ),
		);
	}

	/**
	 * POST /settings.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public static function save( WP_REST_Request $request ) {
		$saved = Actions::save( (array) $request->get_json_params() + (array) $request->get_body_params() );
		return is_wp_error( $saved ) ? $saved : self::settings();
	}

	/**
	 * Registers a route.
	 *
	 * @param string $path      Its path.
	 * @param string $method    `GET` or `POST`.
	 * @param string $does      Method of this class.
	 * @param array  $arguments Its arguments.
	 */
	private static function route( string $path, string $method, string $does, array $arguments = array() ): void {
		register_rest_route(
			self::SPACE,
			$path,
			array(
				'methods'             => $method,
				'callback'            => array( self::class, $does ),
				'permission_callback' => static fn ( WP_REST_Request $request ) => Actions::permission( "$method " . $request->get_route() ),
				'args'                => $arguments,
			)
		);
	}

	/**
	 * What GET /jobs can be asked.
	 */
	private static function query_arguments(): array {
		return array(
			'state'    => array(
				'type'    => 'array',
				'items'   => array(
					'type' => 'string',
					'enum' => array_keys( Words::states() ),
				),
				'default' => array(),
			),
			'open'     => array(
				'type'    => 'boolean',
				'default' => false,
			),
			'search'   => array(
				'type'    => 'string',
				'default' => '',
			),
			'page'     => array(
				'type'    => 'integer',
				'minimum' => 1,
				'default' => 1,
			),
			'per_page' => array(
				'type'    => 'integer',
				'minimum' => 1,
				'maximum' => 100,
				'default' => 20,
			),
			'order'    => array(
				'type'    => 'string',
				'enum'    => array( 'ASC', 'DESC' ),
				'default' => 'DESC',
			),
		);
	}
}
