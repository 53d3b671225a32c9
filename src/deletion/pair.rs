//! Two batches at once, on two connections, that leave what one after the other would.
//!
//! Both work at the same time, but the first commits before the second does, so that what is on record
//! is never ahead of what is done. Where one of them could see or change what the other one does, or
//! the first fails, the second takes back what it has done and is done again after the first, as if
//! there were one connection. So it does when the first takes long: it may be waiting for a row that the
//! second holds, because the server reads a small table as a whole, and nobody else would notice that.

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::batch::{self, Attempt, Batch};
use super::ledger::Entry;
use super::prove_same_database;
use super::resume::Resume;
use crate::db::value::Param;
use crate::db::{Connection, LibraryThread, Server, Transaction};
use crate::error::{Error, Result};
use crate::request::DeletionRequest;

/// The second connection.
#[derive(Debug, Default)]
pub(super) enum Second {
    #[default]
    Unasked,
    Open {
        server: Box<Server>,
        /// How often it has worked in vain.
        in_vain: u8,
    },
    /// The server gave no second one, or it led elsewhere, or it was in the first one's way: one has to do.
    Unavailable {
        /// Statements that it was sent before.
        statements: u64,
    },
}

/// How often the second connection may work in vain before it is given up.
const IN_VAIN: u8 = 3;
/// The least that the second waits for the first; otherwise it is twice as long as its own work took.
const PATIENCE: Duration = Duration::from_millis(100);

impl Second {
    /// The connection, opened when first asked for, if there is to be one.
    fn open(&mut self, first: &mut Server, request: &DeletionRequest) -> Option<&mut Server> {
        if request.budget.connections() < 2 {
            return None;
        }
        if matches!(self, Self::Unasked) {
            let mut server = first.another();
            let opened = server.read(|connection| {
                prove_same_database(connection, request)?;
                // A cluster commits one transaction after the other anyway, and whatever undoes one of two
                // at work would undo both.
                Ok(connection.locks_only_rows() && !connection.is_clustered())
            });
            *self = match opened {
                Ok(true) => Self::Open {
                    server: Box::new(server),
                    in_vain: 0,
                },
                _ => Self::Unavailable {
                    statements: server.statements(),
                },
            };
        }
        match self {
            Self::Open { server, .. } => Some(server),
            _ => None,
        }
    }

    /// Reads something in two halves at once, or all of it where there is one connection.
    pub(super) fn read_in_halves<T: Send>(
        &mut self,
        server: &mut Server,
        request: &DeletionRequest,
        read: impl Fn(&mut Connection, Share) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let share = |server: &mut Server, share| server.read(|connection| read(connection, share));
        if self.open(server, request).is_none() {
            return Ok(vec![share(server, Share::All)?]);
        }
        let (even, odd) = self.beside(
            server,
            request,
            |server| share(server, Share::Even),
            |second| share(second, Share::Odd),
        );
        let odd = match odd {
            Some(Ok(odd)) => odd,
            // It could not begin, or has failed.
            _ => share(server, Share::Odd)?,
        };
        Ok(vec![even?, odd])
    }

    /// Works on both connections at once. `None` is what the second has done where there is none.
    fn beside<F, S: Send>(
        &mut self,
        server: &mut Server,
        request: &DeletionRequest,
        on_first: impl FnOnce(&mut Server) -> F,
        on_second: impl FnOnce(&mut Server) -> S + Send,
    ) -> (F, Option<S>) {
        let Some(second) = self.open(server, request) else {
            return (on_first(server), None);
        };
        thread::scope(|scope| {
            let at_work = thread::Builder::new().spawn_scoped(scope, move || {
                let _library = LibraryThread::begin();
                on_second(second)
            });
            let first = on_first(server);
            let second = at_work.ok().map(|at_work| {
                at_work
                    .join()
                    .unwrap_or_else(|panicked| resume_unwind(panicked))
            });
            (first, second)
        })
    }

    fn note_in_vain(&mut self) {
        if let Self::Open { in_vain, server } = self {
            *in_vain += 1;
            if *in_vain == IN_VAIN {
                *self = Self::Unavailable {
                    statements: server.statements(),
                };
            }
        }
    }

    /// Statements sent so far.
    pub(super) fn statements(&self) -> u64 {
        match self {
            Self::Unasked => 0,
            Self::Open { server, .. } => server.statements(),
            Self::Unavailable { statements } => *statements,
        }
    }
}

/// Which objects are read: all, or those in every other block of 64 ids.
#[derive(Debug, Clone, Copy)]
pub(super) enum Share {
    All,
    Even,
    Odd,
}

impl Share {
    /// What `id & 64` is of those that are not.
    pub(super) fn left_out(self) -> Param<'static> {
        Param::Id(match self {
            Self::All => 1,
            Self::Even => 64,
            Self::Odd => 0,
        })
    }
}

/// A post that a batch is to purge.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) id: u64,
    pub(super) parent: u64,
    /// It goes with its parent, wherever that is.
    pub(super) is_revision: bool,
}

/// Two lists of posts, ascending.
pub(super) type Halves = [Vec<u64>; 2];

/// Cuts a list into two that may be purged at once, if there are such: no post of the one is below a
/// post of the other, but for revisions, which the first batch takes along and the second one would not
/// find any more. `is_pointed_at` says which posts take a menu item along: that might be one of the others.
pub(super) fn halves(found: &[Candidate], is_pointed_at: impl Fn(u64) -> bool) -> Option<Halves> {
    let (first, second) = found.split_at(found.len() / 2);
    let of_first: HashSet<u64> = first.iter().map(|post| post.id).collect();
    let mut of_second = HashSet::new();
    let mut taken_along = HashSet::new();
    for post in second {
        if !of_first.contains(&post.parent) {
            of_second.insert(post.id);
        } else if post.is_revision {
            taken_along.insert(post.id);
        } else {
            return None;
        }
    }
    let depends = first.iter().any(|post| of_second.contains(&post.parent))
        || found.iter().any(|post| taken_along.contains(&post.parent))
        || found.iter().any(|post| is_pointed_at(post.id));
    let ids = |posts: &[Candidate]| posts.iter().map(|post| post.id).collect::<Vec<_>>();
    let mut second = ids(second);
    second.retain(|id| of_second.contains(id));
    (!depends).then(|| [ids(first), second])
}

/// What a batch did, and where to go on after it.
pub(super) type Done = (Batch, Resume);

/// Two batches to be done.
pub(super) struct Pair<'a> {
    pub(super) request: &'a DeletionRequest,
    /// Where to go on after each, but for the terms that they leave to count.
    pub(super) then: [Resume; 2],
}

impl Pair<'_> {
    /// Commits both, each as [`batch::commit`] does. When the first cannot be, nothing is; its error is
    /// the outer one. The second is told whether the first is at work beside it.
    pub(super) fn commit(
        self,
        server: &mut Server,
        second: &mut Second,
        mut first_work: impl FnMut(&mut Transaction<'_>) -> Result<Batch>,
        mut second_work: impl FnMut(&mut Transaction<'_>, bool) -> Result<Batch> + Send,
    ) -> Result<(Done, Result<Done>)> {
        let [then_first, then_second] = self.then;
        let entry = Entry::new(self.request, then_first);
        let entry_after = |first: &Resume| {
            let mut then = then_second.clone();
            then.terms.extend(&first.terms);
            Entry::new(self.request, then)
        };

        let (tell, told) = channel();
        let mut beside = |transaction: &mut Transaction<'_>| second_work(transaction, true);
        let (first, tried) = second.beside(
            server,
            self.request,
            |server| {
                let first = batch::attempt(server, &entry, &mut first_work);
                // Nobody listens where the second has failed, or is not there.
                let _ = tell.send(match &first {
                    Ok(batch) if !batch.depends_on_earlier => Some(entry.after(batch)),
                    _ => None,
                });
                first
            },
            |second| attempt_after(second, told, &entry_after, &mut beside),
        );
        let tried = tried.unwrap_or(Tried::NotYet);

        let first = batch::settle(server, &entry, first, first_work)?;
        let after_first = entry.after(&first);
        let entry = entry_after(&after_first);
        if matches!(tried, Tried::InVain) {
            second.note_in_vain();
        }
        let after = |transaction: &mut Transaction<'_>| second_work(transaction, false);
        let second = match (tried, second) {
            (Tried::Then(attempt), Second::Open { server, .. }) => {
                batch::settle(server, &entry, *attempt, after)
            }
            _ => batch::commit(server, &entry, after),
        };
        let second = second.map(|batch| {
            let after = entry.after(&batch);
            (batch, after)
        });
        Ok(((first, after_first), second))
    }
}

/// What has become of the second batch by the time the first is through.
enum Tried {
    /// Nothing, or it was taken back and told why.
    NotYet,
    /// It was taken back because it failed, or waited too long.
    InVain,
    /// It was to be committed.
    Then(Box<Attempt>),
}

/// The second batch's attempt, which ends once it is told where the first one's commit has led.
fn attempt_after<'a>(
    server: &mut Server,
    told: Receiver<Option<Resume>>,
    entry_after: &impl Fn(&Resume) -> Entry<'a>,
    work: &mut impl FnMut(&mut Transaction<'_>) -> Result<Batch>,
) -> Tried {
    let mut attempt = || {
        let begun = Instant::now();
        let mut transaction = server.connection()?.begin()?;
        let batch = work(&mut transaction)?;
        if batch.depends_on_earlier {
            return Ok(Tried::NotYet);
        }
        let patience = (2 * begun.elapsed()).max(PATIENCE);
        Ok(match told.recv_timeout(patience) {
            Ok(Some(first)) => {
                let entry = entry_after(&first);
                Tried::Then(Box::new(batch::finish(transaction, &entry, batch)))
            }

            Ok(None) => Tried::NotYet,
            Err(_) => Tried::InVain,
        })
    };
    attempt().unwrap_or_else(|_: Error| {
        // Another one may serve the next pair.
        server.disconnect();
        Tried::InVain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(id: u64, parent: u64) -> Candidate {
        Candidate {
            id,
            parent,
            is_revision: false,
        }
    }

    fn revision(id: u64, parent: u64) -> Candidate {
        Candidate {
            is_revision: true,
            ..post(id, parent)
        }
    }

    fn cut(found: &[Candidate]) -> Option<Halves> {
        halves(found, |_| false)
    }

    #[test]
    fn posts_apart_are_cut_in_the_middle() {
        let found = [
            post(1, 0),
            revision(2, 1),
            post(3, 9),
            post(4, 3),
            post(5, 9),
        ];
        assert_eq!(cut(&found), Some([vec![1, 2], vec![3, 4, 5]]));
    }

    #[test]
    fn a_revision_goes_with_its_parent() {
        let found = [post(1, 0), post(2, 0), revision(3, 1), post(4, 0)];
        assert_eq!(cut(&found), Some([vec![1, 2], vec![4]]));
    }

    #[test]
    fn whoever_depends_on_the_other_half_waits() {
        assert_eq!(cut(&[post(1, 0), post(2, 1)]), None);
        assert_eq!(cut(&[post(1, 2), post(2, 0)]), None);
        assert_eq!(cut(&[revision(1, 2), post(2, 0)]), None);
        let below_a_revision = [post(1, 0), post(2, 0), revision(3, 1), post(4, 3)];
        assert_eq!(cut(&below_a_revision), None);
        assert_eq!(halves(&[post(1, 0), post(2, 0)], |id| id == 2), None);
    }
}
