//! Posts that change hands. Core: the other branch of `wp_delete_user()`; only `post_author` moves.

use super::batch::Batch;
use super::candidates::{self, Candidate};
use super::relationships::Taxonomies;
use super::relay::Work;
use super::resume::Resume;
use crate::db::value::Param;
use crate::db::{Server, Transaction};
use crate::error::{Error, Result};
use crate::request::{ContentPolicy, DeletionRequest};
use crate::sql;

/// Hands posts of any type and status over.
pub(super) struct Reassign<'a> {
    pub(super) request: &'a DeletionRequest,
}

impl Work for Reassign<'_> {
    fn find(&self, server: &mut Server, from: &Resume, limit: usize) -> Result<Vec<Candidate>> {
        let sql = &sql::posts::NEXT_OF_AUTHOR;
        let rows = candidates::next(server, sql, (self.request.user, from.after), &[], limit)?;
        rows.iter()
            .map(|row| row.id(0).map(Candidate::of_its_own))
            .collect()
    }

    /// Those that still are the user's.
    fn batch(
        &self,
        transaction: &mut Transaction<'_>,
        _: &mut Taxonomies,
        ids: &[u64],
    ) -> Result<Batch> {
        let mut batch = Batch::default();
        let heir = lock_heir(transaction, self.request)?;
        batch.heir = Some(heir);
        let user = Param::Id(self.request.user.get());
        for row in transaction.query(&sql::posts::TYPES, &[Param::Ids(ids), user.clone()])? {
            batch
                .slice
                .reassigned
                .entry(row.owned(1)?)
                .or_default()
                .push(row.id(0)?);
        }
        batch.slice.rows("posts").updated += transaction.execute(
            &sql::posts::REASSIGN,
            &[Param::Id(heir), Param::Ids(ids), user],
        )?;
        Ok(batch)
    }
}

/// The heir's id, its row held until the batch ends.
pub(super) fn lock_heir(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
) -> Result<u64> {
    let ContentPolicy::ReassignTo(heir) = request.policy else {
        return Err(Error::argument(
            "request.resume",
            "belongs to a reassignment",
        ));
    };
    let heir = heir.get();
    if transaction
        .ids(&sql::users::LOCK_HEIR, &[Param::Id(heir)])?
        .is_empty()
    {
        return Err(Error::ReassignTarget {
            reason: format!("there is no user {heir} any more"),
        });
    }
    Ok(heir)
}
