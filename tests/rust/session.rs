//! The session is as WordPress's own: what was asked for is what the server has.

use wpf_delete::db::Connection;
use wpf_delete::db::config::ConnectionParts;
use wpf_delete::error::Error;

use crate::database::{query, tables};
use crate::stack;

fn variables(parts: ConnectionParts) -> Vec<String> {
    let mut connection = Connection::open(&stack::config(parts), tables()).unwrap();
    let isolation = if stack::is_mysql() {
        "@@transaction_isolation"
    } else {
        "@@tx_isolation"
    };
    let variables = format!(
        "SELECT @@sql_mode, @@character_set_client, @@character_set_connection, \
         @@character_set_results, @@collation_connection, @@innodb_lock_wait_timeout, {isolation}"
    );
    query(&mut connection, &variables).remove(0)
}

#[test]
fn the_usual_settings() {
    assert_eq!(
        variables(stack::parts("mysql")),
        [
            "NO_ENGINE_SUBSTITUTION",
            "utf8mb4",
            "utf8mb4",
            "utf8mb4",
            "utf8mb4_unicode_520_ci",
            "3",
            "READ-COMMITTED"
        ]
    );
}

#[test]
fn an_old_site_with_modes_of_its_own() {
    let parts = ConnectionParts {
        charset: "latin1".into(),
        collation: "latin1_german1_ci".into(),
        sql_mode: "ANSI_QUOTES,NO_BACKSLASH_ESCAPES".into(),
        ..stack::parts("mysql")
    };
    assert_eq!(
        variables(parts),
        [
            "ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
            "latin1",
            "latin1",
            "latin1",
            "latin1_german1_ci",
            "3",
            "READ-COMMITTED"
        ]
    );
}

#[test]
fn an_empty_mode_is_not_the_servers_default() {
    let parts = ConnectionParts {
        sql_mode: String::new(),
        ..stack::parts("mysql")
    };
    assert_eq!(variables(parts)[0], "");
}

#[test]
fn settings_the_server_does_not_know_are_refused() {
    let refused = |parts| Connection::open(&stack::config(parts), tables()).unwrap_err();
    let mode = refused(ConnectionParts {
        sql_mode: "NO_SUCH_MODE".into(),
        ..stack::parts("mysql")
    });
    assert!(matches!(mode, Error::Query { errno: 1231, .. }), "{mode:?}");
    let collation = refused(ConnectionParts {
        collation: "latin1_swedish_ci".into(),
        ..stack::parts("mysql")
    });
    assert!(
        matches!(collation, Error::Query { errno: 1253, .. }),
        "{collation:?}"
    );
}
