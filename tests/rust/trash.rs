//! Posts that go to the trash: what changes, and nothing else.

use wpf_delete::deletion;
use wpf_delete::report::Stopped;
use wpf_delete::request::{DeletionRequest, Part};

use crate::database::{Database, numbers};
use crate::site::{OTHER, Post, VICTIM, by_type, deletion, in_batches};

fn metas(database: &Database) -> Vec<Vec<String>> {
    database.rows("SELECT post_id, meta_key, meta_value FROM wp_postmeta ORDER BY meta_id")
}

#[test]
fn status_dates_and_name_change_and_no_other_column() {
    let database = Database::site("columns");
    database.post(Post {
        id: 10,
        name: "hello",
        parent: 3,
        ..Post::default()
    });
    let columns = "ID, post_author, post_date, post_date_gmt, post_content, post_title, \
                   post_excerpt, comment_status, ping_status, post_password, to_ping, pinged, \
                   post_content_filtered, post_parent, guid, menu_order, post_type, \
                   post_mime_type, comment_count";
    let select = format!("SELECT {columns} FROM wp_posts");
    let before = database.rows(&select);
    database.delete(&deletion());
    assert_eq!(database.rows(&select), before);
    assert_eq!(
        database
            .rows("SELECT post_status, post_name, post_modified, post_modified_gmt FROM wp_posts"),
        [[
            "trash",
            "hello__trashed",
            "2023-11-14 23:13:20",
            "2023-11-14 22:13:20"
        ]]
    );
}

#[test]
fn the_metas_are_cores_in_cores_order() {
    for batch in [1, 100] {
        let database = Database::site("metas");
        for (id, status, name) in [
            (10, "publish", "hello"),
            (11, "draft", ""),
            (12, "mystatus", "kept__trashed"),
            (13, "auto-draft", "it's \"quoted\" \\"),
        ] {
            database.post(Post {
                id,
                status,
                name,
                ..Post::default()
            });
        }
        // Left over from an earlier time: core adds to them.
        database.meta(10, "_wp_trash_meta_status", "old");
        for (id, post, approved) in [
            (3, 12, "1"),
            (1, 10, "1"),
            (2, 10, "0"),
            (4, 10, "spam"),
            (5, 10, "post-trashed"),
        ] {
            database.comment(id, post, 0, approved);
        }
        database.delete(&in_batches(batch, deletion()));
        let comments = "_wp_trash_meta_comments_status";
        assert_eq!(
            metas(&database),
            [
                ["10", "_wp_trash_meta_status", "old"],
                ["10", "_wp_trash_meta_status", "publish"],
                ["10", "_wp_trash_meta_time", "1700000000"],
                ["10", "_wp_desired_post_slug", "hello"],
                [
                    "10",
                    comments,
                    "a:4:{i:1;s:1:\"1\";i:2;s:1:\"0\";i:4;s:4:\"spam\";i:5;s:12:\"post-trashed\";}"
                ],
                ["11", "_wp_trash_meta_status", "draft"],
                ["11", "_wp_trash_meta_time", "1700000000"],
                ["11", "_wp_desired_post_slug", ""],
                ["12", "_wp_trash_meta_status", "mystatus"],
                ["12", "_wp_trash_meta_time", "1700000000"],
                ["12", comments, "a:1:{i:3;s:1:\"1\";}"],
                ["13", "_wp_trash_meta_status", "auto-draft"],
                ["13", "_wp_trash_meta_time", "1700000000"],
                // Core takes a level of backslashes off what it adds as a meta.
                ["13", "_wp_desired_post_slug", "it's \"quoted\" "],
            ]
        );
        assert_eq!(
            database.column("SELECT comment_approved FROM wp_comments"),
            ["post-trashed"; 5]
        );
        assert_eq!(database.number("SELECT COUNT(*) FROM wp_commentmeta"), 5);
    }
}

#[test]
fn what_is_not_the_users_or_not_of_these_types_stays() {
    let database = Database::site("others");
    for (id, author, kind) in [
        (10, OTHER, "post"),
        (11, VICTIM, "shop_order"),
        (12, VICTIM, "post"),
        (13, OTHER, "revision"),
        (14, VICTIM, "POST"),
    ] {
        database.post(Post {
            id,
            author,
            kind,
            name: "n",
            parent: 12,
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
    }
    let slice = database.delete(&deletion());
    // `POST` is no type WordPress knows how to trash: core deletes it for good.
    assert_eq!(
        database.column("SELECT post_status FROM wp_posts ORDER BY ID"),
        ["publish", "publish", "trash", "publish"]
    );
    assert_eq!(database.posts(), [10, 11, 12, 13]);
    assert_eq!(
        database.ids("SELECT comment_ID FROM wp_comments WHERE comment_approved = '1'"),
        [10, 11, 13]
    );
    assert_eq!(by_type(&slice.trashed), [("post".into(), vec![12])]);
}

#[test]
fn metas_larger_than_one_statement_are_all_there() {
    let database = Database::site("large");
    let posts = 3;
    for id in 10..10 + posts {
        database.post(Post {
            id,
            ..Post::default()
        });
    }
    // About 200 KB of serialized statuses a post: more than one INSERT carries.
    database.run(&format!(
        "INSERT INTO wp_comments (comment_post_ID, comment_approved, comment_author, \
         comment_content) SELECT 10 + seq MOD 3, '1', '', '' FROM {}",
        numbers(30_000)
    ));
    let slice = database.delete(&deletion());
    let lengths = database.ids(
        "SELECT LENGTH(meta_value) FROM wp_postmeta \
         WHERE meta_key = '_wp_trash_meta_comments_status'",
    );
    assert!(
        lengths.len() == 3 && lengths.iter().all(|length| *length > 130_000),
        "{lengths:?}"
    );
    assert_eq!(slice.rows["postmeta"].inserted, 4 * posts);
    assert_eq!(slice.rows["comments"].updated, 30_000);
}

#[test]
fn a_site_without_backslash_escapes_gets_the_same() {
    let database = Database::site("no_backslash");
    database.post(Post {
        id: 10,
        name: "a\\'b",
        ..Post::default()
    });
    let mut parts = crate::stack::parts(&database.name);
    parts.sql_mode = "NO_BACKSLASH_ESCAPES".into();
    let mut server = wpf_delete::db::Server::new(crate::stack::config(parts));
    let request: DeletionRequest = deletion();
    crate::site::slices(&mut server, &request);
    assert_eq!(database.state(10).unwrap(), "trash a'b__trashed");
    assert_eq!(metas(&database)[2], ["10", "_wp_desired_post_slug", "a'b"]);
}

#[test]
fn a_named_list_takes_exactly_these_while_they_are_the_users_and_not_in_the_trash() {
    let database = Database::site("named_trash");
    for (id, author, status) in [
        (10, VICTIM, "publish"),
        (11, VICTIM, "publish"),
        (12, OTHER, "publish"),
        (13, VICTIM, "trash"),
        (14, VICTIM, "draft"),
    ] {
        database.post(Post {
            id,
            author,
            status,
            name: "same",
            ..Post::default()
        });
    }
    let request = DeletionRequest {
        part: Part::Trash(vec![14, 12, 10, 999, 13, 14]),
        ..in_batches(2, deletion())
    };
    let report = deletion::run(&mut database.server(), &request).unwrap();
    assert_eq!(report.stopped, Stopped::Done);
    assert_eq!(
        by_type(&report.slice.trashed),
        [("post".into(), vec![10, 14])]
    );
    assert_eq!(
        database.column("SELECT CONCAT_WS(' ', ID, post_status, post_name) FROM wp_posts"),
        [
            "10 trash same__trashed-2",
            "11 publish same",
            "12 publish same",
            "13 trash same",
            "14 trash same__trashed"
        ]
    );
    assert_eq!(metas(&database).len(), 6);
}
