//! Any value arrives as it was sent, and any name that is taken is an identifier: through a real server.

use std::cell::RefCell;

use proptest::prelude::*;
use wpf_delete::db::Connection;
use wpf_delete::db::config::ConnectionParts;
use wpf_delete::db::value::Param;
use wpf_delete::error::Error;
use wpf_delete::sql::Tables;

use crate::database::{Database, execute, sql, tables};
use crate::stack;

/// Bytes of which literals are made, and any others.
fn values() -> impl Strategy<Value = Vec<Vec<u8>>> {
    const PIECES: &[&[u8]] = &[
        b"'",
        b"''",
        b"\"",
        b"`",
        b"\\",
        b"\\'",
        b"\0",
        b"\n",
        b"\x1a",
        b"%",
        b"_",
        b"?",
        b"{posts}",
        b"-- ",
        b"/*",
        b"*/",
        b"#",
        b";",
        b"\xbf",
        b"\xbf\\",
        b"\xbf'",
        b"\xe3\x81",
        b"\xf0\x9f",
        b"\xff",
        b"x",
    ];
    let piece = prop_oneof![
        3 => prop::sample::select(PIECES).prop_map(<[u8]>::to_vec),
        1 => any::<Vec<u8>>(),
    ];
    let value = prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat());
    prop::collection::vec(value, 1..6)
}

/// Sends values in every form that takes some, and has them back.
fn assert_any_round_trip(test: &str, charset: &str, collation: &str, sql_mode: &str) {
    let database = Database::new(test);
    let config = stack::config(ConnectionParts {
        charset: charset.into(),
        collation: collation.into(),
        sql_mode: sql_mode.into(),
        ..stack::parts(&database.name)
    });
    let mut connection = Connection::open(&config, tables()).unwrap();
    let create = "CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, v LONGBLOB, w LONGBLOB)";
    execute(&mut connection, create, &[]);
    let connection = RefCell::new(connection);
    let (clear, insert) = (sql("DELETE FROM t"), sql("INSERT INTO t VALUES ?"));
    let update = sql("UPDATE t SET w = CASE id ? END");
    let read = sql("SELECT v, w FROM t ORDER BY id");
    let count = sql("SELECT COUNT(*) FROM t WHERE v IN (?) AND v = w");
    proptest!(|(values in values())| {
        let mut connection = connection.borrow_mut();
        connection.execute(&clear, &[]).unwrap();
        let numbered = || (0..).zip(values.iter().map(|value| Param::Bytes(value)));
        let rows = numbered()
            .map(|(id, value)| vec![Param::Id(id), value, Param::Id(0)])
            .collect();
        connection.execute(&insert, &[Param::Rows(rows)]).unwrap();
        connection.execute(&update, &[Param::Cases(numbered().collect())]).unwrap();
        let found = connection.query(&read, &[]).unwrap();
        prop_assert_eq!(found.len(), values.len());
        for (row, value) in found.iter().zip(&values) {
            prop_assert_eq!(row.bytes(0).unwrap(), value);
            prop_assert_eq!(row.bytes(1).unwrap(), value);
        }
        let names: Vec<&[u8]> = values.iter().map(Vec::as_slice).collect();
        let named = connection.ids(&count, &[Param::Names(&names)]).unwrap();
        prop_assert_eq!(named, [values.len() as u64]);
    });
}

#[test]
fn any_value_survives_its_quotes() {
    let mode = "NO_ENGINE_SUBSTITUTION";
    assert_any_round_trip("any", "utf8mb4", "utf8mb4_unicode_520_ci", mode);
}

#[test]
fn any_value_survives_where_a_backslash_is_a_character() {
    let mode = "NO_BACKSLASH_ESCAPES";
    assert_any_round_trip("any_ansi", "utf8mb4", "utf8mb4_unicode_520_ci", mode);
}

#[test]
fn any_value_survives_where_a_backslash_may_be_half_a_character() {
    let mode = "NO_ENGINE_SUBSTITUTION";
    assert_any_round_trip("any_gbk", "gbk", "gbk_chinese_ci", mode);
}

#[test]
fn any_number_is_sent_as_it_is() {
    let database = Database::new("any_id");
    let connection = RefCell::new(database.connect());
    let (one, among) = (sql("SELECT ?"), sql("SELECT 7 IN (?)"));
    proptest!(|(id in any::<u64>(), ids in prop::collection::vec(0..20u64, 1..9))| {
        let mut connection = connection.borrow_mut();
        prop_assert_eq!(connection.ids(&one, &[Param::Id(id)]).unwrap(), [id]);
        let is_among = u64::from(ids.contains(&7));
        prop_assert_eq!(connection.ids(&among, &[Param::Ids(&ids)]).unwrap(), [is_among]);
    });
}

/// The server does not know the table; it has not read half of the name as something else.
#[test]
fn any_table_name_is_one_identifier_or_refused() {
    let database = Database::new("any_table");
    let config = stack::config(stack::parts(&database.name));
    let look = sql("SELECT 1 FROM {posts} WHERE 1 = 0");
    let name = prop_oneof![
        8 => "[a-zA-Z0-9_$-]{1,64}",
        1 => "[a-z`'\".; \\\\/\u{fc}-]{1,12}",
        1 => "[a-z0-9]{65,70}",
    ];
    proptest!(|(name in name)| {
        let named = |table: &str| Some(if table == "posts" { name.clone() } else { table.into() });
        let is_plain = name.len() <= 64
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_$-".contains(&byte));
        match Tables::new(named) {
            Ok(tables) => {
                prop_assert!(is_plain);
                let mut connection = Connection::open(&config, tables).unwrap();
                let error = connection.query(&look, &[]).unwrap_err();
                prop_assert!(error.to_string().contains("does not exist (error 1146, test)"), "{error}");
            }
            Err(error) => {
                prop_assert!(!is_plain);
                let is_named = matches!(&error, Error::Argument { name, .. } if name == "request.tables.posts");
                prop_assert!(is_named, "{error}");
            }
        }
    });
}
