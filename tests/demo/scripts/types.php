<?php
/**
 * The demo site's own content, as a must-use plugin: recipes, which have no trash of their own, so that
 * core and the native engine delete them for good.
 *
 * @package WpfDelete
 */

add_action(
	'init',
	static function () {
		register_post_type(
			'recipe',
			array(
				'public'   => true,
				'label'    => 'Recipes',
				'supports' => array( 'title', 'editor', 'author', 'comments', 'thumbnail' ),
			)
		);
		register_taxonomy(
			'cuisine',
			array( 'recipe' ),
			array(
				'hierarchical' => true,
				'label'        => 'Cuisines',
			)
		);
	}
);
