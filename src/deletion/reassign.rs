//! Posts that change hands. Core: the other branch of `wp_delete_user()`; only `post_author` moves.

use super::batch::Batch;
use super::pair::{Done, Pair, Second};
use super::resume::Resume;
use crate::db::value::Param;
use crate::db::{Server, Transaction};
use crate::error::{Error, Result};
use crate::request::{ContentPolicy, DeletionRequest};
use crate::sql;

/// The next posts of the user, of any type and status, ascending.
pub(super) fn next(
    server: &mut Server,
    request: &DeletionRequest,
    resume: &Resume,
    limit: usize,
) -> Result<Vec<u64>> {
    let params = [
        Param::Id(request.user.get()),
        Param::Id(resume.after),
        Param::Id(limit as u64),
    ];
    server.read(|connection| connection.ids(&sql::posts::NEXT_OF_AUTHOR, &params))
}

/// Hands these posts over, as far as they still are the user's.
pub(super) fn batch(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
    ids: &[u64],
) -> Result<Batch> {
    let mut batch = Batch::default();
    let heir = lock_heir(transaction, request)?;
    batch.heir = Some(heir);
    let user = Param::Id(request.user.get());
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

/// Two committed batches at once, and where to go on after each: see [`Pair`].
pub(super) fn pair(
    server: &mut Server,
    second: &mut Second,
    request: &DeletionRequest,
    ids: &[u64],
    resume: &Resume,
) -> Result<(Done, Result<Done>)> {
    let (first, last) = ids.split_at(ids.len() / 2);
    let pair = Pair {
        request,
        then: [resume.past(first), resume.past(last)],
    };
    pair.commit(
        server,
        second,
        |transaction| batch(transaction, request, first),
        |transaction, _| batch(transaction, request, last),
    )
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
