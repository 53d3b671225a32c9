//! Posts that batches are to take.

use std::collections::HashSet;

use crate::db::Server;
use crate::db::value::{Param, Row};
use crate::error::Result;
use crate::request::UserId;
use crate::sql::Sql;

/// A post that a batch is to take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) id: u64,
    pub(super) parent: u64,
    /// Where it is purged, it goes with its parent, wherever that is.
    pub(super) is_revision: bool,
    /// What its name has in common with those that are the same under the column's collation, and with hardly
    /// any other; where names are competed for.
    pub(super) alike: u64,
}

impl Candidate {
    /// Where it does not matter what hangs from what.
    pub(super) fn of_its_own(id: u64) -> Self {
        Self {
            id,
            parent: 0,
            is_revision: false,
            alike: 0,
        }
    }
}

/// How far beyond the last post the next ones are looked for at first, in times of how many are wanted.
const NEAR: u64 = 16;

/// The next posts of the user after a resume point, as a query says that takes user, last id, highest id,
/// `further` parameters and a limit. At first it looks only so far: where a site's index has other columns
/// between author and id, the server sorts all that it does not have to leave out.
pub(super) fn next(
    server: &mut Server,
    sql: &Sql,
    (user, after): (UserId, u64),
    further: &[Param<'_>],
    limit: usize,
) -> Result<Vec<Row>> {
    let mut ask = |highest| {
        let mut params = vec![Param::Id(user.get()), Param::Id(after), Param::Id(highest)];
        params.extend_from_slice(further);
        params.push(Param::Id(limit as u64));
        server.read(|connection| connection.query(sql, &params))
    };
    if after > 0 {
        let near = ask(after.saturating_add(NEAR * limit as u64))?;
        if near.len() == limit {
            return Ok(near);
        }
    }
    ask(u64::MAX)
}

/// Their ids, in their order.
pub(super) fn ids(posts: &[Candidate]) -> Vec<u64> {
    posts.iter().map(|post| post.id).collect()
}

/// Which of these posts may be purged while the ones ahead of them still are: all but revisions of those,
/// which go with them, and would not be found any more. `None` when a post of either is below one of the
/// other.
pub(super) fn apart(ahead: &[Candidate], found: &[Candidate]) -> Option<Vec<u64>> {
    let of_ahead: HashSet<u64> = ahead.iter().map(|post| post.id).collect();
    let mut of_found = HashSet::new();
    let mut taken_along = HashSet::new();
    for post in found {
        if !of_ahead.contains(&post.parent) {
            of_found.insert(post.id);
        } else if post.is_revision {
            taken_along.insert(post.id);
        } else {
            return None;
        }
    }
    let depends = ahead.iter().any(|post| of_found.contains(&post.parent))
        || ahead
            .iter()
            .chain(found)
            .any(|post| taken_along.contains(&post.parent));
    let mut left = ids(found);
    left.retain(|id| of_found.contains(id));
    (!depends).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(id: u64, parent: u64) -> Candidate {
        Candidate {
            parent,
            ..Candidate::of_its_own(id)
        }
    }

    fn revision(id: u64, parent: u64) -> Candidate {
        Candidate {
            is_revision: true,
            ..post(id, parent)
        }
    }

    #[test]
    fn posts_apart_are_all_taken() {
        let ahead = [post(1, 0), revision(2, 1)];
        let found = [post(3, 9), post(4, 3), post(5, 9)];
        assert_eq!(apart(&ahead, &found), Some(vec![3, 4, 5]));
        assert_eq!(apart(&[], &found), Some(vec![3, 4, 5]));
    }

    #[test]
    fn a_revision_goes_with_its_parent() {
        let ahead = [post(1, 0), post(2, 0)];
        assert_eq!(apart(&ahead, &[revision(3, 1), post(4, 0)]), Some(vec![4]));
        assert_eq!(apart(&ahead, &[revision(3, 1)]), Some(vec![]));
    }

    #[test]
    fn whoever_depends_on_the_other_posts_waits() {
        assert_eq!(apart(&[post(1, 0)], &[post(2, 1)]), None);
        assert_eq!(apart(&[post(1, 2)], &[post(2, 0)]), None);
        assert_eq!(apart(&[revision(1, 2)], &[post(2, 0)]), None);
        let below_a_revision = [revision(3, 1), post(4, 3)];
        assert_eq!(apart(&[post(1, 0), post(2, 0)], &below_a_revision), None);
        assert_eq!(apart(&[post(1, 0), post(2, 3)], &[revision(3, 1)]), None);
    }
}
