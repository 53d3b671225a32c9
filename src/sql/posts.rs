//! `posts`.

use super::statement;

statement!(
    /// The next posts core would delete for good, by ascending id [post_author + primary key].
    /// Parameters: author, last id, types, types that go to the trash, limit. The trash types and
    /// the status are compared byte by byte because core does it in PHP, with `===`; the list of
    /// types is compared by collation because core does that in SQL. The index is forced, because
    /// MySQL would rather walk the primary key past everybody's posts, and MariaDB would begin at
    /// the author's first post each time.
    NEXT_TO_PURGE,
    "SELECT /* wpf_delete */ ID FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? AND post_type IN (?) \
     AND NOT (CAST(post_type AS BINARY) IN (?) AND CAST(post_status AS BINARY) <> 'trash') \
     ORDER BY ID LIMIT ?"
);
statement!(
    /// Like [`NEXT_TO_PURGE`] on a second look, when this deletion's own posts lie in the trash:
    /// only posts of types that never go there [post_author + primary key].
    NEXT_TO_PURGE_AGAIN,
    "SELECT /* wpf_delete */ ID FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? AND post_type IN (?) \
     AND NOT (CAST(post_type AS BINARY) IN (?)) ORDER BY ID LIMIT ?"
);
statement!(
    /// The next posts for the trash, by ascending id [post_author + primary key].
    NEXT_TO_TRASH,
    "SELECT /* wpf_delete */ ID FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? AND CAST(post_type AS BINARY) IN (?) \
     AND CAST(post_status AS BINARY) <> 'trash' ORDER BY ID LIMIT ?"
);
statement!(
    /// The next posts of this author of any type, for reassignment [post_author + primary key].
    NEXT_OF_AUTHOR,
    "SELECT /* wpf_delete */ ID FROM {posts} FORCE INDEX (post_author) \
     WHERE post_author = ? AND ID > ? ORDER BY ID LIMIT ?"
);
statement!(
    /// The posts of a batch, locked until it ends, and only those that still belong to the author:
    /// what was chosen a moment ago may have changed hands [primary key]. The index is forced,
    /// because MariaDB may look up the author instead, and lock all of that author's posts.
    LOCK,
    "SELECT /* wpf_delete */ ID, post_type, post_status, post_parent, post_name FROM {posts} \
     FORCE INDEX (PRIMARY) WHERE ID IN (?) AND post_author = ? ORDER BY ID FOR UPDATE"
);
statement!(
    /// Revisions below the given posts, whoever wrote them, locked [post_parent]. Core:
    /// `wp_delete_post()`, which asks the table directly because `wp_get_post_revisions()` is
    /// filtered.
    LOCK_REVISIONS,
    "SELECT /* wpf_delete */ ID, post_type, post_status, post_parent FROM {posts} \
     WHERE post_parent IN (?) AND post_type = 'revision' ORDER BY ID FOR UPDATE"
);
statement!(
    /// Side posts (menu items) by id, locked [primary key].
    LOCK_BY_ID,
    "SELECT /* wpf_delete */ ID, post_type, post_status, post_parent FROM {posts} \
     WHERE ID IN (?) ORDER BY ID FOR UPDATE"
);
statement!(
    /// Children that may outlive their parents: attachments, and posts of hierarchical types; the
    /// caller keeps the latter only below a parent of their own type [post_parent].
    LOCK_CHILDREN,
    "SELECT /* wpf_delete */ ID, post_type, post_parent FROM {posts} \
     WHERE post_parent IN (?) AND post_type IN (?) ORDER BY ID FOR UPDATE"
);
statement!(
    /// Gives children their new parents [primary key].
    SET_PARENTS,
    "UPDATE /* wpf_delete */ {posts} SET post_parent = CASE ID? END WHERE ID IN (?)"
);
statement!(
    /// The rows of a batch, last of all that hangs from them [primary key].
    DELETE,
    "DELETE /* wpf_delete */ FROM {posts} WHERE ID IN (?)"
);
statement!(
    /// Status and dates of trashed posts; names follow in [`super::slugs`] [primary key].
    /// Core: `wp_trash_post()` through `wp_update_post()`, of which only this is meant.
    TRASH,
    "UPDATE /* wpf_delete */ {posts} SET post_status = 'trash', post_modified = ?, \
     post_modified_gmt = ? WHERE ID IN (?)"
);
statement!(
    /// Hands posts to the heir; nothing else in the row moves [primary key].
    REASSIGN,
    "UPDATE /* wpf_delete */ {posts} SET post_author = ? WHERE ID IN (?) AND post_author = ?"
);
statement!(
    /// One post of a batch whose commit got no answer: did it go through? Asks for the lock, because
    /// the server may still be busy with that commit [primary key].
    WITNESS,
    "SELECT /* wpf_delete */ post_status, post_author FROM {posts} WHERE ID = ? LOCK IN SHARE MODE"
);
