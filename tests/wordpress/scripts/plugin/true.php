<?php
/**
 * Nothing: for runs in which all happens on the way to the script.
 */

return true;
