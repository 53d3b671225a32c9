//! Names of trashed posts: the suffix, and what makes them unique. Core:
//! `wp_add_trashed_suffix_to_post_name_for_post()` and `wp_unique_post_slug()`.
//!
//! Core asks for each post in turn whether its new name is taken, and counts up until one is free.
//! Here two queries say which posts of the batch need asking at all; the rest get their suffix together
//! with their status. Those that need it are asked in core's order against the rows as they then stand,
//! so the numbers come out as core's would. All comparing is left to the column's collation.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::slug_text::{
    LONGEST_BEFORE_SUFFIX, SUFFIX, has_suffix, number_behind, numbered_name, truncate, unslash,
};
use super::trash::Post;
use crate::db::Transaction;
use crate::db::value::Param;
use crate::error::Result;
use crate::request::{ATTACHMENT, DeletionRequest};
use crate::sql;

/// Gives those posts of the batch their name in the trash that have to ask for it, and says which they
/// are; all others may simply get the suffix.
pub(super) fn give_names(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
    posts: &[Post],
) -> Result<HashSet<u64>> {
    let asking = needs_asking(transaction, posts)?;
    let mut names = Names::new(transaction, request);
    for post in posts.iter().filter(|post| asking.contains(&post.id)) {
        names.name(post)?;
    }
    names.flush()?;
    Ok(asking)
}

/// Might two of these names, by what names have in common that are the same, both want the same one in the
/// trash?
pub(super) fn any_alike(mut names: impl Iterator<Item = u64>) -> bool {
    let mut seen = HashSet::new();
    !names.all(|name| seen.insert(name))
}

/// Posts that may not simply get the suffix: because their name is cut or changed by it, because
/// another post has or will have the same name, be it because that one's is cut or changed, or because
/// their old name looks like one that core might just be handing out.
fn needs_asking(transaction: &mut Transaction<'_>, posts: &[Post]) -> Result<HashSet<u64>> {
    let mut same: HashMap<&[u8], usize> = HashMap::new();
    for post in posts {
        *same.entry(post.name.as_slice()).or_default() += 1;
    }
    let (single, mut asking): (Vec<&Post>, HashSet<u64>) = (
        posts
            .iter()
            .filter(|post| same.get(post.name.as_slice()) == Some(&1))
            .collect(),
        posts
            .iter()
            .filter(|post| same.get(post.name.as_slice()) != Some(&1) || !takes_suffix(&post.name))
            .map(|post| post.id)
            .collect(),
    );
    let single: Vec<u64> = single.into_iter().map(|post| post.id).collect();
    if !single.is_empty() {
        asking.extend(transaction.ids(&sql::slugs::SUFFIXED_NAME_TAKEN, &[Param::Ids(&single)])?);
        if any_alike(posts.iter().map(|post| post.alike)) {
            let all: Vec<u64> = posts.iter().map(|post| post.id).collect();
            asking.extend(transaction.ids(
                &sql::slugs::SAME_NAME_IN_BATCH,
                &[Param::Ids(&all), Param::Ids(&all)],
            )?);
        }
        let changed: Vec<Vec<u8>> = posts
            .iter()
            .filter(|post| !takes_suffix(&post.name))
            .filter_map(|post| {
                Some(
                    unslash(&suffixed(&post.name))
                        .strip_suffix(SUFFIX)?
                        .to_vec(),
                )
            })
            .collect();
        if !changed.is_empty() {
            let changed: Vec<&[u8]> = changed.iter().map(Vec::as_slice).collect();
            asking.extend(transaction.ids(
                &sql::slugs::NAMED,
                &[Param::Ids(&single), Param::Names(&changed)],
            )?);
        }
    }
    Ok(asking)
}

/// What a post wants to be called in the trash.
fn suffixed(name: &[u8]) -> Vec<u8> {
    if has_suffix(name) {
        name.to_vec()
    } else {
        [truncate(name, LONGEST_BEFORE_SUFFIX), SUFFIX.to_vec()].concat()
    }
}

/// Whether the new name is just the old one with the suffix behind it.
fn takes_suffix(name: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    name.len() <= LONGEST_BEFORE_SUFFIX
        && !name.ends_with(b"-")
        && !name.contains(&b'\\')
        && !lower.windows(SUFFIX.len()).any(|window| window == SUFFIX)
}

/// Names given one by one, in order.
struct Names<'a, 'c> {
    transaction: &'a mut Transaction<'c>,
    request: &'a DeletionRequest,
    /// What the posts at hand compete for.
    contest: Option<Contest>,
    /// Names given in this contest and not yet written. They differ from one another by number, so
    /// only another contest has to see them in the table.
    given: Vec<(u64, Vec<u8>)>,
}

/// Posts in the same contest want the same name.
struct Contest {
    base: Vec<u8>,
    post_type: Vec<u8>,
    /// The parent, for hierarchical types.
    below: Option<u64>,
    /// Numbers known to be taken, once somebody had to ask.
    numbers: Option<BTreeSet<u64>>,
    /// Whether a post of this batch has been given the base or found it taken.
    base_is_gone: bool,
    /// The lowest number that may be free.
    next: u64,
}

impl Contest {
    fn same(&self, base: &[u8], post_type: &[u8], below: Option<u64>) -> bool {
        self.base == base && self.post_type == post_type && self.below == below
    }
}

impl<'a, 'c> Names<'a, 'c> {
    fn new(transaction: &'a mut Transaction<'c>, request: &'a DeletionRequest) -> Self {
        Self {
            transaction,
            request,
            contest: None,
            given: Vec::new(),
        }
    }

    fn name(&mut self, post: &Post) -> Result<()> {
        let mut contest = self.enter_contest(post)?;
        let base_is_free =
            !contest.base_is_gone && !self.taken(&contest, &contest.base, post.id)?;
        let name = if base_is_free {
            contest.base.clone()
        } else {
            self.numbered(&mut contest, post.id)?
        };
        contest.base_is_gone = true;
        self.contest = Some(contest);
        self.given.push((post.id, unslash(&name)));
        Ok(())
    }

    /// Another base may, under the collation, be the same one: what was given so far has to stand in
    /// the table before it is asked about. So has it when two posts already share a suffixed name, and
    /// when a name loses its backslashes on the way into the table: core asks for it with them, and
    /// does not find what it has just given.
    fn enter_contest(&mut self, post: &Post) -> Result<Contest> {
        let base = suffixed(&post.name);
        let hierarchical = self
            .request
            .post_type(&post.post_type)
            .is_some_and(|known| known.hierarchical);
        let below = hierarchical.then_some(post.parent);
        match self.contest.take() {
            Some(contest)
                if contest.same(&base, &post.post_type, below)
                    && !has_suffix(&post.name)
                    && !base.contains(&b'\\') =>
            {
                Ok(contest)
            }
            _ => {
                self.flush()?;
                Ok(Contest {
                    base,
                    post_type: post.post_type.clone(),
                    below,
                    numbers: None,
                    base_is_gone: false,
                    next: 2,
                })
            }
        }
    }

    /// The base with the lowest free number behind it.
    fn numbered(&mut self, contest: &mut Contest, post: u64) -> Result<Vec<u8>> {
        let taken = match contest.numbers.take() {
            Some(taken) => taken,
            None => self.numbers_taken(contest)?,
        };
        let name = loop {
            let number = contest.next;
            contest.next += 1;
            if taken.contains(&number) {
                continue;
            }
            let name = numbered_name(&contest.base, number);
            if !self.taken(contest, &name, post)? {
                break name;
            }
        };
        contest.numbers = Some(taken);
        Ok(name)
    }

    /// Numbers behind this base that are surely taken, so that a thousand nameless drafts do not ask
    /// a thousand times for each.
    fn numbers_taken(&mut self, contest: &Contest) -> Result<BTreeSet<u64>> {
        let mut pattern = Vec::with_capacity(contest.base.len() + 8);
        for byte in &contest.base {
            if b"%_|".contains(byte) {
                pattern.push(b'|');
            }
            pattern.push(*byte);
        }
        pattern.extend_from_slice(b"-%");
        let pattern = Param::Bytes(&pattern);
        let rows = if contest.post_type == ATTACHMENT {
            self.transaction
                .query(&sql::slugs::NUMBERED_ANYWHERE, &[pattern])?
        } else if let Some(parent) = contest.below {
            self.transaction.query(
                &sql::slugs::NUMBERED_BELOW_PARENT,
                &[pattern, Param::Bytes(&contest.post_type), Param::Id(parent)],
            )?
        } else {
            self.transaction.query(
                &sql::slugs::NUMBERED_IN_TYPE,
                &[pattern, Param::Bytes(&contest.post_type)],
            )?
        };
        let mut numbers = BTreeSet::new();
        for row in rows {
            numbers.extend(number_behind(row.bytes(0)?, &contest.base));
        }
        Ok(numbers)
    }

    fn taken(&mut self, contest: &Contest, name: &[u8], post: u64) -> Result<bool> {
        let name = Param::Bytes(name);
        let ids = if contest.post_type == ATTACHMENT {
            self.transaction
                .ids(&sql::slugs::TAKEN_ANYWHERE, &[name, Param::Id(post)])?
        } else if let Some(parent) = contest.below {
            self.transaction.ids(
                &sql::slugs::TAKEN_BELOW_PARENT,
                &[
                    name,
                    Param::Bytes(&contest.post_type),
                    Param::Id(post),
                    Param::Id(parent),
                ],
            )?
        } else {
            self.transaction.ids(
                &sql::slugs::TAKEN_IN_TYPE,
                &[name, Param::Bytes(&contest.post_type), Param::Id(post)],
            )?
        };
        Ok(!ids.is_empty())
    }

    fn flush(&mut self) -> Result<()> {
        let given = std::mem::take(&mut self.given);
        if given.is_empty() {
            return Ok(());
        }
        let ids: Vec<u64> = given.iter().map(|(id, _)| *id).collect();
        let cases = given
            .iter()
            .map(|(id, name)| (*id, Param::Bytes(name)))
            .collect();
        self.transaction.execute(
            &sql::slugs::SET_NAMES,
            &[Param::Cases(cases), Param::Ids(&ids)],
        )?;
        Ok(())
    }
}
