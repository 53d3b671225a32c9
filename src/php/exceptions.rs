//! One exception class per kind of failure, and the one place that chooses among them. The class says
//! what happened; messages carry neither values nor credentials.

use ext_php_rs::prelude::*;
use ext_php_rs::zend::ce;

use super::raw::class_of;
use crate::error::Error;

/// Base class of everything this extension throws. `getCode()` is the database's error number, or
/// 0.
#[php_class]
#[php(name = "WpfDelete\\Native\\DeletionException")]
#[php(extends(ce = ce::exception, stub = "\\Exception"))]
#[derive(Debug, Default)]
pub struct DeletionException;

/// An argument, or a key of the request, is missing, unknown or malformed. Nothing was sent.
#[php_class]
#[php(name = "WpfDelete\\Native\\InvalidArgumentException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct InvalidArgumentException;

/// The user who would inherit does not exist, or is the one to be deleted. No row was changed.
#[php_class]
#[php(name = "WpfDelete\\Native\\InvalidReassignException")]
#[php(extends(InvalidArgumentException))]
#[derive(Debug, Default)]
pub struct InvalidReassignException;

/// There is no such user. No row was changed.
#[php_class]
#[php(name = "WpfDelete\\Native\\UserNotFoundException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct UserNotFoundException;

/// The database cannot be reached or refused the account.
#[php_class]
#[php(name = "WpfDelete\\Native\\ConnectionException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct ConnectionException;

/// The connection broke. The batch at hand was rolled back by the server; earlier ones stay.
#[php_class]
#[php(name = "WpfDelete\\Native\\ConnectionLostException")]
#[php(extends(ConnectionException))]
#[derive(Debug, Default)]
pub struct ConnectionLostException;

/// The connection broke while committing. The last batch may or may not have been kept.
#[php_class]
#[php(name = "WpfDelete\\Native\\CommitUnknownException")]
#[php(extends(ConnectionException))]
#[derive(Debug, Default)]
pub struct CommitUnknownException;

/// This connection does not see what WordPress has just written. No row was changed.
#[php_class]
#[php(name = "WpfDelete\\Native\\DifferentDatabaseException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct DifferentDatabaseException;

/// Somebody else deletes this user, or the job was cancelled or taken over. The batch was rolled
/// back.
#[php_class]
#[php(name = "WpfDelete\\Native\\ClaimedException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct ClaimedException;

/// A table is missing, cannot roll back, or may not be accessed.
#[php_class]
#[php(name = "WpfDelete\\Native\\SchemaException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct SchemaException;

/// The database takes no writes. The batch was rolled back.
#[php_class]
#[php(name = "WpfDelete\\Native\\ReadOnlyException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct ReadOnlyException;

/// This node of a cluster does not belong to it at the moment. The batch was rolled back.
#[php_class]
#[php(name = "WpfDelete\\Native\\NotReadyException")]
#[php(extends(ConnectionException))]
#[derive(Debug, Default)]
pub struct NotReadyException;

/// One post with all that hangs from it, or the user's own rows, are more than the database takes in one
/// transaction. Nothing of it was kept.
#[php_class]
#[php(name = "WpfDelete\\Native\\TooLargeException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct TooLargeException;

/// The database has no room to write to. The batch was rolled back.
#[php_class]
#[php(name = "WpfDelete\\Native\\FullException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct FullException;

/// A statement is longer than the database takes (`max_allowed_packet`). The batch was rolled back; a
/// smaller one may pass.
#[php_class]
#[php(name = "WpfDelete\\Native\\TooLongException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct TooLongException;

/// Another transaction stood in the way. The batch was rolled back and may be tried again.
#[php_class]
#[php(name = "WpfDelete\\Native\\LockException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct LockException;

/// A row stayed locked for too long (error 1205).
#[php_class]
#[php(name = "WpfDelete\\Native\\LockWaitException")]
#[php(extends(LockException))]
#[derive(Debug, Default)]
pub struct LockWaitException;

/// The batch was chosen as the victim of a deadlock (error 1213), repeatedly.
#[php_class]
#[php(name = "WpfDelete\\Native\\DeadlockException")]
#[php(extends(LockException))]
#[derive(Debug, Default)]
pub struct DeadlockException;

/// The server or an administrator ended the statement. The batch was rolled back.
#[php_class]
#[php(name = "WpfDelete\\Native\\InterruptedException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct InterruptedException;

/// The database refused a statement. The batch was rolled back.
#[php_class]
#[php(name = "WpfDelete\\Native\\QueryException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct QueryException;

/// A promise inside the extension was broken. The batch was rolled back.
#[php_class]
#[php(name = "WpfDelete\\Native\\InternalException")]
#[php(extends(DeletionException))]
#[derive(Debug, Default)]
pub struct InternalException;

impl From<Error> for PhpException {
    fn from(error: Error) -> Self {
        let class = match &error {
            Error::Argument { .. } => class_of::<InvalidArgumentException>(),
            Error::ReassignTarget { .. } => class_of::<InvalidReassignException>(),
            Error::UserNotFound { .. } => class_of::<UserNotFoundException>(),
            Error::Connect { .. } => class_of::<ConnectionException>(),
            Error::ConnectionLost { .. } => class_of::<ConnectionLostException>(),
            Error::NotReady { .. } => class_of::<NotReadyException>(),
            Error::TooLarge { .. } => class_of::<TooLargeException>(),
            Error::CommitUnknown { .. } => class_of::<CommitUnknownException>(),
            Error::DifferentDatabase => class_of::<DifferentDatabaseException>(),
            Error::Claimed => class_of::<ClaimedException>(),
            Error::Schema { .. } => class_of::<SchemaException>(),
            Error::ReadOnly { .. } => class_of::<ReadOnlyException>(),
            Error::Full { .. } => class_of::<FullException>(),
            Error::TooLong { .. } => class_of::<TooLongException>(),
            Error::LockWait { .. } => class_of::<LockWaitException>(),
            Error::Deadlock { .. } => class_of::<DeadlockException>(),
            Error::Interrupted { .. } => class_of::<InterruptedException>(),
            Error::Query { .. } => class_of::<QueryException>(),
            Error::Internal { .. } => class_of::<InternalException>(),
        };
        // A NUL byte, from a key that the caller made up, would end the message early.
        let message = error.to_string().replace('\0', "\\0");
        Self::new(message, i32::try_from(error.errno()).unwrap_or(0), class)
    }
}
