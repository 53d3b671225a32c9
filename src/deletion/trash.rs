//! Posts that go to the trash. Core: `wp_trash_post()`, of which only the change of status is meant:
//! content, title, guid, dates, terms and template stay as they are, and no revision is made.

use std::collections::BTreeMap;

use super::batch::{Batch, in_lists};
use super::candidates::{self, Candidate};
use super::relationships::Taxonomies;
use super::relay::Work;
use super::resume::Resume;
use super::slug_text;
use super::slugs;
use crate::db::value::Param;
use crate::db::{Server, Transaction};
use crate::error::Result;
use crate::request::{ATTACHMENT, Action, DeletionRequest};
use crate::sql;

/// Largest INSERT in bytes of values; well below the smallest `max_allowed_packet` in use.
const INSERT_BYTES: usize = 256 * 1024;

/// A post on its way to the trash.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) id: u64,
    pub(super) post_type: Vec<u8>,
    pub(super) status: Vec<u8>,
    pub(super) parent: u64,
    pub(super) name: Vec<u8>,
    /// As in [`Candidate`].
    pub(super) alike: u64,
}

/// Trashes posts.
pub(super) struct Trash<'a> {
    pub(super) request: &'a DeletionRequest,
}

impl Work for Trash<'_> {
    fn find(&self, server: &mut Server, from: &Resume, limit: usize) -> Result<Vec<Candidate>> {
        let types = self.request.types_to(&[Action::Trash]);
        let sql = &sql::posts::NEXT_TO_TRASH;
        let types = [Param::Names(&types)];
        let rows = candidates::next(server, sql, (self.request.user, from.after), &types, limit)?;
        rows.iter()
            .map(|row| {
                Ok(Candidate {
                    alike: row.id(1)?,
                    ..Candidate::of_its_own(row.id(0)?)
                })
            })
            .collect()
    }

    /// All, if none compete for a name.
    fn apart(&self, ahead: &[Candidate], found: &[Candidate]) -> Option<Vec<u64>> {
        let names = ahead.iter().chain(found).map(|post| post.alike);
        let compete = !ahead.is_empty() && slugs::any_alike(names);
        (!compete).then(|| candidates::ids(found))
    }

    /// Those that still are the user's and not in the trash.
    fn batch(
        &self,
        transaction: &mut Transaction<'_>,
        taxonomies: &mut Taxonomies,
        ids: &[u64],
    ) -> Result<Batch> {
        let request = self.request;
        let mut batch = Batch::default();
        let posts = lock(transaction, request, ids)?;
        if posts.is_empty() {
            return Ok(batch);
        }
        let ids: Vec<u64> = posts.iter().map(|post| post.id).collect();
        let comments = comments_of(transaction, &ids, &mut batch)?;

        insert_metas(transaction, request, &posts, &comments, &mut batch)?;
        let named = slugs::give_names(transaction, request, &posts)?;
        batch.depends_on_earlier = !named.is_empty();
        let (named, others): (Vec<u64>, Vec<u64>) = ids.iter().partition(|id| named.contains(id));
        set_status(transaction, request, &sql::posts::TRASH, &named, &mut batch)?;
        let with_suffix = &sql::posts::TRASH_WITH_SUFFIX;
        set_status(transaction, request, with_suffix, &others, &mut batch)?;
        let commented: Vec<u64> = comments.values().flatten().map(|(id, _)| *id).collect();
        in_lists(&commented, |comments| {
            batch.slice.rows("comments").updated +=
                transaction.execute(&sql::comments::TRASH, &[Param::Ids(comments)])?;
            Ok(())
        })?;
        for pair in taxonomies.relationships(transaction, request, &ids)? {
            let post = posts
                .binary_search_by_key(&pair.object, |post| post.id)
                .ok()
                .and_then(|place| posts.get(place));
            if post.is_some_and(|post| {
                is_recounted(request, &post.post_type, &post.status, &pair.taxonomy)
            }) {
                batch.terms.insert(pair.term_taxonomy);
            }
        }

        for post in posts {
            // Trashing an attachment fires no status transition in core.
            if post.status == b"publish" && post.post_type != ATTACHMENT {
                *batch
                    .slice
                    .unpublished
                    .trashed
                    .entry(post.post_type.clone())
                    .or_default() += 1;
            }
            batch
                .slice
                .trashed
                .entry(post.post_type)
                .or_default()
                .push(post.id);
        }
        Ok(batch)
    }
}

fn set_status(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
    sql: &sql::Sql,
    ids: &[u64],
    batch: &mut Batch,
) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let time = &request.trash_time;
    let params = [
        Param::Bytes(&time.local),
        Param::Bytes(&time.gmt),
        Param::Ids(ids),
    ];
    batch.slice.rows("posts").updated += transaction.execute(sql, &params)?;
    Ok(())
}

fn lock(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
    ids: &[u64],
) -> Result<Vec<Post>> {
    let rows = transaction.query(
        &sql::posts::LOCK,
        &[Param::Ids(ids), Param::Id(request.user.get())],
    )?;
    let mut posts = Vec::with_capacity(rows.len());
    for row in rows {
        let post = Post {
            id: row.id(0)?,
            post_type: row.owned(1)?,
            status: row.owned(2)?,
            parent: row.id(3)?,
            name: row.owned(4)?,
            alike: row.id(5)?,
        };
        if post.status != b"trash" {
            posts.push(post);
        }
    }
    Ok(posts)
}

/// `(id, status)` of each post's comments, ascending by id.
type Comments = BTreeMap<u64, Vec<(u64, Vec<u8>)>>;

fn comments_of(
    transaction: &mut Transaction<'_>,
    posts: &[u64],
    batch: &mut Batch,
) -> Result<Comments> {
    let mut comments = Comments::new();
    for row in transaction.query(&sql::comments::LOCK_OF_POSTS, &[Param::Ids(posts)])? {
        let id = row.id(0)?;
        comments
            .entry(row.id(1)?)
            .or_default()
            .push((id, row.owned(3)?));
        batch.slice.changed_comments.push(id);
    }
    Ok(comments)
}

/// What core needs to restore a post: status, time, name, and the status of each comment.
fn insert_metas(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
    posts: &[Post],
    comments: &Comments,
    batch: &mut Batch,
) -> Result<()> {
    let time = request.trash_time.unix.to_string();
    let mut metas: Vec<(u64, &str, Vec<u8>)> = Vec::with_capacity(posts.len() * 4);
    for post in posts {
        metas.push((
            post.id,
            "_wp_trash_meta_status",
            slug_text::unslash(&post.status),
        ));
        metas.push((post.id, "_wp_trash_meta_time", time.clone().into_bytes()));
        if !slug_text::has_suffix(&post.name) {
            metas.push((
                post.id,
                "_wp_desired_post_slug",
                slug_text::unslash(&post.name),
            ));
        }
        if let Some(comments) = comments.get(&post.id) {
            metas.push((
                post.id,
                "_wp_trash_meta_comments_status",
                serialize_statuses(comments),
            ));
        }
    }
    let mut rest = metas.as_slice();
    while !rest.is_empty() {
        let mut bytes = 0;
        let count = rest
            .iter()
            .take_while(|(_, key, value)| {
                let fits = bytes < INSERT_BYTES;
                bytes += key.len() + value.len() + 16;
                fits
            })
            .count();
        let (now, later) = rest.split_at(count);
        let rows = now
            .iter()
            .map(|(post, key, value)| {
                vec![
                    Param::Id(*post),
                    Param::Bytes(key.as_bytes()),
                    Param::Bytes(value),
                ]
            })
            .collect();
        batch.slice.rows("postmeta").inserted +=
            transaction.execute(&sql::postmeta::INSERT, &[Param::Rows(rows)])?;
        rest = later;
    }
    Ok(())
}

/// PHP's `serialize()` of an array from comment id to status.
fn serialize_statuses(comments: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut out = format!("a:{}:{{", comments.len()).into_bytes();
    for (id, status) in comments {
        let status = slug_text::unslash(status);
        out.extend_from_slice(format!("i:{id};s:{}:\"", status.len()).as_bytes());
        out.extend_from_slice(&status);
        out.extend_from_slice(b"\";");
    }
    out.push(b'}');
    out
}

/// Whether trashing a post has its terms in this taxonomy counted anew: if it counted, or in WordPress
/// versions that recount after every transition. Core:
/// `_update_term_count_on_transition_post_status()`.
pub(super) fn is_recounted(
    request: &DeletionRequest,
    post_type: &[u8],
    status: &[u8],
    taxonomy: &str,
) -> bool {
    // Trashing an attachment is no transition in core.
    if post_type == ATTACHMENT {
        return false;
    }
    let belongs = request
        .post_type(post_type)
        .is_some_and(|known| known.taxonomies.iter().any(|name| name == taxonomy));
    belongs
        && request.taxonomies.get(taxonomy).is_some_and(|known| {
            let rule = known.recount_when_trashed_from.as_deref();
            rule.is_none_or(|statuses| statuses.iter().any(|known| known == status))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comment_statuses_are_serialized_as_php_does() {
        let comments = [
            (2, b"1".to_vec()),
            (3, b"0".to_vec()),
            (10, b"spam".to_vec()),
        ];
        assert_eq!(
            serialize_statuses(&comments),
            br#"a:3:{i:2;s:1:"1";i:3;s:1:"0";i:10;s:4:"spam";}"#
        );
    }
}
