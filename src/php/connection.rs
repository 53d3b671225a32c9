//! The connection as PHP holds it.

use std::cell::RefCell;

use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;
use ext_php_rs::types::ZendHashTable;

use super::arguments::connection_parts;
use crate::db::Server;
use crate::db::config::ConnectionConfig;
use crate::deletion::Worker;
use crate::error::{Error, Result};

/// How to reach the site's database, and the connection itself once it is needed.
///
/// An object rather than an array, so that the password is in no variable, dump or backtrace: its
/// settings cannot be read back. They are checked when the object is first used, so that a complaint
/// about them is not thrown with the settings among the arguments.
#[php_class]
#[php(name = "WpfDelete\\Native\\Connection")]
#[php(flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
#[derive(Debug)]
pub struct Connection {
    server: RefCell<Result<(Server, Worker)>>,
}

#[php_impl]
impl Connection {
    /// `settings`: `array{host: string, port?: int|null, socket?: string|null, user: string,
    /// password: string, database: string, charset: string, collation: string, sql_mode: string,
    /// client_flags?: int}`, all as WordPress's own connection has them. `client_flags` takes
    /// `MYSQL_CLIENT_FLAGS`: `MYSQLI_CLIENT_SSL` asks for encryption.
    pub fn __construct(settings: &ZendHashTable) -> Self {
        let server = connection_parts(settings)
            .and_then(ConnectionConfig::new)
            .map(|config| (Server::new(config), Worker::default()));
        Self {
            server: RefCell::new(server),
        }
    }

    /// Ends the work on a user, so that anybody else may take it up; the connection stays open for the
    /// next one.
    pub fn release(&self) -> PhpResult<()> {
        self.with_server(|server, worker| {
            *worker = Worker::default();
            server.unlock();
            Ok(())
        })?;
        Ok(())
    }
}

impl Connection {
    /// Runs `work` on the server, with what earlier calls have learned about it.
    pub(super) fn with_server<T>(
        &self,
        work: impl FnOnce(&mut Server, &mut Worker) -> Result<T>,
    ) -> Result<T> {
        let mut server = self
            .server
            .try_borrow_mut()
            .map_err(|_| Error::internal("the connection is already in use"))?;
        match server.as_mut() {
            Ok((server, worker)) => work(server, worker),
            Err(error) => Err(error.clone()),
        }
    }
}
