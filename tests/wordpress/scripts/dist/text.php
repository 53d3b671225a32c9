<?php
/**
 * A text of the plugin in the site's language. Arguments: `text`.
 *
 * @return string
 */

return translate( $arguments['text'], 'wpf-delete' );
