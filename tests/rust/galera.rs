//! A Galera cluster: what other nodes do, what it refuses, and when this node is not one of it. Run with
//! `tests/support/galera-tests.sh`.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use wpf_delete::db::config::ConnectionParts;
use wpf_delete::db::{Connection, Server};
use wpf_delete::deletion;
use wpf_delete::error::{Error, Outcome};
use wpf_delete::report::Stopped;

use crate::database::{Database, execute, tables};
use crate::proxy::Proxy;
use crate::site::{Post, VICTIM, deletion, finish, in_batches, on_two_connections, reassignment};
use crate::stack;

const POSTS: std::ops::Range<u64> = 10..50;

/// Posts that go for good and posts for the trash, each with a meta and a comment.
fn seeded(test: &str) -> Database {
    let database = Database::site_alone(test);
    for term in 1..4 {
        database.term(term, "genre", 9);
    }
    for id in POSTS {
        database.post(Post {
            id,
            kind: if id % 2 == 0 { "book" } else { "post" },
            ..Post::default()
        });
        database.meta(id, "key", "value");
        database.comment(id, id, 0, "1");
        database.relate(id, 1 + id % 3);
    }
    database.link(1, VICTIM);
    database
}

/// How another node's clients reach this database.
fn parts_on_another_node(database: &str) -> ConnectionParts {
    ConnectionParts {
        socket: Some(stack::socket_of_another_node()),
        ..stack::parts(database)
    }
}

/// Does this on another node.
fn run_on_another_node(database: &str, sql: &str) {
    let config = stack::config(parts_on_another_node(database));
    let mut connection = Connection::open(&config, tables()).unwrap();
    execute(&mut connection, sql, &[]);
}

/// The server's own count of something.
fn status(database: &Database, name: &str) -> u64 {
    database.rows(&format!("SHOW GLOBAL STATUS LIKE '{name}'"))[0][1]
        .parse()
        .unwrap()
}

/// Transactions of this node that another node's were ahead of.
fn conflicts(database: &Database) -> u64 {
    status(database, "wsrep_local_cert_failures") + status(database, "wsrep_local_bf_aborts")
}

fn assert_complete(database: &Database) {
    let whole = seeded("whole");
    whole.delete(&deletion());
    let mut contents = database.contents();
    // What another node has written.
    for post in contents.get_mut("wp_posts").unwrap() {
        assert!(post[19] == "0" || post[19] == "5", "{post:?}");
        post[19] = "0".into();
    }
    let mut expected = whole.contents();
    for contents in [&mut contents, &mut expected] {
        // Numbers of new metas come as they come, and each node has its own.
        for meta in contents.get_mut("wp_postmeta").unwrap() {
            meta[0].clear();
        }
        contents.get_mut("wp_postmeta").unwrap().sort();
    }
    assert_eq!(contents, expected);
}

/// Another node changes rows of the batch at this statement, after so many of its kind.
fn assert_redone(test: &str, at: &'static str, pass: usize) {
    let database = seeded(test);
    let before = conflicts(&database);
    let name = database.name.clone();
    let proxy = Proxy::meanwhile(at, pass, move || {
        run_on_another_node(&name, "UPDATE wp_posts SET menu_order = 5 WHERE ID > 30");
    });
    finish(&mut database.server_through(proxy.port), &deletion());
    assert!(proxy.has_broken(), "there was no {at}");
    assert!(conflicts(&database) > before, "nobody was in the way");
    assert_complete(&database);
    assert_eq!(
        database.ids("SELECT DISTINCT menu_order FROM wp_posts WHERE ID > 30"),
        [5]
    );
}

#[test]
fn on_galera_a_batch_that_is_refused_at_commit_is_redone() {
    for pass in 0..2 {
        assert_redone("commit", "COMMIT", pass);
    }
}

#[test]
fn on_galera_a_batch_that_is_undone_in_the_middle_is_redone() {
    for (at, pass) in [("DELETE", 1), ("UPDATE", 1), ("INSERT", 0)] {
        assert_redone("middle", at, pass);
    }
}

#[test]
fn on_galera_batches_that_always_come_too_late_become_smaller() {
    let database = seeded("load");
    let before = conflicts(&database);
    let name = database.name.clone();
    let ends = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&ends);
    let load = thread::spawn(move || {
        let config = stack::config(parts_on_another_node(&name));
        let mut connection = Connection::open(&config, tables()).unwrap();
        for post in POSTS.cycle() {
            if ended.load(Ordering::SeqCst) {
                return;
            }
            let change =
                format!("UPDATE wp_posts SET menu_order = 5 - menu_order WHERE ID = {post}");
            execute(&mut connection, &change, &[]);
        }
    });
    let done = panic::catch_unwind(AssertUnwindSafe(|| {
        finish(&mut database.server(), &deletion());
    }));
    ends.store(true, Ordering::SeqCst);
    load.join().unwrap();
    done.unwrap();
    assert!(conflicts(&database) - before >= 6, "it has not lost enough");
    assert_complete(&database);
}

#[test]
fn on_galera_what_others_write_beside_it_stays() {
    let database = seeded("beside");
    let name = database.name.clone();
    let proxy = Proxy::meanwhile("COMMIT", 0, move || {
        run_on_another_node(&name, "UPDATE wp_users SET user_url = 'new' WHERE ID = 8");
    });
    let before = conflicts(&database);
    finish(&mut database.server_through(proxy.port), &deletion());
    assert_eq!(conflicts(&database), before);
    assert_eq!(
        database.column("SELECT user_url FROM wp_users WHERE ID = 8"),
        ["new"]
    );
}

/// Runs `work` with a limit of the cluster's, on connections opened meanwhile.
fn limited(database: &Database, limit: &str, work: impl FnOnce() + panic::UnwindSafe) {
    let name = limit.split(' ').next().unwrap();
    let before = database.number(&format!("SELECT @@GLOBAL.{name}"));
    database.run(&format!("SET GLOBAL {limit}"));
    let done = panic::catch_unwind(work);
    database.run(&format!("SET GLOBAL {name} = {before}"));
    if let Err(panicked) = done {
        panic::resume_unwind(panicked);
    }
}

#[test]
fn on_galera_batches_become_as_small_as_they_have_to_be() {
    for limit in ["wsrep_max_ws_rows = 40", "wsrep_max_ws_size = 6000"] {
        let database = seeded("limits");
        let name = &database.name;
        limited(&database, limit, || {
            let mut server = Server::new(stack::config(stack::parts(name)));
            finish(&mut server, &deletion());
        });
        assert_complete(&database);
    }
}

#[test]
fn on_galera_a_reassignment_is_cut_too() {
    let database = seeded("heir");
    let name = &database.name;
    limited(&database, "wsrep_max_ws_rows = 9", || {
        let mut server = Server::new(stack::config(stack::parts(name)));
        finish(&mut server, &reassignment());
    });
    let theirs = "SELECT COUNT(*) FROM wp_posts WHERE post_author = 8";
    assert_eq!(database.number(theirs), POSTS.end - POSTS.start);
}

#[test]
fn on_galera_a_post_that_is_too_large_alone_is_an_error() {
    for (limit, errno) in [
        ("wsrep_max_ws_rows = 40", 1180),
        ("wsrep_max_ws_size = 6000", 1105),
    ] {
        let database = seeded("large");
        for comment in 1000..1100 {
            database.comment(comment, 30, 0, "1");
        }
        let name = &database.name;
        limited(&database, limit, || {
            let mut server = Server::new(stack::config(stack::parts(name)));
            server.use_tables(&tables()).unwrap();
            let request = in_batches(4, deletion());
            // What goes before it is kept, and told.
            let report = deletion::run(&mut server, &request).unwrap();
            assert_eq!(report.stopped, Stopped::Budget);
            assert_eq!(
                report.slice.purged[&b"book"[..]],
                (5..15).map(|half| 2 * half).collect::<Vec<u64>>()
            );
            let error = deletion::run(&mut server, &request).unwrap_err();
            assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
            assert_eq!(
                (error.errno(), error.outcome()),
                (errno, Outcome::RolledBack)
            );
            assert!(error.to_string().contains("wsrep_max_ws_rows"), "{error}");
        });
        assert_eq!(database.state(30).unwrap(), "publish ");
        assert_eq!(
            database.number("SELECT COUNT(*) FROM wp_comments WHERE comment_post_ID = 30"),
            101
        );
    }
}

#[test]
fn on_galera_a_table_without_a_primary_key_is_refused() {
    let database = seeded("keyless");
    database.run(
        "ALTER TABLE wp_commentmeta MODIFY meta_id BIGINT UNSIGNED NOT NULL, DROP PRIMARY KEY",
    );
    let mut server = Server::new(stack::config(stack::parts(&database.name)));
    match server.use_tables(&tables()) {
        Err(Error::Schema { table, problem }) => {
            assert_eq!(table, "wp_commentmeta");
            assert!(problem.starts_with("has no primary key"), "{problem}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn on_galera_one_connection_does_it_at_any_pace() {
    let database = seeded("pace");
    let connections = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE()";
    let before = database.number(connections);
    let mut server = database.server();
    deletion::run(&mut server, &on_two_connections(in_batches(3, deletion()))).unwrap();
    assert_eq!(database.number(connections) - before, 1);
}

#[test]
fn on_galera_what_another_node_has_committed_is_waited_for() {
    let database = seeded("causal");
    database.run("DELETE FROM wp_usermeta WHERE meta_key = '_wpf_delete_proof'");
    let engine_parts = parts_on_another_node(&database.name);
    let mut behind = Connection::open(&stack::config(engine_parts.clone()), tables()).unwrap();
    let mut server = Server::new(stack::config(engine_parts));
    server.use_tables(&tables()).unwrap();
    // That node applies nothing for a while.
    execute(&mut behind, "FLUSH TABLES WITH READ LOCK", &[]);
    database.user_meta(VICTIM, "_wpf_delete_proof", "seen-7");
    let engine = thread::spawn(move || deletion::run(&mut server, &deletion()).map(|_| ()));
    thread::sleep(Duration::from_millis(300));
    execute(&mut behind, "UNLOCK TABLES", &[]);
    engine.join().unwrap().unwrap();
}

/// A node that is cut off from the others, for as long as this value lives.
struct Isolated<'a>(&'a Database);

impl<'a> Isolated<'a> {
    fn begin(database: &'a Database) -> Self {
        set_isolated(database, true);
        let isolated = Self(database);
        isolated.wait_until_ready_is("OFF");
        isolated
    }

    fn wait_until_ready_is(&self, wanted: &str) {
        let deadline = Instant::now() + Duration::from_secs(120);
        while self.0.rows("SHOW GLOBAL STATUS LIKE 'wsrep_ready'")[0][1] != wanted {
            assert!(Instant::now() < deadline, "wsrep_ready is not {wanted}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Isolated<'_> {
    fn drop(&mut self) {
        set_isolated(self.0, false);
        self.wait_until_ready_is("ON");
    }
}

fn set_isolated(database: &Database, isolated: bool) {
    let isolated = u8::from(isolated);
    database.run(&format!(
        "SET GLOBAL wsrep_provider_options = 'gmcast.isolate={isolated}'"
    ));
}

#[test]
fn on_galera_a_node_that_is_cut_off_says_so_and_goes_on_when_it_has_joined_again() {
    let database = seeded("alone");
    let mut server = database.server();
    let isolated = Isolated::begin(&database);
    let error = deletion::run(&mut server, &deletion()).unwrap_err();
    assert!(
        matches!(error, Error::NotReady { errno: 1047, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("wsrep_cluster_status"));
    drop(isolated);
    finish(&mut server, &deletion());
    assert_complete(&database);
}

#[test]
fn on_galera_a_node_that_is_cut_off_before_a_commit_keeps_nothing_by_halves() {
    let database = seeded("cut");
    let name = database.name.clone();
    let proxy = Proxy::meanwhile("COMMIT", 1, move || {
        let config = stack::config(stack::parts(&name));
        let mut connection = Connection::open(&config, tables()).unwrap();
        let isolate = "SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'";
        execute(&mut connection, isolate, &[]);
    });
    let mut server = database.server_through(proxy.port);
    let isolated = Isolated(&database);
    let report = deletion::run(&mut server, &in_batches(4, deletion())).unwrap();
    assert_eq!(report.stopped, Stopped::Budget);
    isolated.wait_until_ready_is("OFF");
    drop(isolated);
    assert_eq!(report.slice.purged[&b"book"[..]], [10, 12, 14, 16]);
    finish(&mut server, &deletion());
    assert_complete(&database);
}
