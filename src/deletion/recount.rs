//! Terms that would lose objects, and those whose counts would change by that.

use std::collections::BTreeSet;

use super::links::LINK_CATEGORY;
use super::trash::is_recounted;
use crate::db::value::Row;
use crate::error::Result;
use crate::request::{ATTACHMENT, Counting, DeletionRequest};

/// Adds up relationships of what goes.
pub(super) struct Recount<'a> {
    request: &'a DeletionRequest,
    taxonomies: Vec<&'a str>,
    /// Relationships that go.
    pub(super) deleted: u64,
    counted_anew: BTreeSet<u64>,
    losing: BTreeSet<u64>,
}

impl<'a> Recount<'a> {
    pub(super) fn new(request: &'a DeletionRequest) -> Self {
        Self {
            request,
            taxonomies: request.taxonomies.keys().map(String::as_str).collect(),
            deleted: 0,
            counted_anew: BTreeSet::new(),
            losing: BTreeSet::new(),
        }
    }

    /// Names of the registered taxonomies, among which the answers to [`Recount::posts`] give places.
    pub(super) fn names(&self) -> Vec<&'a [u8]> {
        let names: Vec<&[u8]> = self.taxonomies.iter().map(|name| name.as_bytes()).collect();
        if names.is_empty() { vec![b""] } else { names }
    }

    /// One row of [`crate::sql::plan::RELATIONSHIPS`].
    pub(super) fn posts(&mut self, row: &Row) -> Result<()> {
        let place = usize::try_from(row.id(5)?).unwrap_or(0).checked_sub(1);
        let Some(taxonomy) = place.and_then(|place| self.taxonomies.get(place).copied()) else {
            return Ok(());
        };
        let relation = Relation {
            post_type: row.bytes(0)?,
            status: row.bytes(1)?,
            inherited: row.bytes(2)?,
            to_trash: row.id(3)? == 1,
            taxonomy,
        };
        let term = row.id(4)?;
        let belongs = self
            .request
            .post_type(relation.post_type)
            .is_some_and(|known| known.taxonomies.iter().any(|name| name == taxonomy));
        let (post_type, status) = (relation.post_type, relation.status);
        if relation.to_trash {
            if is_recounted(self.request, post_type, status, taxonomy) {
                self.counted_anew.insert(term);
            }
        } else if belongs {
            self.deleted += row.id(6)?;
            self.counted_anew.insert(term);
        }
        if self.is_lost(&relation, belongs) {
            self.losing.insert(term);
        }
        Ok(())
    }

    /// One row of [`crate::sql::plan::LINK_CATEGORIES`].
    pub(super) fn links(&mut self, row: &Row) -> Result<()> {
        if self.request.taxonomies.contains_key(LINK_CATEGORY) {
            let term = row.id(0)?;
            self.deleted += row.id(1)?;
            self.counted_anew.insert(term);
            self.losing.insert(term);
        }
        Ok(())
    }

    /// Terms whose counts change, if they were right before.
    pub(super) fn changed(&self) -> u64 {
        self.counted_anew.intersection(&self.losing).count() as u64
    }

    /// Whether an object that has counted does not any more. A taxonomy that counts in a way of its own is
    /// taken to count its objects.
    fn is_lost(&self, relation: &Relation<'_>, belongs: bool) -> bool {
        let Some(taxonomy) = self.request.taxonomies.get(relation.taxonomy) else {
            return false;
        };
        match &taxonomy.counting {
            Counting::Posts {
                types,
                attachments,
                statuses,
            } => {
                let counts = |status: &[u8]| statuses.iter().any(|known| known == status);
                let has_counted = if relation.post_type == ATTACHMENT {
                    let inherits = relation.status == b"inherit" && counts(relation.inherited);
                    *attachments && (counts(relation.status) || inherits)
                } else {
                    types.iter().any(|name| name == relation.post_type) && counts(relation.status)
                };
                has_counted && !(relation.to_trash && counts(b"trash"))
            }
            Counting::Objects | Counting::Callback => belongs && !relation.to_trash,
        }
    }
}

/// Posts that are alike, in one term.
struct Relation<'a> {
    post_type: &'a [u8],
    status: &'a [u8],
    /// The parent's status where it counts instead.
    inherited: &'a [u8],
    to_trash: bool,
    taxonomy: &'a str,
}
