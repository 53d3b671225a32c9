<?php
/**
 * Writes translations in WordPress's own form beside those of gettext. Arguments: `mo`: their file.
 *
 * @return int Bytes.
 */

return file_put_contents( preg_replace( '/\.mo$/', '.l10n.php', $arguments['mo'] ), WP_Translation_File::transform( $arguments['mo'], 'php' ) );
