//! What is said to the server: every statement whole, named, and free of values.
//!
//! `{posts}` stands for a table, `?` for a typed parameter (see [`crate::db::value::Param`]); there
//! is no other interpolation. Each statement carries the tag `/* wpf_delete */`, so it can be found
//! in the process list and in the slow log.
//!
//! A DELETE names its table twice, which is the form for several tables. In the plain form MariaDB
//! answers one that is killed before it has begun (`KILL QUERY`, `max_statement_time`) as if there had
//! been nothing to delete, and the rest of the batch would be committed without it. Only RETURNING needs
//! the plain form; see [`crate::db::Connection::take`].

pub mod comments;
pub mod deletions;
pub mod links;
pub mod nav_menus;
pub mod plan;
pub mod postmeta;
pub mod posts;
pub mod schema;
pub mod session;
pub mod slugs;
mod tables;
pub mod terms;
pub mod users;

pub use tables::Tables;

/// A statement's name (for messages and logs) and its text.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    name: &'static str,
    text: &'static str,
}

impl Sql {
    /// Constant text only: values come in as [`crate::db::value::Param`]. The crate's own are made by
    /// `statement!`.
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text }
    }

    /// `module::NAME`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The text with `{table}` and `?` still in it.
    pub fn text(&self) -> &'static str {
        self.text
    }
}

/// How rows are deleted that have to be known.
#[derive(Debug, Clone, Copy)]
pub struct Taking {
    /// Deletes them and returns them (MariaDB); parameters of columns come after those of conditions.
    pub(crate) at_once: Sql,
    /// Locks them and returns the same columns; their parameters come first.
    pub(crate) lock: Sql,
    /// Deletes them by primary key.
    pub(crate) delete: Sql,
}

/// Declares a named statement: `statement!(NAME, "text")`, with its documentation in front.
macro_rules! statement {
    ($(#[$doc:meta])* $name:ident, $text:expr) => {
        $(#[$doc])*
        pub(crate) const $name: $crate::sql::Sql =
            $crate::sql::Sql::new(concat!(module_path!(), "::", stringify!($name)), $text);
    };
}
pub(crate) use statement;
