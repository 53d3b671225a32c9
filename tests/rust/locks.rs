//! Rows that a statement locks, and rows that somebody waits for.

use std::thread;
use std::time::{Duration, Instant};

use crate::database::{Database, execute, query, verbatim};
use crate::stack;

/// How long a test waits for somebody to wait.
const PATIENCE: Duration = Duration::from_secs(15);

/// Who waits for a row.
#[derive(Default, PartialEq, Eq)]
pub struct Waiting {
    pub connection: String,
    /// Another one for each statement.
    statement: String,
}

impl Database {
    /// How many rows a statement locks. It is undone.
    pub fn locked_by(&self, statement: &str) -> u64 {
        let mut connection = self.connect();
        let id = query(&mut connection, "SELECT CONNECTION_ID()")
            .remove(0)
            .remove(0);
        execute(&mut connection, "START TRANSACTION", &[]);
        verbatim(&mut connection, statement);
        let locks = self.row_locks(&id);
        execute(&mut connection, "ROLLBACK", &[]);
        locks
    }

    /// Waits until a transaction in this database waits for a row.
    pub fn wait_for_lock_wait(&self) -> Waiting {
        self.wait_for_lock_wait_after(&Waiting::default())
    }

    /// The same, with another statement than the last time.
    pub fn wait_for_lock_wait_after(&self, last: &Waiting) -> Waiting {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let waiting = self.lock_waits();
            if let Some(waiting) = waiting.into_iter().find(|waiting| waiting != last) {
                return waiting;
            }
            assert!(Instant::now() < deadline, "nobody waits for a row");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Everybody in this database who waits for a row.
    fn lock_waits(&self) -> Vec<Waiting> {
        let name = &self.name;
        if stack::is_mysql() {
            let waits = self.rows(&format!(
                "SELECT PROCESSLIST_ID, REQUESTING_EVENT_ID FROM performance_schema.threads \
                 JOIN performance_schema.data_lock_waits ON REQUESTING_THREAD_ID = THREAD_ID \
                 WHERE PROCESSLIST_DB = '{name}'"
            ));
            let waiting = |mut row: Vec<String>| Waiting {
                statement: row.remove(1),
                connection: row.remove(0),
            };
            return waits.into_iter().map(waiting).collect();
        }
        let waiting: Vec<Waiting> = self
            .transactions()
            .iter()
            .filter(|transaction| transaction.contains("\nLOCK WAIT "))
            .map(|transaction| Waiting {
                connection: digits_after(transaction, "thread id "),
                statement: digits_after(transaction, "query id "),
            })
            .collect();
        let ours = self.column(&format!(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '{name}'"
        ));
        let is_ours = |waiting: &Waiting| ours.contains(&waiting.connection);
        waiting.into_iter().filter(is_ours).collect()
    }

    /// How many rows this connection has locked.
    fn row_locks(&self, connection: &str) -> u64 {
        if stack::is_mysql() {
            return self.number(&format!(
                "SELECT COUNT(*) FROM performance_schema.threads \
                 JOIN performance_schema.data_locks USING (THREAD_ID) \
                 WHERE PROCESSLIST_ID = {connection} AND LOCK_TYPE = 'RECORD'"
            ));
        }
        let thread = format!("thread id {connection},");
        let transactions = self.transactions();
        let ours = transactions.iter().find(|text| text.contains(&thread));
        // A transaction without locks has no line for them.
        match ours.and_then(|text| text.split_once(" row lock(s)")) {
            Some((before, _)) => before.rsplit(' ').next().unwrap().parse().unwrap(),
            None => 0,
        }
    }

    /// What MariaDB's monitor says of each transaction. Not from `INNODB_TRX`, which is a cache that
    /// frequent questions keep from being refreshed.
    fn transactions(&self) -> Vec<String> {
        let monitor = self.rows("SHOW ENGINE INNODB STATUS")[0][2].clone();
        let transactions = monitor.split("---TRANSACTION").skip(1);
        transactions.map(str::to_owned).collect()
    }
}

fn digits_after(text: &str, label: &str) -> String {
    let start = text.find(label).unwrap() + label.len();
    let digits = |c: &char| c.is_ascii_digit();
    text[start..].chars().take_while(digits).collect()
}
