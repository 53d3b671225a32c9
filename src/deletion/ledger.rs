//! The job's row, as far as it is written here: each batch notes in it, in the batch's own
//! transaction, what it has done and where to go on.
//!
//! A report that never reaches PHP is not lost, then: the next runner finds it there. And who has lost
//! the job to another runner, or to somebody who cancelled it, finds no row to write, and commits
//! nothing more: on whichever node of a cluster, and however late the runner wakes up.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::batch::Batch;
use super::resume::Resume;
use crate::db::errno;
use crate::db::value::Param;
use crate::db::{Connection, Transaction};
use crate::error::{Error, Result};
use crate::report::Slice;
use crate::request::DeletionRequest;
use crate::sql;

/// Has the connection taken the user's lock for this job?
pub(super) fn is_locked(connection: &Connection, request: &DeletionRequest) -> bool {
    request.claim.is_some() && connection.holds_lock_of(request.user.get())
}

/// Takes the user's lock, which ends with the connection. The row alone keeps runners apart; the lock
/// is there for one who has slept past the claim, in a listener of WordPress's, and still lives.
pub(super) fn lock(connection: &mut Connection, request: &DeletionRequest) -> Result<()> {
    let user = request.user.get();
    if request.claim.is_none() {
        return Ok(());
    }
    let name = format!("{}.{user}", connection.tables().quoted(b"users")?);
    match connection.query(&sql::deletions::LOCK, &[Param::Bytes(name.as_bytes())]) {
        Ok(rows) => match rows.first() {
            Some(row) if row.bytes(0)? == b"1" => {
                connection.hold_lock_of(user);
                Ok(())
            }
            _ => Err(Error::Claimed),
        },
        // Some clusters refuse such locks.
        Err(Error::Query { errno, .. }) if errno::is_unsupported(errno) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Bytes of notes in the job's row after which no new batch begins: they stay there until PHP has seen
/// to what they say, and grow with every comment.
const LONGEST_NOTES: usize = 1024 * 1024;

/// The same on this server. It makes NULL of a value that grows beyond the longest statement it takes, and
/// says nothing; a batch's own note comes on top, two where two connections are at work.
pub(super) fn longest_notes(connection: &Connection) -> usize {
    LONGEST_NOTES.min(longest_note(connection))
}

fn longest_note(connection: &Connection) -> usize {
    connection.longest_statement() / 4
}

/// What a batch writes into the job's row.
pub(super) struct Entry<'a> {
    request: &'a DeletionRequest,
    then: Resume,
}

impl<'a> Entry<'a> {
    /// `then` is where to go on after the batch, but for the terms that it leaves to count.
    pub(super) fn new(request: &'a DeletionRequest, then: Resume) -> Self {
        Self { request, then }
    }

    /// Where to go on after the batch.
    pub(super) fn after(&self, batch: &Batch) -> Resume {
        let mut resume = self.then.clone();
        resume.terms.extend(&batch.terms);
        resume
    }

    /// Notes the batch; returns how many bytes that took.
    pub(super) fn write(&self, transaction: &mut Transaction<'_>, batch: &Batch) -> Result<usize> {
        let Some(claim) = &self.request.claim else {
            return Ok(0);
        };
        let line = json(&batch.slice) + "\n";
        if line.len() > longest_note(transaction.connection()) {
            return Err(Error::TooLong {
                statement: sql::deletions::NOTE.name(),
            });
        }
        let written = transaction.execute(
            &sql::deletions::NOTE,
            &[
                Param::Bytes(self.after(batch).to_text().as_bytes()),
                Param::Bytes(line.as_bytes()),
                Param::Id(claim.lease),
                Param::Id(claim.job),
                Param::Bytes(&claim.owner),
            ],
        )?;
        if written == 0 {
            return Err(Error::Claimed);
        }
        Ok(line.len())
    }
}

/// With the keys of the report that PHP is given.
fn json(slice: &Slice) -> String {
    let rows = slice.rows.iter().map(|(table, rows)| {
        let counts = [
            ("inserted", rows.inserted),
            ("updated", rows.updated),
            ("deleted", rows.deleted),
        ];
        let counts = counts.map(|(kind, count)| (kind.as_bytes(), count.to_string()));
        (table.as_bytes(), object(counts))
    });
    let unpublished = [
        ("purged", &slice.unpublished.purged),
        ("trashed", &slice.unpublished.trashed),
    ]
    .map(|(how, types)| {
        let counts = types
            .iter()
            .map(|(name, count)| (name.as_slice(), count.to_string()));
        (how.as_bytes(), object(counts))
    });
    object([
        (&b"rows"[..], object(rows)),
        (b"purged", ids_by(&slice.purged)),
        (b"trashed", ids_by(&slice.trashed)),
        (b"reassigned", ids_by(&slice.reassigned)),
        (b"unpublished", object(unpublished)),
        (b"changed_posts", ids(&slice.changed_posts)),
        (b"deleted_comments", ids(&slice.deleted_comments)),
        (b"changed_comments", ids(&slice.changed_comments)),
        (b"counted_terms", ids_by(&slice.counted_terms)),
        (b"terms_to_count", ids_by(&slice.terms_to_count)),
        (b"links", ids(&slice.links)),
    ])
}

fn object<'a>(entries: impl IntoIterator<Item = (&'a [u8], String)>) -> String {
    let entries = entries
        .into_iter()
        .map(|(key, value)| format!("{}:{value}", text(key)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn ids<'a>(ids: impl IntoIterator<Item = &'a u64>) -> String {
    list(ids.into_iter().map(u64::to_string))
}

fn ids_by<K: AsRef<[u8]>>(groups: &BTreeMap<K, Vec<u64>>) -> String {
    object(
        groups
            .iter()
            .map(|(name, group)| (name.as_ref(), ids(group))),
    )
}

/// ASCII alone, which takes as many bytes in the row as here, whatever the column's character set.
fn text(bytes: &[u8]) -> String {
    let mut quoted = String::from('"');
    for unit in String::from_utf8_lossy(bytes).encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte @ (b'"' | b'\\')) => quoted.extend(['\\', char::from(byte)]),
            Ok(byte @ b' '..=b'~') => quoted.push(char::from(byte)),
            _ => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\u{unit:04x}");
            }
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::php::Php;
    use super::*;

    #[test]
    fn a_slice_is_json_with_the_keys_of_the_report() {
        let mut slice = Slice::default();
        slice.rows("posts").deleted = 2;
        slice.purged.insert(b"book".to_vec(), vec![3, 70_000]);
        slice.unpublished.trashed.insert(b"page".to_vec(), 4);
        slice.changed_posts.insert(5);
        slice.counted_terms.insert("genre".into(), vec![]);
        assert_eq!(
            json(&slice),
            concat!(
                r#"{"rows":{"posts":{"inserted":0,"updated":0,"deleted":2}},"#,
                r#""purged":{"book":[3,70000]},"trashed":{},"reassigned":{},"#,
                r#""unpublished":{"purged":{},"trashed":{"page":4}},"changed_posts":[5],"#,
                r#""deleted_comments":[],"changed_comments":[],"counted_terms":{"genre":[]},"#,
                r#""terms_to_count":{},"links":[]}"#
            )
        );
    }

    #[test]
    fn a_name_cannot_end_its_quotes() {
        assert_eq!(text(b"a\"b\\c\nd\0"), r#""a\"b\\c\u000ad\u0000""#);
        assert_eq!(
            text("~ü\u{7f}\u{1f600}".as_bytes()),
            r#""~\u00fc\u007f\ud83d\ude00""#
        );
        assert_eq!(text(b"\xff"), r#""\ufffd""#);
    }

    #[test]
    fn any_name_is_read_by_php_as_it_was_written() {
        let php = Php::new("json_decode");
        proptest!(|(name in prop_oneof![any::<Vec<u8>>(), ".*".prop_map(String::into_bytes)])| {
            let quoted = text(&name);
            prop_assert!(quoted.is_ascii() && !quoted.contains('\n'));
            prop_assert_eq!(
                String::from_utf8(php.ask(quoted.as_bytes())).unwrap(),
                String::from_utf8_lossy(&name)
            );
        });
    }
}
