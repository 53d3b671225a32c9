//! A server that is set narrower than a deletion would like, or an account that may do less: the error says
//! so, nothing is half done, and when that is over the deletion ends as if it had never been.

use std::thread;
use std::time::Duration;

use wpf_delete::db::Server;
use wpf_delete::deletion::{self, Worker};
use wpf_delete::error::{Error, Outcome};
use wpf_delete::report::Stopped;
use wpf_delete::request::DeletionRequest;

use crate::account::Account;
use crate::database::{Contents, Database, execute, numbers, sql, tables};
use crate::ledger::{claimed, noted};
use crate::site::{Post, deletion, finish, in_batches, resumed};
use crate::stack;

fn seeded(database: Database) -> Database {
    database.term(1, "category", 9);
    for (id, kind) in [(10, "book"), (11, "post"), (12, "attachment"), (13, "page")] {
        database.post(Post {
            id,
            kind,
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
        database.relate(id, 1);
    }
    database.run("INSERT INTO wp_deletions (id) VALUES (5)");
    database
}

/// Many short posts, each with a comment.
pub fn crowded(database: Database, posts: u64) -> Database {
    let seq = numbers(posts);
    for statement in [
        "INSERT INTO wp_posts (ID, post_author, post_type, post_content, post_title, post_excerpt, \
         to_ping, pinged, post_content_filtered) \
         SELECT seq, 7, IF(seq % 2, 'book', 'post'), '', '', '', '', '', '' FROM",
        "INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_author, comment_content) \
         SELECT seq, seq, '', '' FROM",
    ] {
        database.run(&format!("{statement} {seq}"));
    }
    database.run("INSERT INTO wp_deletions (id) VALUES (5)");
    database
}

/// Without the job's row, and the numbers of new rows, of which an undone batch uses up some.
pub fn contents(database: &Database) -> Contents {
    let mut contents = database.contents();
    contents.remove("wp_deletions");
    for row in contents.get_mut("wp_postmeta").unwrap() {
        row[0].clear();
    }
    contents
}

/// A setting of the whole server that goes back when this is dropped.
struct Setting<'a> {
    database: &'a Database,
    name: &'static str,
    before: String,
}

impl<'a> Setting<'a> {
    fn new(database: &'a Database, name: &'static str, value: &str) -> Self {
        let before = database
            .column(&format!("SELECT @@GLOBAL.{name}"))
            .remove(0);
        database.run(&format!("SET GLOBAL {name} = {value}"));
        Self {
            database,
            name,
            before,
        }
    }
}

impl Drop for Setting<'_> {
    fn drop(&mut self) {
        let Self { name, before, .. } = self;
        self.database.run(&format!("SET GLOBAL {name} = {before}"));
    }
}

/// All calls of one process until it is done, and how many statements they have sent.
fn work(server: &mut Server, request: &DeletionRequest) -> u64 {
    let mut worker = Worker::default();
    let mut request = request.clone();
    let mut statements = 0;
    loop {
        let report = worker.run(server, &request).unwrap();
        request = resumed(&request, &report);
        statements += report.statements;
        if report.stopped == Stopped::Done {
            return statements;
        }
    }
}

#[test]
fn a_batch_for_which_a_statement_has_no_room_becomes_smaller() {
    let request = claimed(in_batches(3000, deletion()));
    let whole = crowded(Database::site_alone("room_whole"), 3000);
    let usual = work(&mut whole.server(), &request);
    let database = crowded(Database::site("room"), 3000);
    let packet = Setting::new(&database, "max_allowed_packet", "16384");
    let narrow = work(&mut database.server(), &request);
    drop(packet);
    assert!(narrow > usual, "{narrow} statements, usually {usual}");
    assert_eq!(contents(&database), contents(&whole));
}

#[test]
fn what_no_statement_has_room_for_is_told_and_goes_on_when_there_is_room() {
    let crowd = |test| {
        let database = seeded(Database::site(test));
        for id in 100..200 {
            database.comment(id, 11, 0, "1");
        }
        database
    };
    let alone = Database::alone("narrow");
    let whole = crowd("narrow_whole");
    finish(&mut whole.server(), &deletion());
    let database = crowd("narrow");
    let packet = Setting::new(&alone, "max_allowed_packet", "1024");
    let mut request = claimed(deletion());
    // What comes before it passes.
    let (error, before) = loop {
        let before = contents(&database);
        match deletion::run(&mut database.server(), &request) {
            Ok(report) => request = resumed(&request, &report),
            Err(error) => break (error, before),
        }
    };
    assert!(matches!(error, Error::TooLong { .. }), "{error:?}");
    assert_eq!(
        (error.errno(), error.outcome()),
        (1153, Outcome::RolledBack)
    );
    assert!(error.to_string().contains("max_allowed_packet"), "{error}");
    assert_eq!(contents(&database), before);
    drop(packet);
    finish(&mut database.server(), &request);
    assert_eq!(contents(&database), contents(&whole));
}

/// A value that grows beyond what the server takes becomes NULL without a word.
#[test]
fn notes_are_told_before_the_row_has_no_room_for_them() {
    let database = crowded(Database::site_alone("notes"), 3000);
    let packet = Setting::new(&database, "max_allowed_packet", "16384");
    let mut server = database.server();
    let mut worker = Worker::default();
    let mut request = claimed(in_batches(100, deletion()));
    let mut told = 0;
    loop {
        let report = worker.run(&mut server, &request).unwrap();
        let purged: usize = report.slice.purged.values().map(Vec::len).sum();
        assert_eq!(noted(&database, "purged").len(), purged);
        told += purged;
        request = resumed(&request, &report);
        if report.stopped == Stopped::Done {
            break;
        }
        // As PHP does when it has seen to what they say.
        database.run("UPDATE wp_deletions SET unsettled = '' WHERE id = 5");
    }
    assert_eq!(told, 1500);
    drop(packet);
}

#[test]
fn a_privilege_that_is_missing_for_one_table_is_told_and_nothing_is_half_done() {
    let whole = seeded(Database::site("privilege_whole"));
    whole.delete(&deletion());
    for (table, privileges) in [
        ("commentmeta", "SELECT, INSERT, UPDATE"),
        ("term_relationships", "SELECT, INSERT, UPDATE"),
        ("postmeta", "SELECT, UPDATE, DELETE"),
        ("posts", "SELECT, INSERT, DELETE"),
        ("comments", "SELECT, INSERT, DELETE"),
    ] {
        let database = seeded(Database::site("privilege"));
        let mut account = Account::new(&database, "localhost");
        let (name, who) = (&database.name, account.quoted());
        account.as_root(&format!("REVOKE ALL ON {name}.* FROM {who}"));
        for of in database.column("SHOW TABLES") {
            let privileges = match of.strip_prefix("wp_") {
                Some(of) if of == table => privileges,
                _ => "SELECT, INSERT, UPDATE, DELETE",
            };
            account.as_root(&format!("GRANT {privileges} ON {name}.{of} TO {who}"));
        }
        let parts = account.parts(stack::parts(name));
        let mut server = Server::new(stack::config(parts));
        server.use_tables(&tables()).unwrap();
        // Posts that only go for good before it may be gone; what it was at is not.
        let mut request = in_batches(1, deletion());
        let (error, before) = loop {
            let before = contents(&database);
            match deletion::run(&mut server, &request) {
                Ok(report) => request = resumed(&request, &report),
                Err(error) => break (error, before),
            }
        };
        let Error::Schema { table: of, problem } = &error else {
            panic!("{error:?}")
        };
        assert!(of.split(", ").any(|of| of == format!("wp_{table}")), "{of}");
        assert!(problem.contains("lacks a privilege"), "{problem}");
        assert_eq!(error.outcome(), Outcome::RolledBack);
        assert_eq!(contents(&database), before, "{table}");
        account.as_root(&format!("GRANT ALL ON {name}.* TO {who}"));
        server.disconnect();
        server.use_tables(&tables()).unwrap();
        finish(&mut server, &request);
        assert_eq!(contents(&database), contents(&whole), "{table}");
    }
}

/// What takes too long is held up by a lock: no machine is too fast for that.
#[test]
fn on_mariadb_a_statement_that_takes_longer_than_allowed_is_undone_with_its_batch() {
    let whole = seeded(Database::site_alone("slow_whole"));
    whole.delete(&deletion());
    let database = seeded(Database::site("slow"));
    let before = contents(&database);
    let limit = Setting::new(&database, "max_statement_time", "0.5");
    let mut elsewhere = database.connect();
    let mut holder = elsewhere.begin().unwrap();
    let hold = "SELECT * FROM wp_comments WHERE comment_post_ID = 10 FOR UPDATE";
    holder.query(&sql(hold), &[]).unwrap();
    let mut server = database.server();
    let error = deletion::run(&mut server, &deletion()).unwrap_err();
    let is_limit = matches!(error, Error::Interrupted { errno: 1969, .. });
    assert!(is_limit, "{error:?}");
    assert!(error.to_string().contains("max_statement_time"), "{error}");
    assert_eq!(contents(&database), before);
    holder.commit().unwrap();
    drop(limit);
    finish(&mut server, &deletion());
    assert_eq!(contents(&database), contents(&whole));
}

/// MySQL has such a limit for SELECT alone, and none of the engine's takes as long while nothing is locked.
#[test]
fn on_mysql_a_query_that_takes_longer_than_allowed_is_told() {
    let database = seeded(Database::site_alone("slow"));
    let limit = Setting::new(&database, "max_execution_time", "100");
    let mut connection = database.connect();
    let error = connection
        .query(&sql("SELECT SLEEP(1) FROM wp_posts"), &[])
        .and_then(|_| {
            connection.query(
                &sql(
                    "SELECT COUNT(*) FROM wp_posts a, wp_posts b, wp_posts c WHERE SLEEP(0.1) = 0",
                ),
                &[],
            )
        });
    let error = error.unwrap_err();
    let is_limit = matches!(error, Error::Interrupted { errno: 3024, .. });
    assert!(is_limit, "{error:?}");
    drop(limit);
}

/// The server closes connections on which nothing is said for long: WordPress's listeners may take that.
#[test]
fn a_connection_that_was_silent_for_too_long_is_opened_again() {
    let whole = seeded(Database::site("silent_whole"));
    whole.delete(&deletion());
    let database = seeded(Database::site("silent"));
    let mut server = database.server();
    let connection = server.connection().unwrap();
    execute(connection, "SET SESSION wait_timeout = 1", &[]);
    thread::sleep(Duration::from_millis(2500));
    finish(&mut server, &deletion());
    assert_eq!(contents(&database), contents(&whole));
}
