//! Counting what a deletion would do; reads only.
//!
//! Posts that go for good are the author's of the types that go, but for those that go to the trash, decided as in
//! `posts::NEXT_TO_TRASH` and `posts::NEXT_TO_PURGE`. The index on the author is forced,
//! because for the author of every fourth post the server would read the whole table; and the one on the
//! parent, because a site may have few posts of a type.

use super::statement;

statement!(
    /// Posts of the author by type and by what becomes of them [post_author].
    POSTS,
    "SELECT /* wpf_delete */ CAST(post_type AS BINARY), CASE \
     WHEN CAST(post_type AS BINARY) IN (?) AND CAST(post_status AS BINARY) <> 'trash' THEN 'trash' \
     WHEN post_type IN (?) THEN 'purge' ELSE 'keep' END, COUNT(*) \
     FROM {posts} FORCE INDEX (post_author) WHERE post_author = ? GROUP BY 1, 2"
);
statement!(
    /// Revisions below the author's posts that go for good, without being the author's own of a type that goes
    /// [post_author, post_parent].
    REVISIONS,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN r.ID FROM {posts} p FORCE INDEX (post_author) \
     JOIN {posts} r FORCE INDEX (post_parent) ON r.post_parent = p.ID \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash') \
     AND CAST(p.post_type AS BINARY) <> 'attachment' AND CAST(r.post_type AS BINARY) = 'revision' \
     AND NOT (r.post_author = p.post_author AND r.post_type IN (?))"
);
statement!(
    /// The same below these revisions [post_parent].
    REVISIONS_BELOW,
    "SELECT /* wpf_delete */ ID FROM {posts} WHERE post_parent IN (?) \
     AND CAST(post_type AS BINARY) = 'revision' AND NOT (post_author + 0 = ? AND post_type IN (?))"
);
statement!(
    /// Which of these posts are the author's and go for good [primary key].
    GOING_AMONG,
    "SELECT /* wpf_delete */ ID FROM {posts} WHERE ID IN (?) AND post_author + 0 = ? \
     AND post_type IN (?) \
     AND NOT (CAST(post_type AS BINARY) IN (?) AND CAST(post_status AS BINARY) <> 'trash')"
);
statement!(
    /// How many of these posts are the author's, by type [primary key].
    OWN_AMONG,
    "SELECT /* wpf_delete */ CAST(post_type AS BINARY), COUNT(*) FROM {posts} \
     WHERE ID IN (?) AND post_author + 0 = ? GROUP BY 1"
);
statement!(
    /// Posts below the author's posts that go for good, that stay and move up: attachments, and posts of the
    /// same type if it is one of these. Not those that go to the trash, which are written anyway
    /// [post_author, post_parent].
    CHILDREN,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {posts} c FORCE INDEX (post_parent) ON c.post_parent = p.ID AND c.post_parent <> p.post_parent \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash') \
     AND CAST(p.post_type AS BINARY) <> 'attachment' AND (c.post_type = 'attachment' \
     OR (c.post_type = p.post_type AND CAST(p.post_type AS BINARY) IN (?))) \
     AND NOT (c.post_author = p.post_author AND c.post_type IN (?))"
);
statement!(
    /// Attachments that stay and move up from below these [post_parent].
    CHILDREN_OF,
    "SELECT /* wpf_delete */ COUNT(*) FROM {posts} FORCE INDEX (post_parent) \
     WHERE post_parent IN (?) AND post_type = 'attachment' \
     AND NOT (post_author + 0 = ? AND post_type IN (?))"
);
statement!(
    /// Metas of the author's posts that go for good [post_author, post_id].
    POSTMETA,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {postmeta} m ON m.post_id = p.ID \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash')"
);
statement!(
    /// Metas of these posts [post_id].
    POSTMETA_OF,
    "SELECT /* wpf_delete */ COUNT(*) FROM {postmeta} WHERE post_id IN (?)"
);
statement!(
    /// Posts that stay, or go along with others, as often as they feature an attachment of the author's that goes
    /// for good; see [`super::postmeta::THUMBNAILS`] [meta_key, primary key].
    FEATURING,
    "SELECT /* wpf_delete */ m.post_id FROM {postmeta} m \
     JOIN {posts} p ON p.ID = CAST(m.meta_value AS UNSIGNED) \
     LEFT JOIN {posts} f ON f.ID = m.post_id AND f.post_author + 0 = p.post_author AND f.post_type IN (?) \
     AND NOT (CAST(f.post_type AS BINARY) IN (?) AND CAST(f.post_status AS BINARY) <> 'trash') \
     WHERE m.meta_key = '_thumbnail_id' AND m.meta_value = CAST(p.ID AS CHAR) \
     AND p.post_author = ? AND CAST(p.post_type AS BINARY) = 'attachment' AND f.ID IS NULL \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash')"
);
statement!(
    /// Of the author's posts that go to the trash: those whose names are noted, and those with comments
    /// [post_author, comment_post_ID].
    NOTED_IN_TRASH,
    "SELECT /* wpf_delete */ SUM(RIGHT(CAST(p.post_name AS BINARY), 9) <> '__trashed'), \
     SUM(EXISTS (SELECT 1 FROM {comments} c WHERE c.comment_post_ID = p.ID)) \
     FROM {posts} p FORCE INDEX (post_author) WHERE p.post_author = ? \
     AND CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash'"
);
statement!(
    /// Comments of the author's posts that go for good [post_author, comment_post_ID].
    COMMENTS_PURGED,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {comments} c ON c.comment_post_ID = p.ID \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash')"
);
statement!(
    /// Metas of those comments [post_author, comment_post_ID, comment_id].
    COMMENTMETA,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {comments} c ON c.comment_post_ID = p.ID JOIN {commentmeta} m ON m.comment_id = c.comment_ID \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash')"
);
statement!(
    /// Comments that answer one of those, on another post that is not the author's or stays: comment and post. Not
    /// those that are written anyway, on their post's way to the trash
    /// [post_author, comment_post_ID, comment_parent, primary key].
    REPLIES,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN r.comment_ID, r.comment_post_ID \
     FROM {posts} p FORCE INDEX (post_author) JOIN {comments} c ON c.comment_post_ID = p.ID \
     JOIN {comments} r ON r.comment_parent = c.comment_ID AND r.comment_post_ID <> c.comment_post_ID \
     LEFT JOIN {posts} f ON f.ID = r.comment_post_ID AND f.post_author + 0 = p.post_author AND f.post_type IN (?) \
     AND NOT (CAST(f.post_type AS BINARY) IN (?) AND CAST(f.post_status AS BINARY) <> 'trash' \
     AND CAST(r.comment_approved AS BINARY) = 'post-trashed') \
     WHERE p.post_author = ? AND p.post_type IN (?) \
     AND NOT (CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash') \
     AND f.ID IS NULL"
);
statement!(
    /// Comments of these posts [comment_post_ID].
    COMMENTS_OF,
    "SELECT /* wpf_delete */ comment_ID FROM {comments} WHERE comment_post_ID IN (?)"
);
statement!(
    /// Metas of these comments [comment_id].
    COMMENTMETA_OF,
    "SELECT /* wpf_delete */ COUNT(*) FROM {commentmeta} WHERE comment_id IN (?)"
);
statement!(
    /// As [`REPLIES`], to these comments [comment_parent, primary key].
    REPLIES_TO,
    "SELECT /* wpf_delete */ r.comment_ID, r.comment_post_ID FROM {comments} r \
     LEFT JOIN {posts} f ON f.ID = r.comment_post_ID AND f.post_author + 0 = ? AND f.post_type IN (?) \
     AND NOT (CAST(f.post_type AS BINARY) IN (?) AND CAST(f.post_status AS BINARY) <> 'trash' \
     AND CAST(r.comment_approved AS BINARY) = 'post-trashed') \
     WHERE r.comment_parent IN (?) AND f.ID IS NULL"
);
statement!(
    /// Comments of the posts that go to the trash [post_author, comment_post_ID].
    COMMENTS_TRASHED,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {comments} c ON c.comment_post_ID = p.ID \
     WHERE p.post_author = ? AND CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash' \
     AND CAST(c.comment_approved AS BINARY) <> 'post-trashed'"
);
statement!(
    /// Relationships of the author's posts of types that go with terms that exist: type, status, the parent's status
    /// of what inherits it, 1 for the trash, term, place of its taxonomy in a list, and how many
    /// [post_author, primary key].
    RELATIONSHIPS,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN CAST(p.post_type AS BINARY), CAST(p.post_status AS BINARY), \
     CAST(a.post_status AS BINARY), \
     CAST(p.post_type AS BINARY) IN (?) AND CAST(p.post_status AS BINARY) <> 'trash', \
     tt.term_taxonomy_id, FIELD(tt.taxonomy, ?), COUNT(*) FROM {posts} p FORCE INDEX (post_author) \
     JOIN {term_relationships} tr ON tr.object_id = p.ID \
     JOIN {term_taxonomy} tt FORCE INDEX (PRIMARY) ON tt.term_taxonomy_id = tr.term_taxonomy_id \
     JOIN {terms} t ON t.term_id = tt.term_id \
     LEFT JOIN {posts} a ON a.ID = p.post_parent AND p.post_status = 'inherit' \
     WHERE p.post_author = ? AND p.post_type IN (?) GROUP BY 1, 2, 3, 4, 5, 6"
);
statement!(
    /// The same of these posts [primary key].
    RELATIONSHIPS_OF,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN CAST(p.post_type AS BINARY), CAST(p.post_status AS BINARY), \
     CAST(a.post_status AS BINARY), 0, tt.term_taxonomy_id, FIELD(tt.taxonomy, ?), COUNT(*) FROM {posts} p \
     JOIN {term_relationships} tr ON tr.object_id = p.ID \
     JOIN {term_taxonomy} tt FORCE INDEX (PRIMARY) ON tt.term_taxonomy_id = tr.term_taxonomy_id \
     JOIN {terms} t ON t.term_id = tt.term_id \
     LEFT JOIN {posts} a ON a.ID = p.post_parent AND p.post_status = 'inherit' \
     WHERE p.ID IN (?) GROUP BY 1, 2, 3, 4, 5, 6"
);
statement!(
    /// Links of the user.
    LINKS,
    "SELECT /* wpf_delete */ link_id FROM {links} WHERE link_owner = ?"
);
statement!(
    /// Categories of these links, and how many each has of them [primary key].
    LINK_CATEGORIES,
    "SELECT /* wpf_delete */ STRAIGHT_JOIN tt.term_taxonomy_id, COUNT(*) FROM {term_relationships} tr \
     JOIN {term_taxonomy} tt FORCE INDEX (PRIMARY) ON tt.term_taxonomy_id = tr.term_taxonomy_id AND tt.taxonomy = 'link_category' \
     JOIN {terms} t ON t.term_id = tt.term_id WHERE tr.object_id IN (?) GROUP BY 1"
);
statement!(
    /// Metas of the user [user_id].
    USERMETA,
    "SELECT /* wpf_delete */ COUNT(*) FROM {usermeta} WHERE user_id = ?"
);
