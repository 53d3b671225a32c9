//! How many posts a batch takes, and how long to rest between two.

use std::thread;
use std::time::{Duration, Instant};

use super::resume::Phase;
use crate::request::Budget;

/// Finds the size of batch whose transaction takes about as long as it should, by watching how long
/// they take: posts weigh differently from site to site, and servers from hour to hour.
#[derive(Debug)]
pub(super) struct Rhythm {
    /// What the size is of: a post weighs a lot more on its way to the trash than a revision that goes.
    phase: Phase,
    size: usize,
    /// What the server takes in one transaction, as far as it has refused more.
    most: usize,
    /// How long all batches have taken.
    worked: Duration,
}

/// Until when others have their turn.
#[derive(Debug, Default)]
pub(super) struct Rest(Option<Instant>);

impl Rest {
    /// Waits for as long as the last batch has earned others. What has passed since counts, so that a
    /// caller who was busy with hooks does not wait as well; after the last batch nobody waits.
    pub(super) fn wait(&mut self) {
        if let Some(rest) = self.0.take() {
            thread::sleep(rest.saturating_duration_since(Instant::now()));
        }
    }
}

/// Posts in the first batch, when nothing is known: a fraction of the usual size.
const FIRST: usize = 100;
/// A deletion that is over by then does not rest: nobody has had time to notice it.
const UNNOTICED: Duration = Duration::from_millis(250);

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            phase: Phase::Purge,
            size: FIRST,
            most: usize::MAX,
            worked: Duration::ZERO,
        }
    }
}

impl Rhythm {
    /// Begins anew with another phase, unless with less.
    pub(super) fn turn_to(&mut self, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            self.size = self.size.min(FIRST);
        }
    }

    /// How many posts the next batch may take.
    pub(super) fn size(&self, budget: &Budget) -> usize {
        self.size.min(self.most).min(budget.batch)
    }

    /// How many a transaction may hold of what weighs little.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// Takes note that the server has refused a transaction of so many because it was too large. Can it be
    /// a smaller one?
    pub(super) fn refused(&mut self, count: usize) -> bool {
        self.most = (count / 2).max(1);
        count > 1
    }

    /// Takes note that others were ahead of a batch of so many, each time that it was tried. Can it be a smaller
    /// one?
    pub(super) fn collided(&mut self, count: usize) -> bool {
        self.size = (count / 4).max(1);
        count > 1
    }

    /// Takes note of a batch: of how many posts, and how long it took, repetitions included. Until when has the
    /// connection to rest?
    pub(super) fn note(&mut self, posts: usize, took: Duration, budget: &Budget) -> Rest {
        let target = Duration::try_from_secs_f64(budget.transaction).unwrap_or(Duration::MAX);
        // Batches differ, by more when two are at work, and few may take longer than they should. Where it
        // rests for others, a page of theirs takes about as long as a batch and had better not meet a whole one.
        let part = if budget.pace < 1.0 { 4 } else { 2 };
        let ideal = target.as_nanos() * posts as u128 / part / took.as_nanos().max(1);
        let ideal = usize::try_from(ideal)
            .unwrap_or(usize::MAX)
            .clamp(1, Budget::LARGEST_BATCH);
        if ideal < self.size {
            // Too slow once is reason enough. What makes a batch slow may be over with it, though.
            self.size = ideal.max(self.size / 4);
        } else if posts >= self.size {
            // A short batch at the end says little about large ones.
            self.size = ideal.min(self.size * 2);
        }
        self.worked += took;
        let share = budget.pace / f64::from(budget.connections());
        let is_noticed = self.worked > UNNOTICED;
        Rest(is_noticed.then(|| Instant::now() + took.mul_f64(1.0 / share - 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Budget = Budget {
        seconds: 20.0,
        posts: 2000,
        batch: Budget::LARGEST_BATCH,
        transaction: 0.2,
        pace: 1.0,
    };
    const GENTLE: Budget = Budget {
        pace: 0.5,
        ..BUDGET
    };

    /// Sizes of batches on a server that needs so many milliseconds a post.
    fn sizes(rhythm: &mut Rhythm, milliseconds: f64, count: usize) -> Vec<usize> {
        (0..count)
            .map(|_| {
                let size = rhythm.size(&BUDGET);
                let took = Duration::from_secs_f64(size as f64 * milliseconds / 1000.0);
                let _ = rhythm.note(size, took, &BUDGET);
                size
            })
            .collect()
    }

    #[test]
    fn batches_grow_to_the_time_a_transaction_should_take() {
        assert_eq!(
            sizes(&mut Rhythm::default(), 0.4, 5),
            [100, 200, 250, 250, 250]
        );
    }

    #[test]
    fn batches_shrink_when_the_server_slows_down_and_grow_again() {
        let mut rhythm = Rhythm::default();
        sizes(&mut rhythm, 0.4, 5);
        assert_eq!(sizes(&mut rhythm, 4.0, 4), [250, 62, 25, 25]);
        assert_eq!(sizes(&mut rhythm, 0.4, 5), [25, 50, 100, 200, 250]);
    }

    #[test]
    fn batches_are_half_as_large_where_others_are_to_have_their_share() {
        let mut rhythm = Rhythm::default();
        rhythm.note(100, Duration::from_millis(40), &GENTLE);
        assert_eq!(rhythm.size(&GENTLE), 125);
    }

    #[test]
    fn no_batch_is_larger_than_allowed_or_empty() {
        let mut rhythm = Rhythm::default();
        assert_eq!(
            sizes(&mut rhythm, 0.001, 6).last(),
            Some(&Budget::LARGEST_BATCH)
        );
        assert_eq!(sizes(&mut rhythm, 1000.0, 9).last(), Some(&1));
        assert_eq!(rhythm.size(&Budget { batch: 7, ..BUDGET }), 1);
    }

    #[test]
    fn another_phase_begins_anew_but_not_faster() {
        let mut rhythm = Rhythm::default();
        sizes(&mut rhythm, 0.1, 5);
        rhythm.turn_to(Phase::Purge);
        assert_eq!(rhythm.size(&BUDGET), 1000);
        rhythm.turn_to(Phase::Trash);
        assert_eq!(rhythm.size(&BUDGET), FIRST);
        sizes(&mut rhythm, 10.0, 5);
        rhythm.turn_to(Phase::Purge);
        assert_eq!(rhythm.size(&BUDGET), 10);
    }

    #[test]
    fn what_was_refused_is_not_tried_again() {
        let mut rhythm = Rhythm::default();
        assert!(rhythm.refused(100));
        assert_eq!(sizes(&mut rhythm, 0.1, 3), [50, 50, 50]);
        assert!(rhythm.refused(3));
        assert!(!rhythm.refused(1));
        assert_eq!(rhythm.size(&BUDGET), 1);
    }

    #[test]
    fn what_has_collided_is_smaller_for_a_while() {
        let mut rhythm = Rhythm::default();
        assert!(rhythm.collided(100));
        assert_eq!(sizes(&mut rhythm, 0.1, 3), [25, 50, 100]);
        assert!(rhythm.collided(2));
        assert_eq!(rhythm.size(&BUDGET), 1);
        assert!(!rhythm.collided(1));
    }

    #[test]
    fn a_short_last_batch_says_nothing() {
        let mut rhythm = Rhythm::default();
        rhythm.note(3, Duration::from_micros(1), &BUDGET);
        assert_eq!(rhythm.size(&BUDGET), 100);
    }

    #[test]
    fn others_get_their_share_of_the_time() {
        let mut rhythm = Rhythm::default();
        let started = Instant::now();
        rhythm.note(100, UNNOTICED, &GENTLE).wait();
        assert!(started.elapsed() < Duration::from_millis(40));
        let mut rest = rhythm.note(100, Duration::from_millis(40), &GENTLE);
        rest.wait();
        assert!(started.elapsed() >= Duration::from_millis(40));
        let started = Instant::now();
        rest.wait();
        rhythm.note(100, Duration::from_secs(9), &BUDGET).wait();
        assert!(started.elapsed() < Duration::from_millis(40));
    }
}
