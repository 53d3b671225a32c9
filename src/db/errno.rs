//! The error numbers this crate tells apart, and the one place that turns a number into an
//! [`Error`]. Numbers and their meaning:
//! <https://dev.mysql.com/doc/mysql-errors/8.0/en/> and
//! <https://mariadb.com/kb/en/mariadb-error-code-reference/>.

use crate::error::Error;

pub(crate) const LOCK_WAIT_TIMEOUT: u32 = 1205;
pub(crate) const LOCK_DEADLOCK: u32 = 1213;

/// What a Galera cluster says of a transaction whose rows, all together, are too long.
pub(super) const UNKNOWN_ERROR: u32 = 1105;
/// A Galera cluster says so in the middle of a transaction when its rows are too many, and at its end when
/// this node has lost the others.
pub(super) const ERROR_DURING_COMMIT: u32 = 1180;
const TRANSACTION_CACHE_FULL: u32 = 1197;
/// "WSREP has not yet prepared node for application use": it is not, or no longer, one of its cluster.
const UNKNOWN_COMMAND: u32 = 1047;
pub(crate) const PACKET_TOO_LARGE: u32 = 1153;

const DB_ACCESS_DENIED: u32 = 1044;
pub(super) const ACCESS_DENIED: u32 = 1045;
const BAD_DB: u32 = 1049;
const CON_COUNT: u32 = 1040;
const TOO_MANY_OF_USER: u32 = 1203;
const USER_LIMIT_REACHED: u32 = 1226;
const TABLE_ACCESS_DENIED: u32 = 1142;
const COLUMN_ACCESS_DENIED: u32 = 1143;
const NO_SUCH_TABLE: u32 = 1146;
const BAD_FIELD: u32 = 1054;
const NO_SUCH_INDEX: u32 = 1176;
const OPTION_PREVENTS_STATEMENT: u32 = 1290;
const READ_ONLY_TRANSACTION: u32 = 1792;
const READ_ONLY_MODE: u32 = 1836;
pub(super) const UNKNOWN_SYSTEM_VARIABLE: u32 = 1193;
const QUERY_INTERRUPTED: u32 = 1317;
const STATEMENT_TIMEOUT_MARIADB: u32 = 1969;
const QUERY_TIMEOUT_MYSQL: u32 = 3024;
const SERVER_SHUTDOWN: u32 = 1053;
const NOT_SUPPORTED_YET: u32 = 1235;
const CONNECTION_KILLED: u32 = 1927;
const NEW_ABORTING_CONNECTION: u32 = 1184;
const IDLE_FOR_TOO_LONG: u32 = 4031;
const RESULT_TOO_LARGE: u32 = 1301;
const ERROR_WRITING_FILE: u32 = 3;
const DISK_FULL_WRITING_FILE: u32 = 20;
const DISK_FULL: u32 = 1021;
const ERROR_ON_WRITE: u32 = 1026;
const TABLE_FULL: u32 = 1114;

const CR_SOCKET: u32 = 2002;
const CR_HOST: u32 = 2003;
const CR_UNKNOWN_HOST: u32 = 2005;
const CR_SERVER_GONE: u32 = 2006;
const CR_SERVER_LOST: u32 = 2013;
const CR_PACKET_TOO_LARGE: u32 = 2020;
const CR_SSL: u32 = 2026;
const CR_MALFORMED_PACKET: u32 = 2027;
const CR_SERVER_LOST_EXTENDED: u32 = 2055;
pub(super) const CR_AUTH_PLUGIN: u32 = 2059;

/// Whether a cluster has said that it knows no such thing: MariaDB's and Percona's have a number each.
pub(crate) fn is_unsupported(errno: u32) -> bool {
    matches!(errno, NOT_SUPPORTED_YET | UNKNOWN_ERROR)
}

/// Why a connection attempt failed and what to look at, without the server's text.
pub(crate) fn connect_hint(errno: u32) -> &'static str {
    match errno {
        CR_SOCKET => "no server answers on this socket or host; check DB_HOST",
        CR_HOST | CR_UNKNOWN_HOST => "the host does not answer; check DB_HOST",
        ACCESS_DENIED => "access denied; check DB_USER and DB_PASSWORD",
        DB_ACCESS_DENIED | BAD_DB => "this account cannot use this database; check DB_NAME",
        CON_COUNT | TOO_MANY_OF_USER => "the server has no connection left",
        USER_LIMIT_REACHED => "this account has used up what it may do in an hour",
        CR_SSL => "the encrypted connection failed; check MYSQL_CLIENT_FLAGS and the certificate",
        CR_AUTH_PLUGIN => {
            "access denied, and the client library lacks the plugin file caching_sha2_password, \
             which accounts of MySQL need; install the plugin files of libmariadb, or check DB_USER \
             and DB_PASSWORD"
        }
        CR_SERVER_GONE | CR_SERVER_LOST | CR_SERVER_LOST_EXTENDED => {
            "the server closed the connection at once"
        }
        _ => "the client library or the server refused",
    }
}

/// Whether a statement was ended because it took too long.
pub(crate) fn is_time_limit(errno: u32) -> bool {
    matches!(errno, STATEMENT_TIMEOUT_MARIADB | QUERY_TIMEOUT_MYSQL)
}

/// Who or what ended a statement.
pub(crate) fn interruption(errno: u32) -> &'static str {
    if is_time_limit(errno) {
        "it took longer than the database allows; max_statement_time or max_execution_time should be \
         longer, or the server less busy"
    } else {
        "somebody has ended it, for instance by KILL QUERY"
    }
}

/// The [`Error`] for a statement on these tables that failed with `errno`.
pub(crate) fn statement_error(
    statement: &'static str,
    tables: &str,
    errno: u32,
    sqlstate: &str,
) -> Error {
    match errno {
        LOCK_WAIT_TIMEOUT => Error::LockWait { statement },
        LOCK_DEADLOCK => Error::Deadlock { statement },
        OPTION_PREVENTS_STATEMENT | READ_ONLY_TRANSACTION | READ_ONLY_MODE => {
            Error::ReadOnly { statement, errno }
        }
        QUERY_INTERRUPTED | STATEMENT_TIMEOUT_MARIADB | QUERY_TIMEOUT_MYSQL => {
            Error::Interrupted { statement, errno }
        }
        PACKET_TOO_LARGE | RESULT_TOO_LARGE | CR_PACKET_TOO_LARGE => Error::TooLong { statement },
        ERROR_WRITING_FILE | DISK_FULL_WRITING_FILE | DISK_FULL | ERROR_ON_WRITE | TABLE_FULL => {
            Error::Full { statement, errno }
        }
        CR_SERVER_GONE
        | CR_SERVER_LOST
        | CR_SERVER_LOST_EXTENDED
        | CR_MALFORMED_PACKET
        | IDLE_FOR_TOO_LONG
        | SERVER_SHUTDOWN
        | CONNECTION_KILLED
        | NEW_ABORTING_CONNECTION => Error::ConnectionLost { statement, errno },
        UNKNOWN_COMMAND => Error::NotReady { statement, errno },
        ERROR_DURING_COMMIT | TRANSACTION_CACHE_FULL => Error::TooLarge { statement, errno },
        NO_SUCH_TABLE | BAD_FIELD | NO_SUCH_INDEX | TABLE_ACCESS_DENIED | COLUMN_ACCESS_DENIED => {
            let problem = match errno {
                NO_SUCH_TABLE => "does not exist",
                BAD_FIELD => "lacks a column that WordPress's own schema has",
                NO_SUCH_INDEX => "lacks an index that WordPress's own schema has",
                _ => {
                    "this account lacks a privilege for it; it needs SELECT, INSERT, UPDATE and DELETE"
                }
            };
            Error::Schema {
                table: tables.to_owned(),
                problem: format!("{problem} (error {errno}, {statement})"),
            }
        }
        _ => Error::Query {
            statement,
            errno,
            sqlstate: sqlstate.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Outcome, Retry};

    #[test]
    fn a_deadlock_redoes_the_transaction_and_a_lost_connection_reconnects() {
        assert_eq!(
            statement_error("x", "t", 1213, "40001").retry(),
            Retry::Transaction
        );
        assert_eq!(
            statement_error("x", "t", 1205, "HY000").retry(),
            Retry::Transaction
        );
        assert_eq!(
            statement_error("x", "t", 2013, "HY000").retry(),
            Retry::Reconnect
        );
        assert_eq!(
            statement_error("x", "t", 1047, "08S01").retry(),
            Retry::Reconnect
        );
        assert_eq!(
            statement_error("x", "t", 1197, "HY000").retry(),
            Retry::Smaller
        );
        assert_eq!(
            statement_error("x", "t", 1290, "HY000").retry(),
            Retry::Never
        );
        assert_eq!(
            statement_error("x", "t", 1064, "42000").outcome(),
            Outcome::RolledBack
        );
    }

    #[test]
    fn the_servers_text_is_not_repeated() {
        let message = statement_error("posts::DELETE", "t", 1062, "23000").to_string();
        assert_eq!(
            message,
            "posts::DELETE: the database refused it (error 1062, SQLSTATE 23000)"
        );
    }
}
