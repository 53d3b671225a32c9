//! Every way to reach the server, and every way not to.

use wpf_delete::db::config::{ConnectionConfig, ConnectionParts};
use wpf_delete::db::{Connection, Server};
use wpf_delete::error::{Error, Outcome};

use crate::database::{Database, query, tables};
use crate::stack;

fn open(parts: ConnectionParts) -> Result<Connection, Error> {
    Connection::open(&ConnectionConfig::new(parts)?, tables())
}

/// The account and the kind of connection as the server sees them.
fn seen_by_server(parts: ConnectionParts) -> Vec<Vec<String>> {
    let mut connection = open(parts).unwrap();
    query(&mut connection, "SELECT USER(), DATABASE()")
}

#[test]
fn over_the_socket() {
    let database = Database::new("socket");
    assert_eq!(
        seen_by_server(stack::parts(&database.name)),
        [[
            format!("{}@localhost", stack::user()),
            database.name.clone()
        ]]
    );
}

#[test]
fn over_tcp_with_a_port() {
    let database = Database::new("tcp");
    for (host, seen) in [("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1")] {
        assert_eq!(
            seen_by_server(stack::tcp_parts(&database.name, host, stack::port())),
            [[format!("{}@{seen}", stack::user()), database.name.clone()]]
        );
    }
}

#[test]
fn a_password_with_quotes_and_spaces_is_the_one_that_opens() {
    for special in [' ', '"', '\''] {
        assert!(stack::password().contains(special));
    }
    for wrong in ["", "wp", &stack::password().replace('\'', "")] {
        let parts = ConnectionParts {
            password: wrong.into(),
            ..stack::parts("mysql")
        };
        let error = open(parts).unwrap_err();
        assert!(matches!(error, Error::Connect { errno: 1045 }), "{error:?}");
        assert_eq!(error.outcome(), Outcome::NothingSent);
    }
}

#[test]
fn a_password_with_a_nul_byte_is_an_argument_error() {
    let parts = ConnectionParts {
        password: b"a\0b".to_vec(),
        ..stack::parts("mysql")
    };
    let error = open(parts).unwrap_err();
    assert!(matches!(&error, Error::Argument { name, .. } if name == "connection.password"));
}

#[test]
fn an_unknown_database() {
    let error = open(stack::parts("wpf_rust_no_such_database")).unwrap_err();
    assert!(matches!(error, Error::Connect { errno: 1049 }), "{error:?}");
}

#[test]
fn a_port_or_socket_where_nobody_listens() {
    let closed = stack::tcp_parts("mysql", "127.0.0.1", stack::closed_port());
    let missing = ConnectionParts {
        socket: Some("/nonexistent/mysqld.sock".into()),
        ..stack::parts("mysql")
    };
    for parts in [closed, missing] {
        let error = open(parts).unwrap_err();
        assert!(
            matches!(error, Error::Connect { errno: 2002 | 2003 }),
            "{error:?}"
        );
        assert!(error.to_string().contains("check DB_HOST"), "{error}");
    }
}

#[test]
fn encryption_that_was_asked_for_is_never_given_up_in_silence() {
    let parts = ConnectionParts {
        client_flags: 2048,
        ..stack::tcp_parts("mysql", "127.0.0.1", stack::port())
    };
    let error = open(parts).unwrap_err();
    assert!(matches!(error, Error::Connect { errno: 2026 }), "{error:?}");
}

#[test]
fn the_password_is_printed_nowhere() {
    let parts = stack::parts("mysql");
    let config = stack::config(parts.clone());
    let mut server = Server::new(config.clone());
    let unconnected = format!("{server:?}");
    let refused = open(ConnectionParts {
        user: "nobody".into(),
        ..parts.clone()
    })
    .unwrap_err();
    let connection = open(parts.clone()).unwrap();
    let missing = server.use_tables(&tables()).unwrap_err();
    let printed = format!(
        "{parts:?} {config:?} {unconnected} {server:?} {connection:?} {refused:?} {refused} \
         {missing:?} {missing} {parts:#?} {config:#?} {server:#?}"
    );
    for part in [stack::password().as_str(), "pass' word", "pass\\' word"] {
        assert!(!printed.contains(part), "{printed}");
    }
}

#[test]
fn a_server_object_connects_when_it_is_first_used() {
    let parts = stack::tcp_parts("mysql", "127.0.0.1", stack::closed_port());
    let mut server = Server::new(stack::config(parts));
    assert_eq!(server.statements(), 0);
    assert!(matches!(
        server.use_tables(&tables()),
        Err(Error::Connect { .. })
    ));
}
