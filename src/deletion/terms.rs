//! Counts of terms.

use std::collections::{BTreeMap, HashMap};

use super::batch::{self, Batch, in_lists};
use super::ledger::Entry;
use super::second::{Second, Share};
use crate::db::value::Param;
use crate::db::{Connection, Server, Transaction};
use crate::error::Result;
use crate::request::{Counting, DeletionRequest};
use crate::sql;

/// Counts terms anew, each taxonomy in its own way. Counts are read first and written after, as core
/// does: counting inside the UPDATE would lock every post of a large term.
pub(super) fn count(
    server: &mut Server,
    second: &mut Second,
    entry: &Entry<'_>,
    request: &DeletionRequest,
    terms: &[u64],
) -> Result<Batch> {
    let (report, alike) =
        server.read(|connection| group_by_counting(connection, request, terms))?;
    let mut counts = Vec::with_capacity(terms.len());
    for (counting, terms) in alike {
        counts.extend(count_alike(server, second, request, counting, &terms)?);
    }
    // Noted even when there is no count to write: a taxonomy may have a callback for it.
    batch::commit(server, entry, |transaction| {
        let mut batch = report.clone();
        write(transaction, &counts, &mut batch)?;
        Ok(batch)
    })
}

/// Terms that are counted in the same way. Categories and tags count the same posts: they are gone
/// through once.
type Alike<'a> = Vec<(&'a Counting, Vec<u64>)>;

/// What to report, and which terms have a count to write.
fn group_by_counting<'a>(
    connection: &mut Connection,
    request: &'a DeletionRequest,
    terms: &[u64],
) -> Result<(Batch, Alike<'a>)> {
    let mut batch = Batch::default();
    let mut by_taxonomy: BTreeMap<String, Vec<(u64, u64)>> = BTreeMap::new();
    in_lists(terms, |terms| {
        for row in connection.query(&sql::terms::DESCRIBE, &[Param::Ids(terms)])? {
            let taxonomy = String::from_utf8_lossy(row.bytes(2)?).into_owned();
            by_taxonomy
                .entry(taxonomy)
                .or_default()
                .push((row.id(0)?, row.id(1)?));
        }
        Ok(())
    })?;

    let mut alike = Alike::new();
    for (name, terms) in by_taxonomy {
        let Some(taxonomy) = request.taxonomies.get(&name) else {
            continue;
        };
        let ids: Vec<u64> = terms.iter().map(|(id, _)| *id).collect();
        if taxonomy.counting == Counting::Callback {
            batch.slice.terms_to_count.insert(name, ids);
            continue;
        }
        match alike.iter_mut().find(|(way, _)| *way == &taxonomy.counting) {
            Some((_, all)) => all.extend(ids),
            None => alike.push((&taxonomy.counting, ids)),
        }
        batch
            .slice
            .counted_terms
            .insert(name, terms.into_iter().map(|(_, term)| term).collect());
    }
    Ok((batch, alike))
}

/// `(term, count)` for each term; terms without objects get 0. Where there is a second connection, it counts
/// half of the objects.
fn count_alike(
    server: &mut Server,
    second: &mut Second,
    request: &DeletionRequest,
    counting: &Counting,
    terms: &[u64],
) -> Result<Vec<(u64, u64)>> {
    let halves = second.read_in_halves(server, request, |connection, share| {
        counts_of(connection, counting, terms, share)
    })?;
    let count = |term| halves.iter().filter_map(|found| found.get(term)).sum();
    Ok(terms.iter().map(|term| (*term, count(term))).collect())
}

/// Objects of each term that has any, in a share.
fn counts_of(
    connection: &mut Connection,
    counting: &Counting,
    terms: &[u64],
    share: Share,
) -> Result<HashMap<u64, u64>> {
    let mut counts = HashMap::with_capacity(terms.len());
    let mut add = |sql: &sql::Sql, params: &[Param<'_>]| -> Result<()> {
        for row in connection.query(sql, params)? {
            *counts.entry(row.id(0)?).or_default() += row.id(1)?;
        }
        Ok(())
    };
    in_lists(terms, |terms| match counting {
        Counting::Posts {
            types,
            attachments,
            statuses,
        } => {
            let statuses: Vec<&[u8]> = statuses.iter().map(Vec::as_slice).collect();
            if statuses.is_empty() {
                return Ok(());
            }
            if *attachments {
                add(
                    &sql::terms::COUNT_ATTACHMENTS,
                    &[
                        Param::Ids(terms),
                        Param::Names(&statuses),
                        Param::Names(&statuses),
                        share.left_out(),
                    ],
                )?;
            }
            if !types.is_empty() {
                let types: Vec<&[u8]> = types.iter().map(Vec::as_slice).collect();
                add(
                    &sql::terms::COUNT_POSTS,
                    &[
                        Param::Ids(terms),
                        Param::Names(&statuses),
                        Param::Names(&types),
                        share.left_out(),
                    ],
                )?;
            }
            Ok(())
        }
        Counting::Objects => add(
            &sql::terms::COUNT_OBJECTS,
            &[Param::Ids(terms), share.left_out()],
        ),
        Counting::Callback => Ok(()),
    })?;
    Ok(counts)
}

fn write(
    transaction: &mut Transaction<'_>,
    counts: &[(u64, u64)],
    batch: &mut Batch,
) -> Result<()> {
    in_lists(counts, |counts| {
        let ids: Vec<u64> = counts.iter().map(|(id, _)| *id).collect();
        let cases = counts
            .iter()
            .map(|(id, count)| (*id, Param::Id(*count)))
            .collect();
        batch.slice.rows("term_taxonomy").updated += transaction.execute(
            &sql::terms::SET_COUNTS,
            &[Param::Cases(cases), Param::Ids(&ids)],
        )?;
        Ok(())
    })
}
