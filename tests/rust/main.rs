//! The engine against a real server. Run with `tests/support/rust-tests.sh`, which starts a private
//! MariaDB or MySQL and says in the environment how to reach it; what is about a cluster with
//! `tests/support/galera-tests.sh`.
//!
//! | module | answers |
//! |---|---|
//! | `stack` | where the server is |
//! | `database` | a database of a test's own, and what stands in it |
//! | `account` | an account of a test's own |
//! | `access`, `locks` | how the server runs a statement, and which rows it locks |
//! | `declared` | the statements of `src/sql` |
//! | `site`, `large_site` | rows of a WordPress site, and requests for it |
//! | `proxy`, `garbler` | statements and answers to which something happens on their way |
//! | the others | what their name says, one promise of the engine a test |
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: their names are their documentation, and they stop where they stand"
)]

mod access;
mod account;
mod authentication;
mod comments;
mod connection;
mod database;
mod declared;
mod explain;
mod galera;
mod garbled;
mod garbler;
mod killed;
mod large_site;
mod ledger;
mod limits;
mod links;
mod literals;
mod locks;
mod lost_connections;
mod menus;
mod name_numbers;
mod other_keys;
mod plan;
mod proof;
mod proxy;
mod purge;
mod read_only;
mod reassign;
mod relatives;
mod relay;
mod report;
mod retry;
mod schema;
mod session;
mod site;
mod slices;
mod slugs;
mod small_disk;
mod stack;
mod terms;
mod transaction;
mod trash;
mod user;
