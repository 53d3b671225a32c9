//! The user's own rows, last of all.

use super::batch::{self, Batch};
use super::ledger::Entry;
use crate::db::Server;
use crate::db::value::Param;
use crate::error::Result;
use crate::request::DeletionRequest;
use crate::sql;

/// Deletes the metas and the row, then looks for metas once more: a request that was under way may
/// have written one for a user it still knew.
pub(super) fn delete(
    server: &mut Server,
    entry: &Entry<'_>,
    request: &DeletionRequest,
) -> Result<Batch> {
    let user = [Param::Id(request.user.get())];
    let mut batch = batch::commit(server, entry, |transaction| {
        let mut batch = Batch::default();
        batch.slice.rows("usermeta").deleted +=
            transaction.execute(&sql::users::DELETE_METAS, &user)?;
        batch.slice.rows("users").deleted += transaction.execute(&sql::users::DELETE, &user)?;
        Ok(batch)
    })?;
    let late = batch::commit(server, entry, |transaction| {
        let mut batch = Batch::default();
        batch.slice.rows("usermeta").deleted +=
            transaction.execute(&sql::users::DELETE_METAS, &user)?;
        Ok(batch)
    })?;
    batch.slice.absorb(late.slice);
    Ok(batch)
}
