//! How the server would run a statement.

use crate::database::{Database, verbatim};
use crate::stack;

/// One step of a plan: how a table is read.
#[derive(Debug)]
pub struct Access {
    pub table: String,
    /// `ALL` is the whole table, `index` a whole index.
    pub kind: String,
    pub index: String,
    /// How many bytes of the index are looked up.
    pub length: u64,
    /// As the server estimates.
    pub rows: u64,
}

impl Database {
    /// How the server would run a statement, step by step.
    pub fn explain(&self, statement: &str) -> Vec<Access> {
        let explain = format!("EXPLAIN FORMAT = TRADITIONAL {statement}");
        // MySQL has partitions before the kind of access.
        let kind = 3 + usize::from(stack::is_mysql());
        verbatim(&mut self.connect(), &explain)
            .into_iter()
            .map(|row| {
                // Behind a bar MariaDB has the index by which it filters the rows of the first one.
                let first = |column: usize| row[column].split('|').next().unwrap_or_default();
                Access {
                    table: row[2].clone(),
                    kind: first(kind).into(),
                    index: first(kind + 2).into(),
                    length: first(kind + 3).parse().unwrap_or(0),
                    rows: first(kind + 5)
                        .split(' ')
                        .next()
                        .unwrap()
                        .parse()
                        .unwrap_or(0),
                }
            })
            .collect()
    }
}
