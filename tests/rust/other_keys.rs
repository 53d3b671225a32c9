//! A site whose keys a plugin has changed.

use wpf_delete::request::Budget;

use crate::database::Database;
use crate::large_site::seed;
use crate::site::{deletion, in_batches, reassignment};

/// What "Index WP MySQL For Speed" makes of core's keys: other primary keys, and more columns in others of the
/// same name.
const FOR_SPEED: [&str; 5] = [
    "ALTER TABLE wp_posts DROP KEY post_name, ADD KEY post_name (post_name), \
     DROP KEY post_parent, ADD KEY post_parent (post_parent, post_type, post_status), \
     DROP KEY type_status_date, \
     ADD KEY type_status_date (post_type, post_status, post_date, post_author), \
     DROP KEY post_author, ADD KEY post_author (post_author, post_type, post_status, post_date)",
    "ALTER TABLE wp_postmeta ADD UNIQUE KEY meta_id (meta_id), DROP PRIMARY KEY, \
     ADD PRIMARY KEY (post_id, meta_key, meta_id), DROP KEY meta_key, \
     ADD KEY meta_key (meta_key, meta_value(32), post_id, meta_id), \
     ADD KEY meta_value (meta_value(32), meta_id), DROP KEY post_id",
    "ALTER TABLE wp_comments ADD UNIQUE KEY comment_ID (comment_ID), DROP PRIMARY KEY, \
     ADD PRIMARY KEY (comment_post_ID, comment_ID), DROP KEY comment_parent, \
     ADD KEY comment_parent (comment_parent, comment_ID), \
     ADD KEY comment_post_parent_approved (comment_post_ID, comment_parent, comment_approved, \
     comment_type, user_id, comment_date_gmt, comment_ID), DROP KEY comment_post_ID",
    "ALTER TABLE wp_commentmeta ADD UNIQUE KEY meta_id (meta_id), DROP PRIMARY KEY, \
     ADD PRIMARY KEY (meta_key, comment_id, meta_id), DROP KEY comment_id, \
     ADD KEY comment_id (comment_id, meta_key, meta_value(32)), \
     ADD KEY meta_value (meta_value(32)), DROP KEY meta_key",
    "ALTER TABLE wp_usermeta ADD UNIQUE KEY umeta_id (umeta_id), DROP PRIMARY KEY, \
     ADD PRIMARY KEY (user_id, meta_key, umeta_id), DROP KEY meta_key, \
     ADD KEY meta_key (meta_key, meta_value(32), user_id, umeta_id), DROP KEY user_id",
];

#[test]
fn other_keys_leave_the_same() {
    for request in [deletion(), reassignment()] {
        let request = in_batches(Budget::LARGEST_BATCH / 10, request);
        let after = |keys: &[&str]| {
            let database = Database::site("keys");
            seed(&database, 3000);
            for change in keys {
                database.run(change);
            }
            let before = database.number("SELECT COUNT(*) FROM wp_posts WHERE post_author = 7");
            assert!(before > 700, "{before}");
            database.delete(&request);
            database.contents()
        };
        assert_eq!(after(&FOR_SPEED), after(&[]));
    }
}
