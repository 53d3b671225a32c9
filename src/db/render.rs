//! A statement's text with table names and parameters filled in.

use crate::db::value::Param;
use crate::error::{Error, Result};
use crate::sql::{Sql, Tables};

/// How a byte string becomes the inside of a quoted literal; given by the connection, because it
/// depends on the character set and on the server's mode.
pub(super) type Escape<'a> = dyn Fn(&[u8]) -> Result<Vec<u8>> + 'a;

/// Renders `sql`: `{name}` becomes that table's quoted name, each `?` the next parameter.
pub(super) fn render(
    sql: &Sql,
    tables: &Tables,
    params: &[Param<'_>],
    escape: &Escape<'_>,
) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(sql.text().len() + 256);
    let mut params = params.iter();
    let mut text = sql.text().as_bytes();
    while let Some((&byte, rest)) = text.split_first() {
        text = rest;
        match byte {
            b'{' => {
                let mut parts = rest.splitn(2, |byte| *byte == b'}');
                let (name, after) = (parts.next().unwrap_or_default(), parts.next());
                text =
                    after.ok_or_else(|| Error::internal("unclosed table name in a statement"))?;
                out.extend_from_slice(tables.quoted(name)?.as_bytes());
            }
            b'?' => {
                let param = params
                    .next()
                    .ok_or_else(|| Error::internal(format!("{}: too few values", sql.name())))?;
                push(&mut out, param, escape, sql.name())?;
            }
            _ => out.push(byte),
        }
    }
    match params.next() {
        None => Ok(out),
        Some(_) => Err(Error::internal(format!("{}: too many values", sql.name()))),
    }
}

fn push(out: &mut Vec<u8>, param: &Param<'_>, escape: &Escape<'_>, statement: &str) -> Result<()> {
    match param {
        Param::Id(id) => out.extend_from_slice(id.to_string().as_bytes()),
        Param::Bytes(bytes) => {
            out.push(b'\'');
            out.extend_from_slice(&escape(bytes)?);
            out.push(b'\'');
        }
        Param::Ids(ids) => {
            list(out, ids.iter(), statement, |out, id| {
                push(out, &Param::Id(*id), escape, statement)
            })?;
        }
        Param::Names(names) => list(out, names.iter(), statement, |out, name| {
            push(out, &Param::Bytes(name), escape, statement)
        })?,
        Param::Rows(rows) => list(out, rows.iter(), statement, |out, row| {
            out.push(b'(');
            list(out, row.iter(), statement, |out, value| {
                push(out, value, escape, statement)
            })?;
            out.push(b')');
            Ok(())
        })?,
        Param::Cases(cases) => {
            if cases.is_empty() {
                return Err(empty(statement));
            }
            for (id, value) in cases {
                out.extend_from_slice(format!(" WHEN {id} THEN ").as_bytes());
                push(out, value, escape, statement)?;
            }
        }
    }
    Ok(())
}

/// A comma-separated list. An empty one is refused: `IN ()` is an error and `VALUES` without rows is
/// one too, and a caller that has nothing to ask for has no statement to send.
fn list<T>(
    out: &mut Vec<u8>,
    items: impl ExactSizeIterator<Item = T>,
    statement: &str,
    mut item: impl FnMut(&mut Vec<u8>, T) -> Result<()>,
) -> Result<()> {
    if items.len() == 0 {
        return Err(empty(statement));
    }
    for (position, value) in items.enumerate() {
        if position > 0 {
            out.extend_from_slice(b", ");
        }
        item(out, value)?;
    }
    Ok(())
}

fn empty(statement: &str) -> Error {
    Error::internal(format!("{statement}: empty list"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::statement;

    statement!(PROBE, "SELECT 1 FROM {posts} WHERE a = ? AND b IN (?)");
    statement!(CASES, "UPDATE {posts} SET a = CASE ID? END");

    fn text(sql: &Sql, params: &[Param<'_>]) -> Result<String> {
        let tables = Tables::standard("wp_");
        let escape = |bytes: &[u8]| Ok(bytes.escape_ascii().to_string().into_bytes());
        render(sql, &tables, params, &escape).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn tables_are_quoted_and_values_typed() {
        assert_eq!(
            text(&PROBE, &[Param::Bytes(b"it's"), Param::Ids(&[1, 2])]).unwrap(),
            r"SELECT 1 FROM `wp_posts` WHERE a = 'it\'s' AND b IN (1, 2)"
        );
        assert_eq!(
            text(&CASES, &[Param::Cases(vec![(7, Param::Bytes(b"x"))])]).unwrap(),
            "UPDATE `wp_posts` SET a = CASE ID WHEN 7 THEN 'x' END"
        );
    }

    #[test]
    fn wrong_counts_and_empty_lists_are_refused() {
        assert!(text(&PROBE, &[Param::Id(1)]).is_err());
        assert!(text(&PROBE, &[Param::Id(1), Param::Ids(&[])]).is_err());
        assert!(text(&PROBE, &[Param::Id(1), Param::Ids(&[1]), Param::Id(2)]).is_err());
    }
}
