//! What a report says is what has happened, row by row and id by id.

use std::collections::{BTreeMap, BTreeSet};

use wpf_delete::report::Slice;

use crate::database::{Contents, Database};
use crate::site::{OTHER, Post, VICTIM, deletion, in_batches, reassignment};

pub fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    for (term, taxonomy) in [
        (1, "category"),
        (2, "post_tag"),
        (3, "genre"),
        (4, "shelf"),
        (5, "link_category"),
        (6, "nav_menu"),
    ] {
        database.term(term, taxonomy, 77);
    }
    for id in 10..60 {
        let kinds = [
            "post",
            "book",
            "page",
            "doc",
            "attachment",
            "revision",
            "shop_order",
        ];
        database.post(Post {
            id,
            author: if id % 4 == 0 { OTHER } else { VICTIM },
            kind: kinds[usize::try_from(id).unwrap() % 7],
            status: ["publish", "draft", "trash", "private", "inherit"]
                [usize::try_from(id).unwrap() % 5],
            name: if id % 3 == 0 { "same" } else { "" },
            parent: id - 7 * (id % 2) - 3,
        });
        database.meta(id, "_thumbnail_id", &(id - 6).to_string());
        database.comment(id, id, id - 1, "1");
        for term in 1..5 {
            database.relate(id, term);
        }
    }
    for id in 60..66 {
        database.menu_item(id, "publish", "post_type", &(id - 47).to_string());
        database.relate(id, 6);
    }
    for id in 1..5 {
        database.link(id, if id == 2 { OTHER } else { VICTIM });
        database.relate(id, 5);
    }
    database
}

/// Rows by their first two columns, which hold every table's key.
type Keyed<'a> = BTreeMap<(&'a str, &'a str), &'a Vec<String>>;

fn keyed<'a>(contents: &'a Contents, table: &str) -> Keyed<'a> {
    contents[&format!("wp_{table}")]
        .iter()
        .map(|row| ((row[0].as_str(), row[1].as_str()), row))
        .collect()
}

fn ids(rows: impl Iterator<Item = u64>) -> BTreeSet<u64> {
    rows.collect()
}

fn number(text: &str) -> u64 {
    text.parse().unwrap()
}

/// Compares a report with the database before and after.
fn assert_true(slice: &Slice, before: &Contents, after: &Contents) {
    let posts_before = keyed(before, "posts");
    let posts_after = keyed(after, "posts");
    let purged = |row: &&Vec<String>| !after["wp_posts"].iter().any(|other| other[0] == row[0]);
    let by_kind = |groups: &BTreeMap<Vec<u8>, Vec<u64>>| -> BTreeMap<String, BTreeSet<u64>> {
        groups
            .iter()
            .map(|(kind, ids)| {
                let set: BTreeSet<u64> = ids.iter().copied().collect();
                assert_eq!(set.len(), ids.len(), "an id is told twice");
                (String::from_utf8(kind.clone()).unwrap(), set)
            })
            .collect()
    };
    let kind_of = |row: &Vec<String>| row[20].clone();
    let mut gone: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for row in posts_before.values().filter(|row| purged(row)) {
        gone.entry(kind_of(row))
            .or_default()
            .insert(number(&row[0]));
    }
    assert_eq!(by_kind(&slice.purged), gone);

    let mut trashed: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let mut reassigned: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let mut changed: BTreeSet<u64> = BTreeSet::new();
    for row in &after["wp_posts"] {
        let old = before["wp_posts"]
            .iter()
            .find(|old| old[0] == row[0])
            .unwrap();
        if old[7] != row[7] {
            trashed
                .entry(kind_of(row))
                .or_default()
                .insert(number(&row[0]));
        } else if old[1] != row[1] {
            reassigned
                .entry(kind_of(row))
                .or_default()
                .insert(number(&row[0]));
        } else if old != row {
            changed.insert(number(&row[0]));
        }
    }
    for (key, row) in keyed(before, "postmeta") {
        let there = keyed(after, "postmeta").contains_key(&key);
        if !there && after["wp_posts"].iter().any(|post| post[0] == row[1]) {
            changed.insert(number(&row[1]));
        }
    }
    assert_eq!(by_kind(&slice.trashed), trashed);
    assert_eq!(by_kind(&slice.reassigned), reassigned);
    let told = slice.changed_posts.iter().copied();
    let still_there = |id: &u64| after["wp_posts"].iter().any(|row| row[0] == id.to_string());
    assert_eq!(ids(told.filter(still_there)), changed);
    assert!(posts_after.len() <= posts_before.len());

    let mut deleted_comments = BTreeSet::new();
    let mut changed_comments = BTreeSet::new();
    for row in &before["wp_comments"] {
        match after["wp_comments"].iter().find(|new| new[0] == row[0]) {
            None => drop(deleted_comments.insert(number(&row[0]))),
            Some(new) if new != row => drop(changed_comments.insert(number(&row[0]))),
            Some(_) => {}
        }
    }
    assert_eq!(
        ids(slice.deleted_comments.iter().copied()),
        deleted_comments
    );
    let told = slice.changed_comments.iter().copied();
    assert_eq!(
        ids(told.filter(|id| !deleted_comments.contains(id))),
        changed_comments
    );

    let links_changed = before["wp_links"]
        .iter()
        .filter(|row| !after["wp_links"].contains(row));
    assert_eq!(
        ids(slice.links.iter().copied()),
        ids(links_changed.map(|row| number(&row[0])))
    );
    for table in [
        "posts",
        "postmeta",
        "comments",
        "commentmeta",
        "term_relationships",
        "links",
        "users",
        "usermeta",
    ] {
        let (before, after) = (keyed(before, table), keyed(after, table));
        // `posts` is keyed by its id and author; a reassigned row is no deleted row.
        let missing = |from: &Keyed<'_>, to: &Keyed<'_>| {
            let firsts: BTreeSet<&str> = to.keys().map(|key| key.0).collect();
            from.keys()
                .filter(|key| match table {
                    "term_relationships" => !to.contains_key(key),
                    _ => !firsts.contains(key.0),
                })
                .count() as u64
        };
        let told = slice.rows.get(table).cloned().unwrap_or_default();
        assert_eq!(
            told.deleted,
            missing(&before, &after),
            "rows deleted from {table}"
        );
        assert_eq!(
            told.inserted,
            missing(&after, &before),
            "rows inserted into {table}"
        );
    }
}

#[test]
fn of_a_deletion() {
    for batch in [1, 4, 100] {
        let database = seeded("report");
        let before = database.contents();
        let slice = database.delete(&in_batches(batch, deletion()));
        assert_true(&slice, &before, &database.contents());
        assert!(
            slice.purged.len() >= 5 && slice.trashed.len() == 2,
            "{slice:?}"
        );
        let counted: Vec<&str> = slice.counted_terms.keys().map(String::as_str).collect();
        assert_eq!(
            counted,
            ["category", "genre", "link_category", "nav_menu", "post_tag"]
        );
        assert_eq!(slice.terms_to_count["shelf"].first(), Some(&4));
    }
}

#[test]
fn of_a_reassignment() {
    let database = seeded("report_r");
    let before = database.contents();
    let slice = database.delete(&in_batches(4, reassignment()));
    assert_true(&slice, &before, &database.contents());
    assert!(slice.reassigned.len() == 7);
}

#[test]
fn of_a_user_with_nothing() {
    let database = Database::site("nothing");
    let before = database.contents();
    let slice = database.delete(&deletion());
    assert_eq!(database.contents(), before);
    assert_true(&slice, &before, &before);
    assert!(
        slice
            .rows
            .values()
            .all(|rows| (rows.inserted, rows.updated, rows.deleted) == (0, 0, 0))
    );
}
