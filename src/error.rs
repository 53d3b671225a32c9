//! What can go wrong, grouped by what the caller can do about it.
//!
//! Messages name the argument, the table or the statement, and an error number. They never carry
//! the server's own text, because that text repeats values and account names.

use crate::db::errno;

/// The result of anything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Every failure of the crate. The variant says what happened; [`Error::outcome`] says what became
/// of the rows, [`Error::retry`] says what may be tried again.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument or a key of the request is missing, unknown, or not of the form it must have.
    #[error("{name}: {reason}")]
    Argument {
        /// The argument or the key, e.g. `user_id` or `request.tables.posts`.
        name: String,
        /// What was wrong and what is accepted.
        reason: String,
    },
    /// The user who would inherit the content cannot.
    #[error("reassign: {reason}")]
    ReassignTarget {
        /// Why not.
        reason: String,
    },
    /// The `users` table has no such row.
    #[error("there is no user {id}")]
    UserNotFound {
        /// The id that was asked for.
        id: u64,
    },
    /// The server could not be reached, or refused this account.
    #[error("cannot connect to the database: {} (error {errno})", errno::connect_hint(*.errno))]
    Connect {
        /// Client or server error number, 0 when the client library itself failed.
        errno: u32,
    },
    /// The proof row that WordPress wrote through its own connection is not visible from here.
    #[error(
        "this connection does not see what WordPress has just written: it reaches another \
         database, a lagging replica, or WordPress is inside an open transaction"
    )]
    DifferentDatabase,
    /// Somebody else deletes this user, or the job was cancelled or taken over.
    #[error("this user's deletion is not, or no longer, this runner's")]
    Claimed,
    /// A table is missing, not transactional, or not accessible.
    #[error("table {table}: {problem}")]
    Schema {
        /// The table's name, unquoted.
        table: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The server takes no writes at the moment.
    #[error(
        "{statement}: the database is read-only (error {errno}): it is being maintained, or a replica"
    )]
    ReadOnly {
        /// Name of the statement that met it.
        statement: &'static str,
        /// Server error number.
        errno: u32,
    },
    /// Another transaction held a row for too long; the batch was rolled back.
    #[error(
        "{statement}: waited too long for a row that another transaction holds (error 1205); if \
         WordPress itself has an open transaction, it has to end first"
    )]
    LockWait {
        /// Name of the statement that waited.
        statement: &'static str,
    },
    /// The server chose this transaction as the victim of a deadlock.
    #[error("{statement}: deadlock with another transaction (error 1213)")]
    Deadlock {
        /// Name of the statement that met it.
        statement: &'static str,
    },
    /// The server has no room to write to.
    #[error(
        "{statement}: the database cannot write (error {errno}): its disk is full, or a table has \
         reached its limit"
    )]
    Full {
        /// Name of the statement that met it.
        statement: &'static str,
        /// Server error number.
        errno: u32,
    },
    /// A statement is longer than the server takes.
    #[error(
        "{statement}: this is more at once than the database takes (error 1153); its \
         max_allowed_packet should be 16M or more"
    )]
    TooLong {
        /// Name of the statement.
        statement: &'static str,
    },
    /// The server or an administrator ended the statement.
    #[error("{statement}: {} (error {errno})", errno::interruption(*.errno))]
    Interrupted {
        /// Name of the statement.
        statement: &'static str,
        /// 1317, 1969 or 3024.
        errno: u32,
    },
    /// This node of a cluster does not belong to it at the moment.
    #[error(
        "{statement}: this node of the database cluster is not ready (error {errno}): it has lost the \
         others or is fetching what it has missed; look at wsrep_cluster_status and \
         wsrep_local_state_comment"
    )]
    NotReady {
        /// Name of the statement.
        statement: &'static str,
        /// 1047.
        errno: u32,
    },
    /// The batch changes more than the server takes in one transaction.
    #[error(
        "{statement}: this is more than the database takes in one transaction (error {errno}); raise \
         wsrep_max_ws_rows or wsrep_max_ws_size of a Galera cluster, max_binlog_cache_size elsewhere"
    )]
    TooLarge {
        /// Name of the statement.
        statement: &'static str,
        /// 1105, 1180 or 1197.
        errno: u32,
    },
    /// The connection broke before the batch was committed: the server rolls it back.
    #[error("{statement}: the connection to the database was lost (error {errno})")]
    ConnectionLost {
        /// Name of the statement.
        statement: &'static str,
        /// Client or server error number.
        errno: u32,
    },
    /// The connection broke while committing, or the node lost its cluster: nobody here knows whether
    /// the batch was kept.
    #[error(
        "the connection to the database was lost during COMMIT (error {errno}): the last batch may \
         or may not have been kept"
    )]
    CommitUnknown {
        /// Client or server error number.
        errno: u32,
    },
    /// Any other error of the server.
    #[error("{statement}: the database refused it (error {errno}, SQLSTATE {sqlstate})")]
    Query {
        /// Name of the statement.
        statement: &'static str,
        /// Server error number.
        errno: u32,
        /// Five characters.
        sqlstate: String,
    },
    /// A promise inside this crate was broken, or the server answered what it never should.
    #[error("internal error: {message}")]
    Internal {
        /// What was found.
        message: String,
    },
}

/// What an error means for the rows of the batch in which it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No writing statement had been sent.
    NothingSent,
    /// The batch is undone; earlier batches stay.
    RolledBack,
    /// The batch may or may not be kept: read before going on.
    Unknown,
}

/// At which level the same work may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Trying again would end the same way.
    Never,
    /// Redo the whole batch in a new transaction.
    Transaction,
    /// Do it in smaller batches.
    Smaller,
    /// Open a new connection, then redo the batch. Every batch re-reads what is left to do, so this
    /// is right whether or not the lost one was kept.
    Reconnect,
}

impl Error {
    /// An [`Error::Argument`].
    pub fn argument(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Argument {
            name: name.into(),
            reason: reason.into(),
        }
    }

    /// An [`Error::Internal`].
    pub fn internal(message: impl Into<String>) -> Self {
        Self::Internal {
            message: message.into(),
        }
    }

    /// What became of the batch.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Argument { .. } | Self::Connect { .. } | Self::DifferentDatabase => {
                Outcome::NothingSent
            }
            Self::CommitUnknown { .. } => Outcome::Unknown,
            _ => Outcome::RolledBack,
        }
    }

    /// What may be tried again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Deadlock { .. } | Self::LockWait { .. } => Retry::Transaction,
            Self::TooLarge { .. } | Self::TooLong { .. } => Retry::Smaller,
            Self::ConnectionLost { .. } | Self::NotReady { .. } | Self::CommitUnknown { .. } => {
                Retry::Reconnect
            }
            Self::Interrupted { errno, .. } if errno::is_time_limit(*errno) => Retry::Smaller,
            _ => Retry::Never,
        }
    }

    /// The server's or client's error number; 0 for errors found on this side.
    pub fn errno(&self) -> u32 {
        match self {
            Self::Connect { errno }
            | Self::ReadOnly { errno, .. }
            | Self::Full { errno, .. }
            | Self::Interrupted { errno, .. }
            | Self::ConnectionLost { errno, .. }
            | Self::NotReady { errno, .. }
            | Self::TooLarge { errno, .. }
            | Self::CommitUnknown { errno }
            | Self::Query { errno, .. } => *errno,
            Self::LockWait { .. } => errno::LOCK_WAIT_TIMEOUT,
            Self::Deadlock { .. } => errno::LOCK_DEADLOCK,
            Self::TooLong { .. } => errno::PACKET_TOO_LARGE,
            _ => 0,
        }
    }
}
