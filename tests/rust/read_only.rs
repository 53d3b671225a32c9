//! A server that takes no writes.

use wpf_delete::db::Server;
use wpf_delete::deletion;
use wpf_delete::error::{Error, Outcome};
use wpf_delete::request::{DeletionRequest, Part};

use crate::account::Account;
use crate::database::{Database, tables};
use crate::site::{Post, deletion, reassignment};
use crate::stack;

/// A server that is writable again when this is dropped.
struct ReadOnly<'a>(&'a mut Account);

impl<'a> ReadOnly<'a> {
    fn new(account: &'a mut Account, how: &str) -> Self {
        account.as_root(&format!("SET GLOBAL {how} = 1"));
        Self(account)
    }
}

impl Drop for ReadOnly<'_> {
    fn drop(&mut self) {
        self.0.as_root("SET GLOBAL read_only = 0");
    }
}

#[test]
fn every_kind_of_batch_says_so_and_changes_nothing() {
    assert_refused("read_only");
}

#[test]
fn on_mysql_a_server_that_is_read_only_even_for_root() {
    assert_refused("super_read_only");
}

fn assert_refused(how: &str) {
    let database = Database::site_alone("read_only");
    for (id, kind) in [(10, "book"), (11, "post"), (12, "attachment")] {
        database.post(Post {
            id,
            kind,
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
    }
    let trash_only = DeletionRequest {
        resume: b"wpfd1|trash|0|0|0|".to_vec(),
        ..deletion()
    };
    let user = DeletionRequest {
        part: Part::User,
        ..deletion()
    };
    // Not for root, for whom a read-only server makes an exception.
    let mut account = Account::new(&database, "localhost");
    let parts = account.parts(stack::parts(&database.name));
    let mut server = Server::new(stack::config(parts));
    server.use_tables(&tables()).unwrap();
    let read_only = ReadOnly::new(&mut account, how);
    let before = database.contents();
    for request in [deletion(), trash_only, user, reassignment()] {
        let error = deletion::run(&mut server, &request).unwrap_err();
        assert!(
            matches!(error, Error::ReadOnly { errno: 1290, .. }),
            "{error:?}"
        );
        assert_eq!(error.outcome(), Outcome::RolledBack);
        assert_eq!(database.contents(), before);
    }
    drop(read_only);
    assert!(deletion::run(&mut server, &deletion()).is_ok());
    assert_eq!(database.posts(), [11]);
}
