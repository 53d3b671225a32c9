//! Names of trashed posts: the suffix, and what makes them unique. Core:
//! `wp_add_trashed_suffix_to_post_name_for_post()` and `wp_unique_post_slug()`.
//!
//! Core asks for each post in turn whether its new name is taken, and counts up until one is free.
//! Here two queries say which posts of the batch need asking at all; the rest get their suffix in one
//! statement. Those that need it are asked in core's order against the rows as they then stand, so the
//! numbers come out as core's would. All comparing is left to the column's collation.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::trash::Post;
use crate::db::Transaction;
use crate::db::value::Param;
use crate::error::Result;
use crate::request::{ATTACHMENT, DeletionRequest};
use crate::sql;

const SUFFIX: &[u8] = b"__trashed";
/// Width of `post_name`, as core counts it: in bytes.
const LONGEST: usize = 200;
const LONGEST_BEFORE_SUFFIX: usize = 191;

/// Posts whose name ends like this keep it, and note no name to go back to.
pub(super) fn has_suffix(name: &[u8]) -> bool {
    name.ends_with(SUFFIX)
}

/// Gives every post of the batch its name in the trash.
pub(super) fn add_suffix(
    transaction: &mut Transaction<'_>,
    request: &DeletionRequest,
    posts: &[Post],
) -> Result<()> {
    let asking = needs_asking(transaction, posts)?;
    let plain: Vec<u64> = posts
        .iter()
        .map(|post| post.id)
        .filter(|id| !asking.contains(id))
        .collect();
    let mut names = Names::new(transaction, request);
    for post in posts.iter().filter(|post| asking.contains(&post.id)) {
        names.name(post)?;
    }
    names.flush()?;
    if !plain.is_empty() {
        transaction.execute(&sql::slugs::ADD_SUFFIX, &[Param::Ids(&plain)])?;
    }
    Ok(())
}

/// Posts that may not simply get the suffix: because their name is cut or changed by it, because
/// another post has or will have the same name, or because their old name looks like one that core
/// might just be handing out.
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
        let all: Vec<u64> = posts.iter().map(|post| post.id).collect();
        asking.extend(transaction.ids(&sql::slugs::SUFFIXED_NAME_TAKEN, &[Param::Ids(&single)])?);
        asking.extend(transaction.ids(
            &sql::slugs::SAME_NAME_IN_BATCH,
            &[Param::Ids(&single), Param::Ids(&all)],
        )?);
    }
    Ok(asking)
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
    /// the table before it is asked about. So has it when two posts already share a suffixed name.
    fn enter_contest(&mut self, post: &Post) -> Result<Contest> {
        let base = if has_suffix(&post.name) {
            post.name.clone()
        } else {
            [truncate(&post.name, LONGEST_BEFORE_SUFFIX), SUFFIX.to_vec()].concat()
        };
        let hierarchical = self
            .request
            .post_type(&post.post_type)
            .is_some_and(|known| known.hierarchical);
        let below = hierarchical.then_some(post.parent);
        match self.contest.take() {
            Some(contest)
                if contest.same(&base, &post.post_type, below) && !has_suffix(&post.name) =>
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

/// PHP's `stripslashes()`. Core hands what it has read to functions that expect it slashed and take a
/// level of backslashes off before they write.
pub(super) fn unslash(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'0') => out.push(0),
                Some(escaped) => out.push(*escaped),
                None => {}
            },
            _ => out.push(*byte),
        }
    }
    out
}

/// The number in `base-number`, written as core writes it. A base that is equal only under the
/// collation may be of another length in bytes: its numbers are left to the question that follows.
fn number_behind(name: &[u8], base: &[u8]) -> Option<u64> {
    let (start, rest) = name.split_at_checked(base.len())?;
    let digits = rest.strip_prefix(b"-")?;
    if !start.eq_ignore_ascii_case(base) {
        return None;
    }
    let number: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (number.to_string().as_bytes() == digits).then_some(number)
}

/// `base-number`, the base cut so that all of it fits. Core: `wp_unique_post_slug()`.
fn numbered_name(base: &[u8], number: u64) -> Vec<u8> {
    let number = number.to_string();
    let mut name = truncate(base, LONGEST - (number.len() + 1));
    name.push(b'-');
    name.extend_from_slice(number.as_bytes());
    name
}

/// Core: `_truncate_post_slug()`. A percent-encoded name is cut between characters, not inside an
/// encoded one.
fn truncate(name: &[u8], length: usize) -> Vec<u8> {
    let mut cut = if name.len() <= length {
        name.to_vec()
    } else {
        let decoded = url_decode(name);
        if decoded == name {
            name.get(..length).unwrap_or(name).to_vec()
        } else {
            encode_up_to(&decoded, length)
        }
    };
    while cut.last() == Some(&b'-') {
        cut.pop();
    }
    cut
}

/// PHP's `urldecode()`.
fn url_decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => out.push(b' '),
            b'%' => match (hex_digit(after.first()), hex_digit(after.get(1))) {
                (Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    rest = after.get(2..).unwrap_or_default();
                }
                _ => out.push(byte),
            },
            _ => out.push(byte),
        }
    }
    out
}

fn hex_digit(byte: Option<&u8>) -> Option<u8> {
    match byte? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        digit @ b'a'..=b'f' => Some(digit - b'a' + 10),
        digit @ b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Core: `utf8_uri_encode( $decoded, $length, true )`, byte for byte.
fn encode_up_to(decoded: &[u8], length: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let mut octets: Vec<u8> = Vec::new();
    let mut expected = 1;
    for &byte in decoded {
        if byte < 128 {
            let plain = byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
            let encoded = if plain {
                vec![byte]
            } else {
                format!("%{byte:02X}").into_bytes()
            };
            if out.len() + encoded.len() > length {
                break;
            }
            out.extend(encoded);
        } else {
            if octets.is_empty() {
                expected = match byte {
                    ..224 => 2,
                    224..240 => 3,
                    240.. => 4,
                };
            }
            octets.push(byte);
            if out.len() + expected * 3 > length {
                break;
            }
            if octets.len() == expected {
                for octet in octets.drain(..) {
                    out.extend(format!("%{octet:x}").into_bytes());
                }
                expected = 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_only_loses_hyphens_at_its_end() {
        assert_eq!(truncate(b"foo--", 191), b"foo");
        assert_eq!(truncate(b"foo", 191), b"foo");
    }

    #[test]
    fn an_encoded_name_is_cut_between_characters() {
        let name = "%d0%b6".repeat(33);
        assert_eq!(name.len(), 198);
        assert_eq!(
            truncate(name.as_bytes(), 191),
            "%d0%b6".repeat(31).into_bytes()
        );
    }

    #[test]
    fn a_plain_name_is_cut_at_the_byte() {
        assert_eq!(truncate(&[b'a'; 200], 191), [b'a'; 191]);
        let name = [&[b'a'; 190][..], b"-bbbbbbbbb"].concat();
        assert_eq!(truncate(&name, 191), [b'a'; 190]);
    }

    #[test]
    fn a_number_takes_its_room_from_the_base() {
        let base = [&[b'a'; 191][..], SUFFIX].concat();
        let name = numbered_name(&base, 10);
        assert_eq!(name.len(), 200);
        assert!(name.ends_with(b"a__tras-10"));
        assert_eq!(numbered_name(b"foo__trashed", 2), b"foo__trashed-2");
    }

    #[test]
    fn a_level_of_backslashes_goes() {
        assert_eq!(unslash(br"back\slash"), b"backslash");
        assert_eq!(unslash(br"two\\"), br"two\");
        assert_eq!(unslash(br"nul\0end\"), b"nul\0end");
    }

    #[test]
    fn only_cores_own_spelling_is_a_number() {
        let behind = |name: &[u8]| number_behind(name, b"x__trashed");
        assert_eq!(behind(b"x__trashed-17"), Some(17));
        assert_eq!(behind(b"X__Trashed-17"), Some(17));
        assert_eq!(behind(b"x__trashed-017"), None);
        assert_eq!(behind(b"x__trashed-1a"), None);
        assert_eq!(behind(b"x__trashed"), None);
    }

    #[test]
    fn a_base_of_another_length_gives_no_number() {
        let base = "\u{e1}__trashed".as_bytes();
        assert_eq!(number_behind(b"a__trashed-14", base), None);
        assert_eq!(
            number_behind("\u{e1}__trashed-14".as_bytes(), base),
            Some(14)
        );
    }
}
