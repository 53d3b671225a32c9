//! `term_relationships` and `term_taxonomy`.
//!
//! `object_id` is shared by posts, links and whatever plugins attach terms to, so nothing here
//! changes rows by `object_id` without terms of the taxonomies that belong to the object's type.

use super::statement;

statement!(
    /// The relationships of these objects with whatever [primary key].
    OF_OBJECTS,
    "SELECT /* wpf_delete */ object_id, term_taxonomy_id FROM {term_relationships} \
     WHERE object_id IN (?)"
);
statement!(
    /// The place of each term's taxonomy in a list, 0 for none, as far as the term still exists
    /// [primary key].
    TAXONOMIES,
    "SELECT /* wpf_delete */ tt.term_taxonomy_id, FIELD(tt.taxonomy, ?) FROM {term_taxonomy} tt \
     JOIN {terms} t ON t.term_id = tt.term_id WHERE tt.term_taxonomy_id IN (?)"
);
statement!(
    /// Removes these objects from these terms [primary key]. The terms are all of
    /// taxonomies that belong to the objects' type. `+ 0` keeps the optimizer from trying every object
    /// with every term.
    DELETE,
    "DELETE /* wpf_delete */ {term_relationships} FROM {term_relationships} \
     WHERE object_id IN (?) AND term_taxonomy_id + 0 IN (?)"
);
statement!(
    /// Which taxonomy and term each of these belongs to, and its count so far [primary key].
    DESCRIBE,
    "SELECT /* wpf_delete */ term_taxonomy_id, term_id, taxonomy, GREATEST(count, 0) FROM {term_taxonomy} \
     WHERE term_taxonomy_id IN (?)"
);
statement!(
    /// Posts per term, by type and status, but for a share of them: from the terms, or when these are many,
    /// from the posts, so that half of the terms would take as long as all [term_taxonomy_id, type_status_date or type_status_author, primary key]. Core:
    /// `_update_post_term_count()`. A plain read: counting inside the UPDATE would lock every post
    /// of a large term.
    COUNT_POSTS,
    "SELECT /* wpf_delete */ tr.term_taxonomy_id, COUNT(*) FROM {term_relationships} tr \
     JOIN {posts} p ON p.ID = tr.object_id \
     WHERE tr.term_taxonomy_id IN (?) AND p.post_status IN (?) AND p.post_type IN (?) \
     AND tr.object_id & 64 <> ? GROUP BY tr.term_taxonomy_id"
);
statement!(
    /// The posts that are counted [type_status_date].
    COUNTED_POSTS,
    "SELECT /* wpf_delete */ ID FROM {posts} FORCE INDEX (type_status_date) \
     WHERE post_status IN (?) AND post_type IN (?)"
);
statement!(
    /// Whatever these terms have [term_taxonomy_id].
    OBJECTS,
    "SELECT /* wpf_delete */ term_taxonomy_id, object_id FROM {term_relationships} \
     FORCE INDEX (term_taxonomy_id) WHERE term_taxonomy_id IN (?)"
);
statement!(
    /// Attachments per term, likewise: their own status counts, or their parent's when it is `inherit`
    /// [term_taxonomy_id, type_status_date or type_status_author, primary key].
    COUNT_ATTACHMENTS,
    "SELECT /* wpf_delete */ tr.term_taxonomy_id, COUNT(*) FROM {term_relationships} tr \
     JOIN {posts} p ON p.ID = tr.object_id LEFT JOIN {posts} parent ON parent.ID = p.post_parent \
     WHERE tr.term_taxonomy_id IN (?) AND p.post_type = 'attachment' \
     AND (p.post_status IN (?) OR (p.post_status = 'inherit' AND p.post_parent > 0 \
     AND parent.post_status IN (?))) \
     AND tr.object_id & 64 <> ? GROUP BY tr.term_taxonomy_id"
);
statement!(
    /// Objects per term, likewise, whatever they are [term_taxonomy_id]. Core:
    /// `_update_generic_term_count()`.
    COUNT_OBJECTS,
    "SELECT /* wpf_delete */ term_taxonomy_id, COUNT(*) FROM {term_relationships} \
     WHERE term_taxonomy_id IN (?) AND object_id & 64 <> ? GROUP BY term_taxonomy_id"
);
statement!(
    /// Writes counts [primary key].
    SET_COUNTS,
    "UPDATE /* wpf_delete */ {term_taxonomy} SET count = CASE term_taxonomy_id? END \
     WHERE term_taxonomy_id IN (?)"
);
