//! How many posts a batch takes, and how long to rest between two.

use std::thread;
use std::time::{Duration, Instant};

use crate::request::Budget;

/// Finds the size of batch whose transaction takes about as long as it should, by watching how long
/// they take: posts weigh differently from site to site, and servers from hour to hour.
#[derive(Debug)]
pub(super) struct Rhythm {
    size: usize,
    /// How long all batches have taken.
    worked: Duration,
    /// Until when others have their turn.
    rest: Option<Instant>,
}

/// Posts in the first batch, when nothing is known: a fraction of the usual size.
const FIRST: usize = 100;
/// A deletion that is over by then does not rest: nobody has had time to notice it.
const UNNOTICED: Duration = Duration::from_millis(250);

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            size: FIRST,
            worked: Duration::ZERO,
            rest: None,
        }
    }
}

impl Rhythm {
    /// How many posts the next batch may take.
    pub(super) fn size(&self, budget: &Budget) -> usize {
        self.size.min(budget.batch)
    }

    /// Waits for as long as the last batch has earned others. What has passed since counts, so that a
    /// caller who was busy with hooks does not wait as well; after the last batch nobody waits.
    pub(super) fn wait(&mut self) {
        if let Some(rest) = self.rest.take() {
            thread::sleep(rest.saturating_duration_since(Instant::now()));
        }
    }

    /// Makes batches smaller, after one that was too large; false when there is no smaller one.
    pub(super) fn slow_down(&mut self, budget: &Budget) -> bool {
        let size = self.size(budget);
        self.size = (size / 4).max(1);
        size > 1
    }

    /// Takes note of a batch: of how many posts, and how long it took, repetitions included.
    pub(super) fn note(&mut self, posts: usize, took: Duration, budget: &Budget) {
        self.worked += took;
        if self.worked > UNNOTICED {
            let share = budget.pace / f64::from(budget.connections());
            self.rest = Some(Instant::now() + took.mul_f64(1.0 / share - 1.0));
        }
        let target = Duration::try_from_secs_f64(budget.transaction).unwrap_or(Duration::MAX);
        // Batches differ, by more when two are at work, and few may take longer than they should.
        let ideal = target.as_nanos() * posts as u128 / 2 / took.as_nanos().max(1);
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
        pace: 0.5,
    };

    /// Sizes of batches on a server that needs so many milliseconds a post.
    fn sizes(rhythm: &mut Rhythm, milliseconds: f64, count: usize) -> Vec<usize> {
        (0..count)
            .map(|_| {
                let size = rhythm.size(&BUDGET);
                let took = Duration::from_secs_f64(size as f64 * milliseconds / 1000.0);
                rhythm.note(size, took, &BUDGET);
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
    fn a_batch_that_was_too_large_is_followed_by_smaller_ones() {
        let mut rhythm = Rhythm::default();
        let budget = Budget {
            batch: 40,
            ..BUDGET
        };
        let mut sizes = Vec::new();
        while rhythm.slow_down(&budget) {
            sizes.push(rhythm.size(&budget));
        }
        assert_eq!(sizes, [10, 2, 1]);
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
        rhythm.note(100, UNNOTICED, &BUDGET);
        rhythm.wait();
        assert!(started.elapsed() < Duration::from_millis(40));
        rhythm.note(100, Duration::from_millis(40), &BUDGET);
        rhythm.wait();
        assert!(started.elapsed() >= Duration::from_millis(40));
        let started = Instant::now();
        rhythm.wait();
        rhythm.note(
            100,
            Duration::from_secs(9),
            &Budget {
                pace: 1.0,
                ..BUDGET
            },
        );
        rhythm.wait();
        assert!(started.elapsed() < Duration::from_millis(40));
    }
}
