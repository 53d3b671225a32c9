//! What goes into a statement and what comes back.

use crate::error::{Error, Result};

/// A typed parameter. There is no other way into SQL for anything that is not constant text.
#[derive(Debug, Clone)]
pub enum Param<'a> {
    /// An unsigned number.
    Id(u64),
    /// A byte string, quoted and escaped on the connection that will run it.
    Bytes(&'a [u8]),
    /// `1, 2, 3` for `IN (?)`; must not be empty.
    Ids(&'a [u64]),
    /// `'a', 'b'` for `IN (?)`; must not be empty.
    Names(&'a [&'a [u8]]),
    /// `(1, 'a'), (2, 'b')` for `VALUES ?` and row-wise `IN (?)`; must not be empty.
    Rows(Vec<Vec<Param<'a>>>),
    /// `WHEN 1 THEN 'a' WHEN 2 THEN 'b'` for `CASE column ? … END`; must not be empty.
    Cases(Vec<(u64, Param<'a>)>),
}

/// One row, owned.
#[derive(Debug, Clone)]
pub struct Row(Vec<Option<Vec<u8>>>);

impl Row {
    pub(super) fn new(values: Vec<Option<Vec<u8>>>) -> Self {
        Self(values)
    }

    /// The bytes of a column; empty for NULL.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] when the row has no such column.
    pub fn bytes(&self, column: usize) -> Result<&[u8]> {
        match self.0.get(column) {
            Some(value) => Ok(value.as_deref().unwrap_or_default()),
            None => Err(Error::internal(format!(
                "the answer has no column {column}"
            ))),
        }
    }

    /// A column as an owned byte string; empty for NULL.
    ///
    /// # Errors
    ///
    /// As [`Row::bytes`].
    pub fn owned(&self, column: usize) -> Result<Vec<u8>> {
        self.bytes(column).map(<[u8]>::to_vec)
    }

    /// A column as an unsigned number; 0 for NULL.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] when the column is absent or not such a number.
    pub fn id(&self, column: usize) -> Result<u64> {
        number_in(column, self.bytes(column)?)
    }
}

/// A column as an unsigned number; 0 for NULL, which is empty.
pub(super) fn number_in(column: usize, bytes: &[u8]) -> Result<u64> {
    if bytes.is_empty() {
        return Ok(0);
    }
    std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::internal(format!("column {column} is not a number")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_column_is_a_number_nothing_or_an_error(
            value in prop::option::of(prop_oneof!["[0-9]{0,22}", "[+-]?[0-9]{1,4}[ .e]?", ".*"])
        ) {
            let row = Row::new(vec![value.clone().map(String::into_bytes)]);
            match (row.id(0), value.as_deref()) {
                (Ok(number), None | Some("")) => prop_assert_eq!(number, 0),
                (Ok(number), Some(text)) => {
                    prop_assert_eq!(text.trim_start_matches('+').parse(), Ok(number));
                }
                (Err(_), text) => prop_assert!(text.is_some_and(|text| text.parse::<u64>().is_err())),
            }
            prop_assert!(row.id(1).is_err());
        }
    }
}
