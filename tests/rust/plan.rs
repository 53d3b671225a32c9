//! A plan is what a deletion then does, and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use wpf_delete::db::Server;
use wpf_delete::deletion;
use wpf_delete::report::{Plan, Rows, Slice};
use wpf_delete::request::{Action, DeletionRequest, Part};

use crate::database::{Contents, Database};
use crate::report::seeded;
use crate::site::{OTHER, Post, VICTIM, deletion, finish, reassignment};

/// Plans twice, shows that nothing has changed, deletes, and compares with what has changed then.
fn assert_kept(test: &str, request: &DeletionRequest) -> (Plan, Slice) {
    let database = seeded(test);
    count_terms(&database);
    compare(&database, request)
}

/// The fixture leaves counts that nobody has counted.
fn count_terms(database: &Database) {
    let counted = [
        ("category", "p.post_type IN ('post', 'book', 'attachment')"),
        ("post_tag", "p.post_type = 'post'"),
        ("nav_menu", "p.post_type = 'nav_menu_item'"),
    ];
    for (taxonomy, which) in counted {
        database.run(&format!(
            "UPDATE wp_term_taxonomy t SET count = (SELECT COUNT(*) FROM wp_term_relationships r \
             JOIN wp_posts p ON p.ID = r.object_id LEFT JOIN wp_posts a ON a.ID = p.post_parent \
             WHERE r.term_taxonomy_id = t.term_taxonomy_id AND {which} AND (p.post_status = 'publish' \
             OR (p.post_type = 'attachment' AND p.post_status = 'inherit' AND a.post_status = 'publish'))) \
             WHERE taxonomy = '{taxonomy}'"
        ));
    }
    database.run(
        "UPDATE wp_term_taxonomy t SET count = (SELECT COUNT(*) FROM wp_term_relationships r \
         WHERE r.term_taxonomy_id = t.term_taxonomy_id) WHERE taxonomy IN ('genre', 'link_category')",
    );
}

fn compare(database: &Database, request: &DeletionRequest) -> (Plan, Slice) {
    let before = database.contents();
    let mut server = database.server();
    let plan = deletion::plan(&mut server, request).unwrap();
    assert_eq!(database.contents(), before);
    let again = deletion::plan(&mut server, request).unwrap();
    assert_eq!((&plan.posts, &plan.rows), (&again.posts, &again.rows));

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

    let after = database.contents();
    let mut changes: BTreeMap<&str, Rows> = plan
        .rows
        .keys()
        .map(|table| (*table, changes(&before, &after, table)))
        .collect();
    if let Some(terms) = changes.get_mut("term_taxonomy") {
        // These PHP counts.
        terms.updated += slice.terms_to_count.values().flatten().count() as u64;
    }
    assert_eq!(plan.rows, changes);
    (plan, slice)
}

/// Rows that are gone, new, or otherwise, by their first two columns where one is not the key.
fn changes(before: &Contents, after: &Contents, table: &str) -> Rows {
    let name = format!("wp_{table}");
    let columns = if table == "term_relationships" { 2 } else { 1 };
    let keyed = |contents: &Contents| -> BTreeMap<Vec<String>, Vec<String>> {
        contents[&name]
            .iter()
            .map(|row| (row[..columns].to_vec(), row.clone()))
            .collect()
    };
    let (old, new) = (keyed(before), keyed(after));
    let both: BTreeSet<_> = old.keys().filter(|key| new.contains_key(*key)).collect();
    Rows {
        inserted: (new.len() - both.len()) as u64,
        updated: both.iter().filter(|key| old[**key] != new[**key]).count() as u64,
        deleted: (old.len() - both.len()) as u64,
    }
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
    let (plan, _) = assert_kept("plan", &deletion());
    assert!(plan.posts[&b"shop_order"[..]].contains_key("keep"));
    // The fixture has something of everything.
    for (table, rows) in &plan.rows {
        assert!(rows.deleted + rows.updated > 0, "{table}");
    }
}

#[test]
fn of_a_deletion_with_media_in_the_trash() {
    let mut request = deletion();
    for known in &mut request.post_types {
        if known.name == b"attachment" {
            known.action = Action::Trash;
        }
    }
    assert_kept("plan_media", &request);
}

#[test]
fn of_a_deletion_for_good() {
    let mut request = deletion();
    for known in &mut request.post_types {
        if known.action == Action::Trash {
            known.action = Action::Purge;
        }
    }
    assert_kept("plan_good", &request);
}

#[test]
fn of_what_goes_along_with_others() {
    let database = Database::site("plan_along");
    let page = |id, author, kind, parent| {
        database.post(Post {
            id,
            author,
            kind,
            parent,
            ..Post::default()
        });
        database.meta(id, "k", "v");
        database.comment(id, id, 0, "1");
    };
    // A revision of somebody else's below the user's, one below it, one of the user's own; one below what stays.
    page(10, VICTIM, "doc", 3);
    page(11, OTHER, "revision", 10);
    page(12, OTHER, "revision", 11);
    page(13, VICTIM, "revision", 10);
    page(14, OTHER, "revision", 13);
    page(15, OTHER, "doc", 10);
    page(16, OTHER, "revision", 15);
    // Below the revision, an upload; below the document one of the user's, which goes; and an upload's own upload.
    page(17, OTHER, "attachment", 11);
    page(18, VICTIM, "attachment", 10);
    page(19, OTHER, "attachment", 18);
    page(20, VICTIM, "shop_order", 10);
    // Answers: to a comment of a revision, from a post that stays; from one of a revision; from the trash.
    database.comment(40, 15, 11, "1");
    database.comment(41, 12, 10, "1");
    page(21, VICTIM, "post", 0);
    database.comment(42, 21, 10, "1");
    database.comment(43, 21, 10, "post-trashed");
    database.comment(44, 21, 0, "post-trashed");
    // An item that points at the document, one at that item, one of the user's own at both; one at what is trashed.
    database.menu_item(30, "publish", "post_type", "10");
    database.menu_item(31, "publish", "post_type", "30");
    database.menu_item(32, "publish", "post_type", "21");
    database.menu_item(33, "publish", "custom", "10");
    database.menu_item(34, "publish", "post_type", "99");
    // Featured on a post that stays, on one in the trash, on one that goes, on a revision that goes along.
    for post in [15, 21, 10, 11] {
        database.meta(post, "_thumbnail_id", "18");
    }
    compare(&database, &deletion());
    assert!(database.posts().contains(&34) && !database.posts().contains(&31));
}

#[test]
fn of_a_reassignment() {
    let (plan, slice) = assert_kept("plan_r", &reassignment());
    let told: u64 = plan.posts.values().map(|actions| actions["reassign"]).sum();
    assert_eq!(told, slice.reassigned.values().flatten().count() as u64);
    assert_eq!(plan.posts.len(), 7);
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
