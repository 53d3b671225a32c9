//! Counts of terms.

use std::collections::{BTreeMap, HashMap};

use roaring::RoaringTreemap;

use super::batch::{self, Batch, in_lists};
use super::ledger::Entry;
use super::second::{Second, Share};
use crate::db::value::Param;
use crate::db::{Connection, Server, Transaction};
use crate::error::Result;
use crate::request::{Counting, DeletionRequest};
use crate::sql::{self, Sql};

/// Counts terms anew, each taxonomy in its own way. Counts are read first and written after, as core
/// does: counting inside the UPDATE would lock every post of a large term.
pub(super) fn count(
    server: &mut Server,
    second: &mut Second,
    entry: &Entry<'_>,
    request: &DeletionRequest,
    terms: &[u64],
) -> Result<Batch> {
    let (report, ways) = server.read(|connection| group_by_way(connection, request, terms))?;
    let mut counts = Vec::with_capacity(terms.len());
    for way in ways {
        counts.extend(count_alike(server, second, request, &way)?);
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
struct Way<'a> {
    counting: &'a Counting,
    terms: Vec<u64>,
    /// What they were counted to have before.
    objects: u64,
}

/// What to report, and which terms have a count to write.
fn group_by_way<'a>(
    connection: &mut Connection,
    request: &'a DeletionRequest,
    terms: &[u64],
) -> Result<(Batch, Vec<Way<'a>>)> {
    let mut batch = Batch::default();
    let mut by_taxonomy: BTreeMap<String, Vec<(u64, u64, u64)>> = BTreeMap::new();
    in_lists(terms, |terms| {
        for row in connection.query(&sql::terms::DESCRIBE, &[Param::Ids(terms)])? {
            let taxonomy = String::from_utf8_lossy(row.bytes(2)?).into_owned();
            by_taxonomy
                .entry(taxonomy)
                .or_default()
                .push((row.id(0)?, row.id(1)?, row.id(3)?));
        }
        Ok(())
    })?;

    let mut ways: Vec<Way<'_>> = Vec::new();
    for (name, terms) in by_taxonomy {
        let Some(taxonomy) = request.taxonomies.get(&name) else {
            continue;
        };
        let ids: Vec<u64> = terms.iter().map(|(id, ..)| *id).collect();
        let objects = terms.iter().map(|(.., objects)| objects).sum();
        if taxonomy.counting == Counting::Callback {
            batch.slice.terms_to_count.insert(name, ids);
            continue;
        }
        let counting = &taxonomy.counting;
        match ways.iter_mut().find(|way| way.counting == counting) {
            Some(way) => {
                way.terms.extend(ids);
                way.objects += objects;
            }
            None => ways.push(Way {
                counting,
                terms: ids,
                objects,
            }),
        }
        batch
            .slice
            .counted_terms
            .insert(name, terms.into_iter().map(|(_, term, _)| term).collect());
    }
    Ok((batch, ways))
}

/// `(term, count)` for each term; terms without objects get 0. Where there is a second connection, it looks up
/// half of the objects. Lists it would have to read to the end, too, to leave out the other half.
fn count_alike(
    server: &mut Server,
    second: &mut Second,
    request: &DeletionRequest,
    way: &Way<'_>,
) -> Result<Vec<(u64, u64)>> {
    let parts = if are_lists_quicker(server, way)? {
        vec![server.read(|connection| counts_of(connection, way, Share::All, true))?]
    } else {
        second.read_in_halves(server, request, |connection, share| {
            counts_of(connection, way, share, false)
        })?
    };
    let count = |term| parts.iter().filter_map(|found| found.get(term)).sum();
    Ok(way.terms.iter().map(|term| (*term, count(term))).collect())
}

/// Objects of terms from which on it is worth asking which way of counting is the quicker one.
const MANY: u64 = 10_000;

/// How many rows of the table of posts are read in the order of an index while one of them is looked up.
const ROWS_A_LOOKUP: u64 = 8;

/// The server looks up each object of a term among the posts, almost always on another page. When these terms
/// have many of them, it is quicker to read both lists, in the order of their indexes, and to compare them here.
fn are_lists_quicker(server: &mut Server, way: &Way<'_>) -> Result<bool> {
    if way.objects < MANY || !matches!(way.counting, Counting::Posts { .. }) {
        return Ok(false);
    }
    server.read(|connection| {
        let posts = connection.tables().quoted(b"posts")?.trim_matches('`');
        let posts = posts.to_owned();
        let rows = connection.ids(&sql::schema::ROWS, &[Param::Bytes(posts.as_bytes())])?;
        Ok(rows
            .first()
            .is_some_and(|rows| way.objects >= *rows / ROWS_A_LOOKUP))
    })
}

/// Objects of each term that has any, in a share; in all of them where they come from lists.
fn counts_of(
    connection: &mut Connection,
    way: &Way<'_>,
    share: Share,
    from_lists: bool,
) -> Result<HashMap<u64, u64>> {
    let mut counts = HashMap::with_capacity(way.terms.len());
    let mut count = |sql: &Sql, others: &[Param<'_>]| {
        in_lists(&way.terms, |terms| {
            let params = [&[Param::Ids(terms)], others].concat();
            connection.each(sql, &params, |[term, count]| {
                *counts.entry(term).or_default() += count;
            })
        })
    };
    match way.counting {
        Counting::Posts {
            types: names,
            attachments,
            statuses,
        } if !statuses.is_empty() => {
            let types: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
            let statuses: Vec<&[u8]> = statuses.iter().map(Vec::as_slice).collect();
            let statuses = Param::Names(&statuses);
            if *attachments {
                let params = [statuses.clone(), statuses.clone(), share.left_out()];
                count(&sql::terms::COUNT_ATTACHMENTS, &params)?;
            }
            let types = Param::Names(&types);
            match (names.is_empty(), from_lists) {
                (true, _) => {}
                (false, false) => {
                    count(
                        &sql::terms::COUNT_POSTS,
                        &[statuses, types, share.left_out()],
                    )?;
                }
                (false, true) => {
                    count_from_lists(connection, &way.terms, &[statuses, types], &mut counts)?;
                }
            }
        }
        Counting::Objects => count(&sql::terms::COUNT_OBJECTS, &[share.left_out()])?,
        Counting::Posts { .. } | Counting::Callback => {}
    }
    Ok(counts)
}

/// The same, where they are posts.
fn count_from_lists(
    connection: &mut Connection,
    terms: &[u64],
    posts: &[Param<'_>],
    counts: &mut HashMap<u64, u64>,
) -> Result<()> {
    let mut counted = RoaringTreemap::new();
    connection.each(&sql::terms::COUNTED_POSTS, posts, |[id]| {
        counted.insert(id);
    })?;
    in_lists(terms, |terms| {
        connection.each(
            &sql::terms::OBJECTS,
            &[Param::Ids(terms)],
            |[term, object]| {
                if counted.contains(object) {
                    *counts.entry(term).or_default() += 1;
                }
            },
        )
    })
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
