//! Connections that break, wherever they break: the deletion ends complete, nothing is done twice,
//! and the report is that of an undisturbed run.

use wpf_delete::deletion;
use wpf_delete::error::Error;
use wpf_delete::report::Slice;
use wpf_delete::request::{DeletionRequest, Part};

use crate::database::{Contents, Database, query, sql, taking};
use crate::proxy::{Break, Proxy};
use crate::site::{MANY, Post, deletion, finish, in_batches, in_slices, reassignment, resumed};

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    database.term(1, "category", MANY);
    database.term(2, "link_category", 9);
    for (id, kind) in [
        (10, "book"),
        (11, "post"),
        (12, "book"),
        (13, "post"),
        (14, "attachment"),
        (15, "page"),
    ] {
        database.post(Post {
            id,
            kind,
            name: "same",
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
        database.relate(id, 1);
    }
    database.link(1, 7);
    database.relate(1, 2);
    database
}

/// Without the numbers of new rows, of which an undone batch uses up some.
fn contents(database: &Database) -> Contents {
    let mut contents = database.contents();
    for row in contents.get_mut("wp_postmeta").unwrap() {
        row[0].clear();
    }
    contents
}

/// Without the number of counts written: they are all the same the second time.
fn reported(mut slice: Slice) -> Slice {
    slice.rows.remove("term_taxonomy");
    slice
}

/// Breaks the connection at each statement that holds one of these texts, as often as it is told to be
/// sent, before and after the server has seen it, and in its answer, if that has rows. `same` compares with a run without a break.
fn assert_no_difference(
    test: &str,
    request: &DeletionRequest,
    statements: &[(&'static str, usize)],
    same: impl Fn(&Slice, &Slice, &str),
) {
    let whole = seeded(test);
    let whole_slice = reported(whole.delete(request));
    let whole = contents(&whole);
    for &(at, times) in statements {
        let mut breaks = vec![Break::Before, Break::After];
        if at.starts_with("SELECT") || at.starts_with("FROM") {
            breaks.push(Break::Within);
        }
        for (pass, &how) in (0..times).flat_map(|pass| breaks.iter().map(move |how| (pass, how))) {
            let place = format!("{how:?} {at} number {pass}");
            let database = seeded(test);
            let proxy = Proxy::new(at, pass, how);
            let slice = finish(&mut database.server_through(proxy.port), request);
            assert!(proxy.has_broken(), "nothing was sent like {place}");
            assert_eq!(contents(&database), whole, "{place}");
            same(&reported(slice), &whole_slice, &place);
        }
    }
}

/// The reports tell the same.
fn word_for_word(slice: &Slice, whole: &Slice, place: &str) {
    assert_eq!(format!("{slice:?}"), format!("{whole:?}"), "{place}");
}

#[test]
fn while_a_deletion_commits() {
    // Two batches of the purge, two of the trash, links, and the counts of all.
    let statements = [("COMMIT", 6)];
    assert_no_difference(
        "commit",
        &in_batches(2, deletion()),
        &statements,
        word_for_word,
    );
}

#[test]
fn while_a_reassignment_commits() {
    let statements = [("COMMIT", 4)];
    assert_no_difference(
        "commit_r",
        &in_batches(2, reassignment()),
        &statements,
        word_for_word,
    );
}

#[test]
fn while_a_batch_begins() {
    let statements = [("START TRANSACTION", 6)];
    assert_no_difference(
        "begin",
        &in_batches(2, deletion()),
        &statements,
        word_for_word,
    );
}

#[test]
fn inside_a_batch() {
    let statements = [
        ("SELECT /* wpf_delete */ ID, post_type", 2),
        ("UPDATE /* wpf_delete */ `wp_posts`", 2),
        (taking("wp_posts"), 2),
        ("INSERT /* wpf_delete */", 2),
    ];
    assert_no_difference(
        "inside",
        &in_batches(2, deletion()),
        &statements,
        word_for_word,
    );
}

#[test]
fn between_batches() {
    // Looking for work: the proof, both searches, whether anything is left, links, posts per term.
    let statements = [
        ("FROM `wp_users`", 1),
        ("FROM `wp_usermeta`", 1),
        ("SELECT /* wpf_delete */ ID FROM `wp_posts`", 7),
        ("SELECT /* wpf_delete */ p.ID, target", 1),
        ("FROM `wp_term_taxonomy`", 2),
        ("SELECT /* wpf_delete */ TABLE_ROWS", 1),
        ("SELECT /* wpf_delete */ term_taxonomy_id, object_id", 1),
        ("SELECT /* wpf_delete */ link_id", 2),
    ];
    assert_no_difference(
        "between",
        &in_batches(2, deletion()),
        &statements,
        word_for_word,
    );
}

#[test]
fn while_the_users_rows_go() {
    let request = DeletionRequest {
        part: Part::User,
        ..deletion()
    };
    let statements = [
        ("START TRANSACTION", 1),
        ("DELETE /* wpf_delete */ `wp_usermeta`", 1),
        ("DELETE /* wpf_delete */ `wp_users`", 1),
        ("COMMIT", 1),
    ];
    // Rows that were gone the second time are not told.
    assert_no_difference("user", &request, &statements, |_, _, _| ());
}

#[test]
fn a_connection_killed_between_two_calls_is_opened_again() {
    let database = seeded("killed");
    let mut server = database.server();
    let request = in_slices(1, deletion());
    let first = deletion::run(&mut server, &request).unwrap();
    let connection = server.connection().unwrap();
    let id = &query(connection, "SELECT CONNECTION_ID()")[0][0];
    database.run(&format!("KILL {id}"));
    let request = resumed(&request, &first);
    let second = deletion::run(&mut server, &request).unwrap();
    finish(&mut server, &resumed(&request, &second));
    assert_eq!(database.posts(), [11, 13, 15]);
    assert!(
        database
            .column("SELECT post_status FROM wp_posts")
            .iter()
            .all(|s| s == "trash")
    );
}

#[test]
fn a_connection_killed_inside_a_batch_is_opened_again() {
    let database = seeded("killed_in");
    let mut elsewhere = database.connect();
    let mut holder = elsewhere.begin().unwrap();
    let hold = "SELECT * FROM wp_comments WHERE comment_post_ID = 13 FOR UPDATE";
    holder.query(&sql(hold), &[]).unwrap();
    let engine = database.in_background(|server| finish(server, &deletion()));
    let waiting = database.wait_for_lock_wait();
    database.run(&format!("KILL {}", waiting.connection));
    let again = database.wait_for_lock_wait_after(&waiting);
    assert_ne!(again.connection, waiting.connection);
    holder.commit().unwrap();
    engine.join().unwrap();
    let undisturbed = seeded("not_killed");
    undisturbed.delete(&deletion());
    assert_eq!(contents(&database), contents(&undisturbed));
}

#[test]
fn a_statement_an_administrator_ended_is_not_redone() {
    let database = seeded("query_killed");
    let before = database.contents();
    let mut elsewhere = database.connect();
    let mut holder = elsewhere.begin().unwrap();
    holder
        .query(&sql("SELECT * FROM wp_posts WHERE ID = 10 FOR UPDATE"), &[])
        .unwrap();
    let engine = database.in_background(|server| deletion::run(server, &deletion()));
    let waiting = database.wait_for_lock_wait();
    database.run(&format!("KILL QUERY {}", waiting.connection));
    let error = engine.join().unwrap().unwrap_err();
    assert!(
        matches!(error, Error::Interrupted { errno: 1317, .. }),
        "{error:?}"
    );
    drop(holder);
    assert_eq!(database.contents(), before);
}

#[test]
fn a_server_that_does_not_come_back_is_an_error_and_the_batch_is_undone() {
    let database = seeded("gone");
    let before = database.contents();
    let proxy = Proxy::for_good("UPDATE /* wpf_delete */", 0, Break::After);
    let mut server = database.server_through(proxy.port);
    let request = DeletionRequest {
        resume: b"wpfd1|trash|0|0|0|".to_vec(),
        ..deletion()
    };
    for _ in 0..2 {
        let error = deletion::run(&mut server, &request).unwrap_err();
        assert!(matches!(error, Error::Connect { .. }), "{error:?}");
        assert!(proxy.has_broken());
    }
    // Waits for the server to notice and to undo what was open.
    database.rows("SELECT ID FROM wp_posts FOR UPDATE");
    assert_eq!(database.contents(), before);
}
