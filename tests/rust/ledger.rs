//! What a batch did stands in the job's row from the moment it is kept, and a runner that has lost the
//! job keeps nothing.

use wpf_delete::deletion;
use wpf_delete::error::Error;
use wpf_delete::request::{Claim, DeletionRequest, Part, PostType};

use crate::database::{Database, sql};
use crate::site::{Post, deletion, finish, in_batches, slices};

fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    database.term(1, "category", 9);
    database.term(2, "shelf", 9);
    for (id, kind) in [(10, "book"), (11, "book"), (12, "post"), (13, "page")] {
        database.post(Post {
            id,
            kind,
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
        database.relate(id, 1);
        database.relate(id, 2);
    }
    database.link(1, 7);
    database.run("INSERT INTO wp_deletions (id) VALUES (5), (6)");
    database
}

pub fn claimed(request: DeletionRequest) -> DeletionRequest {
    DeletionRequest {
        claim: Some(Claim {
            job: 5,
            owner: b"word".to_vec(),
            lease: 120,
        }),
        ..request
    }
}

/// Every number that the notes have under a key, sorted.
pub fn noted(database: &Database, key: &str) -> Vec<u64> {
    let notes = database.column("SELECT unsettled FROM wp_deletions WHERE id = 5");
    let mut numbers = Vec::new();
    for line in notes[0].lines() {
        // Rows come first, under names of tables.
        let ids = &line[line.find("\"purged\":").unwrap()..];
        let start = ids.find(&format!("\"{key}\":")).unwrap() + key.len() + 3;
        let value = &ids[start..];
        let end = value.find(if value.starts_with('{') { '}' } else { ']' });
        numbers.extend(
            value[..end.unwrap()]
                .split(|character: char| !character.is_ascii_digit())
                .filter_map(|number| number.parse::<u64>().ok()),
        );
    }
    numbers.sort_unstable();
    numbers
}

#[test]
fn every_batch_is_noted_with_the_point_to_go_on_from() {
    let database = seeded("noted");
    let whole = finish(&mut database.server(), &claimed(in_batches(1, deletion())));
    assert_eq!(noted(&database, "purged"), [10, 11]);
    assert_eq!(noted(&database, "deleted_comments"), [10, 11]);
    assert_eq!(noted(&database, "changed_comments"), [12, 13]);
    assert_eq!(noted(&database, "links"), [1]);
    assert_eq!(noted(&database, "terms_to_count"), [2]);
    assert_eq!(whole.terms_to_count["shelf"], [2]);
    let row = &database.rows(
        "SELECT resume, unsettled LIKE '%\"post\":[12]%', \
         due BETWEEN UTC_TIMESTAMP() + INTERVAL 60 SECOND AND UTC_TIMESTAMP() + INTERVAL 120 SECOND \
         FROM wp_deletions WHERE id = 5",
    )[0];
    // All terms are counted, so none is named.
    assert_eq!(row[..], ["wpfd1|done|0|1|0|", "1", "1"]);
    let other =
        "SELECT COUNT(*) FROM wp_deletions WHERE id = 6 AND unsettled IS NULL AND due IS NULL";
    assert_eq!(database.number(other), 1);
}

#[test]
fn the_notes_are_as_long_as_reported() {
    let database = seeded("length");
    database.run("ALTER TABLE wp_deletions MODIFY unsettled longtext CHARACTER SET latin1");
    database.run("UPDATE wp_posts SET post_type = 'bücher' WHERE ID = 10");
    let mut request = claimed(in_batches(1, deletion()));
    let book = request.post_types.iter().find(|of| of.name == b"book");
    let books = PostType {
        name: "bücher".into(),
        ..book.unwrap().clone()
    };
    request.post_types.push(books);
    let reports = slices(&mut database.server(), &request);
    assert!(
        reports
            .iter()
            .any(|report| report.slice.purged.contains_key("bücher".as_bytes()))
    );
    let noted: usize = reports.iter().map(|report| report.noted).sum();
    let length = database.number("SELECT LENGTH(unsettled) FROM wp_deletions WHERE id = 5");
    assert_eq!(u64::try_from(noted), Ok(length));
}

#[test]
fn who_has_lost_the_job_changes_nothing() {
    for lost in [
        "owner = 'another'",
        "state = 'cancelled'",
        "state = 'queued'",
    ] {
        let database = seeded("lost");
        database.run(&format!("UPDATE wp_deletions SET {lost} WHERE id = 5"));
        let before = database.contents();
        for part in [
            Part::Content,
            Part::Purge(vec![10]),
            Part::Trash(vec![12]),
            Part::User,
        ] {
            let request = DeletionRequest {
                part,
                ..claimed(deletion())
            };
            let error = deletion::run(&mut database.server(), &request).unwrap_err();
            assert!(matches!(error, Error::Claimed), "{error:?}");
        }
        assert_eq!(database.contents(), before);
    }
}

#[test]
fn a_job_lost_on_the_way_ends_with_what_was_kept() {
    let database = seeded("on_the_way");
    database.run(
        "CREATE TRIGGER cancel AFTER DELETE ON wp_posts FOR EACH ROW \
         IF OLD.ID = 11 THEN UPDATE wp_deletions SET state = 'cancelled' WHERE id = 5; END IF",
    );
    let mut server = database.server();
    let request = claimed(in_batches(1, deletion()));
    let report = deletion::run(&mut server, &request).unwrap();
    assert_eq!(report.slice.purged[&b"book"[..]], [10]);
    assert_eq!(database.posts(), [11, 12, 13]);
    // The trigger's own update was undone with the batch.
    assert_eq!(noted(&database, "purged"), [10]);
}

#[test]
fn the_lock_of_another_connection_is_waited_for_and_respected() {
    let database = seeded("lock");
    let mut holder = database.server();
    let nothing = DeletionRequest {
        part: Part::Purge(Vec::new()),
        ..claimed(deletion())
    };
    deletion::run(&mut holder, &nothing).unwrap();
    let before = database.contents();
    let error = deletion::run(&mut database.server(), &claimed(deletion())).unwrap_err();
    assert!(matches!(error, Error::Claimed), "{error:?}");
    assert_eq!(database.contents(), before);

    // Without a job nobody asks for it.
    deletion::run(
        &mut database.server(),
        &DeletionRequest {
            claim: None,
            ..nothing.clone()
        },
    )
    .unwrap();
    let waiter = database.in_background(|server| finish(server, &claimed(deletion())));
    drop(holder);
    assert_eq!(waiter.join().unwrap().purged[&b"book"[..]], [10, 11]);
}

#[test]
fn a_lock_that_was_given_back_is_anybodys_and_the_connection_stays() {
    let database = seeded("unlock");
    let mut server = database.server();
    let nothing = DeletionRequest {
        part: Part::Purge(Vec::new()),
        ..claimed(deletion())
    };
    deletion::run(&mut server, &nothing).unwrap();
    let number = sql("SELECT CONNECTION_ID()");
    let connection = server.connection().unwrap().ids(&number, &[]).unwrap();
    server.unlock();
    let same = server.connection().unwrap().ids(&number, &[]).unwrap();
    assert_eq!(same, connection);
    deletion::run(&mut database.server(), &nothing).unwrap();
    // And it is taken again.
    deletion::run(&mut server, &nothing).unwrap();
    let error = deletion::run(&mut database.server(), &nothing).unwrap_err();
    assert!(matches!(error, Error::Claimed), "{error:?}");
}
