//! The second connection.

use std::panic::resume_unwind;
use std::thread;

use super::prove_same_database;
use super::relay::Hand;
use crate::db::value::Param;
use crate::db::{Connection, LibraryThread, Server};
use crate::error::Result;
use crate::request::DeletionRequest;

/// The second connection.
#[derive(Debug, Default)]
pub(super) enum Second {
    #[default]
    Unasked,
    Open {
        server: Box<Server>,
        hand: Hand,
        /// How often one of the two has worked in vain.
        in_vain: u8,
    },
    /// The server gave no second one, or it led elsewhere, or it was in the first one's way: one has to do.
    Unavailable {
        /// Statements that it was sent before.
        statements: u64,
    },
}

/// How often one of two connections may work in vain before the second is given up.
const IN_VAIN: u8 = 3;

impl Second {
    /// Opens it when first asked for, if there is to be one. Is it there?
    pub(super) fn is_open(&mut self, first: &mut Server, request: &DeletionRequest) -> bool {
        if request.budget.connections() < 2 {
            return false;
        }
        if matches!(self, Self::Unasked) {
            let mut server = first.another();
            let opened = server.read(|connection| {
                prove_same_database(connection, request)?;
                // A cluster commits one transaction after the other anyway, and whatever undoes one of two
                // at work would undo both.
                Ok(connection.locks_only_rows() && !connection.is_clustered())
            });
            *self = match opened {
                Ok(true) => Self::Open {
                    server: Box::new(server),
                    hand: Hand::default(),
                    in_vain: 0,
                },
                _ => Self::Unavailable {
                    statements: server.statements(),
                },
            };
        }
        matches!(self, Self::Open { .. })
    }

    /// Reads something in two halves at once, or all of it where there is one connection.
    pub(super) fn read_in_halves<T: Send>(
        &mut self,
        server: &mut Server,
        request: &DeletionRequest,
        read: impl Fn(&mut Connection, Share) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let share = |server: &mut Server, share| server.read(|connection| read(connection, share));
        if !self.is_open(server, request) {
            return Ok(vec![share(server, Share::All)?]);
        }
        let (even, odd) = self.beside(
            || share(server, Share::Even),
            |second, _| share(second, Share::Odd),
        );
        let odd = match odd {
            Some(Ok(odd)) => odd,
            // It could not begin, or has failed.
            _ => share(server, Share::Odd)?,
        };
        Ok(vec![even?, odd])
    }

    /// Works on both connections at once. `None` is what the second has done where there is none.
    pub(super) fn beside<F, S: Send>(
        &mut self,
        on_first: impl FnOnce() -> F,
        on_second: impl FnOnce(&mut Server, &mut Hand) -> S + Send,
    ) -> (F, Option<S>) {
        let Self::Open { server, hand, .. } = self else {
            return (on_first(), None);
        };
        thread::scope(|scope| {
            let at_work = thread::Builder::new().spawn_scoped(scope, move || {
                let _library = LibraryThread::begin();
                on_second(server, hand)
            });
            let first = on_first();
            let second = at_work.ok().map(|at_work| {
                at_work
                    .join()
                    .unwrap_or_else(|panicked| resume_unwind(panicked))
            });
            (first, second)
        })
    }

    /// How often one of the two may still work in vain.
    pub(super) fn patience(&self) -> u8 {
        match self {
            Self::Open { in_vain, .. } => IN_VAIN.saturating_sub(*in_vain),
            _ => 0,
        }
    }

    /// Takes note that one of the two has, so many times.
    pub(super) fn note_in_vain(&mut self, times: u8) {
        if let Self::Open { in_vain, .. } = self {
            *in_vain = in_vain.saturating_add(times);
            if *in_vain >= IN_VAIN {
                self.give_up();
            }
        }
    }

    /// From now on one has to do.
    pub(super) fn give_up(&mut self) {
        *self = Self::Unavailable {
            statements: self.statements(),
        };
    }

    /// Statements sent so far.
    pub(super) fn statements(&self) -> u64 {
        match self {
            Self::Unasked => 0,
            Self::Open { server, .. } => server.statements(),
            Self::Unavailable { statements } => *statements,
        }
    }
}

/// Which objects are read: all, or those in every other block of 64 ids.
#[derive(Debug, Clone, Copy)]
pub(super) enum Share {
    All,
    Even,
    Odd,
}

impl Share {
    /// What `id & 64` is of those that are not.
    pub(super) fn left_out(self) -> Param<'static> {
        Param::Id(match self {
            Self::All => 1,
            Self::Even => 64,
            Self::Odd => 0,
        })
    }
}
