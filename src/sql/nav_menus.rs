//! Menu items, which are posts that point at other posts through a meta.

use super::statement;

statement!(
    /// Every menu item that points at a post: its id and the post's. The item's first
    /// `_menu_item_type` decides, and items with a hidden status stay [type_status_date or
    /// type_status_author, post_id or meta_key, primary key]. Core:
    /// `wp_get_associated_nav_menu_items()`.
    ITEMS,
    "SELECT /* wpf_delete */ p.ID, target.meta_value FROM {posts} p \
     JOIN {postmeta} target ON target.post_id = p.ID AND target.meta_key = '_menu_item_object_id' \
     WHERE p.post_type = 'nav_menu_item' AND p.post_status NOT IN (?) \
     AND 'post_type' = (SELECT kind.meta_value FROM {postmeta} kind WHERE kind.post_id = p.ID \
     AND kind.meta_key = '_menu_item_type' ORDER BY kind.meta_id LIMIT 1)"
);
