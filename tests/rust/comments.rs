//! Comments and their replies.

use crate::database::Database;
use crate::site::{OTHER, Post, VICTIM, deletion, in_batches};

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    for (id, author, kind) in [
        (10, VICTIM, "book"),
        (11, VICTIM, "book"),
        (12, OTHER, "post"),
    ] {
        database.post(Post {
            id,
            author,
            kind,
            ..Post::default()
        });
    }
    database
}

#[test]
fn replies_on_other_posts_move_to_the_nearest_ancestor_that_stays() {
    for batch in [1, 100] {
        let database = seeded("replies");
        // 1 stays <- 2 goes <- 3 goes <- 4 stays; 5 goes from the top <- 6 stays; 7 hangs on nothing.
        for (id, post, parent) in [
            (1, 12, 0),
            (2, 10, 1),
            (3, 11, 2),
            (4, 12, 3),
            (5, 10, 0),
            (6, 12, 5),
            (7, 12, 999),
        ] {
            database.comment(id, post, parent, "1");
        }
        let slice = database.delete(&in_batches(batch, deletion()));
        assert_eq!(
            database.rows("SELECT comment_ID, comment_parent FROM wp_comments ORDER BY 1"),
            [["1", "0"], ["4", "1"], ["6", "0"], ["7", "999"]]
        );
        assert_eq!(
            database.ids("SELECT comment_id FROM wp_commentmeta"),
            [1, 4, 6, 7]
        );
        let mut deleted = slice.deleted_comments;
        deleted.sort_unstable();
        assert_eq!(deleted, [2, 3, 5]);
        let mut changed = slice.changed_comments;
        changed.retain(|comment| !deleted.contains(comment));
        changed.sort_unstable();
        changed.dedup();
        assert_eq!(changed, [4, 6]);
    }
}

#[test]
fn comments_that_reply_to_themselves_end() {
    let database = seeded("circle");
    for (id, post, parent) in [(1, 10, 2), (2, 10, 1), (3, 10, 3), (4, 12, 1)] {
        database.comment(id, post, parent, "1");
    }
    database.delete(&deletion());
    assert_eq!(database.ids("SELECT comment_ID FROM wp_comments"), [4]);
}

#[test]
fn comments_of_the_user_on_other_posts_stay() {
    let database = seeded("own");
    database.comment(1, 12, 0, "1");
    database.run("UPDATE wp_comments SET user_id = 7");
    database.delete(&deletion());
    assert_eq!(database.ids("SELECT user_id FROM wp_comments"), [7]);
}

#[test]
fn every_kind_of_comment_goes() {
    let database = seeded("kinds");
    for (id, approved) in [
        (1, "1"),
        (2, "0"),
        (3, "spam"),
        (4, "trash"),
        (5, "post-trashed"),
    ] {
        database.comment(id, 10, 0, approved);
    }
    database.run("UPDATE wp_comments SET comment_type = 'note' WHERE comment_ID = 2");
    let slice = database.delete(&deletion());
    assert_eq!(database.number("SELECT COUNT(*) FROM wp_comments"), 0);
    assert_eq!(slice.rows["comments"].deleted, 5);
    assert_eq!(slice.rows["commentmeta"].deleted, 5);
}
