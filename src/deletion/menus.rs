//! Menu items, which go with the posts they point at.

use std::collections::HashMap;

use crate::db::Server;
use crate::db::value::Param;
use crate::error::Result;
use crate::request::DeletionRequest;
use crate::sql;

/// The site's menu items by the post they point at. Core: `wp_get_associated_nav_menu_items()`.
#[derive(Debug)]
pub(super) struct Menus(HashMap<u64, Vec<u64>>);

impl Menus {
    /// Reads them all: a site has hundreds, and asking for each batch would join two large tables.
    pub(super) fn read(server: &mut Server, request: &DeletionRequest) -> Result<Self> {
        let mut hidden: Vec<&[u8]> = request.hidden_statuses.iter().map(Vec::as_slice).collect();
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
        Ok(Self(items))
    }

    /// The posts that are pointed at.
    pub(super) fn targets(&self) -> Vec<u64> {
        self.0.keys().copied().collect()
    }

    /// The menu items that point at a post.
    pub(super) fn pointing_at(&self, post: u64) -> &[u64] {
        self.0.get(&post).map_or(&[], Vec::as_slice)
    }
}

/// `'12'` as core would write it; `'012'`, `' 12'` and `'12x'` are other strings. Trailing spaces do
/// not count, as under a PAD SPACE collation.
fn canonical_id(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?.trim_end_matches(' ');
    let id: u64 = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
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
