//! Children of posts that go, and featured images that go.

use crate::database::Database;
use crate::site::{OTHER, Post, VICTIM, deletion, in_batches};

fn post(database: &Database, id: u64, author: u64, kind: &str, parent: u64) {
    database.post(Post {
        id,
        author,
        kind,
        parent,
        ..Post::default()
    });
}

#[test]
fn children_of_the_same_hierarchical_type_move_up() {
    for batch in [1, 2, 100] {
        let database = Database::site("children");
        post(&database, 10, OTHER, "doc", 0);
        // A chain of three that go, then one that stays.
        post(&database, 11, VICTIM, "doc", 10);
        post(&database, 12, VICTIM, "doc", 11);
        post(&database, 13, VICTIM, "doc", 12);
        post(&database, 14, OTHER, "doc", 13);
        post(&database, 15, OTHER, "attachment", 13);
        // Of another type: keeps the dead parent, as in core.
        post(&database, 16, OTHER, "page", 13);
        post(&database, 17, OTHER, "shop_order", 13);
        let slice = database.delete(&in_batches(batch, deletion()));
        assert_eq!(
            [14, 15, 16, 17].map(|id| database.parent(id)),
            [10, 10, 13, 13]
        );
        // With small batches those that go have moved too, before it was their turn.
        let stayed = slice.changed_posts.range(14..);
        assert!(stayed.eq(&[14, 15]), "{:?}", slice.changed_posts);
    }
}

#[test]
fn a_flat_type_hands_on_attachments_only_and_an_attachment_nothing() {
    let database = Database::site("flat");
    post(&database, 10, VICTIM, "book", 5);
    post(&database, 11, OTHER, "book", 10);
    post(&database, 12, OTHER, "attachment", 10);
    post(&database, 13, VICTIM, "attachment", 5);
    post(&database, 14, OTHER, "attachment", 13);
    database.delete(&deletion());
    assert_eq!([11, 12, 14].map(|id| database.parent(id)), [10, 5, 13]);
}

#[test]
fn trashing_moves_no_child() {
    let database = Database::site("trash_children");
    post(&database, 10, VICTIM, "page", 5);
    post(&database, 11, OTHER, "page", 10);
    post(&database, 12, OTHER, "attachment", 10);
    database.delete(&deletion());
    assert_eq!([11, 12].map(|id| database.parent(id)), [10, 10]);
}

#[test]
fn featured_images_that_go_are_forgotten_where_the_id_is_the_same_string() {
    let database = Database::site("thumbnails");
    post(&database, 4, VICTIM, "attachment", 0);
    post(&database, 5, OTHER, "attachment", 0);
    post(&database, 6, VICTIM, "book", 0);
    for (id, value) in [
        (20, "4"),
        (21, "04"),
        (22, "4x"),
        (23, "4.0"),
        (24, " 4"),
        (25, "5"),
        // Not an attachment: whoever points at it keeps pointing.
        (26, "6"),
        // PAD SPACE: the collation does not see it.
        (27, "4 "),
        (28, "40"),
    ] {
        post(&database, id, OTHER, "post", 0);
        database.meta(id, "_thumbnail_id", value);
        database.meta(id, "other_id", value);
    }
    let slice = database.delete(&deletion());
    assert_eq!(
        database.ids(
            "SELECT post_id FROM wp_postmeta WHERE meta_key = '_thumbnail_id' ORDER BY post_id"
        ),
        [21, 22, 23, 24, 25, 26, 28]
    );
    let others = "SELECT COUNT(*) FROM wp_postmeta WHERE meta_key = 'other_id'";
    assert_eq!(database.number(others), 9);
    assert_eq!(
        slice.changed_posts.into_iter().collect::<Vec<_>>(),
        [20, 27]
    );
}
