//! Content that changes hands: `post_author` and `link_owner`, nothing else.

use crate::database::Database;
use crate::site::{OTHER, Post, VICTIM, by_type, deletion, in_batches, reassignment};

#[test]
fn posts_of_every_type_and_status_and_links_move_and_nothing_else_does() {
    for batch in [1, 3, 100] {
        let database = Database::site("hands_over");
        for (id, author, kind, status) in [
            (10, VICTIM, "post", "publish"),
            (11, VICTIM, "page", "trash"),
            (12, VICTIM, "revision", "inherit"),
            (13, VICTIM, "unregistered", "mystatus"),
            (14, VICTIM, "shop_order", "draft"),
            (15, OTHER, "post", "publish"),
            (16, 3, "post", "publish"),
        ] {
            database.post(Post {
                id,
                author,
                kind,
                status,
                name: "n",
                ..Post::default()
            });
            database.comment(id, id, 0, "1");
            database.meta(id, "k", "v");
        }
        for (id, owner) in [(1, VICTIM), (2, OTHER), (3, VICTIM), (4, 3)] {
            database.link(id, owner);
        }
        let mut expected = database.contents();
        let slice = database.delete(&in_batches(batch, reassignment()));
        for row in expected.get_mut("wp_posts").unwrap() {
            if row[1] == "7" {
                row[1] = "8".into();
            }
        }
        for row in expected.get_mut("wp_links").unwrap() {
            if row[7] == "7" {
                row[7] = "8".into();
            }
        }
        assert_eq!(database.contents(), expected);
        assert_eq!(
            by_type(&slice.reassigned),
            [
                ("page".into(), vec![11]),
                ("post".into(), vec![10]),
                ("revision".into(), vec![12]),
                ("shop_order".into(), vec![14]),
                ("unregistered".into(), vec![13]),
            ]
        );
        assert_eq!(slice.links, [1, 3]);
        assert_eq!(
            (slice.rows["posts"].updated, slice.rows["links"].updated),
            (5, 2)
        );
        assert!(slice.counted_terms.is_empty() && slice.trashed.is_empty());
    }
}

#[test]
fn what_the_heir_has_already_is_no_reason_to_stop_and_a_later_deletion_takes_it_all() {
    let database = Database::site("twice");
    for id in 10..15 {
        database.post(Post {
            id,
            ..Post::default()
        });
    }
    database.delete(&reassignment());
    let nothing = database.delete(&deletion());
    assert!(nothing.trashed.is_empty());
    assert_eq!(
        database.ids("SELECT DISTINCT post_author FROM wp_posts"),
        [OTHER]
    );
}
