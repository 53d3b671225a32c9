//! Every statement finds its rows through an index: what the server's own log has seen is explained
//! on a site of some size.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wpf_delete::deletion;
use wpf_delete::request::{Action, DeletionRequest, Part};

use crate::database::Database;
use crate::proxy::{Break, Proxy};
use crate::site::{deletion, finish, in_batches, reassignment};

/// Statements that may look at a whole table, and why.
const SCANS: [(&str, &str); 2] = [
    (
        "links::NEXT_OF_OWNER",
        "core has no index on the owner, and a site has few links",
    ),
    ("plan::LINKS", "as above"),
];

/// Statements that change rows without looking for any.
const WITHOUT_A_PLAN: [&str; 1] = ["postmeta::INSERT"];

const POSTS: u64 = 8000;

/// 8,000 posts, of which the victim has 400 of every type, with everything that hangs from posts.
fn seed(database: &Database) {
    for statement in [
        "INSERT INTO wp_users (ID, user_login) SELECT seq, CONCAT('u', seq) FROM seq_9_to_500",
        "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) \
         SELECT 9 + seq MOD 490, CONCAT('key', seq MOD 9), seq FROM seq_1_to_5000",
        "INSERT INTO wp_posts (ID, post_author, post_type, post_status, post_name, post_parent, \
         post_date, post_content, post_title, post_excerpt, to_ping, pinged, \
         post_content_filtered) \
         SELECT seq, IF(seq MOD 20 = 0, 7, 9 + seq MOD 490), \
         ELT(1 + (seq DIV 20) MOD 6, 'post', 'page', 'attachment', 'book', 'doc', 'revision'), \
         IF(seq MOD 9 = 0, 'draft', 'publish'), \
         CASE WHEN seq MOD 80 = 0 THEN '' WHEN seq MOD 60 = 0 THEN 'same' \
         WHEN seq MOD 140 = 0 THEN CONCAT('name-', seq, '-') ELSE CONCAT('name-', seq) END, \
         IF(seq MOD 3 = 0, seq - 1, 0), '2020-01-01' + INTERVAL seq HOUR, 'text', 't', '', '', \
         '', '' FROM seq_1_to_8000",
        // The victim's suffixed names are partly taken, below the same parents too.
        "INSERT INTO wp_posts (ID, post_author, post_type, post_status, post_name, post_parent, \
         post_content, post_title, post_excerpt, to_ping, pinged, post_content_filtered) \
         SELECT 20000 + ID, 9, post_type, 'publish', CONCAT(post_name, '__trashed'), post_parent, \
         '', '', '', '', '', '' FROM wp_posts WHERE post_author = 7 AND ID MOD 240 < 120",
        "INSERT INTO wp_posts (ID, post_author, post_type, post_status, post_name, post_parent, \
         post_content, post_title, post_excerpt, to_ping, pinged, post_content_filtered) \
         SELECT 30000 + seq, 9, 'nav_menu_item', 'publish', '', 0, '', '', '', '', '', '' \
         FROM seq_1_to_60",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) \
         SELECT 30000 + seq, '_menu_item_type', 'post_type' FROM seq_1_to_60",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) \
         SELECT 30000 + seq, '_menu_item_object_id', seq * 20 FROM seq_1_to_60",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) \
         SELECT 1 + seq MOD 8000, CONCAT('key', seq MOD 30), seq FROM seq_1_to_24000",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) \
         SELECT seq * 7, '_thumbnail_id', seq * 10 FROM seq_1_to_1000",
        "INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_parent, comment_author, \
         comment_content) SELECT seq, 1 + seq MOD 8000, IF(seq > 8000, seq - 8001, 0), '', '' \
         FROM seq_1_to_16000",
        "INSERT INTO wp_commentmeta (comment_id, meta_key, meta_value) \
         SELECT seq, 'k', 'v' FROM seq_1_to_16000",
        "INSERT INTO wp_terms (term_id, name, slug) \
         SELECT 10000 + seq, CONCAT('n', seq), CONCAT('s', seq) FROM seq_1_to_4000",
        "INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description) \
         SELECT seq, 10000 + seq, ELT(1 + seq MOD 6, 'category', 'post_tag', 'media_tag', \
         'genre', 'shelf', 'link_category'), '' FROM seq_1_to_4000",
        "INSERT IGNORE INTO wp_term_relationships (object_id, term_taxonomy_id) \
         SELECT 1 + seq MOD 8000, 1 + (seq * 7) MOD 4000 FROM seq_1_to_32000",
        "INSERT INTO wp_links (link_id, link_owner, link_notes) \
         SELECT seq, IF(seq MOD 5 = 0, 7, 9), '' FROM seq_1_to_300",
    ] {
        assert!(database.run(statement) > 0, "{statement}");
    }
    for table in database.column("SHOW TABLES") {
        database.rows(&format!("ANALYZE TABLE {table}"));
    }
}

/// Logs every statement of the server until dropped.
struct Log<'a>(&'a Database);

impl<'a> Log<'a> {
    fn start(database: &'a Database) -> Self {
        database.run("SET GLOBAL log_output = 'TABLE'");
        database.run("TRUNCATE TABLE mysql.general_log");
        database.run("SET GLOBAL general_log = 1");
        Self(database)
    }

    /// Every statement of the engine, in order.
    fn stop(self) -> Vec<String> {
        self.0.run("SET GLOBAL general_log = 0");
        self.0.column(
            "SELECT argument FROM mysql.general_log WHERE command_type = 'Query' \
             AND argument LIKE '%/* wpf\\_delete */%' ORDER BY event_time",
        )
    }
}

impl Drop for Log<'_> {
    fn drop(&mut self) {
        self.0.run("SET GLOBAL general_log = 0");
        self.0.run("TRUNCATE TABLE mysql.general_log");
    }
}

/// A statement of `src/sql`: its name and the constant parts of its text.
struct Statement {
    name: String,
    fragments: Vec<String>,
}

impl Statement {
    fn matches(&self, text: &str) -> bool {
        let (Some(first), Some(last)) = (self.fragments.first(), self.fragments.last()) else {
            return false;
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else {
            return false;
        };
        for fragment in &self.fragments[1..] {
            match rest.find(fragment.as_str()) {
                Some(at) => rest = &rest[at + fragment.len()..],
                None => return false,
            }
        }
        text.ends_with(last.as_str())
    }

    fn length(&self) -> usize {
        self.fragments.iter().map(String::len).sum()
    }
}

/// Every tagged statement that the sources declare.
fn declared() -> Vec<Statement> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sql");
    let mut statements = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(&path).unwrap();
        for declaration in source.split("\nstatement!(").skip(1) {
            let code = declaration
                .lines()
                .skip_while(|line| line.is_empty() || line.trim_start().starts_with("///"));
            let code: Vec<&str> = code.collect();
            let name = code[0].trim().trim_end_matches(',');
            let literal = code[1..].join("\n");
            let text = literal.split('"').nth(1).unwrap();
            let text: String = text.split("\\\n").map(str::trim_start).collect();
            if text.contains("/* wpf_delete */") {
                statements.push(Statement {
                    name: format!("{module}::{name}"),
                    fragments: fragments(&text),
                });
            }
        }
    }
    statements
}

fn fragments(text: &str) -> Vec<String> {
    text.split('?')
        .flat_map(|part| part.split(['{', '}']).step_by(2).map(str::to_owned))
        .collect()
}

#[test]
fn a_declared_statement_is_recognised() {
    let statement = Statement {
        name: String::new(),
        fragments: fragments("SELECT a FROM {posts} WHERE b IN (?) LIMIT ?"),
    };
    assert!(statement.matches("SELECT a FROM `wp_posts` WHERE b IN (1, 2) LIMIT 3"));
    assert!(!statement.matches("SELECT a FROM `wp_posts` WHERE b IN (1, 2)"));
    assert!(declared().len() > 40);
}

/// Everything the engine ever says, as the server has seen it.
fn said(alone: &Database) -> Vec<String> {
    let log = Log::start(alone);
    let batched = in_batches(40, deletion());

    // A deletion whose first commit gets no answer, as every kind of commit below.
    deletion::plan(&mut alone.server(), &batched).unwrap();
    let proxy = Proxy::new("COMMIT", 0, Break::After);
    finish(&mut alone.server_through(proxy.port), &batched);
    let user = DeletionRequest {
        part: Part::User,
        ..deletion()
    };
    deletion::run(&mut alone.server(), &user).unwrap();

    let media_trash = Database::site("media_trash");
    seed(&media_trash);
    let mut request = in_batches(40, deletion());
    request.post_types[2].action = Action::Trash;
    media_trash.delete(&request);

    let heir = Database::site("heir");
    seed(&heir);
    heir.delete(&in_batches(40, reassignment()));

    let links = Database::site("links");
    links.link(1, 7);
    let proxy = Proxy::new("COMMIT", 0, Break::After);
    finish(&mut links.server_through(proxy.port), &reassignment());
    log.stop()
}

/// What is wrong with how the server would run this; nothing, if nothing is.
fn complaints(database: &Database, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    // Columns: id, select_type, table, type, possible_keys, key, key_len, ref, rows, Extra.
    for row in database.explain(text) {
        let whole = row[3] == "ALL" || row[3] == "index";
        // The wrong index, or a range of the primary key, can be the whole table as well.
        let nearly = row[8].parse::<u64>().is_ok_and(|rows| rows > POSTS / 4);
        if whole || nearly {
            complaints.push(row.join(" | "));
        }
    }
    complaints
}

#[test]
fn every_statement_finds_its_rows_through_an_index() {
    let alone = Database::site_alone("explain");
    seed(&alone);
    let untouched = Database::site("untouched");
    seed(&untouched);
    let declared = declared();
    let mut seen: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for text in said(&alone) {
        let statement = declared
            .iter()
            .filter(|statement| statement.matches(&text))
            .max_by_key(|statement| statement.length())
            .unwrap_or_else(|| panic!("nobody has declared {text}"));
        seen.entry(&statement.name).or_default().push(text);
    }

    let mut bad = Vec::new();
    for statement in &declared {
        let name = statement.name.as_str();
        let Some(texts) = seen.get(name) else {
            bad.push(format!(
                "{name} was never said: make the fixture ask for it"
            ));
            continue;
        };
        if WITHOUT_A_PLAN.contains(&name) || name.starts_with("schema::") {
            continue;
        }
        let allowed = SCANS.iter().any(|(scan, _)| *scan == name);
        let mut found = Vec::new();
        // From first to last: early and late batches, short and long lists.
        for text in texts.iter().step_by(texts.len().div_ceil(25)) {
            for complaint in complaints(&untouched, text) {
                let start: String = text.chars().take(300).collect();
                found.push(format!("{name}: {complaint}\n    {start}"));
            }
        }
        match (allowed, found.is_empty()) {
            (false, false) => bad.push(found.swap_remove(0)),
            (true, true) => bad.push(format!("{name} needs no exception any more")),
            _ => {}
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
