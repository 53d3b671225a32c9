//! An account of a test's own.

use std::sync::atomic::{AtomicUsize, Ordering};

use wpf_delete::db::Connection;
use wpf_delete::db::config::ConnectionParts;

use crate::database::{Database, execute, tables};
use crate::stack;

const PASSWORD: &str = "another secret";

/// An account like a site's: it may do everything in one database and nothing elsewhere. Dropped with
/// this value.
pub struct Account {
    name: String,
    host: &'static str,
    root: Connection,
}

impl Account {
    pub fn new(database: &Database, host: &'static str) -> Self {
        static CREATED: AtomicUsize = AtomicUsize::new(0);
        let number = CREATED.fetch_add(1, Ordering::Relaxed);
        let root = ConnectionParts {
            user: "root".into(),
            password: Vec::new(),
            ..stack::parts(&database.name)
        };
        let mut account = Self {
            name: format!("site_{}_{number}", std::process::id()),
            host,
            root: Connection::open(&stack::config(root), tables()).unwrap(),
        };
        let quoted = account.quoted();
        account.as_root(&format!("CREATE USER {quoted} IDENTIFIED BY '{PASSWORD}'"));
        account.as_root(&format!("GRANT ALL ON {}.* TO {quoted}", database.name));
        account
    }

    pub fn as_root(&mut self, sql: &str) {
        execute(&mut self.root, sql, &[]);
    }

    /// The same way to the server, for this account.
    pub fn parts(&self, way: ConnectionParts) -> ConnectionParts {
        ConnectionParts {
            user: self.name.clone(),
            password: PASSWORD.into(),
            ..way
        }
    }

    /// As statements name it.
    pub fn quoted(&self) -> String {
        format!("'{}'@'{}'", self.name, self.host)
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let quoted = self.quoted();
        self.as_root(&format!("DROP USER {quoted}"));
    }
}
