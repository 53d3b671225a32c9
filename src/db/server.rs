//! The server as one PHP request sees it: connected when first needed, again when lost.

use std::fmt;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Connection;
use super::config::ConnectionConfig;
use super::value::Param;
use crate::error::{Error, Result, Retry};
use crate::sql::{self, Tables};

/// How often a read or a batch may be begun.
pub(crate) const ATTEMPTS: u32 = 6;

/// Waits before another attempt: 20 ms, doubled each time, with a jitter so that two runners who
/// collided do not collide again.
pub(crate) fn pause(attempt: u32) {
    let base = 20u64 << attempt.min(6);
    let jitter = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| u64::from(now.subsec_nanos()) % base);
    thread::sleep(Duration::from_millis(base + jitter));
}

/// Knows how to connect, and keeps the connection for as long as PHP keeps this object.
pub struct Server {
    config: ConnectionConfig,
    tables: Option<Tables>,
    connection: Option<Connection>,
    process: u32,
    statements: u64,
}

impl Server {
    /// Connects to nothing yet: PHP-FPM forks after modules have started, and a connection must not
    /// cross a fork.
    pub fn new(config: ConnectionConfig) -> Self {
        Self {
            config,
            tables: None,
            connection: None,
            process: std::process::id(),
            statements: 0,
        }
    }

    /// The same server for another connection.
    pub(crate) fn another(&self) -> Self {
        Self {
            tables: self.tables.clone(),
            ..Self::new(self.config.clone())
        }
    }

    /// Says which tables are meant, and checks once per set that they exist and can roll back, and on a
    /// cluster that their rows can be told apart.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`]; [`Error::Schema`] naming the table.
    pub fn use_tables(&mut self, tables: &Tables) -> Result<()> {
        if self.tables.as_ref() == Some(tables) && self.connection.is_some() {
            return Ok(());
        }
        self.disconnect();
        self.tables = Some(tables.clone());
        self.check_engines(tables)?;
        self.check_keys(tables)
    }

    /// The open connection, opened if need be.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`].
    pub fn connection(&mut self) -> Result<&mut Connection> {
        if self.process != std::process::id() {
            // A child of pcntl_fork() shares the socket with its parent: closing it would say
            // goodbye in the parent's name.
            std::mem::forget(self.connection.take());
            self.process = std::process::id();
        }
        if self.connection.is_none() {
            let tables = self
                .tables
                .clone()
                .ok_or_else(|| Error::internal("no tables were named"))?;
            self.connection = Some(Connection::open(&self.config, tables)?);
        }
        self.connection
            .as_mut()
            .ok_or_else(|| Error::internal("the connection vanished"))
    }

    /// Runs `read`, which changes nothing, outside any transaction. A connection may have died of age
    /// since it was last used, so what finds it lost runs once more on a new one. A node of a cluster that
    /// regroups lets nobody read for a moment, or has a read time out that waits for other nodes.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`], or what `read` said.
    pub fn read<T>(&mut self, read: impl Fn(&mut Connection) -> Result<T>) -> Result<T> {
        let mut attempts = 1;
        loop {
            let error = match read(self.connection()?) {
                Err(error) => error,
                answer => return answer,
            };
            match error.retry() {
                Retry::Never | Retry::Smaller => return Err(error),
                _ if attempts == ATTEMPTS => return Err(error),
                Retry::Reconnect => self.disconnect(),
                Retry::Transaction => {}
            }
            pause(attempts);
            attempts += 1;
        }
    }

    /// Forgets the connection; the next use opens another one.
    pub fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.statements += connection.statements();
        }
    }

    /// Gives back the user's lock and keeps the connection, if it can be kept: who works on the next job
    /// need not connect again.
    pub fn unlock(&mut self) {
        if self
            .connection
            .as_mut()
            .is_some_and(|open| open.unlock().is_err())
        {
            self.disconnect();
        }
    }

    /// Statements sent so far, over all connections.
    pub fn statements(&self) -> u64 {
        self.statements + self.connection.as_ref().map_or(0, Connection::statements)
    }

    fn check_engines(&mut self, tables: &Tables) -> Result<()> {
        let names: Vec<&[u8]> = tables.names().map(|(_, name)| name.as_bytes()).collect();
        let rows = self
            .connection()?
            .query(&sql::schema::ENGINES, &[Param::Names(&names)])?;
        for (_, name) in tables.names() {
            let problem = |problem: &str| Error::Schema {
                table: name.to_owned(),
                problem: problem.to_owned(),
            };
            let mut engine = None;
            for row in &rows {
                if row.bytes(0)?.eq_ignore_ascii_case(name.as_bytes()) {
                    engine = Some(row.bytes(1)?);
                }
            }
            match engine {
                None => return Err(problem("does not exist, or this account may not see it")),
                Some(engine) if engine.eq_ignore_ascii_case(b"InnoDB") => {}
                Some(_) => {
                    return Err(problem(
                        "is not InnoDB, so a batch could not be rolled back; convert it with \
                         ALTER TABLE … ENGINE=InnoDB",
                    ));
                }
            }
        }
        Ok(())
    }

    /// Nodes of a cluster find the rows to delete by their keys. Without one it takes `DELETE` for
    /// unsupported, and the nodes may come to differ.
    fn check_keys(&mut self, tables: &Tables) -> Result<()> {
        let connection = self.connection()?;
        if !connection.is_clustered() {
            return Ok(());
        }
        let names: Vec<&[u8]> = tables.names().map(|(_, name)| name.as_bytes()).collect();
        let keyed = connection.query(&sql::schema::KEYED, &[Param::Names(&names)])?;
        for (_, name) in tables.names() {
            let mut has_key = false;
            for row in &keyed {
                has_key |= row.bytes(0)?.eq_ignore_ascii_case(name.as_bytes());
            }
            if !has_key {
                return Err(Error::Schema {
                    table: name.to_owned(),
                    problem: "has no primary key, without which the nodes of a Galera cluster cannot \
                              delete the same rows; add the one that WordPress's own schema has with \
                              ALTER TABLE … ADD PRIMARY KEY"
                        .to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Server")
            .field("config", &self.config)
            .field("connected", &self.connection.is_some())
            .finish_non_exhaustive()
    }
}
