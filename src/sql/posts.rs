//! `posts`.

use super::{Taking, statement};

statement!(
    /// The next posts core would delete for good, by ascending id [post_author + primary key].
    /// Parameters: author, last id, the highest one, types, types that go to the trash, limit. The trash types and
    /// the status are compared byte by byte because core does it in PHP, with `===`; the list of
    /// types is compared by collation because core does that in SQL. The index is forced, because
    /// MySQL would rather walk the primary key past everybody's posts, and MariaDB would begin at
    /// the author's first post each time.
    NEXT_TO_PURGE,
    "SELECT /* wpf_delete */ ID, post_parent, post_type FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? AND ID <= ? AND post_type IN (?) \
     AND NOT (CAST(post_type AS BINARY) IN (?) AND CAST(post_status AS BINARY) <> 'trash') \
     ORDER BY ID LIMIT ?"
);
statement!(
    /// Like [`NEXT_TO_PURGE`] on a second look, when this deletion's own posts lie in the trash:
    /// only posts of types that never go there [post_author + primary key].
    NEXT_TO_PURGE_AGAIN,
    "SELECT /* wpf_delete */ ID, post_parent, post_type FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? AND ID <= ? AND post_type IN (?) \
     AND NOT (CAST(post_type AS BINARY) IN (?)) ORDER BY ID LIMIT ?"
);
statement!(
    /// The next posts for the trash, by ascending id, each with a number that names have in common which are the
    /// same under the column's collation; padded, because some collations pad [post_author + primary key].
    NEXT_TO_TRASH,
    "SELECT /* wpf_delete */ ID, CRC32(LEFT(WEIGHT_STRING(CONCAT(post_name, SPACE(200))), 200)) \
     FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? AND ID <= ? AND CAST(post_type AS BINARY) IN (?) \
     AND CAST(post_status AS BINARY) <> 'trash' ORDER BY ID LIMIT ?"
);
statement!(
    /// Is there one for [`NEXT_TO_PURGE_AGAIN`] or [`NEXT_TO_TRASH`]? Both look through all of the author's
    /// posts to find that there is none; this does so once [post_author].
    ANY_LEFT,
    "SELECT /* wpf_delete */ ID FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND post_type IN (?) \
     AND NOT (CAST(post_type AS BINARY) IN (?) AND CAST(post_status AS BINARY) = 'trash') LIMIT 1"
);
statement!(
    /// The next posts of this author of any type, for reassignment [post_author + primary key].
    NEXT_OF_AUTHOR,
    "SELECT /* wpf_delete */ ID FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? AND ID <= ? ORDER BY ID LIMIT ?"
);
statement!(
    /// The posts of a batch, locked until it ends, and only those that still belong to the author:
    /// what was chosen a moment ago may have changed hands. With numbers of names as in [`NEXT_TO_TRASH`].
    /// Here and below `+ 0` keeps MariaDB from looking up the author instead, and locking all of that
    /// author's posts [primary key].
    LOCK,
    "SELECT /* wpf_delete */ ID, post_type, post_status, post_parent, post_name, \
     CRC32(LEFT(WEIGHT_STRING(CONCAT(post_name, SPACE(200))), 200)) FROM {posts} \
     WHERE ID IN (?) AND post_author + 0 = ? ORDER BY ID FOR UPDATE"
);
statement!(
    /// Is one of these an attachment? [primary key].
    ANY_ATTACHMENT,
    "SELECT /* wpf_delete */ ID FROM {posts} WHERE ID IN (?) AND post_type = 'attachment' LIMIT 1"
);
statement!(
    /// As [`LOCK`], of posts that go for good; with the place of their type in a list (see
    /// [`LOCK_BELOW`]) [primary key].
    LOCK_GOING,
    "SELECT /* wpf_delete */ ID, post_type, post_status, post_parent, FIELD(post_type, ?) \
     FROM {posts} WHERE ID IN (?) AND post_author + 0 = ? ORDER BY ID FOR UPDATE"
);
statement!(
    /// As [`LOCK_GOING`], deleted [primary key].
    TAKE_GOING,
    "DELETE /* wpf_delete */ FROM {posts} WHERE ID IN (?) AND post_author + 0 = ? \
     RETURNING ID, post_type, post_status, post_parent, FIELD(post_type, ?)"
);
/// The posts of a batch that go for good.
pub(crate) const GOING: Taking = Taking {
    at_once: TAKE_GOING,
    lock: LOCK_GOING,
    delete: DELETE,
};
statement!(
    /// Posts below the given ones, whoever wrote them, that go with them, or that outlive them and move
    /// up: revisions, attachments, and posts of hierarchical types, each with the place of its type in
    /// the list; the caller keeps the last only below a parent of that type [post_parent]. Core:
    /// `wp_delete_post()`, which asks the table for revisions because `wp_get_post_revisions()` is
    /// filtered, and leaves those in another spelling. The types are not compared as the column is, or
    /// on a site with few pages all of them would be read and locked instead.
    LOCK_BELOW,
    "SELECT /* wpf_delete */ ID, post_type, post_status, post_parent, FIELD(post_type, ?) \
     FROM {posts} WHERE post_parent IN (?) \
     AND (CAST(post_type AS BINARY) = 'revision' OR FIELD(post_type, ?) > 0) \
     ORDER BY ID FOR UPDATE"
);
statement!(
    /// Which of these posts have others than these below them, when they are much of a range of ids, which is
    /// read instead of looking up each; nothing is locked [post_parent].
    PARENTS_IN_RANGE,
    "SELECT /* wpf_delete */ DISTINCT post_parent FROM {posts} FORCE INDEX (post_parent) \
     WHERE post_parent BETWEEN ? AND ? AND post_parent + 0 IN (?) AND ID + 0 NOT IN (?)"
);
statement!(
    /// Side posts (menu items) by id, locked [primary key].
    LOCK_BY_ID,
    "SELECT /* wpf_delete */ ID, post_type, post_status, post_parent, FIELD(post_type, ?) \
     FROM {posts} WHERE ID IN (?) ORDER BY ID FOR UPDATE"
);
statement!(
    /// As [`LOCK_BY_ID`], deleted [primary key].
    TAKE_BY_ID,
    "DELETE /* wpf_delete */ FROM {posts} WHERE ID IN (?) \
     RETURNING ID, post_type, post_status, post_parent, FIELD(post_type, ?)"
);
/// Menu items that go with them.
pub(crate) const MENU_ITEMS: Taking = Taking {
    at_once: TAKE_BY_ID,
    lock: LOCK_BY_ID,
    delete: DELETE,
};
statement!(
    /// Gives children their new parents [primary key].
    SET_PARENTS,
    "UPDATE /* wpf_delete */ {posts} SET post_parent = CASE ID? END WHERE ID IN (?)"
);
statement!(
    /// Rows that were locked [primary key].
    DELETE,
    "DELETE /* wpf_delete */ {posts} FROM {posts} WHERE ID IN (?)"
);
statement!(
    /// Status and dates of trashed posts whose names are written already, see [`super::slugs`]
    /// [primary key]. Core: `wp_trash_post()` through `wp_update_post()`, of which only this is meant.
    TRASH,
    "UPDATE /* wpf_delete */ {posts} SET post_status = 'trash', post_modified = ?, \
     post_modified_gmt = ? WHERE ID IN (?)"
);
statement!(
    /// The same with the suffix behind the name, where nothing stands in its way: one change of the
    /// row and its indexes instead of two [primary key].
    TRASH_WITH_SUFFIX,
    "UPDATE /* wpf_delete */ {posts} SET post_name = CONCAT(post_name, '__trashed'), \
     post_status = 'trash', post_modified = ?, post_modified_gmt = ? WHERE ID IN (?)"
);
statement!(
    /// The types of posts that are about to change hands [primary key].
    TYPES,
    "SELECT /* wpf_delete */ ID, post_type FROM {posts} WHERE ID IN (?) AND post_author + 0 = ?"
);
statement!(
    /// Hands posts to the heir; nothing else in the row moves [primary key].
    REASSIGN,
    "UPDATE /* wpf_delete */ {posts} SET post_author = ? WHERE ID IN (?) AND post_author + 0 = ?"
);
statement!(
    /// One post of a batch whose commit got no answer: did it go through? Asks for the lock, because
    /// the server may still be busy with that commit [primary key].
    WITNESS,
    "SELECT /* wpf_delete */ post_status, post_author FROM {posts} WHERE ID = ? LOCK IN SHARE MODE"
);
