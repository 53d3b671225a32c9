<?php
/**
 * WordPress's own cron request: does what is due, and ends.
 */

require ABSPATH . 'wp-cron.php';
