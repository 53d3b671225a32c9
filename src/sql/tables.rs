//! The site's table names, checked and quoted once.

use std::collections::HashMap;

use crate::error::{Error, Result};

/// Names of the tables a deletion touches, by their WordPress names without prefix. They are handed
/// in, never built from a prefix: `CUSTOM_USER_TABLE`, multisite and plugins rename them freely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    quoted: HashMap<&'static str, String>,
}

impl Tables {
    /// Every table a site must have.
    pub const REQUIRED: [&'static str; 9] = [
        "posts",
        "postmeta",
        "comments",
        "commentmeta",
        "terms",
        "term_taxonomy",
        "term_relationships",
        "users",
        "usermeta",
    ];
    /// Core's link manager table, which many sites have dropped.
    pub const LINKS: &'static str = "links";
    /// The plugin's table of jobs; named when the call belongs to one.
    pub const DELETIONS: &'static str = "deletions";
    const LONGEST_NAME: usize = 64;

    /// Checks and quotes the names that `name_of` gives for [`Tables::REQUIRED`], and for
    /// [`Tables::LINKS`] and [`Tables::DELETIONS`], which may be absent.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] naming the table.
    pub fn new(name_of: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut quoted = HashMap::new();
        for table in Self::REQUIRED {
            let name = name_of(table)
                .ok_or_else(|| Error::argument(format!("request.tables.{table}"), "is missing"))?;
            quoted.insert(table, quote(table, &name)?);
        }
        for table in [Self::LINKS, Self::DELETIONS] {
            if let Some(name) = name_of(table) {
                quoted.insert(table, quote(table, &name)?);
            }
        }
        Ok(Self { quoted })
    }

    /// The names of a plain installation with this prefix; for tests.
    #[cfg(test)]
    pub(crate) fn standard(prefix: &str) -> Self {
        Self::new(|table| Some(format!("{prefix}{table}"))).unwrap()
    }

    /// Whether this table was named.
    pub fn has(&self, table: &str) -> bool {
        self.quoted.contains_key(table)
    }

    /// Whether the site has a links table.
    pub fn has_links(&self) -> bool {
        self.has(Self::LINKS)
    }

    /// `(WordPress name, name in the database)` of each table.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.quoted
            .iter()
            .map(|(table, quoted)| (*table, quoted.trim_matches('`')))
    }

    /// The names in the database of the tables that a statement's text names.
    pub(crate) fn named_in(&self, text: &str) -> String {
        let mut names: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| self.quoted.get(rest.split('}').next()?))
            .map(|quoted| quoted.trim_matches('`'))
            .collect();
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    }

    pub(crate) fn quoted(&self, table: &[u8]) -> Result<&str> {
        std::str::from_utf8(table)
            .ok()
            .and_then(|table| self.quoted.get(table))
            .map(String::as_str)
            .ok_or_else(|| Error::internal("a statement names a table this site does not have"))
    }
}

/// A name is quoted with backticks and may hold only what cannot end the quotes.
fn quote(table: &str, name: &str) -> Result<String> {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '-'));
    if name.is_empty() || name.len() > Tables::LONGEST_NAME || !plain {
        return Err(Error::argument(
            format!("request.tables.{table}"),
            "must be 1 to 64 letters, digits, _, $ or -",
        ));
    }
    Ok(format!("`{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_quotes_dots_or_nothing_are_refused() {
        for bad in ["", "a`b", "a'b", "db.users", "wp_posts; DROP", "a b", "ü"] {
            let result =
                Tables::new(|table| Some(if table == "users" { bad } else { table }.into()));
            assert!(
                matches!(result, Err(Error::Argument { name, .. }) if name == "request.tables.users")
            );
        }
    }

    #[test]
    fn the_tables_of_links_and_jobs_may_be_absent_and_no_other() {
        assert!(
            !Tables::new(|table| (table != "links").then(|| table.into()))
                .unwrap()
                .has_links()
        );
        assert!(
            !Tables::new(|table| (table != "deletions").then(|| table.into()))
                .unwrap()
                .has(Tables::DELETIONS)
        );
        assert!(Tables::new(|table| (table != "terms").then(|| table.into())).is_err());
    }
}
