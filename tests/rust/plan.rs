//! A plan is what a deletion then does, and changes nothing.

use std::collections::BTreeMap;

use wpf_delete::db::Server;
use wpf_delete::deletion;
use wpf_delete::report::{Plan, Slice};
use wpf_delete::request::{DeletionRequest, Part};

use crate::database::Database;
use crate::report::seeded;
use crate::site::{Post, VICTIM, by_type, deletion, finish, reassignment};

/// Plans twice, shows that nothing has changed, deletes, and compares.
fn assert_kept(test: &str, request: &DeletionRequest) -> (Plan, Slice) {
    let database = seeded(test);
    let before = database.contents();
    let mut server = database.server();
    let plan = deletion::plan(&mut server, request).unwrap();
    assert_eq!(database.contents(), before);
    let again = deletion::plan(&mut server, request).unwrap();
    assert_eq!(plan.posts, again.posts);

    let slice = delete_everything(&mut server, request);
    let mut did: BTreeMap<Vec<u8>, BTreeMap<&str, u64>> = BTreeMap::new();
    for (action, groups) in [
        ("purge", &slice.purged),
        ("trash", &slice.trashed),
        ("reassign", &slice.reassigned),
    ] {
        for (kind, ids) in groups {
            // What goes along with others (revisions, menu items) is no post of the user's.
            let own = ids.iter().filter(|id| is_victims(&before, **id)).count();
            if own > 0 {
                did.entry(kind.clone())
                    .or_default()
                    .insert(action, own as u64);
            }
        }
    }
    let mut told = plan.posts.clone();
    for actions in told.values_mut() {
        actions.remove("keep");
    }
    told.retain(|_, actions| !actions.is_empty());
    assert_eq!(told, did);
    (plan, slice)
}

fn is_victims(before: &crate::database::Contents, id: u64) -> bool {
    let id = id.to_string();
    before["wp_posts"]
        .iter()
        .any(|row| row[0] == id && row[1] == VICTIM.to_string())
}

fn delete_everything(server: &mut Server, request: &DeletionRequest) -> Slice {
    let mut slice = finish(server, request);
    let user = DeletionRequest {
        part: Part::User,
        resume: Vec::new(),
        ..request.clone()
    };
    slice.absorb(deletion::run(server, &user).unwrap().slice);
    slice
}

#[test]
fn of_a_deletion() {
    let (plan, slice) = assert_kept("plan", &deletion());
    for table in ["links", "users", "usermeta"] {
        assert_eq!(
            plan.rows[table].deleted, slice.rows[table].deleted,
            "{table}"
        );
    }
    // Menu items, which the plan does not look for, go on top.
    let items = by_type(&slice.purged)
        .into_iter()
        .find(|(kind, _)| kind == "nav_menu_item");
    let items = items.unwrap().1.len() as u64;
    assert!(items > 0);
    assert_eq!(
        plan.rows["posts"].deleted + items,
        slice.rows["posts"].deleted
    );
    assert!(plan.posts[&b"shop_order"[..]].contains_key("keep"));
}

#[test]
fn of_a_reassignment() {
    let (plan, slice) = assert_kept("plan_r", &reassignment());
    assert_eq!(plan.rows["posts"], slice.rows["posts"]);
    assert_eq!(plan.rows["links"], slice.rows["links"]);
    let told: u64 = plan.posts.values().map(|actions| actions["reassign"]).sum();
    assert_eq!(told, slice.reassigned.values().flatten().count() as u64);
    assert_eq!(plan.posts.len(), 7);
}

#[test]
fn counts_rows_exactly_where_nothing_hangs_from_anybody_elses_posts() {
    let database = Database::site("exact");
    for (id, kind) in [(10, "book"), (11, "book"), (12, "post"), (13, "page")] {
        database.post(Post {
            id,
            kind,
            ..Post::default()
        });
        database.meta(id, "k", "v");
        database.comment(id, id, 0, "1");
        database.comment(id + 10, id, 0, "spam");
    }
    let mut server = database.server();
    let plan = deletion::plan(&mut server, &deletion()).unwrap();
    let slice = delete_everything(&mut server, &deletion());
    for (table, rows) in &plan.rows {
        let did = slice.rows.get(table).cloned().unwrap_or_default();
        assert_eq!(
            (rows.deleted, rows.updated),
            (did.deleted, did.updated),
            "{table}"
        );
    }
}

#[test]
fn asks_for_no_proof() {
    let database = seeded("plan_proof");
    let request = DeletionRequest {
        proof: (b"none".to_vec(), b"none".to_vec()),
        ..deletion()
    };
    assert!(deletion::plan(&mut database.server(), &request).is_ok());
    assert!(deletion::run(&mut database.server(), &request).is_err());
}

#[test]
fn types_are_told_apart_as_the_deletion_tells_them_apart() {
    let database = Database::site("plan_case");
    for (id, kind, status) in [
        (10, "post", "publish"),
        (11, "POST", "publish"),
        (12, "BOOK", "publish"),
        (13, "post", "TRASH"),
        (14, "post", "trash"),
    ] {
        database.post(Post {
            id,
            kind,
            status,
            ..Post::default()
        });
    }
    let mut server = database.server();
    let plan = deletion::plan(&mut server, &deletion()).unwrap();
    let slice = finish(&mut server, &deletion());
    let count = |action: &str| -> u64 {
        plan.posts
            .values()
            .filter_map(|actions| actions.get(action))
            .sum()
    };
    assert_eq!(
        count("purge"),
        slice.purged.values().flatten().count() as u64,
        "{plan:?}"
    );
    assert_eq!(
        count("trash"),
        slice.trashed.values().flatten().count() as u64,
        "{plan:?}"
    );
}
