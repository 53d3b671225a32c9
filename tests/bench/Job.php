<?php
/**
 * One way to delete somebody.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** What is done, how, and whom it meets. */
final class Job {

	public readonly string $name;

	/**
	 * @param string          $mode    `purge` (there is no trash), `trash` or `reassign`.
	 * @param string          $way     Who does it: `floor`, `batches` and `pt-archiver` are SQL without WordPress;
	 *                                 `bulk`, `replay` and `core-lane` are the engine; `core` is wp_delete_user().
	 * @param array<int, int> $authors Posts of each who goes, by id.
	 */
	public function __construct( public readonly string $mode, public readonly string $way, public readonly array $authors ) {
		$this->name = "$mode:$way";
	}
}
