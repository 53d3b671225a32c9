//! Batches of posts, one after the other or on two connections at once, which leaves the same.
//!
//! A connection takes the next batch as soon as it is through with its last one, while the other is at
//! work on the one in between. They commit in the order in which they were taken, so that what is on record
//! is never ahead of what is done. Where a batch could see or change what the one ahead of it does, or
//! that one fails, the later one takes back what it has done and is done again, with nothing ahead of
//! it, as if there were one connection. So it does when the one ahead takes long: it may be waiting for a row
//! that the later one holds, because the server reads a small table as a whole, and nobody else would
//! notice that.

use std::mem;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::batch::{self, Attempt, Batch};
use super::candidates::{self, Candidate};
use super::ledger::Entry;
use super::progress::Progress;
use super::relationships::Taxonomies;
use super::resume::Resume;
use super::rhythm::Rest;
use crate::db::{Server, Transaction};
use crate::error::{Error, Result, Retry};
use crate::request::DeletionRequest;

/// What is done with posts.
pub(super) trait Work: Sync {
    /// The next posts after a resume point, ascending.
    fn find(&self, server: &mut Server, from: &Resume, limit: usize) -> Result<Vec<Candidate>>;

    /// Reads what a batch of these has to know. May another one be at work beside it?
    fn prepare(&self, _server: &mut Server, _found: &[Candidate]) -> Result<bool> {
        Ok(true)
    }

    /// Which of these may be dealt with while the ones ahead of them still are, if that leaves the same.
    fn apart(&self, _ahead: &[Candidate], found: &[Candidate]) -> Option<Vec<u64>> {
        Some(candidates::ids(found))
    }

    /// Deals with these posts.
    fn batch(
        &self,
        transaction: &mut Transaction<'_>,
        taxonomies: &mut Taxonomies,
        ids: &[u64],
    ) -> Result<Batch>;
}

/// What a connection keeps from batch to batch.
#[derive(Debug, Default)]
pub(super) struct Hand {
    pub(super) taxonomies: Taxonomies,
    pub(super) rest: Rest,
}

/// The least that a batch waits for the one ahead of it; otherwise it is twice as long as its own work took.
const PATIENCE: Duration = Duration::from_millis(100);

/// Where to go on after a batch, once it is committed; `None` before that says that what was done beside it is
/// to be taken back.
type Word = Option<Resume>;

/// A run of batches on two connections.
pub(super) struct Relay<'a, 'p, W> {
    work: &'a W,
    request: &'a DeletionRequest,
    progress: Mutex<&'a mut Progress<'p>>,
    course: Mutex<Course>,
    is_over: AtomicBool,
    in_vain: AtomicU8,
    /// How many times somebody may work in vain.
    patience: u8,
}

/// What was handed out.
struct Course {
    /// The point after the last batch, but for the terms that batches leave to count.
    taken: Resume,
    /// Posts of that batch, while it may not be committed.
    ahead: Vec<Candidate>,
    /// What that batch says.
    told: Receiver<Word>,
    /// How many posts the call has dealt with when all of them are done.
    posts: usize,
    /// Whether that was all there was.
    is_all: bool,
}

/// A batch to be done.
pub(super) struct Turn {
    ids: Vec<u64>,
    /// How many posts were found.
    posts: usize,
    /// Where to go on after it, but for the terms.
    then: Resume,
    /// Whether the batch ahead may not be committed.
    is_beside: bool,
    told: Receiver<Word>,
    tell: Sender<Word>,
}

/// What has become of a batch beside another one.
enum Tried<'a> {
    /// It was taken back.
    NotYet,
    /// It was taken back because it failed, or waited too long.
    InVain,
    /// It was to be committed.
    Then(Box<(Entry<'a>, Attempt)>),
}

impl<'a, 'p, W: Work> Relay<'a, 'p, W> {
    /// Goes on from where the progress is.
    pub(super) fn new(
        work: &'a W,
        request: &'a DeletionRequest,
        progress: &'a mut Progress<'p>,
        patience: u8,
    ) -> Self {
        let taken = progress.resume.clone();
        Self {
            work,
            request,
            course: Mutex::new(Course {
                ahead: Vec::new(),
                told: already(taken.clone()),
                taken,
                posts: progress.posts,
                is_all: false,
            }),
            progress: Mutex::new(progress),
            is_over: AtomicBool::new(false),
            in_vain: AtomicU8::new(0),
            patience,
        }
    }

    /// The first batch, which has been looked for and prepared.
    pub(super) fn first(&self, found: Vec<Candidate>) -> Turn {
        let ids = candidates::ids(&found);
        locked(&self.course).hand_out(found, ids)
    }

    /// Does batches until there is nothing left to take. Whoever has the first turn also looks whether it is time
    /// to report; the other may take one more then, or it would be idle until the first one is through.
    pub(super) fn run(
        &self,
        server: &mut Server,
        hand: &mut Hand,
        mut turn: Option<Turn>,
    ) -> Result<()> {
        let keeps_time = turn.is_some();
        let done = loop {
            let first = turn.take();
            if first.is_none() && keeps_time && self.is_spent() {
                break Ok(());
            }
            hand.rest.wait();
            let next = match first {
                None => self.take(server),
                first => Ok(first),
            };
            match next.and_then(|next| match next {
                Some(turn) => self.complete(server, hand, &turn),
                None => Ok(false),
            }) {
                Ok(true) => {}
                ended => break ended.map(|_| ()),
            }
        };
        self.is_over.store(true, Ordering::Relaxed);
        done
    }

    /// How often somebody has worked in vain, and whether the last batch was all there was.
    pub(super) fn end(self) -> (u8, bool) {
        let course = self.course.into_inner();
        let course = course.unwrap_or_else(PoisonError::into_inner);
        (self.in_vain.into_inner(), course.is_all)
    }

    fn is_spent(&self) -> bool {
        let posts = locked(&self.course).posts;
        locked(&self.progress).is_spent_after(posts)
    }

    /// The next batch, if any is left that may have another one beside it.
    fn take(&self, server: &mut Server) -> Result<Option<Turn>> {
        let Ok(mut course) = self.course.lock() else {
            // The other one has panicked.
            return Ok(None);
        };
        if self.is_over.load(Ordering::Relaxed) {
            return Ok(None);
        }
        course.hear();
        let (size, most) = {
            let progress = locked(&self.progress);
            (progress.size(), progress.budget.posts)
        };
        // One more than the other one has, however late it comes to look whether it is time.
        if course.posts.saturating_sub(course.ahead.len()) >= most {
            return Ok(None);
        }
        loop {
            let found = self.work.find(server, &course.taken, size)?;
            if found.is_empty() || !self.work.prepare(server, &found)? {
                return Ok(None);
            }
            if let Some(ids) = self.work.apart(&course.ahead, &found) {
                course.is_all = found.len() < size;
                return Ok(Some(course.hand_out(found, ids)));
            }
            let Some(resume) = committed(&course.told) else {
                return Ok(None);
            };
            course.nobody_is_ahead(resume);
        }
    }

    /// Does a batch. `false` when it could not be done, and no other is to be begun.
    fn complete(&self, server: &mut Server, hand: &mut Hand, turn: &Turn) -> Result<bool> {
        let begun = Instant::now();
        let tried = if turn.is_beside {
            self.beside(server, &mut hand.taxonomies, turn)
        } else {
            Tried::NotYet
        };
        if matches!(tried, Tried::InVain)
            && self.in_vain.fetch_add(1, Ordering::Relaxed) + 1 >= self.patience
        {
            self.is_over.store(true, Ordering::Relaxed);
        }
        let mut work = |transaction: &mut Transaction<'_>| {
            self.work
                .batch(transaction, &mut hand.taxonomies, &turn.ids)
        };
        let (entry, attempt) = match tried {
            Tried::Then(tried) => *tried,
            _ => {
                let Some(resume) = committed(&turn.told) else {
                    return Ok(false);
                };
                let entry = self.entry(turn, &resume);
                let attempt = batch::attempt(server, &entry, &mut work);
                (entry, attempt)
            }
        };
        // Nobody may be listening.
        let tell = |word| drop(turn.tell.send(word));
        if attempt.is_err() {
            // The next one may hold what this one needs.
            tell(None);
        }
        let batch = match batch::settle(server, &entry, attempt, work) {
            Ok(batch) => batch,
            Err(error) if locked(&self.progress).is_to_be_smaller(&error, turn.posts) => {
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        if batch.depends_on_earlier {
            // The next one may depend on this one.
            tell(None);
        }
        let after = entry.after(&batch);
        {
            let mut progress = locked(&self.progress);
            progress.posts += turn.posts;
            progress.keep(batch, after.clone());
            hand.rest = progress.note(turn.posts, begun.elapsed());
        }
        tell(Some(after));
        Ok(true)
    }

    /// Tries a batch beside the one ahead of it.
    fn beside(&self, server: &mut Server, taxonomies: &mut Taxonomies, turn: &Turn) -> Tried<'a> {
        let mut attempt = || {
            let begun = Instant::now();
            let mut transaction = server.connection()?.begin()?;
            let batch = self.work.batch(&mut transaction, taxonomies, &turn.ids)?;
            if batch.depends_on_earlier {
                return Ok(Tried::NotYet);
            }
            let patience = (2 * begun.elapsed()).max(PATIENCE);
            Ok(match turn.told.recv_timeout(patience) {
                Ok(Some(resume)) => {
                    let entry = self.entry(turn, &resume);
                    let attempt = batch::finish(transaction, &entry, batch);
                    Tried::Then(Box::new((entry, attempt)))
                }
                Err(RecvTimeoutError::Timeout) => Tried::InVain,
                Ok(None) | Err(RecvTimeoutError::Disconnected) => Tried::NotYet,
            })
        };
        attempt().unwrap_or_else(|error: Error| {
            if error.retry() == Retry::Reconnect {
                server.disconnect();
            }
            Tried::InVain
        })
    }

    fn entry(&self, turn: &Turn, before: &Resume) -> Entry<'a> {
        let mut then = turn.then.clone();
        then.terms.extend(&before.terms);
        Entry::new(self.request, then)
    }
}

impl Course {
    fn hand_out(&mut self, found: Vec<Candidate>, ids: Vec<u64>) -> Turn {
        let (tell, told) = channel();
        self.taken = self.taken.past(&candidates::ids(&found));
        self.posts += found.len();
        Turn {
            ids,
            posts: found.len(),
            then: self.taken.clone(),
            is_beside: !mem::replace(&mut self.ahead, found).is_empty(),
            told: mem::replace(&mut self.told, told),
            tell,
        }
    }

    /// Hears what the batch ahead has said so far. That something is to be taken back does not concern who has
    /// not begun.
    fn hear(&mut self) {
        while let Ok(word) = self.told.try_recv() {
            if let Some(resume) = word {
                self.nobody_is_ahead(resume);
                return;
            }
        }
    }

    fn nobody_is_ahead(&mut self, resume: Resume) {
        self.ahead.clear();
        self.told = already(resume);
    }
}

/// Waits for the commit of the batch ahead. There is none any more when that has failed.
fn committed(told: &Receiver<Word>) -> Option<Resume> {
    told.iter().flatten().next()
}

/// What a batch says that is committed.
fn already(resume: Resume) -> Receiver<Word> {
    let (tell, told) = channel();
    // The one who listens is here.
    let _ = tell.send(Some(resume));
    told
}

/// What a panic has left behind is of no use to anybody, because it goes on to the caller.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
