//! The deletion itself, as ordered phases.
//!
//! Posts that go for good are finished before the first one is trashed, so that a deletion taken up
//! again never meets its own trash and deletes it; then everything is looked through once more for
//! what has appeared meanwhile; then links; then, when PHP too has done its share, terms are counted;
//! the user's own rows are the last thing to go, so a deletion that was cut off can always be found
//! and finished.

mod batch;
mod children;
mod comments;
mod ledger;
mod links;
mod menus;
mod pair;
#[cfg(test)]
mod php;
mod plan;
mod purge;
mod reassign;
mod recount;
mod relationships;
mod resume;
mod rhythm;
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
use crate::error::{Error, Result, Retry};
use crate::report::{Report, Slice, Stopped};
use crate::request::{ContentPolicy, DeletionRequest, Part, UserId};
use crate::sql::{self, Tables};
use batch::Batch;
use ledger::Entry;
use pair::{Candidate, Done, Second};
use purge::Lookups;
use resume::{Phase, Resume};
use rhythm::Rhythm;

/// Does the calls of a job and remembers from one to the next what costs time to find out: how fast
/// this server is, and what is read once per job. Another job starts without.
#[derive(Debug, Default)]
pub struct Worker {
    job: Option<(UserId, Tables)>,
    rhythm: Rhythm,
    lookups: Lookups,
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
            Err(_) if job.slice.has_work() => Stopped::Budget,
            ended => ended?,
        };
        let Job {
            slice,
            resume,
            noted,
            ..
        } = job;
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
    rhythm: &'a mut Rhythm,
    lookups: &'a mut Lookups,
    second: &'a mut Second,
    started: Instant,
    posts: usize,
    noted: usize,
    longest_notes: usize,
    slice: Slice,
    resume: Resume,
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
            rhythm: &mut worker.rhythm,
            lookups: &mut worker.lookups,
            second: &mut worker.second,
            started,
            posts: 0,
            noted: 0,
            longest_notes,
            slice: Slice::default(),
            resume,
        })
    }

    fn work(&mut self) -> Result<Stopped> {
        let request = self.request;
        match &request.part {
            Part::Content => self.content(),
            Part::Purge(ids) => self.in_batches(Phase::Purge, ids, Self::purge),
            Part::Trash(ids) => self.in_batches(Phase::Trash, ids, Self::trash),
            Part::Terms => self.count_terms(),
            Part::User => {
                self.keep(self.resume.clone(), |job, entry| {
                    user::delete(job.server, entry, request)
                })?;
                Ok(Stopped::Done)
            }
        }
    }

    fn content(&mut self) -> Result<Stopped> {
        if self.resume.phase == Phase::Done {
            // Asked once more, after the end: there may be posts that went another way the last time.
            self.resume.round = self.resume.round.saturating_add(1);
            self.resume.enter(first_phase(self.request));
        }
        loop {
            self.rhythm.turn_to(self.resume.phase);
            let finished = match self.resume.phase {
                Phase::Purge => self.purge_phase()?,
                Phase::Trash => self.trash_phase()?,
                Phase::Reassign => self.reassign_phase()?,
                Phase::Links => self.links_phase()?,
                Phase::Done => return Ok(Stopped::Done),
            };
            if let Some(stopped) = finished {
                return Ok(stopped);
            }
        }
    }

    fn purge_phase(&mut self) -> Result<Option<Stopped>> {
        while let Some((found, is_all)) =
            self.next(|job, limit| purge::next(job.server, job.request, &job.resume, limit))?
        {
            if self.has_done_its_share() {
                return Ok(Some(Stopped::Budget));
            }
            self.purge_found(&found)?;
            self.posts += found.len();
            if !is_all && self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.resume.enter(Phase::Trash);
        if self.resume.round > 0 {
            return Ok(None);
        }
        if trash::next(self.server, self.request, &self.resume, 1)?.is_empty() {
            self.next_round()?;
            return Ok(None);
        }
        // From here on posts in the trash may be this deletion's own. That has to be on record before
        // the first one lies there.
        Ok(Some(Stopped::Phase))
    }

    fn trash_phase(&mut self) -> Result<Option<Stopped>> {
        while let Some((ids, is_all)) =
            self.next(|job, limit| trash::next(job.server, job.request, &job.resume, limit))?
        {
            if self.has_done_its_share() {
                return Ok(Some(Stopped::Budget));
            }
            self.trash_found(&ids)?;
            self.posts += ids.len();
            if !is_all && self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.next_round()?;
        Ok(None)
    }

    fn reassign_phase(&mut self) -> Result<Option<Stopped>> {
        while let Some((ids, is_all)) =
            self.next(|job, limit| reassign::next(job.server, job.request, &job.resume, limit))?
        {
            if self.has_done_its_share() {
                return Ok(Some(Stopped::Budget));
            }
            self.reassign_found(&ids)?;
            self.posts += ids.len();
            if !is_all && self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.next_round()?;
        Ok(None)
    }

    fn links_phase(&mut self) -> Result<Option<Stopped>> {
        loop {
            let before = self.slice.links.len();
            let limit = self.rhythm.most().min(self.request.budget.batch);
            let done = self.keep(self.resume.clone(), |job, entry| {
                let taxonomies = &mut job.lookups.taxonomies;
                links::batch(job.server, entry, job.request, taxonomies, limit)
            });
            if self.is_to_be_smaller(&done, limit) {
                continue;
            }
            done?;
            if self.slice.links.len() == before {
                break;
            }
            if self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.resume.enter(Phase::Done);
        Ok(None)
    }

    /// A named list of posts, in batches as in a phase; no phase moves.
    fn in_batches(
        &mut self,
        phase: Phase,
        ids: &[u64],
        batch: impl Fn(&mut Self, &[u64], Resume) -> Result<()>,
    ) -> Result<Stopped> {
        self.rhythm.turn_to(phase);
        self.in_portions(ids, Self::size, |job, ids| {
            batch(job, ids, job.resume.clone())
        })?;
        Ok(Stopped::Done)
    }

    /// How many posts the next batch may take.
    fn size(&self) -> usize {
        self.rhythm.size(&self.request.budget)
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

    /// Has a batch of so many failed that may be a smaller one? The server has refused it because it was too
    /// large; or others were ahead of it again and again, which a small and quick one gives less occasion to.
    fn is_to_be_smaller<T>(&mut self, done: &Result<T>, count: usize) -> bool {
        match done {
            Err(error) if error.retry() == Retry::Smaller => self.rhythm.refused(count),
            Err(Error::Deadlock { .. }) => self.rhythm.collided(count),
            _ => false,
        }
    }

    fn purge(&mut self, ids: &[u64], then: Resume) -> Result<()> {
        self.timed(ids.len(), then, |job, entry| {
            purge::batch(job.server, entry, job.request, job.lookups, ids)
        })
    }

    fn purge_found(&mut self, found: &[Candidate]) -> Result<()> {
        let ids: Vec<u64> = found.iter().map(|post| post.id).collect();
        self.do_found(&ids, Self::purge, |job| {
            let Self {
                server,
                second,
                request,
                lookups,
                resume,
                ..
            } = job;
            purge::pair(server, second, request, lookups, found, resume)
        })
    }

    fn trash_found(&mut self, ids: &[u64]) -> Result<()> {
        self.do_found(ids, Self::trash, |job| {
            let Self {
                server,
                second,
                request,
                lookups,
                resume,
                ..
            } = job;
            let taxonomies = [&mut lookups.taxonomies, &mut lookups.taxonomies_of_second];
            trash::pair(server, second, request, taxonomies, ids, resume).map(Some)
        })
    }

    fn reassign_found(&mut self, ids: &[u64]) -> Result<()> {
        self.do_found(ids, Self::reassign, |job| {
            reassign::pair(job.server, job.second, job.request, ids, &job.resume).map(Some)
        })
    }

    /// Does what was found as a pair of batches, if that may be, or one batch after the other.
    fn do_found(
        &mut self,
        ids: &[u64],
        batch: impl Fn(&mut Self, &[u64], Resume) -> Result<()>,
        pair: impl FnOnce(&mut Self) -> Result<Option<(Done, Result<Done>)>>,
    ) -> Result<()> {
        if ids.len() <= self.size() || !self.paired(ids.len(), pair)? {
            self.in_portions(ids, Self::size, |job, ids| {
                batch(job, ids, job.resume.past(ids))
            })?;
        }
        Ok(())
    }

    /// Does so many posts as a pair of batches, if that may be; keeps what it did.
    fn paired(
        &mut self,
        posts: usize,
        pair: impl FnOnce(&mut Self) -> Result<Option<(Done, Result<Done>)>>,
    ) -> Result<bool> {
        self.rhythm.wait();
        let begun = Instant::now();
        let pair = pair(self);
        let half = posts.div_ceil(2);
        if self.is_to_be_smaller(&pair, half) {
            return Ok(false);
        }
        let Some((first, second)) = pair? else {
            return Ok(false);
        };
        self.rhythm
            .note(half, begun.elapsed(), &self.request.budget);
        self.done(first);
        // These are found again, as some of the next ones.
        if !self.is_to_be_smaller(&second, half) {
            self.done(second?);
        }
        Ok(true)
    }

    fn trash(&mut self, ids: &[u64], then: Resume) -> Result<()> {
        let request = self.request;
        self.timed(ids.len(), then, |job, entry| {
            let taxonomies = &mut job.lookups.taxonomies;
            batch::commit(job.server, entry, |transaction| {
                trash::batch(transaction, request, taxonomies, ids, &[])
            })
        })
    }

    fn reassign(&mut self, ids: &[u64], then: Resume) -> Result<()> {
        let request = self.request;
        self.timed(ids.len(), then, |job, entry| {
            batch::commit(job.server, entry, |transaction| {
                reassign::batch(transaction, request, ids)
            })
        })
    }

    /// Does a batch of so many posts when its time has come, and keeps what it did.
    fn timed(
        &mut self,
        posts: usize,
        then: Resume,
        batch: impl FnOnce(&mut Self, &Entry<'_>) -> Result<Batch>,
    ) -> Result<()> {
        self.rhythm.wait();
        let begun = Instant::now();
        self.keep(then, batch)?;
        self.rhythm
            .note(posts, begun.elapsed(), &self.request.budget);
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
        self.done((batch, after));
        Ok(())
    }

    fn done(&mut self, (batch, after): Done) {
        self.resume = after;
        self.noted += batch.noted;
        self.slice.absorb(batch.slice);
    }

    /// After a round that found something, everything is looked through again from the start, unless
    /// nothing is left: the user, or a request that was already under way, may have written more.
    fn next_round(&mut self) -> Result<()> {
        let first = first_phase(self.request);
        let mut next = Phase::Links;
        if self.resume.found {
            self.resume.round = self.resume.round.saturating_add(1);
            self.resume.found = false;
            if first == Phase::Reassign || purge::any_left(self.server, self.request)? {
                next = first;
            }
        }
        self.resume.enter(next);
        Ok(())
    }

    /// What is next, as much as all connections do at once, and whether that is all there is: then the
    /// call looks once more instead of being called again.
    fn next<T>(
        &mut self,
        find: impl Fn(&mut Self, usize) -> Result<Vec<T>>,
    ) -> Result<Option<(Vec<T>, bool)>> {
        let connections = usize::from(self.request.budget.connections());
        let limit = connections * self.rhythm.size(&self.request.budget);
        let found = find(self, limit)?;
        let is_all = found.len() < limit;
        Ok((!found.is_empty()).then_some((found, is_all)))
    }

    fn count_terms(&mut self) -> Result<Stopped> {
        let terms: Vec<u64> = self.resume.terms.iter().copied().collect();
        self.in_portions(
            &terms,
            |job| job.rhythm.most(),
            |job, terms| {
                job.keep(job.resume.with_terms_counted(terms), |job, entry| {
                    terms::count(job.server, job.second, entry, job.request, terms)
                })
            },
        )?;
        Ok(Stopped::Done)
    }

    /// Has it done posts, and as many as it may?
    fn has_done_its_share(&self) -> bool {
        self.posts > 0 && self.spent()
    }

    fn spent(&self) -> bool {
        self.posts >= self.request.budget.posts
            || self.noted >= self.longest_notes
            || self.started.elapsed().as_secs_f64() >= self.request.budget.seconds
    }
}
