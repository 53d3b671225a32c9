//! What is asked for: checked once at the door, read by everything behind it.

use std::collections::HashMap;

use crate::db::LONGEST_LIST;
use crate::error::{Error, Result};

/// The id of a user: positive and within what both PHP and `BIGINT UNSIGNED` can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserId(u64);

impl UserId {
    /// # Errors
    ///
    /// [`Error::Argument`] for `name` unless the id is positive.
    pub fn new(name: &str, id: i64) -> Result<Self> {
        match u64::try_from(id) {
            Ok(id) if id > 0 => Ok(Self(id)),
            _ => Err(Error::argument(name, "must be a positive integer")),
        }
    }

    /// The number itself.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// What becomes of the user's content.
#[derive(Debug, Clone)]
pub enum ContentPolicy {
    /// Each post type as [`PostType::action`] says.
    Delete,
    /// Posts of every type and status, and links, go to this user.
    ReassignTo(UserId),
}

/// What becomes of the posts of one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Deleted for good.
    Purge,
    /// Moved to the trash; deleted for good if it lay there when the deletion began.
    Trash,
    /// Left alone. Such a type still matters for posts that go along with others, such as menu items.
    Keep,
}

/// The type whose posts are files: their names are unique across types, their children stay with
/// them, and other posts refer to them as featured images.
pub const ATTACHMENT: &[u8] = b"attachment";

/// What the engine needs to know of a registered post type.
#[derive(Debug, Clone)]
pub struct PostType {
    /// The type's name.
    pub name: Vec<u8>,
    /// What becomes of the user's posts of it.
    pub action: Action,
    /// Whether children move up to the grandparent.
    pub hierarchical: bool,
    /// Taxonomies whose relationships go with a post of this type.
    pub taxonomies: Vec<String>,
}

/// How a taxonomy counts its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counting {
    /// Posts of these types in these statuses: core's `_update_post_term_count()`.
    Posts {
        /// Post types other than `attachment`.
        types: Vec<Vec<u8>>,
        /// Whether attachments count, by their own or their parent's status.
        attachments: bool,
        /// Statuses that count.
        statuses: Vec<Vec<u8>>,
    },
    /// Every object: core's `_update_generic_term_count()`.
    Objects,
    /// By a callback of its own, which PHP calls with the ids the report names.
    Callback,
}

/// What the engine needs to know of a registered taxonomy.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    /// How its terms are counted.
    pub counting: Counting,
    /// Old statuses whose posts have their terms recounted when they are trashed; `None` for every
    /// status (WordPress before 6.9).
    pub recount_when_trashed_from: Option<Vec<Vec<u8>>>,
}

/// The clock of the request, in WordPress's terms.
#[derive(Debug, Clone)]
pub struct TrashTime {
    /// Unix time for `_wp_trash_meta_time`.
    pub unix: u64,
    /// `post_modified`, site time zone.
    pub local: Vec<u8>,
    /// `post_modified_gmt`.
    pub gmt: Vec<u8>,
}

/// How much one call may do.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Seconds after which no new batch begins.
    pub seconds: f64,
    /// Posts after which no new batch begins; bounds the size of the report.
    pub posts: usize,
    /// Most posts per batch, which is one transaction.
    pub batch: usize,
    /// Seconds a transaction should take; batches are made as large as that allows.
    pub transaction: f64,
    /// How much of the time is spent working, above 0 and at most 2; the rest is left to others between
    /// transactions. Above 1 there is more work than one connection does: two work at once, where
    /// that leaves the same.
    pub pace: f64,
}

impl Budget {
    /// Most posts per batch: as many as a statement's list may name.
    pub const LARGEST_BATCH: usize = LONGEST_LIST;
    /// Below this a deletion would rest for minutes at a time.
    pub const SLOWEST_PACE: f64 = 0.01;
    /// Two connections without a rest.
    pub const FASTEST_PACE: f64 = 2.0;

    /// How many connections it takes to keep the pace.
    pub fn connections(&self) -> u8 {
        if self.pace > 1.0 { 2 } else { 1 }
    }
}

/// Which part of the deletion a call works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Posts with all that hangs from them, then links.
    Content,
    /// Exactly these posts of the user, deleted for good. PHP names them when it has to see the rows
    /// before they go: to know an attachment's files, or because somebody listens.
    Purge(Vec<u64>),
    /// Exactly these posts of the user, moved to the trash.
    Trash(Vec<u64>),
    /// The counts of all terms that the parts before have noted in the resume point. Only when every
    /// post has its last status can they be told.
    Terms,
    /// The user's metas and row, last of all.
    User,
}

/// The row in WordPress's table of jobs that this call works for, and the word by which it was
/// claimed. A batch that does not find it so is undone.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The row's id.
    pub job: u64,
    /// The claim's word.
    pub owner: Vec<u8>,
    /// For how many seconds each batch renews the claim.
    pub lease: u64,
}

/// A whole request.
#[derive(Debug, Clone)]
pub struct DeletionRequest {
    /// Who goes.
    pub user: UserId,
    /// What becomes of the content.
    pub policy: ContentPolicy,
    /// Which part of the work this call does.
    pub part: Part,
    /// Meta key and value of the row in `usermeta` that shows both connections the same database.
    pub proof: (Vec<u8>, Vec<u8>),
    /// Every registered post type.
    pub post_types: Vec<PostType>,
    /// Every registered taxonomy.
    pub taxonomies: HashMap<String, Taxonomy>,
    /// Statuses that hide a menu item from core's search for it (`exclude_from_search`).
    pub hidden_statuses: Vec<Vec<u8>>,
    /// The clock.
    pub trash_time: TrashTime,
    /// How much this call may do.
    pub budget: Budget,
    /// Where the previous call stopped, as it reported; empty on the first.
    pub resume: Vec<u8>,
    /// The job, if there is one.
    pub claim: Option<Claim>,
}

impl DeletionRequest {
    /// Checks what only the whole request can tell.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] or [`Error::ReassignTarget`].
    pub fn check(&self) -> Result<()> {
        if let ContentPolicy::ReassignTo(heir) = self.policy {
            if heir == self.user {
                return Err(Error::ReassignTarget {
                    reason: format!("user {} cannot inherit from itself", heir.get()),
                });
            }
        }
        if !(1..=Budget::LARGEST_BATCH).contains(&self.budget.batch) {
            return Err(Error::argument(
                "request.budget.batch",
                format!("must be between 1 and {}", Budget::LARGEST_BATCH),
            ));
        }
        let budget = self.budget;
        if budget.posts == 0
            || [budget.seconds, budget.transaction]
                .iter()
                .any(|seconds| !seconds.is_finite() || *seconds <= 0.0)
        {
            return Err(Error::argument("request.budget", "must allow some work"));
        }
        if !(Budget::SLOWEST_PACE..=Budget::FASTEST_PACE).contains(&budget.pace) {
            return Err(Error::argument(
                "request.budget.pace",
                format!(
                    "must be between {} and {}",
                    Budget::SLOWEST_PACE,
                    Budget::FASTEST_PACE
                ),
            ));
        }
        for post_type in &self.post_types {
            for taxonomy in &post_type.taxonomies {
                if !self.taxonomies.contains_key(taxonomy) {
                    return Err(Error::argument(
                        "request.taxonomies",
                        format!("lacks {taxonomy}, which a post type uses"),
                    ));
                }
            }
        }
        Ok(())
    }

    /// The registered type of this exact name.
    pub fn post_type(&self, name: &[u8]) -> Option<&PostType> {
        self.post_types
            .iter()
            .find(|post_type| post_type.name == name)
    }

    /// Names of the types with this action, or with a name that no row has when there is none, so
    /// that it can stand in `IN (?)` as in core.
    pub fn types_to(&self, actions: &[Action]) -> Vec<&[u8]> {
        let names: Vec<&[u8]> = self
            .post_types
            .iter()
            .filter(|post_type| actions.contains(&post_type.action))
            .map(|post_type| post_type.name.as_slice())
            .collect();
        if names.is_empty() { vec![b""] } else { names }
    }
}
