//! A small safe client for one kind of caller: text statements with typed parameters, whole results,
//! short transactions.

pub mod config;
pub(crate) mod errno;
mod raw;
mod render;
mod server;
mod transaction;
pub mod value;

use std::fmt;

pub(crate) use raw::LibraryThread;
pub use server::Server;
pub(crate) use server::{ATTEMPTS, pause};
pub use transaction::Transaction;

use crate::error::{Error, Result};
use crate::sql::{self, Sql, Tables, Taking};
use config::ConnectionConfig;
use raw::RawConnection;
use value::{Param, Row, number_in};

/// Longest lists in statements: well below the smallest `max_allowed_packet` in use, and below what
/// MySQL's optimizer has memory for (`range_optimizer_max_mem_size`).
pub const LONGEST_LIST: usize = 3000;

/// An open connection that knows the site's table names.
pub struct Connection {
    raw: RawConnection,
    tables: Tables,
    statements: u64,
    /// Whether it is MariaDB, which can tell what it has deleted.
    returns_deleted: bool,
    /// Whether it locks the rows that it changes and no gaps beside them.
    locks_only_rows: bool,
    /// Whether it is a node of a Galera cluster.
    clustered: bool,
    /// Bytes that a statement must stay below.
    longest_statement: usize,
    /// Whose lock was taken.
    locked: Option<u64>,
}

impl Connection {
    /// Connects and makes the session behave like WordPress's: same character set, collation and
    /// `sql_mode`; waits for row locks are kept short, because the one who holds them may be the
    /// very request that called us; and no more is locked than what changes, where the server's log
    /// allows it.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`], or [`Error::Query`] when the server refuses the session settings.
    pub fn open(config: &ConnectionConfig, tables: Tables) -> Result<Self> {
        let mut connection = Self {
            raw: RawConnection::open(config)?,
            tables,
            statements: 0,
            returns_deleted: false,
            locks_only_rows: false,
            clustered: false,
            longest_statement: usize::MAX,
            locked: None,
        };
        connection.execute(
            &sql::session::SET_SESSION,
            &[
                Param::Bytes(config.charset().as_bytes()),
                Param::Bytes(config.collation().as_bytes()),
                Param::Bytes(config.sql_mode().as_bytes()),
            ],
        )?;
        let server = connection.query(&sql::session::SERVER, &[])?;
        let server = server
            .first()
            .ok_or_else(|| Error::internal("the server does not say what it is"))?;
        connection.longest_statement = usize::try_from(server.id(1)?).unwrap_or(usize::MAX);
        if server.id(0)? == 1 {
            connection.returns_deleted = true;
            connection.execute(&sql::session::KEEP_LISTS, &[])?;
        }
        if !connection.says(&sql::session::LOGS_STATEMENTS)? {
            connection.execute(&sql::session::READ_COMMITTED, &[])?;
            connection.locks_only_rows = true;
        }
        if connection.says(&sql::session::IS_NODE)? {
            connection.clustered = true;
            connection.execute(&sql::session::READ_WHAT_ALL_HAVE, &[])?;
        }
        Ok(connection)
    }

    /// Runs a statement that changes rows; returns how many it changed.
    ///
    /// # Errors
    ///
    /// What the server said, as [`Error`].
    pub fn execute(&mut self, sql: &Sql, params: &[Param<'_>]) -> Result<u64> {
        self.send(sql, params)?;
        Ok(self.raw.affected_rows())
    }

    /// Runs a query and returns all its rows.
    ///
    /// # Errors
    ///
    /// What the server said, as [`Error`].
    pub fn query(&mut self, sql: &Sql, params: &[Param<'_>]) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        if let Some(mut result) = self.send(sql, params)? {
            while let Some(row) = result.next_row() {
                rows.push(Row::new(
                    row.into_iter()
                        .map(|value| value.map(<[u8]>::to_vec))
                        .collect(),
                ));
            }
        }
        Ok(rows)
    }

    /// Deletes rows and returns what they were: at once where the server can, which saves looking for
    /// them twice, or by locking them first. Their first column is the primary key.
    ///
    /// # Errors
    ///
    /// What the server said, as [`Error`].
    pub fn take(
        &mut self,
        taking: &Taking,
        columns: &[Param<'_>],
        conditions: &[Param<'_>],
    ) -> Result<Vec<Row>> {
        if self.returns_deleted {
            let rows = self.query(&taking.at_once, &[conditions, columns].concat())?;
            // That there are none it also says when it was killed; see `sql`.
            if !rows.is_empty() {
                return Ok(rows);
            }
        }
        let rows = self.query(&taking.lock, &[columns, conditions].concat())?;
        let ids = rows
            .iter()
            .map(|row| row.id(0))
            .collect::<Result<Vec<_>>>()?;
        for ids in ids.chunks(LONGEST_LIST) {
            self.execute(&taking.delete, &[Param::Ids(ids)])?;
        }
        Ok(rows)
    }

    /// The numbers in the first column.
    ///
    /// # Errors
    ///
    /// What the server said, as [`Error`].
    pub fn ids(&mut self, sql: &Sql, params: &[Param<'_>]) -> Result<Vec<u64>> {
        self.query(sql, params)?
            .iter()
            .map(|row| row.id(0))
            .collect()
    }

    /// Shows `see` the numbers of each row of a query, as the rows come and without keeping them.
    ///
    /// # Errors
    ///
    /// What the server said, as [`Error`]; [`Error::Internal`] when a column is not a number.
    pub(crate) fn each<const COLUMNS: usize>(
        &mut self,
        sql: &Sql,
        params: &[Param<'_>],
        mut see: impl FnMut([u64; COLUMNS]),
    ) -> Result<()> {
        let text = self.text(sql, params)?;
        self.statements += 1;
        let read = self.raw.read(&text, |row| {
            let mut numbers = [0; COLUMNS];
            for (column, (number, value)) in numbers.iter_mut().zip(row).enumerate() {
                *number = number_in(column, value.unwrap_or_default())?;
            }
            see(numbers);
            Ok(())
        });
        read.map_err(|error| self.meaning(sql, &error))?
    }

    /// Begins a transaction; see [`Transaction`].
    ///
    /// # Errors
    ///
    /// What the server said, as [`Error`].
    pub fn begin(&mut self) -> Result<Transaction<'_>> {
        Transaction::begin(self)
    }

    /// How many statements this connection has sent.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// The site's table names.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Whether the server says so of one of its settings. One that does not know the setting, any more or yet,
    /// knows nothing of the kind.
    fn says(&mut self, setting: &Sql) -> Result<bool> {
        match self.ids(setting, &[]) {
            Err(Error::Query {
                errno: errno::UNKNOWN_SYSTEM_VARIABLE,
                ..
            }) => Ok(false),
            answer => Ok(answer? == [1]),
        }
    }

    /// Whether it is a node of a Galera cluster.
    pub(crate) fn is_clustered(&self) -> bool {
        self.clustered
    }

    /// Bytes that a statement, and any value that one makes, must stay below.
    pub(crate) fn longest_statement(&self) -> usize {
        self.longest_statement
    }

    /// Whether it locks only the rows that it changes, so that others may change their neighbours.
    pub(crate) fn locks_only_rows(&self) -> bool {
        self.locks_only_rows
    }

    /// Whether this user's lock was taken on this connection, with which it ends at the latest.
    pub(crate) fn holds_lock_of(&self, user: u64) -> bool {
        self.locked == Some(user)
    }

    /// Remembers that it was.
    pub(crate) fn hold_lock_of(&mut self, user: u64) {
        self.locked = Some(user);
    }

    /// Gives the lock back, if one was taken.
    fn unlock(&mut self) -> Result<()> {
        if self.locked.take().is_some() {
            self.query(&sql::deletions::UNLOCK, &[])?;
        }
        Ok(())
    }

    fn text(&self, sql: &Sql, params: &[Param<'_>]) -> Result<Vec<u8>> {
        let text = render::render(sql, &self.tables, params, &|bytes| self.raw.escape(bytes))?;
        // The server would read no further and hang up, as if the connection had been lost.
        if text.len() >= self.longest_statement {
            return Err(Error::TooLong {
                statement: sql.name(),
            });
        }
        Ok(text)
    }

    fn send(&mut self, sql: &Sql, params: &[Param<'_>]) -> Result<Option<raw::RawResult>> {
        let text = self.text(sql, params)?;
        self.statements += 1;
        let sent = self.raw.query(&text);
        sent.map_err(|error| self.meaning(sql, &error))
    }

    fn meaning(&self, sql: &Sql, error: &raw::ServerError) -> Error {
        let tables = self.tables.named_in(sql.text());
        errno::statement_error(sql.name(), &tables, error.errno, &error.sqlstate)
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("statements", &self.statements)
            .finish_non_exhaustive()
    }
}

/// The client library's version, for `phpinfo()` and Site Health.
pub fn client_version() -> String {
    raw::client_version()
}

impl Error {
    /// A connection, or a cluster, that is lost while committing leaves the outcome open; every other
    /// failure of `COMMIT` (a failed certification on a cluster, for one) is what it says.
    fn while_committing(self, clustered: bool) -> Self {
        match self {
            Self::ConnectionLost { errno, .. }
            | Self::NotReady { errno, .. }
            | Self::TooLarge {
                errno: errno @ errno::ERROR_DURING_COMMIT,
                ..
            } => Self::CommitUnknown { errno },
            Self::Query {
                statement,
                errno: errno @ errno::UNKNOWN_ERROR,
                ..
            } if clustered => Self::TooLarge { statement, errno },
            other => other,
        }
    }
}
