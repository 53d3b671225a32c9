//! Transactions that roll back unless they are committed.

use super::Connection;
use super::value::{Param, Row};
use crate::error::Result;
use crate::sql::{self, Sql, Taking};

/// An open transaction. Borrowing the connection mutably keeps a second one from being opened inside
/// it; dropping it rolls back; [`Transaction::commit`] consumes it.
#[derive(Debug)]
pub struct Transaction<'a> {
    connection: &'a mut Connection,
    open: bool,
}

impl<'a> Transaction<'a> {
    pub(super) fn begin(connection: &'a mut Connection) -> Result<Self> {
        connection.execute(&sql::session::BEGIN, &[])?;
        Ok(Self {
            connection,
            open: true,
        })
    }

    /// As [`Connection::execute`].
    ///
    /// # Errors
    ///
    /// What the server said; the transaction is then to be dropped.
    pub fn execute(&mut self, sql: &Sql, params: &[Param<'_>]) -> Result<u64> {
        self.connection.execute(sql, params)
    }

    /// As [`Connection::query`].
    ///
    /// # Errors
    ///
    /// As [`Transaction::execute`].
    pub fn query(&mut self, sql: &Sql, params: &[Param<'_>]) -> Result<Vec<Row>> {
        self.connection.query(sql, params)
    }

    /// As [`Connection::take`].
    ///
    /// # Errors
    ///
    /// As [`Transaction::execute`].
    pub fn take(
        &mut self,
        taking: &Taking,
        columns: &[Param<'_>],
        conditions: &[Param<'_>],
    ) -> Result<Vec<Row>> {
        self.connection.take(taking, columns, conditions)
    }

    /// As [`Connection::ids`].
    ///
    /// # Errors
    ///
    /// As [`Transaction::execute`].
    pub fn ids(&mut self, sql: &Sql, params: &[Param<'_>]) -> Result<Vec<u64>> {
        self.connection.ids(sql, params)
    }

    /// The connection, to ask what it is like.
    pub(crate) fn connection(&self) -> &Connection {
        self.connection
    }

    /// Commits. On a cluster this is where a conflict shows, so the answer counts. What is not committed is
    /// rolled back: a proxy in between may have refused it, and the server would still hold every lock.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::CommitUnknown`] when the connection broke before the answer came,
    /// otherwise what the server said.
    pub fn commit(mut self) -> Result<()> {
        let clustered = self.connection.is_clustered();
        self.connection
            .execute(&sql::session::COMMIT, &[])
            .map_err(|error| error.while_committing(clustered))?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // A connection that cannot even roll back is broken, and the server does it for us.
            let _ = self.connection.execute(&sql::session::ROLLBACK, &[]);
        }
    }
}
