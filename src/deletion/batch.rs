//! One batch: one short transaction, redone where that is right.

use std::collections::BTreeSet;

use super::ledger::Entry;
use crate::db::value::{Param, Row};
use crate::db::{ATTEMPTS, LONGEST_LIST, Server, Transaction, pause};
use crate::error::{Error, Outcome, Result, Retry};
use crate::report::Slice;
use crate::sql;

/// What a batch has done, to be believed once it is committed.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    /// The part of the report it adds.
    pub(super) slice: Slice,
    /// Terms that have lost a counted post.
    pub(super) terms: BTreeSet<u64>,
    /// Who got what the batch has handed over.
    pub(super) heir: Option<u64>,
    /// Bytes that its note in the job's row takes.
    pub(super) noted: usize,
    /// Whether it would have been another one if the posts before had still been as they were.
    pub(super) depends_on_earlier: bool,
}

/// What became of the first attempt at a batch.
pub(super) type Attempt = std::result::Result<Batch, Failure>;

/// Why a batch was not committed, as far as is known.
pub(super) struct Failure {
    error: Error,
    /// What a commit without an answer may or may not have kept.
    unanswered: Option<Box<Batch>>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error,
            unanswered: None,
        }
    }
}

/// Runs `work` in a transaction and commits it. A deadlock or lock wait has undone the transaction,
/// so all of `work` runs again after a pause; after a lost connection it runs again on a new one,
/// unless the commit turns out to have gone through. `work` therefore reads what it changes inside
/// the transaction, and never remembers anything from an earlier run. What it has done is noted in
/// the job's row, in the same transaction.
pub(super) fn commit(
    server: &mut Server,
    entry: &Entry<'_>,
    mut work: impl FnMut(&mut Transaction<'_>) -> Result<Batch>,
) -> Result<Batch> {
    let first = attempt(server, entry, &mut work);
    settle(server, entry, first, work)
}

/// [`commit`] after its first attempt.
pub(super) fn settle(
    server: &mut Server,
    entry: &Entry<'_>,
    first: Attempt,
    mut work: impl FnMut(&mut Transaction<'_>) -> Result<Batch>,
) -> Result<Batch> {
    let mut last = first;
    let mut attempts = 1;
    loop {
        let Failure { error, unanswered } = match last {
            Ok(batch) => return Ok(batch),
            Err(failure) => failure,
        };
        if matches!(error.retry(), Retry::Never | Retry::Smaller) || attempts == ATTEMPTS {
            return Err(error);
        }
        pause(attempts);
        if error.retry() == Retry::Reconnect {
            server.disconnect();
        }
        if let Some(batch) = unanswered {
            match went_through(server, &batch) {
                Ok(true) => return Ok(*batch),
                Ok(false) => {}
                // It stays unknown.
                Err(_) => return Err(error),
            }
        }
        attempts += 1;
        last = attempt(server, entry, &mut work);
    }
}

/// One attempt at a batch.
pub(super) fn attempt(
    server: &mut Server,
    entry: &Entry<'_>,
    work: &mut impl FnMut(&mut Transaction<'_>) -> Result<Batch>,
) -> Attempt {
    let mut transaction = server.connection()?.begin()?;
    let batch = work(&mut transaction)?;
    finish(transaction, entry, batch)
}

/// Notes and commits what was done.
pub(super) fn finish(
    mut transaction: Transaction<'_>,
    entry: &Entry<'_>,
    mut batch: Batch,
) -> Attempt {
    batch.noted = entry.write(&mut transaction, &batch)?;
    transaction.commit().map_err(|error| Failure {
        unanswered: (error.outcome() == Outcome::Unknown).then(|| Box::new(batch.clone())),
        error,
    })?;
    Ok(batch)
}

/// Did a batch whose commit got no answer go through? A batch is all or nothing, so one of its posts
/// or links tells. Any other batch answers no and is redone, which does no harm: term counts and the
/// user's rows.
fn went_through(server: &mut Server, batch: &Batch) -> Result<bool> {
    let first = |posts: &std::collections::BTreeMap<Vec<u8>, Vec<u64>>| {
        posts.values().flatten().next().copied()
    };
    let mut look =
        |id| server.read(|connection| connection.query(&sql::posts::WITNESS, &[Param::Id(id)]));
    if let Some(id) = first(&batch.slice.purged) {
        return Ok(look(id)?.is_empty());
    }
    if let Some(id) = first(&batch.slice.trashed) {
        return match look(id)?.first() {
            Some(row) => Ok(row.bytes(0)? == b"trash"),
            None => Ok(false),
        };
    }
    let handed_over = |rows: &[Row], column| match (rows.first(), batch.heir) {
        (Some(row), Some(heir)) => Ok(row.id(column)? == heir),
        _ => Ok(false),
    };
    if let Some(id) = first(&batch.slice.reassigned) {
        return handed_over(&look(id)?, 1);
    }
    if let Some(id) = batch.slice.links.first() {
        let link =
            server.read(|connection| connection.query(&sql::links::WITNESS, &[Param::Id(*id)]))?;
        return match batch.heir {
            Some(_) => handed_over(&link, 0),
            None => Ok(link.is_empty()),
        };
    }
    Ok(false)
}

/// Runs `action` on `ids` in lists a statement may carry.
pub(super) fn in_lists<T: Copy>(
    ids: &[T],
    mut action: impl FnMut(&[T]) -> Result<()>,
) -> Result<()> {
    ids.chunks(LONGEST_LIST).try_for_each(&mut action)
}
