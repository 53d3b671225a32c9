//! Where the server is.

use std::env;
use std::net::TcpListener;
use std::path::PathBuf;

use wpf_delete::db::Connection;
use wpf_delete::db::config::{ConnectionConfig, ConnectionParts};

use crate::database::{query, tables};

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: these tests need a server, run tests/support/rust-tests.sh")
    })
}

/// Which server it is: MySQL, or else MariaDB.
pub fn is_mysql() -> bool {
    match variable("WPF_DB_SERVER").as_str() {
        "mysql" => true,
        "mariadb" => false,
        other => panic!("WPF_DB_SERVER is {other}: mariadb or mysql"),
    }
}

pub fn socket() -> String {
    variable("WPF_DB_SOCKET")
}

/// The socket of another node of the cluster.
pub fn socket_of_another_node() -> String {
    variable("WPF_DB_SOCKET_OF_ANOTHER_NODE")
}

pub fn user() -> String {
    variable("WPF_DB_USER")
}

/// Holds a space and both kinds of quotes.
pub fn password() -> String {
    variable("WPF_DB_PASSWORD")
}

/// The port on 127.0.0.1 and ::1.
pub fn port() -> u16 {
    variable("WPF_DB_PORT")
        .parse()
        .expect("WPF_DB_PORT is empty: start the server with a port")
}

/// A port nobody listens on.
pub fn closed_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Over the socket, as WordPress's own connection would be.
pub fn parts(database: &str) -> ConnectionParts {
    ConnectionParts {
        host: "localhost".into(),
        socket: Some(socket()),
        user: user(),
        password: password().into_bytes(),
        database: database.into(),
        charset: "utf8mb4".into(),
        collation: "utf8mb4_unicode_520_ci".into(),
        sql_mode: "NO_ENGINE_SUBSTITUTION".into(),
        ..ConnectionParts::default()
    }
}

/// The same on the server that has its data on a small disk, and that undoes the whole transaction when a row
/// was waited for in vain.
pub fn small_parts(database: &str) -> ConnectionParts {
    ConnectionParts {
        socket: Some(variable("WPF_SMALL_SOCKET")),
        ..parts(database)
    }
}

/// The folder that disk is.
pub fn small_disk() -> PathBuf {
    variable("WPF_SMALL_DISK").into()
}

/// The same over TCP.
pub fn tcp_parts(database: &str, host: &str, port: u16) -> ConnectionParts {
    ConnectionParts {
        host: host.into(),
        port: Some(port.into()),
        socket: None,
        ..parts(database)
    }
}

pub fn config(parts: ConnectionParts) -> ConnectionConfig {
    ConnectionConfig::new(parts).unwrap()
}

#[test]
fn the_server_is_the_one_it_is_said_to_be() {
    let mut connection = Connection::open(&config(parts("mysql")), tables()).unwrap();
    let version = query(&mut connection, "SELECT VERSION()")
        .remove(0)
        .remove(0);
    assert_eq!(!version.contains("MariaDB"), is_mysql(), "{version}");
}
