<?php
/**
 * Writes the whole history to a file.
 *
 * Arguments: `file`.
 */

WpfDelete\History::csv( fopen( $arguments['file'], 'w' ), array() );

return true;
