//! `users` and `usermeta`.

use super::statement;

statement!(
    /// Have the user and the heir a row, and can the proof be seen that WordPress wrote through its own
    /// connection a moment ago? [primary key, user_id]
    SEEN,
    "SELECT /* wpf_delete */ EXISTS (SELECT 1 FROM {users} WHERE ID = ?), \
     EXISTS (SELECT 1 FROM {users} WHERE ID = ?), \
     EXISTS (SELECT 1 FROM {usermeta} WHERE user_id = ? AND meta_key = ? AND meta_value = ?)"
);
statement!(
    /// The heir's row, locked until the batch ends, so that nobody deletes the heir meanwhile
    /// [primary key].
    LOCK_HEIR,
    "SELECT /* wpf_delete */ ID FROM {users} WHERE ID = ? LOCK IN SHARE MODE"
);
statement!(
    /// All metas of the user [user_id]; core's loop over `delete_metadata_by_mid()`.
    DELETE_METAS,
    "DELETE /* wpf_delete */ {usermeta} FROM {usermeta} WHERE user_id = ?"
);
statement!(
    /// The user's row, last; end of core's `wp_delete_user()` on a single site [primary key].
    DELETE,
    "DELETE /* wpf_delete */ {users} FROM {users} WHERE ID = ?"
);
