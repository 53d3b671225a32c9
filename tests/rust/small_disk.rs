//! A server whose disk is full, and one that undoes a whole transaction when a row was waited for in vain.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

use wpf_delete::deletion;
use wpf_delete::error::{Error, Outcome};
use wpf_delete::request::DeletionRequest;

use crate::database::{Database, sql};
use crate::ledger::{claimed, noted};
use crate::limits::{contents, crowded};
use crate::site::{deletion, finish, in_batches, resumed};
use crate::stack;

/// Everything that was free on the small disk, until this is dropped.
struct Balloon(PathBuf);

impl Balloon {
    fn new() -> Self {
        let path = stack::small_disk().join("balloon");
        let mut file = File::create(&path).unwrap();
        for piece in [vec![0; 1 << 16], vec![0; 1]] {
            while file.write_all(&piece).is_ok() {}
        }
        Self(path)
    }
}

impl Drop for Balloon {
    fn drop(&mut self) {
        fs::remove_file(&self.0).unwrap();
    }
}

#[test]
fn a_full_disk_is_told_and_the_deletion_goes_on_when_there_is_room() {
    let small = |test| crowded(Database::on_small_disk(test).with_users(), 6000);
    let request = claimed(in_batches(1000, deletion()));
    let whole = small("full_whole");
    finish(&mut whole.server(), &request);
    let database = small("full");
    let mut server = database.server();

    let balloon = Balloon::new();
    let mut at = request.clone();
    let error = loop {
        match deletion::run(&mut server, &at) {
            Ok(report) => at = resumed(&at, &report),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Full { .. }), "{error:?}");
    assert_eq!(error.outcome(), Outcome::RolledBack);
    assert!(error.to_string().contains("its disk is full"), "{error}");
    // Each time, however often it is tried.
    assert_eq!(
        deletion::run(&mut server, &at).unwrap_err().errno(),
        error.errno()
    );
    drop(balloon);
    drop(server);
    // No post lies in the trash without what is needed to restore it, and the other way round.
    let trashed = database.ids("SELECT ID FROM wp_posts WHERE post_status = 'trash' ORDER BY ID");
    let metas =
        "SELECT post_id FROM wp_postmeta WHERE meta_key = '_wp_trash_meta_status' ORDER BY 1";
    assert_eq!(database.ids(metas), trashed);
    assert_eq!(noted(&database, "trashed"), trashed);
    assert!(trashed.len() < 3000);

    // The next runner begins with what is on record.
    let resume = database.column("SELECT resume FROM wp_deletions WHERE id = 5");
    let next = DeletionRequest {
        resume: at.resume,
        ..request
    };
    assert!(!resume[0].is_empty());
    finish(&mut database.server(), &next);
    assert_eq!(contents(&database), contents(&whole));
    for key in ["purged", "trashed", "deleted_comments", "changed_comments"] {
        assert_eq!(noted(&database, key), noted(&whole, key), "{key}");
    }
}

#[test]
fn a_transaction_that_the_server_has_undone_as_a_whole_is_redone_as_a_whole() {
    let small = |test| crowded(Database::on_small_disk(test).with_users(), 20);
    let whole = small("timeout_whole");
    let option = "SELECT @@innodb_rollback_on_timeout";
    assert_eq!(whole.number(option), 1);
    whole.delete(&claimed(deletion()));
    let database = small("timeout");
    let mut elsewhere = database.connect();
    let mut holder = elsewhere.begin().unwrap();
    // Posts and metas have gone by then.
    let hold = "SELECT * FROM wp_comments WHERE comment_post_ID = 19 FOR UPDATE";
    holder.query(&sql(hold), &[]).unwrap();
    let engine = database.in_background(|server| finish(server, &claimed(deletion())));
    let first = database.wait_for_lock_wait();
    let second = database.wait_for_lock_wait_after(&first);
    assert!(first.connection == second.connection);
    holder.commit().unwrap();
    engine.join().unwrap();
    assert_eq!(contents(&database), contents(&whole));
    assert_eq!(noted(&database, "purged"), noted(&whole, "purged"));
}
