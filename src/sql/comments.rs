//! `comments` and `commentmeta`.

use super::{Taking, statement};

statement!(
    /// The comments of a batch's posts, locked [comment_post_ID].
    LOCK_OF_POSTS,
    "SELECT /* wpf_delete */ comment_ID, comment_post_ID, comment_parent, comment_approved \
     FROM {comments} WHERE comment_post_ID IN (?) ORDER BY comment_post_ID, comment_ID FOR UPDATE"
);
statement!(
    /// As [`LOCK_OF_POSTS`], deleted [comment_post_ID].
    TAKE_OF_POSTS,
    "DELETE /* wpf_delete */ FROM {comments} WHERE comment_post_ID IN (?) \
     RETURNING comment_ID, comment_post_ID, comment_parent"
);
/// Comments of posts that go for good.
pub(crate) const OF_POSTS: Taking = Taking {
    at_once: TAKE_OF_POSTS,
    lock: LOCK_OF_POSTS,
    delete: DELETE,
};
statement!(
    /// Has any comment in this range of ids replies? On most sites none has [comment_parent].
    ANY_REPLIES,
    "SELECT /* wpf_delete */ comment_ID FROM {comments} FORCE INDEX (comment_parent) \
     WHERE comment_parent BETWEEN ? AND ? LIMIT 1"
);
statement!(
    /// Replies to comments that are gone, on other posts [comment_parent].
    REPLIES,
    "SELECT /* wpf_delete */ comment_ID, comment_parent FROM {comments} \
     WHERE comment_parent IN (?) ORDER BY comment_ID FOR UPDATE"
);
statement!(
    /// Moves those replies to the nearest ancestor that stays [primary key]. Core:
    /// `wp_delete_comment()`.
    SET_PARENTS,
    "UPDATE /* wpf_delete */ {comments} SET comment_parent = CASE comment_ID? END \
     WHERE comment_ID IN (?)"
);
statement!(
    /// Metas of comments that go [comment_id].
    DELETE_METAS,
    "DELETE /* wpf_delete */ {commentmeta} FROM {commentmeta} WHERE comment_id IN (?)"
);
statement!(
    /// Comments that were locked [primary key].
    DELETE,
    "DELETE /* wpf_delete */ {comments} FROM {comments} WHERE comment_ID IN (?)"
);
statement!(
    /// Comments of posts that are trashed, those whose status is on record [primary key]. Core:
    /// `wp_trash_post_comments()`.
    TRASH,
    "UPDATE /* wpf_delete */ {comments} SET comment_approved = 'post-trashed' \
     WHERE comment_ID IN (?)"
);
