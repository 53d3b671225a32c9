//! Posts that go for good, with everything that hangs from them. Core: the permanent path of
//! `wp_delete_post()` and `wp_delete_attachment()`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use super::batch::{Batch, in_lists};
use super::below::{Below, Parents, lock_below, take_revisions};
use super::candidates::{self, Candidate};
use super::children::{movable_types, move_children};
use super::comments::remove_comments;
use super::menus::Menus;
use super::relationships::{self, Relationship, Taxonomies};
use super::relay::Work;
use super::resume::Resume;
use super::thumbnails::Thumbnails;
use crate::db::value::{Param, Row};
use crate::db::{Server, Transaction};
use crate::error::Result;
use crate::request::{ATTACHMENT, Action, DeletionRequest, Part};
use crate::sql;

pub(super) const REVISION: &[u8] = b"revision";

/// Is any post left, to purge or to trash, apart from this deletion's own trash?
pub(super) fn any_left(server: &mut Server, request: &DeletionRequest) -> Result<bool> {
    let types = request.types_to(&[Action::Purge, Action::Trash]);
    let trash_types = request.types_to(&[Action::Trash]);
    let params = [
        Param::Id(request.user.get()),
        Param::Names(&types),
        Param::Names(&trash_types),
    ];
    let found = server.read(|connection| connection.ids(&sql::posts::ANY_LEFT, &params))?;
    Ok(!found.is_empty())
}

/// What is read once per job, when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    menus: OnceLock<Menus>,
    thumbnails: OnceLock<Thumbnails>,
}

/// What is there, or else is read now.
fn once<T>(place: &OnceLock<T>, read: impl FnOnce() -> Result<T>) -> Result<&T> {
    match place.get() {
        Some(there) => Ok(there),
        None => read().map(|read| place.get_or_init(|| read)),
    }
}

/// Purges posts.
pub(super) struct Purge<'a> {
    pub(super) request: &'a DeletionRequest,
    pub(super) lookups: &'a Lookups,
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
    pub(super) fn from_row(row: &Row) -> Result<Self> {
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

impl Work for Purge<'_> {
    fn find(&self, server: &mut Server, from: &Resume, limit: usize) -> Result<Vec<Candidate>> {
        let types = self.request.types_to(&[Action::Purge, Action::Trash]);
        let trash_types = self.request.types_to(&[Action::Trash]);
        let sql = if from.round == 0 {
            sql::posts::NEXT_TO_PURGE
        } else {
            sql::posts::NEXT_TO_PURGE_AGAIN
        };
        let types = [Param::Names(&types), Param::Names(&trash_types)];
        let rows = candidates::next(server, &sql, (self.request.user, from.after), &types, limit)?;
        rows.iter()
            .map(|row| {
                Ok(Candidate {
                    parent: row.id(1)?,
                    is_revision: row.bytes(2)? == REVISION,
                    ..Candidate::of_its_own(row.id(0)?)
                })
            })
            .collect()
    }

    /// Attachments take along what features them, on whatever post; and a menu item that points at a post
    /// might be one of the others.
    fn prepare(&self, server: &mut Server, found: &[Candidate]) -> Result<bool> {
        let menus = once(&self.lookups.menus, || Menus::read(server, self.request))?;
        let has_attachments = self.has_attachments(server, &candidates::ids(found))?;
        if has_attachments {
            once(&self.lookups.thumbnails, || {
                Thumbnails::read(server, self.request)
            })?;
        }
        let is_pointed_at = |post: &Candidate| !menus.pointing_at(post.id).is_empty();
        Ok(!has_attachments && !found.iter().any(is_pointed_at))
    }

    fn apart(&self, ahead: &[Candidate], found: &[Candidate]) -> Option<Vec<u64>> {
        candidates::apart(ahead, found)
    }

    fn batch(
        &self,
        transaction: &mut Transaction<'_>,
        taxonomies: &mut Taxonomies,
        ids: &[u64],
    ) -> Result<Batch> {
        let mut batch = Batch::default();
        let (posts, staying) = self.take(transaction, ids)?;
        if posts.is_empty() {
            return Ok(batch);
        }
        let gone: Vec<u64> = posts.iter().map(|post| post.id).collect();

        self.remove_from_terms(transaction, taxonomies, &posts, &mut batch)?;
        move_children(transaction, self.request, &posts, &staying, &mut batch)?;
        remove_comments(transaction, &gone, &mut batch)?;
        if let Some(thumbnails) = self.lookups.thumbnails.get() {
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
}

impl Purge<'_> {
    fn has_attachments(&self, server: &mut Server, ids: &[u64]) -> Result<bool> {
        let request = self.request;
        let go_unnamed = request
            .post_type(ATTACHMENT)
            .is_some_and(|attachment| attachment.action != Action::Keep);
        if request.part == Part::Content && !go_unnamed {
            return Ok(false);
        }
        let found = server
            .read(|connection| connection.ids(&sql::posts::ANY_ATTACHMENT, &[Param::Ids(ids)]))?;
        Ok(!found.is_empty())
    }

    /// The menu items that point at a post.
    fn pointing_at(&self, post: u64) -> &[u64] {
        let menus = self.lookups.menus.get();
        menus.map_or(&[], |menus| menus.pointing_at(post))
    }

    /// Deletes the rows of everything that goes. Returns them in the order in which core removes them,
    /// each post after its revisions and before the menu items that point at it; and the posts below
    /// them that stay.
    fn take(
        &self,
        transaction: &mut Transaction<'_>,
        ids: &[u64],
    ) -> Result<(Vec<Post>, Vec<Post>)> {
        let types = movable_types(self.request);
        let named = [Param::Names(&types)];
        let going = [Param::Ids(ids), Param::Id(self.request.user.get())];
        let mut parents = Parents::read(transaction, ids)?;
        let mut roots = transaction
            .take(&sql::posts::GOING, &named, &going)?
            .iter()
            .map(Post::from_row)
            .collect::<Result<Vec<_>>>()?;
        roots.sort_unstable_by_key(|post| post.id);
        if roots.len() < ids.len() {
            // One that was not taken may be below another one.
            parents = Parents::default();
        }
        let Below {
            mut revisions,
            mut staying,
        } = take_revisions(transaction, &types, &roots, &parents)?;

        let mut order = Vec::with_capacity(roots.len());
        let mut seen = HashSet::new();
        let mut pointing = Vec::new();
        for root in roots {
            push_with_revisions(root, &mut revisions, &mut seen, &mut order);
        }
        for post in &order {
            pointing.extend(self.pointing_at(post.id).iter().copied());
        }
        // A menu item may be pointed at by another one.
        while !pointing.is_empty() {
            pointing.retain(|id| seen.insert(*id));
            let mut further = Vec::new();
            in_lists(&pointing, |ids| {
                for row in transaction.take(&sql::posts::MENU_ITEMS, &named, &[Param::Ids(ids)])? {
                    let item = Post::from_row(&row)?;
                    further.extend(self.pointing_at(item.id).iter().copied());
                    order.push(item);
                }
                Ok(())
            })?;
            let below = lock_below(transaction, &types, &pointing)?;
            staying.extend(below.into_iter().filter(|post| post.post_type != REVISION));
            pointing = further;
        }
        staying.retain(|post| !seen.contains(&post.id));
        Ok((order, staying))
    }

    /// Relationships go type by type, because each type has taxonomies of its own.
    fn remove_from_terms(
        &self,
        transaction: &mut Transaction<'_>,
        taxonomies: &mut Taxonomies,
        posts: &[Post],
        batch: &mut Batch,
    ) -> Result<()> {
        let gone: Vec<u64> = posts.iter().map(|post| post.id).collect();
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
