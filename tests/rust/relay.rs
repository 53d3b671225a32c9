//! Batches on two connections leave what one after the other leaves, whatever connects them and
//! whatever breaks.

use std::time::{Duration, Instant};

use wpf_delete::deletion::Worker;
use wpf_delete::request::{DeletionRequest, Part, UserId};

use crate::database::{Contents, Database, numbers, tables, taking};
use crate::proxy::{Break, Proxy};
use crate::site::{
    OTHER, Post, VICTIM, deletion, ending_after, finish, in_batches, on_two_connections,
    reassignment, resumed, slices,
};

const LAST: u64 = 60;

/// Posts that go for good, with what hangs from each.
fn posts(test: &str, parent: impl Fn(u64) -> u64) -> Database {
    let database = Database::site(test);
    for term in 1..4 {
        database.term(term, "genre", 9);
    }
    for id in 10..LAST {
        database.post(Post {
            id,
            author: if id % 11 == 0 { OTHER } else { VICTIM },
            kind: match id % 4 {
                0 => "book",
                3 => "revision",
                _ => "doc",
            },
            parent: parent(id),
            ..Post::default()
        });
        database.meta(id, "key", "value");
        database.relate(id, 1 + id % 3);
        database.comment(id, id, 0, "1");
        database.comment(id + 100, id, id, "1");
    }
    database
}

/// The same among many of somebody else: the server finds them through indexes.
fn seeded(test: &str, parent: impl Fn(u64) -> u64) -> Database {
    let database = posts(test, parent);
    for rows in [
        "INSERT INTO wp_posts (ID, post_author, post_type, post_parent, post_content, post_title, \
         post_excerpt, to_ping, pinged, post_content_filtered) \
         SELECT 1000 + seq, 8, 'book', 10000 + seq, '', '', '', '', '', ''",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) SELECT 1000 + seq, 'key', 'value'",
        "INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_parent, comment_author, \
         comment_content) SELECT 1000 + seq, 1000 + seq, 10000 + seq, '', ''",
        "INSERT INTO wp_term_relationships (object_id, term_taxonomy_id) \
         SELECT 1000 + seq, 1 + seq % 3",
    ] {
        database.run(&format!("{rows} FROM {}", numbers(3000)));
    }
    database.rows("ANALYZE TABLE wp_posts, wp_postmeta, wp_comments, wp_term_relationships");
    database
}

fn nobodys_child(_: u64) -> u64 {
    0
}

/// Without the numbers of new metas, which come as they come; those of a post stay in order.
fn contents(database: &Database) -> Contents {
    let mut contents = database.contents();
    let metas = contents.get_mut("wp_postmeta").unwrap();
    for meta in &mut *metas {
        meta[0].clear();
    }
    metas.sort_by(|one, other| one[1].cmp(&other[1]));
    contents
}

/// Has each post take a while, so that a batch has not ended when the next one begins.
fn slow_down(database: &Database) {
    for change in ["DELETE", "UPDATE"] {
        database.run(&format!(
            "CREATE TRIGGER slow_{change} BEFORE {change} ON wp_posts FOR EACH ROW DO SLEEP(0.004)"
        ));
    }
}

/// What two connections leave is what one does, without waiting for each other's locks.
fn assert_no_difference(test: &str, seed: impl Fn(&str) -> Database, request: &DeletionRequest) {
    let alone = seed(test);
    alone.delete(request);
    let one = contents(&alone);
    let at_once = request.budget.posts;
    for (batch, posts) in [(1, at_once), (3, at_once), (3, 7), (20, at_once)] {
        let database = seed(test);
        slow_down(&database);
        let started = Instant::now();
        let request = ending_after(posts, in_batches(batch, request.clone()));
        database.delete(&on_two_connections(request));
        // One that waits in vain does so for three seconds.
        let patient = started.elapsed() < Duration::from_millis(2500);
        assert!(patient, "batches of {batch} have waited for each other");
        assert_eq!(contents(&database), one, "batches of {batch}");
    }
}

#[test]
fn a_second_connection_is_there_when_the_pace_asks_for_it() {
    for (request, expected, statements) in [
        (in_batches(3, deletion()), 1, 150),
        (on_two_connections(in_batches(3, deletion())), 2, 150),
        // All fits into one batch.
        (on_two_connections(in_batches(100, deletion())), 1, 15),
    ] {
        let database = seeded("second", nobodys_child);
        let connections =
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE()";
        let before = database.number(connections);
        let (mut server, mut worker) = (database.server(), Worker::default());
        server.use_tables(&tables()).unwrap();
        let report = worker.run(&mut server, &request).unwrap();
        assert_eq!(database.number(connections) - before, expected);
        let counted = report.statements;
        assert!(counted > statements, "{counted}: those of both are counted");
    }
}

#[test]
fn a_call_on_two_connections_ends_in_time() {
    let database = seeded("in_time", nobodys_child);
    let request = ending_after(12, in_batches(3, deletion()));
    let reports = slices(&mut database.server(), &on_two_connections(request));
    let posts: Vec<usize> = reports
        .iter()
        .map(|report| report.slice.purged.values().map(Vec::len).sum())
        .collect();
    let whole: usize = posts.iter().sum();
    let all = (10..LAST).filter(|id| id % 11 != 0).count();
    assert_eq!(whole, all, "{posts:?}");
    // Both may be at work on a batch when it is time.
    assert!(posts.iter().all(|posts| *posts <= 18), "{posts:?}");
    assert!(posts.len() > 3, "{posts:?}");
}

#[test]
fn terms_are_counted_on_both() {
    for terms in [vec![1], vec![1, 2, 3]] {
        let counted = |request: DeletionRequest| {
            let database = seeded("counted", nobodys_child);
            let listed: Vec<String> = terms.iter().map(u64::to_string).collect();
            let request = DeletionRequest {
                part: Part::Terms,
                resume: format!("wpfd1|done|0|1|0|{}", listed.join(",")).into(),
                ..request
            };
            let open = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE()";
            let before = database.number(open);
            let (mut server, mut worker) = (database.server(), Worker::default());
            server.use_tables(&tables()).unwrap();
            worker.run(&mut server, &request).unwrap();
            let opened = database.number(open) - before;
            (opened, [1, 2, 3].map(|term| database.count_of(term)))
        };
        let (opened, alone) = counted(deletion());
        assert_eq!(opened, 1);
        let changed = alone.iter().filter(|count| **count > 1000).count();
        assert_eq!(changed, terms.len());
        assert_eq!(counted(on_two_connections(deletion())), (2, alone));
    }
}

#[test]
fn posts_apart() {
    assert_no_difference("apart", |test| seeded(test, nobodys_child), &deletion());
}

#[test]
fn posts_below_posts_of_another_batch() {
    for distance in [1, 3, 9] {
        let seed = |test: &str| seeded(test, |id| id.saturating_sub(distance));
        assert_no_difference("below", seed, &deletion());
        let seed = |test: &str| seeded(test, |id| (id + distance) % LAST);
        assert_no_difference("above", seed, &deletion());
    }
}

#[test]
fn comments_that_answer_comments_of_another_batch() {
    for distance in [1, 3, 5, 9] {
        let seed = |test: &str| {
            let database = seeded(test, nobodys_child);
            let far = format!("comment_parent = comment_ID - {distance}");
            database.run(&format!(
                "UPDATE wp_comments SET {far} WHERE comment_ID < 100 AND comment_ID % 3 = 0"
            ));
            let far = format!("comment_parent = comment_ID + {distance}");
            database.run(&format!(
                "UPDATE wp_comments SET {far} WHERE comment_ID > 100 AND comment_ID % 5 = 0"
            ));
            // An answer that stays, to one that goes, to one that goes with a later batch.
            for stays in [111, 122, 133] {
                for (answer, of) in [(stays, stays - 99), (stays - 99, stays - 99 + distance)] {
                    database.run(&format!(
                        "UPDATE wp_comments SET comment_parent = {of} WHERE comment_ID = {answer}"
                    ));
                }
            }
            database
        };
        assert_no_difference("answers", seed, &deletion());
    }
}

#[test]
fn menu_items_that_point_at_both() {
    let seed = |test: &str| {
        let database = seeded(test, nobodys_child);
        for (item, post) in [(200, 12), (201, 13), (202, 40), (203, 202), (204, 12)] {
            database.menu_item(item, "publish", "post_type", &post.to_string());
        }
        database.run("UPDATE wp_posts SET post_author = 7 WHERE ID = 204");
        database
    };
    assert_no_difference("menus", seed, &deletion());
}

#[test]
fn posts_for_the_trash() {
    let seed = |test: &str| {
        let database = seeded(test, nobodys_child);
        database.run("UPDATE wp_posts SET post_type = IF(ID % 2, 'post', 'page'), post_name = CONCAT('name-', ID) WHERE ID < 100");
        database
    };
    assert_no_difference("trash", seed, &deletion());
    for distance in [1, 2, 5, 9] {
        let seed = |test: &str| {
            let database = seed(test);
            for change in [
                format!("post_name = CONCAT('Name-', ID - {distance}) WHERE ID % 7 = 0"),
                format!(
                    "post_name = CONCAT('name-', ID - {distance}, '__trashed') WHERE ID % 13 = 0"
                ),
                "post_name = '' WHERE ID % 17 = 0".to_owned(),
            ] {
                database.run(&format!("UPDATE wp_posts SET {change} AND ID < 100"));
            }
            database
        };
        assert_no_difference("names", seed, &deletion());
    }
}

#[test]
fn posts_that_keep_equal_names_are_trashed_in_one_round() {
    let database = seeded("equal", nobodys_child);
    // In batches that follow each other. Neither has to ask: names are unique within a type.
    database.run("UPDATE wp_posts SET post_type = IF(ID = 20, 'page', 'post'), post_name = IF(ID IN (10, 20), 'equal', ID) WHERE ID < 100");
    slow_down(&database);
    let request = on_two_connections(in_batches(8, deletion()));
    let reports = slices(&mut database.server(), &request);
    let last = &reports.last().unwrap().resume;
    assert!(last.starts_with("wpfd1|done|0|1|"), "{last}");
    let equal = "SELECT ID FROM wp_posts WHERE post_name = 'equal__trashed' ORDER BY ID";
    assert_eq!(database.column(equal), ["10", "20"]);
}

#[test]
fn whole_tables_are_read_where_there_is_little_else() {
    assert_no_difference("small", |test| posts(test, nobodys_child), &deletion());
}

#[test]
fn the_statements_of_a_second_connection_that_is_given_up_are_counted() {
    let database = seeded("given_up", nobodys_child);
    let (mut server, mut worker) = (database.server(), Worker::default());
    server.use_tables(&tables()).unwrap();
    let request = on_two_connections(in_batches(1, deletion()));
    let begun = worker
        .run(&mut server, &ending_after(24, request.clone()))
        .unwrap();
    assert!(!begun.slice.purged.is_empty());
    // From now on the server reads whole tables, and waits for what the other connection holds.
    for (table, id) in [
        ("wp_posts", "ID"),
        ("wp_postmeta", "post_id"),
        ("wp_comments", "comment_ID"),
        ("wp_term_relationships", "object_id"),
    ] {
        database.run(&format!("DELETE FROM {table} WHERE {id} > 1000"));
        database.rows(&format!("OPTIMIZE TABLE {table}"));
    }
    let rest = worker.run(&mut server, &resumed(&request, &begun)).unwrap();
    assert!(
        rest.statements > 50 && rest.statements < 2000,
        "{}",
        rest.statements
    );
    // The next job has no second connection yet.
    database.run(&format!(
        "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) \
         VALUES ({OTHER}, '_wpf_delete_proof', 'seen-8')"
    ));
    let next = DeletionRequest {
        user: UserId::new("user_id", OTHER.try_into().unwrap()).unwrap(),
        part: Part::User,
        proof: (b"_wpf_delete_proof".to_vec(), b"seen-8".to_vec()),
        ..request
    };
    let next = worker.run(&mut server, &next).unwrap();
    assert!(next.statements < 50, "{}", next.statements);
}

#[test]
fn a_reassignment() {
    assert_no_difference("heir", |test| seeded(test, nobodys_child), &reassignment());
}

#[test]
fn connections_that_break() {
    let breaks = ["COMMIT", "START TRANSACTION", taking("wp_comments")];
    assert_no_difference_when_broken("broken", |test| seeded(test, nobodys_child), &breaks);
}

#[test]
fn connections_that_break_where_posts_compete_for_names() {
    let seed = |test: &str| {
        let database = seeded(test, nobodys_child);
        database.run("UPDATE wp_posts SET post_type = 'post', post_name = CONCAT('name', ID % 3) WHERE ID < 100");
        database
    };
    assert_no_difference_when_broken("names_broken", seed, &["COMMIT"]);
}

fn assert_no_difference_when_broken(
    test: &str,
    seed: impl Fn(&str) -> Database,
    breaks: &[&'static str],
) {
    let undisturbed = seed(test);
    let rows = undisturbed.delete(&deletion()).rows;
    let whole = contents(&undisturbed);
    let request = on_two_connections(in_batches(4, deletion()));
    for &at in breaks {
        for pass in 0..8 {
            for how in [Break::Before, Break::After] {
                let database = seed(test);
                let proxy = Proxy::new(at, pass, how);
                let mut server = database.server_through(proxy.port);
                let slice = finish(&mut server, &request);
                let place = format!("{how:?} {at} number {pass}");
                assert!(proxy.has_broken(), "nothing was sent like {place}");
                assert_eq!(contents(&database), whole, "{place}");
                assert_eq!(slice.rows["posts"], rows["posts"], "{place}");
            }
        }
    }
}
