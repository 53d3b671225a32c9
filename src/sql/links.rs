//! `links`: a small table without an index on its owner.

use super::statement;

statement!(
    /// The next links of the user; a scan, as in core, of a table of a few hundred rows at most.
    NEXT_OF_OWNER,
    "SELECT /* wpf_delete */ link_id FROM {links} WHERE link_owner = ? ORDER BY link_id LIMIT ?"
);
statement!(
    /// Removes links [primary key]. Core: `wp_delete_link()`.
    DELETE,
    "DELETE /* wpf_delete */ {links} FROM {links} WHERE link_id IN (?)"
);
statement!(
    /// One link of a batch whose commit got no answer; see [`super::posts::WITNESS`] [primary key].
    WITNESS,
    "SELECT /* wpf_delete */ link_owner FROM {links} WHERE link_id = ? LOCK IN SHARE MODE"
);
statement!(
    /// Hands links to the heir [primary key].
    REASSIGN,
    "UPDATE /* wpf_delete */ {links} SET link_owner = ? WHERE link_id IN (?)"
);
