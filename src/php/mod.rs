//! The extension's surface: two functions, one connection class, the exceptions. This is the only
//! place that knows PHP, and it is thin on purpose: values in, engine, values out.

// The #[php_module] macro generates an undocumented function.
#![allow(
    missing_docs,
    reason = "the module macro generates an undocumented entry point"
)]

mod arguments;
mod connection;
mod exceptions;
mod functions;
mod raw;
mod report;

use ext_php_rs::prelude::*;
use ext_php_rs::zend::ModuleEntry;
use ext_php_rs::{info_table_end, info_table_row, info_table_start};

use connection::Connection;
use exceptions::{
    ClaimedException, CommitUnknownException, ConnectionException, ConnectionLostException,
    DeadlockException, DeletionException, DifferentDatabaseException, FullException,
    InternalException, InterruptedException, InvalidArgumentException, InvalidReassignException,
    LockException, LockWaitException, NotReadyException, QueryException, ReadOnlyException,
    SchemaException, TooLargeException, TooLongException, UserNotFoundException,
};

/// Rows of `phpinfo()`. Nothing about any connection stands here.
extern "C" fn info(_module: *mut ModuleEntry) {
    info_table_start!();
    info_table_row!("wpf_delete", "enabled");
    info_table_row!("Version", env!("CARGO_PKG_VERSION"));
    info_table_row!("Client library", crate::db::client_version());
    info_table_end!();
}

/// Registers everything.
#[php_module]
pub fn get_module(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    functions::register(module)
        .name("wpf_delete")
        .version(env!("CARGO_PKG_VERSION"))
        .info_function(info)
        .class::<DeletionException>()
        .class::<InvalidArgumentException>()
        .class::<InvalidReassignException>()
        .class::<UserNotFoundException>()
        .class::<ConnectionException>()
        .class::<ConnectionLostException>()
        .class::<CommitUnknownException>()
        .class::<NotReadyException>()
        .class::<TooLargeException>()
        .class::<DifferentDatabaseException>()
        .class::<ClaimedException>()
        .class::<SchemaException>()
        .class::<ReadOnlyException>()
        .class::<FullException>()
        .class::<TooLongException>()
        .class::<LockException>()
        .class::<LockWaitException>()
        .class::<DeadlockException>()
        .class::<InterruptedException>()
        .class::<QueryException>()
        .class::<InternalException>()
        .class::<Connection>()
}
