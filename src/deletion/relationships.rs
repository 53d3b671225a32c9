//! Which terms objects have, and taking them out of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::batch::{Batch, in_lists};
use crate::db::Transaction;
use crate::db::value::Param;
use crate::error::Result;
use crate::request::DeletionRequest;
use crate::sql;

/// The taxonomy of each term met so far, by term taxonomy id. A site has few terms beside its posts,
/// so they are asked for once and not with every batch.
#[derive(Debug, Default)]
pub(super) struct Taxonomies(HashMap<u64, Option<Arc<str>>>);

/// A relationship of an object with a term that exists, in a registered taxonomy.
#[derive(Debug)]
pub(super) struct Relationship {
    pub(super) object: u64,
    pub(super) term_taxonomy: u64,
    pub(super) taxonomy: Arc<str>,
}

impl Taxonomies {
    /// The relationships of these objects. Core: `wp_get_object_terms()`, which leaves out terms
    /// without a row and taxonomies that are not registered.
    pub(super) fn relationships(
        &mut self,
        transaction: &mut Transaction<'_>,
        request: &DeletionRequest,
        objects: &[u64],
    ) -> Result<Vec<Relationship>> {
        let mut pairs = Vec::new();
        in_lists(objects, |objects| {
            for row in transaction.query(&sql::terms::OF_OBJECTS, &[Param::Ids(objects)])? {
                pairs.push((row.id(0)?, row.id(1)?));
            }
            Ok(())
        })?;
        self.learn(transaction, request, pairs.iter().map(|(_, term)| *term))?;
        Ok(pairs
            .into_iter()
            .filter_map(|(object, term_taxonomy)| {
                let taxonomy = Arc::clone(self.0.get(&term_taxonomy)?.as_ref()?);
                Some(Relationship {
                    object,
                    term_taxonomy,
                    taxonomy,
                })
            })
            .collect())
    }

    fn learn(
        &mut self,
        transaction: &mut Transaction<'_>,
        request: &DeletionRequest,
        terms: impl Iterator<Item = u64>,
    ) -> Result<()> {
        let unknown: BTreeSet<u64> = terms.filter(|term| !self.0.contains_key(term)).collect();
        let unknown: Vec<u64> = unknown.into_iter().collect();
        let names: Vec<&[u8]> = request.taxonomies.keys().map(String::as_bytes).collect();
        if names.is_empty() {
            return Ok(());
        }
        let shared: Vec<Arc<str>> = request
            .taxonomies
            .keys()
            .map(|name| Arc::from(&**name))
            .collect();
        in_lists(&unknown, |unknown| {
            let params = [Param::Names(&names), Param::Ids(unknown)];
            let rows = transaction.query(&sql::terms::TAXONOMIES, &params)?;
            self.0.extend(unknown.iter().map(|term| (*term, None)));
            for row in rows {
                let place = usize::try_from(row.id(1)?).unwrap_or(0);
                let taxonomy = place.checked_sub(1).and_then(|place| shared.get(place));
                self.0.insert(row.id(0)?, taxonomy.cloned());
            }
            Ok(())
        })
    }
}

/// Takes objects out of the terms of these relationships, which are all that the objects have in
/// certain taxonomies, and notes which terms have lost one. Core:
/// `wp_delete_object_term_relationships()`.
pub(super) fn remove(
    transaction: &mut Transaction<'_>,
    relationships: &[&Relationship],
    batch: &mut Batch,
) -> Result<()> {
    let objects: BTreeSet<u64> = relationships.iter().map(|pair| pair.object).collect();
    let objects: Vec<u64> = objects.into_iter().collect();
    let terms: BTreeSet<u64> = relationships
        .iter()
        .map(|pair| pair.term_taxonomy)
        .collect();
    let list: Vec<u64> = terms.iter().copied().collect();
    in_lists(&objects, |objects| {
        batch.slice.rows("term_relationships").deleted += transaction.execute(
            &sql::terms::DELETE,
            &[Param::Ids(objects), Param::Ids(&list)],
        )?;
        Ok(())
    })?;
    batch.terms.extend(terms);
    Ok(())
}
