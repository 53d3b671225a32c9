//! Rows of a WordPress site, and requests for it.

use std::collections::HashMap;

use wpf_delete::db::Server;
use wpf_delete::db::value::Param;
use wpf_delete::deletion;
use wpf_delete::report::{Report, Slice, Stopped};
use wpf_delete::request::{
    Action, Budget, ContentPolicy, Counting, DeletionRequest, Part, PostType, Taxonomy, TrashTime,
    UserId,
};

use crate::database::{Database, tables};

/// The user who goes.
pub const VICTIM: u64 = 7;
/// Somebody else, who may inherit.
pub const OTHER: u64 = 8;
/// What a term is counted to have, so that it is counted anew from lists.
pub const MANY: u64 = 20_000;

/// A row of `posts`.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    pub id: u64,
    pub author: u64,
    pub kind: &'a str,
    pub status: &'a str,
    pub name: &'a str,
    pub parent: u64,
}

impl Default for Post<'_> {
    fn default() -> Self {
        Self {
            id: 0,
            author: VICTIM,
            kind: "post",
            status: "publish",
            name: "",
            parent: 0,
        }
    }
}

impl Database {
    /// With the two users and nothing else.
    pub fn site(test: &str) -> Self {
        Self::new(test).with_users()
    }

    /// The same, alone on the server.
    pub fn site_alone(test: &str) -> Self {
        Self::alone(test).with_users()
    }

    pub fn with_users(self) -> Self {
        for user in [VICTIM, OTHER] {
            self.run(&format!(
                "INSERT INTO wp_users (ID, user_login) VALUES ({user}, 'user-{user}')"
            ));
            self.user_meta(user, "nickname", "n");
            self.user_meta(user, "_wpf_delete_proof", &format!("seen-{user}"));
        }
        self
    }

    pub fn post(&self, post: Post<'_>) {
        let [kind, status, name] =
            [post.kind, post.status, post.name].map(|text| Param::Bytes(text.as_bytes()));
        self.run_with(
            "INSERT INTO wp_posts (ID, post_author, post_parent, post_type, post_status, post_name, \
             post_content, post_title, post_excerpt, to_ping, pinged, post_content_filtered, guid, \
             post_date, post_modified) VALUES (?, ?, ?, ?, ?, ?, 'text', 'title', 'short', '', '', \
             '', 'urn:x', '2020-01-02 03:04:05', '2021-01-02 03:04:05')",
            &[
                Param::Id(post.id),
                Param::Id(post.author),
                Param::Id(post.parent),
                kind,
                status,
                name,
            ],
        );
    }

    pub fn meta(&self, post: u64, key: &str, value: &str) {
        self.run_with(
            "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (?, ?, ?)",
            &[
                Param::Id(post),
                Param::Bytes(key.as_bytes()),
                Param::Bytes(value.as_bytes()),
            ],
        );
    }

    pub fn user_meta(&self, user: u64, key: &str, value: &str) {
        self.run_with(
            "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES (?, ?, ?)",
            &[
                Param::Id(user),
                Param::Bytes(key.as_bytes()),
                Param::Bytes(value.as_bytes()),
            ],
        );
    }

    /// A comment with a meta.
    pub fn comment(&self, id: u64, post: u64, parent: u64, approved: &str) {
        self.run_with(
            "INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_parent, \
             comment_approved, comment_author, comment_content) VALUES (?, ?, ?, ?, 'a', 'c')",
            &[
                Param::Id(id),
                Param::Id(post),
                Param::Id(parent),
                Param::Bytes(approved.as_bytes()),
            ],
        );
        self.run(&format!(
            "INSERT INTO wp_commentmeta (comment_id, meta_key, meta_value) VALUES ({id}, 'k', 'v')"
        ));
    }

    /// A term; its two ids differ, so that nobody can mistake one for the other.
    pub fn term(&self, term_taxonomy: u64, taxonomy: &str, count: u64) {
        let term = term_taxonomy + 1000;
        self.run(&format!(
            "INSERT INTO wp_terms (term_id, name, slug) VALUES ({term}, 't{term}', 't{term}')"
        ));
        self.run(&format!(
            "INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description, count) \
             VALUES ({term_taxonomy}, {term}, '{taxonomy}', '', {count})"
        ));
    }

    pub fn relate(&self, object: u64, term_taxonomy: u64) {
        self.run(&format!(
            "INSERT INTO wp_term_relationships (object_id, term_taxonomy_id) \
             VALUES ({object}, {term_taxonomy})"
        ));
    }

    pub fn link(&self, id: u64, owner: u64) {
        self.run(&format!(
            "INSERT INTO wp_links (link_id, link_owner, link_notes) VALUES ({id}, {owner}, '')"
        ));
    }

    /// A menu item that points at an object.
    pub fn menu_item(&self, id: u64, status: &str, kind: &str, object: &str) {
        self.post(Post {
            id,
            author: OTHER,
            kind: "nav_menu_item",
            status,
            ..Post::default()
        });
        self.meta(id, "_menu_item_type", kind);
        self.meta(id, "_menu_item_object_id", object);
    }

    /// Ids of `wp_posts` that are there.
    pub fn posts(&self) -> Vec<u64> {
        self.ids("SELECT ID FROM wp_posts ORDER BY ID")
    }

    /// `status name` of a post, nothing when it is gone.
    pub fn state(&self, post: u64) -> Option<String> {
        self.rows(&format!(
            "SELECT post_status, post_name FROM wp_posts WHERE ID = {post}"
        ))
        .first()
        .map(|row| row.join(" "))
    }

    pub fn parent(&self, post: u64) -> u64 {
        self.number(&format!(
            "SELECT post_parent FROM wp_posts WHERE ID = {post}"
        ))
    }

    pub fn count_of(&self, term_taxonomy: u64) -> u64 {
        self.number(&format!(
            "SELECT count FROM wp_term_taxonomy WHERE term_taxonomy_id = {term_taxonomy}"
        ))
    }

    pub fn objects_of(&self, term_taxonomy: u64) -> Vec<u64> {
        self.ids(&format!(
            "SELECT object_id FROM wp_term_relationships \
             WHERE term_taxonomy_id = {term_taxonomy} ORDER BY 1"
        ))
    }

    /// A short lived engine that does all of the request's content.
    pub fn delete(&self, request: &DeletionRequest) -> Slice {
        finish(&mut self.server(), request)
    }
}

fn post_type(name: &str, action: Action, hierarchical: bool, taxonomies: &[&str]) -> PostType {
    PostType {
        name: name.into(),
        action,
        hierarchical,
        taxonomies: taxonomies.iter().map(|&name| name.into()).collect(),
    }
}

fn taxonomy(counting: Counting) -> Taxonomy {
    Taxonomy {
        counting,
        recount_when_trashed_from: Some(vec![b"publish".to_vec()]),
    }
}

fn counted_by_posts(types: &[&str], attachments: bool) -> Taxonomy {
    taxonomy(Counting::Posts {
        types: types.iter().map(|&name| name.into()).collect(),
        attachments,
        statuses: vec![b"publish".to_vec()],
    })
}

/// Everything the user has, with the trash on: core's types, two of a plugin that have no trash
/// (`book` flat, `doc` hierarchical), and one that stays (`shop_order`).
pub fn deletion() -> DeletionRequest {
    DeletionRequest {
        user: UserId::new("user_id", 7).unwrap(),
        policy: ContentPolicy::Delete,
        part: Part::Content,
        proof: (b"_wpf_delete_proof".to_vec(), b"seen-7".to_vec()),
        post_types: vec![
            post_type("post", Action::Trash, false, &["category", "post_tag"]),
            post_type("page", Action::Trash, true, &[]),
            post_type(
                "attachment",
                Action::Purge,
                false,
                &["category", "media_tag"],
            ),
            post_type("revision", Action::Purge, false, &[]),
            post_type("nav_menu_item", Action::Keep, false, &["nav_menu"]),
            post_type(
                "book",
                Action::Purge,
                false,
                &["genre", "shelf", "category"],
            ),
            post_type("doc", Action::Purge, true, &[]),
            post_type("shop_order", Action::Keep, false, &[]),
        ],
        taxonomies: HashMap::from([
            ("category".into(), counted_by_posts(&["post", "book"], true)),
            ("post_tag".into(), counted_by_posts(&["post"], false)),
            ("media_tag".into(), counted_by_posts(&[], true)),
            (
                "nav_menu".into(),
                counted_by_posts(&["nav_menu_item"], false),
            ),
            ("genre".into(), taxonomy(Counting::Objects)),
            ("link_category".into(), taxonomy(Counting::Objects)),
            ("shelf".into(), taxonomy(Counting::Callback)),
        ]),
        hidden_statuses: vec![b"trash".to_vec(), b"auto-draft".to_vec()],
        trash_time: TrashTime {
            unix: 1_700_000_000,
            local: b"2023-11-14 23:13:20".to_vec(),
            gmt: b"2023-11-14 22:13:20".to_vec(),
        },
        budget: Budget {
            seconds: 60.0,
            posts: 100_000,
            batch: 100,
            transaction: 60.0,
            pace: 1.0,
        },
        resume: Vec::new(),
        claim: None,
    }
}

/// The content goes to the other user.
pub fn reassignment() -> DeletionRequest {
    DeletionRequest {
        policy: ContentPolicy::ReassignTo(UserId::new("reassign", 8).unwrap()),
        ..deletion()
    }
}

/// The same request with batches of this many posts.
pub fn in_batches(of: usize, request: DeletionRequest) -> DeletionRequest {
    let budget = Budget {
        batch: of,
        ..request.budget
    };
    DeletionRequest { budget, ..request }
}

/// The same request on two connections.
pub fn on_two_connections(request: DeletionRequest) -> DeletionRequest {
    let budget = Budget {
        pace: Budget::FASTEST_PACE,
        ..request.budget
    };
    DeletionRequest { budget, ..request }
}

/// The same request in calls that end after this many posts.
pub fn ending_after(posts: usize, request: DeletionRequest) -> DeletionRequest {
    let budget = Budget {
        posts,
        ..request.budget
    };
    DeletionRequest { budget, ..request }
}

/// Calls that end after a batch, of this many posts.
pub fn in_slices(of: usize, request: DeletionRequest) -> DeletionRequest {
    ending_after(of, in_batches(of, request))
}

/// The same request from where a report stopped.
pub fn resumed(request: &DeletionRequest, report: &Report) -> DeletionRequest {
    DeletionRequest {
        resume: report.resume.clone().into_bytes(),
        ..request.clone()
    }
}

/// All slices until it is done, and the counts of their terms, added up.
pub fn finish(server: &mut Server, request: &DeletionRequest) -> Slice {
    let mut reports = slices(server, request);
    if request.part == Part::Content {
        reports.push(count_terms(server, request, reports.last().unwrap()));
    }
    let mut whole = Slice::default();
    for report in reports {
        whole.absorb(report.slice);
    }
    whole
}

/// The counts of the terms that a report names.
pub fn count_terms(server: &mut Server, request: &DeletionRequest, after: &Report) -> Report {
    let terms = DeletionRequest {
        part: Part::Terms,
        ..resumed(request, after)
    };
    deletion::run(server, &terms).unwrap()
}

/// All slices until it is done.
pub fn slices(server: &mut Server, request: &DeletionRequest) -> Vec<Report> {
    let mut request = request.clone();
    let mut reports = Vec::new();
    loop {
        server.use_tables(&tables()).unwrap();
        let report = deletion::run(server, &request).unwrap();
        request = resumed(&request, &report);
        let done = report.stopped == Stopped::Done;
        reports.push(report);
        if done {
            return reports;
        }
        assert!(reports.len() < 1000, "it never ends");
    }
}

/// Ids by post type, as text for comparison.
pub fn by_type(groups: &std::collections::BTreeMap<Vec<u8>, Vec<u64>>) -> Vec<(String, Vec<u64>)> {
    groups
        .iter()
        .map(|(name, ids)| {
            let mut ids = ids.clone();
            ids.sort_unstable();
            (String::from_utf8_lossy(name).into_owned(), ids)
        })
        .collect()
}
