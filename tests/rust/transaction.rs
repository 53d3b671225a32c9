//! Transactions roll back unless committed; values arrive as they were sent.

use wpf_delete::db::Connection;
use wpf_delete::db::config::ConnectionParts;
use wpf_delete::db::value::Param;

use crate::database::{Database, sql, tables};
use crate::stack;

const MODE: &str = "NO_ENGINE_SUBSTITUTION";

#[test]
fn dropping_rolls_back_and_committing_keeps() {
    let database = Database::new("keep");
    database.run("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
    let mut connection = database.connect();

    let mut transaction = connection.begin().unwrap();
    transaction
        .execute(&sql("INSERT INTO t VALUES (1)"), &[])
        .unwrap();
    assert_eq!(transaction.ids(&sql("SELECT id FROM t"), &[]).unwrap(), [1]);
    drop(transaction);
    assert_eq!(database.ids("SELECT id FROM t"), [0; 0]);

    let mut transaction = connection.begin().unwrap();
    transaction
        .execute(&sql("INSERT INTO t VALUES (2)"), &[])
        .unwrap();
    assert_eq!(database.ids("SELECT id FROM t"), [0; 0]);
    transaction.commit().unwrap();
    assert_eq!(database.ids("SELECT id FROM t"), [2]);
}

#[test]
fn a_failed_statement_undoes_what_came_before_it() {
    let database = Database::new("failed");
    database.run("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
    database.run("INSERT INTO t VALUES (5)");
    let mut connection = database.connect();
    let work = |connection: &mut Connection| {
        let mut transaction = connection.begin()?;
        transaction.execute(&sql("INSERT INTO t VALUES (4)"), &[])?;
        transaction.execute(&sql("INSERT INTO t VALUES (5)"), &[])?;
        transaction.commit()
    };
    assert_eq!(work(&mut connection).unwrap_err().errno(), 1062);
    assert_eq!(database.ids("SELECT id FROM t"), [5]);
    // The connection is as good as new.
    connection.begin().unwrap().commit().unwrap();
}

#[test]
fn a_lost_process_leaves_nothing_behind() {
    let database = Database::new("lost");
    database.run("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
    let mut connection = database.connect();
    let mut transaction = connection.begin().unwrap();
    transaction
        .execute(&sql("INSERT INTO t VALUES (1)"), &[])
        .unwrap();
    let id = transaction
        .ids(&sql("SELECT CONNECTION_ID()"), &[])
        .unwrap()[0];
    database.run(&format!("KILL {id}"));
    assert!(transaction.commit().is_err());
    assert_eq!(database.ids("SELECT id FROM t FOR UPDATE"), [0; 0]);
}

/// Every value comes back byte for byte, alone and among others.
fn assert_round_trip(test: &str, charset: &str, collation: &str, sql_mode: &str) {
    let database = Database::new(test);
    database.run("CREATE TABLE t (id INT PRIMARY KEY, v VARBINARY(999)) ENGINE=InnoDB");
    let config = stack::config(ConnectionParts {
        charset: charset.into(),
        collation: collation.into(),
        sql_mode: sql_mode.into(),
        ..stack::parts(&database.name)
    });
    let mut connection = Connection::open(&config, tables()).unwrap();
    let values: [&[u8]; 12] = [
        b"",
        b"it's \"quoted\" `here`",
        b"'; DROP TABLE t; -- ",
        b"\\",
        b"\\'",
        b"ends with \\",
        b"a\0b\0",
        b"\r\n\x1a\t%_?",
        b"{posts} ? ?",
        "жäñ😀".as_bytes(),
        b"\xff\xfe\x80 not UTF-8 \xc3",
        b"\xbf' OR 1=1 -- \xbf\\",
    ];
    for (id, value) in (0..).zip(values) {
        let row = vec![Param::Id(id), Param::Bytes(value)];
        let insert = sql("INSERT INTO t VALUES ?");
        assert_eq!(
            connection
                .execute(&insert, &[Param::Rows(vec![row])])
                .unwrap(),
            1
        );
        let found = connection
            .query(
                &sql("SELECT v, LENGTH(v) FROM t WHERE id = ?"),
                &[Param::Id(id)],
            )
            .unwrap();
        assert_eq!(found[0].bytes(0).unwrap(), value);
        assert_eq!(found[0].id(1).unwrap(), value.len() as u64);
        let found = connection
            .ids(
                &sql("SELECT id FROM t WHERE v IN (?)"),
                &[Param::Names(&[b"none", value])],
            )
            .unwrap();
        assert_eq!(found, [id]);
    }
}

#[test]
fn values_survive_their_quotes() {
    assert_round_trip("escape", "utf8mb4", "utf8mb4_unicode_520_ci", MODE);
}

#[test]
fn values_survive_where_a_backslash_is_a_character() {
    let mode = "NO_BACKSLASH_ESCAPES";
    assert_round_trip("escape_ansi", "utf8mb4", "utf8mb4_unicode_520_ci", mode);
}

#[test]
fn values_survive_where_a_backslash_may_be_half_a_character() {
    assert_round_trip("escape_gbk", "gbk", "gbk_chinese_ci", MODE);
}

#[test]
fn null_is_empty_and_a_missing_column_is_an_error() {
    let database = Database::new("null");
    let row = &database
        .connect()
        .query(&sql("SELECT NULL, 'x'"), &[])
        .unwrap()[0];
    assert_eq!(row.bytes(0).unwrap(), b"");
    assert_eq!(row.id(0).unwrap(), 0);
    assert!(row.id(1).is_err());
    assert!(row.bytes(2).is_err());
}
