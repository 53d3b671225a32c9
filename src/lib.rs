//! `wpf_delete`: deletes a WordPress user with everything that hangs from it, in batches of short
//! transactions, as `wp_delete_user()` would.
//!
//! The WordPress plugin decides who and what may go, fires hooks, and keeps caches and files right.
//! This crate decides the order of statements, batches, transactions and retries, and reports what it
//! did. It never calls PHP: one call does one bounded slice of work and returns.
//!
//! | module | answers |
//! |---|---|
//! | [`request`] | what is asked for, checked once at the door |
//! | [`report`] | what was done, or would be |
//! | [`error`] | what can go wrong, and what may be tried again |
//! | [`deletion`] | the phases, in order |
//! | [`sql`] | what is said to the server |
//! | [`db`] | a small safe client; its `raw` module is the only unsafe code of the engine |
//! | `php` | the only place that knows PHP; one unsafe line of its own in `php::raw` |

pub mod db;
pub mod deletion;
pub mod error;
#[cfg(feature = "extension")]
mod php;
pub mod report;
pub mod request;
pub mod sql;
