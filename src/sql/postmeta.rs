//! `postmeta`.

use super::statement;

statement!(
    /// The trash metas of a batch, in core's order within each post. Core: `wp_trash_post()`,
    /// `wp_add_trashed_suffix_to_post_name_for_post()`, `wp_trash_post_comments()`.
    INSERT,
    "INSERT /* wpf_delete */ INTO {postmeta} (post_id, meta_key, meta_value) VALUES ?"
);
statement!(
    /// All metas of posts that go [post_id].
    DELETE_OF_POSTS,
    "DELETE /* wpf_delete */ {postmeta} FROM {postmeta} WHERE post_id IN (?)"
);
statement!(
    /// Every featured-image reference to an attachment of this author, on any post: attachment, meta,
    /// post [meta_key, primary key]. The id is compared as a string, as core's
    /// `delete_metadata( 'post', null, '_thumbnail_id', $id, true )` does: `'04'` is not 4.
    THUMBNAILS,
    "SELECT /* wpf_delete */ p.ID, m.meta_id, m.post_id FROM {postmeta} m \
     JOIN {posts} p ON p.ID = CAST(m.meta_value AS UNSIGNED) \
     WHERE m.meta_key = '_thumbnail_id' AND m.meta_value = CAST(p.ID AS CHAR) \
     AND p.post_author = ? AND p.post_type = 'attachment'"
);
statement!(
    /// Those references, as far as they still name these attachments [primary key].
    DELETE_THUMBNAILS,
    "DELETE /* wpf_delete */ {postmeta} FROM {postmeta} \
     WHERE meta_id IN (?) AND meta_key = '_thumbnail_id' AND meta_value IN (?)"
);
