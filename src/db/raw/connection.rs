//! A connection handle.

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::ptr::{self, NonNull};

use mysqlclient_sys as ffi;

use super::library;
use super::result::RawResult;
use crate::db::config::{ConnectionConfig, Endpoint, Tls};
use crate::db::errno;
use crate::error::{Error, Result};

/// What the server or the client library said about the last failed call.
#[derive(Debug)]
pub(in crate::db) struct ServerError {
    pub(in crate::db) errno: u32,
    pub(in crate::db) sqlstate: String,
}

/// One connection to the server, closed when dropped.
#[derive(Debug)]
pub(in crate::db) struct RawConnection {
    handle: NonNull<ffi::MYSQL>,
}

// SAFETY: the library ties a handle to no thread, it only must not be used by two at once, and whoever
// uses it here has it for itself: no result that is still on its way outlives a call, see `read`.
unsafe impl Send for RawConnection {}

/// Statements of this crate are short; a server that says nothing for longer is gone.
const READ_TIMEOUT_SECONDS: c_uint = 600;
const WRITE_TIMEOUT_SECONDS: c_uint = 60;

/// Sets a connection option from a pointer to the type that the manual names for it. A macro, because
/// the bindings leave the option's type without a name that could stand in a signature.
macro_rules! set_option {
    ($connection:expr, $option:ident, $value:expr) => {{
        let value: *const _ = $value;
        // SAFETY: the handle is live and not yet connected, and the library copies what `value`
        // points to before it returns.
        let failed = unsafe {
            ffi::mysql_options(
                $connection.handle.as_ptr(),
                ffi::mysql_option::$option,
                value.cast::<c_void>(),
            )
        };
        if failed == 0 {
            Ok(())
        } else {
            Err(Error::internal(concat!(
                "the client library refused ",
                stringify!($option)
            )))
        }
    }};
}

impl RawConnection {
    /// Connects. The password leaves the process only in the protocol's own exchange.
    pub(in crate::db) fn open(config: &ConnectionConfig) -> Result<Self> {
        library::initialise()?;
        // SAFETY: NULL asks the library to allocate; it answers NULL when out of memory.
        let handle = NonNull::new(unsafe { ffi::mysql_init(ptr::null_mut()) })
            .ok_or_else(|| Error::internal("the client library is out of memory"))?;
        let connection = Self { handle };
        connection.prepare(config)?;
        connection.connect(config)?;
        Ok(connection)
    }

    fn prepare(&self, config: &ConnectionConfig) -> Result<()> {
        set_option!(
            self,
            MYSQL_OPT_CONNECT_TIMEOUT,
            &config.connect_timeout_seconds()
        )?;
        set_option!(self, MYSQL_OPT_READ_TIMEOUT, &READ_TIMEOUT_SECONDS)?;
        set_option!(self, MYSQL_OPT_WRITE_TIMEOUT, &WRITE_TIMEOUT_SECONDS)?;
        // The server must not be able to ask this process for a local file.
        set_option!(self, MYSQL_OPT_LOCAL_INFILE, &c_uint::MIN)?;

        let protocol = match config.endpoint() {
            Endpoint::Tcp { .. } => ffi::mysql_protocol_type::MYSQL_PROTOCOL_TCP,
            Endpoint::Socket(_) => ffi::mysql_protocol_type::MYSQL_PROTOCOL_SOCKET,
        };
        set_option!(self, MYSQL_OPT_PROTOCOL, &(protocol as c_uint))?;

        let charset = c_string("connection.charset", config.charset().as_bytes())?;
        set_option!(self, MYSQL_SET_CHARSET_NAME, charset.as_ptr())?;

        // Connector/C verifies by default from 3.4 on and offers no encryption before that: both
        // are always said.
        let enforce = c_char::from(config.tls() != Tls::Off);
        let verify = c_char::from(config.tls() == Tls::Verified);
        set_option!(self, MYSQL_OPT_SSL_ENFORCE, &enforce)?;
        set_option!(self, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify)
    }

    fn connect(&self, config: &ConnectionConfig) -> Result<()> {
        let user = c_string("connection.user", config.user().as_bytes())?;
        let password = c_string("connection.password", config.password())?;
        let database = c_string("connection.database", config.database().as_bytes())?;
        let (host, port, socket) = match config.endpoint() {
            Endpoint::Tcp { host, port } => {
                (c_string("connection.host", host.as_bytes())?, *port, None)
            }
            Endpoint::Socket(path) => (
                c_string("connection.host", b"localhost")?,
                0,
                path.as_ref()
                    .map(|path| c_string("connection.socket", path.as_bytes()))
                    .transpose()?,
            ),
        };
        let socket = socket
            .as_ref()
            .map_or(ptr::null(), |socket| socket.as_ptr());
        // SAFETY: the handle is live; every string is NUL-terminated and outlives the call; a NULL
        // socket asks for the library's default one.
        let connected = unsafe {
            ffi::mysql_real_connect(
                self.handle.as_ptr(),
                host.as_ptr(),
                user.as_ptr(),
                password.as_ptr(),
                database.as_ptr(),
                port.into(),
                socket,
                0,
            )
        };
        if connected.is_null() {
            Err(Error::Connect {
                errno: self.connect_errno(),
            })
        } else {
            Ok(())
        }
    }

    fn send(&mut self, sql: &[u8]) -> std::result::Result<(), ServerError> {
        let Ok(length) = sql.len().try_into() else {
            return Err(self.last_error());
        };
        // SAFETY: the handle is live; the text is passed with its own length.
        match unsafe { ffi::mysql_real_query(self.handle.as_ptr(), sql.as_ptr().cast(), length) } {
            0 => Ok(()),
            _ => Err(self.last_error()),
        }
    }

    /// Sends one query and shows `see` its rows one by one as they come, without keeping them. The first thing that
    /// goes wrong there is the inner result; what is left of the answer is passed over.
    pub(in crate::db) fn read<E>(
        &mut self,
        sql: &[u8],
        mut see: impl FnMut(&[Option<&[u8]>]) -> std::result::Result<(), E>,
    ) -> std::result::Result<std::result::Result<(), E>, ServerError> {
        self.send(sql)?;
        // SAFETY: the handle is live and a statement has just succeeded on it. The result is dropped, which
        // reads what is left of it, before anything else is done with the handle.
        let Some(result) = NonNull::new(unsafe { ffi::mysql_use_result(self.handle.as_ptr()) })
        else {
            return Err(self.last_error());
        };
        let mut result = RawResult::new(result);
        let mut seen = Ok(());
        while let Some(row) = result.next_row() {
            seen = see(&row);
            if seen.is_err() {
                break;
            }
        }
        // An answer that is cut off ends as one that is complete.
        match self.errno() {
            0 => Ok(seen),
            _ => Err(self.last_error()),
        }
    }

    /// Sends one statement and returns its result set, if it has one.
    pub(in crate::db) fn query(
        &mut self,
        sql: &[u8],
    ) -> std::result::Result<Option<RawResult>, ServerError> {
        self.send(sql)?;
        let handle = self.handle.as_ptr();
        // Before the rows are read: a connection that is lost meanwhile forgets that there were any.
        // SAFETY: the handle is live and a statement has just succeeded on it.
        let columns = unsafe { ffi::mysql_field_count(handle) };
        // SAFETY: as before.
        let result = NonNull::new(unsafe { ffi::mysql_store_result(handle) });
        // Columns without a result mean that reading it failed.
        if result.is_none() && columns != 0 {
            return Err(self.last_error());
        }
        Ok(result.map(RawResult::new))
    }

    /// Rows changed by the last statement.
    pub(in crate::db) fn affected_rows(&self) -> u64 {
        // SAFETY: the handle is live.
        unsafe { ffi::mysql_affected_rows(self.handle.as_ptr()) }
    }

    /// `value` escaped for a quoted literal, under the connection's character set and the server's
    /// NO_BACKSLASH_ESCAPES state.
    pub(in crate::db) fn escape(&self, value: &[u8]) -> Result<Vec<u8>> {
        let length = value
            .len()
            .try_into()
            .map_err(|_| Error::internal("value too long"))?;
        let mut escaped = vec![0u8; value.len() * 2 + 1];
        // SAFETY: the handle is live and connected; the buffer has the 2n + 1 bytes that the manual
        // asks for.
        let written = unsafe {
            ffi::mysql_real_escape_string(
                self.handle.as_ptr(),
                escaped.as_mut_ptr().cast(),
                value.as_ptr().cast(),
                length,
            )
        };
        match usize::try_from(written) {
            Ok(written) if written < escaped.len() => {
                escaped.truncate(written);
                Ok(escaped)
            }
            _ => Err(Error::internal("a value could not be escaped")),
        }
    }

    /// Why the attempt to connect failed. A client library that has no plugin for the account lets the
    /// server refuse it and passes that number on, as if the password were wrong.
    fn connect_errno(&self) -> u32 {
        match self.errno() {
            errno::ACCESS_DENIED if !self.has_mysql_plugin() => errno::CR_AUTH_PLUGIN,
            errno => errno,
        }
    }

    /// Whether the library can serve accounts as MySQL makes them. MariaDB's has the plugin in a file.
    fn has_mysql_plugin(&self) -> bool {
        /// `MYSQL_CLIENT_AUTHENTICATION_PLUGIN`, which only some of the bindings have.
        const AUTHENTICATION: c_int = 2;
        // SAFETY: the handle is live; the name is NUL-terminated. The answer points to a plugin that
        // stays loaded, and is only compared.
        let plugin = unsafe {
            ffi::mysql_client_find_plugin(
                self.handle.as_ptr(),
                c"caching_sha2_password".as_ptr(),
                AUTHENTICATION,
            )
        };
        !plugin.is_null()
    }

    fn errno(&self) -> u32 {
        // SAFETY: the handle is live.
        unsafe { ffi::mysql_errno(self.handle.as_ptr()) }
    }

    fn last_error(&self) -> ServerError {
        // SAFETY: the handle is live; the answer is a NUL-terminated string inside it.
        let sqlstate = unsafe { CStr::from_ptr(ffi::mysql_sqlstate(self.handle.as_ptr())) };
        ServerError {
            errno: self.errno(),
            sqlstate: sqlstate.to_string_lossy().into_owned(),
        }
    }
}

impl Drop for RawConnection {
    fn drop(&mut self) {
        // SAFETY: owned by this value and closed nowhere else; results do not refer to it.
        unsafe { ffi::mysql_close(self.handle.as_ptr()) }
    }
}

fn c_string(name: &str, value: &[u8]) -> Result<CString> {
    CString::new(value).map_err(|_| Error::argument(name, "must not contain a NUL byte"))
}
