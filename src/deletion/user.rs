//! The user's own rows, last of all.

use super::batch::{self, Batch};
use super::ledger::Entry;
use crate::db::Server;
use crate::db::value::Param;
use crate::error::Result;
use crate::request::DeletionRequest;
use crate::sql;

/// Deletes the row and the metas. The row first, although core does it the other way round: whoever
/// holds it is waited for, and what they have written meanwhile for a user they still knew goes, too.
pub(super) fn delete(
    server: &mut Server,
    entry: &Entry<'_>,
    request: &DeletionRequest,
) -> Result<Batch> {
    let user = [Param::Id(request.user.get())];
    batch::commit(server, entry, |transaction| {
        let mut batch = Batch::default();
        batch.slice.rows("users").deleted += transaction.execute(&sql::users::DELETE, &user)?;
        batch.slice.rows("usermeta").deleted +=
            transaction.execute(&sql::users::DELETE_METAS, &user)?;
        Ok(batch)
    })
}
