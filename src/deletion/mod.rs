//! The deletion itself, as ordered phases.
//!
//! Posts that go for good are finished before the first one is trashed, so that a deletion taken up
//! again never meets its own trash and deletes it; then everything is looked through once more for
//! what has appeared meanwhile; then links; then, when PHP too has done its share, terms are counted;
//! the user's own rows are the last thing to go, so a deletion that was cut off can always be found
//! and finished.

mod batch;
mod below;
mod candidates;
mod children;
mod comments;
mod ledger;
mod links;
mod menus;
#[cfg(test)]
mod php;
mod plan;
mod progress;
mod purge;
mod range;
mod reassign;
mod recount;
mod relationships;
mod relay;
mod resume;
mod rhythm;
mod second;
mod slug_text;
mod slugs;
mod splice;
mod terms;
mod thumbnails;
mod trash;
mod user;

use std::time::Instant;

pub use plan::plan;

use crate::db::value::Param;
use crate::db::{Connection, Server};
use crate::error::{Error, Outcome, Result};
use crate::report::{Report, Slice, Stopped};
use crate::request::{ContentPolicy, DeletionRequest, Part, UserId};
use crate::sql::{self, Tables};
use batch::Batch;
use candidates::Candidate;
use ledger::Entry;
use progress::Progress;
use purge::{Lookups, Purge};
use reassign::Reassign;
use relay::{Hand, Relay, Work};
use resume::{Phase, Resume};
use rhythm::Rhythm;
use second::Second;
use trash::Trash;

/// Does the calls of a job and remembers from one to the next what costs time to find out: how fast
/// this server is, and what is read once per job. Another job starts without.
#[derive(Debug, Default)]
pub struct Worker {
    job: Option<(UserId, Tables)>,
    rhythm: Rhythm,
    lookups: Lookups,
    hand: Hand,
    second: Second,
}

impl Worker {
    /// Works on the requested part until it is done, or the budget is spent, or a phase has ended
    /// whose end has to be on record before the next begins.
    ///
    /// # Errors
    ///
    /// Every [`Error`], unless batches were committed before it: then those are reported, and the
    /// next call, which goes on from there, meets the error.
    pub fn run(&mut self, server: &mut Server, request: &DeletionRequest) -> Result<Report> {
        let started = Instant::now();
        request.check()?;
        let sent_before = server.statements();
        prove(server, request)?;

        let id = Some((request.user, server.connection()?.tables().clone()));
        if self.job != id {
            *self = Self {
                job: id,
                ..Self::default()
            };
        }
        // Another job has begun with another second connection, or with none.
        let sent_before = sent_before + self.second.statements();
        let mut job = Job::new(server, request, self, started)?;
        let stopped = match job.work() {
            // What was committed has to be told, or nobody looks after its caches and files. The next
            // call meets the error again, with nothing to tell before it.
            Err(_) if job.progress.slice.has_work() => Stopped::Budget,
            ended => ended?,
        };
        let Progress {
            slice,
            resume,
            noted,
            ..
        } = job.progress;
        Ok(Report {
            slice,
            stopped,
            phase: if stopped == Stopped::Done {
                Phase::Done.name()
            } else {
                resume.phase.name()
            },
            resume: resume.to_text(),
            noted,
            statements: server.statements() + self.second.statements() - sent_before,
            seconds: started.elapsed().as_secs_f64(),
        })
    }
}

/// A single call, as [`Worker::run`].
///
/// # Errors
///
/// As there.
pub fn run(server: &mut Server, request: &DeletionRequest) -> Result<Report> {
    Worker::default().run(server, request)
}

/// Nothing is deleted unless the user exists here, the heir exists here, and what WordPress wrote a
/// moment ago through its own connection can be seen.
fn prove(server: &mut Server, request: &DeletionRequest) -> Result<()> {
    server.read(|connection| {
        if ledger::is_locked(connection, request) {
            // It has been seen on this connection, and nobody else may work on this user since.
            return Ok(());
        }
        prove_same_database(connection, request)?;
        ledger::lock(connection, request)
    })
}

/// All of that can be seen on this connection.
fn prove_same_database(connection: &mut Connection, request: &DeletionRequest) -> Result<()> {
    if find_users(connection, request)? {
        Ok(())
    } else {
        Err(Error::DifferentDatabase)
    }
}

/// The user, and the heir if there is one, have rows. Returns whether the proof that WordPress wrote
/// can be seen, too.
fn find_users(connection: &mut Connection, request: &DeletionRequest) -> Result<bool> {
    let user = request.user.get();
    let heir = match request.policy {
        ContentPolicy::ReassignTo(heir) => heir.get(),
        ContentPolicy::Delete => user,
    };
    let (key, value) = &request.proof;
    let params = [
        Param::Id(user),
        Param::Id(heir),
        Param::Id(user),
        Param::Bytes(key),
        Param::Bytes(value),
    ];
    let rows = connection.query(&sql::users::SEEN, &params)?;
    let is_seen = |column| match rows.first() {
        Some(row) => Ok(row.id(column)? == 1),
        None => Err(Error::internal(
            "the server has not answered whether users exist",
        )),
    };
    if !is_seen(0)? {
        return Err(Error::UserNotFound { id: user });
    }
    if !is_seen(1)? {
        return Err(Error::ReassignTarget {
            reason: format!("there is no user {heir}"),
        });
    }
    is_seen(2)
}

/// Where the content begins.
fn first_phase(request: &DeletionRequest) -> Phase {
    match request.policy {
        ContentPolicy::Delete => Phase::Purge,
        ContentPolicy::ReassignTo(_) => Phase::Reassign,
    }
}

/// One call's work in progress.
struct Job<'a> {
    server: &'a mut Server,
    request: &'a DeletionRequest,
    lookups: &'a Lookups,
    hand: &'a mut Hand,
    second: &'a mut Second,
    progress: Progress<'a>,
}

impl<'a> Job<'a> {
    fn new(
        server: &'a mut Server,
        request: &'a DeletionRequest,
        worker: &'a mut Worker,
        started: Instant,
    ) -> Result<Self> {
        let resume = if request.resume.is_empty() {
            Resume::start(first_phase(request))
        } else {
            Resume::from_text(&request.resume)?
        };
        // Going on with a reassignment as a deletion, or the other way round, would do the wrong
        // thing to what is left.
        let other = match request.policy {
            ContentPolicy::Delete => resume.phase == Phase::Reassign,
            ContentPolicy::ReassignTo(_) => matches!(resume.phase, Phase::Purge | Phase::Trash),
        };
        if other {
            return Err(Error::argument(
                "request.resume",
                "belongs to a deletion with another reassign",
            ));
        }
        let longest_notes = ledger::longest_notes(server.connection()?);
        Ok(Self {
            server,
            request,
            lookups: &worker.lookups,
            hand: &mut worker.hand,
            second: &mut worker.second,
            progress: Progress {
                budget: &request.budget,
                rhythm: &mut worker.rhythm,
                started,
                posts: 0,
                noted: 0,
                longest_notes,
                slice: Slice::default(),
                resume,
            },
        })
    }

    fn work(&mut self) -> Result<Stopped> {
        let request = self.request;
        match &request.part {
            Part::Content => self.content(),
            Part::Purge(ids) => self.named(Phase::Purge, &self.purge(), ids),
            Part::Trash(ids) => self.named(Phase::Trash, &self.trash(), ids),
            Part::Terms => self.count_terms(),
            Part::User => {
                self.keep(self.progress.resume.clone(), |job, entry| {
                    user::delete(job.server, entry, request)
                })?;
                Ok(Stopped::Done)
            }
        }
    }

    fn content(&mut self) -> Result<Stopped> {
        if self.progress.resume.phase == Phase::Done {
            // Asked once more, after the end: there may be posts that went another way the last time.
            self.progress.resume.round = self.progress.resume.round.saturating_add(1);
            self.progress.resume.enter(first_phase(self.request));
        }
        loop {
            let phase = self.progress.resume.phase;
            self.progress.rhythm.turn_to(phase);
            let finished = match phase {
                Phase::Purge => self.purge_phase()?,
                Phase::Trash => self.last_phase(&self.trash())?,
                Phase::Reassign => {
                    let request = self.request;
                    self.last_phase(&Reassign { request })?
                }
                Phase::Links => self.links_phase()?,
                Phase::Done => return Ok(Stopped::Done),
            };
            if let Some(stopped) = finished {
                return Ok(stopped);
            }
        }
    }

    fn purge(&self) -> Purge<'a> {
        Purge {
            request: self.request,
            lookups: self.lookups,
        }
    }

    fn trash(&self) -> Trash<'a> {
        Trash {
            request: self.request,
        }
    }

    fn purge_phase(&mut self) -> Result<Option<Stopped>> {
        if let Some(stopped) = self.posts(&self.purge())? {
            return Ok(Some(stopped));
        }
        self.progress.resume.enter(Phase::Trash);
        if self.progress.resume.round > 0 {
            return Ok(None);
        }
        let trash = self.trash();
        if trash
            .find(self.server, &self.progress.resume, 1)?
            .is_empty()
        {
            self.next_round()?;
            return Ok(None);
        }
        // From here on posts in the trash may be this deletion's own. That has to be on record before
        // the first one lies there.
        Ok(Some(Stopped::Phase))
    }

    /// Posts after which none are left.
    fn last_phase(&mut self, work: &impl Work) -> Result<Option<Stopped>> {
        let stopped = self.posts(work)?;
        if stopped.is_none() {
            self.next_round()?;
        }
        Ok(stopped)
    }

    /// Deals with all posts of a phase. What ended the call, if there are any left.
    fn posts(&mut self, work: &impl Work) -> Result<Option<Stopped>> {
        loop {
            let limit = self.progress.size();
            let found = work.find(self.server, &self.progress.resume, limit)?;
            if found.is_empty() {
                return Ok(None);
            }
            if self.progress.posts > 0 && self.progress.is_spent() {
                return Ok(Some(Stopped::Budget));
            }
            let may_have_company = work.prepare(self.server, &found)?;
            let mut is_all = found.len() < limit;
            if may_have_company && !is_all && self.second.is_open(self.server, self.request) {
                is_all = self.relay(work, found)?;
            } else {
                let size = |job: &Self| job.progress.size();
                self.in_portions(&candidates::ids(&found), size, |job, ids| {
                    job.batch(work, ids, job.progress.resume.past(ids))
                })?;
                self.progress.posts += found.len();
            }
            // After the last ones the call looks once more instead of being called again.
            if !is_all && self.progress.is_spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
    }

    /// Goes on on two connections, as far as that goes. Was it all there is?
    fn relay(&mut self, work: &impl Work, found: Vec<Candidate>) -> Result<bool> {
        let patience = self.second.patience();
        let relay = Relay::new(work, self.request, &mut self.progress, patience);
        let first = relay.first(found);
        let (first, second) = self.second.beside(
            || relay.run(self.server, self.hand, Some(first)),
            |second, hand| relay.run(second, hand, None),
        );
        let (in_vain, is_all) = relay.end();
        self.second.note_in_vain(in_vain);
        first?;
        match second {
            Some(Err(error)) if error.outcome() == Outcome::Unknown => return Err(error),
            // Whatever it was, the first one meets it, too, or goes on alone.
            Some(Err(_)) => self.second.give_up(),
            _ => {}
        }
        Ok(is_all)
    }

    fn links_phase(&mut self) -> Result<Option<Stopped>> {
        loop {
            let before = self.progress.slice.links.len();
            let limit = self.progress.rhythm.most().min(self.request.budget.batch);
            let done = self.keep(self.progress.resume.clone(), |job, entry| {
                let taxonomies = &mut job.hand.taxonomies;
                links::batch(job.server, entry, job.request, taxonomies, limit)
            });
            if self.is_to_be_smaller(&done, limit) {
                continue;
            }
            done?;
            if self.progress.slice.links.len() == before {
                break;
            }
            if self.progress.is_spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.progress.resume.enter(Phase::Done);
        Ok(None)
    }

    /// A named list of posts, in batches as in a phase; no phase moves.
    fn named(&mut self, phase: Phase, work: &impl Work, ids: &[u64]) -> Result<Stopped> {
        self.progress.rhythm.turn_to(phase);
        let size = |job: &Self| job.progress.size();
        self.in_portions(ids, size, |job, ids| {
            let named: Vec<Candidate> = ids.iter().copied().map(Candidate::of_its_own).collect();
            work.prepare(job.server, &named)?;
            job.batch(work, ids, job.progress.resume.clone())
        })?;
        Ok(Stopped::Done)
    }

    /// Does all of these, so many at a time; fewer when the server finds that too many for a transaction.
    fn in_portions(
        &mut self,
        mut ids: &[u64],
        size: impl Fn(&Self) -> usize,
        mut work: impl FnMut(&mut Self, &[u64]) -> Result<()>,
    ) -> Result<()> {
        while !ids.is_empty() {
            let (now, later) = ids.split_at(size(self).min(ids.len()));
            let done = work(self, now);
            if !self.is_to_be_smaller(&done, now.len()) {
                done?;
                ids = later;
            }
        }
        Ok(())
    }

    fn is_to_be_smaller(&mut self, done: &Result<()>, count: usize) -> bool {
        match done {
            Err(error) => self.progress.is_to_be_smaller(error, count),
            Ok(()) => false,
        }
    }

    /// Does a batch when its time has come.
    fn batch(&mut self, work: &impl Work, ids: &[u64], then: Resume) -> Result<()> {
        self.hand.rest.wait();
        let begun = Instant::now();
        self.keep(then, |job, entry| {
            let taxonomies = &mut job.hand.taxonomies;
            batch::commit(job.server, entry, |transaction| {
                work.batch(transaction, taxonomies, ids)
            })
        })?;
        self.hand.rest = self.progress.note(ids.len(), begun.elapsed());
        Ok(())
    }

    /// Keeps what a batch did. `then` is where to go on after it, but for the terms that it leaves to
    /// count.
    fn keep(
        &mut self,
        then: Resume,
        batch: impl FnOnce(&mut Self, &Entry<'_>) -> Result<Batch>,
    ) -> Result<()> {
        let entry = Entry::new(self.request, then);
        let batch = batch(self, &entry)?;
        let after = entry.after(&batch);
        self.progress.keep(batch, after);
        Ok(())
    }

    /// After a round that found something, everything is looked through again from the start, unless
    /// nothing is left: the user, or a request that was already under way, may have written more.
    fn next_round(&mut self) -> Result<()> {
        let first = first_phase(self.request);
        let mut next = Phase::Links;
        if self.progress.resume.found {
            self.progress.resume.round = self.progress.resume.round.saturating_add(1);
            self.progress.resume.found = false;
            if first == Phase::Reassign || purge::any_left(self.server, self.request)? {
                next = first;
            }
        }
        self.progress.resume.enter(next);
        Ok(())
    }

    fn count_terms(&mut self) -> Result<Stopped> {
        let terms: Vec<u64> = self.progress.resume.terms.iter().copied().collect();
        self.in_portions(
            &terms,
            |job| job.progress.rhythm.most(),
            |job, terms| {
                job.keep(
                    job.progress.resume.with_terms_counted(terms),
                    |job, entry| terms::count(job.server, job.second, entry, job.request, terms),
                )
            },
        )?;
        Ok(Stopped::Done)
    }
}
