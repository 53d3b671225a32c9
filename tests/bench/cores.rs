//! How long one core waits for what another one has just written, in nanoseconds there and back; 0 where there is
//! only one.
//!
//! Whoever rents two cores gets now two that share a cache and now two that do not, and the database's
//! connections, which share its locks and its root pages, are faster or slower accordingly. A single
//! connection does not notice.

use std::hint::spin_loop;
use std::io::{Write, stdout};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, available_parallelism};
use std::time::Instant;

/// Enough for some hundredths of a second.
const TURNS: u32 = 500_000;
/// The first ones are slower: the other core has slept.
const ROUNDS: u32 = 4;

fn main() -> std::io::Result<()> {
    // One core alone would wait for its own next slice of time, half a million times.
    let rounds = if available_parallelism()?.get() > 1 {
        ROUNDS
    } else {
        0
    };
    let least = (0..rounds).map(|_| there_and_back()).min();
    writeln!(stdout(), "{}", least.unwrap_or_default())
}

/// Two threads take turns, the even and the odd ones.
fn there_and_back() -> u128 {
    let turn = AtomicU32::new(0);
    let play = |first: u32| {
        for own in (first..TURNS).step_by(2) {
            while turn.load(Ordering::Acquire) != own {
                spin_loop();
            }
            turn.store(own + 1, Ordering::Release);
        }
    };
    let begun = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| play(1));
        play(0);
    });
    begun.elapsed().as_nanos() / u128::from(TURNS / 2)
}
