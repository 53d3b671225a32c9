//! Counting what a deletion would do; reads only.

use super::statement;

statement!(
    /// Posts of the author by type and by what becomes of them, decided as in
    /// [`super::posts::NEXT_TO_TRASH`] and [`super::posts::NEXT_TO_PURGE`] [post_author]. Here and
    /// below the index is forced, because for the author of every fourth post the server would read
    /// the whole table.
    POSTS,
    "SELECT /* wpf_delete */ CAST(post_type AS BINARY), CASE \
     WHEN CAST(post_type AS BINARY) IN (?) AND CAST(post_status AS BINARY) <> 'trash' THEN 'trash' \
     WHEN post_type IN (?) THEN 'purge' ELSE 'keep' END, COUNT(*) \
     FROM {posts} FORCE INDEX (post_author) WHERE post_author = ? GROUP BY 1, 2"
);
statement!(
    /// Revisions by other authors below the author's posts of these types [post_author,
    /// post_parent].
    FOREIGN_REVISIONS,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {posts} r ON r.post_parent = p.ID AND r.post_type = 'revision' \
     AND r.post_author <> p.post_author \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash')"
);
statement!(
    /// Metas of the author's posts of these types that go for good [post_author, post_id].
    POSTMETA,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {postmeta} m ON m.post_id = p.ID \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash')"
);
statement!(
    /// Comments of those posts, deleted with them [post_author, comment_post_ID].
    COMMENTS_PURGED,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {comments} c ON c.comment_post_ID = p.ID \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash')"
);
statement!(
    /// Comments of the posts that go to the trash [post_author, comment_post_ID].
    COMMENTS_TRASHED,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {comments} c ON c.comment_post_ID = p.ID \
     WHERE p.post_author = ? AND CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash'"
);
statement!(
    /// Links of the user.
    LINKS,
    "SELECT /* wpf_delete */ COUNT(*) FROM {links} WHERE link_owner = ?"
);
statement!(
    /// Metas of the user [user_id].
    USERMETA,
    "SELECT /* wpf_delete */ COUNT(*) FROM {usermeta} WHERE user_id = ?"
);
