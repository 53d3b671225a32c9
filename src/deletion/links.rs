//! Links, which core's link manager keeps in a table of its own. Core: `wp_delete_link()`.

use super::batch::{self, Batch};
use super::ledger::Entry;
use super::reassign::lock_heir;
use super::relationships::{self, Relationship, Taxonomies};
use crate::db::Server;
use crate::db::value::Param;
use crate::error::Result;
use crate::request::{ContentPolicy, DeletionRequest};
use crate::sql;

/// The only taxonomy core takes a link out of; relationships in others stay.
pub(super) const LINK_CATEGORY: &str = "link_category";

/// Deletes or hands over the next links, at most so many; an empty batch says there were none left.
pub(super) fn batch(
    server: &mut Server,
    entry: &Entry<'_>,
    request: &DeletionRequest,
    taxonomies: &mut Taxonomies,
    limit: usize,
) -> Result<Batch> {
    if !server.connection()?.tables().has_links() {
        return Ok(Batch::default());
    }
    let params = [Param::Id(request.user.get()), Param::Id(limit as u64)];
    let links = server.read(|connection| connection.ids(&sql::links::NEXT_OF_OWNER, &params))?;
    if links.is_empty() {
        return Ok(Batch::default());
    }
    batch::commit(server, entry, |transaction| {
        let mut batch = Batch::default();
        match request.policy {
            ContentPolicy::Delete => {
                let relationships = taxonomies.relationships(transaction, request, &links)?;
                let categories: Vec<&Relationship> = relationships
                    .iter()
                    .filter(|pair| *pair.taxonomy == *LINK_CATEGORY)
                    .collect();
                if !categories.is_empty() {
                    relationships::remove(transaction, &categories, &mut batch)?;
                }
                batch.slice.rows("links").deleted +=
                    transaction.execute(&sql::links::DELETE, &[Param::Ids(&links)])?;
            }
            ContentPolicy::ReassignTo(_) => {
                let heir = lock_heir(transaction, request)?;
                batch.heir = Some(heir);
                batch.slice.rows("links").updated += transaction.execute(
                    &sql::links::REASSIGN,
                    &[Param::Id(heir), Param::Ids(&links)],
                )?;
            }
        }
        batch.slice.links.extend(&links);
        Ok(batch)
    })
}
