//! A deletion in pieces ends as one in a single call, wherever it is cut and taken up again.

use wpf_delete::deletion;
use wpf_delete::report::{Report, Stopped};
use wpf_delete::request::{Budget, DeletionRequest};

use crate::database::Database;
use crate::site::{
    OTHER, Post, VICTIM, count_terms, deletion, in_slices, reassignment, resumed, slices,
};

/// Posts of every fate; 9 of them go to the trash, 9 for good.
fn seeded(test: &str) -> Database {
    let database = Database::site(test);
    database.term(1, "category", 9);
    for id in 10..31 {
        let kind = [
            "post",
            "book",
            "page",
            "post",
            "attachment",
            "doc",
            "revision",
        ];
        database.post(Post {
            id,
            author: if id == 17 || id == 24 { OTHER } else { VICTIM },
            kind: kind[usize::try_from(id).unwrap() % 7],
            status: if id == 21 { "trash" } else { "publish" },
            name: if id % 3 == 0 { "same" } else { "" },
            parent: id - 2,
        });
        database.comment(id, id, id - 1, "1");
        database.relate(id, 1);
    }
    for id in 1..6 {
        database.link(id, VICTIM);
    }
    database
}

fn trashed_and_purged(database: &Database) -> (Vec<u64>, Vec<u64>) {
    let trashed = database.ids("SELECT ID FROM wp_posts WHERE post_status = 'trash' ORDER BY ID");
    let there = database.posts();
    (trashed, (10..31).filter(|id| !there.contains(id)).collect())
}

#[test]
fn a_budget_of_posts_stops_and_the_rest_follows() {
    let whole = seeded("whole");
    let whole_slice = whole.delete(&deletion());
    for posts in [1, 2, 5, 8] {
        let database = seeded("pieces");
        let request = in_slices(posts, deletion());
        let reports = slices(&mut database.server(), &request);
        for report in &reports {
            let count = |groups: &std::collections::BTreeMap<Vec<u8>, Vec<u64>>| {
                groups.values().map(Vec::len).sum::<usize>()
            };
            // Revisions of the batch's posts come on top.
            let taken = count(&report.slice.trashed) + count(&report.slice.purged);
            assert!(taken <= 2 * posts, "{taken} posts in a call for {posts}");
        }
        assert!(reports.len() >= 18 / posts);
        assert!(
            reports[..reports.len() - 1]
                .iter()
                .any(|r| r.stopped == Stopped::Budget)
        );
        let last = reports.last().unwrap();
        assert_eq!(last.phase, "done");
        count_terms(&mut database.server(), &request, last);
        assert_eq!(
            database.contents(),
            whole.contents(),
            "in pieces of {posts}"
        );
        let mut added = wpf_delete::report::Slice::default();
        for report in reports {
            added.absorb(report.slice);
        }
        assert_eq!(added.trashed, whole_slice.trashed);
        assert_eq!(added.rows["postmeta"], whole_slice.rows["postmeta"]);
        assert_eq!(added.rows["links"], whole_slice.rows["links"]);
    }
}

#[test]
fn a_budget_of_time_stops_after_one_batch() {
    let database = seeded("time");
    let mut request = deletion();
    request.budget = Budget {
        seconds: 0.000_001,
        batch: 2,
        ..request.budget
    };
    let report = deletion::run(&mut database.server(), &request).unwrap();
    assert_eq!(report.stopped, Stopped::Budget);
    assert_eq!(report.slice.purged.values().map(Vec::len).sum::<usize>(), 2);
}

#[test]
fn a_done_deletion_has_nothing_left_to_do() {
    let database = seeded("done");
    let mut server = database.server();
    let last = slices(&mut server, &deletion()).pop().unwrap();
    let after = database.contents();
    let again = deletion::run(&mut server, &resumed(&deletion(), &last)).unwrap();
    assert_eq!(again.stopped, Stopped::Done);
    assert_eq!(database.contents(), after);
}

/// Runs up to the point where the first post would be trashed.
fn up_to_the_trash(database: &Database, request: &DeletionRequest) -> Report {
    let mut request = request.clone();
    loop {
        let report = deletion::run(&mut database.server(), &request).unwrap();
        assert!(report.slice.trashed.is_empty());
        if report.stopped == Stopped::Phase {
            return report;
        }
        request = resumed(&request, &report);
    }
}

#[test]
fn the_call_that_purges_never_trashes() {
    for posts in [1, 3, 1000] {
        let database = seeded("phase");
        let report = up_to_the_trash(&database, &in_slices(posts, deletion()));
        assert_eq!(report.phase, "trash");
        // Only what lay there before.
        assert_eq!(
            database.ids("SELECT ID FROM wp_posts WHERE post_status = 'trash'"),
            [0; 0]
        );
    }
}

#[test]
fn a_call_whose_report_was_lost_never_deletes_its_own_trash() {
    let whole = seeded("whole_d7");
    whole.delete(&deletion());
    let expected = trashed_and_purged(&whole);
    let request = in_slices(2, deletion());
    let database = seeded("lost");
    let mut at = resumed(&request, &up_to_the_trash(&database, &request));
    for _ in 0..100 {
        // Every call runs twice from the same point, as if the first had died before it was noted.
        deletion::run(&mut database.server(), &at).unwrap();
        let report = deletion::run(&mut database.server(), &at).unwrap();
        at = resumed(&at, &report);
        if report.stopped == Stopped::Done {
            assert_eq!(trashed_and_purged(&database), expected);
            return;
        }
    }
    panic!("it never ends");
}

#[test]
fn a_purge_whose_report_was_lost_is_taken_up_from_the_start() {
    let whole = seeded("whole_start");
    whole.delete(&deletion());
    let database = seeded("start");
    let request = in_slices(2, deletion());
    for _ in 0..3 {
        deletion::run(&mut database.server(), &request).unwrap();
    }
    database.delete(&request);
    assert_eq!(trashed_and_purged(&database), trashed_and_purged(&whole));
    assert_eq!(database.posts(), whole.posts());
}

#[test]
fn what_appears_between_two_calls_goes_too() {
    let database = seeded("appears");
    let mut request = in_slices(3, deletion());
    let mut server = database.server();
    let mut id = 40;
    loop {
        let report = deletion::run(&mut server, &request).unwrap();
        request = resumed(&request, &report);
        if report.stopped == Stopped::Done {
            break;
        }
        if id < 52 {
            // New ones, and one from below that somebody hands over.
            for kind in ["post", "book", "page"] {
                database.post(Post {
                    id,
                    kind,
                    ..Post::default()
                });
                id += 1;
            }
            database.run("UPDATE wp_posts SET post_author = 7 WHERE ID = 17 OR ID = 24");
        }
    }
    let left = database.rows("SELECT DISTINCT post_author, post_status FROM wp_posts");
    assert_eq!(left, [["7", "trash"]]);
    let kinds = "SELECT COUNT(*) FROM wp_posts WHERE post_type NOT IN ('post', 'page')";
    assert_eq!(database.number(kinds), 0);
    assert_eq!(
        database.number("SELECT COUNT(*) FROM wp_posts WHERE ID >= 40"),
        8
    );
}

#[test]
fn what_appears_in_the_trash_meanwhile_is_not_taken_for_old_trash() {
    let database = seeded("own_trash");
    let request = in_slices(1000, deletion());
    let at = resumed(&request, &up_to_the_trash(&database, &request));
    // The user trashes a post by hand while this runs.
    database.post(Post {
        id: 50,
        status: "trash",
        ..Post::default()
    });
    slices(&mut database.server(), &at);
    assert_eq!(database.state(50).unwrap(), "trash ");
}

/// One more than the highest number must not be taken for the first time.
#[test]
fn after_however_many_rounds_trash_stays() {
    let database = seeded("rounds");
    for phase in ["trash", "done"] {
        let request = DeletionRequest {
            resume: format!("wpfd1|{phase}|0|{}|1|", u64::MAX).into_bytes(),
            ..deletion()
        };
        slices(&mut database.server(), &request);
        assert_eq!(database.state(21).unwrap(), "trash same");
    }
}

#[test]
fn a_reassignment_in_pieces_ends_the_same() {
    let whole = seeded("whole_r");
    whole.delete(&reassignment());
    let database = seeded("pieces_r");
    let reports = slices(&mut database.server(), &in_slices(4, reassignment()));
    assert!(reports.len() > 4);
    assert_eq!(database.contents(), whole.contents());
}

#[test]
fn a_resume_point_of_the_other_kind_or_of_nobody_is_refused() {
    let database = seeded("foreign");
    let before = database.contents();
    for (request, resume) in [
        (deletion(), "wpfd1|reassign|0|0|0|"),
        (reassignment(), "wpfd1|purge|0|0|0|"),
        (reassignment(), "wpfd1|trash|0|0|0|"),
        (deletion(), "done"),
        (deletion(), "wpfd1|purge|0|0|0|1;2"),
    ] {
        let request = DeletionRequest {
            resume: resume.into(),
            ..request
        };
        let result = deletion::run(&mut database.server(), &request);
        assert!(result.is_err(), "{resume} was taken");
        assert_eq!(database.contents(), before, "{resume}");
    }
}

#[test]
fn a_call_looks_on_where_a_batch_was_the_last_one() {
    let database = seeded("calls");
    // What goes for good fits into one batch, which ends a phase, and so does what goes to the trash.
    let reports = slices(&mut database.server(), &in_slices(14, deletion()));
    let stopped: Vec<Stopped> = reports.iter().map(|report| report.stopped).collect();
    assert_eq!(stopped, [Stopped::Phase, Stopped::Done]);
}
