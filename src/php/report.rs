//! What was done, as PHP arrays.

use std::collections::BTreeMap;

use ext_php_rs::boxed::ZBox;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::types::ZendHashTable;

use crate::error::{Error, Result};
use crate::report::{Plan, Report, Rows, Stopped};

type Array = ZBox<ZendHashTable>;

pub(super) fn of_slice(report: Report) -> Result<Array> {
    let slice = report.slice;
    let mut array = ZendHashTable::new();
    put(&mut array, "done", report.stopped == Stopped::Done)?;
    put(&mut array, "stopped", report.stopped.as_str())?;
    put(&mut array, "phase", report.phase)?;
    put(&mut array, "resume", report.resume)?;
    put(&mut array, "rows", rows(slice.rows)?)?;
    put(&mut array, "purged", ids_by(slice.purged)?)?;
    put(&mut array, "trashed", ids_by(slice.trashed)?)?;
    put(&mut array, "reassigned", ids_by(slice.reassigned)?)?;
    let mut unpublished = ZendHashTable::new();
    put(
        &mut unpublished,
        "purged",
        counts(slice.unpublished.purged)?,
    )?;
    put(
        &mut unpublished,
        "trashed",
        counts(slice.unpublished.trashed)?,
    )?;
    put(&mut array, "unpublished", unpublished)?;
    put(&mut array, "changed_posts", ids(slice.changed_posts)?)?;
    put(&mut array, "deleted_comments", ids(slice.deleted_comments)?)?;
    put(&mut array, "changed_comments", ids(slice.changed_comments)?)?;
    put(&mut array, "counted_terms", ids_by(slice.counted_terms)?)?;
    put(&mut array, "terms_to_count", ids_by(slice.terms_to_count)?)?;
    put(&mut array, "links", ids(slice.links)?)?;
    put(&mut array, "noted", number(report.noted)?)?;
    put(&mut array, "statements", number(report.statements)?)?;
    put(&mut array, "seconds", report.seconds)?;
    Ok(array)
}

pub(super) fn of_plan(plan: Plan) -> Result<Array> {
    let mut posts = ZendHashTable::new();
    for (post_type, actions) in plan.posts {
        let mut counts = ZendHashTable::new();
        for (action, count) in actions {
            put(&mut counts, action, number(count)?)?;
        }
        put(&mut posts, &String::from_utf8_lossy(&post_type), counts)?;
    }
    let mut array = ZendHashTable::new();
    put(&mut array, "posts", posts)?;
    put(&mut array, "rows", rows(plan.rows)?)?;
    Ok(array)
}

fn rows(tables: BTreeMap<&'static str, Rows>) -> Result<Array> {
    let mut array = ZendHashTable::new();
    for (table, rows) in tables {
        let mut kinds = ZendHashTable::new();
        put(&mut kinds, "inserted", number(rows.inserted)?)?;
        put(&mut kinds, "updated", number(rows.updated)?)?;
        put(&mut kinds, "deleted", number(rows.deleted)?)?;
        put(&mut array, table, kinds)?;
    }
    Ok(array)
}

fn ids_by<K: AsRef<[u8]>>(groups: BTreeMap<K, Vec<u64>>) -> Result<Array> {
    let mut array = ZendHashTable::new();
    for (name, group) in groups {
        put(
            &mut array,
            &String::from_utf8_lossy(name.as_ref()),
            ids(group)?,
        )?;
    }
    Ok(array)
}

fn counts(groups: BTreeMap<Vec<u8>, u64>) -> Result<Array> {
    let mut array = ZendHashTable::new();
    for (name, count) in groups {
        put(&mut array, &String::from_utf8_lossy(&name), number(count)?)?;
    }
    Ok(array)
}

fn ids(ids: impl IntoIterator<Item = u64>) -> Result<Vec<i64>> {
    ids.into_iter().map(number).collect()
}

/// Ids are BIGINT UNSIGNED; PHP's integers end at half of that.
fn number(value: impl TryInto<i64>) -> Result<i64> {
    value
        .try_into()
        .map_err(|_| Error::internal("a number is beyond what PHP can hold"))
}

fn put(array: &mut ZendHashTable, key: &str, value: impl IntoZval) -> Result<()> {
    array
        .insert(key, value)
        .map_err(|_| Error::internal(format!("{key} could not be reported")))
}
