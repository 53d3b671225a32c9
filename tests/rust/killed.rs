//! Whatever happens to any one statement of a deletion, and whoever takes it up again: it ends as if nothing
//! had happened, and each thing done is on record once.

use wpf_delete::db::Server;
use wpf_delete::db::value::Param;
use wpf_delete::deletion;
use wpf_delete::error::Error;
use wpf_delete::report::Stopped;
use wpf_delete::request::{DeletionRequest, Part};

use crate::database::{Contents, Database, tables};
use crate::ledger::{claimed, noted};
use crate::proxy::{ANY, Break, Proxy};
use crate::site::{MANY, Post, deletion, in_batches, on_two_connections, reassignment};

/// A database that can be set back to what it was.
pub struct Arena {
    pub database: Database,
    seed: Database,
    tables: Vec<String>,
}

impl Arena {
    pub fn new(test: &str) -> Self {
        let seed = seeded(test);
        Self {
            database: Database::new(test),
            tables: seed.column("SHOW TABLES"),
            seed,
        }
    }

    pub fn set_back(&self) {
        for table in &self.tables {
            // A transaction of a connection that was lost may not have ended yet.
            self.database.run(&format!("DELETE FROM {table}"));
            self.database.run(&format!(
                "INSERT INTO {table} SELECT * FROM {}.{table}",
                self.seed.name
            ));
        }
    }
}

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    database.term(1, "category", MANY);
    database.term(2, "shelf", 9);
    for (id, kind) in [
        (10, "book"),
        (11, "post"),
        (12, "attachment"),
        (13, "page"),
        (14, "book"),
        (15, "post"),
    ] {
        database.post(Post {
            id,
            kind,
            name: "same",
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
        database.relate(id, 1);
        database.relate(id, 2);
    }
    database.comment(20, 11, 10, "1");
    database.meta(11, "_thumbnail_id", "12");
    database.menu_item(30, "publish", "post_type", "10");
    database.link(1, 7);
    database.run("INSERT INTO wp_deletions (id) VALUES (5)");
    database
}

/// What is left, and what is on record.
#[derive(Debug, PartialEq)]
struct End {
    contents: Contents,
    noted: Vec<Vec<u64>>,
}

impl End {
    fn of(database: &Database) -> Self {
        let mut contents = database.contents();
        contents.remove("wp_deletions");
        // Undone batches use up numbers.
        for row in contents.get_mut("wp_postmeta").unwrap() {
            row[0].clear();
        }
        let keys = [
            "purged",
            "trashed",
            "reassigned",
            "deleted_comments",
            "changed_comments",
            "links",
        ];
        let noted = keys.map(|key| noted(database, key)).to_vec();
        Self { contents, noted }
    }
}

/// A part until it is done, by one runner after the other: each begins with what is on record, and puts on
/// record where its calls end.
fn finish(mut server: Server, database: &Database, request: &DeletionRequest) -> Vec<Error> {
    let mut errors = Vec::new();
    loop {
        let resume = &database.rows("SELECT resume FROM wp_deletions WHERE id = 5")[0][0];
        let request = DeletionRequest {
            resume: resume.clone().into_bytes(),
            ..request.clone()
        };
        let run = server
            .use_tables(&tables())
            .and_then(|()| deletion::run(&mut server, &request));
        match run {
            Ok(report) => {
                database.run_with(
                    "UPDATE wp_deletions SET resume = ? WHERE id = 5",
                    &[Param::Bytes(report.resume.as_bytes())],
                );
                if report.stopped == Stopped::Done {
                    return errors;
                }
            }
            // The next runner, too, sees that the user has gone.
            Err(Error::UserNotFound { .. }) if request.part == Part::User => return errors,
            Err(error) => {
                errors.push(error);
                server.disconnect();
            }
        }
        assert!(errors.len() < 5, "{errors:?}");
    }
}

fn parts(request: &DeletionRequest) -> [DeletionRequest; 3] {
    [Part::Content, Part::Terms, Part::User].map(|part| DeletionRequest {
        part,
        ..request.clone()
    })
}

/// Lets this happen to the first statement, in another run to the second, and so on to the last. Returns how
/// many there are, and what the runners met.
fn at_every_statement(test: &str, request: &DeletionRequest, how: Break) -> (usize, Vec<Error>) {
    let arena = Arena::new(test);
    let database = &arena.database;
    let mut met = Vec::new();
    let undisturbed = {
        arena.set_back();
        for part in parts(request) {
            assert!(finish(database.server(), database, &part).is_empty());
        }
        End::of(database)
    };
    for statement in 0.. {
        arena.set_back();
        let proxy = Proxy::new(ANY, statement, how);
        for part in parts(request) {
            met.extend(finish(
                database.unopened_through(proxy.port),
                database,
                &part,
            ));
        }
        let end = End::of(database);
        assert_eq!(end, undisturbed, "{how:?} at statement {statement}");
        if !proxy.has_broken() {
            return (statement, met);
        }
    }
    unreachable!()
}

pub fn small(request: DeletionRequest) -> DeletionRequest {
    claimed(in_batches(2, request))
}

/// A connection that is lost is opened again, and nobody gets to know of it; but a server that cannot be
/// reached at the beginning of a call is for the next runner to reach.
fn assert_only_opening_fails(test: &str, request: &DeletionRequest, how: Break) {
    let (statements, met) = at_every_statement(test, request, how);
    assert!(statements > 50, "{statements}");
    for error in met {
        let text = error.to_string();
        let is_opening = [
            "SET_SESSION",
            "SERVER",
            "KEEP_LISTS",
            "IS_NODE",
            "LOGS_STATEMENTS",
            "READ_COMMITTED",
            "ENGINES",
        ]
        .iter()
        .any(|statement| text.contains(statement));
        assert!(is_opening, "{text}");
        assert!(matches!(error, Error::ConnectionLost { .. }), "{error:?}");
    }
}

#[test]
fn a_connection_killed_at_any_statement_is_opened_again() {
    assert_only_opening_fails("killed", &small(deletion()), Break::Killed);
}

#[test]
fn a_connection_of_two_killed_at_any_statement_is_opened_again() {
    let request = small(on_two_connections(deletion()));
    assert_only_opening_fails("killed_two", &request, Break::Killed);
}

#[test]
fn a_connection_killed_at_any_statement_of_a_reassignment_is_opened_again() {
    assert_only_opening_fails("killed_r", &small(reassignment()), Break::Killed);
}

#[test]
fn a_connection_that_breaks_after_any_statement_is_opened_again() {
    assert_only_opening_fails("broken", &small(deletion()), Break::After);
}

/// MariaDB answers some statements that were killed as if they had found nothing.
#[test]
fn what_any_killed_statement_has_not_done_is_done() {
    for request in [small(deletion()), small(reassignment())] {
        let (statements, met) = at_every_statement("interrupted", &request, Break::Interrupted);
        assert!(statements > 50, "{statements}");
        assert!(!met.is_empty(), "nothing was interrupted");
        for error in met {
            let is_interrupted = matches!(error, Error::Interrupted { errno: 1317, .. });
            assert!(is_interrupted, "{error:?}");
        }
    }
}

/// Whatever the server refuses it for: it is undone with its batch, even if it is the COMMIT.
#[test]
fn a_batch_of_which_any_statement_is_refused_is_undone() {
    let (statements, met) = at_every_statement("refused", &small(deletion()), Break::Refused(1021));
    assert!(met.len() > statements / 2, "{met:?}");
}
