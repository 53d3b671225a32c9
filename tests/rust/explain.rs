//! Every statement finds its rows through an index: what the server's own log has seen is explained
//! on a large site.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use wpf_delete::deletion;
use wpf_delete::request::{Action, Budget, DeletionRequest, Part};

use crate::database::Database;
use crate::declared::{Statement, declared};
use crate::large_site::{LANGUAGE, seed};
use crate::ledger::claimed;
use crate::proxy::{Break, Proxy};
use crate::site::{MANY, deletion, finish, in_batches, reassignment};
use crate::stack;

/// Posts of the site on which statements are explained, and of those on which they are said.
const LARGE: u64 = 200_000;
const SMALL: u64 = 10_000;

/// What the large site is, one after the other.
const SITES: [(&str, &str); 3] = [
    ("the author of every fourth post", ""),
    (
        "before WordPress 7.1",
        "ALTER TABLE wp_posts DROP INDEX type_status_author",
    ),
    (
        "one author among many",
        "UPDATE wp_posts SET post_author = 9 + ID MOD 490 WHERE post_author = 7 AND ID > 10000",
    ),
];

/// Statements that may look at a whole table, and why.
const SCANS: [(&str, &str); 2] = [
    (
        "links::NEXT_OF_OWNER",
        "core has no index on the owner, and a site has few links",
    ),
    ("plan::LINKS", "as above"),
];

/// Statements that read through their index what is in no proportion to a batch, and why.
const READS_MORE: [(&str, &str); 24] = [
    ("plan::POSTS", "all the author has is counted"),
    ("plan::REVISIONS", "as above"),
    ("plan::CHILDREN", "as above"),
    ("plan::POSTMETA", "as above"),
    ("plan::NOTED_IN_TRASH", "as above"),
    ("plan::COMMENTS_PURGED", "as above"),
    ("plan::COMMENTMETA", "as above"),
    ("plan::REPLIES", "as above"),
    ("plan::COMMENTS_TRASHED", "as above"),
    ("plan::RELATIONSHIPS", "as above"),
    (
        "plan::FEATURING",
        "core has no index on the value, so all featured images are read",
    ),
    (
        "posts::NEXT_TO_PURGE",
        "expected is all the author has; the limit is reached long before",
    ),
    ("posts::NEXT_TO_PURGE_AGAIN", "as above"),
    ("posts::NEXT_TO_TRASH", "as above"),
    (
        "posts::ANY_LEFT",
        "all the author has in the trash is looked at once",
    ),
    ("posts::NEXT_OF_AUTHOR", "as above"),
    ("comments::ANY_REPLIES", "the first one is enough"),
    ("terms::COUNT_POSTS", "a term is counted whole, as in core"),
    ("terms::COUNTED_POSTS", "as above"),
    ("terms::OBJECTS", "as above"),
    ("terms::COUNT_ATTACHMENTS", "as above"),
    ("terms::COUNT_OBJECTS", "as above"),
    ("postmeta::THUMBNAILS", "as plan::FEATURING"),
    ("nav_menus::ITEMS", "the items of all menus are read"),
];

/// Statements that change rows without looking for any.
const WITHOUT_A_PLAN: [&str; 1] = ["postmeta::INSERT"];

/// Statements for a server that can tell what it deletes.
const WITH_RETURNING: [&str; 3] = [
    "posts::TAKE_GOING",
    "posts::TAKE_BY_ID",
    "comments::TAKE_OF_POSTS",
];
/// And for one that cannot.
const WITHOUT_RETURNING: [&str; 3] = ["posts::LOCK_GOING", "posts::LOCK_BY_ID", "comments::DELETE"];

/// For a node of a cluster.
const ON_A_CLUSTER: &str = "schema::KEYED";

/// Rows that may be read or locked for each value a statement names: no post of the large site has
/// as many of anything, and estimates may be wrong by half.
const ROWS_A_VALUE: u64 = 8;

fn names(list: &[(&str, &str)], statement: &Statement) -> bool {
    list.iter().any(|(name, _)| *name == statement.name)
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

/// Everything the engine ever says, as the server has seen it.
fn said() -> Vec<String> {
    let purged = Database::site_alone("explain");
    seed(&purged, SMALL);
    let log = Log::start(&purged);
    let mut request = deletion();
    request.post_types[6].taxonomies.push(LANGUAGE.into());
    let counting = request.taxonomies["category"].clone();
    request.taxonomies.insert(LANGUAGE.into(), counting);

    // A deletion whose first commit gets no answer, as every kind of commit below.
    deletion::plan(&mut purged.server(), &request).unwrap();
    let proxy = Proxy::new("COMMIT", 0, Break::After);
    purged.run("INSERT INTO wp_deletions (id) VALUES (5)");
    let small = claimed(in_batches(40, request.clone()));
    let mut server = purged.server_through(proxy.port);
    finish(&mut server, &small);
    server.unlock();
    let user = DeletionRequest {
        part: Part::User,
        ..deletion()
    };
    deletion::run(&mut purged.server(), &user).unwrap();

    let media_trash = Database::site("media_trash");
    seed(&media_trash, SMALL);
    media_trash.run(&format!("UPDATE wp_term_taxonomy SET count = {MANY}"));
    request.post_types[2].action = Action::Trash;
    media_trash.delete(&in_batches(Budget::LARGEST_BATCH, request.clone()));
    // The user has written more meanwhile.
    request.resume = b"wpfd1|purge|0|1|0|".to_vec();
    media_trash.delete(&in_batches(Budget::LARGEST_BATCH, request));

    let heir = Database::site("heir");
    seed(&heir, SMALL);
    heir.delete(&in_batches(Budget::LARGEST_BATCH, reassignment()));

    let links = Database::site("links");
    links.link(1, 7);
    let proxy = Proxy::new("COMMIT", 0, Break::After);
    finish(&mut links.server_through(proxy.port), &reassignment());
    log.stop()
}

/// A statement as it was said.
struct Example<'a> {
    statement: &'a Statement,
    text: String,
}

/// Ten examples of each statement at most, from the shortest to the longest.
fn examples(declared: &[Statement]) -> Vec<Example<'_>> {
    let mut by_statement: BTreeMap<&str, Vec<Example<'_>>> = BTreeMap::new();
    for text in said() {
        let statement = declared
            .iter()
            .filter(|statement| statement.matches(&text))
            .max_by_key(|statement| statement.length())
            .unwrap_or_else(|| panic!("nobody has declared {text}"));
        let examples = by_statement.entry(&statement.name).or_default();
        examples.push(Example { statement, text });
    }
    let ten = |mut examples: Vec<_>| {
        examples.sort_by_key(|example: &Example<'_>| Reverse(example.text.len()));
        let step = examples.len().div_ceil(10);
        examples.into_iter().step_by(step)
    };
    by_statement.into_values().flat_map(ten).collect()
}

/// What is wrong with how the server runs this.
fn complaint(database: &Database, example: &Example<'_>) -> Option<String> {
    let Example { statement, text } = example;
    let in_proportion = !names(&READS_MORE, statement);
    let most = ROWS_A_VALUE * (2 + text.matches(", ").count() as u64);
    for step in database.explain(text) {
        // Lists and results that the server keeps to itself are no tables.
        if step.table.is_empty() || step.table.starts_with('<') {
            continue;
        }
        let scan = step.kind == "ALL" || step.kind == "index";
        if scan || !statement.promises(&step) || (in_proportion && step.rows > most) {
            return Some(format!("{step:?}"));
        }
    }
    // A plan does not tell what was locked and then found not to be meant.
    let locks = in_proportion.then(|| database.locked_by(text))?;
    (locks > most).then(|| format!("{locks} rows are locked"))
}

#[test]
fn every_statement_finds_its_rows_through_an_index() {
    let declared = declared();
    let examples = examples(&declared);
    let large = Database::site("large");
    seed(&large, LARGE);

    let mut bad: BTreeMap<(&str, &str), String> = BTreeMap::new();
    let for_others: &[&str] = if stack::is_mysql() {
        &WITH_RETURNING
    } else {
        &WITHOUT_RETURNING
    };
    for Statement { name, .. } in &declared {
        let is_said = examples.iter().any(|said| said.statement.name == *name);
        let is_for_others = for_others.contains(&name.as_str()) || name == ON_A_CLUSTER;
        if is_said == is_for_others {
            let never = "was said, or was not: make the fixture ask for what this server is told";
            bad.insert(("the fixture", name), never.to_owned());
        }
    }
    let mut scans = BTreeSet::from(SCANS.map(|(name, _)| name));
    for (site, change) in SITES {
        if !change.is_empty() {
            large.run(change);
            large.rows("ANALYZE TABLE wp_posts");
        }
        for example in &examples {
            let name = example.statement.name.as_str();
            if WITHOUT_A_PLAN.contains(&name) || name.starts_with("schema::") {
                continue;
            }
            if let Some(complaint) = complaint(&large, example) {
                let start: String = example.text.chars().take(300).collect();
                if names(&SCANS, example.statement) {
                    scans.remove(name);
                } else {
                    bad.entry((site, name))
                        .or_insert(format!("{complaint}\n    {start}"));
                }
            }
        }
    }
    for scan in scans {
        bad.insert(("the list", scan), "needs no exception any more".into());
    }
    let bad: Vec<String> = bad
        .into_iter()
        .map(|((site, name), what)| format!("{site}: {name} {what}"))
        .collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
