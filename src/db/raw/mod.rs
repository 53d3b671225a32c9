//! The only unsafe code of the crate: the C client library behind two owning handles.
//!
//! What makes it sound:
//!
//! - [`RawConnection`] and [`RawResult`] own their C object through a `NonNull` pointer and free it
//!   exactly once in `Drop`. Neither is `Sync`. A connection may move to another thread, as the library
//!   allows (<https://dev.mysql.com/doc/c-api/8.0/en/c-api-threaded-clients.html>); a result may not.
//! - A result is stored in full before it is read (`mysql_store_result`), so it does not depend on
//!   the connection any more; or it is read as it comes (`mysql_use_result`) and freed, within one call that has
//!   the connection for itself. Rows borrow from the result.
//! - Every pointer handed to C comes from a slice or `CString` that outlives the call; every length
//!   is that slice's own.
//! - The library is initialised once per process before the first handle exists, because
//!   `mysql_library_init` is not safe to race
//!   (<https://dev.mysql.com/doc/c-api/8.0/en/mysql-library-init.html>). It is never ended: another
//!   extension in the process may share it.
#![allow(unsafe_code)]

mod connection;
mod library;
mod result;

pub(super) use connection::{RawConnection, ServerError};
pub(crate) use library::LibraryThread;
pub(super) use library::client_version;
pub(super) use result::RawResult;
