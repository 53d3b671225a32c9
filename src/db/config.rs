//! How to reach the server: checked once, printed without the password.

use std::fmt;

use crate::error::{Error, Result};

/// Where the server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// A host over TCP.
    Tcp {
        /// Name or address, IPv6 without brackets.
        host: String,
        /// 1–65535.
        port: u16,
    },
    /// A local socket; `None` is the client library's default path.
    Socket(Option<String>),
}

/// Encryption of the connection, as `MYSQL_CLIENT_FLAGS` asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not encrypted.
    Off,
    /// Encrypted, the server's certificate is not checked.
    Unverified,
    /// Encrypted, the server's certificate is checked.
    Verified,
}

/// Everything needed to open a connection that behaves like WordPress's own.
#[derive(Clone, PartialEq, Eq)]
pub struct ConnectionConfig {
    endpoint: Endpoint,
    user: String,
    password: Vec<u8>,
    database: String,
    charset: String,
    collation: String,
    sql_mode: String,
    tls: Tls,
}

/// The parts of a [`ConnectionConfig`] as they come from outside.
#[derive(Clone, Default)]
#[allow(
    missing_docs,
    reason = "the names are those of the WordPress constants and variables"
)]
pub struct ConnectionParts {
    pub host: String,
    pub port: Option<u64>,
    pub socket: Option<String>,
    pub user: String,
    pub password: Vec<u8>,
    pub database: String,
    pub charset: String,
    pub collation: String,
    pub sql_mode: String,
    pub client_flags: u64,
}

/// `MYSQLI_CLIENT_SSL`.
const CLIENT_SSL: u64 = 2048;
/// `MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT`.
const CLIENT_SSL_DONT_VERIFY_SERVER_CERT: u64 = 64;
const DEFAULT_PORT: u16 = 3306;
const CONNECT_TIMEOUT_SECONDS: u32 = 10;

impl ConnectionConfig {
    /// Checks the parts. As in mysqli, the host `localhost` or an empty one means the local socket,
    /// unless a port is named without a socket for another host.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] naming the part.
    pub fn new(parts: ConnectionParts) -> Result<Self> {
        let endpoint = endpoint(&parts)?;
        let word = |name: &str, value: &str| {
            let plain = value
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if plain && !value.is_empty() {
                Ok(())
            } else {
                Err(Error::argument(
                    format!("connection.{name}"),
                    "must be a plain name",
                ))
            }
        };
        word("charset", &parts.charset)?;
        word("collation", &parts.collation)?;
        if !parts
            .sql_mode
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_,".contains(&byte))
        {
            return Err(Error::argument(
                "connection.sql_mode",
                "must be a list of mode names",
            ));
        }
        if parts.database.is_empty() {
            return Err(Error::argument("connection.database", "must not be empty"));
        }
        let tls = match (
            parts.client_flags & CLIENT_SSL != 0,
            parts.client_flags & CLIENT_SSL_DONT_VERIFY_SERVER_CERT != 0,
        ) {
            (false, _) => Tls::Off,
            (true, true) => Tls::Unverified,
            (true, false) => Tls::Verified,
        };
        Ok(Self {
            endpoint,
            user: parts.user,
            password: parts.password,
            database: parts.database,
            charset: parts.charset,
            collation: parts.collation,
            sql_mode: parts.sql_mode,
            tls,
        })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(super) fn user(&self) -> &str {
        &self.user
    }

    pub(super) fn password(&self) -> &[u8] {
        &self.password
    }

    pub(super) fn database(&self) -> &str {
        &self.database
    }

    pub(super) fn charset(&self) -> &str {
        &self.charset
    }

    pub(super) fn collation(&self) -> &str {
        &self.collation
    }

    pub(super) fn sql_mode(&self) -> &str {
        &self.sql_mode
    }

    pub(super) fn tls(&self) -> Tls {
        self.tls
    }

    pub(super) fn connect_timeout_seconds(&self) -> u32 {
        CONNECT_TIMEOUT_SECONDS
    }
}

fn endpoint(parts: &ConnectionParts) -> Result<Endpoint> {
    if let Some(path) = &parts.socket {
        return Ok(Endpoint::Socket(Some(path.clone())));
    }
    if parts.host.is_empty() || parts.host == "localhost" {
        return Ok(Endpoint::Socket(None));
    }
    let port = match parts.port {
        None | Some(0) => DEFAULT_PORT,
        Some(port) => u16::try_from(port)
            .map_err(|_| Error::argument("connection.port", "must be at most 65535"))?,
    };
    let host = parts
        .host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    Ok(Endpoint::Tcp { host, port })
}

/// Leaves the password out, and says so.
impl fmt::Debug for ConnectionConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ConnectionConfig")
            .field("endpoint", &self.endpoint)
            .field("database", &self.database)
            .field("charset", &self.charset)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// Like [`ConnectionConfig`]'s.
impl fmt::Debug for ConnectionParts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ConnectionParts")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(host: &str) -> ConnectionParts {
        ConnectionParts {
            host: host.into(),
            database: "wp".into(),
            charset: "utf8mb4".into(),
            collation: "utf8mb4_unicode_520_ci".into(),
            password: b"s3cret".to_vec(),
            ..ConnectionParts::default()
        }
    }

    #[test]
    fn localhost_is_the_socket_and_a_bracketed_address_is_tcp() {
        let endpoint = |parts| ConnectionConfig::new(parts).unwrap().endpoint;
        assert_eq!(endpoint(parts("localhost")), Endpoint::Socket(None));
        assert_eq!(endpoint(parts("")), Endpoint::Socket(None));
        assert_eq!(
            endpoint(ConnectionParts {
                port: Some(3307),
                ..parts("[::1]")
            }),
            Endpoint::Tcp {
                host: "::1".into(),
                port: 3307
            }
        );
        assert_eq!(
            endpoint(ConnectionParts {
                socket: Some("/s".into()),
                ..parts("db")
            }),
            Endpoint::Socket(Some("/s".into()))
        );
        assert_eq!(
            endpoint(parts("db")),
            Endpoint::Tcp {
                host: "db".into(),
                port: 3306
            }
        );
    }

    #[test]
    fn client_flags_decide_about_encryption() {
        let tls = |client_flags| {
            ConnectionConfig::new(ConnectionParts {
                client_flags,
                ..parts("db")
            })
            .unwrap()
            .tls
        };
        assert_eq!(tls(0), Tls::Off);
        assert_eq!(tls(2048), Tls::Verified);
        assert_eq!(tls(2048 | 64), Tls::Unverified);
    }

    #[test]
    fn the_password_is_never_printed() {
        let config = ConnectionConfig::new(parts("db")).unwrap();
        assert!(!format!("{config:?} {:?}", parts("db")).contains("s3cret"));
    }

    #[test]
    fn a_mode_or_charset_cannot_carry_sql() {
        for bad in [
            ConnectionParts {
                charset: "utf8mb4; DROP".into(),
                ..parts("db")
            },
            ConnectionParts {
                collation: String::new(),
                ..parts("db")
            },
            ConnectionParts {
                sql_mode: "ANSI'".into(),
                ..parts("db")
            },
            ConnectionParts {
                port: Some(70000),
                ..parts("db")
            },
        ] {
            assert!(matches!(
                ConnectionConfig::new(bad),
                Err(Error::Argument { .. })
            ));
        }
    }
}
