<?php
/**
 * A plan in the making.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Random;

/** What the makers of a plan's parts share: the dice, what is there already, ids, dates and words. */
final class Blueprint {

	/** Ids that no object has. */
	public const DANGLING = 900000;

	public const NOBODY = 777;

	private const WORDS = array( "It's", '"quoted"', 'back\\slash', '\\\\', 'žluť', 'кит', '東京', '🐘', 'ﬁ', 'İstanbul', 'naïve', '100%', 'a_b', '{x}', 'null', '%s', '%d0%b6', '\\\'', '$1', 'ß' );

	/** What core rewrites when it saves a post again. */
	public const RISKY = array( '<script>x</script>', 'a & b', '<svg/>', '&#150;', '<a href="https://example.org" target="_blank">x</a>', '<b>bold', '&amp;', '<!-- wp:paragraph {"a":"<b>"} -->', '>' );

	/** @var array<string, int[]> Ids of `term_taxonomy` by taxonomy, for makers to pick from. */
	public array $terms = array();

	/** @var int[] Post ids that were not given away. */
	private array $free_ids;

	/** How many objects have been dated. */
	private int $clock = 0;

	/** @param array $plan Settings, and `objects`: none yet. */
	public function __construct( public readonly Dice $dice, public array $plan ) {
		$this->free_ids = $dice->shuffled( range( 100, 299 ) );
	}

	/** Whether it may have what makes the engine deviate. */
	public function is_wild(): bool {
		return 'wild' === $this->plan['profile'];
	}

	public function add( string $kind, array $object ): void {
		$this->plan['objects'][] = array( 'kind' => $kind ) + $object;
	}

	/** A post's id; null when all are given away. */
	public function next_id(): ?int {
		return array_pop( $this->free_ids );
	}

	/** @return array<int, array> The posts so far, by their place in the list. */
	public function posts( ?string $type = null ): array {
		return array_filter( $this->plan['objects'], static fn( $object ) => 'post' === $object['kind'] && ( null === $type || $type === $object['type'] ) );
	}

	/** Ids of the posts so far. Nothing hangs from a revision that core might drop for a new one, nor is in it: D1 would be about it, too. */
	public function post_ids( ?string $type = null ): array {
		return array_column( $this->without_revisions( $this->posts( $type ) ), 'id' );
	}

	/** Ids of the posts so far of which this becomes, see Fate. */
	public function ids_with_fate( string $fate, string ...$types ): array {
		$posts = array_filter( $this->posts(), fn( $post ) => Fate::of( $post, $this->plan['mode'] ) === $fate && ( ! $types || in_array( $post['type'], $types, true ) ) );
		return array_column( $this->without_revisions( $posts ), 'id' );
	}

	private function without_revisions( array $posts ): array {
		return $this->plan['revisions'] > 0 ? array_filter( $posts, static fn( $post ) => 'revision' !== $post['type'] ) : $posts;
	}

	/** Adds a post that there is nothing special about but what the fields say: the victim's, and published. */
	public function add_post( array $fields ): int {
		$id   = $this->next_id();
		$type = $fields['type'] ?? 'post';
		$date = $this->date();
		$this->add(
			'post',
			$fields + array(
				'id'      => $id,
				'type'    => $type,
				'author'  => Generator::VICTIM,
				'status'  => 'attachment' === $type ? 'inherit' : 'publish',
				'name'    => "plain-$id",
				'title'   => $this->text( 1 ),
				'content' => $this->text( 2 ),
				'excerpt' => '',
				'date'    => $date,
				'gmt'     => $date,
				'parent'  => 0,
				'guid'    => "http://example.test/?p=$id",
				'terms'   => 'post' === $type ? array( Terms::DEFAULT_CATEGORY ) : array(),
				'metas'   => array(),
			)
		);
		return $id;
	}

	public function text( int $words ): string {
		$list = array();
		for ( $i = 0; $i < $words; $i++ ) {
			$risky  = $this->dice->chance( 8 ) && $this->is_wild();
			$list[] = $this->dice->pick( $risky ? self::RISKY : self::WORDS );
		}
		return implode( ' ', $list );
	}

	public function author(): int {
		return $this->dice->weighted( array( Generator::VICTIM => 64, Generator::COLLEAGUE => 24, 1 => 6, 0 => 3, self::NOBODY => 3 ) );
	}

	public function date(): string {
		return gmdate( 'Y-m-d H:i:s', gmmktime( 8, 0, 0, 1, 1, 2025 ) + 3600 * ++$this->clock );
	}

	/** A post that was made before, or none, or one that is no more. */
	public function reference( array $ids, int $none = 30 ): int {
		if ( ! $ids || $this->dice->chance( $none ) ) {
			return 0;
		}
		return $this->dice->chance( 8 ) ? self::DANGLING + $this->dice->number( 1, 9 ) : $this->dice->pick( $ids );
	}
}
