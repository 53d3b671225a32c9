//! Menu items go with the post they point at.

use crate::database::Database;
use crate::site::{OTHER, Post, VICTIM, by_type, deletion, in_batches};

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    for (id, author, kind) in [
        (10, VICTIM, "book"),
        (11, VICTIM, "post"),
        (12, OTHER, "book"),
    ] {
        database.post(Post {
            id,
            author,
            kind,
            ..Post::default()
        });
    }
    database.term(1, "nav_menu", 9);
    database
}

#[test]
fn items_that_point_at_a_post_that_goes() {
    let database = seeded("items");
    for (id, status, kind, object) in [
        (20, "publish", "post_type", "10"),
        (21, "draft", "post_type", "10"),
        // Core's search does not find these.
        (22, "trash", "post_type", "10"),
        (23, "auto-draft", "post_type", "10"),
        // A term or a link of the same number.
        (24, "publish", "taxonomy", "10"),
        (25, "publish", "custom", "10"),
        // Posts that stay, trashed or somebody else's.
        (26, "publish", "post_type", "11"),
        (27, "publish", "post_type", "12"),
        // Another string.
        (28, "publish", "post_type", "010"),
        (29, "publish", "post_type", "10x"),
    ] {
        database.menu_item(id, status, kind, object);
        database.relate(id, 1);
    }
    let slice = database.delete(&deletion());
    assert_eq!(database.posts(), [11, 12, 22, 23, 24, 25, 26, 27, 28, 29]);
    assert_eq!(database.objects_of(1), [22, 23, 24, 25, 26, 27, 28, 29]);
    // Of those left, six are published.
    assert_eq!(database.count_of(1), 6);
    assert_eq!(
        database.ids("SELECT COUNT(*) FROM wp_postmeta WHERE post_id IN (20, 21)"),
        [0]
    );
    assert_eq!(
        by_type(&slice.purged)[1],
        ("nav_menu_item".into(), vec![20, 21])
    );
    assert_eq!(slice.counted_terms["nav_menu"], [1001]);
}

#[test]
fn the_first_type_an_item_has_decides() {
    let database = seeded("first");
    database.menu_item(20, "publish", "post_type", "10");
    database.meta(20, "_menu_item_type", "taxonomy");
    database.menu_item(21, "publish", "taxonomy", "10");
    database.meta(21, "_menu_item_type", "post_type");
    database.delete(&deletion());
    assert_eq!(database.posts(), [11, 12, 21]);
}

#[test]
fn an_item_that_points_at_an_item_goes_with_it() {
    for batch in [1, 100] {
        let database = seeded("chain");
        database.menu_item(20, "publish", "post_type", "10");
        database.menu_item(21, "publish", "post_type", "20");
        database.menu_item(22, "publish", "post_type", "22");
        // Below an item that goes: core does not move it.
        database.menu_item(23, "publish", "custom", "23");
        database.run("UPDATE wp_posts SET post_parent = 20 WHERE ID = 23");
        database.delete(&in_batches(batch, deletion()));
        assert_eq!(database.posts(), [11, 12, 22, 23]);
        assert_eq!(database.parent(23), 20);
    }
}

#[test]
fn items_that_point_at_a_revision_go_too() {
    let database = seeded("revision");
    database.post(Post {
        id: 15,
        author: OTHER,
        kind: "revision",
        parent: 10,
        ..Post::default()
    });
    database.menu_item(20, "publish", "post_type", "15");
    database.delete(&deletion());
    assert_eq!(database.posts(), [11, 12]);
}

#[test]
fn a_site_without_hidden_statuses_has_no_hidden_items() {
    let database = seeded("not_hidden");
    database.menu_item(20, "trash", "post_type", "10");
    database.menu_item(21, "", "post_type", "10");
    let mut request = deletion();
    request.hidden_statuses.clear();
    database.delete(&request);
    assert_eq!(database.posts(), [11, 12]);
}
