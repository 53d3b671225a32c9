//! `users` and `usermeta`.

use super::statement;

statement!(
    /// Does the user have a row [primary key]?
    EXISTS,
    "SELECT /* wpf_delete */ ID FROM {users} WHERE ID = ?"
);
statement!(
    /// The heir's row, locked until the batch ends, so that nobody deletes the heir meanwhile
    /// [primary key].
    LOCK_HEIR,
    "SELECT /* wpf_delete */ ID FROM {users} WHERE ID = ? LOCK IN SHARE MODE"
);
statement!(
    /// The proof row that WordPress wrote through its own connection a moment ago [user_id].
    PROOF,
    "SELECT /* wpf_delete */ umeta_id FROM {usermeta} \
     WHERE user_id = ? AND meta_key = ? AND meta_value = ?"
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
