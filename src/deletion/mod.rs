//! The deletion itself, as ordered phases.
//!
//! Posts that go for good are finished before the first one is trashed, so that a deletion taken up
//! again never meets its own trash and deletes it; then everything is looked through once more for
//! what has appeared meanwhile; then links; the user's own rows are the last thing to go, so a
//! deletion that was cut off can always be found and finished.

mod batch;
mod comments;
mod links;
mod plan;
mod purge;
mod reassign;
mod resume;
mod slug_text;
mod slugs;
mod splice;
mod terms;
mod trash;
mod user;

use std::time::Instant;

pub use plan::plan;

use crate::db::value::Param;
use crate::db::{Connection, Server};
use crate::error::{Error, Result};
use crate::report::{Report, Slice, Stopped};
use crate::request::{ContentPolicy, DeletionRequest, Part};
use crate::sql;
use batch::Batch;
use purge::Purge;
use resume::{Phase, Resume};

/// Works on the requested part until it is done, or the budget is spent, or a phase has ended whose
/// end has to be on record before the next begins.
///
/// # Errors
///
/// Every [`Error`], unless batches were committed before it: then those are reported, and the next
/// call, which goes on from there, meets the error.
pub fn run(server: &mut Server, request: &DeletionRequest) -> Result<Report> {
    let started = Instant::now();
    request.check()?;
    let sent_before = server.statements();
    prove(server, request)?;

    let mut job = Job::new(server, request, started)?;
    let stopped = match job.work() {
        // What was committed has to be told, or nobody looks after its caches and files. The next call
        // meets the error again, with nothing to tell before it.
        Err(_) if job.slice.has_work() => Stopped::Budget,
        ended => ended?,
    };
    let Job { slice, resume, .. } = job;
    Ok(Report {
        slice,
        stopped,
        phase: if stopped == Stopped::Done {
            Phase::Done.name()
        } else {
            resume.phase.name()
        },
        resume: resume.to_text(),
        statements: server.statements() - sent_before,
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// Nothing is deleted unless the user exists here, the heir exists here, and what WordPress wrote a
/// moment ago through its own connection can be seen.
fn prove(server: &mut Server, request: &DeletionRequest) -> Result<()> {
    let (key, value) = &request.proof;
    server.read(|connection| {
        find_users(connection, request)?;
        let proof = [
            Param::Id(request.user.get()),
            Param::Bytes(key),
            Param::Bytes(value),
        ];
        if connection.ids(&sql::users::PROOF, &proof)?.is_empty() {
            return Err(Error::DifferentDatabase);
        }
        Ok(())
    })
}

/// The user, and the heir if there is one, have rows.
fn find_users(connection: &mut Connection, request: &DeletionRequest) -> Result<()> {
    let mut is_missing = |user: u64| -> Result<bool> {
        let found = connection.ids(&sql::users::EXISTS, &[Param::Id(user)])?;
        Ok(found.is_empty())
    };
    let user = request.user.get();
    if is_missing(user)? {
        return Err(Error::UserNotFound { id: user });
    }
    if let ContentPolicy::ReassignTo(heir) = request.policy {
        if is_missing(heir.get())? {
            return Err(Error::ReassignTarget {
                reason: format!("there is no user {}", heir.get()),
            });
        }
    }
    Ok(())
}

/// One call's work in progress.
struct Job<'a> {
    server: &'a mut Server,
    request: &'a DeletionRequest,
    started: Instant,
    posts: usize,
    slice: Slice,
    resume: Resume,
}

impl<'a> Job<'a> {
    fn new(server: &'a mut Server, request: &'a DeletionRequest, started: Instant) -> Result<Self> {
        let first = match request.policy {
            ContentPolicy::Delete => Phase::Purge,
            ContentPolicy::ReassignTo(_) => Phase::Reassign,
        };
        let resume = if request.resume.is_empty() {
            Resume::start(first)
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
        Ok(Self {
            server,
            request,
            started,
            posts: 0,
            slice: Slice::default(),
            resume,
        })
    }

    fn work(&mut self) -> Result<Stopped> {
        let request = self.request;
        match &request.part {
            Part::Content => self.content(),
            Part::Purge(ids) => self.purge_these(ids),
            Part::Trash(ids) => self.trash_these(ids),
            Part::User => {
                let batch = user::delete(self.server, request)?;
                self.keep(batch);
                Ok(Stopped::Done)
            }
        }
    }

    fn content(&mut self) -> Result<Stopped> {
        let mut purge = Purge::new(self.request);
        loop {
            let finished = match self.resume.phase {
                Phase::Purge => self.purge_phase(&mut purge)?,
                Phase::Trash => self.trash_phase()?,
                Phase::Reassign => self.reassign_phase()?,
                Phase::Links => self.links_phase()?,
                Phase::Done => {
                    // Posts that PHP named afterwards may have left terms to count.
                    self.count_terms()?;
                    return Ok(Stopped::Done);
                }
            };
            if let Some(stopped) = finished {
                return Ok(stopped);
            }
        }
    }

    fn purge_phase(&mut self, purge: &mut Purge<'_>) -> Result<Option<Stopped>> {
        while let Some(ids) =
            self.next(|job, limit| purge::next(job.server, job.request, &job.resume, limit))?
        {
            let batch = purge.batch(self.server, &ids)?;
            self.finish_batch(batch, &ids);
            if self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        // Their terms wait for the trash: some count attachments by the status of their parents.
        let first_round = self.resume.round == 0;
        self.resume.enter(Phase::Trash);
        // From here on posts in the trash may be this deletion's own. That has to be on record before
        // the first one lies there.
        let trash_follows =
            first_round && !trash::next(self.server, self.request, &self.resume, 1)?.is_empty();
        Ok(trash_follows.then_some(Stopped::Phase))
    }

    fn trash_phase(&mut self) -> Result<Option<Stopped>> {
        while let Some(ids) =
            self.next(|job, limit| trash::next(job.server, job.request, &job.resume, limit))?
        {
            let request = self.request;
            let batch = batch::commit(self.server, |transaction| {
                trash::batch(transaction, request, &ids)
            })?;
            self.finish_batch(batch, &ids);
            if self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.count_terms()?;
        self.next_round(Phase::Purge);
        Ok(None)
    }

    fn reassign_phase(&mut self) -> Result<Option<Stopped>> {
        while let Some(ids) =
            self.next(|job, limit| reassign::next(job.server, job.request, &job.resume, limit))?
        {
            let request = self.request;
            let batch = batch::commit(self.server, |transaction| {
                reassign::batch(transaction, request, &ids)
            })?;
            self.finish_batch(batch, &ids);
            if self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.next_round(Phase::Reassign);
        Ok(None)
    }

    fn links_phase(&mut self) -> Result<Option<Stopped>> {
        loop {
            let batch = links::batch(self.server, self.request)?;
            if batch.slice.links.is_empty() {
                break;
            }
            self.keep(batch);
            if self.spent() {
                return Ok(Some(Stopped::Budget));
            }
        }
        self.count_terms()?;
        self.resume.enter(Phase::Done);
        Ok(None)
    }

    /// A named list of posts, in batches; no phase moves. Their terms are counted with the others, by
    /// the next call that works on the content.
    fn purge_these(&mut self, ids: &[u64]) -> Result<Stopped> {
        let mut purge = Purge::new(self.request);
        for ids in ids.chunks(self.request.budget.batch) {
            let batch = purge.batch(self.server, ids)?;
            self.keep(batch);
        }
        Ok(Stopped::Done)
    }

    /// As [`Job::purge_these`], to the trash.
    fn trash_these(&mut self, ids: &[u64]) -> Result<Stopped> {
        let request = self.request;
        for ids in ids.chunks(request.budget.batch) {
            let batch = batch::commit(self.server, |transaction| {
                trash::batch(transaction, request, ids)
            })?;
            self.keep(batch);
        }
        Ok(Stopped::Done)
    }

    /// After a round that found something, everything is looked through again from the start: the
    /// user, or a request that was already under way, may have written more.
    fn next_round(&mut self, first: Phase) {
        if self.resume.found {
            self.resume.round += 1;
            self.resume.found = false;
            self.resume.enter(first);
        } else {
            self.resume.enter(Phase::Links);
        }
    }

    fn next(
        &mut self,
        find: impl Fn(&mut Self, usize) -> Result<Vec<u64>>,
    ) -> Result<Option<Vec<u64>>> {
        let ids = find(self, self.request.budget.batch)?;
        Ok((!ids.is_empty()).then_some(ids))
    }

    fn finish_batch(&mut self, batch: Batch, ids: &[u64]) {
        self.resume.found = true;
        self.resume.after = ids.last().copied().unwrap_or(self.resume.after);
        self.posts += ids.len();
        self.keep(batch);
    }

    fn keep(&mut self, batch: Batch) {
        self.slice.absorb(batch.slice);
        self.resume.terms.extend(batch.terms);
    }

    fn count_terms(&mut self) -> Result<()> {
        if self.resume.terms.is_empty() {
            return Ok(());
        }
        let terms: Vec<u64> = self.resume.terms.iter().copied().collect();
        let batch = terms::count(self.server, self.request, &terms)?;
        self.keep(batch);
        self.resume.terms.clear();
        Ok(())
    }

    fn spent(&self) -> bool {
        self.posts >= self.request.budget.posts
            || self.started.elapsed().as_secs_f64() >= self.request.budget.seconds
    }
}
