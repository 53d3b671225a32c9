//! Relationships and counts.

use std::collections::BTreeMap;

use wpf_delete::request::{Counting, DeletionRequest, Taxonomy};

use crate::database::Database;
use crate::site::{MANY, OTHER, Post, VICTIM, deletion, on_two_connections};

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    for (id, author, kind, status, parent) in [
        (10, VICTIM, "book", "publish", 0),
        (11, VICTIM, "post", "publish", 0),
        (12, VICTIM, "post", "draft", 0),
        (13, OTHER, "post", "publish", 0),
        (14, OTHER, "book", "publish", 0),
        (15, OTHER, "post", "draft", 0),
        (16, OTHER, "attachment", "inherit", 13),
        (17, OTHER, "attachment", "inherit", 15),
        (18, OTHER, "attachment", "inherit", 0),
        (19, VICTIM, "attachment", "inherit", 13),
    ] {
        database.post(Post {
            id,
            author,
            kind,
            status,
            parent,
            ..Post::default()
        });
    }
    database
}

#[test]
fn relationships_of_another_taxonomy_with_the_same_number_stay() {
    let database = seeded("same_number");
    database.term(1, "genre", 9);
    database.term(2, "link_category", 9);
    database.term(3, "not_registered", 9);
    database.term(4, "post_tag", 9);
    // Registered, but not for books: some link, some user or some other post of that number.
    for term in [1, 2, 3, 4, 999] {
        database.relate(10, term);
    }
    let slice = database.delete(&deletion());
    assert_eq!(
        database.ids("SELECT term_taxonomy_id FROM wp_term_relationships ORDER BY 1"),
        [2, 3, 4, 999]
    );
    assert_eq!(
        [1, 2, 3, 4].map(|term| database.count_of(term)),
        [0, 9, 9, 9]
    );
    assert_eq!(slice.rows["term_relationships"].deleted, 1);
}

#[test]
fn a_relationship_whose_term_is_gone_stays_as_in_core() {
    let database = seeded("dangling");
    database.term(1, "genre", 9);
    database.term(2, "genre", 9);
    database.run("DELETE FROM wp_terms WHERE term_id = 1002");
    database.relate(10, 1);
    database.relate(10, 2);
    database.delete(&deletion());
    assert_eq!(
        database.ids("SELECT term_taxonomy_id FROM wp_term_relationships"),
        [2]
    );
    assert_eq!([1, 2].map(|term| database.count_of(term)), [0, 9]);
}

#[test]
fn each_taxonomy_is_counted_in_its_own_way() {
    for count in [99, MANY] {
        assert_counted_in_its_own_way(&deletion(), count);
        assert_counted_in_its_own_way(&on_two_connections(deletion()), count);
    }
}

/// With terms that were counted to have so much before.
fn assert_counted_in_its_own_way(request: &DeletionRequest, count: u64) {
    let database = seeded("counts");
    // No number is too large.
    let far = u64::from(u32::MAX) + 64;
    database.post(Post {
        id: far,
        author: OTHER,
        kind: "post",
        ..Post::default()
    });
    for (term, taxonomy) in [
        (1, "category"),
        (2, "genre"),
        (3, "shelf"),
        (4, "media_tag"),
    ] {
        database.term(term, taxonomy, count);
        for object in [10, 13, 14, 15, 16, 17, 18, 19, 500, far] {
            database.relate(object, term);
        }
    }
    let slice = database.delete(request);
    // category: published posts and books, and attachments below a published post.
    assert_eq!(database.objects_of(1), [13, 14, 15, 16, 17, 18, 500, far]);
    assert_eq!(database.count_of(1), 4);
    // genre is not taken from the attachment, which is not registered for it: every object counts.
    let all_but_books = [13, 14, 15, 16, 17, 18, 19, 500, far];
    assert_eq!(database.objects_of(2), all_but_books);
    assert_eq!(database.count_of(2), 9);
    // shelf has a callback of its own, which is PHP's.
    assert_eq!(database.objects_of(3), all_but_books);
    assert_eq!(database.count_of(3), count);
    let all_but_attachments = [10, 13, 14, 15, 16, 17, 18, 500, far];
    assert_eq!(database.objects_of(4), all_but_attachments);
    assert_eq!(database.count_of(4), 1);
    assert_eq!(
        slice.terms_to_count,
        BTreeMap::from([("shelf".into(), vec![3])])
    );
    assert_eq!(
        slice.counted_terms,
        BTreeMap::from([
            ("category".into(), vec![1001]),
            ("genre".into(), vec![1002]),
            ("media_tag".into(), vec![1004]),
        ])
    );
}

#[test]
fn trashing_keeps_relationships_and_recounts_what_counted() {
    let database = seeded("trash_counts");
    database.term(1, "category", 9);
    database.term(2, "category", 9);
    database.relate(11, 1);
    database.relate(13, 1);
    // Only a draft: it never counted, and a drifted count stays, as since WordPress 7.0.
    database.relate(12, 2);
    database.delete(&deletion());
    assert_eq!(database.objects_of(1), [11, 13]);
    assert_eq!([1, 2].map(|term| database.count_of(term)), [1, 9]);
}

#[test]
fn before_wordpress_7_every_transition_recounts() {
    let database = seeded("older");
    database.term(2, "category", 9);
    database.relate(12, 2);
    let mut request = deletion();
    for taxonomy in request.taxonomies.values_mut() {
        taxonomy.recount_when_trashed_from = None;
    }
    database.delete(&request);
    assert_eq!(database.count_of(2), 0);
}

#[test]
fn a_taxonomy_that_counts_no_status_counts_nothing() {
    let database = seeded("no_status");
    database.term(1, "genre", 9);
    database.relate(10, 1);
    database.relate(14, 1);
    let mut request: DeletionRequest = deletion();
    let nothing = Counting::Posts {
        types: vec![b"book".to_vec()],
        attachments: true,
        statuses: Vec::new(),
    };
    request.taxonomies.insert(
        "genre".into(),
        Taxonomy {
            counting: nothing,
            recount_when_trashed_from: None,
        },
    );
    database.delete(&request);
    assert_eq!(database.count_of(1), 0);
}
