//! Posts that go for good, with everything that hangs from them. Core: the permanent path of
//! `wp_delete_post()` and `wp_delete_attachment()`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::batch::{self, Batch, in_lists};
use super::comments::remove_comments;
use super::resume::Resume;
use super::splice::{Node, Splice, set_parents};
use super::terms;
use crate::db::value::{Param, Row};
use crate::db::{Server, Transaction};
use crate::error::Result;
use crate::request::{ATTACHMENT, Action, DeletionRequest};
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

/// Purges batches; remembers the menus, which do not change with every batch.
pub(super) struct Purge<'a> {
    request: &'a DeletionRequest,
    menu_items: Option<HashMap<u64, Vec<u64>>>,
}

/// A post of the batch as its row says.
#[derive(Debug, Clone)]
struct Post {
    id: u64,
    post_type: Vec<u8>,
    status: Vec<u8>,
    parent: u64,
}

impl Post {
    /// From `ID, post_type, post_status, post_parent`.
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id(0)?,
            post_type: row.owned(1)?,
            status: row.owned(2)?,
            parent: row.id(3)?,
        })
    }

    fn is_attachment(&self) -> bool {
        self.post_type == ATTACHMENT
    }
}

impl<'a> Purge<'a> {
    pub(super) fn new(request: &'a DeletionRequest) -> Self {
        Self {
            request,
            menu_items: None,
        }
    }

    /// One committed batch.
    pub(super) fn batch(&mut self, server: &mut Server, ids: &[u64]) -> Result<Batch> {
        if self.menu_items.is_none() {
            self.menu_items = Some(self.read_menu_items(server)?);
        }
        batch::commit(server, |transaction| self.purge(transaction, ids))
    }

    /// The menu items that point at a post.
    fn pointing_at(&self, post: u64) -> impl Iterator<Item = u64> + '_ {
        let items = self.menu_items.as_ref().and_then(|items| items.get(&post));
        items.into_iter().flatten().copied()
    }

    /// Menu items by the post they point at.
    fn read_menu_items(&self, server: &mut Server) -> Result<HashMap<u64, Vec<u64>>> {
        let mut hidden: Vec<&[u8]> = self
            .request
            .hidden_statuses
            .iter()
            .map(Vec::as_slice)
            .collect();
        if hidden.is_empty() {
            // A list must not be; this is longer than the column.
            hidden.push(b"none, and no status is this long");
        }
        let params = [Param::Names(&hidden)];
        let rows = server.read(|connection| connection.query(&sql::nav_menus::ITEMS, &params))?;
        let mut items: HashMap<u64, Vec<u64>> = HashMap::new();
        for row in rows {
            if let Some(post) = canonical_id(row.bytes(1)?) {
                items.entry(post).or_default().push(row.id(0)?);
            }
        }
        Ok(items)
    }

    fn purge(&self, transaction: &mut Transaction<'_>, ids: &[u64]) -> Result<Batch> {
        let mut batch = Batch::default();
        let posts = self.lock(transaction, ids)?;
        if posts.is_empty() {
            return Ok(batch);
        }
        let gone: Vec<u64> = posts.iter().map(|post| post.id).collect();

        self.remove_from_terms(transaction, &posts, &mut batch)?;
        self.move_children(transaction, &posts, &mut batch)?;
        remove_comments(transaction, &gone, &mut batch)?;
        remove_thumbnails(transaction, &posts, &mut batch)?;
        in_lists(&gone, |gone| {
            batch.slice.rows("postmeta").deleted +=
                transaction.execute(&sql::postmeta::DELETE_OF_POSTS, &[Param::Ids(gone)])?;
            batch.slice.rows("posts").deleted +=
                transaction.execute(&sql::posts::DELETE, &[Param::Ids(gone)])?;
            Ok(())
        })?;

        for post in posts {
            if post.status == b"publish" {
                batch
                    .slice
                    .unpublished
                    .purged
                    .insert(post.post_type.clone());
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

    /// Locks everything that goes, in the order in which core removes it: each post after its
    /// revisions and before the menu items that point at it.
    fn lock(&self, transaction: &mut Transaction<'_>, ids: &[u64]) -> Result<Vec<Post>> {
        let locked = transaction.query(
            &sql::posts::LOCK,
            &[Param::Ids(ids), Param::Id(self.request.user.get())],
        )?;
        let roots = locked
            .iter()
            .map(Post::from_row)
            .collect::<Result<Vec<_>>>()?;
        let mut below = self.lock_revisions(transaction, &roots)?;

        let mut order = Vec::with_capacity(roots.len());
        let mut seen = HashSet::new();
        let mut pointing = Vec::new();
        for root in roots {
            push_with_revisions(root, &mut below, &mut seen, &mut order);
        }
        for post in &order {
            pointing.extend(self.pointing_at(post.id));
        }
        // A menu item may be pointed at by another one.
        while !pointing.is_empty() {
            pointing.retain(|id| seen.insert(*id));
            let mut further = Vec::new();
            in_lists(&pointing, |ids| {
                for row in transaction.query(&sql::posts::LOCK_BY_ID, &[Param::Ids(ids)])? {
                    let item = Post::from_row(&row)?;
                    further.extend(self.pointing_at(item.id));
                    order.push(item);
                }
                Ok(())
            })?;
            pointing = further;
        }
        Ok(order)
    }

    /// Revisions below the batch, and below those revisions, by parent. Those of attachments stay, as
    /// in core.
    fn lock_revisions(
        &self,
        transaction: &mut Transaction<'_>,
        roots: &[Post],
    ) -> Result<HashMap<u64, Vec<Post>>> {
        let mut below: HashMap<u64, Vec<Post>> = HashMap::new();
        let mut known: HashSet<u64> = HashSet::new();
        let mut parents: Vec<u64> = roots
            .iter()
            .filter(|post| !post.is_attachment())
            .map(|post| post.id)
            .collect();
        while !parents.is_empty() {
            let mut found = Vec::new();
            in_lists(&parents, |parents| {
                for row in transaction.query(&sql::posts::LOCK_REVISIONS, &[Param::Ids(parents)])? {
                    let revision = Post::from_row(&row)?;
                    if known.insert(revision.id) {
                        found.push(revision.id);
                        below.entry(revision.parent).or_default().push(revision);
                    }
                }
                Ok(())
            })?;
            parents = found;
        }
        Ok(below)
    }

    /// Relationships go type by type, because each type has taxonomies of its own.
    fn remove_from_terms(
        &self,
        transaction: &mut Transaction<'_>,
        posts: &[Post],
        batch: &mut Batch,
    ) -> Result<()> {
        let mut by_type: BTreeMap<&[u8], Vec<u64>> = BTreeMap::new();
        for post in posts {
            by_type.entry(&post.post_type).or_default().push(post.id);
        }
        for (name, ids) in by_type {
            let taxonomies = match self.request.post_type(name) {
                Some(post_type) if !post_type.taxonomies.is_empty() => &post_type.taxonomies,
                _ => continue,
            };
            terms::remove_objects(transaction, &ids, taxonomies, batch)?;
        }
        Ok(())
    }

    /// Attachments below any post, and posts of the same hierarchical type, move up.
    fn move_children(
        &self,
        transaction: &mut Transaction<'_>,
        posts: &[Post],
        batch: &mut Batch,
    ) -> Result<()> {
        let hierarchical: HashSet<&[u8]> = self
            .request
            .post_types
            .iter()
            .filter(|post_type| post_type.hierarchical)
            .map(|post_type| post_type.name.as_slice())
            .collect();
        let nodes: Vec<Node<Vec<u8>>> = posts
            .iter()
            .map(|post| Node {
                id: post.id,
                parent: post.parent,
                kind: post.post_type.clone(),
            })
            .collect();
        let splice = Splice::new(&nodes, |removed: &Vec<u8>, child: &Vec<u8>| {
            let same_tree = removed == child && hierarchical.contains(removed.as_slice());
            removed != ATTACHMENT && (child == ATTACHMENT || same_tree)
        });

        let gone: HashSet<u64> = nodes.iter().map(|node| node.id).collect();
        let parents: Vec<u64> = posts
            .iter()
            .filter(|post| !post.is_attachment())
            .map(|post| post.id)
            .collect();
        let mut kinds: Vec<&[u8]> = hierarchical.iter().copied().collect();
        kinds.push(ATTACHMENT);
        let mut moves = Vec::new();
        in_lists(&parents, |parents| {
            let children = transaction.query(
                &sql::posts::LOCK_CHILDREN,
                &[Param::Ids(parents), Param::Names(&kinds)],
            )?;
            for child in children {
                let (id, kind, parent) = (child.id(0)?, child.owned(1)?, child.id(2)?);
                let new_parent = splice.parent_after(parent, &kind);
                if !gone.contains(&id) && new_parent != parent {
                    moves.push((id, new_parent));
                }
            }
            Ok(())
        })?;
        in_lists(&moves, |moves| {
            batch.slice.rows("posts").updated +=
                set_parents(transaction, &sql::posts::SET_PARENTS, moves)?;
            Ok(())
        })?;
        batch
            .slice
            .changed_posts
            .extend(moves.into_iter().map(|(id, _)| id));
        Ok(())
    }
}

/// `'12'` as core would write it; `'012'`, `' 12'` and `'12x'` are other strings. Trailing spaces do
/// not count, as under a PAD SPACE collation.
fn canonical_id(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?.trim_end_matches(' ');
    let id: u64 = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
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
        if revision.post_type == REVISION {
            push_with_revisions(revision, below, seen, order);
        }
    }
    order.push(post);
}

/// Featured images that go are forgotten by the posts that show them.
fn remove_thumbnails(
    transaction: &mut Transaction<'_>,
    posts: &[Post],
    batch: &mut Batch,
) -> Result<()> {
    let ids: Vec<String> = posts
        .iter()
        .filter(|post| post.is_attachment())
        .map(|post| post.id.to_string())
        .collect();
    let values: Vec<&[u8]> = ids.iter().map(String::as_bytes).collect();
    in_lists(&values, |values| {
        let rows = transaction.query(&sql::postmeta::THUMBNAILS, &[Param::Names(values)])?;
        let metas = rows
            .iter()
            .map(|row| row.id(0))
            .collect::<Result<Vec<_>>>()?;
        for row in &rows {
            batch.slice.changed_posts.insert(row.id(1)?);
        }
        in_lists(&metas, |metas| {
            batch.slice.rows("postmeta").deleted +=
                transaction.execute(&sql::postmeta::DELETE_BY_ID, &[Param::Ids(metas)])?;
            Ok(())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::canonical_id;

    #[test]
    fn a_reference_is_compared_as_a_string() {
        assert_eq!(canonical_id(b"12"), Some(12));
        assert_eq!(canonical_id(b"12 "), Some(12));
        for other in [&b"012"[..], b" 12", b"12x", b"", b"-1", b"1.0", b"\xff"] {
            assert_eq!(canonical_id(other), None);
        }
    }
}
