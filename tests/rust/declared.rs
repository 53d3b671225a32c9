//! The statements that `src/sql` declares: recognised in what the server was told, and with the indexes
//! that their documentation promises.

use std::fs;
use std::path::Path;

use crate::access::Access;

/// A statement of `src/sql`.
pub struct Statement {
    /// `module::NAME`.
    pub name: String,
    /// What its documentation says last in brackets.
    indexes: String,
    /// The constant parts of its text.
    fragments: Vec<String>,
}

impl Statement {
    pub fn matches(&self, text: &str) -> bool {
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

    /// Whether the documentation names the index by which this step finds its rows.
    pub fn promises(&self, step: &Access) -> bool {
        let index = step.index.replace("PRIMARY", "primary key");
        let mut places = self.indexes.match_indices(&index);
        places.any(|(start, _)| {
            let is_letter = |c: char| c.is_alphanumeric() || c == '_';
            let after = &self.indexes[start + index.len()..];
            let whole =
                !self.indexes[..start].ends_with(is_letter) && !after.starts_with(is_letter);
            // The primary key is the last part of every index, and both are looked up only if what is
            // looked up is longer than one number.
            let with_primary_key = after.starts_with(" + primary key");
            !index.is_empty() && whole && (!with_primary_key || step.length > 8)
        })
    }

    /// How much of its text is constant: the longer of two statements that match is the one meant.
    pub fn length(&self) -> usize {
        self.fragments.iter().map(String::len).sum()
    }
}

/// Every tagged statement that the sources declare.
pub fn declared() -> Vec<Statement> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sql");
    let mut statements = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(&path).unwrap();
        for declaration in source.split("\nstatement!(").skip(1) {
            let (documentation, code): (Vec<&str>, Vec<&str>) = declaration
                .lines()
                .map(str::trim_start)
                .filter(|line| !line.is_empty())
                .partition(|line| line.starts_with("///"));
            let name = code[0].trim_end_matches(',');
            let text = code[1..].join("\n");
            let text = text.split('"').nth(1).unwrap().replace("\\\n", "");
            if text.contains("/* wpf_delete */") {
                statements.push(Statement {
                    name: format!("{module}::{name}"),
                    indexes: indexes(&documentation),
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

fn indexes(documentation: &[&str]) -> String {
    let lines = documentation
        .iter()
        .map(|line| line.trim_start_matches("///").trim());
    let text = lines.collect::<Vec<_>>().join(" ");
    let (_, brackets) = text.rsplit_once('[').unwrap_or_default();
    let (inside, _) = brackets.split_once(']').unwrap_or_default();
    inside.to_owned()
}

#[test]
fn a_declared_statement_is_recognised() {
    let statement = Statement {
        name: String::new(),
        indexes: String::new(),
        fragments: fragments("SELECT a FROM {posts} WHERE b IN (?) LIMIT ?"),
    };
    assert!(statement.matches("SELECT a FROM `wp_posts` WHERE b IN (1, 2) LIMIT 3"));
    assert!(!statement.matches("SELECT a FROM `wp_posts` WHERE b IN (1, 2)"));
    assert!(declared().len() > 40);
}

#[test]
fn a_promised_index_is_recognised() {
    let statement = Statement {
        name: String::new(),
        indexes: indexes(&[
            "/// See [`OTHER`] [post_author + primary",
            "/// key, term_id]. More.",
        ]),
        fragments: Vec::new(),
    };
    let by = |index: &str, length| {
        statement.promises(&Access {
            index: index.into(),
            length,
            table: String::new(),
            kind: String::new(),
            rows: 1,
        })
    };
    assert!(by("post_author", 16) && by("PRIMARY", 8) && by("term_id", 8));
    assert!(!by("post_author", 8) && !by("author", 16) && !by("term", 8) && !by("", 0));
}
