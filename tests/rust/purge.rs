//! Posts that go for good, with everything that hangs from them and nothing that does not.

use wpf_delete::deletion;
use wpf_delete::report::Stopped;
use wpf_delete::request::{Action, DeletionRequest, Part};

use crate::database::Database;
use crate::site::{OTHER, Post, VICTIM, by_type, deletion, finish, in_batches};

fn post(id: u64, kind: &'static str, parent: u64) -> Post<'static> {
    Post {
        id,
        kind,
        parent,
        ..Post::default()
    }
}

/// The same request without a trash.
fn erasing() -> DeletionRequest {
    let mut request = deletion();
    for post_type in &mut request.post_types {
        if post_type.action == Action::Trash {
            post_type.action = Action::Purge;
        }
    }
    request
}

#[test]
fn only_the_users_posts_of_types_that_go() {
    let database = Database::site("owner");
    for (id, author, kind) in [
        (10, VICTIM, "book"),
        (11, OTHER, "book"),
        (12, VICTIM, "shop_order"),
        (13, VICTIM, "unregistered"),
        (14, 0, "book"),
        (15, VICTIM, "nav_menu_item"),
        (16, VICTIM, "BOOK"),
    ] {
        database.post(Post {
            author,
            ..post(id, kind, 0)
        });
        database.meta(id, "k", "v");
        database.comment(id, id, 0, "1");
    }
    let slice = database.delete(&deletion());
    // As in core's query, types are compared by the collation.
    assert_eq!(database.posts(), [11, 12, 13, 14, 15]);
    assert_eq!(
        database.ids("SELECT post_id FROM wp_postmeta ORDER BY 1"),
        [11, 12, 13, 14, 15]
    );
    assert_eq!(
        database.ids("SELECT comment_ID FROM wp_comments"),
        [11, 12, 13, 14, 15]
    );
    assert_eq!(
        database.ids("SELECT comment_id FROM wp_commentmeta"),
        [11, 12, 13, 14, 15]
    );
    assert_eq!(
        by_type(&slice.purged),
        [("BOOK".into(), vec![16]), ("book".into(), vec![10])]
    );
}

#[test]
fn posts_in_the_trash_when_it_begins_go_for_good() {
    let database = Database::site("old_trash");
    for (id, kind, status) in [
        (10, "post", "trash"),
        (11, "page", "trash"),
        (12, "post", "publish"),
        // PHP compares this status, and core would call it another one.
        (13, "post", "Trash"),
    ] {
        database.post(Post {
            status,
            ..post(id, kind, 0)
        });
    }
    let slice = database.delete(&deletion());
    assert_eq!(database.posts(), [12, 13]);
    assert_eq!(
        by_type(&slice.purged),
        [("page".into(), vec![11]), ("post".into(), vec![10])]
    );
    assert_eq!(by_type(&slice.trashed), [("post".into(), vec![12, 13])]);
}

#[test]
fn revisions_go_with_their_post_whoever_wrote_them() {
    let database = Database::site("revisions");
    database.post(post(10, "book", 0));
    for (id, parent) in [(20, 10), (21, 20), (22, 21)] {
        database.post(Post {
            author: OTHER,
            ..post(id, "revision", parent)
        });
        database.meta(id, "k", "v");
        database.comment(id, id, 0, "1");
    }
    // Those of attachments stay, as in core, and so do those of posts that stay.
    database.post(post(11, "attachment", 0));
    database.post(Post {
        author: OTHER,
        ..post(12, "post", 0)
    });
    for (id, author, parent) in [(23, OTHER, 11), (24, OTHER, 12), (25, VICTIM, 12)] {
        database.post(Post {
            author,
            ..post(id, "revision", parent)
        });
    }
    for meta in ["_wp_trash_meta_status", "_wp_trash_meta_time"] {
        database.meta(12, meta, "kept");
    }
    let slice = database.delete(&deletion());
    assert_eq!(database.posts(), [12, 23, 24]);
    let purged = by_type(&slice.purged);
    assert_eq!(
        purged,
        [
            ("attachment".into(), vec![11]),
            ("book".into(), vec![10]),
            ("revision".into(), vec![20, 21, 22, 25])
        ]
    );
    // A revision's end takes nothing from the post it belonged to.
    assert_eq!(database.ids("SELECT post_id FROM wp_postmeta"), [12, 12]);
    assert_eq!(database.number("SELECT COUNT(*) FROM wp_comments"), 0);
    assert_eq!(database.number("SELECT COUNT(*) FROM wp_commentmeta"), 0);
}

#[test]
fn revisions_go_with_their_post_near_and_far() {
    for step in [1, 2, 7, 8, 9, 1000] {
        let database = Database::site("near_and_far");
        for place in 0..20 {
            let id = 1000 + place * step;
            database.post(post(id, "book", 0));
            let revision = 100_000 + place;
            let author = if place % 2 == 0 { VICTIM } else { OTHER };
            for (id, kind, parent) in [
                (revision, "revision", id),
                (revision + 100, "revision", revision),
                (revision + 200, "attachment", revision),
            ] {
                database.post(Post {
                    author,
                    ..post(id, kind, parent)
                });
            }
        }
        let mut request = deletion();
        request.post_types.retain(|known| known.name == b"book");
        request.post_types[0].action = Action::Purge;
        database.delete(&in_batches(7, request));
        // What is attached to a revision moves up with each post that goes.
        let left: Vec<u64> = (100_200..100_220).collect();
        assert_eq!(database.posts(), left, "every {step}");
        let moved = "SELECT ID FROM wp_posts WHERE post_parent = 0 ORDER BY ID";
        assert_eq!(database.ids(moved), left, "every {step}");
    }
}

#[test]
fn a_revision_that_is_named_but_somebody_elses_goes_with_its_post() {
    let database = Database::site("named_revision");
    database.post(post(10, "book", 0));
    database.post(Post {
        author: OTHER,
        ..post(11, "revision", 10)
    });
    let request = DeletionRequest {
        part: Part::Purge(vec![10, 11]),
        ..deletion()
    };
    deletion::run(&mut database.server(), &request).unwrap();
    assert_eq!(database.posts(), [0; 0]);
}

#[test]
fn revisions_that_point_at_each_other_end() {
    let database = Database::site("loop");
    database.post(post(10, "book", 10));
    for (id, parent) in [(20, 10), (21, 22), (22, 21), (23, 23)] {
        database.post(post(id, "revision", parent));
    }
    for batch in [1, 100] {
        database.delete(&in_batches(batch, deletion()));
    }
    assert_eq!(database.posts(), [0; 0]);
}

#[test]
fn the_order_of_the_report_is_cores_revisions_before_their_post() {
    let database = Database::site("order");
    for id in [12, 11, 10] {
        database.post(post(id, "doc", 0));
        database.post(Post {
            author: OTHER,
            ..post(id + 20, "revision", id)
        });
    }
    let slice = database.delete(&deletion());
    assert_eq!(slice.purged[&b"doc"[..]], [10, 11, 12]);
    assert_eq!(slice.purged[&b"revision"[..]], [30, 31, 32]);
}

#[test]
fn published_posts_are_told() {
    let database = Database::site("published");
    for (id, kind, status) in [
        (10, "book", "publish"),
        (11, "doc", "draft"),
        (12, "post", "publish"),
        (13, "page", "private"),
        (14, "post", "publish"),
    ] {
        database.post(Post {
            status,
            ..post(id, kind, 0)
        });
    }
    let unpublished = database.delete(&deletion()).unpublished;
    assert_eq!(unpublished.purged, [(b"book".to_vec(), 1)].into());
    assert_eq!(unpublished.trashed, [(b"post".to_vec(), 2)].into());
}

#[test]
fn without_a_trash_nothing_is_trashed() {
    let database = Database::site("erase");
    for (id, kind) in [(10, "post"), (11, "page"), (12, "book")] {
        database.post(post(id, kind, 0));
    }
    let reports = crate::site::slices(&mut database.server(), &erasing());
    assert_eq!(database.posts(), [0; 0]);
    assert!(
        reports
            .iter()
            .all(|report| report.stopped != Stopped::Phase)
    );
}

#[test]
fn attachments_may_have_a_trash_too() {
    let database = Database::site("media_trash");
    let mut request = deletion();
    request.post_types[2].action = Action::Trash;
    database.post(Post {
        status: "inherit",
        name: "image",
        ..post(10, "attachment", 0)
    });
    database.meta(11, "_thumbnail_id", "10");
    let slice = database.delete(&request);
    assert_eq!(database.state(10).unwrap(), "trash image__trashed");
    assert_eq!(
        database.number("SELECT COUNT(*) FROM wp_postmeta WHERE post_id = 11"),
        1
    );
    assert_eq!(by_type(&slice.trashed), [("attachment".into(), vec![10])]);
}

#[test]
fn a_named_list_takes_exactly_these_and_only_while_they_are_the_users() {
    let database = Database::site("named");
    for (id, author, kind) in [
        (10, VICTIM, "attachment"),
        (11, VICTIM, "attachment"),
        (12, OTHER, "attachment"),
        (13, VICTIM, "book"),
    ] {
        database.post(Post {
            author,
            ..post(id, kind, 0)
        });
        database.meta(id, "_wp_attached_file", "f");
        database.term(id, "media_tag", 1);
        database.relate(id, id);
    }
    let request = DeletionRequest {
        part: Part::Purge(vec![11, 12, 10, 999, 11]),
        resume: b"wpfd1|purge|5|0|1|13".to_vec(),
        ..in_batches(2, deletion())
    };
    let report = deletion::run(&mut database.server(), &request).unwrap();
    assert_eq!(database.posts(), [12, 13]);
    assert_eq!(database.ids("SELECT post_id FROM wp_postmeta"), [12, 13]);
    assert_eq!(
        by_type(&report.slice.purged),
        [("attachment".into(), vec![10, 11])]
    );
    // The content goes on where it was, and the terms of these are counted with the others.
    assert_eq!(report.resume, "wpfd1|purge|5|0|1|10,11,13");
    assert_eq!([10, 11, 12].map(|term| database.count_of(term)), [1, 1, 1]);
    let content = DeletionRequest {
        part: Part::Content,
        resume: report.resume.into_bytes(),
        ..request
    };
    finish(&mut database.server(), &content);
    assert_eq!([10, 11, 12].map(|term| database.count_of(term)), [0, 0, 1]);
}

#[test]
fn the_size_of_batches_makes_no_difference() {
    let mut seen = Vec::new();
    for batch in [1, 2, 3, 7, 900] {
        let database = Database::site(&format!("batches_{batch}"));
        for id in 10..40 {
            let kind = ["book", "doc", "attachment", "revision", "doc"][id % 5];
            database.post(Post {
                author: if id % 7 == 0 { OTHER } else { VICTIM },
                ..post(id as u64, kind, id as u64 - 3)
            });
            database.meta(id as u64, "_thumbnail_id", &(id + 5).to_string());
            database.comment(id as u64, id as u64, id as u64 - 1, "1");
        }
        database.delete(&in_batches(batch, deletion()));
        seen.push((batch, database.contents()));
    }
    for (batch, contents) in &seen {
        assert_eq!(contents, &seen[0].1, "batches of {batch}");
    }
}
