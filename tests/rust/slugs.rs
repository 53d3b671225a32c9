//! Names in the trash, and what core does when they collide.

use crate::database::Database;
use crate::site::{OTHER, Post, VICTIM, deletion, in_batches};
use wpf_delete::db::value::Param;

/// Trashes posts `(id, author, type, name, parent)` in batches of one, of two and all at once.
/// Each ends under the same name; those of the victim are given back.
fn names_after(posts: &[(u64, u64, &str, &str, u64)]) -> Vec<String> {
    let mut seen: Vec<Vec<String>> = Vec::new();
    for batch in [1, 2, 900] {
        let database = Database::site("names");
        for &(id, author, kind, name, parent) in posts {
            database.post(Post {
                id,
                author,
                kind,
                name,
                parent,
                ..Post::default()
            });
        }
        let others = "SELECT ID, post_name FROM wp_posts WHERE post_author = 8 ORDER BY ID";
        let before = database.rows(others);
        database.delete(&in_batches(batch, deletion()));
        assert_eq!(database.rows(others), before);
        let victims = "SELECT post_name FROM wp_posts WHERE post_author = 7 ORDER BY ID";
        seen.push(database.column(victims));
    }
    assert_eq!(seen[0], seen[2], "one by one and all at once");
    assert_eq!(seen[1], seen[2], "two by two and all at once");
    seen.remove(0)
}

#[test]
fn a_taken_name_is_numbered_and_gaps_are_filled() {
    let names = names_after(&[
        (1, OTHER, "post", "foo__trashed", 0),
        (2, OTHER, "post", "foo__trashed-2", 0),
        (3, OTHER, "post", "foo__trashed-4", 0),
        (4, OTHER, "post", "foo__trashed-6x", 0),
        (5, OTHER, "post", "foo__trashed-07", 0),
        (11, VICTIM, "post", "foo", 0),
        (12, VICTIM, "post", "foo", 0),
        (13, VICTIM, "post", "foo", 0),
        (14, VICTIM, "post", "foo", 0),
        (15, VICTIM, "post", "bar", 0),
    ]);
    assert_eq!(
        names,
        [
            "foo__trashed-3",
            "foo__trashed-5",
            "foo__trashed-6",
            "foo__trashed-7",
            "bar__trashed"
        ]
    );
}

#[test]
fn names_that_are_equal_under_the_collation_collide() {
    let names = names_after(&[
        (1, OTHER, "post", "taken__TRASHED", 0),
        (11, VICTIM, "post", "foo", 0),
        (12, VICTIM, "post", "FOO", 0),
        (13, VICTIM, "post", "fóo", 0),
        (14, VICTIM, "post", "Taken", 0),
        (15, VICTIM, "post", "straße", 0),
        (16, VICTIM, "post", "strasse", 0),
    ]);
    assert_eq!(
        names,
        [
            "foo__trashed",
            "FOO__trashed-2",
            "fóo__trashed-3",
            "Taken__trashed-2",
            "straße__trashed",
            "strasse__trashed-2"
        ]
    );
}

#[test]
fn a_name_with_the_suffix_is_kept_but_must_still_be_unique() {
    let names = names_after(&[
        (11, VICTIM, "post", "one__trashed", 0),
        (12, VICTIM, "post", "two__trashed", 0),
        (13, VICTIM, "post", "two__trashed", 0),
        (14, VICTIM, "post", "three__trashed-2", 0),
        (15, VICTIM, "post", "four__TRASHED", 0),
    ]);
    assert_eq!(
        names,
        [
            "one__trashed",
            // The first one asked finds the other.
            "two__trashed-2",
            "two__trashed",
            "three__trashed-2__trashed",
            "four__TRASHED__trashed"
        ]
    );
}

#[test]
fn nameless_drafts_are_numbered() {
    let names = names_after(&[
        (1, OTHER, "post", "__trashed-3", 0),
        (11, VICTIM, "post", "", 0),
        (12, VICTIM, "post", "", 0),
        (13, VICTIM, "post", "", 0),
        (14, VICTIM, "page", "", 0),
        (15, VICTIM, "page", "", 14),
        (16, VICTIM, "page", "", 14),
    ]);
    assert_eq!(
        names,
        [
            "__trashed",
            "__trashed-2",
            "__trashed-4",
            "__trashed",
            "__trashed",
            "__trashed-2"
        ]
    );
}

#[test]
fn types_and_parents_have_names_of_their_own() {
    let names = names_after(&[
        (1, OTHER, "page", "about__trashed", 5),
        (2, OTHER, "attachment", "photo__trashed", 5),
        (3, OTHER, "shop_order", "about__trashed", 0),
        (11, VICTIM, "post", "about", 0),
        (12, VICTIM, "page", "about", 0),
        (13, VICTIM, "page", "about", 5),
        // A page shares with the attachments of its parent, a post does not.
        (14, VICTIM, "page", "photo", 5),
        (15, VICTIM, "page", "photo", 0),
        (16, VICTIM, "post", "photo", 5),
    ]);
    assert_eq!(
        names,
        [
            "about__trashed",
            "about__trashed",
            "about__trashed-2",
            "photo__trashed-2",
            "photo__trashed",
            "photo__trashed"
        ]
    );
}

#[test]
fn wildcards_in_a_name_are_letters() {
    let names = names_after(&[
        (1, OTHER, "post", "axb__trashed", 0),
        (2, OTHER, "post", "axb__trashed-2", 0),
        (3, OTHER, "post", "a_b__trashed", 0),
        (4, OTHER, "post", "50%25__trashed", 0),
        (5, OTHER, "post", "50%25xx__trashed-2", 0),
        (6, OTHER, "post", "a|b__trashed", 0),
        (7, OTHER, "post", "a|b__trashed-2", 0),
        (11, VICTIM, "post", "a_b", 0),
        (12, VICTIM, "post", "50%25", 0),
        (13, VICTIM, "post", "a|b", 0),
    ]);
    assert_eq!(
        names,
        ["a_b__trashed-2", "50%25__trashed-2", "a|b__trashed-3"]
    );
}

#[test]
fn long_names_are_cut_to_make_room() {
    let longest = "a".repeat(200);
    let with_hyphen = format!("{}-{}", "b".repeat(190), "c".repeat(9));
    let names = names_after(&[
        (11, VICTIM, "post", &longest, 0),
        (12, VICTIM, "post", &longest, 0),
        (13, VICTIM, "post", &with_hyphen, 0),
        (14, VICTIM, "post", "trailing--", 0),
        (15, VICTIM, "post", &"d".repeat(191), 0),
    ]);
    assert_eq!(
        names,
        [
            format!("{}__trashed", "a".repeat(191)),
            format!("{}__trash-2", "a".repeat(191)),
            format!("{}__trashed", "b".repeat(190)),
            "trailing__trashed".into(),
            format!("{}__trashed", "d".repeat(191)),
        ]
    );
}

#[test]
fn encoded_names_are_cut_between_letters() {
    let letter = "%d0%b6";
    let names = names_after(&[
        (11, VICTIM, "post", &letter.repeat(33), 0),
        (12, VICTIM, "post", &letter.repeat(33), 0),
        (13, VICTIM, "post", &letter.repeat(3), 0),
    ]);
    assert_eq!(
        names,
        [
            format!("{}__trashed", letter.repeat(31)),
            // The room for the number comes out of the letters: core decodes and cuts again.
            format!("{}__trashed-2", letter.repeat(31)),
            format!("{}__trashed", letter.repeat(3)),
        ]
    );
}

/// What core does, post by post: the suffix, then numbers until one is free. Names short enough not
/// to be cut.
fn trash_as_core(database: &Database) {
    let victims = database.rows(
        "SELECT ID, post_type, post_name, post_parent FROM wp_posts WHERE post_author = 7 \
         AND post_status <> 'trash' ORDER BY ID",
    );
    for row in victims {
        let [id, kind, name, parent] = [0, 1, 2, 3].map(|column| row[column].as_str());
        let base = if name.ends_with("__trashed") {
            name.to_owned()
        } else {
            format!("{}__trashed", name.trim_end_matches('-'))
        };
        let mut number = 1;
        let free = loop {
            let wanted = match number {
                1 => base.clone(),
                _ => format!("{base}-{number}"),
            };
            let rivals = match kind {
                "page" => format!("post_type IN ('page', 'attachment') AND post_parent = {parent}"),
                _ => format!("post_type = '{kind}'"),
            };
            let taken = database.number(&format!(
                "SELECT COUNT(*) FROM wp_posts WHERE post_name = '{wanted}' AND ID <> {id} AND {rivals}"
            ));
            if taken == 0 {
                break wanted;
            }
            number += 1;
        };
        let update =
            format!("UPDATE wp_posts SET post_name = ?, post_status = 'trash' WHERE ID = {id}");
        database.run_with(&update, &[Param::Bytes(free.as_bytes())]);
    }
}

#[test]
fn whatever_the_names_the_numbers_are_cores() {
    let parts = [
        "a",
        "A",
        "á",
        "",
        "a-",
        "a--",
        "a__trashed",
        "A__Trashed",
        "b",
        "__trashed",
    ];
    let endings = [
        "",
        "",
        "",
        "-2",
        "-3",
        "-02",
        "__trashed",
        "__trashed-2",
        "__trashed-4",
    ];
    for seed in 1..=6_u64 {
        let mut random = Random(seed);
        let posts: Vec<(u64, u64, &str, String, u64)> = (1..=150)
            .map(|id| {
                (
                    id,
                    *random.one_of(&[VICTIM, VICTIM, OTHER]),
                    *random.one_of(&["post", "post", "page", "attachment"]),
                    format!("{}{}", random.one_of(&parts), random.one_of(&endings)),
                    *random.one_of(&[0, 0, 200]),
                )
            })
            // Attachments of the victim are not trashed, they would only disappear.
            .filter(|post| post.1 == OTHER || post.2 != "attachment")
            .collect();
        let seeded = |test: &str| {
            let database = Database::site(test);
            for (id, author, kind, name, parent) in &posts {
                database.post(Post {
                    id: *id,
                    author: *author,
                    kind,
                    name,
                    parent: *parent,
                    ..Post::default()
                });
            }
            database
        };
        let core = seeded("core");
        trash_as_core(&core);
        let names = "SELECT ID, post_type, post_parent, post_name FROM wp_posts ORDER BY ID";
        let expected = core.rows(names);
        for batch in [900, 7] {
            let native = seeded("native");
            native.delete(&in_batches(batch, deletion()));
            let found = native.rows(names);
            let different: Vec<_> = expected
                .iter()
                .zip(&found)
                .filter(|(a, b)| a != b)
                .collect();
            assert!(
                different.is_empty(),
                "seed {seed}, batches of {batch}: {different:?}"
            );
        }
    }
}

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let choice = usize::try_from(self.0 >> 33).unwrap() % choices.len();
        &choices[choice]
    }
}
