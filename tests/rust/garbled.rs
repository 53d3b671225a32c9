//! Whatever an answer says instead of what the server did: it is used or refused, and what follows is right
//! again.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::Config;
use wpf_delete::deletion;
use wpf_delete::request::{Budget, DeletionRequest, Part};

use crate::database::tables;
use crate::garbler::Garbler;
use crate::killed::{Arena, small};
use crate::site::{deletion, on_two_connections, reassignment};

/// Answers that never end a deletion end its time.
fn for_a_moment(request: DeletionRequest) -> DeletionRequest {
    let budget = Budget {
        seconds: 0.05,
        ..request.budget
    };
    DeletionRequest { budget, ..request }
}

fn requests() -> impl Strategy<Value = DeletionRequest> {
    let policy = prop::bool::ANY.prop_map(
        |inherits| {
            if inherits { reassignment() } else { deletion() }
        },
    );
    let parts = prop::sample::select(vec![
        Part::Content,
        Part::Content,
        Part::Purge(vec![10, 12, 14]),
        Part::Trash(vec![11, 13]),
        Part::User,
    ]);
    (policy, parts, prop::bool::ANY).prop_map(|(request, part, two)| {
        let request = small(for_a_moment(DeletionRequest { part, ..request }));
        if two {
            on_two_connections(request)
        } else {
            request
        }
    })
}

#[test]
fn any_answer_is_used_or_refused() {
    let arena = Arena::new("garbled");
    let (refused, garbled) = (RefCell::new(0), RefCell::new(0));
    // Each takes much longer than one that asks no server.
    let cases = Config::default().cases / 10;
    proptest!(Config { cases, ..Config::default() }, |(request in requests(), seed in any::<u64>(), of in 1..40u64)| {
        arena.set_back();
        let garbler = Garbler::new(seed, of);
        let mut server = arena.database.unopened_through(garbler.port);
        let run = server
            .use_tables(&tables())
            .and_then(|()| deletion::run(&mut server, &request));
        *refused.borrow_mut() += u32::from(run.is_err());
        *garbled.borrow_mut() += garbler.garbled();
        server.disconnect();
        drop(server);
        // Whatever that was, it has left no connection, lock or transaction behind.
        arena.set_back();
        let whole = DeletionRequest { budget: deletion().budget, ..request };
        let mut server = arena.database.server();
        prop_assert!(deletion::run(&mut server, &whole).is_ok());
    });
    assert!(*garbled.borrow() > 0 && *refused.borrow() > 0);
}
