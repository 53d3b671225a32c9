//! The client library as a whole: initialised once, asked for its version.

use std::ffi::CStr;
use std::marker::PhantomData;

use mysqlclient_sys as ffi;
use once_cell::sync::OnceCell;

use crate::error::{Error, Result};

static INITIALISED: OnceCell<()> = OnceCell::new();

/// Initialises the library on the first call of the process; a failure is reported and the next
/// call tries again.
pub(super) fn initialise() -> Result<()> {
    INITIALISED
        .get_or_try_init(|| {
            // SAFETY: no argument vector and no groups is what the manual gives for clients that do
            // not embed a server. `OnceCell` keeps every other thread out meanwhile.
            let failed =
                unsafe { ffi::mysql_server_init(0, std::ptr::null_mut(), std::ptr::null_mut()) };
            if failed == 0 {
                Ok(())
            } else {
                Err(Error::Connect { errno: 0 })
            }
        })
        .copied()
}

/// What the library keeps for a thread that the process did not begin with: there from
/// [`LibraryThread::begin`] until this is dropped, on the same thread.
#[derive(Debug)]
pub(crate) struct LibraryThread(PhantomData<*const ()>);

impl LibraryThread {
    /// On the thread that is going to use a connection.
    pub(crate) fn begin() -> Self {
        // SAFETY: the library is initialised before the first connection exists. A thread that it has
        // no memory for goes without, as the manual's own clients do.
        unsafe { ffi::mysql_thread_init() };
        Self(PhantomData)
    }
}

impl Drop for LibraryThread {
    fn drop(&mut self) {
        // SAFETY: on the thread that has begun it, which the marker keeps it on.
        unsafe { ffi::mysql_thread_end() };
    }
}

/// The library's version as it calls itself, e.g. `3.3.20`.
pub(crate) fn client_version() -> String {
    // SAFETY: returns a pointer to a static, NUL-terminated string.
    let version = unsafe { ffi::mysql_get_client_info() };
    if version.is_null() {
        return String::new();
    }
    // SAFETY: checked for NULL; static and NUL-terminated as said above.
    unsafe { CStr::from_ptr(version) }
        .to_string_lossy()
        .into_owned()
}
