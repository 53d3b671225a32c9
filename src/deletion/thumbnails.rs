//! Featured images that go, forgotten by the posts that show them.

use super::batch::{Batch, in_lists};
use crate::db::value::Param;
use crate::db::{Server, Transaction};
use crate::error::Result;
use crate::request::DeletionRequest;
use crate::sql;

/// Where the user's attachments are featured, by attachment. Core: `wp_delete_attachment()`, which
/// looks through every `_thumbnail_id` of the site for each attachment.
#[derive(Debug)]
pub(super) struct Thumbnails(Vec<Reference>);

#[derive(Debug)]
struct Reference {
    attachment: u64,
    meta: u64,
    post: u64,
}

impl Thumbnails {
    /// Reads them all, once.
    pub(super) fn read(server: &mut Server, request: &DeletionRequest) -> Result<Self> {
        let user = [Param::Id(request.user.get())];
        let rows = server.read(|connection| connection.query(&sql::postmeta::THUMBNAILS, &user))?;
        let mut references = rows
            .iter()
            .map(|row| {
                Ok(Reference {
                    attachment: row.id(0)?,
                    meta: row.id(1)?,
                    post: row.id(2)?,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        references.sort_unstable_by_key(|reference| reference.attachment);
        Ok(Self(references))
    }

    /// Deletes the references to these attachments. One that has come to show another image since
    /// stays.
    pub(super) fn remove(
        &self,
        transaction: &mut Transaction<'_>,
        attachments: &[u64],
        batch: &mut Batch,
    ) -> Result<()> {
        let mut metas = Vec::new();
        for id in attachments {
            for reference in self.of(*id) {
                metas.push(reference.meta);
                batch.slice.changed_posts.insert(reference.post);
            }
        }
        let texts: Vec<String> = attachments.iter().map(u64::to_string).collect();
        let values: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        in_lists(&metas, |metas| {
            let params = [Param::Ids(metas), Param::Names(&values)];
            batch.slice.rows("postmeta").deleted +=
                transaction.execute(&sql::postmeta::DELETE_THUMBNAILS, &params)?;
            Ok(())
        })
    }

    fn of(&self, attachment: u64) -> impl Iterator<Item = &Reference> {
        let first = self
            .0
            .partition_point(|reference| reference.attachment < attachment);
        self.0
            .iter()
            .skip(first)
            .take_while(move |reference| reference.attachment == attachment)
    }
}
