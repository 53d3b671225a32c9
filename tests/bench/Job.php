<?php
/**
 * One way to delete somebody.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Bench;

/** What is done, how, and whom it meets. */
final class Job {

	/** WordPress's own loop does it, post by post. */
	public const BY_CORE = array( 'core-lane', 'core' );

	/**
	 * @param string          $group   What it is compared in: `purge`, `trash`, `reassign`, `curve` or `small`.
	 * @param string          $mode    `purge` (there is no trash), `trash` or `reassign`.
	 * @param string          $way     Who does it: `floor`, `batches` and `pt-archiver` are SQL without WordPress;
	 *                                 `bulk`, `replay` and `core-lane` are the engine; `core` is wp_delete_user().
	 * @param array<int, int> $authors Posts of each who goes, by id.
	 */
	public function __construct(
		public readonly string $group,
		public readonly string $mode,
		public readonly string $way,
		public readonly array $authors
	) {
	}

	public function name(): string {
		return "{$this->group}:{$this->way}";
	}

	public function is_by_core(): bool {
		return in_array( $this->way, self::BY_CORE, true );
	}

	/** Many small users: each takes so little that nobody waits for the server to be quiet in between. */
	public function is_small(): bool {
		return 'small' === $this->group;
	}
}
