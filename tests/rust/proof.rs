//! Nothing is deleted before both sides have shown that they mean the same user in the same database.

use wpf_delete::deletion;
use wpf_delete::error::{Error, Outcome};
use wpf_delete::request::{ContentPolicy, DeletionRequest, Part, UserId};

use crate::database::{Database, sql};
use crate::site::{Post, deletion, reassignment};

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    for (id, kind) in [(10, "book"), (11, "post"), (12, "attachment")] {
        database.post(Post {
            id,
            kind,
            ..Post::default()
        });
        database.meta(id, "k", "v");
    }
    database.link(1, 7);
    database
}

/// The request fails for every part of the work, and not one row has changed.
fn refused(database: &Database, request: &DeletionRequest) -> Error {
    let before = database.contents();
    let mut server = database.server();
    let mut errors = Vec::new();
    for part in [Part::Content, Part::Purge(vec![10, 12]), Part::User] {
        let request = DeletionRequest {
            part,
            ..request.clone()
        };
        errors.push(deletion::run(&mut server, &request).unwrap_err());
    }
    assert_eq!(database.contents(), before);
    for error in &errors[1..] {
        assert_eq!(error.to_string(), errors[0].to_string());
    }
    errors.remove(0)
}

fn with_proof(key: &str, value: &str) -> DeletionRequest {
    DeletionRequest {
        proof: (key.into(), value.into()),
        ..deletion()
    }
}

#[test]
fn without_the_proof_row_it_is_another_database() {
    let database = seeded("proof");
    for (key, value) in [
        ("_wpf_delete_proof", "something else"),
        ("_wpf_delete_proof", ""),
        ("_another_key", "seen-7"),
        // The heir's row proves nothing about this user.
        ("_wpf_delete_proof", "seen-8"),
    ] {
        let error = refused(&database, &with_proof(key, value));
        assert!(matches!(error, Error::DifferentDatabase), "{error:?}");
        assert_eq!(error.outcome(), Outcome::NothingSent);
    }
}

#[test]
fn a_proof_nobody_has_committed_proves_nothing() {
    let database = seeded("uncommitted");
    let mut wordpress = database.connect();
    let mut transaction = wordpress.begin().unwrap();
    let insert = "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES (7, 'p', 'open')";
    transaction.execute(&sql(insert), &[]).unwrap();
    let error = refused(&database, &with_proof("p", "open"));
    assert!(matches!(error, Error::DifferentDatabase), "{error:?}");
}

#[test]
fn an_unknown_user() {
    let database = seeded("unknown");
    let request = DeletionRequest {
        user: UserId::new("user_id", 99).unwrap(),
        ..deletion()
    };
    let error = refused(&database, &request);
    assert!(matches!(error, Error::UserNotFound { id: 99 }), "{error:?}");
    let error = deletion::plan(&mut database.server(), &request).unwrap_err();
    assert!(matches!(error, Error::UserNotFound { id: 99 }), "{error:?}");
}

#[test]
fn an_heir_who_does_not_exist_or_is_the_user() {
    let database = seeded("heir");
    for heir in [99, 7] {
        let request = DeletionRequest {
            policy: ContentPolicy::ReassignTo(UserId::new("reassign", heir).unwrap()),
            ..deletion()
        };
        let error = refused(&database, &request);
        assert!(matches!(error, Error::ReassignTarget { .. }), "{error:?}");
        let error = deletion::plan(&mut database.server(), &request).unwrap_err();
        assert!(
            matches!(error, Error::ReassignTarget { .. }),
            "plan: {error:?}"
        );
    }
}

#[test]
fn an_heir_who_is_being_deleted_stops_the_batch() {
    let database = seeded("heir_gone");
    let mut elsewhere = database.connect();
    let mut heir_goes = elsewhere.begin().unwrap();
    let delete = sql("DELETE FROM wp_users WHERE ID = 8");
    assert_eq!(heir_goes.execute(&delete, &[]).unwrap(), 1);
    // The first look still sees the heir; the batch asks for the row itself and has to wait.
    let engine = database.in_background(|server| deletion::run(server, &reassignment()));
    database.wait_for_lock_wait();
    heir_goes.commit().unwrap();
    let error = engine.join().unwrap().unwrap_err();
    assert!(matches!(error, Error::ReassignTarget { .. }), "{error:?}");
    assert_eq!(database.ids("SELECT post_author FROM wp_posts"), [7, 7, 7]);
}
