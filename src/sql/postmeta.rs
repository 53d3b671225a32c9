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
    "DELETE /* wpf_delete */ FROM {postmeta} WHERE post_id IN (?)"
);
statement!(
    /// Featured-image references to attachments that go, on any post [meta_key]. The ids are
    /// compared as strings, as core's `delete_metadata( 'post', null, '_thumbnail_id', $id, true )`
    /// does: `'04'` is not 4.
    THUMBNAILS,
    "SELECT /* wpf_delete */ meta_id, post_id FROM {postmeta} \
     WHERE meta_key = '_thumbnail_id' AND meta_value IN (?) ORDER BY meta_id FOR UPDATE"
);
statement!(
    /// Those references [primary key].
    DELETE_BY_ID,
    "DELETE /* wpf_delete */ FROM {postmeta} WHERE meta_id IN (?)"
);
