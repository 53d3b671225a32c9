//! Batches that meet other transactions are redone; what cannot be done is undone.

use wpf_delete::db::Server;
use wpf_delete::deletion;
use wpf_delete::error::{Error, Outcome};

use crate::database::{Database, execute, numbers, sql};
use crate::site::{Post, deletion, finish};

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    for (id, kind) in [(10, "book"), (11, "post")] {
        database.post(Post {
            id,
            kind,
            name: kind,
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
    }
    database
}

fn assert_complete(database: &Database) {
    assert_eq!(database.posts(), [11]);
    assert_eq!(database.state(11).unwrap(), "trash post__trashed");
    assert_eq!(database.ids("SELECT comment_ID FROM wp_comments"), [11]);
    let metas = database.column("SELECT meta_key FROM wp_postmeta ORDER BY meta_id");
    assert_eq!(
        metas,
        [
            "_wp_trash_meta_status",
            "_wp_trash_meta_time",
            "_wp_desired_post_slug",
            "_wp_trash_meta_comments_status"
        ]
    );
}

#[test]
fn a_row_that_is_released_in_time_is_waited_for() {
    for row in [
        "posts WHERE ID = 10",
        "posts WHERE ID = 11",
        "comments WHERE comment_ID = 10",
    ] {
        let database = seeded("wait");
        let mut elsewhere = database.connect();
        let mut holder = elsewhere.begin().unwrap();
        holder
            .query(&sql(&format!("SELECT * FROM wp_{row} FOR UPDATE")), &[])
            .unwrap();
        let engine = database.in_background(|server| finish(server, &deletion()));
        database.wait_for_lock_wait();
        holder.commit().unwrap();
        engine.join().unwrap();
        assert_complete(&database);
    }
}

#[test]
fn a_batch_that_waited_too_long_is_redone() {
    let database = seeded("redone");
    let mut elsewhere = database.connect();
    let mut holder = elsewhere.begin().unwrap();
    // The batch has trashed post 11 before it meets its comment.
    let hold = "SELECT * FROM wp_comments WHERE comment_post_ID = 11 FOR UPDATE";
    holder.query(&sql(hold), &[]).unwrap();
    let engine = database.in_background(|server| finish(server, &deletion()));
    let first = database.wait_for_lock_wait();
    let second = database.wait_for_lock_wait_after(&first);
    assert_eq!(
        first.connection, second.connection,
        "redone on the same connection"
    );
    holder.commit().unwrap();
    engine.join().unwrap();
    assert_complete(&database);
}

/// The engine's session waits three seconds; this one does not wait at all.
fn impatient(database: &Database) -> Server {
    let mut server = database.server();
    let connection = server.connection().unwrap();
    execute(connection, "SET SESSION innodb_lock_wait_timeout = 0", &[]);
    server
}

#[test]
fn a_row_that_is_never_released_ends_the_call_and_the_next_call_goes_on() {
    let database = seeded("never");
    let mut elsewhere = database.connect();
    let mut holder = elsewhere.begin().unwrap();
    holder
        .query(&sql("SELECT * FROM wp_comments FOR UPDATE"), &[])
        .unwrap();
    let before = database.contents();
    let mut server = impatient(&database);

    let error = deletion::run(&mut server, &deletion()).unwrap_err();
    assert!(matches!(error, Error::LockWait { .. }), "{error:?}");
    assert_eq!(
        (error.errno(), error.outcome()),
        (1205, Outcome::RolledBack)
    );
    assert_eq!(database.contents(), before);

    holder.commit().unwrap();
    finish(&mut server, &deletion());
    assert_complete(&database);
}

#[test]
fn a_batch_chosen_as_the_victim_of_a_deadlock_is_redone() {
    let database = seeded("deadlock");
    database.run("CREATE TABLE weight (id INT PRIMARY KEY) ENGINE=InnoDB");
    let deadlocks = || {
        let metrics = "information_schema.INNODB_METRICS WHERE NAME = 'lock_deadlocks'";
        database.number(&format!("SELECT `COUNT` FROM {metrics}"))
    };
    let before = deadlocks();
    let mut elsewhere = database.connect();
    let mut holder = elsewhere.begin().unwrap();
    // The server gives up the transaction that has changed less.
    let weigh = format!("INSERT INTO weight SELECT seq FROM {}", numbers(500));
    holder.execute(&sql(&weigh), &[]).unwrap();
    let hold = "SELECT * FROM wp_comments WHERE comment_post_ID = 11 FOR UPDATE";
    holder.query(&sql(hold), &[]).unwrap();

    let engine = database.in_background(|server| finish(server, &deletion()));
    database.wait_for_lock_wait();
    // The engine holds post 11 and waits for its comment; this closes the circle.
    let cross = "UPDATE wp_posts SET menu_order = 5 WHERE ID = 11";
    holder.execute(&sql(cross), &[]).unwrap();
    holder.commit().unwrap();
    engine.join().unwrap();

    assert!(deadlocks() > before, "there was no deadlock");
    assert_complete(&database);
    assert_eq!(database.ids("SELECT menu_order FROM wp_posts"), [5]);
}

#[test]
fn a_post_that_changed_hands_meanwhile_stays() {
    let database = seeded("hands");
    let mut elsewhere = database.connect();
    let mut editor = elsewhere.begin().unwrap();
    for post in [10, 11] {
        let give = format!("UPDATE wp_posts SET post_author = 8 WHERE ID = {post}");
        editor.execute(&sql(&give), &[]).unwrap();
    }
    let engine = database.in_background(|server| finish(server, &deletion()));
    let first = database.wait_for_lock_wait();
    assert_ne!(first.connection, "");
    editor.commit().unwrap();
    let slice = engine.join().unwrap();
    assert!(
        slice.purged.is_empty() && slice.trashed.is_empty(),
        "{slice:?}"
    );
    assert_eq!(database.state(10).unwrap(), "publish book");
    assert_eq!(database.state(11).unwrap(), "publish post");
    assert_eq!(database.number("SELECT COUNT(*) FROM wp_comments"), 2);
}
