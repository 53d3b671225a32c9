//! Posts that go for good, with everything that hangs from them. Core: the permanent path of
//! `wp_delete_post()` and `wp_delete_attachment()`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::batch::{self, Batch, in_lists};
use super::children::{movable_types, move_children};
use super::comments::remove_comments;
use super::ledger::Entry;
use super::menus::Menus;
use super::relationships::{self, Relationship, Taxonomies};
use super::resume::Resume;
use super::thumbnails::Thumbnails;
use crate::db::value::{Param, Row};
use crate::db::{Server, Transaction};
use crate::error::Result;
use crate::request::{ATTACHMENT, Action, DeletionRequest, Part};
use crate::sql;

const REVISION: &[u8] = b"revision";

/// The next posts to purge, ascending.
pub(super) fn next(
    server: &mut Server,
    request: &DeletionRequest,
    resume: &Resume,
    limit: usize,
) -> Result<Vec<u64>> {
    let types = request.types_to(&[Action::Purge, Action::Trash]);
    let trash_types = request.types_to(&[Action::Trash]);
    let sql = if resume.round == 0 {
        sql::posts::NEXT_TO_PURGE
    } else {
        sql::posts::NEXT_TO_PURGE_AGAIN
    };
    let params = [
        Param::Id(request.user.get()),
        Param::Id(resume.after),
        Param::Names(&types),
        Param::Names(&trash_types),
        Param::Id(limit as u64),
    ];
    server.read(|connection| connection.ids(&sql, &params))
}

/// Purges batches.
pub(super) struct Purge<'a> {
    request: &'a DeletionRequest,
    lookups: &'a mut Lookups,
}

/// What is read once per job, when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    menus: Option<Menus>,
    thumbnails: Option<Thumbnails>,
    pub(super) taxonomies: Taxonomies,
}

/// A post of the batch as its row says.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) id: u64,
    pub(super) post_type: Vec<u8>,
    status: Vec<u8>,
    pub(super) parent: u64,
    /// The place of its type among those that move up, see [`movable_types`]; 0 for none.
    pub(super) movable: u64,
}

impl Post {
    /// From `ID, post_type, post_status, post_parent` and the place of the type.
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id(0)?,
            post_type: row.owned(1)?,
            status: row.owned(2)?,
            parent: row.id(3)?,
            movable: row.id(4)?,
        })
    }

    pub(super) fn is_attachment(&self) -> bool {
        self.post_type == ATTACHMENT
    }
}

impl<'a> Purge<'a> {
    pub(super) fn new(request: &'a DeletionRequest, lookups: &'a mut Lookups) -> Self {
        Self { request, lookups }
    }

    /// One committed batch.
    pub(super) fn batch(
        &mut self,
        server: &mut Server,
        entry: &Entry<'_>,
        ids: &[u64],
    ) -> Result<Batch> {
        if self.lookups.menus.is_none() {
            self.lookups.menus = Some(Menus::read(server, self.request)?);
        }
        if self.lookups.thumbnails.is_none() && self.has_attachments(server, ids)? {
            self.lookups.thumbnails = Some(Thumbnails::read(server, self.request)?);
        }
        batch::commit(server, entry, |transaction| self.purge(transaction, ids))
    }

    fn has_attachments(&self, server: &mut Server, ids: &[u64]) -> Result<bool> {
        let go_unnamed = self
            .request
            .post_type(ATTACHMENT)
            .is_some_and(|attachment| attachment.action != Action::Keep);
        if self.request.part == Part::Content && !go_unnamed {
            return Ok(false);
        }
        let found = server
            .read(|connection| connection.ids(&sql::posts::ANY_ATTACHMENT, &[Param::Ids(ids)]))?;
        Ok(!found.is_empty())
    }

    /// The menu items that point at a post.
    fn pointing_at(&self, post: u64) -> &[u64] {
        let menus = self.lookups.menus.as_ref();
        menus.map_or(&[], |menus| menus.pointing_at(post))
    }

    fn purge(&mut self, transaction: &mut Transaction<'_>, ids: &[u64]) -> Result<Batch> {
        let mut batch = Batch::default();
        let posts = self.take(transaction, ids)?;
        if posts.is_empty() {
            return Ok(batch);
        }
        let gone: Vec<u64> = posts.iter().map(|post| post.id).collect();

        self.remove_from_terms(transaction, &posts, &mut batch)?;
        move_children(transaction, self.request, &posts, &mut batch)?;
        remove_comments(transaction, &gone, &mut batch)?;
        if let Some(thumbnails) = &self.lookups.thumbnails {
            let attachments: Vec<u64> = posts
                .iter()
                .filter(|post| post.is_attachment())
                .map(|post| post.id)
                .collect();
            thumbnails.remove(transaction, &attachments, &mut batch)?;
        }
        in_lists(&gone, |gone| {
            batch.slice.rows("postmeta").deleted +=
                transaction.execute(&sql::postmeta::DELETE_OF_POSTS, &[Param::Ids(gone)])?;
            Ok(())
        })?;
        batch.slice.rows("posts").deleted += gone.len() as u64;

        for post in posts {
            if post.status == b"publish" {
                *batch
                    .slice
                    .unpublished
                    .purged
                    .entry(post.post_type.clone())
                    .or_default() += 1;
            }
            batch
                .slice
                .purged
                .entry(post.post_type)
                .or_default()
                .push(post.id);
        }
        Ok(batch)
    }

    /// Deletes the rows of everything that goes; returns them in the order in which core removes them:
    /// each post after its revisions and before the menu items that point at it.
    fn take(&self, transaction: &mut Transaction<'_>, ids: &[u64]) -> Result<Vec<Post>> {
        let types = [Param::Names(&movable_types(self.request))];
        let going = [Param::Ids(ids), Param::Id(self.request.user.get())];
        let mut roots = transaction
            .take(&sql::posts::GOING, &types, &going)?
            .iter()
            .map(Post::from_row)
            .collect::<Result<Vec<_>>>()?;
        roots.sort_unstable_by_key(|post| post.id);
        let mut below = take_revisions(transaction, &types, &roots)?;

        let mut order = Vec::with_capacity(roots.len());
        let mut seen = HashSet::new();
        let mut pointing = Vec::new();
        for root in roots {
            push_with_revisions(root, &mut below, &mut seen, &mut order);
        }
        for post in &order {
            pointing.extend(self.pointing_at(post.id).iter().copied());
        }
        // A menu item may be pointed at by another one.
        while !pointing.is_empty() {
            pointing.retain(|id| seen.insert(*id));
            let mut further = Vec::new();
            in_lists(&pointing, |ids| {
                let items = [Param::Ids(ids)];
                for row in transaction.take(&sql::posts::MENU_ITEMS, &types, &items)? {
                    let item = Post::from_row(&row)?;
                    further.extend(self.pointing_at(item.id).iter().copied());
                    order.push(item);
                }
                Ok(())
            })?;
            pointing = further;
        }
        Ok(order)
    }

    /// Relationships go type by type, because each type has taxonomies of its own.
    fn remove_from_terms(
        &mut self,
        transaction: &mut Transaction<'_>,
        posts: &[Post],
        batch: &mut Batch,
    ) -> Result<()> {
        let gone: Vec<u64> = posts.iter().map(|post| post.id).collect();
        let taxonomies = &mut self.lookups.taxonomies;
        let relationships = taxonomies.relationships(transaction, self.request, &gone)?;
        let types: HashMap<u64, &[u8]> = posts
            .iter()
            .map(|post| (post.id, post.post_type.as_slice()))
            .collect();
        let mut by_type: BTreeMap<&[u8], Vec<&Relationship>> = BTreeMap::new();
        for pair in &relationships {
            let Some(post_type) = types
                .get(&pair.object)
                .and_then(|name| self.request.post_type(name))
            else {
                continue;
            };
            if post_type
                .taxonomies
                .iter()
                .any(|name| **name == *pair.taxonomy)
            {
                by_type.entry(&post_type.name).or_default().push(pair);
            }
        }
        for pairs in by_type.values() {
            relationships::remove(transaction, pairs, batch)?;
        }
        Ok(())
    }
}

/// Revisions below the batch, and below those revisions, by parent, ascending; those of the batch
/// itself, which are gone already, included. Those of attachments stay, as in core.
fn take_revisions(
    transaction: &mut Transaction<'_>,
    types: &[Param<'_>],
    roots: &[Post],
) -> Result<HashMap<u64, Vec<Post>>> {
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
    while !parents.is_empty() {
        let first = revisions.len();
        in_lists(&parents, |parents| {
            for row in transaction.take(&sql::posts::REVISIONS, types, &[Param::Ids(parents)])? {
                revisions.push(Post::from_row(&row)?);
            }
            Ok(())
        })?;
        parents = revisions.iter().skip(first).map(|post| post.id).collect();
    }
    revisions.sort_unstable_by_key(|post| post.id);
    let mut below: HashMap<u64, Vec<Post>> = HashMap::new();
    for revision in revisions {
        below.entry(revision.parent).or_default().push(revision);
    }
    Ok(below)
}

fn push_with_revisions(
    post: Post,
    below: &mut HashMap<u64, Vec<Post>>,
    seen: &mut HashSet<u64>,
    order: &mut Vec<Post>,
) {
    if !seen.insert(post.id) {
        return;
    }
    for revision in below.remove(&post.id).unwrap_or_default() {
        push_with_revisions(revision, below, seen, order);
    }
    order.push(post);
}
