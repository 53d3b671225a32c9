//! `posts.post_name` on the way to the trash. Comparisons are left to the column's own collation, as
//! in core's `wp_unique_post_slug()`.

use super::statement;

statement!(
    /// Which of these posts would, with the plain suffix, take a name some post already has
    /// [primary key, post_name].
    SUFFIXED_NAME_TAKEN,
    "SELECT /* wpf_delete */ DISTINCT a.ID FROM {posts} a JOIN {posts} b \
     ON b.post_name = CONCAT(a.post_name, '__trashed') AND b.ID <> a.ID WHERE a.ID IN (?)"
);
statement!(
    /// Which of these posts have, under the collation, the same name as another one of them, so that both would
    /// take the same suffixed name [primary key].
    SAME_NAME_IN_BATCH,
    "SELECT /* wpf_delete */ ID FROM {posts} WHERE ID IN (?) AND post_name IN \
     (SELECT post_name FROM {posts} WHERE ID IN (?) GROUP BY post_name HAVING COUNT(*) > 1)"
);
statement!(
    /// Which of these posts have one of these names, which others of the batch will be left with
    /// [primary key or post_name].
    NAMED,
    "SELECT /* wpf_delete */ ID FROM {posts} WHERE ID IN (?) AND post_name IN (?)"
);
statement!(
    /// Writes names that were worked out one by one [primary key].
    SET_NAMES,
    "UPDATE /* wpf_delete */ {posts} SET post_name = CASE ID? END WHERE ID IN (?)"
);
statement!(
    /// Is the name taken by another post of this type? Flat types [post_name].
    TAKEN_IN_TYPE,
    "SELECT /* wpf_delete */ ID FROM {posts} \
     WHERE post_name = ? AND post_type = ? AND ID <> ? LIMIT 1"
);
statement!(
    /// Is it taken below the same parent? Hierarchical types, which share with attachments
    /// [post_name].
    TAKEN_BELOW_PARENT,
    "SELECT /* wpf_delete */ ID FROM {posts} \
     WHERE post_name = ? AND post_type IN (?, 'attachment') AND ID <> ? AND post_parent = ? LIMIT 1"
);
statement!(
    /// Is it taken by any post? Attachments [post_name].
    TAKEN_ANYWHERE,
    "SELECT /* wpf_delete */ ID FROM {posts} WHERE post_name = ? AND ID <> ? LIMIT 1"
);
statement!(
    /// Names of this type that continue a base with a number [post_name].
    NUMBERED_IN_TYPE,
    "SELECT /* wpf_delete */ post_name FROM {posts} \
     WHERE post_name LIKE ? ESCAPE '|' AND post_type = ?"
);
statement!(
    /// The same below one parent [post_name].
    NUMBERED_BELOW_PARENT,
    "SELECT /* wpf_delete */ post_name FROM {posts} \
     WHERE post_name LIKE ? ESCAPE '|' AND post_type IN (?, 'attachment') AND post_parent = ?"
);
statement!(
    /// The same among all posts [post_name].
    NUMBERED_ANYWHERE,
    "SELECT /* wpf_delete */ post_name FROM {posts} WHERE post_name LIKE ? ESCAPE '|'"
);
