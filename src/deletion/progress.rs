//! What a call has done so far, and how much more it may.

use std::time::{Duration, Instant};

use super::batch::Batch;
use super::resume::Resume;
use super::rhythm::{Rest, Rhythm};
use crate::error::{Error, Retry};
use crate::report::Slice;
use crate::request::Budget;

/// One call's progress.
pub(super) struct Progress<'a> {
    pub(super) budget: &'a Budget,
    pub(super) rhythm: &'a mut Rhythm,
    pub(super) started: Instant,
    /// Posts dealt with.
    pub(super) posts: usize,
    /// Bytes noted in the job's row.
    pub(super) noted: usize,
    pub(super) longest_notes: usize,
    pub(super) slice: Slice,
    pub(super) resume: Resume,
}

impl Progress<'_> {
    /// How many posts the next batch may take.
    pub(super) fn size(&self) -> usize {
        self.rhythm.size(self.budget)
    }

    /// Takes note of a batch: of how many posts, and how long it took. Until when has its connection to rest?
    pub(super) fn note(&mut self, posts: usize, took: Duration) -> Rest {
        self.rhythm.note(posts, took, self.budget)
    }

    /// Keeps what a batch has committed, and where to go on after it.
    pub(super) fn keep(&mut self, batch: Batch, after: Resume) {
        self.resume = after;
        self.noted += batch.noted;
        self.slice.absorb(batch.slice);
    }

    /// Has a batch of so many failed that may be a smaller one? The server has refused it because it was too
    /// large; or others were ahead of it again and again, which a small and quick one gives less occasion to.
    pub(super) fn is_to_be_smaller(&mut self, error: &Error, count: usize) -> bool {
        if error.retry() == Retry::Smaller {
            return self.rhythm.refused(count);
        }
        matches!(error, Error::Deadlock { .. }) && self.rhythm.collided(count)
    }

    /// Is it time to report, when so many posts have been dealt with?
    pub(super) fn is_spent_after(&self, posts: usize) -> bool {
        posts >= self.budget.posts
            || self.noted >= self.longest_notes
            || self.started.elapsed().as_secs_f64() >= self.budget.seconds
    }

    /// Is it time to report?
    pub(super) fn is_spent(&self) -> bool {
        self.is_spent_after(self.posts)
    }
}
