//! A database of a test's own, and what stands in it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread::{self, JoinHandle};

use wpf_delete::db::config::ConnectionParts;
use wpf_delete::db::value::{Param, Row};
use wpf_delete::db::{Connection, Server};
use wpf_delete::sql::{Sql, Tables};

use crate::stack;

/// Most tests share the server; those that change settings of the whole server have it alone.
static SERVER: RwLock<()> = RwLock::new(());

thread_local! {
    /// What this test holds of it. Its further databases must not ask again: somebody who wants the
    /// server alone may be waiting in between.
    static HELD: RefCell<Weak<Hold>> = const { RefCell::new(Weak::new()) };
}

#[allow(
    dead_code,
    reason = "held for as long as the test runs, never looked at"
)]
enum Hold {
    Shared(RwLockReadGuard<'static, ()>),
    Alone(RwLockWriteGuard<'static, ()>),
}

impl Hold {
    fn take(acquire: impl FnOnce() -> Self) -> Rc<Self> {
        HELD.with_borrow_mut(|held| {
            held.upgrade().unwrap_or_else(|| {
                let hold = Rc::new(acquire());
                *held = Rc::downgrade(&hold);
                hold
            })
        })
    }

    fn shared() -> Self {
        Self::Shared(SERVER.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn alone() -> Self {
        Self::Alone(SERVER.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// WordPress's tables in a database that is dropped with this value, and a connection to look at
/// them that is not the engine's.
pub struct Database {
    pub name: String,
    /// The way to the server it is on.
    parts: Way,
    observer: RefCell<Connection>,
    _hold: Rc<Hold>,
}

type Way = fn(&str) -> ConnectionParts;

/// All rows of all tables, each as text, by table.
pub type Contents = BTreeMap<String, Vec<Vec<String>>>;

impl Database {
    pub fn new(test: &str) -> Self {
        Self::create(test, stack::parts, Hold::take(Hold::shared))
    }

    /// On the server with the small disk, alone.
    pub fn on_small_disk(test: &str) -> Self {
        Self::create(test, stack::small_parts, Hold::take(Hold::alone))
    }

    /// For tests that change settings of the whole server; their first database.
    pub fn alone(test: &str) -> Self {
        let hold = Hold::take(Hold::alone);
        assert!(
            matches!(*hold, Hold::Alone(_)),
            "this test shares the server already"
        );
        Self::create(test, stack::parts, hold)
    }

    fn create(test: &str, parts: Way, hold: Rc<Hold>) -> Self {
        static CREATED: AtomicUsize = AtomicUsize::new(0);
        let number = CREATED.fetch_add(1, Ordering::Relaxed);
        let name = format!("wpf_rust_{}_{number}_{test}", std::process::id());
        let mut first = open(parts("mysql"));
        execute(&mut first, &format!("CREATE DATABASE {name}"), &[]);
        let database = Self {
            observer: RefCell::new(open(parts(&name))),
            name,
            parts,
            _hold: hold,
        };
        for statement in include_str!("../support/schema.sql").split(";\n") {
            let create = statement.find("CREATE TABLE");
            if let Some(start) = create {
                database.run(&statement[start..]);
            }
        }
        database
    }

    /// An engine that knows this database's tables.
    pub fn server(&self) -> Server {
        let mut server = Server::new(stack::config((self.parts)(&self.name)));
        server.use_tables(&tables()).unwrap();
        server
    }

    /// An engine that reaches this database over TCP at another port.
    pub fn server_through(&self, port: u16) -> Server {
        let mut server = self.unopened_through(port);
        server.use_tables(&tables()).unwrap();
        server
    }

    /// The same, without a connection yet.
    pub fn unopened_through(&self, port: u16) -> Server {
        Server::new(stack::config(stack::tcp_parts(
            &self.name,
            "127.0.0.1",
            port,
        )))
    }

    /// A further connection.
    pub fn connect(&self) -> Connection {
        open((self.parts)(&self.name))
    }

    pub fn run(&self, sql: &str) -> u64 {
        self.run_with(sql, &[])
    }

    pub fn run_with(&self, sql: &str, params: &[Param<'_>]) -> u64 {
        execute(&mut self.observer.borrow_mut(), sql, params)
    }

    /// Rows as text; NULL is the empty string.
    pub fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        query(&mut self.observer.borrow_mut(), sql)
    }

    /// The first column as text.
    pub fn column(&self, sql: &str) -> Vec<String> {
        self.rows(sql)
            .into_iter()
            .map(|mut row| row.remove(0))
            .collect()
    }

    /// The first column as numbers.
    pub fn ids(&self, sql: &str) -> Vec<u64> {
        self.column(sql)
            .iter()
            .map(|id| id.parse().unwrap())
            .collect()
    }

    pub fn number(&self, sql: &str) -> u64 {
        self.ids(sql)[0]
    }

    /// Everything, in the order of the first two columns.
    pub fn contents(&self) -> Contents {
        self.column("SHOW TABLES")
            .into_iter()
            .map(|table| {
                let rows = self.rows(&format!("SELECT * FROM {table} ORDER BY 1, 2"));
                (table, rows)
            })
            .collect()
    }

    /// Runs `work` with an engine of its own beside the test.
    pub fn in_background<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Server) -> T + Send + 'static,
    ) -> JoinHandle<T> {
        let config = stack::config((self.parts)(&self.name));
        thread::spawn(move || {
            let mut server = Server::new(config);
            server.use_tables(&tables()).unwrap();
            work(&mut server)
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {}", self.name);
        let dropped = self.observer.borrow_mut().execute(&sql(&drop), &[]);
        assert!(dropped.is_ok() || thread::panicking(), "{dropped:?}");
    }
}

/// The tables of a plain site.
pub fn tables() -> Tables {
    Tables::new(|table| Some(format!("wp_{table}"))).unwrap()
}

fn open(parts: ConnectionParts) -> Connection {
    let config = stack::config(parts);
    let mut connection = Connection::open(&config, tables()).unwrap_or_else(|error| {
        panic!(
            "no server at {}: {error}; run tests/support/rust-tests.sh",
            stack::socket()
        )
    });
    // For `numbers`.
    let depth = if stack::is_mysql() {
        "cte_max_recursion_depth"
    } else {
        "max_recursive_iterations"
    };
    execute(&mut connection, &format!("SET {depth} = 10000000"), &[]);
    connection
}

/// The numbers from 1 to `last`, each a row of one column `seq`, to stand in a FROM.
pub fn numbers(last: u64) -> String {
    format!(
        "(WITH RECURSIVE n (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < {last}) \
         SELECT seq FROM n) numbers"
    )
}

/// A statement made by a test. The crate takes constant text only, so the text is kept for good.
pub fn sql(text: &str) -> Sql {
    Sql::new("test", text.to_owned().leak())
}

/// How a statement begins that deletes rows of a table and has to know which: on MariaDB at once, on MySQL
/// when it has locked them.
pub fn taking(table: &str) -> &'static str {
    let tables = if stack::is_mysql() {
        "`{}` FROM"
    } else {
        "FROM"
    };
    let tables = tables.replace("{}", table);
    format!("DELETE /* wpf_delete */ {tables} `{table}`").leak()
}

pub fn execute(connection: &mut Connection, text: &str, params: &[Param<'_>]) -> u64 {
    connection
        .execute(&sql(text), params)
        .unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Runs a text that is complete: what looks like a parameter or a table in it is none.
pub fn verbatim(connection: &mut Connection, text: &str) -> Vec<Vec<String>> {
    execute(
        connection,
        "SET @text = ?",
        &[Param::Bytes(text.as_bytes())],
    );
    execute(connection, "PREPARE complete FROM @text", &[]);
    query(connection, "EXECUTE complete")
}

pub fn query(connection: &mut Connection, text: &str) -> Vec<Vec<String>> {
    connection
        .query(&sql(text), &[])
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .iter()
        .map(cells)
        .collect()
}

fn cells(row: &Row) -> Vec<String> {
    (0..)
        .map_while(|column| row.bytes(column).ok())
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect()
}
