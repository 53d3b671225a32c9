<?php
/**
 * What the rules of ParityDeviations ask about a site.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\WordPress;

/** Whose posts they are, what they are called, and what core alone knows. */
interface ParitySite {

	/** Id of the user who is deleted. */
	public function victim(): int;

	/** The name of a post, for people. */
	public function label( int $id ): string;

	/** @return array<int, string> Slugs for the posts that core refuses to trash, by id. */
	public function refused(): array;

	/** @return int[]|null Rows of `term_taxonomy` that core counted; null when nobody noted it. */
	public function counted(): ?array;
}
