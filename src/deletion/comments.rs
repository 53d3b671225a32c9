//! Comments that go with their posts.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::batch::{Batch, in_lists};
use super::range::Range;
use super::splice::{Node, Splice, set_parents};
use crate::db::Transaction;
use crate::db::value::Param;
use crate::error::Result;
use crate::sql;

/// Comments of the batch with their metas; replies elsewhere move to the nearest ancestor that stays.
/// Core: `wp_delete_comment()` for each, highest id first.
pub(super) fn remove_comments(
    transaction: &mut Transaction<'_>,
    posts: &[u64],
    batch: &mut Batch,
) -> Result<()> {
    let mut by_post: HashMap<u64, Vec<Node<()>>> = HashMap::new();
    in_lists(posts, |posts| {
        for row in transaction.take(&sql::comments::OF_POSTS, &[], &[Param::Ids(posts)])? {
            let node = Node {
                id: row.id(0)?,
                parent: row.id(2)?,
                kind: (),
            };
            by_post.entry(row.id(1)?).or_default().push(node);
        }
        Ok(())
    })?;
    let nodes: Vec<Node<()>> = posts
        .iter()
        .flat_map(|post| {
            let mut comments = by_post.remove(post).unwrap_or_default();
            comments.sort_unstable_by_key(|comment| Reverse(comment.id));
            comments
        })
        .collect();
    if nodes.is_empty() {
        return Ok(());
    }
    let ids: Vec<u64> = nodes.iter().map(|node| node.id).collect();
    let own: HashSet<u64> = ids.iter().copied().collect();
    // The other comment may be about to go, and its answers to move up.
    batch.depends_on_earlier = nodes
        .iter()
        .any(|comment| comment.parent != 0 && !own.contains(&comment.parent));
    let splice = Splice::new(&nodes, |(), ()| true);

    let mut moves = Vec::new();
    in_lists(&ids, |parents| {
        if !any_has_replies(transaction, parents)? {
            return Ok(());
        }
        for reply in transaction.query(&sql::comments::REPLIES, &[Param::Ids(parents)])? {
            moves.push((reply.id(0)?, splice.parent_after(reply.id(1)?, &())));
        }
        Ok(())
    })?;
    in_lists(&moves, |moves| {
        batch.slice.rows("comments").updated +=
            set_parents(transaction, &sql::comments::SET_PARENTS, moves)?;
        Ok(())
    })?;
    in_lists(&ids, |ids| {
        batch.slice.rows("commentmeta").deleted +=
            transaction.execute(&sql::comments::DELETE_METAS, &[Param::Ids(ids)])?;
        Ok(())
    })?;
    batch.slice.rows("comments").deleted += ids.len() as u64;
    batch
        .slice
        .changed_comments
        .extend(moves.into_iter().map(|(id, _)| id));
    batch.slice.deleted_comments.extend(ids);
    Ok(())
}

/// Might any of these comments have replies elsewhere? Asked without a lock, where what is there by now can be
/// read without one.
fn any_has_replies(transaction: &mut Transaction<'_>, comments: &[u64]) -> Result<bool> {
    let Some(Range { first, last }) = Range::of(comments) else {
        return Ok(false);
    };
    if !transaction.connection().locks_only_rows() {
        return Ok(true);
    }
    let found = transaction.ids(
        &sql::comments::ANY_REPLIES,
        &[Param::Id(first), Param::Id(last)],
    )?;
    Ok(!found.is_empty())
}
