//! Where children end up when their parents are removed one after the other, worked out in memory so
//! that a whole batch needs one UPDATE.
//!
//! Core removes one node at a time and each removal moves the node's children to the node's parent of
//! that moment. For trees that comes out as "the nearest ancestor that stays"; where a parent does not
//! adopt its grandchildren (posts of a flat type) the order of removal decides, and is kept here.

use std::collections::HashMap;

use crate::db::Transaction;
use crate::db::value::Param;
use crate::error::Result;
use crate::sql::Sql;

/// A node that is removed.
#[derive(Debug, Clone)]
pub(super) struct Node<K> {
    pub(super) id: u64,
    pub(super) parent: u64,
    pub(super) kind: K,
}

/// The removal of a list of nodes in their order. `adopts(removed, child)` says whether children of
/// that kind move up when a node of this kind is removed.
pub(super) struct Splice<K, F> {
    removed: HashMap<u64, Removed<K>>,
    adopts: F,
}

struct Removed<K> {
    turn: usize,
    parent_at_turn: u64,
    kind: K,
}

impl<K: Clone, F: Fn(&K, &K) -> bool> Splice<K, F> {
    pub(super) fn new(nodes: &[Node<K>], adopts: F) -> Self {
        let mut parents: HashMap<u64, u64> =
            nodes.iter().map(|node| (node.id, node.parent)).collect();
        let mut children: HashMap<u64, Vec<&Node<K>>> = HashMap::new();
        for node in nodes {
            children.entry(node.parent).or_default().push(node);
        }
        let mut removed: HashMap<u64, Removed<K>> = HashMap::new();
        for (turn, node) in nodes.iter().enumerate() {
            let parent = parents.get(&node.id).copied().unwrap_or(node.parent);
            for child in children.remove(&node.id).unwrap_or_default() {
                let waiting = child.id != node.id && !removed.contains_key(&child.id);
                if waiting && adopts(&node.kind, &child.kind) {
                    parents.insert(child.id, parent);
                    children.entry(parent).or_default().push(child);
                }
            }
            removed.insert(
                node.id,
                Removed {
                    turn,
                    parent_at_turn: parent,
                    kind: node.kind.clone(),
                },
            );
        }
        Self { removed, adopts }
    }

    /// The parent that a surviving child of `kind` has in the end, given the one it has now.
    pub(super) fn parent_after(&self, parent: u64, kind: &K) -> u64 {
        let mut parent = parent;
        let mut not_before = 0;
        while let Some(node) = self.removed.get(&parent) {
            if node.turn < not_before || !(self.adopts)(&node.kind, kind) {
                break;
            }
            not_before = node.turn + 1;
            parent = node.parent_at_turn;
        }
        parent
    }
}

/// Writes `(id, parent)` pairs.
pub(super) fn set_parents(
    transaction: &mut Transaction<'_>,
    sql: &Sql,
    moves: &[(u64, u64)],
) -> Result<u64> {
    let ids: Vec<u64> = moves.iter().map(|(id, _)| *id).collect();
    let cases = moves
        .iter()
        .map(|(id, parent)| (*id, Param::Id(*parent)))
        .collect();
    transaction.execute(sql, &[Param::Cases(cases), Param::Ids(&ids)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splice(
        nodes: &[(u64, u64, char)],
        adopts: fn(&char, &char) -> bool,
    ) -> Splice<char, fn(&char, &char) -> bool> {
        let nodes: Vec<_> = nodes
            .iter()
            .map(|&(id, parent, kind)| Node { id, parent, kind })
            .collect();
        Splice::new(&nodes, adopts)
    }

    #[test]
    fn a_tree_ends_at_the_nearest_ancestor_that_stays_in_any_order() {
        for nodes in [
            [(2, 1, 'c'), (3, 2, 'c'), (4, 3, 'c')],
            [(4, 3, 'c'), (3, 2, 'c'), (2, 1, 'c')],
        ] {
            let splice = splice(&nodes, |_, _| true);
            assert_eq!(splice.parent_after(4, &'c'), 1);
            assert_eq!(splice.parent_after(2, &'c'), 1);
            assert_eq!(splice.parent_after(9, &'c'), 9);
        }
    }

    #[test]
    fn a_flat_chain_taken_from_the_top_leaves_a_dead_parent_as_core_does() {
        // Attachment 9 below flat B (2) below flat A (1): A does not move B, then B hands 9 to A.
        let only_attachments = |_: &char, child: &char| *child == 'a';
        let top_first = splice(&[(1, 0, 'f'), (2, 1, 'f')], only_attachments);
        assert_eq!(top_first.parent_after(2, &'a'), 1);
        let bottom_first = splice(&[(2, 1, 'f'), (1, 0, 'f')], only_attachments);
        assert_eq!(bottom_first.parent_after(2, &'a'), 0);
    }

    #[test]
    fn loops_end() {
        let splice = splice(&[(1, 2, 'c'), (2, 1, 'c'), (3, 3, 'c')], |_, _| true);
        assert_eq!(splice.parent_after(3, &'c'), 3);
        // 1 goes first and hands 2 its own parent, which is 2 itself.
        assert_eq!(splice.parent_after(1, &'c'), 2);
    }
}
