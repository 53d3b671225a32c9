//! Tables that are not what WordPress has are found before anything is changed.

use wpf_delete::db::Server;
use wpf_delete::deletion;
use wpf_delete::error::{Error, Outcome};
use wpf_delete::sql::Tables;

use crate::database::{Database, tables};
use crate::site::{Post, deletion};
use crate::stack;

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    for (id, kind) in [(10, "post"), (11, "book")] {
        database.post(Post {
            id,
            kind,
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
    }
    database
}

fn refused(database: &Database, tables: &Tables) -> String {
    let mut server = Server::new(stack::config(stack::parts(&database.name)));
    match server.use_tables(tables) {
        Err(Error::Schema { table, problem }) => format!("{table} {problem}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_missing_table_is_named() {
    let database = seeded("missing");
    for table in Tables::REQUIRED {
        database.run(&format!("RENAME TABLE wp_{table} TO away"));
        let problem = refused(&database, &tables());
        assert_eq!(
            problem,
            format!("wp_{table} does not exist, or this account may not see it")
        );
        database.run(&format!("RENAME TABLE away TO wp_{table}"));
    }
    assert!(refused(&database, &tables_with_prefix("other_")).contains(" does not exist, "));
}

fn tables_with_prefix(prefix: &str) -> Tables {
    Tables::new(|table| Some(format!("{prefix}{table}"))).unwrap()
}

fn assert_refused(database: &Database, engine: &str) {
    database.run(&format!(
        "ALTER TABLE wp_term_relationships ENGINE={engine}"
    ));
    let problem = refused(database, &tables());
    assert!(
        problem.starts_with("wp_term_relationships is not InnoDB"),
        "{problem}"
    );
}

#[test]
fn on_mariadb_aria_cannot_roll_back_either() {
    assert_refused(&seeded("aria"), "Aria");
}

#[test]
fn a_table_that_cannot_roll_back_is_named() {
    let database = seeded("engines");
    for engine in ["MyISAM", "MEMORY"] {
        assert_refused(&database, engine);
    }
    database.run("ALTER TABLE wp_term_relationships ENGINE=InnoDB");
    database.run("RENAME TABLE wp_links TO away");
    database.run("CREATE VIEW wp_links AS SELECT * FROM away");
    assert!(refused(&database, &tables()).starts_with("wp_links is not InnoDB"));
}

#[test]
fn a_links_table_the_site_has_dropped_is_not_missed() {
    let database = seeded("no_links");
    database.run("DROP TABLE wp_links");
    assert!(refused(&database, &tables()).starts_with("wp_links does not exist"));
    let without = Tables::new(|table| (table != "links").then(|| format!("wp_{table}"))).unwrap();
    let mut server = Server::new(stack::config(stack::parts(&database.name)));
    server.use_tables(&without).unwrap();
    let report = deletion::run(&mut server, &deletion()).unwrap();
    assert_eq!(report.slice.purged.len(), 1);
}

#[test]
fn an_index_that_is_missing_is_said_to_be() {
    let database = seeded("index");
    database.run("ALTER TABLE wp_posts DROP INDEX post_author");
    let before = database.contents();
    let error = deletion::run(&mut database.server(), &deletion()).unwrap_err();
    assert!(matches!(&error, Error::Schema { .. }), "{error:?}");
    assert!(error.to_string().contains("lacks an index"), "{error}");
    assert_eq!(database.contents(), before);
}

#[test]
fn a_column_that_is_missing_undoes_the_batch() {
    let database = seeded("column");
    database.run("ALTER TABLE wp_comments DROP COLUMN comment_parent");
    let before = database.contents();
    let error = deletion::run(&mut database.server(), &deletion()).unwrap_err();
    assert!(matches!(&error, Error::Schema { .. }), "{error:?}");
    assert_eq!(error.outcome(), Outcome::RolledBack);
    assert_eq!(database.contents(), before);
}
