//! What was done, or would be.

use std::collections::{BTreeMap, BTreeSet};

/// Rows written, by table and kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Rows inserted.
    pub inserted: u64,
    /// Rows changed.
    pub updated: u64,
    /// Rows deleted.
    pub deleted: u64,
}

/// Why a slice ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Everything asked for is done.
    Done,
    /// Time or number of posts ran out.
    Budget,
    /// A phase ended whose end must be on record before the next one begins.
    Phase,
}

impl Stopped {
    /// The word the report uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Budget => "budget",
            Self::Phase => "phase",
        }
    }
}

/// One slice of work. Ids are those whose caches, hooks and files are PHP's to look after; their
/// number is bounded by the slice.
#[derive(Debug, Clone, Default)]
pub struct Slice {
    /// Rows written per table, by WordPress's name without prefix.
    pub rows: BTreeMap<&'static str, Rows>,
    /// Posts deleted for good, by type; revisions and menu items that went along included.
    pub purged: BTreeMap<Vec<u8>, Vec<u64>>,
    /// Posts moved to the trash, by type.
    pub trashed: BTreeMap<Vec<u8>, Vec<u64>>,
    /// Posts handed to the heir, by type.
    pub reassigned: BTreeMap<Vec<u8>, Vec<u64>>,
    /// Published posts that were purged or trashed.
    pub unpublished: Unpublished,
    /// Posts that stay but have changed: a new parent, a lost featured image.
    pub changed_posts: BTreeSet<u64>,
    /// Comments deleted.
    pub deleted_comments: Vec<u64>,
    /// Comments that stay but have changed: `post-trashed`, or a new parent.
    pub changed_comments: Vec<u64>,
    /// Terms whose count was written, by taxonomy: term ids.
    pub counted_terms: BTreeMap<String, Vec<u64>>,
    /// Terms that a taxonomy's own callback has to count, by taxonomy: term taxonomy ids.
    pub terms_to_count: BTreeMap<String, Vec<u64>>,
    /// Links deleted or reassigned.
    pub links: Vec<u64>,
}

/// How many published posts have left the public site, by type and by how they left.
#[derive(Debug, Clone, Default)]
pub struct Unpublished {
    /// By deletion.
    pub purged: BTreeMap<Vec<u8>, u64>,
    /// By trashing.
    pub trashed: BTreeMap<Vec<u8>, u64>,
}

impl Slice {
    /// The counters of one table.
    pub fn rows(&mut self, table: &'static str) -> &mut Rows {
        self.rows.entry(table).or_default()
    }

    /// Whether any row was written.
    pub fn has_work(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Adds what a committed batch has done.
    pub fn absorb(&mut self, batch: Self) {
        for (table, rows) in batch.rows {
            let own = self.rows(table);
            own.inserted += rows.inserted;
            own.updated += rows.updated;
            own.deleted += rows.deleted;
        }
        for (own, new) in [
            (&mut self.purged, batch.purged),
            (&mut self.trashed, batch.trashed),
            (&mut self.reassigned, batch.reassigned),
        ] {
            for (post_type, ids) in new {
                own.entry(post_type).or_default().extend(ids);
            }
        }
        for (own, new) in [
            (&mut self.unpublished.purged, batch.unpublished.purged),
            (&mut self.unpublished.trashed, batch.unpublished.trashed),
        ] {
            for (post_type, count) in new {
                *own.entry(post_type).or_default() += count;
            }
        }
        self.changed_posts.extend(batch.changed_posts);
        self.deleted_comments.extend(batch.deleted_comments);
        self.changed_comments.extend(batch.changed_comments);
        for (own, new) in [
            (&mut self.counted_terms, batch.counted_terms),
            (&mut self.terms_to_count, batch.terms_to_count),
        ] {
            for (taxonomy, ids) in new {
                own.entry(taxonomy).or_default().extend(ids);
            }
        }
        self.links.extend(batch.links);
    }
}

/// A finished slice with the way to go on.
#[derive(Debug, Clone)]
pub struct Report {
    /// What was done.
    pub slice: Slice,
    /// Why it stopped.
    pub stopped: Stopped,
    /// Hand this to the next call.
    pub resume: String,
    /// Name of the phase the next call begins with.
    pub phase: &'static str,
    /// Bytes of the notes that these batches have left in the job's row. When more is there, a batch
    /// was kept of which nobody here knows.
    pub noted: usize,
    /// Statements sent.
    pub statements: u64,
    /// Seconds taken.
    pub seconds: f64,
}

/// What a deletion would do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Posts per type and action (`purge`, `trash`, `reassign`, `keep`).
    pub posts: BTreeMap<Vec<u8>, BTreeMap<&'static str, u64>>,
    /// Rows that would be deleted, changed or inserted, per table.
    pub rows: BTreeMap<&'static str, Rows>,
}
