//! A result set.

use std::marker::PhantomData;
use std::ptr::NonNull;

use mysqlclient_sys as ffi;

/// The rows of one answer: all held by the client library until dropped, or one by one as they come.
#[derive(Debug)]
pub(in crate::db) struct RawResult {
    handle: NonNull<ffi::MYSQL_RES>,
    _not_send: PhantomData<*mut ffi::MYSQL_RES>,
}

impl RawResult {
    /// Takes ownership of what `mysql_store_result` or `mysql_use_result` returned.
    pub(super) fn new(handle: NonNull<ffi::MYSQL_RES>) -> Self {
        Self {
            handle,
            _not_send: PhantomData,
        }
    }

    /// The next row: one entry per column, `None` for SQL NULL. The borrow keeps the result alive
    /// and unmoved while the row is read.
    pub(in crate::db) fn next_row(&mut self) -> Option<Vec<Option<&[u8]>>> {
        let handle = self.handle.as_ptr();
        // SAFETY: the handle is live, and so is the connection that the rows may still come from. The call returns
        // NULL after the last row.
        let row = NonNull::new(unsafe { ffi::mysql_fetch_row(handle) })?;
        // SAFETY: valid right after a row was fetched, for the columns of that row.
        let lengths = NonNull::new(unsafe { ffi::mysql_fetch_lengths(handle) })?;
        // SAFETY: the handle is live.
        let columns = unsafe { ffi::mysql_num_fields(handle) };

        (0..usize::try_from(columns).ok()?)
            .map(|column| {
                // SAFETY: `column` is below the number of columns, for which both arrays have an
                // entry each; neither outlives `self`.
                let (value, length) =
                    unsafe { (*row.as_ptr().add(column), *lengths.as_ptr().add(column)) };
                if value.is_null() {
                    return Some(None);
                }
                let length = usize::try_from(length).ok()?;
                // SAFETY: a non-NULL value has exactly as many bytes as its length says and lives
                // until the result is freed, which the returned borrow of `self` forbids.
                Some(Some(unsafe {
                    std::slice::from_raw_parts(value.cast::<u8>(), length)
                }))
            })
            .collect()
    }
}

impl Drop for RawResult {
    fn drop(&mut self) {
        // SAFETY: owned by this value and freed nowhere else.
        unsafe { ffi::mysql_free_result(self.handle.as_ptr()) }
    }
}
