//! One batch: one short transaction, redone where that is right.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use super::ledger::Entry;
use crate::db::value::{Param, Row};
use crate::db::{LONGEST_LIST, Server, Transaction};
use crate::error::{Outcome, Result, Retry};
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
}

/// How often one batch may be begun.
const ATTEMPTS: u32 = 6;

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
    let mut attempt = 1;
    loop {
        let mut unanswered = None;
        let error = match attempt_once(server, entry, &mut work, &mut unanswered) {
            Ok(batch) => return Ok(batch),
            Err(error) => error,
        };
        if error.retry() == Retry::Never || attempt == ATTEMPTS {
            return Err(error);
        }
        pause(attempt);
        if error.retry() == Retry::Reconnect {
            server.disconnect();
        }
        if let Some(batch) = unanswered {
            match went_through(server, &batch) {
                Ok(true) => return Ok(batch),
                Ok(false) => {}
                // It stays unknown.
                Err(_) => return Err(error),
            }
        }
        attempt += 1;
    }
}

/// `unanswered` is what a commit without an answer may or may not have kept.
fn attempt_once(
    server: &mut Server,
    entry: &Entry<'_>,
    work: &mut impl FnMut(&mut Transaction<'_>) -> Result<Batch>,
    unanswered: &mut Option<Batch>,
) -> Result<Batch> {
    let mut transaction = server.connection()?.begin()?;
    let mut batch = work(&mut transaction)?;
    batch.noted = entry.write(&mut transaction, &batch)?;
    match transaction.commit() {
        Ok(()) => Ok(batch),
        Err(error) => {
            if error.outcome() == Outcome::Unknown {
                *unanswered = Some(batch);
            }
            Err(error)
        }
    }
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

/// Waits before another attempt: 20 ms, doubled each time, with a jitter so that two runners who
/// collided do not collide again.
fn pause(attempt: u32) {
    let base = 20u64 << attempt.min(6);
    let jitter = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |now| u64::from(now.subsec_nanos()) % base);
    thread::sleep(Duration::from_millis(base + jitter));
}

/// Runs `action` on `ids` in lists a statement may carry.
pub(super) fn in_lists<T: Copy>(
    ids: &[T],
    mut action: impl FnMut(&[T]) -> Result<()>,
) -> Result<()> {
    ids.chunks(LONGEST_LIST).try_for_each(&mut action)
}
