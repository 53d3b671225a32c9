//! The number of a name in every collation.

use crate::database::Database;
use crate::site::Post;

/// What two statements take for the number of a name.
fn number_of_a_name() -> &'static str {
    let source = include_str!("../../src/sql/posts.rs");
    let start = source.find("CRC32(").unwrap();
    let end = source[start..].find(" \\\n").unwrap();
    let number = &source[start..][..end];
    assert_eq!(source.matches(number).count(), 2);
    number
}

#[test]
fn names_that_are_the_same_have_the_same_number_in_every_collation() {
    let database = Database::site("numbers");
    let (a, accents) = ("a".repeat(200), "á".repeat(200));
    let names = "| |  |\u{a0}|a|A|a |a  |a\u{a0}|a\t|á|a\u{301}|ä|ae|æ|å|aa|ａ|i|I|ı|İ|y|v|w|ß|ss|SS|\
         ŝs|ch|cH|dž|ǆ|ll|ﬁ|fi|-|--|_|a-b|ab|a\u{ad}b|a\u{200d}b|日本|にほん|ニホン|%e6%97%a5|%E6%97%A5|𝒜|😀|🐘|foo|Foo";
    let names = names.split('|').chain([&*a, &*accents]);
    for (id, name) in (1..).zip(names) {
        database.post(Post {
            id,
            name,
            ..Post::default()
        });
    }
    database.run("SET SESSION sql_mode = ''");
    let number =
        |table: &str| number_of_a_name().replace("post_name", &format!("{table}.post_name"));
    let collations = database.rows(
        "SELECT CHARACTER_SET_NAME, COLLATION_NAME FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY \
         WHERE CHARACTER_SET_NAME IN ('utf8mb4', 'utf8mb3', 'utf8', 'latin1', 'binary') ORDER BY 2",
    );
    let mut same = 0;
    for collation in &collations {
        let [charset, collation] = &collation[..] else {
            unreachable!()
        };
        // What a narrower character set lacks becomes a question mark.
        database.run(&format!(
            "CREATE TABLE names (ID BIGINT UNSIGNED PRIMARY KEY, post_name VARCHAR(200) \
             CHARACTER SET {charset} COLLATE {collation})"
        ));
        database.run(&format!(
            "INSERT INTO names SELECT ID, CONVERT(post_name USING {charset}) FROM wp_posts"
        ));
        let pairs = database.rows(&format!(
            "SELECT a.post_name, b.post_name, {} = {} FROM names a \
             JOIN names b ON a.post_name = b.post_name AND a.ID < b.ID",
            number("a"),
            number("b")
        ));
        same += pairs.len();
        let apart: Vec<_> = pairs.iter().filter(|pair| pair[2] != "1").collect();
        assert!(apart.is_empty(), "{collation}: {apart:?}");
        let numbers = format!("SELECT COUNT(DISTINCT {}) FROM names", number("names"));
        assert!(
            database.number(&numbers) > 20,
            "{collation} knows no difference"
        );
        database.run("DROP TABLE names");
    }
    assert!(
        collations.len() > 80 && same > 20 * collations.len(),
        "{same}"
    );
}
