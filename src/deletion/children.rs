//! Posts that stay when their parent goes, and move up to its parent.

use super::batch::{Batch, in_lists};
use super::purge::Post;
use super::splice::{Node, Splice, set_parents};
use crate::db::Transaction;
use crate::error::Result;
use crate::request::{ATTACHMENT, DeletionRequest};
use crate::sql;

/// What decides who moves up: two types, by their place among [`movable_types`], from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// The type whose children this post hands on besides attachments, if it is hierarchical.
    tree: Option<u64>,
    /// Whether it hands on attachments: all do but attachments.
    hands_on: bool,
    /// The type whose posts the database takes this one for when it looks for children. Core compares
    /// there, so a `Page` moves up from below a `page`.
    child_of: u64,
}

const ATTACHMENTS: u64 = 1;

impl Kind {
    fn adopts(&self, child: &Self) -> bool {
        self.hands_on && (child.child_of == ATTACHMENTS || self.tree == Some(child.child_of))
    }
}

/// Types whose posts may move up when their parent goes: attachments, then hierarchical types.
pub(super) fn movable_types(request: &DeletionRequest) -> Vec<&[u8]> {
    let mut types = vec![ATTACHMENT];
    types.extend(
        request
            .post_types
            .iter()
            .filter(|known| known.hierarchical && known.name != ATTACHMENT)
            .map(|known| known.name.as_slice()),
    );
    types
}

/// Of the posts below posts that go, attachments move up, and posts of the same hierarchical type. Core:
/// `wp_delete_post()`.
pub(super) fn move_children(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
    posts: &[Post],
    below: &[Post],
    batch: &mut Batch,
) -> Result<()> {
    let types = movable_types(request);
    let nodes: Vec<Node<Kind>> = posts
        .iter()
        .map(|post| Node {
            id: post.id,
            parent: post.parent,
            kind: Kind {
                tree: (ATTACHMENTS + 1..)
                    .zip(types.iter().skip(1))
                    .find_map(|(place, name)| (post.post_type == *name).then_some(place)),
                hands_on: !post.is_attachment(),
                child_of: post.movable,
            },
        })
        .collect();
    let splice = Splice::new(&nodes, Kind::adopts);

    let mut moves: Vec<(u64, u64)> = Vec::new();
    for child in below {
        let kind = Kind {
            tree: None,
            hands_on: false,
            child_of: child.movable,
        };
        let parent = splice.parent_after(child.parent, &kind);
        if parent != child.parent {
            moves.push((child.id, parent));
        }
    }
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
