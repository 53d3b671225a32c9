//! A site of many posts, of which the victim has every fourth, with everything that hangs from posts.

use crate::database::{Database, numbers};

/// A taxonomy of two terms, one of which holds every `doc` of the victim, as a plugin for translations
/// has it.
pub const LANGUAGE: &str = "language";

/// A smaller site has the first posts of a larger one, under the same numbers, so what is said on the
/// smaller one makes sense on the larger one. What is no plain post or term has numbers from a million.
pub fn seed(database: &Database, posts: u64) {
    let run = |statement: &str| assert!(database.run(statement) > 0, "{statement}");
    // One row for each number up to `last`.
    let insert = |last: u64, into: &str, values: &str| {
        run(&format!(
            "INSERT INTO {into} SELECT {values} FROM {}",
            numbers(last)
        ));
    };
    insert(
        490,
        "wp_users (ID, user_login)",
        "9 + seq, CONCAT('u', seq)",
    );
    insert(
        5000,
        "wp_usermeta (user_id, meta_key, meta_value)",
        "9 + seq MOD 490, CONCAT('key', seq MOD 9), seq",
    );
    insert(
        posts,
        "wp_posts (ID, post_author, post_type, post_status, post_name, post_parent, post_date, \
         post_content, post_title, post_excerpt, to_ping, pinged, post_content_filtered)",
        "seq, IF(seq MOD 4 = 0, 7, 9 + seq MOD 490), \
         ELT(1 + seq DIV 4 MOD 6, 'post', 'page', 'attachment', 'book', 'doc', 'revision'), \
         IF(seq MOD 9 = 0, 'draft', 'publish'), \
         CASE WHEN seq MOD 800 = 0 THEN '' WHEN seq MOD 600 = 0 THEN 'same' \
         WHEN seq MOD 280 = 0 THEN CONCAT('name-', seq, '-') ELSE CONCAT('name-', seq) END, \
         IF(seq MOD 5 = 0, seq - 1, 0), '2000-01-01' + INTERVAL seq HOUR, \
         'text', 't', '', '', '', ''",
    );
    // The victim's suffixed names are partly taken, below the same parents too.
    run(
        "INSERT INTO wp_posts (ID, post_author, post_type, post_name, post_parent, \
         post_content, post_title, post_excerpt, to_ping, pinged, post_content_filtered) \
         SELECT 1000000 + ID, 9, post_type, CONCAT(post_name, '__trashed'), post_parent, \
         '', '', '', '', '', '' FROM wp_posts WHERE post_author = 7 AND ID MOD 240 < 12 AND ID < 4000",
    );
    insert(
        2 * posts,
        "wp_postmeta (post_id, meta_key, meta_value)",
        "1 + seq DIV 2, CONCAT('key', seq MOD 30), seq",
    );
    insert(
        posts / 7,
        "wp_postmeta (post_id, meta_key, meta_value)",
        "seq * 7, '_thumbnail_id', seq * 4",
    );
    // The second comment of a post answers the first one of the post before.
    insert(
        2 * posts,
        "wp_comments (comment_ID, comment_post_ID, comment_parent, comment_author, \
         comment_content)",
        "10 + seq, 1 + seq DIV 2, IF(seq MOD 2 = 1, 7 + seq, 0), '', ''",
    );
    insert(
        2 * posts,
        "wp_commentmeta (comment_id, meta_key, meta_value)",
        "10 + seq, 'k', 'v'",
    );
    terms(posts, &insert);
    run(
        "INSERT INTO wp_term_relationships (object_id, term_taxonomy_id) \
         SELECT ID, 1000001 + ID MOD 2 FROM wp_posts WHERE post_type = 'doc' AND ID < 1000000",
    );
    menu(&insert);
    insert(
        300,
        "wp_links (link_id, link_owner, link_notes)",
        "seq, IF(seq MOD 20 = 0, 7, 9), ''",
    );
    for table in database.column("SHOW TABLES") {
        database.rows(&format!("ANALYZE TABLE {table}"));
    }
}

/// A term for every fifty posts; posts of a time share theirs.
fn terms(posts: u64, insert: &impl Fn(u64, &str, &str)) {
    insert(
        posts / 50,
        "wp_terms (term_id, name, slug)",
        "10000 + seq, CONCAT('n', seq), CONCAT('s', seq)",
    );
    insert(
        posts / 50,
        "wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description)",
        "seq, 10000 + seq, ELT(1 + seq MOD 6, 'category', 'post_tag', 'media_tag', 'genre', \
         'shelf', 'link_category'), ''",
    );
    insert(
        2 * posts,
        "wp_term_relationships (object_id, term_taxonomy_id)",
        "1 + seq DIV 2, 1 + seq DIV 100 + seq MOD 2 * 7",
    );
    insert(
        2,
        "wp_terms (term_id, name, slug)",
        "1000000 + seq, CONCAT('l', seq), CONCAT('l', seq)",
    );
    insert(
        2,
        "wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description)",
        &format!("1000000 + seq, 1000000 + seq, '{LANGUAGE}', ''"),
    );
}

/// Items that point at the victim's first posts.
fn menu(insert: &impl Fn(u64, &str, &str)) {
    insert(
        60,
        "wp_posts (ID, post_author, post_type, post_content, post_title, post_excerpt, to_ping, \
         pinged, post_content_filtered)",
        "2000000 + seq, 9, 'nav_menu_item', '', '', '', '', '', ''",
    );
    for (key, value) in [
        ("_menu_item_type", "'post_type'"),
        ("_menu_item_object_id", "seq * 4"),
    ] {
        insert(
            60,
            "wp_postmeta (post_id, meta_key, meta_value)",
            &format!("2000000 + seq, '{key}', {value}"),
        );
    }
}
