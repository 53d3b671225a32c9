//! What is below the posts of a batch that go for good: revisions, which go with them, and posts that stay.

use std::collections::{HashMap, HashSet};

use super::batch::in_lists;
use super::purge::{Post, REVISION};
use super::range::Range;
use crate::db::Transaction;
use crate::db::value::Param;
use crate::error::Result;
use crate::sql;

/// What was found below a batch.
pub(super) struct Below {
    /// Gone revisions by parent, ascending; those of the batch itself included.
    pub(super) revisions: HashMap<u64, Vec<Post>>,
    pub(super) staying: Vec<Post>,
}

/// Which posts of a batch have others than its own below them, before they go; `None` where it is sooner asked of
/// each.
#[derive(Debug, Default)]
pub(super) struct Parents(Option<HashSet<u64>>);

impl Parents {
    /// Nothing is locked, so it is only read where what is there by now can be read without a lock.
    pub(super) fn read(transaction: &mut Transaction<'_>, ids: &[u64]) -> Result<Self> {
        let range = Range::of_close(ids).filter(|_| transaction.connection().locks_only_rows());
        let Some(Range { first, last }) = range else {
            return Ok(Self(None));
        };
        let params = [
            Param::Id(first),
            Param::Id(last),
            Param::Ids(ids),
            Param::Ids(ids),
        ];
        let parents = transaction.ids(&sql::posts::PARENTS_IN_RANGE, &params)?;
        Ok(Self(Some(parents.into_iter().collect())))
    }

    /// Keeps those of these posts that may have others below them.
    fn keep_of(&self, posts: &mut Vec<u64>) {
        if let Self(Some(parents)) = self {
            posts.retain(|id| parents.contains(id));
        }
    }
}

/// Takes the revisions below the batch, and below those revisions; finds the other posts below all
/// these. Attachments keep both, as in core.
pub(super) fn take_revisions(
    transaction: &mut Transaction<'_>,
    types: &[&[u8]],
    roots: &[Post],
    known: &Parents,
) -> Result<Below> {
    let mut parents: Vec<u64> = roots
        .iter()
        .filter(|post| !post.is_attachment())
        .map(|post| post.id)
        .collect();
    let adopting: HashSet<u64> = parents.iter().copied().collect();
    let mut revisions: Vec<Post> = roots
        .iter()
        .filter(|post| post.post_type == REVISION && adopting.contains(&post.parent))
        .cloned()
        .collect();
    known.keep_of(&mut parents);
    let mut staying = Vec::new();
    while !parents.is_empty() {
        let (found, others): (Vec<Post>, Vec<Post>) = lock_below(transaction, types, &parents)?
            .into_iter()
            .partition(|post| post.post_type == REVISION);
        staying.extend(others);
        parents = found.iter().map(|post| post.id).collect();
        in_lists(&parents, |ids| {
            transaction.execute(&sql::posts::DELETE, &[Param::Ids(ids)])?;
            Ok(())
        })?;
        revisions.extend(found);
    }
    revisions.sort_unstable_by_key(|post| post.id);
    let mut below: HashMap<u64, Vec<Post>> = HashMap::new();
    for revision in revisions {
        below.entry(revision.parent).or_default().push(revision);
    }
    Ok(Below {
        revisions: below,
        staying,
    })
}

/// Posts below these that go or move when these go: revisions, and those of these types.
pub(super) fn lock_below(
    transaction: &mut Transaction<'_>,
    types: &[&[u8]],
    parents: &[u64],
) -> Result<Vec<Post>> {
    let mut posts = Vec::new();
    in_lists(parents, |parents| {
        let params = [
            Param::Names(types),
            Param::Ids(parents),
            Param::Names(types),
        ];
        for row in transaction.query(&sql::posts::LOCK_BELOW, &params)? {
            posts.push(Post::from_row(&row)?);
        }
        Ok(())
    })?;
    Ok(posts)
}
